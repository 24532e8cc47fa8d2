/** What visitors are told of their place in line: theirs alone, in time, and without a storm. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { startTestServer, until } from './harness.ts';
import { makeInbox, makeVisitor, setUp, startConversation } from './people.ts';
import type { Office, Visitor } from './people.ts';
import { closeSockets, visitorSocket } from './test-socket.ts';
import type { TestSocket } from './test-socket.ts';

after(closeSockets);
const PAUSE_MS = 150;
const server = await startTestServer({ queuePauseMs: PAUSE_MS });
const house = await setUp(server);

const visitorOf = (office: Office): Promise<Visitor> => makeVisitor(office, office.channelKey, office.channelId);

/** Every place a visitor was told, in order; null: none any more. */
function told(socket: TestSocket, conversationId: string): (number | null)[] {
  return socket.frames.flatMap((frame) =>
    frame.type === 'signal' && frame.name === 'queue' && frame.conversationId === conversationId
      ? [frame.position]
      : [],
  );
}

async function placeOf(visitor: Visitor, conversationId: string): Promise<number | undefined> {
  return (await server.ask('visitor.snapshot', {}, visitor.actor)).queue?.[conversationId];
}

/** Several who wait in an inbox of their own, first come first, and their lines to the server. */
async function line(count: number) {
  const office = await makeInbox(house);
  const people: { visitor: Visitor; conversationId: string; socket: TestSocket }[] = [];
  for (let index = 0; index < count; index += 1) {
    const visitor = await visitorOf(office);
    const socket = await visitorSocket(office, visitor);
    people.push({ visitor, conversationId: await startConversation(office, visitor), socket });
  }
  return { office, people };
}

describe('a place in line', () => {
  it('is told to each who waits, moves up as others are taken on, and goes when somebody is', async () => {
    const { office, people } = await line(3);
    const [first, second, third] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
    await until('the last one stands third', () => told(third.socket, third.conversationId).at(-1) === 3);
    assert.equal(await placeOf(second.visitor, second.conversationId), 2);
    const { owner } = office;
    await server.execute('conversation.assign', { conversationId: first.conversationId, assigneeId: owner.id }, owner);
    await until('the first hears that it is over', () => told(first.socket, first.conversationId).at(-1) === null);
    await until('the others move up', () => told(third.socket, third.conversationId).at(-1) === 2);
    await server.execute('conversation.reply', { conversationId: second.conversationId, text: 'Yes?' }, owner);
    await until('an answer ends it too', () => told(second.socket, second.conversationId).at(-1) === null);
    await until('the last one is next', () => told(third.socket, third.conversationId).at(-1) === 1);
    await server.execute('conversation.end', { conversationId: third.conversationId }, third.visitor.actor);
    await until('who leaves stands nowhere', () => told(third.socket, third.conversationId).at(-1) === null);
    assert.equal(await placeOf(third.visitor, third.conversationId), undefined);
  });

  it('tells nothing of the others', async () => {
    const { people } = await line(2);
    const [first, second] = people;
    await until('the second has heard', () => told(second!.socket, second!.conversationId).at(-1) === 2);
    const words = second!.socket.texts.join('\n');
    assert.ok(!words.includes(first!.conversationId) && !words.includes(first!.visitor.actor.id));
  });

  it('is told as long as nobody in person answers, and again after they write again', async () => {
    const { office, people } = await line(1);
    const [{ visitor, conversationId, socket }] = people as [(typeof people)[0]];
    await until('they are next', () => told(socket, conversationId).at(-1) === 1);
    const system = { kind: 'system', workspaceId: office.workspaceId } as const;
    await server.execute('conversation.autoRespond', { conversationId, text: 'We are away.' }, system);
    await sleep(PAUSE_MS * 4);
    assert.deepEqual(told(socket, conversationId), [1]);
    await server.execute('conversation.reply', { conversationId, text: 'Yes?' }, office.owner);
    await until('they are answered', () => told(socket, conversationId).at(-1) === null);
    await server.execute('conversation.reply', { conversationId, text: 'And now?' }, visitor.actor);
    await until('they wait again', () => told(socket, conversationId).at(-1) === 1);
  });

  it('is not told where the inbox does not want it, and no longer once it does not', async () => {
    const { office, people } = await line(1);
    const [{ visitor, conversationId, socket }] = people as [(typeof people)[0]];
    await until('they are next', () => told(socket, conversationId).at(-1) === 1);
    await server.execute('inbox.update', { inboxId: office.inboxId, showQueuePosition: false }, office.owner);
    await until('it goes', () => told(socket, conversationId).at(-1) === null);
    assert.equal(await placeOf(visitor, conversationId), undefined);
  });

  it('is nobody’s whom rotation gives to somebody at once', async () => {
    const office = await makeInbox(house, 'rotate');
    const visitor = await visitorOf(office);
    const socket = await visitorSocket(office, visitor);
    const conversationId = await startConversation(office, visitor);
    await until('somebody has it', async () => {
      const { conversation } = await server.ask('conversation.get', { conversationId }, office.owner);
      return conversation.assigneeId;
    });
    await sleep(PAUSE_MS * 4);
    // Whoever was told a place before somebody was found hears that it is over.
    await until('nobody believes to be next', () => told(socket, conversationId).at(-1) !== 1);
    assert.equal(await placeOf(visitor, conversationId), undefined);
  });
});

describe('a line of five hundred', () => {
  it('costs a reading now and then, not one for each who waits, and tells each at most once a pause', async () => {
    const office = await makeInbox(house);
    const last = await visitorOf(office);
    const { workspaceId, inboxId, channelId, owner } = office;
    const { sql, db } = server.running.connections;
    const ids = Array.from({ length: 500 }, () => uuidv7());
    const now = new Date(Date.now() - 60_000);
    await sql`insert into parlour.conversation (workspace_id, id, inbox_id, channel_id, contact_id, session_id, status, seq, public_seq, inbound_seq,
        read_seq, contact_read_seq, last_message_preview, last_message_author, last_message_at, created_at)
      select ${workspaceId}, id, ${inboxId}, ${channelId}, gen_random_uuid(), gen_random_uuid(), 'open', 1, 1, 1, 0, 1, 'Hello', 'contact', ${now}, ${now}
      from unnest(${ids}::uuid[]) as id`;
    const socket = await visitorSocket(office, last);
    const conversationId = await startConversation(office, last);
    await until('they stand last', () => told(socket, conversationId).at(-1) === 501);
    const readings = async (): Promise<number> => {
      // Each connection counts by itself and tells of it when it likes: all are asked at once.
      await Promise.all(
        Array.from({ length: 20 }, () => [
          sql`select pg_stat_force_next_flush(), pg_sleep(0.1)`.execute(),
          db.execute('select pg_stat_force_next_flush(), pg_sleep(0.1)'),
        ]).flat(),
      );
      const [row] = await sql<{ scans: number }[]>`
        select (seq_scan + coalesce(idx_scan, 0))::int as scans from pg_stat_user_tables where schemaname = 'parlour' and relname = 'inbox'`;
      return row!.scans;
    };
    const [before, heardBefore, startedAt] = [await readings(), told(socket, conversationId).length, performance.now()];
    for (const id of ids.slice(0, 60)) {
      await server.execute('conversation.assign', { conversationId: id, assigneeId: owner.id }, owner);
    }
    await until('they have moved up by sixty', () => told(socket, conversationId).at(-1) === 441);
    const pauses = Math.ceil((performance.now() - startedAt) / PAUSE_MS) + 1;
    const heard = told(socket, conversationId).length - heardBefore;
    assert.ok(heard <= pauses, `${heard} times in ${pauses} pauses`);
    const scans = (await readings()) - before;
    // Each command looks at the inbox some times, and so does each reading of the line, however many stand in it.
    assert.ok(scans < 10 * 60 + 4 * pauses, `${scans} in ${pauses} pauses: it was read for each who waits`);
  });
});

describe('who was told a place', () => {
  const assign = async ({ owner }: Office, conversationId: string): Promise<unknown> =>
    server.execute('conversation.assign', { conversationId, assigneeId: owner.id }, owner);

  it('by an answer hears that it is over, though it was over before anybody looked at the line', async () => {
    const office = await makeInbox(house);
    const visitor = await visitorOf(office);
    const socket = await visitorSocket(office, visitor);
    const conversationId = await startConversation(office, visitor);
    const { queue } = await socket.query('visitor.snapshot', {});
    assert.equal(queue?.[conversationId], 1);
    await assign(office, conversationId);
    await until('it is over', () => told(socket, conversationId).at(-1) === null);
  });

  it('by the welcome hears it, though it was over before the line knew of them', async () => {
    const office = await makeInbox(house);
    const visitor = await visitorOf(office);
    const conversationId = await startConversation(office, visitor);
    await sleep(PAUSE_MS * 4);
    const socket = await visitorSocket(office, visitor);
    const { welcome } = socket;
    assert.equal(welcome.visitor?.queue?.[conversationId], 1);
    await assign(office, conversationId);
    await until('it is over', () => told(socket, conversationId).at(-1) === null);
  });

  it('by a stale answer hears it, though the line had said so before', async () => {
    const office = await makeInbox(house);
    const visitor = await visitorOf(office);
    const socket = await visitorSocket(office, visitor);
    const conversationId = await startConversation(office, visitor);
    await until('they are next', () => told(socket, conversationId).at(-1) === 1);
    // What is asked holds the conversation as it was until the answer goes out.
    const { sql } = server.running.connections;
    const answered = socket.frames.length;
    await sql.begin(async (tx) => {
      await tx`lock table parlour.article in access exclusive mode`;
      void socket.query('visitor.snapshot', {});
      await until('the question waits for the articles', async () => {
        const waiting = await sql`select from pg_locks where relation = 'parlour.article'::regclass and not granted
          and database = (select oid from pg_database where datname = current_database())`;
        return waiting.length > 0;
      });
      await assign(office, conversationId);
      await until('the line says so', () => told(socket, conversationId).at(-1) === null);
    });
    await until('the answer is there', () => socket.frames.slice(answered).some(({ type }) => type === 'answer'));
    const after = socket.frames.findIndex((frame, index) => index >= answered && frame.type === 'answer');
    const said = (): boolean =>
      socket.frames.slice(after).some((frame) => frame.type === 'signal' && frame.name === 'queue' && !frame.position);
    await until('it is said again after the answer', said);
  });
});

describe('while nobody is there', () => {
  const never = { timeZone: 'Europe/Berlin', spans: [], holidays: [] };

  it('nobody is told a place, and whoever was told one hears that it is over', async () => {
    const { office, people } = await line(1);
    const [{ visitor, conversationId, socket }] = people as [(typeof people)[0]];
    const { owner, inboxId } = office;
    await until('they are next', () => told(socket, conversationId).at(-1) === 1);
    await server.execute('inbox.update', { inboxId, schedule: never }, owner);
    await until('the hours end it', () => told(socket, conversationId).at(-1) === null);
    assert.equal(await placeOf(visitor, conversationId), undefined);
    await server.execute('inbox.update', { inboxId, schedule: null }, owner);
    await until('they are next again', () => told(socket, conversationId).at(-1) === 1);
    await server.execute('teammate.setAvailability', { available: false }, owner);
    try {
      await until('an empty desk ends it', () => told(socket, conversationId).at(-1) === null);
      assert.equal(await placeOf(visitor, conversationId), undefined);
    } finally {
      await server.execute('teammate.setAvailability', { available: true }, owner);
    }
  });
});
