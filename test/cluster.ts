/** A Postgres for tests: one cluster per run, a database of its own for each test file. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../server/database/embedded-postgres.ts';
import { postgresClient } from '../server/database/postgres-client.ts';

/** The runner starts one cluster and passes it to the test files' processes in this variable. */
export const clusterVariable = 'PARLOUR_TEST_CLUSTER';

export interface TestCluster {
  /** Address of the cluster's own database, for making others. */
  adminUrl: string;
  /** What a runner adds to the environment of the processes that are to share the cluster. */
  environment: Record<string, string>;
  /** Makes an empty database, or a copy of a template, and gives its address. */
  createDatabase(template?: string): Promise<string>;
  /** Drops a database made here, with whoever is still connected. */
  dropDatabase(url: string): Promise<void>;
  /**
   * Makes a template the first time anyone asks for it, in whichever process; the others wait.
   * @param migrate fills the database at the address it is given and closes its connections.
   */
  ensureTemplate(name: string, migrate: (url: string) => Promise<void>): Promise<void>;
  /** Ends the cluster and removes its files; does nothing to one that belongs to the runner. */
  stop(): Promise<void>;
}

let shared: Promise<TestCluster> | undefined;

/** The runner's cluster, or, in a file run by hand, one that lasts as long as this process. */
export function testCluster(): Promise<TestCluster> {
  const passed = process.env[clusterVariable];
  shared ??= passed ? Promise.resolve(joinCluster(passed)) : startTestCluster();
  return shared;
}

/** The address of a new database for the calling test file. */
export async function testDatabase(template?: string): Promise<string> {
  return (await testCluster()).createDatabase(template);
}

export async function startTestCluster(): Promise<TestCluster> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlour-test-'));
  await chmod(dataDir, 0o755);
  const janitor = hireJanitor(dataDir);
  const quiet = {
    info: () => undefined,
    warn: () => undefined,
    error: (text: string) => void process.stderr.write(`${text}\n`),
  };
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: quiet,
    // Nothing here outlives the run, and waiting for the disk would be most of it. The fault tests start the real thing.
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '300', cluster_name: 'parlour-test' },
  });
  return {
    ...describeCluster(postgres.url),
    async stop() {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
      janitor.stdin.end();
    },
  };
}

function joinCluster(passed: string): TestCluster {
  const { adminUrl } = JSON.parse(passed) as { adminUrl: string };
  return { ...describeCluster(adminUrl), stop: () => Promise.resolve() };
}

function describeCluster(adminUrl: string): Omit<TestCluster, 'stop'> {
  const ask = (statement: string): Promise<void> =>
    withClient(adminUrl, async (sql) => void (await sql.unsafe(statement)));
  return {
    adminUrl,
    environment: { [clusterVariable]: JSON.stringify({ adminUrl }) },
    async createDatabase(template) {
      const name = `test_${randomBytes(6).toString('hex')}`;
      await ask(`create database ${name}${template ? ` template ${quote(template)}` : ''}`);
      return databaseUrl(adminUrl, name);
    },
    dropDatabase: (url) => ask(`drop database if exists ${quote(databaseName(url))} with (force)`),
    ensureTemplate: (name, migrate) =>
      withClient(adminUrl, async (sql) => {
        await sql`select pg_advisory_lock(hashtext(${`template ${name}`}))`;
        const [found] = await sql`select datistemplate from pg_database where datname = ${name}`;
        if (found?.['datistemplate'] === true) return;
        // One that is no template yet was left by a migration that failed.
        if (found) await sql.unsafe(`drop database ${quote(name)} with (force)`);
        await sql.unsafe(`create database ${quote(name)}`);
        await migrate(databaseUrl(adminUrl, name));
        await sql.unsafe(`alter database ${quote(name)} with is_template true allow_connections false`);
      }),
  };
}

/** Ends the cluster and removes its files when our end of its pipe closes, however this process ends. */
function hireJanitor(dataDir: string): ReturnType<typeof spawn> & { stdin: NodeJS.WritableStream } {
  const script = `cat > /dev/null
pid=$(head -n 1 "$0/postgres/postmaster.pid" 2> /dev/null) && kill -QUIT "$pid" && sleep 0.2
rm -rf "$0"`;
  const janitor = spawn('sh', ['-c', script, dataDir], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  janitor.unref();
  const { stdin } = janitor;
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  return Object.assign(janitor, { stdin });
}

async function withClient<T>(url: string, use: (sql: ReturnType<typeof postgresClient>) => Promise<T>): Promise<T> {
  const sql = postgresClient(url, { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    return await use(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

function databaseName(url: string): string {
  return new URL(url).pathname.slice(1);
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
