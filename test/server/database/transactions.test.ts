import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { postgresClient } from '../../../server/database/postgres-client.ts';
import { isConnectionLost } from '../../../server/kernel/errors.ts';
import { openTransaction } from '../../../server/database/transactions.ts';
import { testDatabase } from '../../cluster.ts';

const url = await testDatabase();
const sql = postgresClient(url, { max: 1, onnotice: () => undefined });
const other = postgresClient(url, { max: 1 });
after(() => Promise.all([sql.end({ timeout: 1 }), other.end({ timeout: 1 })]));

type Id = { id: string }[];

test('what is sent with the begin, and what is sent later, is in one transaction', async () => {
  const { sql: tx, unlessLost } = openTransaction(sql);
  const [[one], [two]] = await unlessLost(
    Promise.all([tx<Id>`select pg_current_xact_id()::text as id`, tx<Id>`select pg_current_xact_id()::text as id`]),
  );
  const [three] = await tx<Id>`select pg_current_xact_id()::text as id`;
  await tx`commit`;
  assert.deepEqual([one!.id, two!.id], [three!.id, three!.id]);
});

test('nobody else’s query comes into a transaction, though there is one connection only', async () => {
  const { sql: tx } = openTransaction(sql);
  const [own] = await tx<Id>`select pg_current_xact_id()::text as id`;
  const foreign = sql<Id>`select pg_current_xact_id()::text as id`.execute();
  await tx`select pg_sleep(0.05)`;
  await tx`commit`;
  assert.notEqual((await foreign)[0]!.id, own!.id);
});

test('work that fails is rolled back, and its failure is told', async () => {
  await sql`create table kept (id int)`;
  const work = sql.begin(async (tx) => {
    await tx`insert into kept values (1)`;
    throw new Error('no');
  });
  await assert.rejects(work, /^Error: no$/);
  assert.equal((await sql`select from kept`).length, 0);
});

test('a statement that fails and that nobody waited for fails the transaction', async () => {
  const work = sql.begin(async (tx) => {
    tx`select 1 / 0`.catch(() => undefined);
    await Promise.resolve();
  });
  await assert.rejects(work, /rolled back/);
});

test('a transaction that is over takes no more statements', async () => {
  const { sql: tx } = openTransaction(sql);
  await tx`commit`;
  await assert.rejects(Promise.resolve(tx`select 1`), /over/);
});

for (const moment of ['while a statement runs', 'between two statements'] as const) {
  test(`a connection that is lost ${moment} fails the transaction, and the pool goes on with a new one`, async () => {
    const work = sql.begin(async (tx) => {
      const [{ pid } = { pid: 0 }] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
      const running = moment === 'while a statement runs' ? tx`select pg_sleep(10)` : null;
      running?.catch(() => undefined);
      await other`select pg_terminate_backend(${pid}, 5000)`;
      await new Promise((resolve) => setTimeout(resolve, 50));
      await running;
      await tx`select 1`;
    });
    await assert.rejects(work);
    // The driver may tell the first who comes once more of the end of the old one.
    await sql`select 1`.catch((error: unknown) => assert.ok(isConnectionLost(error)));
    assert.deepEqual([...(await sql`select 1 as one`)], [{ one: 1 }]);
  });
}
