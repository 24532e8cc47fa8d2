/** A whole Parlour for a story: the built server as a process of its own, which may be killed and started again. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { testDatabase } from '../cluster.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const patienceMs = 60_000;

export const founding = {
  name: 'Kilnmere',
  ownerName: 'Mara Lindqvist',
  email: 'mara@kilnmere.example',
  password: 'slow mornings, warm cups',
  timeZone: 'Europe/Berlin',
};

/** The identifiers a story needs of the workspace that set-up makes. */
export interface Office {
  workspaceId: string;
  ownerId: string;
  inboxId: string;
  channelId: string;
  channelKey: string;
  /** The owner's sign-in, name and value. */
  cookie: { name: string; value: string };
}

interface Snapshot {
  workspace: { id: string };
  me: { id: string };
  inboxes: { id: string; name: string }[];
  channels: { id: string; key: string }[];
}

export class House {
  /** What the server said when it was first ready. */
  greeting = '';
  /** Such as http://localhost:40123; stays the same over restarts. */
  url = '';
  #office: Office | undefined;
  #apiKey: string | undefined;
  #server: ChildProcess | undefined;
  #log = '';
  readonly #folder: string;
  readonly #dataDir: string;
  readonly #databaseUrl: string | undefined;
  readonly #environment: Record<string, string>;

  private constructor(
    folder: string,
    dataDir: string,
    databaseUrl: string | undefined,
    environment: Record<string, string>,
  ) {
    this.#environment = environment;
    this.#folder = folder;
    this.#dataDir = dataDir;
    this.#databaseUrl = databaseUrl;
  }

  /**
   * @param embedded with a database of its own, as an owner starts it; otherwise a new one in the tests' cluster.
   * @param environment settings beside those that every story needs.
   */
  static async open({
    embedded = false,
    environment = {},
  }: { embedded?: boolean; environment?: Record<string, string> } = {}): Promise<House> {
    // A copy below the root, where packages are found: building anew beside a running story must not change its server.
    await mkdir(join(root, '.tmp'), { recursive: true });
    const folder = await mkdtemp(join(root, '.tmp', 'journey-'));
    await cp(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
    const dataDir = await mkdtemp(join(tmpdir(), 'parlour-journey-'));
    // The embedded database runs under another account when root starts it.
    await chmod(dataDir, 0o755);
    const house = new House(folder, dataDir, embedded ? undefined : await testDatabase(), environment);
    after(() => house.#close());
    await house.start();
    return house;
  }

  async start(): Promise<void> {
    assert.equal(this.#server, undefined, 'the server is running');
    const { PATH, HOME, TMPDIR, LANG } = process.env;
    const server = spawn(process.execPath, [join(this.#folder, 'dist', 'server', 'main.js')], {
      env: {
        ...Object.fromEntries(Object.entries({ PATH, HOME, TMPDIR, LANG }).filter(([, value]) => value !== undefined)),
        ...(this.#databaseUrl === undefined ? {} : { DATABASE_URL: this.#databaseUrl }),
        HOST: '127.0.0.1',
        PORT: this.url === '' ? '0' : new URL(this.url).port,
        DATA_DIR: this.#dataDir,
        LOG_LEVEL: 'warn',
        ...this.#environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#server = server;
    const greeting = await this.#greeted(server);
    this.greeting ||= greeting;
    this.url ||= /(http:\/\/\S+?)\/demo\//.exec(greeting)?.[1] ?? '';
    assert.match(this.url, /^http:\/\/localhost:\d+$/, `the greeting names no address: ${greeting}`);
  }

  #greeted(server: ChildProcess): Promise<string> {
    const since = this.#log.length;
    return new Promise((resolve, reject) => {
      const give = (error: Error): void => {
        clearTimeout(timer);
        reject(error);
      };
      const timer = setTimeout(() => give(new Error(`The server did not get ready:\n${this.#log}`)), patienceMs);
      const listen = (chunk: unknown): void => {
        this.#log += String(chunk);
        const greeting = /Parlour is ready\.\n\n[^]*?\n\n/.exec(this.#log.slice(since))?.[0];
        if (greeting === undefined) return;
        clearTimeout(timer);
        resolve(greeting);
      };
      server.stdout?.on('data', listen);
      server.stderr?.on('data', listen);
      server.once('exit', (code) => give(new Error(`The server ended with ${code}:\n${this.#log}`)));
    });
  }

  /** `kill -9`: it gets no chance to finish anything. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As an operator stops it. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    assert.ok(server, 'the server is not running');
    this.#server = undefined;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await ended;
  }

  async #close(): Promise<void> {
    // Started once more where a story left it killed: only the server can end its embedded database.
    if (!this.#server && this.#databaseUrl === undefined && this.url !== '') await this.start();
    if (this.#server) await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
    await rm(this.#dataDir, { recursive: true, force: true });
    const errors = this.#log.split('\n').filter((line) => /"level":(50|60)/.test(line));
    assert.deepEqual(errors, [], 'the server logged errors');
  }

  /** The one-time token of the link that the server printed. */
  get setUpToken(): string {
    return /#set-up=(\S+)/.exec(this.greeting)?.[1] ?? '';
  }

  /** What set-up made; `setUp()` must have been called. */
  get office(): Office {
    assert.ok(this.#office, 'the house is not set up');
    return this.#office;
  }

  /** Sets up the workspace as the form does, always open unless a story is about opening hours. */
  async setUp(): Promise<Office> {
    const answer = await fetch(`${this.url}/api/v1/set-up`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url },
      body: JSON.stringify({ token: this.setUpToken, ...founding }),
    });
    assert.equal(answer.status, 204, await answer.text());
    const [pair = ''] = (answer.headers.getSetCookie()[0] ?? '').split(';');
    const cookie = { name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) };
    this.#office = { workspaceId: '', ownerId: '', inboxId: '', channelId: '', channelKey: '', cookie };
    const { workspace, me, inboxes, channels } = await this.ask<Snapshot>('GET', '/workspace');
    const [inbox, channel] = [inboxes[0], channels[0]];
    assert.ok(inbox && channel);
    this.#office = {
      workspaceId: workspace.id,
      ownerId: me.id,
      inboxId: inbox.id,
      channelId: channel.id,
      channelKey: channel.key,
      cookie,
    };
    await this.ask('PATCH', `/inboxes/${inbox.id}`, { schedule: null });
    return this.#office;
  }

  /** Asks the API: as the owner, or with an API key. */
  async ask<T = unknown>(method: string, path: string, body?: object, key?: string): Promise<T> {
    const { name, value } = this.office.cookie;
    const credential =
      key === undefined ? { cookie: `${name}=${value}`, origin: this.url } : { authorization: `Bearer ${key}` };
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...credential } as Record<string, string>,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  }

  /** A teammate who can sign in and answers in the first inbox. */
  async hire(name: string, password = founding.password): Promise<{ id: string; email: string; password: string }> {
    const email = `${name.split(' ')[0]?.toLowerCase()}@kilnmere.example`;
    const { inboxId } = this.office;
    const { teammateId } = await this.ask<{ teammateId: string }>('POST', '/teammates', {
      name,
      email,
      password,
      role: 'agent',
      inboxIds: [inboxId],
    });
    return { id: teammateId, email, password };
  }

  /** A conversation as a program brings it in. */
  async receive(text: string, name: string): Promise<string> {
    const conversationId = uuidv7();
    const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.com`;
    const { channelId } = this.office;
    this.#apiKey ??= (
      await this.ask<{ secret: string }>('POST', '/api-keys', { name: 'Stories', scopes: ['write'] })
    ).secret;
    await this.ask(
      'POST',
      '/conversations',
      { conversationId, text, channelId, contact: { name, email } },
      this.#apiKey,
    );
    return conversationId;
  }
}
