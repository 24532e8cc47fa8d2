/** Starting and stopping, as whoever runs the server meets it: the built program, its exit code and its words. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { buildIfStale } from '../../build.ts';
import { prepareDatabase } from '../../server/database/prepare.ts';
import { postgresClient } from '../../server/database/postgres-client.ts';
import { testDatabase } from '../cluster.ts';
import { until } from './harness.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'dist', 'server', 'main.js');
const migrations = join(root, 'server', 'database', 'migrations');
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

const folders: string[] = [];
const children = new Set<ChildProcess>();
before(() => buildIfStale());
after(async () => {
  await Promise.all([...children].map(end));
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'parlour-run-'));
  folders.push(path);
  // As root the database runs under another account, which must be able to enter.
  await chmod(path, 0o755);
  return path;
}

interface Run {
  child: ChildProcess;
  said(): string;
  complained(): string;
  ended: Promise<number | null>;
}

async function run(env: Record<string, string>, script = program): Promise<Run> {
  const { PATH = '', HOME = '' } = process.env;
  const dataDir = env['DATA_DIR'] ?? (await folder());
  const child = spawn(process.execPath, [script], {
    cwd: tmpdir(),
    env: { PATH, HOME, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const words = { out: '', error: '' };
  child.stdout.on('data', (chunk: Buffer) => (words.out += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (words.error += String(chunk)));
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      children.delete(child);
      resolve(code);
    });
  });
  return { child, said: () => words.out, complained: () => words.error, ended };
}

/** @returns where it listens */
async function started(env: Record<string, string>): Promise<Run & { url: string }> {
  const server = await run(env);
  await until('the greeting', () => {
    assert.equal(server.child.exitCode, null, server.complained());
    return server.said().includes('Parlour is ready.');
  });
  const [url] = /http:\/\/[\w.]+:\d+/.exec(server.said())!;
  return { ...server, url: url.replace('localhost', '127.0.0.1') };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

/** Refuses to start with exit code 1 and these words on stderr, one line, and nothing else. */
async function refuses(env: Record<string, string>, sentence: RegExp, script = program): Promise<void> {
  const server = await run(env, script);
  const code = await server.ended;
  assert.equal(code, 1, server.said() + server.complained());
  const lines = server.complained().trimEnd().split('\n');
  assert.equal(lines.length, 1, server.complained());
  assert.match(lines[0]!, sentence);
  assert.doesNotMatch(server.said() + server.complained(), /\n\s+at /);
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return address.port;
}

async function migratedDatabase(): Promise<string> {
  const url = await testDatabase();
  await prepareDatabase(url, migrations, quiet);
  return url;
}

async function inDatabase(url: string, statements: string): Promise<void> {
  const sql = postgresClient(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(statements);
  await sql.end();
}

test('a PORT that is no port is told', () => refuses({ PORT: 'http' }, /^PORT must be a whole number from 0 to 65535/));

test('a port that another program has is told', async () => {
  const other = createServer();
  const port = await listening(other);
  const url = await testDatabase();
  await refuses({ PORT: String(port), DATABASE_URL: url }, new RegExp(`^Port ${port} is taken by another program`));
  const sql = postgresClient(url, { max: 1 });
  const schemas = await sql`select from pg_namespace where nspname in ('parlour', 'graphile_worker')`;
  await sql.end();
  assert.equal(schemas.length, 0, 'the database of the server that has the port was brought up to date');
  const dataDir = await folder();
  await refuses({ PORT: String(port), DATA_DIR: dataDir }, new RegExp(`^Port ${port} is taken by another program`));
  assert.deepEqual(await readdir(dataDir), [], 'no database was made for nothing');
  other.close();
});

test('a HOST that is no address of this machine is told', () =>
  // Kept for documentation: no machine has it.
  refuses({ HOST: '192.0.2.1' }, /^This machine has no address 192\.0\.2\.1\. Correct HOST, or leave it out\.$/));

// Without a network nobody can say whether the name exists: that is told in other words.
test('a HOST whose name nobody knows is told', () =>
  refuses({ HOST: 'parlour.invalid' }, /^HOST is parlour\.invalid, .* leave it out\.$/));

test('a data folder that cannot be made is told', async () => {
  const file = join(await folder(), 'file');
  await writeFile(file, '');
  await refuses({ DATA_DIR: join(file, 'data') }, /^The data folder .* cannot be made \(ENOTDIR\): .*DATA_DIR/);
  await refuses({ DATA_DIR: file }, /^The data folder .* is a file: name a folder in DATA_DIR/);
});

test('a data folder where the system lets nobody make one is told', { skip: process.platform !== 'linux' }, () =>
  refuses({ DATA_DIR: '/proc/nope/data' }, /^The data folder \/proc\/nope\/data cannot be made \(\w+\): .*DATA_DIR/),
);

test('a database that nobody runs is told, without the password in its address', async () => {
  const unused = createServer();
  const port = await listening(unused);
  await new Promise((resolve) => unused.close(resolve));
  await refuses(
    { DATABASE_URL: `postgres://ada:hunter22@127.0.0.1:${port}/chat` },
    new RegExp(
      `^The database at 127.0.0.1:${port}/chat cannot be reached: nothing listens there \\(connection refused\\)\\. Check DATABASE_URL`,
    ),
  );
});

test('a database on a machine that does not exist is told', () =>
  refuses(
    { DATABASE_URL: 'postgres://ada:hunter22@nowhere.invalid/chat' },
    /^The database at nowhere\.invalid\/chat cannot be reached: (there is no machine of that name|its name could not be looked up)\. /,
  ));

test('a database server that refuses the password is told, without the password', async () => {
  // What Postgres answers to a greeting it does not like: an ErrorResponse with severity, code and message.
  const fields = Buffer.from('SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user "ada"\0\0');
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeInt32BE(fields.length + 4, 1);
  const doorkeeper = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(Buffer.concat([head, fields])));
  });
  const port = await listening(doorkeeper);
  await refuses(
    { DATABASE_URL: `postgres://ada:hunter22@127.0.0.1:${port}/chat` },
    new RegExp(`^The database at 127.0.0.1:${port}/chat refuses the user name or password in DATABASE_URL.$`),
  );
  doorkeeper.close();
});

test('a database that does not exist is told', async () => {
  const url = new URL(await testDatabase());
  url.pathname = '/nowhere';
  await refuses(
    { DATABASE_URL: url.href },
    /^There is no database .*\/nowhere\. Create it, or correct DATABASE_URL\.$/,
  );
});

test('a Postgres that is too old is told', async () => {
  const url = await testDatabase();
  const database = new URL(url).pathname.slice(1);
  // It says that it is older than it is.
  await inDatabase(
    url,
    `create schema old; create function old.current_setting(text) returns text language sql as $$ select '130021' $$;
     alter database ${database} set search_path = old, pg_catalog`,
  );
  await refuses({ DATABASE_URL: url }, /^The database is Postgres 13\. Parlour needs Postgres 14 or newer/);
});

test('a database that a newer version has worked on is told', async () => {
  const url = await migratedDatabase();
  await inDatabase(url, `insert into parlour.migration (hash, created_at) values ('of the future', 9999999999999)`);
  await refuses({ DATABASE_URL: url }, /^The database belongs to a newer version of Parlour\./);
});

test('a second server on one data folder is told whose it is, and the first goes on', async () => {
  const dataDir = await folder();
  const first = await started({ DATA_DIR: dataDir });
  await refuses(
    { DATA_DIR: dataDir },
    new RegExp(`^Another Parlour server \\(process ${first.child.pid}\\) is already using the data folder`),
  );
  assert.equal((await fetch(`${first.url}/readyz`)).status, 200);
  first.child.kill('SIGTERM');
  assert.equal(await first.ended, 0);
});

test('a build that is missing is told', async () => {
  // Below the project, where its packages are found.
  const copy = join(root, '.tmp', `no-build-${randomBytes(4).toString('hex')}`);
  folders.push(copy);
  await mkdir(copy, { recursive: true });
  await cp(join(root, 'dist', 'server'), join(copy, 'server'), { recursive: true });
  await refuses(
    { DATABASE_URL: await migratedDatabase() },
    /^The build is missing from .*\. Run: npm run build$/,
    join(copy, 'server', 'main.js'),
  );
});

test('the snippet that is printed is the one of the chat on the demo site, whatever other channels are called', async () => {
  const env = {
    DATABASE_URL: await migratedDatabase(),
    PARLOUR_OWNER_EMAIL: 'ada@example.com',
    PARLOUR_OWNER_PASSWORD: 'a long password',
  };
  const first = await started(env);
  const [, key] = /widget\.js\?channel=(\w+)/.exec(first.said())!;
  await inDatabase(
    env.DATABASE_URL,
    `insert into parlour.channel select (jsonb_populate_record(channel, jsonb_build_object(
       'id', gen_random_uuid(), 'name', 'A name before any other', 'key', 'another', 'created_at', now()))).*
     from parlour.channel`,
  );
  await end(first.child);
  const again = await started(env);
  assert.equal(/widget\.js\?channel=(\w+)/.exec(again.said())?.[1], key);
  assert.ok((await (await fetch(`${again.url}/demo/`)).text()).includes(`channel=${key}`));
  await end(again.child);
});

test('rule 13: at SIGTERM every socket hears when to come back, and the server ends with 0', async () => {
  const owner = { PARLOUR_OWNER_EMAIL: 'ada@example.com', PARLOUR_OWNER_PASSWORD: 'a long password' };
  const server = await started({ DATABASE_URL: await migratedDatabase(), ...owner });
  const [, channelKey] = /channel=(\w+)/.exec(server.said())!;
  const heard = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const frames: { type: string; retryAfterMs?: number }[] = [];
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, {
        headers: { origin: 'https://shop.example' },
      });
      const closed = new Promise<number>((resolve) => socket.once('close', resolve));
      socket.on('message', (data) => frames.push(JSON.parse(String(data)) as (typeof frames)[number]));
      await new Promise((resolve) => socket.once('open', resolve));
      const token = `pv_${randomBytes(32).toString('base64url')}`;
      socket.send(JSON.stringify({ type: 'hello', protocol: 1, credential: { kind: 'visitor', channelKey, token } }));
      await until('the welcome', () => frames.some(({ type }) => type === 'welcome'));
      return { frames, closed };
    }),
  );
  server.child.kill('SIGTERM');
  for (const { frames, closed } of heard) {
    assert.equal(await closed, 4000);
    const last = frames.at(-1);
    assert.equal(last?.type, 'bye');
    assert.ok((last?.retryAfterMs ?? 0) > 0);
  }
  assert.equal(await server.ended, 0, server.complained());
});

test('at SIGTERM while the sample data is made the demo ends in order, and what is there waits for the next start', async () => {
  const env = { DATABASE_URL: await migratedDatabase(), LOG_LEVEL: 'warn' };
  const demo = await run(env, join(root, 'dist', 'server', 'demo.js'));
  const sql = postgresClient(env.DATABASE_URL, { max: 1, onnotice: () => {} });
  await until('the first conversations', async () => {
    assert.equal(demo.child.exitCode, null, demo.complained());
    const [told] = await sql`select from parlour.conversation limit 1`;
    return told !== undefined;
  });
  demo.child.kill('SIGTERM');
  assert.equal(await demo.ended, 0, demo.complained());
  const [start, ...lines] = demo.complained().trimEnd().split('\n');
  assert.equal(start, 'Starting the server and its database…');
  assert.equal(lines[0], 'Making 400 sample conversations: 0 of 400');
  for (const line of lines) assert.match(line, /^Making 400 sample conversations: [0-3]\d* of 400$/);
  assert.equal(demo.said(), '');
  const [workspace] = await sql`select name from parlour.workspace`;
  await sql.end();
  assert.equal(workspace?.['name'], 'Kilnmere (sample data on its way)');
});
