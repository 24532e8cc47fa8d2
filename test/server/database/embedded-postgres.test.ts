import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../server/database/embedded-postgres.ts';
import { findPostgresPackage, preparePostgresBinaries } from '../../../server/database/postgres-binaries.ts';
import { choosePostgresAccount } from '../../../server/database/postgres-account.ts';
import { postgresClient } from '../../../server/database/postgres-client.ts';
import { readPostmasterFile } from '../../../server/database/postmaster-file.ts';
import { removeUnused, shortSocketName } from '../../../server/database/socket-folder.ts';
import { StartupError } from '../../../server/kernel/startup-error.ts';

const asRoot = process.geteuid?.() === 0;

let dataDir: string;
let stopped: string;
let lines: string[] = [];
const running: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

const log = {
  info: (message: string): void => void lines.push(message),
  warn: (message: string): void => void lines.push(message),
  error: (message: string): void => void lines.push(message),
};

async function start(dir = dataDir, settings: Record<string, string> = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir: dir, log, settings });
  running.push(postgres);
  return postgres;
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const sql = postgresClient(url, { max: 1, onnotice: () => undefined });
  try {
    return [...(await sql.unsafe(statement))];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function postmasterPid(dir = dataDir): Promise<number> {
  const file = await readPostmasterFile(join(dir, 'postgres'));
  assert.ok(file);
  return file.pid;
}

/** Puts a database into the data folder as a server that stopped in order leaves it: making one takes most of a test's time. */
async function stoppedDatabase(dir = dataDir): Promise<void> {
  await promisify(execFile)('cp', ['-a', join(stopped, 'postgres'), dir]);
}

/** A server process of its own that runs the database, for killing. Resolves when the database is up. */
async function startInChild(dir = dataDir, settings: Record<string, string> = {}): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'database-holder.ts'), await realpath(dir), JSON.stringify(settings)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) if (line === 'up') return child;
  throw new Error('The child ended before its database was up.');
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function rejection(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    assert.ok(error instanceof StartupError, String(error));
    assert.match(error.message, /^[A-Z/].+\.$/s);
    return error.message;
  }
  throw new assert.AssertionError({ message: 'It started.' });
}

before(async () => {
  stopped = await mkdtemp(join(tmpdir(), 'parlour-pg-stopped-'));
  await chmod(stopped, 0o755);
  await (await startEmbeddedPostgres({ dataDir: stopped, log })).stop();
});

after(() => rm(stopped, { recursive: true, force: true }));

beforeEach(async () => {
  lines = [];
  dataDir = await mkdtemp(join(tmpdir(), 'parlour-pg-'));
  await chmod(dataDir, 0o755);
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const postgres of running.splice(0)) await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the embedded database', () => {
  it('starts in an empty folder and can be reached with both drivers under one address', async () => {
    const { url, adopted } = await start();
    assert.equal(adopted, false);
    assert.deepEqual(await ask(url, 'select current_database() as name, 1 + 1 as sum'), [{ name: 'parlour', sum: 2 }]);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    assert.deepEqual((await client.query('select current_database() as name')).rows, [{ name: 'parlour' }]);
    await client.end();
  });

  it('keeps what it acknowledged safe, text in UTF-8, and itself off the network', async () => {
    await stoppedDatabase();
    const { url } = await start();
    const settings = await ask(
      url,
      `select name, setting from pg_settings where name in
      ('fsync', 'synchronous_commit', 'full_page_writes', 'server_encoding', 'listen_addresses', 'data_checksums') order by name`,
    );
    assert.deepEqual(Object.fromEntries(settings.map(({ name, setting }) => [name, setting])), {
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
    });
    assert.deepEqual(await ask(url, `select upper('åé') as upper`), [{ upper: 'ÅÉ' }]);
    const folder = decodeURIComponent(new URL(url).hostname);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    assert.equal((await stat(join(dataDir, 'postgres'))).mode & 0o777, 0o700);
  });

  it('has small log files, which are quickly made, and no more checkpoints for that', async () => {
    await stoppedDatabase();
    const { url } = await start();
    const settings = await ask(
      url,
      `select name, current_setting(name) as value from pg_settings where name in ('wal_segment_size', 'max_wal_size') order by name`,
    );
    assert.deepEqual(settings, [
      { name: 'max_wal_size', value: '1GB' },
      { name: 'wal_segment_size', value: '1MB' },
    ]);
  });

  it('has its data after a restart', async () => {
    await stoppedDatabase();
    const first = await start();
    await ask(first.url, `create table kept as select 'yes' as answer`);
    await first.stop();
    const second = await start();
    assert.equal(second.url, first.url);
    assert.equal(second.adopted, false);
    assert.deepEqual(await ask(second.url, 'select answer from kept'), [{ answer: 'yes' }]);
  });

  it('is gone when stop has resolved, and stopping twice is harmless', async () => {
    await stoppedDatabase();
    const postgres = await start();
    const pid = await postmasterPid();
    await Promise.all([postgres.stop(), postgres.stop()]);
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    assert.equal(await readPostmasterFile(join(dataDir, 'postgres')), undefined);
    assert.deepEqual(
      lines.filter((line) => line.includes('ended by itself')),
      [],
    );
  });

  it('begins again after a start that was killed half-way', async () => {
    await mkdir(join(dataDir, 'postgres.draft-0badcafe', 'base'), { recursive: true });
    await start();
    assert.deepEqual(
      (await readdir(dataDir)).filter((name) => name.includes('draft')),
      [],
    );
  });

  it('takes a data folder whose path is too long for a socket', async () => {
    const long = join(dataDir, 'a'.repeat(60), 'b'.repeat(60));
    await mkdir(long, { recursive: true });
    await stoppedDatabase(long);
    const { url } = await start(long);
    assert.deepEqual(await ask(url, 'select 1 as one'), [{ one: 1 }]);
    const folder = decodeURIComponent(new URL(url).hostname);
    assert.ok(join(folder, '.s.PGSQL.5432').length < 100);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
  });

  it('takes a data folder with spaces, quotes and letters beyond ASCII in its path', async () => {
    const odd = join(dataDir, `Ada's données %41`);
    await mkdir(odd);
    const { url } = await start(odd);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    assert.deepEqual((await client.query('select 1 as one')).rows, [{ one: 1 }]);
    await client.end();
    assert.deepEqual(await ask(url, 'select 1 as one'), [{ one: 1 }]);
  });
});

describe('after a kill', () => {
  it('of the server, the next one takes the running database over, supervises it and can stop it', async () => {
    await stoppedDatabase();
    await kill(await startInChild());
    const left = await postmasterPid();
    const postgres = await start();
    assert.equal(postgres.adopted, true);
    assert.equal(await postmasterPid(), left);
    assert.deepEqual(await ask(postgres.url, 'select count(*)::int as n from held'), [{ n: 1 }]);

    process.kill(left, 'SIGKILL');
    await up(postgres.url);
    assert.notEqual(await postmasterPid(), left);
    assert.match(lines.join('\n'), /ended by itself/);
    await postgres.stop();
    assert.equal(await readPostmasterFile(join(dataDir, 'postgres')), undefined);
  });

  it('of the server and the database, the next one recovers what was committed', async () => {
    await stoppedDatabase();
    const child = await startInChild();
    const pid = await postmasterPid();
    await Promise.all([kill(child), Promise.resolve(process.kill(pid, 'SIGKILL'))]);
    const postgres = await start();
    assert.equal(postgres.adopted, false);
    assert.deepEqual(await ask(postgres.url, 'select count(*)::int as n from held'), [{ n: 1 }]);
  });

  it('of the database, the server starts it again under the same address, with its data', async () => {
    await stoppedDatabase();
    const postgres = await start();
    await ask(postgres.url, `create table kept as select 'yes' as answer`);
    const killed = await postmasterPid();
    process.kill(killed, 'SIGKILL');
    await up(postgres.url);
    assert.notEqual(await postmasterPid(), killed);
    assert.deepEqual(await ask(postgres.url, 'select answer from kept'), [{ answer: 'yes' }]);
    assert.match(lines.join('\n'), /ended by itself \(SIGKILL\)[^]*runs again/);
  });

  it('of the database, a process of it that does not end by itself does not keep it from starting', async () => {
    await stoppedDatabase();
    const postgres = await start();
    const sql = postgresClient(postgres.url, { max: 1, onnotice: () => undefined });
    const [stuck] = await sql.unsafe('select pg_backend_pid() as pid');
    // As one that waits for a lock which nobody will give back: it never notices that its database is gone.
    process.kill(stuck!['pid'] as number, 'SIGSTOP');
    process.kill(await postmasterPid(), 'SIGKILL');
    await up(postgres.url);
    assert.deepEqual(await ask(postgres.url, 'select 1 as one'), [{ one: 1 }]);
    assert.match(lines.join('\n'), /Ended processes of the previous database/);
    await sql.end({ timeout: 0 }).catch(() => undefined);
  });

  it('of the database, stopping at that very moment leaves nothing running', async () => {
    await stoppedDatabase();
    const postgres = await start();
    process.kill(await postmasterPid(), 'SIGKILL');
    await sleep(30);
    await postgres.stop();
    await sleep(100);
    const file = await readPostmasterFile(join(dataDir, 'postgres'));
    if (file) assert.throws(() => process.kill(file.pid, 0), { code: 'ESRCH' });
  });

  it('a process id that now belongs to someone else is not taken for the database, nor harmed', async () => {
    await stoppedDatabase();
    const first = await start();
    const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
    const text = await readFile(pidFile, 'utf8');
    await first.stop();
    const account = await choosePostgresAccount(join(dataDir, 'postgres'));
    // Of the database's own account: Postgres itself would take this one for a running database and refuse.
    const bystander = spawn('sleep', ['60'], account.other ? { uid: account.uid, gid: account.gid } : {});
    children.push(bystander);
    await writeFile(pidFile, text.replace(/^\d+/, String(bystander.pid)), { mode: 0o600 });
    if (account.other) await promisify(execFile)('chown', [`${account.uid}:${account.gid}`, pidFile]);

    const second = await start();
    assert.equal(second.adopted, false);
    assert.deepEqual(await ask(second.url, 'select 1 as one'), [{ one: 1 }]);
    assert.equal(bystander.exitCode ?? bystander.signalCode, null);
  });

  it('a database left with other settings is ended in order and started with ours', async () => {
    await stoppedDatabase();
    await kill(await startInChild(dataDir, { max_connections: '20' }));
    const left = await postmasterPid();
    const postgres = await start();
    assert.notEqual(await postmasterPid(), left);
    assert.equal(postgres.adopted, false);
    assert.deepEqual(await ask(postgres.url, 'show max_connections'), [{ max_connections: '50' }]);
    assert.deepEqual(await ask(postgres.url, 'select count(*)::int as n from held'), [{ n: 1 }]);
  });
});

describe('a cluster without our database', () => {
  const within = (url: string, database: string): string => url.replace(/\/parlour$/, `/${database}`);
  const databases = async (url: string): Promise<unknown[]> =>
    (await ask(url, 'select datname from pg_database where not datistemplate order by datname')).map(
      ({ datname }) => datname,
    );
  /** Puts a cluster into the folder that was made, but whose database has not got its name: a start that was killed leaves it so. */
  async function unnamed(
    settings: Record<string, string> = {},
    before?: (url: string) => Promise<unknown>,
  ): Promise<void> {
    await stoppedDatabase();
    const postgres = await start(dataDir, settings);
    await ask(within(postgres.url, 'template1'), 'alter database parlour rename to postgres');
    await before?.(postgres.url);
    await postgres.stop();
  }

  it('names the one there is, when a start was killed before it could', async () => {
    await unnamed();
    const { url } = await start();
    assert.deepEqual(await databases(url), ['parlour']);
  });

  it('makes one beside the other, when somebody uses that', async () => {
    // As good as a session that is held open, and there from the first moment.
    const settings = { max_prepared_transactions: '1' };
    await unnamed(settings, (url) =>
      ask(within(url, 'postgres'), `begin; select pg_current_xact_id(); prepare transaction 'held'`),
    );
    const { url } = await start(dataDir, settings);
    assert.deepEqual(await databases(url), ['parlour', 'postgres']);
  });

  it('makes one when it was dropped', async () => {
    await stoppedDatabase();
    const first = await start();
    await ask(within(first.url, 'template1'), 'drop database parlour');
    await first.stop();
    const { url } = await start();
    assert.deepEqual(await databases(url), ['parlour']);
  });

  it('leaves the administrator’s alone when ours was dropped', async () => {
    await unnamed({}, async (url) => {
      await ask(within(url, 'template1'), 'create database parlour');
      await ask(within(url, 'postgres'), `create table precious as select 'mine' as owner`);
      await ask(within(url, 'template1'), 'drop database parlour');
    });
    const { url } = await start();
    assert.deepEqual(await databases(url), ['parlour', 'postgres']);
    assert.deepEqual(await ask(within(url, 'postgres'), 'select owner from precious'), [{ owner: 'mine' }]);
    assert.deepEqual(await ask(url, `select to_regclass('precious') as precious`), [{ precious: null }]);
  });
});

describe('a sentence says what to do', () => {
  it('when the database refuses, with its reason, and nothing is left running', async () => {
    await stoppedDatabase();
    const first = await start();
    await ask(first.url.replace(/\/parlour$/, '/template1'), 'alter database parlour allow_connections false');
    await first.stop();
    assert.match(await rejection(start()), /"parlour" cannot be used: .*not currently accepting connections/);
    assert.equal(await readPostmasterFile(join(dataDir, 'postgres')), undefined);
  });

  it('when the database was made by another version of Postgres', async () => {
    await stoppedDatabase();
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
    assert.match(await rejection(start()), /made by Postgres 15, but this server brings Postgres 18/);
  });

  it('when something else is where the database should be', async () => {
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres', 'precious'), 'mine');
    if (asRoot) await promisify(execFile)('chown', ['-R', 'nobody', join(dataDir, 'postgres')]);
    assert.match(await rejection(start()), /exists but is not a database/);
    assert.equal(await readFile(join(dataDir, 'postgres', 'precious'), 'utf8'), 'mine');
  });

  it('when Postgres itself refuses, with its reason', async () => {
    await stoppedDatabase();
    await rm(join(dataDir, 'postgres', 'global', 'pg_control'));
    assert.match(await rejection(start()), /does not start: .*pg_control.*postgres\.log\.$/);
  });

  it('when Postgres itself refuses, and the folder for its socket goes from among the temporary files', async () => {
    const long = join(dataDir, 'a'.repeat(60), 'b'.repeat(60));
    await mkdir(long, { recursive: true });
    await stoppedDatabase(long);
    const own = shortSocketName(await realpath(long));
    const folders = async (): Promise<string[]> =>
      (await readdir(dirname(own))).filter((name) => name.startsWith(basename(own)));
    const database = await start(long);
    assert.equal((await folders()).length, 1);
    await database.stop();
    await rm(join(long, 'postgres', 'global', 'pg_control'));
    assert.match(await rejection(start(long)), /does not start/);
    assert.deepEqual(await folders(), []);
  });

  it('whatever keeps the folder for its socket there: that it stays hides no reason', async () => {
    const inTheWay = join(dataDir, 'run');
    await writeFile(inTheWay, 'mine');
    await removeUnused(inTheWay);
    assert.equal(await readFile(inTheWay, 'utf8'), 'mine');
    await removeUnused(join(inTheWay, 'below'));
  });

  it(
    'when root keeps the folder above to itself',
    { skip: !asRoot && 'only root runs Postgres as another user' },
    async () => {
      await chmod(dataDir, 0o700);
      const below = join(dataDir, 'below');
      await mkdir(below);
      assert.match(await rejection(start(below)), new RegExp(`may not enter ${dataDir}: .*chmod o\\+x`));
    },
  );

  it('when the database belongs to root', { skip: !asRoot && 'only root can own it as root' }, async () => {
    await stoppedDatabase();
    await promisify(execFile)('chown', ['-R', 'root', join(dataDir, 'postgres')]);
    assert.match(await rejection(start()), /belongs to root.*chown -R/);
  });

  it('when there are no binaries for the system', async () => {
    const { platform } = process;
    Object.defineProperty(process, 'platform', { value: 'sunos' });
    try {
      assert.match(await rejection(findPostgresPackage()), /no embedded Postgres for this system.*set DATABASE_URL/s);
    } finally {
      Object.defineProperty(process, 'platform', { value: platform });
    }
  });
});

describe('the binaries', () => {
  const usual = process.env['TMPDIR'];
  afterEach(() => {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
  });

  it('are copied where their account cannot get at them, once, and the copy is mended', async () => {
    const found = await findPostgresPackage();
    const account = await choosePostgresAccount(join(dataDir, 'postgres'));
    // Installed without scripts: no links. Below a folder for its owner only, as in a home folder of root.
    const closed = join(dataDir, 'package', 'native');
    await mkdir(join(dataDir, 'package'));
    await promisify(execFile)('cp', ['-R', found.folder, closed]);
    await promisify(execFile)('find', [closed, '-type', 'l', '-delete']);
    // Four of five files, which nothing here reads.
    for (const unread of ['timezone', 'extension'])
      await rm(join(closed, 'share', 'postgresql', unread), { recursive: true });
    await chmod(join(dataDir, 'package'), account.other ? 0o700 : 0o755);
    if (!account.other) await chmod(join(closed, 'lib'), 0o500);
    process.env['TMPDIR'] = dataDir;

    const prepare = (): ReturnType<typeof preparePostgresBinaries> =>
      preparePostgresBinaries(account, { folder: closed, version: found.version });
    const [first, second] = await Promise.all([prepare(), prepare()]);
    assert.deepEqual(first, second);
    assert.equal(first.major, 18);
    assert.ok(!first.postgres.startsWith(closed));
    await runs(first.initdb, account);

    const copy = await ownCopy(first.postgres);
    await rm(join(copy, 'share'), { recursive: true });
    await writeFile(join(copy, 'lib', 'libpq.so.5.18'), '');
    assert.deepEqual(await prepare(), first);
    await runs(first.initdb, account);
    assert.deepEqual(
      (await readdir(dataDir)).filter((name) => /\.[0-9a-f]{8}(\.old)?$/.test(name)),
      [],
    );
  });

  it(
    'are not taken from a folder someone else could have filled',
    { skip: !asRoot && 'only root can make one' },
    async () => {
      // A made-up package: nothing here may come near the installed one.
      const account = await choosePostgresAccount(join(dataDir, 'postgres'));
      const folder = join(dataDir, 'package', 'native');
      await mkdir(join(folder, 'bin'), { recursive: true });
      await mkdir(join(folder, 'lib', 'postgresql'), { recursive: true });
      await writeFile(join(folder, 'bin', 'postgres'), 'good');
      await writeFile(join(folder, 'bin', 'initdb'), 'good');
      await chmod(join(dataDir, 'package'), 0o700);
      process.env['TMPDIR'] = dataDir;
      const prepare = (): ReturnType<typeof preparePostgresBinaries> =>
        preparePostgresBinaries(account, { folder, version: '18.4.0' });
      const { postgres } = await prepare();
      const copy = await ownCopy(postgres);
      await writeFile(postgres, 'evil');
      await promisify(execFile)('chown', ['-h', 'nobody', copy]);
      assert.equal((await prepare()).postgres, postgres);
      assert.equal((await stat(copy)).uid, 0);
      assert.equal(await readFile(postgres, 'utf8'), 'good');
    },
  );
});

/** The folder of a copy, which these tests damage: so make sure that it is one, and theirs. */
async function ownCopy(postgres: string): Promise<string> {
  const copy = await realpath(join(postgres, '..', '..'));
  assert.ok(copy.startsWith(`${await realpath(dataDir)}/parlour-postgres-`), copy);
  return copy;
}

async function runs(program: string, account: { uid: number; gid: number; other: boolean }): Promise<void> {
  const as = account.other ? { uid: account.uid, gid: account.gid } : {};
  const { stdout } = await promisify(execFile)(program, ['--version'], { cwd: '/', ...as });
  assert.match(stdout, /PostgreSQL\) 18/);
}

/** Waits until the database answers again; the test's own time limit is the only one. */
async function up(url: string): Promise<void> {
  for (;;) {
    try {
      await ask(url, 'select 1');
      if (lines.some((line) => line.includes('runs again'))) return;
    } catch {
      // Not yet.
    }
    await sleep(20);
  }
}
