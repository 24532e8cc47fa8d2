/** Rule 16 of shared/wire/PROTOCOL.md: the protocol where no WebSocket gets through. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { createVisitorClient } from '../../shared/client/connection.ts';
import type { VisitorClient } from '../../shared/client/client.ts';
import type { Surroundings } from '../../shared/client/surroundings.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { closeCodes, MAX_FRAME_BYTES } from '../../shared/wire/protocol.ts';
import { UpgradeRefusingProxy } from '../upgrade-refusing-proxy.ts';
import { startTestServer, until } from './harness.ts';
import { cookieOf, makeInbox, makeVisitor, PASSWORD, setUp, startConversation, told, visitorToken } from './people.ts';
import { closeSockets, isTyping, ownerSocket } from './test-socket.ts';
import { closeStreams, TestStream } from './test-stream.ts';

after(closeSockets);
after(() => closeStreams());
const server = await startTestServer();
const office = await setUp(server);
const visitor = await makeVisitor(office);

const hello = (token = visitor.token, channelKey = office.channelKey) => ({
  type: 'hello',
  protocol: 1,
  credential: { kind: 'visitor', channelKey, token },
});

const reply = (conversationId: string, text: string, id = uuidv7()) => ({
  type: 'command',
  id,
  name: 'conversation.reply',
  input: { conversationId, text },
});

async function welcomed(): Promise<TestStream> {
  const stream = await TestStream.open(server, hello());
  await stream.next('welcome');
  return stream;
}

describe('rule 16: a line over HTTP', () => {
  it('is opened by a hello in the body, is told to nobody’s cache, and carries commands, answers, events and signals', async () => {
    const conversationId = await startConversation(office, visitor);
    await told(server);
    const stream = await welcomed();
    assert.equal(stream.answer.headers.get('content-type'), 'text/event-stream');
    assert.equal(stream.answer.headers.get('access-control-allow-origin'), '*');
    assert.equal(stream.answer.headers.get('access-control-allow-credentials'), null);
    assert.match(stream.answer.headers.get('cache-control')!, /no-store/);
    assert.match(stream.key, /^[\w-]{43}$/);
    const [first, second] = [reply(conversationId, 'First'), reply(conversationId, 'Second')];
    const query = { type: 'query', id: uuidv7(), name: 'conversation.parts', input: { conversationId } };
    assert.equal((await stream.send(first, second, query)).status, 204);
    assert.equal((await stream.next('ack')).id, first.id);
    await until('the answer', () => stream.frames.some((frame) => frame.type === 'answer' && frame.id === query.id));
    const owner = await ownerSocket(office);
    await owner.command('conversation.reply', { conversationId, text: 'An answer' });
    await owner.send({ type: 'signal', name: 'typing', conversationId });
    await stream.next('signal', isTyping);
    await told(server);
    const heard = () =>
      stream.frames.map((frame) => (frame.type === 'events' ? frame.events.length : 0)).reduce((sum, one) => sum + one);
    await until('all three events', () => heard() >= 3);
    assert.equal(heard(), 3);
  });

  it('keeps frames of one request, and of one after the other, in their order', async () => {
    const conversationId = await startConversation(office, visitor);
    const stream = await welcomed();
    const texts = Array.from({ length: 6 }, (_, index) => `Message ${index}`);
    await stream.send(...texts.slice(0, 3).map((text) => reply(conversationId, text)));
    await stream.send(...texts.slice(3).map((text) => reply(conversationId, text)));
    await until('all are acknowledged', () => stream.frames.filter(({ type }) => type === 'ack').length === 6);
    const { parts } = await server.ask('conversation.parts', { conversationId, limit: 50 }, office.owner);
    assert.deepEqual(parts.map((part) => JSON.stringify(part.body).match(/Message \d/)?.[0]).slice(-6), texts);
  });

  it('refuses what is no hello, a bad credential and a wrong origin as a WebSocket does', async () => {
    const shop = await makeInbox(office);
    await server.execute(
      'channel.update',
      { channelId: shop.channelId, settings: { allowedOrigins: ['https://shop.example'] } },
      office.owner,
    );
    const refused: [unknown, string, number, RegExp][] = [
      ['', 'https://shop.example', closeCodes.protocol, /JSON/],
      ['{"type":', 'https://shop.example', closeCodes.protocol, /JSON/],
      [{ type: 'beat' }, 'https://shop.example', closeCodes.protocol, /hello/],
      [{ ...hello(), protocol: 2 }, 'https://shop.example', closeCodes.protocol, /protocol 1/],
      [hello(visitorToken(), 'unknown'), 'https://shop.example', closeCodes.protocol, /owner/],
      [hello(visitorToken(), shop.channelKey), 'https://evil.example', closeCodes.protocol, /evil\.example/],
      [
        { type: 'hello', protocol: 1, credential: { kind: 'cookie' } },
        'https://evil.example',
        closeCodes.protocol,
        /own pages/,
      ],
    ];
    for (const [first, origin, code, words] of refused) {
      const stream = await TestStream.open(server, first, origin);
      assert.match((await stream.next('error')).error.message, words);
      assert.equal(await stream.closed(), code);
    }
    const allowed = await TestStream.open(server, hello(visitorToken(), shop.channelKey));
    await allowed.next('welcome');
  });

  it('takes frames from nobody but who opened it', async () => {
    const conversationId = await startConversation(office, visitor);
    const stream = await welcomed();
    const before = await server.contents();
    const text = JSON.stringify(reply(conversationId, 'Not mine'));
    const strangers = [
      await stream.sendAs(stream.key, 'https://evil.example', text),
      await stream.sendAs('a'.repeat(43), 'https://shop.example', text),
      await stream.sendAs('', 'https://shop.example', text),
    ];
    for (const answer of strangers) {
      assert.equal(answer.status, 404);
      assert.equal(answer.headers.get('access-control-allow-origin'), '*', 'a page may read why');
    }
    assert.equal(await server.contents(), before);
    assert.equal(stream.ended, false);
  });

  it('is closed with 4400 for a frame that is none, and 1009 for one that is too large', async () => {
    const broken = await welcomed();
    await broken.send('{"type":"dance"}');
    await broken.next('error');
    assert.equal(await broken.closed(), closeCodes.protocol);
    assert.equal((await broken.send({ type: 'beat' })).status, 404, 'it has ended');

    const conversationId = await startConversation(office, visitor);
    for (const [size, status] of [
      [MAX_FRAME_BYTES + 1, 204],
      [200_000, 413],
      [3_000_000, 413],
    ] as const) {
      const stream = await welcomed();
      const frame = reply(conversationId, '');
      frame.input.text = 'x'.repeat(size - JSON.stringify(frame).length);
      assert.equal((await stream.send(frame)).status, status);
      assert.equal(await stream.closed(), 1009);
    }
    const opening = await fetch(`${server.url}/stream`, { method: 'POST', body: 'x'.repeat(200_000) });
    assert.equal(opening.status, 413);
  });

  it('lets a frame of the largest size through', async () => {
    const stream = await welcomed();
    const frame = reply(uuidv7(), '');
    frame.input.text = 'x'.repeat(MAX_FRAME_BYTES - JSON.stringify(frame).length);
    assert.equal((await stream.send(frame)).status, 204);
    assert.equal((await stream.next('nack')).error.code, 'invalid');
  });

  it('of one visitor there may be two, and each hears everything', async () => {
    const conversationId = await startConversation(office, visitor);
    await told(server);
    const [one, other] = await Promise.all([welcomed(), welcomed()]);
    assert.notEqual(one.key, other.key);
    const sent = reply(conversationId, 'From one');
    await one.send(sent);
    await one.next('ack');
    for (const stream of [one, other]) {
      const { events } = await stream.next('events');
      assert.equal((events[0] as { part?: { id: string } }).part?.id, sent.id);
    }
  });

  it('that is lost leaves nothing behind, and the next goes on from there', async () => {
    const conversationId = await startConversation(office, visitor);
    const stream = await TestStream.open(server, hello());
    const welcome = await stream.next('welcome');
    const { id, publicSeq } = welcome.visitor!.conversations.find((one) => one.id === conversationId)!;
    closeSockets();
    closeStreams(stream);
    await until('those before it are gone', () => server.running.realtime.size === 1);
    stream.leave();
    await until('the server lets go of it', () => server.running.realtime.size === 0);
    assert.equal((await stream.send({ type: 'beat' })).status, 404);
    await server.execute('conversation.reply', { conversationId, text: 'Meanwhile' }, office.owner);
    const heads = Object.fromEntries(welcome.visitor!.conversations.map((one) => [one.id, one.publicSeq]));
    const next = await TestStream.open(server, { ...hello(), resume: { epoch: welcome.epoch, heads } });
    assert.equal((await next.next('welcome')).recovered, true);
    const { events } = await next.next('events');
    assert.deepEqual(
      events.map((event) => (event as { part?: { conversationId: string; publicSeq: number } }).part?.publicSeq),
      [publicSeq + 1],
    );
    assert.equal(id, conversationId);
  });

  it('serves a teammate by cookie on the server’s own pages, until they sign out', async () => {
    const signedIn = await server.http(
      'POST',
      '/api/v1/session',
      { email: office.ownerEmail, password: PASSWORD },
      { origin: server.origin },
    );
    const cookie = cookieOf(signedIn.headers);
    const first = { type: 'hello', protocol: 1, credential: { kind: 'cookie' } };
    const stream = await TestStream.open(server, first, server.origin, { cookie });
    assert.equal((await stream.next('welcome')).workspace?.me.id, office.owner.id);
    await server.http('DELETE', '/api/v1/session', undefined, { cookie, origin: server.origin });
    assert.match((await stream.next('error')).error.message, /signed out/);
    assert.equal(await stream.closed(), closeCodes.unauthenticated);
  });

  it('is let go when the server stops, with a hint when to come back', async () => {
    const stopping = await startTestServer();
    const its = await setUp(stopping);
    const stream = await TestStream.open(stopping, hello(visitorToken(), its.channelKey));
    await stream.next('welcome');
    await stopping.close();
    assert.ok((await stream.next('bye')).retryAfterMs >= 500);
    assert.equal(await stream.closed(), closeCodes.restart);
  });

  it('whose reader takes nothing is cut off rather than kept in memory', async () => {
    const conversationId = await startConversation(office, visitor);
    const { connect } = await import('node:net');
    const { hostname, port } = new URL(server.url);
    closeSockets();
    closeStreams();
    await until('nobody is left from before', () => server.running.realtime.size === 0);
    const socket = connect(Number(port), hostname);
    const body = JSON.stringify(hello());
    socket.write(
      `POST /stream HTTP/1.1\r\nHost: ${hostname}\r\nOrigin: https://shop.example\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    socket.pause();
    await until('the line is open', () => server.running.realtime.size === 1);
    const text = '茶'.repeat(9_000);
    await until(
      'it is cut off',
      async () => {
        await Promise.all(
          Array.from({ length: 20 }, () =>
            server.execute('conversation.reply', { conversationId, text }, office.owner),
          ),
        );
        return server.running.realtime.size === 0;
      },
      60_000,
    );
    socket.destroy();
  });
});

describe('rule 16: the client', () => {
  const proxies: UpgradeRefusingProxy[] = [];
  const clients: VisitorClient[] = [];
  after(async () => {
    for (const client of clients) client.close();
    for (const proxy of proxies) await proxy.stop();
  });

  function client(address: string, token = visitorToken(), change: Partial<Surroundings> = {}): VisitorClient {
    const made = createVisitorClient(
      { server: address, channelKey: office.channelKey, token },
      { WebSocket: WebSocket as unknown as Surroundings['WebSocket'], random: () => 0.1, ...change },
    );
    clients.push(made);
    return made;
  }

  async function proxied(): Promise<UpgradeRefusingProxy> {
    const proxy = await UpgradeRefusingProxy.start(server.url);
    proxies.push(proxy);
    return proxy;
  }

  it('behind a proxy that refuses upgrades comes online by itself, asks, writes and hears', async () => {
    const proxy = await proxied();
    const made = client(proxy.url);
    made.connect();
    await until('it is online', () => made.status === 'online');
    assert.equal(proxy.refused, 2);
    assert.ok(
      proxy.passed.every((line) => /^POST \/stream(\/frames)?$/.test(line)),
      'nothing secret in an address',
    );
    const heard: string[] = [];
    made.on('events', (events) => heard.push(...events.map(({ part }) => part?.id ?? '')));
    const conversationId = uuidv7();
    const texts = ['One', 'Two', 'Three'];
    const ids = texts.map(() => uuidv7());
    const [start, ...replies] = texts.map((text, index) =>
      made.execute(index === 0 ? 'conversation.start' : 'conversation.reply', { conversationId, text }, ids[index]),
    );
    await Promise.all([start, ...replies]);
    await until('it hears them', () => heard.length === 3);
    assert.deepEqual(heard, ids);
    const { parts } = await made.query('conversation.parts', { conversationId, limit: 50 });
    assert.equal(parts.length, 3);
  });

  it('goes on after the stream was cut, over HTTP at once, and misses nothing', async () => {
    const proxy = await proxied();
    const made = client(proxy.url);
    made.connect();
    await until('it is online', () => made.status === 'online');
    const conversationId = uuidv7();
    await made.execute('conversation.start', { conversationId, text: 'Hello' });
    const heard: number[] = [];
    made.on('events', (events) => heard.push(...events.map(({ part }) => part?.publicSeq ?? 0)));
    const { refused } = proxy;
    proxy.cut();
    await until('it notices', () => made.status === 'offline');
    await server.execute('conversation.reply', { conversationId, text: 'Meanwhile' }, office.owner);
    const late = made.execute('conversation.reply', { conversationId, text: 'Written offline' });
    await late;
    await until('it hears both', () => heard.includes(2) && heard.includes(3));
    assert.equal(proxy.refused, refused, 'what worked lately comes first');
  });

  it('tries a WebSocket again first, ten minutes after HTTP came to its help', async () => {
    const proxy = await proxied();
    let passed = 0;
    const made = client(proxy.url, visitorToken(), { now: () => Date.now() + passed });
    made.connect();
    await until('it is online', () => made.status === 'online');
    for (const [after, refused] of [
      [599_000, 2],
      [601_000, 2],
      [1_300_000, 3],
    ] as const) {
      passed = after;
      proxy.cut();
      await until('it notices', () => made.status === 'offline');
      await until('it is back', () => made.status === 'online');
      assert.equal(proxy.refused, refused, `after ${after} ms`);
    }
  });

  it('does not wait long for an upgrade that nobody answers', async () => {
    const proxy = await proxied();
    proxy.silent = true;
    const waits: number[] = [];
    const made = client(proxy.url, visitorToken(), {
      setTimeout: (run, ms) => {
        waits.push(ms);
        if (ms !== 8_000) return setTimeout(run, ms);
        // Only this wait is cut short: it is over as soon as the upgrade was asked for.
        const timer = setInterval(() => {
          if (proxy.refused === 0) return;
          clearInterval(timer);
          run();
        }, 10);
        return timer;
      },
    });
    made.connect();
    await until('it is online', () => made.status === 'online');
    assert.equal(proxy.refused, 1);
    assert.ok(waits.includes(8_000), `eight seconds: ${waits.join()}`);
  });

  it('does not come back over HTTP after an outage, where WebSockets get through', async () => {
    const way = await proxied();
    const { url } = way;
    await way.stop();
    proxies.pop();
    let sockets = 0;
    class CountedSocket extends WebSocket {
      constructor(address: string) {
        super(address);
        sockets += 1;
      }
    }
    const made = client(url, visitorToken(), {
      WebSocket: CountedSocket as unknown as Surroundings['WebSocket'],
    });
    made.connect();
    await until('it has tried HTTP in vain, after the second', () => sockets >= 3 && made.status === 'offline');
    const back = new WebSocketServer({ port: Number(new URL(url).port), host: '127.0.0.1' });
    try {
      const [socket] = (await once(back, 'connection')) as [WebSocket];
      const [first] = (await once(socket, 'message')) as [Buffer];
      assert.equal((JSON.parse(String(first)) as { type: string }).type, 'hello');
    } finally {
      made.close();
      back.close();
    }
  });
});
