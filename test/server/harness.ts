/** A whole server for tests: the real composition root on a fresh database, with nothing built and nothing printed. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type {
  CommandInput,
  CommandName,
  CommandResult,
  QueryInput,
  QueryName,
  QueryResult,
} from '../../shared/contract/catalogue.ts';
import type { ErrorBody, ErrorCode } from '../../shared/contract/error.ts';
import { prepareDatabase } from '../../server/database/prepare.ts';
import type { Actor } from '../../server/kernel/actor.ts';
import type { Clock } from '../../server/kernel/clock.ts';
import { DomainError } from '../../server/kernel/errors.ts';
import type { MailSettings } from '../../server/mail/mailer.ts';
import type { LimitNumbers } from '../../server/policy/limits.ts';
import { startServer } from '../../server/start.ts';
import type { RunningServer } from '../../server/start.ts';
import { testCluster } from '../cluster.ts';
import { isDocumented } from './documented.ts';

const migrations = fileURLToPath(new URL('../../server/database/migrations', import.meta.url));
export const SECRET = 'a secret of this test run, long enough to be one';

/** Real time, until a test says otherwise. */
export class TestClock implements Clock {
  #offset = 0;
  #frozen: number | null = null;

  now(): Date {
    return new Date(this.#frozen ?? Date.now() + this.#offset);
  }

  /** Stands still from here on; only `advance` moves it. */
  freeze(at: Date = this.now()): void {
    this.#frozen = at.getTime();
  }

  advance(ms: number): void {
    if (this.#frozen !== null) this.#frozen += ms;
    this.#offset += ms;
  }
}

/** So much that no test meets a limit it does not ask for. */
const noLimits: LimitNumbers = {
  visitorCommands: [100_000, 1],
  workspaceVisitorCommands: [100_000, 1],
  teamCommands: [100_000, 1],
  queries: [100_000, 1],
  signals: [100_000, 1],
  hellos: [100_000, 1],
  signIns: [100_000, 1],
  passwords: [100_000, 1],
  visitorUploads: [100_000, 1],
  visitorUploadBytes: [1e12, 1],
  addressUploadBytes: [1e12, 1],
};

export interface TestServerOptions {
  clock?: TestClock;
  limits?: Partial<LimitNumbers>;
  heartbeatMs?: number;
  /** Left out: settings that lead to no mail server. */
  mail?: MailSettings | null;
  queuePauseMs?: number;
  alertPauseMs?: number;
  /** Another server on the same database. */
  databaseUrl?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- what a test reads of an answer it also asserts
  body: any;
}

export interface TestServer {
  running: RunningServer;
  databaseUrl: string;
  /** Where it keeps files. */
  dataDir: string;
  /** Where requests go. */
  url: string;
  /** The origin of the server's own pages. */
  origin: string;
  clock: TestClock;
  /** What the server logged as errors. Whoever expects some takes them out; what is left fails the file. */
  errors: { details: object; message: string }[];
  execute<N extends CommandName>(name: N, input: CommandInput<N>, actor: Actor, id?: string): Promise<CommandResult<N>>;
  ask<N extends QueryName>(name: N, input: QueryInput<N>, actor: Actor): Promise<QueryResult<N>>;
  /** Fails where /openapi.json does not list the status of the answer. */
  http(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Every row that a command could have written, as text: equal before and after when nothing was written. */
  contents(): Promise<string>;
  /** Every row of every table, whoever wrote it, as text: for what may stand nowhere. */
  everything(): Promise<string>;
  close(): Promise<void>;
}

/** Nobody listens there: what is to be mailed waits. */
const nowhere: MailSettings = { smtpUrl: 'smtp://127.0.0.1:9', from: 'chat@tide.example' };

/** Starts a server that ends with the test file, which fails if the server logged an error that no test expected. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const [databaseUrl, distDir] = await Promise.all([options.databaseUrl ?? freshDatabase(), fakeBuild()]);
  const clock = options.clock ?? new TestClock();
  const errors: TestServer['errors'] = [];
  const running = await startServer({
    databaseUrl,
    secret: SECRET,
    host: '127.0.0.1',
    port: 0,
    distDir,
    dataDir: distDir,
    clock,
    heartbeatMs: options.heartbeatMs,
    mail: options.mail === null ? undefined : (options.mail ?? nowhere),
    queuePauseMs: options.queuePauseMs,
    alertPauseMs: options.alertPauseMs,
    limits: { ...noLimits, ...options.limits },
    log: { info: () => {}, warn: () => {}, error: (details, message) => void errors.push({ details, message }) },
  });
  const url = running.url.replace('localhost', '127.0.0.1');
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await running.close();
    await rm(distDir, { recursive: true, force: true });
    if (options.databaseUrl === undefined) await (await testCluster()).dropDatabase(databaseUrl);
  };
  const server: TestServer = {
    running,
    databaseUrl,
    dataDir: distDir,
    url,
    origin: running.publicUrl,
    clock,
    errors,
    execute: (name, input, actor, id) => running.commandBus.execute(name, input, actor, id === undefined ? {} : { id }),
    ask: (name, input, actor) => running.queryBus.ask(name, input, actor),
    http: (method, path, body, headers) => request(url + path, method, body, headers),
    contents: () => contents(running),
    everything: () => everything(running),
    close: () => (closed ??= close()),
  };
  after(async () => {
    await server.close();
    assert.deepEqual(errors, [], 'the server logged errors');
  });
  return server;
}

/** A database of its own, with all tables. @returns its address */
export async function freshDatabase(): Promise<string> {
  const cluster = await testCluster();
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const template = `parlour_${createHash('sha256')
    .update(await readFile(join(migrations, '0000_start.sql')))
    .digest('hex')
    .slice(0, 12)}`;
  await cluster.ensureTemplate(template, async (url) => void (await prepareDatabase(url, migrations, quiet)));
  return cluster.createDatabase(template);
}

/** What the server reads of a build, as small as it can be. */
async function fakeBuild(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parlour-dist-'));
  const files: Record<string, string> = {
    'client/manifest.json': '{"panel":"assets/panel-test.js","greeter":"assets/greeter-test.js"}',
    'client/widget.js': 'window.configuration = "__PARLOUR_CHANNEL__";',
    'client/widget-with-rules.js': 'window.withRules = "__PARLOUR_CHANNEL__";',
    'client/assets/panel-test.js': 'export const panel = true;',
    'client/app.html': '<!doctype html><title>Parlour</title>',
    'demo/index.html':
      '<!doctype html><html><title>Shop</title><script async src="/widget.js?channel=__CHANNEL_KEY__"></script><body><h1>Shop</h1>',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, dirname(name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await mkdir(join(folder, 'server'));
  await symlink(migrations, join(folder, 'server', 'migrations'));
  return folder;
}

async function request(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const isText = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: (isText ? body : JSON.stringify(body)) as RequestInit['body'] & {} }),
  });
  isDocumented(method, url, response.status);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

const mailed: ReadonlySet<string> = new Set(['transcript']);

/** The reactions' cursor moves by itself, alerts are found by the clock, and a key remembers when it was used. */
async function contents({ connections: { sql } }: RunningServer): Promise<string> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'parlour' and table_name not in ('reaction_cursor', 'api_key', 'alert') order by 1`;
  const found: string[] = [];
  for (const { name } of tables) {
    // Mail that waits for a server is tried again and again.
    const own = mailed.has(name) ? sql`(to_jsonb(t) - 'state' - 'attempts' - 'email')::text` : sql`t::text`;
    const rows = await sql<{ row: string }[]>`select ${own} as row from ${sql(`parlour.${name}`)} as t order by 1`;
    found.push(name, ...rows.map(({ row }) => row));
  }
  return found.join('\n');
}

/** The queue's tables too, which hold what jobs are told. */
async function everything({ connections: { sql } }: RunningServer): Promise<string> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(`${schema}.${name}`)} as t`;
    found.push(...rows.map(({ row }) => row));
  }
  return found.join('\n');
}

/** Waits until something is so, and fails when it does not become so. */
export async function until<T>(what: string, look: () => T | Promise<T>, withinMs = 30_000): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) assert.fail(`waited ${withinMs} ms in vain: ${what}`);
    await sleep(10);
  }
}

/** Asserts a refusal: its code, and a sentence that a person can read. */
export async function refused(work: Promise<unknown>, code: ErrorCode, words = /./): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
    assert.equal(error.code, code, error.message);
    isSentence(error.message);
    assert.match(error.message, words);
    return true;
  });
}

/** Asserts that an HTTP answer is a refusal of one shape. */
export function isRefusal(answer: Answer, status: number, code: ErrorCode, words = /./): void {
  assert.equal(answer.status, status, answer.text);
  assert.deepEqual(Object.keys(answer.body as object), ['error']);
  const error = (answer.body as { error: ErrorBody }).error;
  assert.equal(error.code, code, error.message);
  isSentence(error.message);
  assert.match(error.message, words);
}

/** Begins like a sentence, ends like one, and shows nothing of the machine room. */
export function isSentence(text: string): void {
  assert.match(text, /^[A-Z].*[.?!]$/s);
  assert.doesNotMatch(text, /undefined|\[object|node_modules|\bat .+:\d+|select |insert |postgres:\/\//i);
}
