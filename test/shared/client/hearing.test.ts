import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkspaceEvent } from '../../../shared/wire/frames.ts';
import {
  bench,
  conversationId,
  once,
  otherConversationId,
  reached,
  teammateWelcome,
  until,
  visitorConversation,
  visitorEvent,
  visitorWelcome,
  welcomed,
  welcomedAgain,
} from './fixture.ts';

const noEvents = { type: 'events' as const, events: [] as WorkspaceEvent[] };

test('rule 4: a query resolves with its answer, and rejects with the reason of a nack', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  const asked = client.query('conversation.counts', {});
  const { id, name } = await peer.take('query');
  assert.equal(name, 'conversation.counts');
  peer.send({ type: 'answer', id, result: { unread: 3 } });
  assert.deepEqual(await asked, { unread: 3 });
  const refused = client.query('contact.get', { contactId: conversationId });
  peer.send({ type: 'nack', id: (await peer.take('query')).id, error: { code: 'not_found', message: 'Not found.' } });
  await assert.rejects(refused, { name: 'RequestError', code: 'not_found' });
});

test('rule 4: a query without an answer is asked again on the next line', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  const asked = client.query('teammate.list', {});
  const first = await peer.take('query');
  peer.cut();
  const next = await welcomedAgain(stand, client, teammateWelcome());
  assert.deepEqual(await next.take('query'), first);
  next.send({ type: 'answer', id: first.id, result: { teammates: [] } });
  assert.deepEqual(await asked, { teammates: [] });
});

test('rule 4: a query rejects as unavailable after fifteen seconds without a line, however often it is tried', async (context) => {
  const stand = await bench(context, () => 1);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  const asked = client.query('teammate.list', {});
  let rejected = false;
  const settled = asked.catch((error: unknown) => {
    rejected = true;
    throw error;
  });
  await peer.take('query');
  peer.cut();
  for (const wait of [500, 1000, 2000, 4000]) {
    await until(() => stand.clock.waits.includes(wait) && client.status === 'offline');
    stand.clock.advance(wait);
    (await stand.server.peer()).cut();
  }
  await until(() => stand.clock.waits.includes(8000));
  assert.equal(rejected, false);
  stand.clock.advance(7500);
  await assert.rejects(settled, { code: 'unavailable' });
});

test('a refused client rejects queries with the reason of the refusal', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  const underway = client.query('teammate.list', {});
  await peer.take('query');
  peer.close(4401);
  await assert.rejects(underway, { code: 'unauthenticated' });
  await assert.rejects(client.query('teammate.list', {}), { code: 'unauthenticated' });
});

test('rule 5: events are handed on in the order they came, twice if they came twice', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  const ids: string[] = [];
  client.on('events', (events) => ids.push(...events.map(({ id }) => id)));
  peer.send(
    { type: 'events', events: [visitorEvent(1), visitorEvent(2)] },
    { type: 'events', events: [visitorEvent(2)] },
  );
  await until(() => ids.length === 3);
  assert.deepEqual(
    ids,
    [1, 2, 2].map((position) => `${conversationId}:${position}`),
  );
});

test('a handler hears nothing after it was taken off, and one that fails does not keep the news from others', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  const failures: unknown[] = [];
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.once('uncaughtException', (error) => failures.push(error));
  context.after(() => listeners.forEach((listener) => process.on('uncaughtException', listener)));
  let told = 0;
  client.on('events', () => (told += 1))();
  client.on('events', () => {
    throw new Error('broken handler');
  });
  const heard = once(client, 'events');
  peer.send({ type: 'events', events: [visitorEvent(1)] });
  await heard;
  await until(() => failures.length === 1);
  assert.equal(told, 0);
  assert.equal((failures[0] as Error).message, 'broken handler');
});

test('rule 6: a teammate resumes from the position of the last head', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  const heard = once(client, 'events');
  const signalled = once(client, 'signal');
  peer.send(noEvents, { type: 'head', position: '12', sent: 1 }, noEvents);
  peer.send({ type: 'signal', name: 'presence', teammateId: 'x', online: true });
  await Promise.all([heard, signalled]);
  peer.cut();
  await reached(client, 'offline');
  stand.clock.advance(500);
  const hello = await (await stand.server.peer()).take('hello');
  assert.deepEqual(hello.resume, { epoch: 'first', position: '12' });
});

test('rule 6: what follows a recovering welcome is not taken as heard before a head says so', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  (await welcomed(stand, client, teammateWelcome({ position: '10' }))).cut();
  (await welcomedAgain(stand, client, teammateWelcome({ position: '20', recovered: true }))).cut();
  await reached(client, 'offline');
  stand.clock.advance(1000);
  const third = await stand.server.peer();
  assert.deepEqual((await third.take('hello')).resume, { epoch: 'first', position: '10' });
  third.send(teammateWelcome({ epoch: 'second', position: '3', recovered: false }));
  await reached(client, 'online');
  third.cut();
  await reached(client, 'offline');
  stand.clock.advance(30_000);
  assert.deepEqual((await (await stand.server.peer()).take('hello')).resume, { epoch: 'second', position: '3' });
});

test('rule 6: handlers are told whether the welcome recovered', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const told: boolean[] = [];
  client.on('welcome', (_snapshot, recovered) => told.push(recovered));
  (await welcomed(stand, client, teammateWelcome())).cut();
  (await welcomedAgain(stand, client, teammateWelcome({ recovered: true }))).cut();
  await reached(client, 'offline');
  stand.clock.advance(1000);
  (await stand.server.peer()).send(teammateWelcome({ epoch: 'second' }));
  await reached(client, 'online');
  assert.deepEqual(told, [false, true, false]);
});

test('rule 7: a client that counted fewer frames than were sent opens another line and resumes', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  peer.send(noEvents, { type: 'head', position: '15', sent: 2 });
  await reached(client, 'offline');
  stand.clock.advance(500);
  const hello = await (await stand.server.peer()).take('hello');
  assert.deepEqual(hello.resume, { epoch: 'first', position: '10' });
});

test('rule 7: frames are counted anew on each line', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  const heard = once(client, 'events');
  peer.send(noEvents);
  await heard;
  peer.cut();
  const next = await welcomedAgain(stand, client, teammateWelcome({ recovered: true }));
  const signalled = once(client, 'signal');
  next.send({ type: 'head', position: '11', sent: 0 });
  next.send({ type: 'signal', name: 'presence', teammateId: 'x', online: true });
  await signalled;
  assert.equal(client.status, 'online');
});

test('rules 6 and 7: a visitor resumes from the head of each thread, as far as it was heard without a gap', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome([visitorConversation(4)]));
  const events = [5, 6, 8].map((position) => visitorEvent(position));
  const news = once(client, 'events');
  peer.send({ type: 'events', events: [...events, visitorEvent(1, otherConversationId)] });
  await news;
  peer.cut();
  await reached(client, 'offline');
  stand.clock.advance(500);
  const next = await stand.server.peer();
  assert.deepEqual((await next.take('hello')).resume, {
    epoch: 'first',
    heads: { [conversationId]: 6, [otherConversationId]: 1 },
  });
});

test('rule 7: parts that were asked for to fill a gap count as heard', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome([visitorConversation(4)]));
  const asked = client.query('conversation.parts', { conversationId, after: 4 });
  const parts = [5, 6].map((position) => visitorEvent(position).part);
  peer.send({ type: 'answer', id: (await peer.take('query')).id, result: { parts, more: false } });
  await asked;
  peer.cut();
  await reached(client, 'offline');
  stand.clock.advance(500);
  assert.deepEqual((await (await stand.server.peer()).take('hello')).resume?.heads, { [conversationId]: 6 });
});

test('rule 6: a recovering welcome tells a visitor of heads that were not heard yet, so the ones before count on', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  (await welcomed(stand, client, visitorWelcome([visitorConversation(4)]))).cut();
  (await welcomedAgain(stand, client, visitorWelcome([visitorConversation(7)], { recovered: true }))).cut();
  await reached(client, 'offline');
  stand.clock.advance(1000);
  assert.deepEqual((await (await stand.server.peer()).take('hello')).resume?.heads, { [conversationId]: 4 });
});

test('rule 6: a visitor whose welcome did not recover holds the heads of the new snapshot only', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  (await welcomed(stand, client, visitorWelcome([visitorConversation(9)]))).cut();
  const fresh = visitorWelcome([visitorConversation(2, otherConversationId)], { epoch: 'second' });
  (await welcomedAgain(stand, client, fresh)).cut();
  await reached(client, 'offline');
  stand.clock.advance(1000);
  const { resume } = await (await stand.server.peer()).take('hello');
  assert.deepEqual(resume, { epoch: 'second', heads: { [otherConversationId]: 2 } });
});

test('rule 10: typing is said once in three seconds per conversation, and not while the line is down', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  client.typing(conversationId);
  const peer = await welcomed(stand, client, visitorWelcome());
  const said: string[] = [];
  const say = async (id: string): Promise<void> => {
    client.typing(id);
    void client.query('visitor.snapshot', {});
    for (;;) {
      const frame = await peer.takeAny();
      if (frame.type === 'query') return;
      if (frame.type === 'signal') said.push(frame.conversationId);
    }
  };
  await say(conversationId);
  stand.clock.advance(2999);
  await say(conversationId);
  await say(otherConversationId);
  stand.clock.advance(3000);
  await say(otherConversationId);
  assert.deepEqual(said, [conversationId, otherConversationId, otherConversationId]);
});

test('rule 10: signals are handed on', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  const peer = await welcomed(stand, client, teammateWelcome());
  const signal = once(client, 'signal');
  const frame = { type: 'signal', name: 'presence', teammateId: 'x', online: true } as const;
  peer.send(frame);
  assert.deepEqual(await signal, [frame]);
});
