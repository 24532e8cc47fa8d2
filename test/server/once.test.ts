/** D1 for every command: the same id and input do once, answer the same for ever, and refuse to mean anything else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commands } from '../../shared/contract/catalogue.ts';
import type { CommandName } from '../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { NO_WORKSPACE } from '../../server/kernel/actor.ts';
import type { Actor } from '../../server/kernel/actor.ts';
import { makeReceipt } from '../../server/database/receipts.ts';
import { examples } from './examples.ts';
import { refused, SECRET, startTestServer, until } from './harness.ts';
import type { TestServer } from './harness.ts';
import { founding, makeVisitor, settled } from './people.ts';
import type { Example } from './scene.ts';
import { makeStage } from './stage.ts';

const server = await startTestServer();
const stage = await makeStage(server);

async function once(
  on: TestServer,
  name: CommandName,
  input: object,
  actor: Actor,
  { other, shownOnce }: Example<CommandName>,
) {
  const id = uuidv7();
  const first = await on.execute(name, input as never, actor, id);
  await settled(on);
  const after = await on.contents();

  const again = await on.execute(name, input as never, actor, id);
  assert.deepEqual(again, shownOnce ? { ...first, [shownOnce]: null } : first);
  if (shownOnce) assert.ok((first as Record<string, unknown>)[shownOnce]);
  assert.equal(await on.contents(), after, 'the second time wrote something');

  const another = other(input as never);
  if (Object.keys(commands[name].input.entries).length > 0) {
    await refused(on.execute(name, another as never, actor, id), 'id_reused', /new id/);
    assert.equal(await on.contents(), after, 'the reused id wrote something');
  }
}

describe('a command happens once, however often it is sent', () => {
  for (const name of Object.keys(commands) as CommandName[]) {
    if (name === 'workspace.create') continue;
    it(`${name}`, async () => {
      const example = (examples[name] as readonly Example<CommandName>[])[0]!;
      // What a batch writes is its receipt, and says in each actor's way whose it is.
      const actors = server.running.commandBus.isBatched(name) ? example.by : example.by.slice(0, 1);
      for (const by of actors) {
        const { input } = await example.arrange(stage, by);
        await once(server, name, input, await stage.actor(by), example);
      }
    });
  }

  it('workspace.create', async () => {
    const fresh = await startTestServer();
    const example = examples['workspace.create'][0] as unknown as Example<CommandName>;
    await once(fresh, 'workspace.create', founding, { kind: 'set-up', workspaceId: NO_WORKSPACE }, example);
    await fresh.close();
  });

  it('one id belongs to one person: the same id of another is another command', async () => {
    // The chats went off above; what is said of that, and what is asked at the end, would count in the threads below.
    const { inboxId, owner } = stage.office;
    await server.execute('inbox.update', { inboxId, offHours: { autoResponse: null }, askForRating: false }, owner);
    const id = uuidv7();
    const conversationId = await stage.conversation();
    await server.execute('conversation.close', { conversationId }, stage.office.owner, id);
    const { seq } = await server.execute('conversation.reopen', { conversationId }, stage.admin, id);
    assert.equal(seq, 3);
  });

  it('the id of one command is refused to every other of the same person, batched or not', async () => {
    const { owner } = stage.office;
    const [replied, closed] = [uuidv7(), uuidv7()];
    const conversationId = await stage.conversation();
    const text = 'One id.';
    await server.execute('conversation.reply', { conversationId, text }, owner, replied);
    await refused(server.execute('conversation.close', { conversationId }, owner, replied), 'id_reused', /new id/);
    await server.execute('conversation.close', { conversationId }, owner, closed);
    await refused(server.execute('conversation.reply', { conversationId, text }, owner, closed), 'id_reused', /new id/);
    // Somebody else's command of that id is another; their message cannot be, for it is known by the id.
    await server.execute('conversation.reopen', { conversationId }, stage.admin, replied);
    await refused(server.execute('conversation.reply', { conversationId, text }, stage.admin, replied), 'id_reused');
  });

  it('an id that is being used for one command is refused to another, though neither is committed', async () => {
    const { owner } = stage.office;
    const { sql } = server.running.connections;
    const reply = { name: 'conversation.reply', more: { text: 'One id.' } } as const;
    const close = { name: 'conversation.close', more: {} } as const;
    for (const [one, other] of [
      [reply, close],
      [close, reply],
    ] as const) {
      const id = uuidv7();
      let carriedOut: Promise<unknown> = Promise.resolve();
      const [first, second] = [await stage.conversation(), await stage.conversation()];
      const use = ({ name, more }: typeof reply | typeof close, conversationId: string) =>
        server.execute(name, { conversationId, ...more } as never, owner, id);
      await sql.begin(async (tx) => {
        // What both have to write last.
        await tx`lock table parlour.event_log in share mode`;
        carriedOut = use(one, first);
        await until(`${one.name} has all but ended`, async () => {
          const [row] = await sql<{ count: number }[]>`
            select count(*)::integer from pg_locks where relation = 'parlour.event_log'::regclass and not granted`;
          return row!.count > 0;
        });
        await refused(use(other, second), 'id_reused', /new id/);
      });
      await carriedOut;
      await refused(use(other, second), 'id_reused', /new id/);
    }
  });

  it('an id that two servers on one database are sent at once for two commands is carried out for one', async () => {
    const { owner } = stage.office;
    const { sql } = server.running.connections;
    const there = await startTestServer({ databaseUrl: server.databaseUrl });
    // So that it need not connect while a batch waits, which is not for long.
    const conversationId = await stage.conversation();
    await there.execute('conversation.reply', { conversationId, text: 'Hello' }, owner);
    await there.execute('conversation.markRead', { conversationId, seq: 1 }, owner);
    const reply = { name: 'conversation.reply', more: { text: 'One id.' } } as const;
    const others = [
      { name: 'conversation.close', more: {} },
      { name: 'conversation.markRead', more: { seq: 1 } },
    ] as const;
    for (const other of others) {
      for (const [one, two] of [
        [reply, other],
        [other, reply],
      ] as const) {
        const id = uuidv7();
        const conversationIds = [await stage.conversation(), await stage.conversation()] as const;
        // Otherwise their routing may be what waits.
        await settled(server);
        const use = (on: TestServer, { name, more }: typeof one, conversationId: string) =>
          on.execute(name, { conversationId, ...more } as never, owner, id);
        const waiting = (count: number) =>
          until(`${count} of ${one.name} and ${two.name} have all but ended`, async () => {
            const [row] = await sql<{ count: number }[]>`
              select count(*)::integer from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
            return row!.count >= count;
          });
        let sent: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([]);
        await sql.begin(async (tx) => {
          // What both have to write last.
          await tx`lock table parlour.event_log in share mode`;
          const first = use(server, one, conversationIds[0]);
          first.catch(() => undefined);
          await waiting(1);
          sent = Promise.allSettled([first, use(there, two, conversationIds[1])]);
          await waiting(2);
        });
        const refusals = (await sent).flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
        assert.equal(refusals.length, 1, `of ${one.name} and ${two.name} by one id`);
        await refused(Promise.reject(refusals[0]), 'id_reused', /new id/);
      }
    }
    await there.close();
  });

  it('a command that waits for what another server holds keeps no message of its id waiting', async () => {
    const { owner } = stage.office;
    const { sql } = server.running.connections;
    const there = await startTestServer({ databaseUrl: server.databaseUrl });
    const id = uuidv7();
    const [held, free] = [await stage.conversation(), await stage.conversation()];
    await settled(server);
    let closed: Promise<unknown> = Promise.resolve();
    await sql.begin(async (tx) => {
      await tx`select from parlour.conversation where id = ${held} for update`;
      closed = there.execute('conversation.close', { conversationId: held }, owner, id);
      closed.catch(() => undefined);
      await until('the close waits', async () => {
        const [row] = await sql<{ count: number }[]>`
          select count(*)::integer from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        return row!.count > 0;
      });
      await server.execute('conversation.reply', { conversationId: free, text: 'One id.' }, owner, id);
    });
    await refused(closed, 'id_reused', /new id/);
    await there.close();
  });

  it('the id of a message tells nothing to who may not see its conversation', async () => {
    const [mine, theirs] = [await makeVisitor(stage.office), await makeVisitor(stage.office)];
    const [conversationId, id] = [uuidv7(), uuidv7()];
    await server.execute('conversation.start', { conversationId, text: 'Mine.' }, mine.actor);
    const input = { conversationId, text: 'Mine too.' };
    await server.execute('conversation.reply', input, mine.actor, id);
    await refused(server.execute('conversation.reply', input, theirs.actor, id), 'not_found');
    await refused(server.execute('conversation.reply', input, theirs.actor), 'not_found');
  });

  it('a message that an older server took is answered by the receipt it left', async () => {
    const { owner } = stage.office;
    const id = uuidv7();
    const input = { conversationId: await stage.conversation(), text: 'Before.' };
    const first = await server.execute('conversation.reply', input, owner, id);
    const { sql } = server.running.connections;
    const {
      id: receiptId,
      scope,
      fingerprint,
    } = makeReceipt(SECRET, { id, actor: owner, name: 'conversation.reply', input, at: new Date() });
    await sql`insert into parlour.command_receipt (id, scope, fingerprint, result, at)
      values (${receiptId}, ${String(scope)}::bigint, ${fingerprint}, ${sql.json(first)}, now())`;
    await sql`update parlour.part set fingerprint = null where id = ${id}`;
    assert.deepEqual(await server.execute('conversation.reply', input, owner, id), first);
  });

  it('the same id sent many times at once is carried out once', async () => {
    const conversationId = await stage.conversation();
    for (const name of ['conversation.reply', 'conversation.note'] as const) {
      const id = uuidv7();
      const input = { conversationId, text: 'Once.' };
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => server.execute(name, input, stage.office.owner, id)),
      );
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
    }
    const { parts } = await server.ask('conversation.parts', { conversationId }, stage.office.owner);
    assert.deepEqual(
      parts.map((part) => 'seq' in part && [part.seq, part.publicSeq, part.kind]),
      [
        [1, 1, 'message'],
        [2, 2, 'message'],
        [3, null, 'note'],
      ],
    );
  });

  it('a refusal is not kept: once the reason is gone, the same command goes through', async () => {
    const conversationId = await stage.conversation();
    const id = uuidv7();
    const input = { conversationId, assigneeId: stage.agent.id, expectedAssigneeId: stage.admin.id };
    await refused(server.execute('conversation.assign', input, stage.office.owner, id), 'conflict');
    await server.execute('conversation.assign', { conversationId, assigneeId: stage.admin.id }, stage.office.owner);
    await server.execute('conversation.assign', input, stage.office.owner, id);
    const { conversation } = await server.ask('conversation.get', { conversationId }, stage.office.owner);
    assert.equal(conversation.assigneeId, stage.agent.id);
  });
});
