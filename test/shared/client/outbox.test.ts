import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RequestError } from '../../../shared/client/client.ts';
import type { VisitorClient } from '../../../shared/client/client.ts';
import type { ErrorCode } from '../../../shared/contract/error.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import {
  bench,
  conversationId,
  otherConversationId,
  reached,
  teammateWelcome,
  until,
  visitorWelcome,
  welcomed,
  welcomedAgain,
} from './fixture.ts';
import type { Peer } from './scripted-server.ts';

const result = { partId: conversationId, seq: 1, publicSeq: 1 };

function write(client: VisitorClient, text: string, to = conversationId): Promise<unknown> {
  return client.execute('conversation.reply', { conversationId: to, text });
}

async function take(peer: Peer): Promise<{ id: string; text: string }> {
  const { id, input } = await peer.take('command');
  return { id, text: (input as { text: string }).text };
}

function refuse(peer: Peer, id: string, code: ErrorCode, retryAfterMs?: number): void {
  const error = { code, message: 'Not now.', ...(retryAfterMs !== undefined && { retryAfterMs }) };
  peer.send({ type: 'nack', id, error });
}

/** What comes next is this and nothing before it: frames of a socket keep their order, so a query closes the account. */
async function nothingMore(peer: Peer, client: VisitorClient): Promise<void> {
  void client.query('visitor.snapshot', {});
  await peer.take('query');
}

test('rule 3: a command resolves with the result of its ack, whose id is the one given', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  const id = uuidv7();
  const written = client.execute('conversation.reply', { conversationId, text: 'Hello' }, id);
  assert.deepEqual(await peer.take('command'), {
    type: 'command',
    id,
    name: 'conversation.reply',
    input: { conversationId, text: 'Hello' },
  });
  peer.ack(id, result);
  assert.deepEqual(await written, result);
});

test('rule 3: ids made by the client are UUIDs of version 7', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  void write(client, 'Hello');
  assert.match((await take(peer)).id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('rule 3: commands written before the line is up go out at the welcome, before what its handlers write', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  client.on('welcome', () => void write(client, 'third'));
  void write(client, 'first');
  client.connect();
  const peer = await stand.server.peer();
  await peer.take('hello');
  void write(client, 'second');
  peer.send(visitorWelcome());
  for (const text of ['first', 'second', 'third']) {
    const command = await take(peer);
    assert.equal(command.text, text);
    peer.ack(command.id, result);
  }
});

test('rule 3: commands about one conversation go out one after the other, each when the one before is settled', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  const texts = ['1', '2', '3', '4', '5'];
  const written = texts.map((text) => write(client, text));
  for (const text of texts) {
    const command = await take(peer);
    assert.equal(command.text, text);
    await nothingMore(peer, client);
    peer.ack(command.id, result);
  }
  await Promise.all(written);
});

test('rule 3: commands about different conversations do not wait for each other', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  const written = [write(client, 'here'), write(client, 'there', otherConversationId)];
  const commands = [await take(peer), await take(peer)];
  assert.deepEqual(
    commands.map(({ text }) => text),
    ['here', 'there'],
  );
  for (const { id } of commands) peer.ack(id, result);
  await Promise.all(written);
});

test('rule 3: a command whose ack was lost is sent again with the same id, and resolves once', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  let resolved = 0;
  const written = write(client, 'Hello').then(() => (resolved += 1));
  const first = await peer.take('command');
  peer.cut();
  const next = await welcomedAgain(stand, client, visitorWelcome());
  assert.deepEqual(await next.take('command'), first);
  next.ack(first.id, result);
  next.ack(first.id, result);
  await written;
  await nothingMore(next, client);
  assert.equal(resolved, 1);
});

test('rule 3: what is sent again is what was written, whatever became of the input', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const input = { conversationId, text: 'before' };
  void client.execute('conversation.reply', input);
  input.text = 'after';
  const peer = await welcomed(stand, client, visitorWelcome());
  assert.equal((await take(peer)).text, 'before');
});

test('rule 3: after a loss everything unacknowledged is sent again in order of writing', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  const written = ['1', '2', '3'].map((text) => write(client, text));
  peer.ack((await take(peer)).id, result);
  await written[0];
  await take(peer);
  peer.cut();
  await reached(client, 'offline');
  void write(client, '4');
  const next = await welcomedAgain(stand, client, visitorWelcome());
  for (const text of ['2', '3', '4']) {
    const command = await take(next);
    assert.equal(command.text, text);
    next.ack(command.id, result);
  }
});

for (const code of ['unavailable', 'internal', 'rate_limited'] as const) {
  test(`rule 3: a command refused as ${code} stays, and is sent again when the server said`, async (context) => {
    const stand = await bench(context);
    const client = stand.visitor();
    const peer = await welcomed(stand, client, visitorWelcome());
    const written = write(client, 'Hello');
    const { id } = await take(peer);
    refuse(peer, id, code, 3000);
    await until(() => stand.clock.waits[0] === 3000);
    stand.clock.advance(2999);
    await nothingMore(peer, client);
    stand.clock.advance(1);
    assert.equal((await take(peer)).id, id);
    peer.ack(id, result);
    assert.deepEqual(await written, result);
  });
}

test('rule 3: a command refused for good rejects with the reason and is not sent again', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  const written = write(client, ' ');
  const { id } = await take(peer);
  const error = { code: 'invalid' as const, message: 'Write something.', fields: { text: 'must not be empty' } };
  peer.send({ type: 'nack', id, error });
  await assert.rejects(written, (reason) => {
    assert.ok(reason instanceof RequestError);
    assert.equal(reason.code, 'invalid');
    assert.equal(reason.message, 'Write something.');
    assert.deepEqual(reason.fields, { text: 'must not be empty' });
    return true;
  });
  peer.cut();
  await nothingMore(await welcomedAgain(stand, client, visitorWelcome()), client);
});

test('messages after one that is being tried again wait for it; those of another conversation do not', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  void write(client, '1');
  const first = await take(peer);
  refuse(peer, first.id, 'unavailable', 1000);
  await until(() => stand.clock.waits[0] === 1000);
  void write(client, '2');
  void write(client, '3');
  void write(client, 'elsewhere', otherConversationId);
  assert.equal((await take(peer)).text, 'elsewhere');
  stand.clock.advance(1000);
  assert.equal((await take(peer)).text, '1');
  await nothingMore(peer, client);
  peer.ack(first.id, result);
  const second = await take(peer);
  assert.equal(second.text, '2');
  peer.ack(second.id, result);
  assert.equal((await take(peer)).text, '3');
});

test('messages after one that is refused for good go on', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  const written = write(client, '1');
  const first = await take(peer);
  refuse(peer, first.id, 'unavailable', 1000);
  await until(() => stand.clock.waits[0] === 1000);
  void write(client, '2');
  stand.clock.advance(1000);
  refuse(peer, (await take(peer)).id, 'gone');
  await assert.rejects(written, { code: 'gone' });
  assert.equal((await take(peer)).text, '2');
});

test('a command that fails inside the server six times is given up, so that it blocks nothing for ever', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  const poison = write(client, 'poison');
  for (let time = 1; time <= 6; time += 1) {
    refuse(peer, (await take(peer)).id, 'internal', 700);
    if (time === 1) {
      await until(() => stand.clock.waits[0] === 700);
      void write(client, 'after');
    }
    if (time < 6) {
      await until(() => stand.clock.waits[0] === 700);
      stand.clock.advance(700);
    }
  }
  await assert.rejects(poison, { code: 'internal' });
  assert.equal((await take(peer)).text, 'after');
});

test('the same id given twice while it is underway is one command', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  const id = uuidv7();
  const input = { conversationId, text: 'Hello' };
  const both = [client.execute('conversation.reply', input, id), client.execute('conversation.reply', input, id)];
  await take(peer);
  await nothingMore(peer, client);
  peer.ack(id, result);
  assert.deepEqual(await Promise.all(both), [result, result]);
});

test('rule 14: a command larger than a frame may be is refused here, and the line stays up', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  await assert.rejects(write(client, 'ä'.repeat(33_000)), { code: 'too_large' });
  await nothingMore(peer, client);
});

test('close() forgets what was not sent', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  void write(client, 'forgotten');
  client.close();
  await nothingMore(await welcomed(stand, client, visitorWelcome()), client);
});

test('rule 3: what one teammate has written is not sent as another, who signed in while the line was down', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const ada = teammateWelcome();
  const peer = await welcomed(stand, client, ada);
  peer.cut();
  void client.execute('conversation.reply', { conversationId, text: 'By Ada' });
  const ben = { ...ada.workspace!, me: { ...ada.workspace!.me, id: otherConversationId } };
  await reached(client, 'offline');
  stand.clock.advance(stand.clock.waits[0] ?? 0);
  const next = await stand.server.peer();
  await next.take('hello');
  next.send(teammateWelcome({ workspace: ben, recovered: true }));
  const anew = await stand.server.peer();
  const hello = await anew.take('hello');
  assert.equal(hello.resume, undefined);
  anew.send(teammateWelcome({ workspace: ben }));
  await reached(client, 'online');
  void client.query('conversation.counts', {});
  await anew.take('query');
  assert.equal(client.snapshot?.me.id, ben.me.id);
});

test('property: however often the line is lost and acks with it, each message arrives and they arrive in order', async (context) => {
  const stand = await bench(context);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('write', 'ack', 'take', 'lose'), { minLength: 1, maxLength: 25 }),
      async (steps) => {
        const client = stand.visitor();
        const arrived: string[] = [];
        const inHand: string[] = [];
        let sent = 0;
        let written = 0;
        const all: Promise<unknown>[] = [];
        let peer = await welcomed(stand, client, visitorWelcome());
        const takeOne = async (): Promise<void> => {
          const { id, text } = await take(peer);
          if (!arrived.includes(text)) arrived.push(text);
          inHand.push(id);
        };
        const lose = async (): Promise<void> => {
          peer.cut();
          peer = await welcomedAgain(stand, client, visitorWelcome());
          inHand.length = 0;
          sent = 0;
        };
        let acknowledged = 0;
        for (const step of steps) {
          if (step === 'write') {
            all.push(write(client, String(written)));
            written += 1;
          } else if (step === 'take' && sent === 0 && acknowledged < written) {
            await takeOne();
            sent += 1;
          } else if (step === 'ack' && inHand.length) {
            const settled = all[acknowledged];
            peer.ack(inHand.shift()!, result);
            await settled;
            acknowledged += 1;
            sent -= 1;
          } else if (step === 'lose') {
            await lose();
          }
        }
        await lose();
        for (; acknowledged < written; acknowledged += 1) {
          await takeOne();
          peer.ack(inHand.shift()!, result);
        }
        await Promise.all(all);
        assert.deepEqual(
          arrived,
          Array.from({ length: written }, (_, index) => String(index)),
        );
        client.close();
        await peer.closed;
      },
    ),
    { numRuns: 40 },
  );
});
