/** Why the log is not read by `id > last` (D4): under writers who commit in another order than they count, that loses events. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { TransactionSql } from 'postgres';
import { readLog } from '../../server/database/event-log.ts';
import { postgresClient } from '../../server/database/postgres-client.ts';
import { prepareDatabase } from '../../server/database/prepare.ts';
import { testDatabase } from '../cluster.ts';

const WRITERS = 12;
const EACH = 40;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const url = await testDatabase();
await prepareDatabase(url, fileURLToPath(new URL('../../server/database/migrations', import.meta.url)), quiet);
const sql = postgresClient(url, { max: WRITERS + 4, onnotice: () => undefined });
after(() => sql.end({ timeout: 1 }));

const takeNumber = (tx: TransactionSql) => tx`insert into parlour.event_log (workspace_id, name, actor_kind, facts, at)
  values (gen_random_uuid(), 'conversation.started', 'system', '{}', now())`;

/** Takes a number from the sequence, works for a moment, commits: as every command does. */
async function write(): Promise<void> {
  for (let written = 0; written < EACH; written += 1) {
    await sql.begin(async (tx) => {
      await takeNumber(tx);
      await tx`select pg_sleep(random() * 0.004)`;
    });
  }
}

/** Takes a number before all others, and commits once a later one was read: among the others that is likely, and no more. */
async function straggle(hasCounted: () => void, isLate: () => boolean): Promise<void> {
  await sql.begin(async (tx) => {
    await takeNumber(tx);
    hasCounted();
    while (!isLate()) await tx`select pg_sleep(0.001)`;
  });
}

/** The control: a cursor on the sequence. */
function bySequence(): () => Promise<string[]> {
  let last = '0';
  return async () => {
    const rows = await sql<
      { id: string }[]
    >`select id::text from parlour.event_log where id > ${last}::bigint order by id`;
    last = rows.at(-1)?.id ?? last;
    return rows.map(({ id }) => id);
  };
}

/** The reader that the server has. */
function byPosition(): () => Promise<string[]> {
  let position = '0';
  const had = new Map<string, bigint>();
  return async () => {
    const reading = await readLog(sql, { position, had: had.keys(), limit: 10_000 });
    for (const { id, xid } of reading.rows) had.set(id, BigInt(xid));
    position = reading.position;
    for (const [id, xid] of had) if (xid < BigInt(position)) had.delete(id);
    return reading.rows.map(({ id }) => id);
  };
}

test('of events by writers at work at once, a cursor on the sequence loses some; reading by position loses none and repeats none', async () => {
  const readers = { sequence: bySequence(), position: byPosition() };
  const read = { sequence: [] as string[], position: [] as string[] };
  let writing = true;
  const follow = async (name: keyof typeof readers): Promise<void> => {
    while (writing) read[name].push(...(await readers[name]()));
    read[name].push(...(await readers[name]()));
  };
  const following = [follow('sequence'), follow('position')];
  let straggling: Promise<void> | undefined;
  await new Promise<void>((hasCounted, fail) => {
    straggling = straggle(hasCounted, () => read.sequence.length > 0);
    straggling.catch(fail);
  });
  await Promise.all([straggling, ...Array.from({ length: WRITERS }, write)]);
  writing = false;
  await Promise.all(following);
  const all = WRITERS * EACH + 1;
  assert.equal(read.position.length, all);
  assert.equal(new Set(read.position).size, all);
  assert.ok(read.sequence.length < all, 'the control lost nothing, so this test says nothing');
});
