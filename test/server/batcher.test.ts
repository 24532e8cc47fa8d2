/** D14: what a batch may do while the one before it is written. */
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { makeReceipt } from '../../server/database/receipts.ts';
import { Batcher } from '../../server/kernel/batcher.ts';
import type { BatchedOperation } from '../../server/kernel/operation.ts';
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

/** Whatever it is about, in the order of what happened to it. */
function bench() {
  const happened: string[] = [];
  const operation = {
    about: ({ conversationId }) => conversationId,
    lock: async (tx, items) => {
      happened.push(`read ${items.map(({ input }) => input.text).join(' ')}`);
      for (const { input } of items) await tx`select pg_advisory_xact_lock(hashtext(${`row of ${input.text}`}))`;
      if (items.some(({ input }) => input.text === 'unreadable')) await tx`select 1 / 0`;
    },
    answered: () => null,
    holds: async () => false,
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
  const batcher = new Batcher({ sql, operation: operation as never, publish: () => undefined });
  const say = async (conversationId: string, text: string): Promise<void> => {
    const [id, at, input] = [uuidv7(), new Date(), { conversationId, text }];
    const receipt = makeReceipt('secret', { id, actor: owner, name: 'conversation.reply', input, at });
    const item = { commandId: id, fingerprint: receipt.fingerprint, actor: owner, input, now: at };
    await batcher.add(item as never, receipt).then(
      () => happened.push(`told ${text}`),
      () => happened.push(`refused ${text}`),
    );
  };
  return { happened, say };
}

const saw = (happened: readonly string[], what: string) => until(what, () => happened.includes(what));

it('reads while the one before it is written, and writes and is told after it', async () => {
  const { happened, say } = bench();
  await shut('one');
  const said = [say('a', 'one')];
  await saw(happened, 'write one');
  said.push(say('b', 'two'));
  await saw(happened, 'read two');
  // Long enough for it to have read and more, were it not to wait.
  for (let left = 3; left > 0; left -= 1) await sql`select pg_sleep(0.01)`;
  assert.deepEqual(happened, ['read one', 'write one', 'read two']);
  await open('one');
  await Promise.all(said);
  assert.deepEqual(happened.slice(3).toSorted(), ['told one', 'told two', 'write two']);
  assert.ok(happened.indexOf('told one') < happened.indexOf('told two'));
});

it('leaves what is about the same until it is written', async () => {
  const { happened, say } = bench();
  await shut('one');
  const said = [say('a', 'one')];
  await saw(happened, 'write one');
  said.push(say('a', 'two'), say('b', 'three'), say('a', 'four'));
  await saw(happened, 'read three');
  await open('one');
  await Promise.all(said);
  const order = happened.filter((what) => what.startsWith('read'));
  assert.deepEqual(order, ['read one', 'read three', 'read two four']);
});

it('waits until as many are there as are being written: many small batches cost more than few large ones', async () => {
  const { happened, say } = bench();
  await shut('first');
  await shut('two');
  const said = [say('a', 'first')];
  await saw(happened, 'write first');
  said.push(say('b', 'one'), say('c', 'two'), say('d', 'three'));
  await open('first');
  await saw(happened, 'write two three');
  said.push(say('e', 'four'));
  await setImmediate();
  said.push(say('f', 'five'));
  await saw(happened, 'read four five');
  await open('two');
  await Promise.all(said);
});

it('goes on after one that fails, before or after it was read', async () => {
  const { happened, say } = bench();
  await shut('first');
  const said = [say('z', 'first')];
  await saw(happened, 'write first');
  said.push(say('a', 'bad'));
  await saw(happened, 'read bad');
  said.push(say('b', 'unreadable'));
  await open('first');
  await Promise.all(said);
  await Promise.all([say('a', 'better'), say('c', 'good')]);
  assert.deepEqual(
    happened.filter((what) => /^(told|refused)/.test(what)),
    ['told first', 'refused bad', 'refused unreadable', 'told better', 'told good'],
  );
});

it('does not let one that fails take its neighbours along', async () => {
  const { happened, say } = bench();
  await shut('first');
  const said = [say('z', 'first')];
  await saw(happened, 'write first');
  said.push(say('y', 'second'));
  await saw(happened, 'read second');
  said.push(say('a', 'good'), say('b', 'bad'), say('c', 'better'));
  await open('first');
  await Promise.all(said);
  assert.deepEqual(
    happened.filter((what) => /^(told|refused)/.test(what)),
    ['told first', 'told second', 'told good', 'refused bad', 'told better'],
  );
});

it('holds no rows while the one before it goes one by one', async () => {
  const { happened, say } = bench();
  await shut('first');
  const said = [say('z', 'first')];
  await saw(happened, 'write first');
  said.push(say('y', 'second'));
  await saw(happened, 'read second');
  await shut('slow');
  await shut('slower');
  said.push(say('a', 'slow'), say('b', 'bad'), say('c', 'slower'));
  await open('first');
  await saw(happened, 'write slow bad slower');
  said.push(say('d', 'one'), say('e', 'two'), say('f', 'three'));
  await saw(happened, 'read one two three');
  await open('slow');
  await saw(happened, 'write slower');
  // Would wait for good, were they still held.
  await shut('row of one');
  await open('row of one');
  await open('slower');
  await Promise.all(said);
  assert.deepEqual(happened.filter((what) => /^(read|write) one/.test(what)).slice(0, 3), [
    'read one two three',
    'read one two three',
    'write one two three',
  ]);
});
