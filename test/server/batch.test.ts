/** D3, D4 and D14 under load: batches count like one writer, and the log tells everything once. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { eq } from 'drizzle-orm';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { readLog, toEventRow, type LogRow } from '../../server/database/event-log.ts';
import { openConnections } from '../../server/database/connection.ts';
import type { Actor } from '../../server/kernel/actor.ts';
import { DomainError } from '../../server/kernel/errors.ts';
import { RecentRows } from '../../server/kernel/recent-rows.ts';
import { reply } from '../../server/modules/conversation/reply.ts';
import { part } from '../../server/modules/conversation/schema.ts';
import { refused, startTestServer, until } from './harness.ts';
import { makeApiKey, makeInbox, makeTeammate, makeVisitor, settled, setUp, startConversation, told } from './people.ts';
import { closeSockets, ownerSocket, visitorSocket } from './test-socket.ts';

after(closeSockets);
const server = await startTestServer();
const office = await setUp(server);
const { owner } = office;
const { sql } = server.running.connections;

async function conversations(count: number) {
  const visitors = await Promise.all(Array.from({ length: count }, () => makeVisitor(office)));
  return Promise.all(visitors.map(async (visitor) => ({ visitor, id: await startConversation(office, visitor) })));
}

/** What the thread holds must count from 1 without a gap, for both who read it. */
async function assertGapless(id: string, length: number): Promise<string[]> {
  const rows = await sql<{ id: string; seq: number; public_seq: number | null }[]>`
    select id, seq, public_seq from parlour.part where conversation_id = ${id} order by seq`;
  assert.deepEqual(
    rows.map(({ seq }) => seq),
    Array.from({ length }, (_, index) => index + 1),
  );
  const seen = rows.flatMap(({ public_seq }) => public_seq ?? []);
  assert.deepEqual(
    seen,
    seen.map((_, index) => index + 1),
  );
  const { conversation } = await server.ask('conversation.get', { conversationId: id }, owner);
  assert.deepEqual([conversation.seq, conversation.publicSeq], [length, seen.length]);
  return rows.map((row) => row.id);
}

describe('replies at once', () => {
  it('300 of many people in 10 conversations: no gap, no duplicate, each acknowledged with its own place', async () => {
    const held = await conversations(10);
    const [agent, key] = [
      await makeTeammate(office, { inboxIds: [office.inboxId] }),
      await makeApiKey(office, ['write']),
    ];
    const sent = Array.from({ length: 300 }, (_, index) => {
      const { visitor, id } = held[index % 10]!;
      const actor: Actor = [visitor.actor, owner, agent, key.actor][index % 4]!;
      return { actor, conversationId: id, commandId: uuidv7(), text: `message ${index}` };
    });
    const notes = held.map(({ id }) =>
      server.execute('conversation.note', { conversationId: id, text: 'meanwhile' }, owner),
    );
    const answers = await Promise.all(
      sent.map(({ actor, conversationId, commandId, text }) =>
        server.execute('conversation.reply', { conversationId, text }, actor, commandId),
      ),
    );
    await Promise.all(notes);
    for (const { id } of held) {
      const ids = await assertGapless(id, 32);
      const mine = sent.flatMap((message, index) =>
        message.conversationId === id ? [{ ...message, answer: answers[index]! }] : [],
      );
      assert.equal(new Set(mine.map(({ answer }) => answer.publicSeq)).size, 30);
      for (const { commandId, answer, actor } of mine) {
        assert.equal(answer.partId, commandId);
        assert.ok(ids.includes(commandId));
        if (actor.kind !== 'visitor') assert.equal(ids[answer.seq - 1], commandId);
      }
    }
  });

  it('keep the order in which one sender wrote', async () => {
    const [held] = await conversations(1);
    const socket = await visitorSocket(office, held!.visitor);
    const ids = Array.from({ length: 60 }, () => uuidv7());
    for (const id of ids)
      await socket.send({
        type: 'command',
        id,
        name: 'conversation.reply',
        input: { conversationId: held!.id, text: id },
      });
    await until('all are acknowledged', () => socket.frames.filter(({ type }) => type === 'ack').length === 60);
    assert.deepEqual((await assertGapless(held!.id, 61)).slice(1), ids);
  });

  it('a bad one among them is refused alone: forbidden, gone, reused or taken ids', async () => {
    const [mine, theirs] = (await conversations(2)) as [
      Awaited<ReturnType<typeof conversations>>[0],
      Awaited<ReturnType<typeof conversations>>[0],
    ];
    const [reused, taken] = [uuidv7(), uuidv7()];
    const reply = (conversationId: string, text: string, actor: Actor = mine.visitor.actor, id = uuidv7()) =>
      server.execute('conversation.reply', { conversationId, text }, actor, id);
    await reply(mine.id, 'first', mine.visitor.actor, reused);
    await reply(theirs.id, 'theirs', theirs.visitor.actor, taken);
    const good = () => reply(mine.id, 'good');
    const results = await Promise.allSettled([
      good(),
      reply(theirs.id, 'not mine'),
      good(),
      reply(uuidv7(), 'nowhere'),
      good(),
      reply(mine.id, 'something else', mine.visitor.actor, reused),
      good(),
      // The id of somebody else's message: a message is known by it, so it cannot be another's.
      reply(mine.id, 'stolen id', mine.visitor.actor, taken),
      good(),
    ]);
    const codes = results.map((result) =>
      result.status === 'fulfilled'
        ? 'ok'
        : result.reason instanceof DomainError
          ? result.reason.code
          : String(result.reason),
    );
    for (const name of ['conversation.note', 'conversation.start'] as const) {
      const input =
        name === 'conversation.note'
          ? { conversationId: mine.id, text: 'x' }
          : { conversationId: uuidv7(), text: 'x', channelId: office.channelId, contact: {} };
      await refused(
        server.execute(name, input as never, { kind: 'system', workspaceId: office.workspaceId }, taken),
        'id_reused',
      );
    }
    assert.deepEqual(codes, ['ok', 'not_found', 'ok', 'not_found', 'ok', 'id_reused', 'ok', 'id_reused', 'ok']);
    await assertGapless(mine.id, 7);
    await assertGapless(theirs.id, 2);
  });

  it('come out right when others change the conversation meanwhile, even unfinished', async () => {
    const [{ id, visitor }] = (await conversations(1)) as [Awaited<ReturnType<typeof conversations>>[number]];
    const say = (text: string) => server.execute('conversation.reply', { conversationId: id, text }, visitor.actor);
    await say('one');
    await say('two');
    await server.execute('conversation.close', { conversationId: id }, owner);
    await say('reopens what was closed');
    const before = (await server.ask('conversation.get', { conversationId: id }, owner)).conversation;
    assert.equal(before.status, 'open');
    await assertGapless(id, before.seq);

    // Somebody holds the row, changes it, and commits only after the reply was sent on.
    let sent: Promise<unknown> = Promise.resolve();
    await sql.begin(async (tx) => {
      await tx`update parlour.conversation set seq = seq + 1 where id = ${id}`;
      sent = say('waits for the row');
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await sent;
    const [row] = await sql<{ seq: number }[]>`select seq from parlour.conversation where id = ${id}`;
    assert.equal(row!.seq, before.seq + 2, 'the change of the other is still there');
  });

  it('two of one id in one batch are one message', async () => {
    const [held] = await conversations(1);
    const id = uuidv7();
    const send = (text: string) => server.execute('conversation.reply', { conversationId: held!.id, text }, owner, id);
    const results = await Promise.allSettled([send('same'), send('same'), send('other'), send('same')]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    );
    await assertGapless(held!.id, 2);
  });
});

describe('a conversation that was written to just now', () => {
  async function talking() {
    const [held] = await conversations(1);
    const { id, visitor } = held!;
    const say = (text: string, actor: Actor = visitor.actor, commandId = uuidv7()) =>
      server.execute('conversation.reply', { conversationId: id, text }, actor, commandId);
    await say('one');
    return { id, visitor, say };
  }

  it('is not read again, nor locked before the next message is written', async () => {
    const rows = new RecentRows();
    const [id, workspaceId] = [uuidv7(), uuidv7()];
    rows.keep(new Map([[`conversation:${id}`, { id, workspaceId }]]), '7');
    const item = { commandId: uuidv7(), actor: { workspaceId }, input: { conversationId: id, text: 'again' } };
    const asked = (): never => assert.fail('the database was asked');
    const held = await reply.lock(asked as never, [item as never], rows);
    assert.equal(held.conversations.get(id)?.id, id);
    assert.equal(held.leftBy.get(id), '7');
  });

  it('fails once where the database is away, whatever a message names: a failure that nobody waits for ends the process', async () => {
    const away = Object.assign(() => Promise.reject(new Error('away')), { unsafe: () => '' });
    const input = {
      conversationId: uuidv7(),
      text: 'Here:',
      attachmentIds: [uuidv7()],
      blocks: [{ type: 'article', id: 'a', articleId: uuidv7() }],
    };
    const item = { commandId: uuidv7(), actor: owner, input };
    for (const recent of [new RecentRows(), null])
      await assert.rejects(reply.lock(away as never, [item as never], recent), /away/);
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('is read again where another process changed it: what that did stands', async () => {
    const { id, say } = await talking();
    await sql`update parlour.conversation set status = 'closed', closed_at = now() where id = ${id}`;
    await say('reopens it');
    const { conversation } = await server.ask('conversation.get', { conversationId: id }, owner);
    assert.equal(conversation.status, 'open');
    const reopened = await sql`
      select from parlour.event_log where conversation_id = ${id} and name = 'conversation.reopened'`;
    assert.equal(reopened.length, 1, 'it was open as far as this process knew');
    await say('goes on');
    await assertGapless(id, conversation.seq + 1);
  });

  it('is locked in the order of all: two processes that write to the same do not wait for each other in a ring', async () => {
    const ids = [uuidv7(), uuidv7()].sort();
    const visitor = await makeVisitor(office);
    // The later in order comes first where Postgres reads the table from its beginning.
    for (const conversationId of ids.toReversed())
      await server.execute('conversation.start', { conversationId, text: 'Hello' }, visitor.actor);
    // Otherwise their routing may be what waits, or holds one.
    await settled(server);
    const say = (text: string) =>
      Promise.all(ids.map((conversationId) => server.execute('conversation.reply', { conversationId, text }, owner)));
    await say('one');
    let said: Promise<unknown> = Promise.resolve();
    await sql.begin(async (tx) => {
      await tx`select from parlour.conversation where id = ${ids[0]!} for update`;
      said = say('two');
      await until('they wait for the first', async () => {
        const [row] = await sql<{ count: number }[]>`select count(*)::integer from pg_locks where not granted`;
        return row!.count > 0;
      });
      const free = await sql`select from parlour.conversation where id = ${ids[1]!} for update skip locked`;
      assert.equal(free.length, 1, 'the second is not held meanwhile');
    });
    await said;
  });

  it('is read again where it is gone', async () => {
    const { id, say } = await talking();
    await sql`update parlour.conversation set workspace_id = gen_random_uuid() where id = ${id}`;
    await refused(say('to nowhere'), 'not_found');
  });

  it('refuses nobody on the word of what is remembered', async () => {
    const { id, say } = await talking();
    const shop = await makeInbox(office);
    const agent = await makeTeammate(office, { inboxIds: [shop.inboxId] });
    await refused(say('not mine yet', agent), 'not_found');
    await sql`update parlour.conversation set inbox_id = ${shop.inboxId} where id = ${id}`;
    await say('mine now', agent);
    await assertGapless(id, 3);
  });

  it('answers what is sent again as it did, and refuses an id that stands for something else', async () => {
    const { id, say, visitor } = await talking();
    const [again, note] = [uuidv7(), uuidv7()];
    const first = await say('said once', visitor.actor, again);
    assert.deepEqual(await say('said once', visitor.actor, again), first);
    await refused(say('said otherwise', visitor.actor, again), 'id_reused');
    await server.execute('teammate.setAvailability', { available: true }, owner, note);
    await say('between', owner);
    await refused(say('an id of another command', owner, note), 'id_reused');
    await assertGapless(id, 4);
  });

  it('is forgotten with the connections: behind the next there may be an older state of it', async () => {
    let losses = 0;
    const copy = openConnections(server.databaseUrl, () => undefined);
    copy.onLost(() => (losses += 1));
    const [line] = await copy.sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    assert.equal(losses, 0);
    await sql`select pg_terminate_backend(${line!.pid})`;
    await until('it is heard of', () => losses === 1);
    await copy.close();
  });
});

describe('what is remembered', () => {
  it('is the newest two thousand, less what somebody else wrote to', () => {
    const rows = new RecentRows();
    for (let index = 0; index <= 2_000; index += 1)
      rows.keep(
        new Map<string, unknown>([
          [`conversation:${index}`, index],
          [`part:${index}`, 'no'],
        ]),
        '1',
      );
    assert.equal(rows.find('0'), undefined);
    assert.deepEqual(rows.find('1'), { row: 1, xid: '1' });
    rows.forget([{ conversationId: '1' }, { conversationId: null }]);
    assert.equal(rows.find('1'), undefined);
    rows.clear();
    assert.equal(rows.find('2000'), undefined);
  });
});

describe('the log', () => {
  it('is read whole, with nothing twice, by two readers while twenty write (D4)', async () => {
    await settled(server);
    const held = await conversations(20);
    let writing = true;
    const follow = async (limit: number): Promise<string[]> => {
      const found: string[] = [];
      const had = new Map<string, bigint>();
      let position = start;
      for (let last = false; !last;) {
        last = !writing;
        for (let full = true; full;) {
          const reading = await readLog(sql, { position, had: had.keys(), limit });
          for (const row of reading.rows) {
            found.push(row.id);
            had.set(row.id, BigInt(row.xid));
          }
          full = reading.rows.length === limit;
          if (full) continue;
          position = reading.position;
          for (const [id, xid] of had) if (xid < BigInt(position)) had.delete(id);
        }
      }
      return found;
    };
    const start = (await readLog(sql, { position: '0', limit: 1 })).position;
    const before = await sql<
      { id: string }[]
    >`select id::text from parlour.event_log as entry where entry.xid >= ${start}::xid8`;
    const readers = [follow(7), follow(100)];
    await Promise.all(
      held.map(async ({ id, visitor }, index) => {
        for (let count = 0; count < 12; count++) {
          if (count % 3 === index % 3)
            await server.execute('conversation.note', { conversationId: id, text: 'n' }, owner);
          else await server.execute('conversation.reply', { conversationId: id, text: 'm' }, visitor.actor);
        }
      }),
    );
    writing = false;
    const written = await sql<
      { id: string }[]
    >`select id::text from parlour.event_log as entry where entry.xid >= ${start}::xid8`;
    assert.ok(written.length >= before.length + 240);
    for (const found of await Promise.all(readers)) {
      assert.equal(new Set(found).size, found.length, 'something came twice');
      assert.deepEqual(new Set(found), new Set(written.map(({ id }) => id)));
    }
  });

  it('is told whole by two servers on one database, whoever committed', async () => {
    const other = await startTestServer({ databaseUrl: server.databaseUrl });
    const [here, there] = [
      await ownerSocket(office),
      await ownerSocket({ ...office, server: other, page: { cookie: office.cookie, origin: other.origin } }),
    ];
    const [held] = await conversations(1);
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        (index % 2 ? server : other).execute(
          'conversation.reply',
          { conversationId: held!.id, text: `${index}` },
          index % 3 ? owner : held!.visitor.actor,
        ),
      ),
    );
    await assertGapless(held!.id, 61);
    for (const socket of [here, there]) {
      const seqs = () =>
        new Set(
          socket.events.flatMap(({ records }) => (records.part?.conversationId === held!.id ? [records.part.seq] : [])),
        );
      await until('every part is told', () => seqs().size === 61);
      const newest = socket.events
        .filter(({ records }) => records.conversation?.id === held!.id)
        .map(({ records }) => records.conversation!.seq);
      assert.equal(Math.max(...newest), 61);
    }
    await other.close();
  });

  it('tells records as they are: a change right behind a reply is not undone by it', async () => {
    const [held] = await conversations(1);
    const conversationId = held!.id;
    const socket = await ownerSocket(office);
    const { publisher } = server.running;
    const follow = publisher.onRows;
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    publisher.onRows = async (rows) => {
      await gate;
      await follow(rows);
    };
    // While the first is being told, the second and the change queue up behind it and are told together.
    await server.execute('conversation.reply', { conversationId, text: 'first' }, owner);
    await server.execute('conversation.reply', { conversationId, text: 'second' }, owner);
    await server.execute('conversation.assign', { conversationId, assigneeId: owner.id }, owner);
    publisher.onRows = follow;
    release();
    const told = await until('the change is told', () =>
      socket.events.find(
        ({ name, records }) => name === 'conversation.assigned' && records.conversation?.id === conversationId,
      ),
    );
    assert.equal(told.records.conversation?.assigneeId, owner.id);
    assert.equal(told.records.conversation?.seq, 4);
  });

  it('tells what a message says now, not as a batch knew it that is told too late', async () => {
    const [held] = await conversations(1);
    const conversationId = held!.id;
    const socket = await ownerSocket(office);
    const blocks = [{ type: 'buttons' as const, id: 'size', buttons: [{ id: 's', label: 'Small' }] }];
    const { partId } = await server.execute('conversation.reply', { conversationId, text: 'Which?', blocks }, owner);
    const [unanswered] = await server.running.connections.db.select().from(part).where(eq(part.id, partId));
    const [event] = await sql<LogRow[]>`
      select *, id::text, xid::text from parlour.event_log where conversation_id = ${conversationId} and name = 'conversation.replied'`;
    const tellLate = () =>
      server.running.publisher.publish([toEventRow(event!)], new Map([[`part:${partId}`, unanswered]]));
    await until('the question is told', () => socket.events.find(({ name }) => name === 'conversation.replied'));
    tellLate();
    await server.execute(
      'conversation.answer',
      { conversationId, partId, blockId: 'size', answer: { type: 'button', buttonId: 's' } },
      held!.visitor.actor,
    );
    const heard = await until('the answer is told', () =>
      socket.events.find(({ name }) => name === 'conversation.answered'),
    );
    assert.ok(heard.records.part?.answers?.['size'], 'with the answer');
    // Later still, when the log has been left behind.
    await told(server);
    tellLate();
    await server.execute('conversation.close', { conversationId }, owner);
    await until('what came after is told', () => socket.events.find(({ name }) => name === 'conversation.closed'));
    assert.equal(socket.events.filter(({ id }) => id === event!.id).length, 1, 'nothing twice');
  });
});
