import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { StartupError } from '../kernel/startup-error.ts';
import type { Sql } from './connection.ts';
import { migrateJobs, WORKER_VERSION } from './jobs.ts';
import { postgresClient } from './postgres-client.ts';

/** xid8 came with 13; 14 is the oldest release that is still kept up. */
const OLDEST_POSTGRES = 14;
/** Any number will do, as long as it is ours alone: "parlour" on a telephone's keys. */
const MIGRATION_LOCK = 7_275_687;

type Log = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

/**
 * Brings a database to this build's tables, under a lock, so that several nodes may start at once.
 * @returns the epoch of its log.
 * @throws StartupError with a sentence for the operator.
 */
export async function prepareDatabase(url: string, migrationsDir: string, log: Log): Promise<{ epoch: string }> {
  const sql = postgresClient(url, { max: 1, onnotice: () => undefined, connect_timeout: 10 });
  try {
    await checkVersion(sql);
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    const { pending, isNew } = await pendingMigrations(sql, migrationsDir);
    if (pending > 0) {
      log.info({ migrations: pending }, 'bringing the database up to date');
      const ours = migrate(drizzle(sql), {
        migrationsFolder: migrationsDir,
        migrationsSchema: 'parlour',
        migrationsTable: 'migration',
      });
      // Neither knows of the other's tables, so in a new database, where there are all to be made, they are made side by side.
      await allDone(isNew ? [ours, migrateJobs(url, log)] : [ours]);
    }
    await adoptRestoredLog(sql, log);
    return await readInstallation(sql, url, isNew, log);
  } catch (error) {
    throw asStartupError(error, url);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function checkVersion(sql: Sql): Promise<void> {
  const [row] = await sql<{ version: string }[]>`select current_setting('server_version_num') as version`;
  const major = Math.floor(Number(row!.version) / 10_000);
  if (major >= OLDEST_POSTGRES) return;
  throw new StartupError(
    `The database is Postgres ${major}. Parlour needs Postgres ${OLDEST_POSTGRES} or newer: upgrade it, or unset DATABASE_URL to use the embedded one.`,
  );
}

type Journal = { entries: { when: number; tag: string }[] };

/** Waits for all, so that nothing goes on behind a failure, and fails with the first that did. */
async function allDone(work: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** How many migrations of this build the database has not had, and whether it is new: has had none; one that has had newer ones is refused. */
async function pendingMigrations(sql: Sql, migrationsDir: string): Promise<{ pending: number; isNew: boolean }> {
  const journal = JSON.parse(await readFile(join(migrationsDir, 'meta', '_journal.json'), 'utf8')) as Journal;
  const newest = Math.max(...journal.entries.map((entry) => entry.when));
  const [table] = await sql<{ exists: boolean }[]>`select to_regclass('parlour.migration') is not null as exists`;
  if (!table!.exists) return { pending: journal.entries.length, isNew: true };
  const [row] = await sql<{ last: string | null }[]>`select max(created_at)::text as last from parlour.migration`;
  const last = Number(row?.last ?? 0);
  if (last > newest) {
    throw new StartupError(
      'The database belongs to a newer version of Parlour. Start that version, or restore a backup from before the upgrade.',
    );
  }
  return { pending: journal.entries.filter((entry) => entry.when > last).length, isNew: false };
}

async function readInstallation(sql: Sql, url: string, hasQueue: boolean, log: Log): Promise<{ epoch: string }> {
  await sql`insert into parlour.installation (id) values (1) on conflict do nothing`;
  const [row] = await sql<
    { epoch: string; worker_version: string | null }[]
  >`select epoch, worker_version from parlour.installation where id = 1`;
  if (row!.worker_version !== WORKER_VERSION) {
    if (!hasQueue) await migrateJobs(url, log);
    await sql`update parlour.installation set worker_version = ${WORKER_VERSION} where id = 1`;
  }
  return { epoch: row!.epoch };
}

/**
 * A dump restored into another cluster brings transaction ids that are ahead of the new cluster's own, and everything that reads the log in their order would
 * stand still. Such a log is another log (D6): its rows move below every id to come, those the reactions have not seen behind those they have, and it gets a
 * new epoch, so that no client resumes into it.
 */
async function adoptRestoredLog(sql: Sql, log: Log): Promise<void> {
  const [ahead] = await sql<{ restored: boolean }[]>`
    select coalesce((select xid from parlour.event_log order by xid desc limit 1) >= pg_snapshot_xmax(pg_current_snapshot()), false)
      or coalesce((select max(xid::text::numeric) from parlour.reaction_cursor) > pg_snapshot_xmax(pg_current_snapshot())::text::numeric, false) as restored`;
  if (!ahead!.restored) return;
  log.warn({}, 'this database was restored from another cluster: its log gets a new epoch, and clients fetch afresh');
  await sql.begin(async (tx) => {
    await tx`update parlour.event_log as entry set xid = case
      when exists (select from parlour.reaction_cursor as cursor where (entry.xid, entry.id) <= (cursor.xid, cursor.id)) then '1'::xid8 else '2'::xid8 end`;
    await tx`update parlour.reaction_cursor set xid = '1', id = 9223372036854775807`;
    await tx`update parlour.installation set epoch = gen_random_uuid()`;
  });
}

/** Where the database is, without the password that may stand in its address. */
function whereabouts(url: string): string {
  const address = new URL(url);
  return `${decodeURIComponent(address.hostname) || 'localhost'}${address.port ? `:${address.port}` : ''}${address.pathname}`;
}

function asStartupError(error: unknown, url: string): unknown {
  if (error instanceof StartupError || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  const at = whereabouts(url);
  const reason = unreachable[code];
  if (reason)
    return new StartupError(
      `The database at ${at} cannot be reached: ${reason}. Check DATABASE_URL and that Postgres is running there.`,
    );
  const sentence = startupSentences[code];
  return sentence ? new StartupError(sentence(at)) : error;
}

/** Why nobody was met, by the codes of the system and of the driver. */
const unreachable: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'there is no machine of that name',
  EAI_AGAIN: 'its name could not be looked up',
  ENOENT: 'there is no such socket',
  EACCES: 'this account may not use that socket',
  EHOSTUNREACH: 'there is no way to that machine',
  ENETUNREACH: 'there is no way to that network',
  ETIMEDOUT: 'nobody answered in time',
  CONNECT_TIMEOUT: 'nobody answered in time',
};

const startupSentences: Record<string, (at: string) => string> = {
  '28P01': (at) => `The database at ${at} refuses the user name or password in DATABASE_URL.`,
  '28000': (at) => `The database at ${at} refuses the user in DATABASE_URL.`,
  '3D000': (at) => `There is no database ${at}. Create it, or correct DATABASE_URL.`,
  '42501': (at) => `The user in DATABASE_URL may not create a schema in ${at}. Grant it CREATE on the database.`,
  '57P03': (at) => `The database at ${at} is still starting. Try again in a moment.`,
};
