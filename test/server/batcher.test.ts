/** D14: what becomes of the commands of a batch. */
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { asReuse, makeReceipt } from '../../server/database/receipts.ts';
import { Batcher } from '../../server/kernel/batcher.ts';
import { DomainError } from '../../server/kernel/errors.ts';
import type { Actor } from '../../server/kernel/actor.ts';
import type { BatchedOperation } from '../../server/kernel/operation.ts';
import { RecentRows } from '../../server/kernel/recent-rows.ts';
import { startTestServer, until } from './harness.ts';
import { setUp } from './people.ts';

const server = await startTestServer();
const { owner } = await setUp(server);
const { sql } = server.running.connections;

/** Keeps a text that is being written from being committed. */
const keeper = await sql.reserve();
after(() => keeper.release());
const shut = (text: string) => keeper`select pg_advisory_lock(hashtext(${text}))`;
const open = (text: string) => keeper`select pg_advisory_unlock(hashtext(${text}))`;

/** Whatever is said, in the order of what happened to it. */
function bench() {
  const happened: string[] = [];
  const operation = {
    about: ({ conversationId }) => conversationId,
    lock: async (_tx, items, recent) => {
      happened.push(`${recent ? 'trust' : 'read'} ${items.map(({ input }) => input.text).join(' ')}`);
      if (recent && items.some(({ input }) => input.text === 'doubted')) throw new Error('not as it was left');
    },
    answered: () => null,
    take: async () => true,
    decide: (_held, items) => ({
      outcomes: items.map((item) => ({ result: { partId: item.commandId, seq: 1, publicSeq: 1 }, events: [] })),
      known: new Map(),
      write: (tx) => {
        const texts = items.map(({ input }) => input.text);
        happened.push(`write ${texts.join(' ')}`);
        return texts.map((text) =>
          text === 'bad' ? tx`select 1 / 0` : tx`select pg_advisory_xact_lock_shared(hashtext(${text}))`,
        );
      },
    }),
  } satisfies BatchedOperation<'conversation.reply', unknown>;
  const batcher = new Batcher({
    sql,
    operation: operation as never,
    publish: () => undefined,
    recent: new RecentRows(),
  });
  const say = async (text: string, conversationId = 'any', id = uuidv7()): Promise<void> => {
    const [at, input] = [new Date(), { conversationId, text }];
    const receipt = makeReceipt('secret', { id, actor: owner, name: 'conversation.reply', input, at });
    const item = { commandId: id, fingerprint: receipt.fingerprint, actor: owner, input, now: at };
    await batcher.add(item as never, receipt).then(
      () => happened.push(`told ${text}`),
      (error: unknown) => {
        const isReuse = asReuse(error) instanceof DomainError;
        happened.push(`refused ${text}${isReuse ? ': its id is used' : ''}`);
      },
    );
  };
  const outcomes = () => happened.filter((what) => /^(told|refused)/.test(what));
  return { happened, outcomes, say };
}

const saw = (happened: readonly string[], what: string) => until(what, () => happened.includes(what));

it('makes one batch of all that came in one turn, and the next of all that came while that was written', async () => {
  const { happened, outcomes, say } = bench();
  await shut('one');
  const said = [say('one'), say('two', 'another')];
  await saw(happened, 'write one two');
  said.push(say('three'));
  await sql`select 1`;
  said.push(say('four'));
  // Long enough for it to have gone on and more, were it not to wait.
  for (let left = 3; left > 0; left -= 1) await sql`select pg_sleep(0.01)`;
  assert.deepEqual(happened, ['trust one two', 'write one two']);
  await open('one');
  await Promise.all(said);
  assert.equal(happened.filter((what) => what.startsWith('write')).join(), 'write one two,write three four');
  assert.deepEqual(outcomes(), ['told one', 'told two', 'told three', 'told four']);
});

it('writes two at once that are about different things, and not before as many wait', async () => {
  const { happened, say } = bench();
  await shut('one');
  const said = [say('one', 'a'), say('two', 'b')];
  await saw(happened, 'write one two');
  said.push(say('three', 'c'));
  await sql`select 1`;
  assert.ok(!happened.includes('write three'));
  said.push(say('same', 'a'));
  await saw(happened, 'told three');
  said.push(say('four', 'd'), say('five', 'e'));
  await saw(happened, 'told five');
  assert.deepEqual(
    happened.filter((what) => /^(write|told)/.test(what)),
    ['write one two', 'write three', 'told three', 'write four five', 'told four', 'told five'],
  );
  await open('one');
  await Promise.all(said);
  assert.ok(happened.includes('told same'));
});

it('goes on after one that fails', async () => {
  const { outcomes, say } = bench();
  await say('bad');
  await Promise.all([say('better'), say('good')]);
  assert.deepEqual(outcomes(), ['refused bad', 'told better', 'told good']);
});

it('does not let one that fails take its neighbours along, and does not take them one by one', async () => {
  const { happened, outcomes, say } = bench();
  await shut('first');
  const said = [say('first')];
  await saw(happened, 'write first');
  // All of one conversation, so that they wait for it together.
  const others = Array.from({ length: 15 }, (_, index) => (index === 5 ? 'bad' : `good${index}`));
  said.push(...others.map((text) => say(text)));
  await open('first');
  await Promise.all(said);
  assert.deepEqual(outcomes(), [
    'told first',
    ...others.map((text) => (text === 'bad' ? 'refused bad' : `told ${text}`)),
  ]);
  // All on trust, all again, and two for each time that sixteen can be halved.
  const writes = happened.filter((what) => what.startsWith('write'));
  assert.equal(writes.length, 1 + 2 + 2 * 4);
});

it('tells who is settled while others of the batch still wait', async () => {
  const { happened, say } = bench();
  await shut('first');
  const said = [say('first')];
  await saw(happened, 'write first');
  await shut('slow');
  said.push(say('good'), say('bad'), say('better'), say('slow'));
  await open('first');
  // Nothing but the halves gets that far: the whole has the slow one in it.
  await saw(happened, 'told good');
  assert.ok(!happened.includes('told slow'));
  await open('slow');
  await Promise.all(said);
});

it('lets others go on beside one that is held up, and turns the messages behind it not round', async () => {
  const { happened, outcomes, say } = bench();
  await shut('held');
  const said = [say('held', 'a'), say('after', 'a'), say('free', 'b')];
  await saw(happened, 'read held');
  await say('alone', 'c');
  assert.deepEqual(outcomes(), ['told alone']);
  await Promise.all(said);
  assert.deepEqual(outcomes(), ['told alone', 'refused held', 'refused after', 'told free']);
  await open('held');
});

it('sees what another server carries out by the id of one while that is being written', async () => {
  const { happened, outcomes, say } = bench();
  const executedElsewhere = async (id: string, actor: Actor): Promise<void> => {
    const { scope, fingerprint } = makeReceipt('secret', {
      id,
      actor,
      name: 'conversation.close',
      input: {},
      at: new Date(),
    });
    await sql`insert into parlour.command_receipt (id, scope, fingerprint, result, at)
      values (${id}, ${String(scope)}::bigint, ${fingerprint}, '{}', now())`;
  };
  for (const [actor, outcome] of [
    [owner, 'refused doubted: its id is used'],
    // Theirs is another command.
    [{ ...owner, id: uuidv7() }, 'told doubted'],
  ] as const) {
    const id = uuidv7();
    happened.length = 0;
    await shut('doubted');
    const said = say('doubted', 'any', id);
    await saw(happened, 'write doubted');
    await executedElsewhere(id, actor);
    await open('doubted');
    await said;
    assert.deepEqual(outcomes(), [outcome]);
  }
});
