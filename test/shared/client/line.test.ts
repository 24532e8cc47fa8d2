import assert from 'node:assert/strict';
import { once as onceOf } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { backoffMs } from '../../../shared/client/backoff.ts';
import { createWorkspaceClient } from '../../../shared/client/connection.ts';
import { closeCodes, HEARTBEAT_MS } from '../../../shared/wire/protocol.ts';
import { bench, once, reached, teammateWelcome, until, visitorWelcome, welcomed, welcomedAgain } from './fixture.ts';

test('rule 1: the first frame is a hello with the protocol and the cookie as credential', async (context) => {
  const { server, teammate } = await bench(context);
  teammate().connect();
  const hello = await (await server.peer()).take('hello');
  assert.deepEqual(hello, { type: 'hello', protocol: 1, credential: { kind: 'cookie' } });
});

test('rule 1: a token travels in the hello and never in the address', async (context) => {
  const { server, teammate } = await bench(context);
  teammate({ getToken: () => Promise.resolve('secret') }).connect();
  const hello = await (await server.peer()).take('hello');
  assert.deepEqual(hello.credential, { kind: 'token', token: 'secret' });
  assert.deepEqual(server.paths, ['/ws']);
});

test('rule 1: a visitor says the channel, the own token, and the page if it has a web address', async (context) => {
  const { server, visitor } = await bench(context);
  const token = `pv_${'a'.repeat(43)}`;
  visitor({ pageUrl: () => 'https://shop.example/cart' }).connect();
  assert.deepEqual((await (await server.peer()).take('hello')).credential, {
    kind: 'visitor',
    channelKey: 'key',
    token,
    pageUrl: 'https://shop.example/cart',
  });
  visitor({ pageUrl: () => 'file:///home/ada/page.html' }).connect();
  assert.deepEqual((await (await server.peer()).take('hello')).credential, {
    kind: 'visitor',
    channelKey: 'key',
    token,
  });
});

test('nothing happens before connect(), and a second connect() changes nothing', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  assert.equal(client.status, 'closed');
  assert.deepEqual(stand.clock.waits, []);
  assert.equal(stand.window.listening, 0);
  client.connect();
  client.connect();
  await (await stand.server.peer()).take('hello');
  assert.equal(stand.server.openSockets, 1);
});

test('rule 2: after the welcome the client is online and hands out the snapshot', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const told: unknown[] = [];
  client.on('status', (status) => told.push(status));
  client.on('welcome', (snapshot, recovered) => told.push([snapshot.me.name, recovered]));
  await welcomed(stand, client, teammateWelcome());
  assert.deepEqual(told, ['connecting', 'online', ['Ada', false]]);
  assert.equal(client.snapshot?.me.name, 'Ada');
});

test('rule 1: a refused credential shows the reason of the error frame and is not tried again', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  client.connect();
  const peer = await stand.server.peer();
  peer.send({ type: 'error', error: { code: 'origin_refused', message: 'This site may not use the channel.' } });
  peer.close(closeCodes.unauthenticated);
  await reached(client, 'refused');
  assert.equal(client.refusal?.code, 'origin_refused');
  assert.deepEqual(stand.clock.waits, []);
  assert.equal(stand.window.listening + stand.document.listening, 0);
});

test('rule 1: after 4401 a new token is asked for once, then the client gives up until connect()', async (context) => {
  const stand = await bench(context);
  let asked = 0;
  const client = stand.teammate({ getToken: () => Promise.resolve(`token ${(asked += 1)}`) });
  client.connect();
  (await stand.server.peer()).close(closeCodes.unauthenticated);
  await reached(client, 'offline');
  stand.clock.advance(500);
  const second = await stand.server.peer();
  assert.deepEqual((await second.take('hello')).credential, { kind: 'token', token: 'token 2' });
  second.close(closeCodes.unauthenticated);
  await reached(client, 'refused');
  assert.equal(client.refusal?.code, 'unauthenticated');
  assert.equal(asked, 2);
  await welcomed(stand, client, teammateWelcome());
  assert.equal(client.refusal, null);
  assert.equal(asked, 3);
});

test('a token that runs out on a standing line is replaced by a new one', async (context) => {
  const stand = await bench(context);
  let asked = 0;
  const client = stand.teammate({ getToken: () => Promise.resolve(`token ${(asked += 1)}`) });
  let peer = await welcomed(stand, client, teammateWelcome());
  for (const round of [2, 3]) {
    peer.close(closeCodes.unauthenticated);
    peer = await welcomedAgain(stand, client, teammateWelcome({ recovered: true }));
    assert.equal(asked, round);
  }
});

test('rule 14: after 4400 the client does not come back by itself', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  peer.close(closeCodes.protocol);
  await reached(client, 'refused');
  assert.equal(client.refusal?.code, 'unsupported');
  assert.deepEqual(stand.clock.waits, []);
});

test('a getToken that fails makes the client offline, and it tries again', async (context) => {
  const stand = await bench(context);
  let asked = 0;
  const client = stand.teammate({
    getToken: () => ((asked += 1) === 1 ? Promise.reject(new Error('host is down')) : Promise.resolve('token')),
  });
  client.connect();
  await reached(client, 'offline');
  stand.clock.advance(500);
  const peer = await stand.server.peer();
  assert.deepEqual((await peer.take('hello')).credential, { kind: 'token', token: 'token' });
});

test('rule 11: a line closed for being slow is opened again', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  (await welcomed(stand, client, teammateWelcome())).close(closeCodes.resync);
  await welcomedAgain(stand, client, teammateWelcome({ recovered: true }));
});

test('rule 12: the client beats every 25 seconds', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  for (const position of ['11', '12', '13']) {
    stand.clock.advance(HEARTBEAT_MS - 1);
    assert.equal(peer.untaken, 0);
    stand.clock.advance(1);
    await peer.take('beat');
    const signal = once(client, 'signal');
    peer.send({ type: 'head', position, sent: 0 }, { type: 'signal', name: 'presence', teammateId: 'x', online: true });
    await signal;
  }
});

test('rule 12: when two heads are missed the client opens another line', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  stand.clock.advance(2 * HEARTBEAT_MS);
  assert.equal(client.status, 'online');
  stand.clock.advance(5_000);
  assert.equal(client.status, 'offline');
  await peer.closed;
  await welcomedAgain(stand, client, teammateWelcome({ recovered: true }));
});

test('rule 12: a server that takes the line and never welcomes is given up', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  client.connect();
  const peer = await stand.server.peer();
  await peer.take('hello');
  stand.clock.advance(20_000);
  assert.equal(client.status, 'offline');
  await peer.closed;
});

test('rule 12: waits are random up to a bound that doubles from half a second to thirty', () => {
  const bounds = [0, 1, 2, 3, 4, 5, 6, 7, 50].map((tries) => backoffMs(tries, 1));
  assert.deepEqual(bounds, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  assert.equal(backoffMs(9, 0), 0);
  assert.equal(backoffMs(1, 0.25), 250);
});

test('rule 12: each loss in a row doubles the wait; an answer from the server starts it afresh', async (context) => {
  const stand = await bench(context, () => 1);
  const client = stand.teammate();
  client.connect();
  for (const wait of [500, 1000, 2000]) {
    (await stand.server.peer()).cut();
    await reached(client, 'offline');
    // The status stays offline during a try, so wait for the try's end by its timer.
    await until(() => stand.clock.waits[0] === wait);
    stand.clock.advance(wait);
  }
  const peer = await stand.server.peer();
  await peer.take('hello');
  peer.send(teammateWelcome());
  await reached(client, 'online');
  const answer = client.query('teammate.list', {});
  peer.send({ type: 'answer', id: (await peer.take('query')).id, result: { teammates: [] } });
  await answer;
  peer.cut();
  await reached(client, 'offline');
  assert.deepEqual(stand.clock.waits, [500]);
});

test('rule 12: a hidden page waits four times as long, and comes back when it is looked at', async (context) => {
  const stand = await bench(context, () => 1);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  stand.document.visibilityState = 'hidden';
  peer.cut();
  await reached(client, 'offline');
  assert.deepEqual(stand.clock.waits, [2000]);
  stand.document.visibilityState = 'visible';
  stand.document.dispatchEvent(new Event('visibilitychange'));
  await (await stand.server.peer()).take('hello');
});

test('rule 12: the client is offline as soon as the browser is, and comes back at once with it', async (context) => {
  const stand = await bench(context, () => 1);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  stand.window.dispatchEvent(new Event('offline'));
  assert.equal(client.status, 'offline');
  await peer.closed;
  stand.window.dispatchEvent(new Event('online'));
  await (await stand.server.peer()).take('hello');
});

test('rule 13: after a bye the client comes back when the server said, and not before', async (context) => {
  const stand = await bench(context, () => 0);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  peer.send({ type: 'bye', retryAfterMs: 4000 });
  peer.close(closeCodes.restart);
  await reached(client, 'offline');
  assert.deepEqual(stand.clock.waits, [4000]);
  stand.clock.advance(4000);
  const hello = await (await stand.server.peer()).take('hello');
  assert.deepEqual(hello.resume, { epoch: 'first', position: '10' });
});

test('close() leaves no timer, no listener and no socket, whatever the client was doing', async (context) => {
  const stand = await bench(context);
  const nothingLeft = (): void => {
    assert.deepEqual(stand.clock.waits, []);
    assert.equal(stand.window.listening, 0);
    assert.equal(stand.document.listening, 0);
  };

  const connecting = stand.visitor();
  connecting.connect();
  connecting.close();
  nothingLeft();

  const online = stand.visitor();
  const peer = await welcomed(stand, online, visitorWelcome());
  void online.query('visitor.snapshot', {});
  void online.execute('conversation.reply', { conversationId: 'x', text: 'Hello' });
  await peer.take('query');
  const { id } = await peer.take('command');
  peer.send({ type: 'nack', id, error: { code: 'internal', message: 'Something went wrong.' } });
  // The beat, the watch, and the refused command's rest.
  await until(() => stand.clock.waits.length === 3);
  online.close();
  nothingLeft();
  await peer.closed;
  assert.equal(online.status, 'closed');

  const offline = stand.visitor();
  (await welcomed(stand, offline, visitorWelcome())).cut();
  await reached(offline, 'offline');
  void offline.query('visitor.snapshot', {});
  assert.equal(stand.clock.waits.length, 2);
  offline.close();
  nothingLeft();
});

/** A server that takes connections and never says a word, as behind a network that swallows packets. */
async function muteServer(context: TestContext): Promise<{ origin: string; next: () => Promise<Socket> }> {
  const taken: Socket[] = [];
  const server = createServer((socket) => void taken.push(socket.resume()));
  server.listen(0, '127.0.0.1');
  await onceOf(server, 'listening');
  context.after(() => server.close());
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async next() {
      await until(() => taken.length > 0);
      return taken.shift() as Socket;
    },
  };
}

test('a socket that is still opening when the client is closed may open, and is closed then', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  client.connect();
  await new Promise(setImmediate);
  assert.equal(stand.server.openSockets, 0, 'it is on its way');
  client.close();
  await (
    await stand.server.peer()
  ).closed;
  assert.deepEqual(stand.clock.waits, []);
});

test('a socket that nobody answers leaves no timer behind when the client is closed, and may still open', async (context) => {
  const stand = await bench(context);
  const mute = await muteServer(context);
  const client = createWorkspaceClient({ server: mute.origin }, stand.surroundings);
  client.connect();
  const socket = await mute.next();
  stand.clock.advance(2_000);
  client.close();
  assert.deepEqual(stand.clock.waits, []);
  assert.equal(socket.readableEnded, false, 'it may still open');
  socket.destroy();
});

test('a socket that nobody answered in time is gone before another one is opened', async (context) => {
  const stand = await bench(context);
  const mute = await muteServer(context);
  const client = createWorkspaceClient({ server: mute.origin }, stand.surroundings);
  client.connect();
  const first = await mute.next();
  const ended = onceOf(first, 'close');
  stand.clock.advance(20_000);
  await ended;
  assert.equal(client.status, 'offline');
  stand.clock.advance(stand.clock.waits[0] ?? 0);
  const second = await mute.next();
  assert.equal(second.destroyed, false);
  client.close();
  second.destroy();
});

test('a token that fails or comes only after close() sets nothing going', async (context) => {
  const stand = await bench(context);
  for (const end of ['resolve', 'reject'] as const) {
    let settle = (): void => {};
    const token = new Promise<string>((resolve, reject) => {
      settle = () => (end === 'resolve' ? resolve('late') : reject(new Error('late')));
    });
    const client = stand.teammate({ getToken: () => token });
    client.connect();
    client.close();
    settle();
    await token.catch(() => undefined);
    await new Promise(setImmediate);
    assert.deepEqual([client.status, stand.clock.waits, stand.server.openSockets], ['closed', [], 0]);
  }
});

test('after close() the client may connect again, and begins from nothing', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  await welcomed(stand, client, teammateWelcome());
  client.close();
  client.connect();
  assert.equal((await (await stand.server.peer()).take('hello')).resume, undefined);
});

test('a handler that closes the client during the welcome is the last to hear of it', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const told: string[] = [];
  client.on('welcome', () => told.push('welcome'));
  client.on('status', (status) => {
    told.push(status);
    if (status === 'online') client.close();
  });
  client.connect();
  (await stand.server.peer()).send(teammateWelcome());
  await reached(client, 'connecting');
  await reached(client, 'closed');
  assert.deepEqual(told, ['connecting', 'online', 'closed']);
  assert.deepEqual(stand.clock.waits, []);
});
