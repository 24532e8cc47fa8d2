/** What an earlier version has left in its database, after the next one has started on it. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { postgresClient } from '../../../server/database/postgres-client.ts';
import { prepareDatabase } from '../../../server/database/prepare.ts';
import { testDatabase } from '../../cluster.ts';

const migrations = fileURLToPath(new URL('../../../server/database/migrations', import.meta.url));
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const earlier = await mkdtemp(join(tmpdir(), 'parlour-migrations-'));
after(() => rm(earlier, { recursive: true }));

test('a snooze of a version that woke on every reply wakes on a reply', async () => {
  await cp(migrations, earlier, { recursive: true });
  const file = join(earlier, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: { tag: string }[] };
  const entries = journal.entries.filter(({ tag }) => tag < '0005');
  await writeFile(file, JSON.stringify({ ...journal, entries }));
  const url = await testDatabase();
  await prepareDatabase(url, earlier, quiet);
  const sql = postgresClient(url, { max: 1, onnotice: () => {} });
  const id = crypto.randomUUID();
  await sql`
    insert into parlour.conversation (workspace_id, id, inbox_id, contact_id, status, snoozed_until, seq, public_seq, inbound_seq, read_seq,
      contact_read_seq, last_message_preview, last_message_author, last_message_at, created_at)
    values (${id}, ${id}, ${id}, ${id}, 'snoozed', now(), 2, 1, 1, 1, 1, 'Hello', 'contact', now(), now())`;
  await prepareDatabase(url, migrations, quiet);
  assert.deepEqual(
    [...(await sql`select status, wakes_on_reply from parlour.conversation`)],
    [{ status: 'snoozed', wakes_on_reply: true }],
  );
  await sql.end();
});
