/** Rules 1 to 5, 7, 8, 11, 13 to 15 of shared/wire/PROTOCOL.md, over real sockets. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { closeCodes, MAX_FRAME_BYTES } from '../../shared/wire/protocol.ts';
import { isSentence, startTestServer, until } from './harness.ts';
import {
  makeForeignOffice,
  makeInbox,
  makeTeammate,
  makeVisitor,
  setUp,
  startConversation,
  visitorToken,
} from './people.ts';
import { closeSockets, openSockets, ownerSocket, TestSocket, visitorSocket } from './test-socket.ts';
import { signingSecret, teammateToken } from './tokens.ts';

after(closeSockets);
const server = await startTestServer();
const office = await setUp(server);
const visitor = await makeVisitor(office);

async function refusedLine(socket: TestSocket, code: number, error: string, words: RegExp): Promise<void> {
  const frame = await socket.next('error');
  assert.equal(frame.error.code, error);
  isSentence(frame.error.message);
  assert.match(frame.error.message, words);
  assert.equal(await socket.closed(), code);
}

const hello = (credential: unknown, protocol = 1) => ({ type: 'hello', protocol, credential });
const chat = (channelKey = office.channelKey) => ({ kind: 'visitor', channelKey, token: visitorToken() });

describe('rule 1: hello first', () => {
  it('closes with 4400 when another frame comes first', async () => {
    for (const frame of [{ type: 'beat' }, { type: 'command', id: uuidv7(), name: 'conversation.close', input: {} }]) {
      const socket = new TestSocket(server);
      await socket.send(frame);
      await refusedLine(socket, closeCodes.protocol, 'invalid', /hello/);
    }
  });

  it('closes with 4400 when the protocol is not ours', async () => {
    const socket = new TestSocket(server);
    await socket.send(hello(chat(), 2));
    await refusedLine(socket, closeCodes.protocol, 'unsupported', /protocol 1/);
  });

  it('says to wait for the welcome, when something comes between it and the hello', async () => {
    const socket = new TestSocket(server);
    await Promise.all([socket.send(hello(chat())), socket.send({ type: 'beat' })]);
    await refusedLine(socket, closeCodes.protocol, 'invalid', /wait for the welcome/);
  });

  it('closes with 4400 on a second hello', async () => {
    const socket = await visitorSocket(office, visitor);
    await socket.send(hello(chat()));
    await refusedLine(socket, closeCodes.protocol, 'invalid', /one hello/);
  });

  it('closes with 4401 on a bad credential', async () => {
    const secret = await signingSecret(office);
    const token = (parts: object) =>
      teammateToken(server, { secret, workspaceId: office.workspaceId, subject: office.owner.id, ...parts });
    const bad: [unknown, string, RegExp, Record<string, string>?][] = [
      [{ kind: 'token', token: 'nonsense' }, 'unauthenticated', /teammate token/],
      [{ kind: 'token', token: token({ secret: 'another' }) }, 'unauthenticated', /signing secret/],
      [{ kind: 'token', token: token({ claims: { iat: 1_000, exp: 1_300 } }) }, 'expired', /fresh one/],
      [{ kind: 'cookie' }, 'unauthenticated', /sign in/, { origin: server.origin }],
      [{ kind: 'cookie' }, 'unauthenticated', /sign in/, { origin: server.origin, cookie: 'parlour=stolen' }],
    ];
    for (const [credential, code, words, headers] of bad) {
      const socket = new TestSocket(server, headers);
      await socket.send(hello(credential));
      await refusedLine(socket, closeCodes.unauthenticated, code, words);
    }
  });

  it('takes the cookie from the server’s own pages only', async () => {
    const socket = new TestSocket(server, { cookie: office.cookie, origin: 'https://evil.example' });
    await socket.send(hello({ kind: 'cookie' }));
    await refusedLine(socket, closeCodes.protocol, 'origin_refused', /own pages/);
  });

  it('tells a widget with an unknown key who can mend it', async () => {
    const socket = new TestSocket(server);
    await socket.send(hello(chat('unknown')));
    await refusedLine(socket, closeCodes.protocol, 'not_found', /owner/);
  });

  it('keeps a channel with a list to the origins on it', async () => {
    const shop = await makeInbox(office);
    const settings = { allowedOrigins: ['https://shop.example', 'https://*.tide.example'] };
    await server.execute('channel.update', { channelId: shop.channelId, settings }, office.owner);
    for (const origin of ['https://shop.example', 'https://fair.tide.example', server.origin]) {
      const socket = new TestSocket(server, { origin });
      assert.equal((await socket.hello(chat(shop.channelKey) as never)).as, 'visitor');
    }
    for (const origin of ['https://evil.example', 'http://shop.example', 'https://tide.example.evil.example', 'null']) {
      const socket = new TestSocket(server, { origin });
      await socket.send(hello(chat(shop.channelKey)));
      await refusedLine(socket, closeCodes.protocol, 'origin_refused', /settings/);
    }
  });
});

describe('rules 2 to 5: welcome, commands, queries, events', () => {
  it('2: welcomes a teammate and a visitor each with what is theirs', async () => {
    const [{ welcome }, { welcome: greeting }] = await Promise.all([
      ownerSocket(office),
      visitorSocket(office, visitor),
    ]);
    assert.equal(welcome.as, 'teammate');
    assert.equal(welcome.recovered, false);
    assert.equal(welcome.workspace?.me.id, office.owner.id);
    assert.match(welcome.position, /^[1-9]\d*$/);
    assert.equal(greeting.as, 'visitor');
    assert.equal(greeting.workspace, undefined);
    assert.equal(greeting.visitor?.configuration.key, office.channelKey);
    assert.equal(greeting.position, '0');
  });

  it('3: answers pipelined commands in order, a start and what follows it', async () => {
    const socket = await visitorSocket(office, await makeVisitor(office));
    const conversationId = uuidv7();
    const ids = Array.from({ length: 6 }, () => uuidv7());
    await socket.send({
      type: 'command',
      id: ids[0],
      name: 'conversation.start',
      input: { conversationId, text: 'first' },
    });
    for (const id of ids.slice(1))
      await socket.send({ type: 'command', id, name: 'conversation.reply', input: { conversationId, text: id } });
    await until('six answers', () => socket.frames.filter(({ type }) => type === 'ack').length === 6);
    const acks = socket.frames.flatMap((frame) =>
      frame.type === 'ack' ? [[frame.id, (frame.result as { publicSeq: number }).publicSeq]] : [],
    );
    assert.deepEqual(
      acks,
      ids.map((id, index) => [id, index + 1]),
    );
  });

  it('3: keeps the order of different commands on one socket', async () => {
    const socket = await ownerSocket(office);
    const conversationId = await startConversation(office, visitor);
    const steps: [string, object][] = [
      ['conversation.reply', { conversationId, text: 'one' }],
      ['conversation.close', { conversationId }],
      ['conversation.reply', { conversationId, text: 'two' }],
      ['conversation.reopen', { conversationId }],
      ['conversation.note', { conversationId, text: 'three' }],
    ];
    const ids = steps.map(() => uuidv7());
    for (const [index, [name, input]] of steps.entries())
      await socket.send({ type: 'command', id: ids[index], name, input });
    const seqs = [];
    for (const id of ids) seqs.push(((await socket.answerTo(id)) as unknown as { result: { seq: number } }).result.seq);
    // With the question how it was, behind the closing.
    assert.deepEqual(seqs, [2, 4, 5, 6, 7]);
  });

  it('3: a nack names what is wrong and the line stays up', async () => {
    const socket = await ownerSocket(office);
    const wrong = await socket.nack('command', 'conversation.reply', { conversationId: 'no', text: 7, extra: 1 });
    assert.equal(wrong.code, 'invalid');
    assert.deepEqual(Object.keys(wrong.fields ?? {}).sort(), ['conversationId', 'extra', 'text']);
    const empty = await socket.nack('command', 'conversation.reply', { conversationId: uuidv7(), text: '' });
    assert.deepEqual([empty.code, Object.keys(empty.fields ?? {})], ['invalid', ['text']]);
    for (const type of ['command', 'query'] as const) {
      for (const name of ['no.such', 'toString', '__proto__', 'constructor']) {
        assert.equal((await socket.nack(type, name, {})).code, 'not_found');
      }
    }
    const id = uuidv7();
    await socket.command('workspace.rename', { name: 'Tide & Ember' }, id);
    assert.equal((await socket.nack('command', 'workspace.rename', { name: 'Another' }, id)).code, 'id_reused');
    assert.equal((await socket.query('teammate.list', {})).teammates[0]?.id, office.owner.id);
  });

  it('8: a message is known by the id of the command that made it', async () => {
    const [socket, teammate] = await Promise.all([visitorSocket(office, visitor), ownerSocket(office)]);
    const conversationId = await startConversation(office, visitor);
    const id = uuidv7();
    const { partId } = await socket.command('conversation.reply', { conversationId, text: 'Hello?' }, id);
    assert.equal(partId, id);
    const told = await teammate.event('conversation.replied', conversationId);
    assert.equal(told.records.part?.id, id);
    const heard = await until('the sender hears too', () =>
      socket.visitorEvents.find((event) => event.part?.id === id),
    );
    assert.equal(heard.id, id);
  });
});

describe('rule 10: presence', () => {
  it('counts tabs: one that is gone before its welcome takes nobody with it, the last one does', async () => {
    const witness = new TestSocket(server);
    const secret = await signingSecret(office);
    const admin = await makeTeammate(office, { role: 'admin' });
    await witness.hello({
      kind: 'token',
      token: teammateToken(server, { secret, workspaceId: office.workspaceId, subject: admin.id }),
    });
    closeOwners();
    const online = async () =>
      (await witness.query('workspace.snapshot', {})).onlineTeammateIds.includes(office.owner.id);
    await until('nobody is left from before', async () => !(await online()));
    const tab = await ownerSocket(office);
    assert.equal(await online(), true);
    await until('the two alone are left', () => server.running.realtime.size === 2);
    for (let round = 0; round < 20; round++) {
      const hasty = new TestSocket(server, office.page);
      await hasty.send(hello({ kind: 'cookie' }));
      await sleep(round);
      hasty.cut();
    }
    await until('the hasty ones are gone', () => server.running.realtime.size === 2);
    assert.equal(await online(), true);
    tab.cut();
    await until('the owner is gone', async () => !(await online()));
    const signals = witness.frames.filter(
      (frame) => frame.type === 'signal' && frame.name === 'presence' && frame.teammateId === office.owner.id,
    );
    assert.deepEqual(
      signals.slice(-2).map((frame) => 'online' in frame && frame.online),
      [true, false],
    );

    function closeOwners(): void {
      for (const socket of openSockets()) if (socket !== witness) socket.cut();
    }
  });
});

describe('rule 11: slow readers', () => {
  it('nobody is taken for one who asks for a page of long messages: it ends sooner', async () => {
    const writer = await makeVisitor(office);
    const conversationId = await startConversation(office, writer);
    // Each word is a piece of its own, and a page of them would be more than 1 MiB.
    const text = '*a* '.repeat(2_500);
    const all = Array.from({ length: 40 }, (_, index) => index + 1);
    for (const _ of all.slice(1)) await server.execute('conversation.reply', { conversationId, text }, writer.actor);
    for (const socket of [await ownerSocket(office), await visitorSocket(office, writer)]) {
      const newest = await socket.query('conversation.parts', { conversationId });
      assert.equal(newest.more, true);
      const places = newest.parts.map(({ publicSeq }) => publicSeq);
      assert.deepEqual(places, all.slice(-places.length));
      const forward: (number | null)[] = [];
      for (let more = true; more;) {
        const page = await socket.query('conversation.parts', { conversationId, after: forward.at(-1) ?? 0 });
        forward.push(...page.parts.map(({ publicSeq }) => publicSeq));
        more = page.more;
      }
      assert.deepEqual(forward, all);
    }
  });

  it('nobody is taken for one who asks for a list of conversations that a page says much of', async () => {
    const shop = await makeInbox(office);
    const properties = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [`fact_${index}`, 'x'.repeat(2_000)]),
    );
    const begun: string[] = [];
    for (let count = 0; count < 30; count++) {
      const writer = await makeVisitor(shop, shop.channelKey, shop.channelId);
      const conversationId = await startConversation(shop, writer);
      begun.push(conversationId);
      if (count % 2) await server.execute('conversation.setProperties', { conversationId, properties }, writer.actor);
      else await server.execute('visitor.describe', { properties }, writer.actor);
    }
    const socket = await ownerSocket(shop);
    const listed: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await socket.query('conversation.list', { inboxId: shop.inboxId, limit: 30, cursor });
      listed.push(...page.conversations.map(({ id }) => id));
      assert.equal(page.contacts.length, page.conversations.length);
      cursor = page.next;
    }
    assert.deepEqual(listed, begun.reverse());
    assert.ok(Math.max(...socket.texts.map(({ length }) => length)) < 300_000, 'a page ends where it grows long');
  });
});

describe('rule 14: limits', () => {
  it('closes with 4400 on what is no frame, and serves everybody else', async () => {
    const bystander = await ownerSocket(office);
    const frames = [
      'not json',
      '',
      '[]',
      'null',
      '"hello"',
      '{}',
      '{"type":"dance"}',
      '{"type":"command","name":"x","input":{}}',
      JSON.stringify({ type: 'command', id: 'not-a-uuid', name: 'x', input: {} }),
      JSON.stringify({ type: 'beat', extra: true }),
      Buffer.from('{"type":"beat"}'),
    ];
    for (const frame of frames) {
      const socket = await visitorSocket(office, visitor);
      await socket.send(frame);
      await refusedLine(socket, closeCodes.protocol, 'invalid', /./);
    }
    assert.equal((await bystander.query('inbox.list', {})).inboxes.length > 0, true);
  });

  it('closes with 1009 on a frame over 64 KiB and takes one of exactly so much', async () => {
    const frame = (bytes: number) => {
      const shell = JSON.stringify({ type: 'query', id: uuidv7(), name: '', input: {} });
      return shell.replace('"name":""', `"name":"${'x'.repeat(bytes - shell.length)}"`);
    };
    const socket = await visitorSocket(office, visitor);
    await socket.send(frame(MAX_FRAME_BYTES));
    assert.equal((await socket.next('nack')).error.code, 'not_found');
    await socket.send(frame(MAX_FRAME_BYTES + 1));
    assert.equal(await socket.closed(), 1009);
  });
});

describe('rule 15: unknown and forbidden are alike', () => {
  it('answers not_found, in the same words, for what is foreign, out of sight and nowhere', async () => {
    const [foreign, elsewhere, agent] = [
      await makeForeignOffice(office),
      await makeInbox(office),
      await makeTeammate(office),
    ];
    const hidden = await startConversation(elsewhere, await makeVisitor(elsewhere));
    const secret = await signingSecret(office);
    const socket = new TestSocket(server);
    await socket.hello({
      kind: 'token',
      token: teammateToken(server, { secret, workspaceId: office.workspaceId, subject: agent.id }),
    });
    const stranger = await visitorSocket(office, await makeVisitor(office));
    const words = new Set<string>();
    for (const conversationId of [foreign.conversationId, hidden, uuidv7()]) {
      for (const line of [socket, stranger]) {
        for (const refusal of [
          await line.nack('query', 'conversation.parts', { conversationId }),
          await line.nack('command', 'conversation.reply', { conversationId, text: 'Hello?' }),
          await line.nack('command', 'conversation.markRead', { conversationId, seq: 1 }),
        ]) {
          assert.equal(refusal.code, 'not_found');
          words.add(refusal.message);
        }
      }
    }
    assert.equal(words.size, 1);
  });
});
