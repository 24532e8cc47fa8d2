/** A server in a process of its own, on a folder and a port of its own, that is killed at any moment and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { socketAddress } from '../../server/database/postgres-client.ts';
import { databaseUser } from '../../server/database/postgres-cluster.ts';

/** How to start it: the built server, or a script with a flaw on purpose. */
export const builtServer = [fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))];
export const flawedServer = (script: string): string[] => [
  '--import',
  'tsx',
  fileURLToPath(new URL(script, import.meta.url)),
];

export const owner = { email: 'owner@example.com', password: 'a long password' };

export class KillableServer {
  readonly url: string;
  readonly dataDir: string;
  /** What it wrote, for whoever looks why a test failed. */
  output = '';
  readonly #words: string[];
  readonly #port: number;
  #child: ChildProcess | undefined;

  private constructor(words: string[], dataDir: string, port: number) {
    this.#words = words;
    this.dataDir = dataDir;
    this.#port = port;
    this.url = `http://localhost:${port}`;
  }

  static async make(words: string[]): Promise<KillableServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'parlour-fault-'));
    // As root the database runs under another account, which must be able to enter.
    await chmod(dataDir, 0o755);
    return new KillableServer(words, dataDir, await freePort());
  }

  /** Starts it and waits until it answers and has said so. */
  async start(): Promise<void> {
    const said = this.#spawn();
    await this.untilReady(() => said().includes('Parlour is ready.'));
  }

  async untilReady(condition = (): boolean => true): Promise<void> {
    for (const deadline = performance.now() + 60_000; ; await sleep(10)) {
      if (this.#child?.exitCode !== null) throw new Error(`The server ended with ${this.#child?.exitCode}.`);
      if (performance.now() > deadline) throw new Error('The server does not become ready.');
      if (condition() && (await this.#isReady())) return;
    }
  }

  /** Starts it and kills it before long, perhaps in the middle of the start. */
  async startInVain(ms: number): Promise<void> {
    this.#spawn();
    await sleep(ms);
    await this.kill();
  }

  /** @returns what this process has said so far. */
  #spawn(): () => string {
    let said = '';
    const env = {
      ...process.env,
      PORT: String(this.#port),
      HOST: '127.0.0.1',
      DATA_DIR: this.dataDir,
      DATABASE_URL: '',
      PUBLIC_URL: '',
      LOG_LEVEL: 'info',
      PARLOUR_OWNER_EMAIL: owner.email,
      PARLOUR_OWNER_PASSWORD: owner.password,
    };
    const child = spawn(process.execPath, this.#words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    const keep = (chunk: Buffer): void => {
      said = (said + String(chunk)).slice(-10_000);
      this.output = (this.output + String(chunk)).slice(-50_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    return () => said;
  }

  async #isReady(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.#port}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      // Nobody listens yet, or the answer does not come.
      () => false,
    );
  }

  /** No warning, no last words. */
  async kill(): Promise<void> {
    await end(this.#child, 'SIGKILL');
  }

  /** The database and every process of it at once, as when the machine runs out of memory. */
  killDatabase(): void {
    const postmaster = Number(this.#postmasterFile()[0]);
    for (const pid of [postmaster, ...childrenOf(postmaster)]) signal(pid, 'SIGKILL');
  }

  /** Where its database listens. */
  get databaseUrl(): string {
    return socketAddress(this.#postmasterFile()[4]!, databaseUser, 'parlour');
  }

  async remove(): Promise<void> {
    await end(this.#child, 'SIGTERM');
    const file = await readFile(join(this.dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
    if (file) signal(Number(file.split('\n')[0]), 'SIGQUIT');
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  /** Lines: process id, data folder, start, port, folder of the socket, … */
  #postmasterFile(): string[] {
    return readFileSync(join(this.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  }
}

async function end(child: ChildProcess | undefined, how: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(how);
  await gone;
}

function signal(pid: number, how: NodeJS.Signals): void {
  try {
    process.kill(pid, how);
  } catch (error) {
    // It has ended meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Elsewhere than on Linux the postmaster is killed alone, and its children end when they notice. */
function childrenOf(parent: number): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
}

function parentOf(pid: string): number {
  try {
    // "pid (name) state parent …"; a name may hold spaces and brackets.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[1]);
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
