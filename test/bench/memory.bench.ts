/**
 * What an idle server holds. Passes when
 * - the Node process of the built server, idle, has at most 120 MB resident: it fits the smallest machine one can rent, beside its database;
 * - an idle visitor's or teammate's socket, after its hello, with session, topics and presence, holds at most 1.75 × a bare `ws` connection.
 * Held means heap and external memory after garbage collection, divided by the sockets: the kernel's buffers are the same for both.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { startEmbeddedPostgres } from '../../server/database/embedded-postgres.ts';
import type { Target } from './message-path/load.ts';

const VISITORS = 1_000;
const TEAMMATES = 200;
const MOST_RESIDENT_MB = 120;
const MOST_TIMES_BARE = 1.75;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const quiet = {
  info: () => undefined,
  warn: () => undefined,
  error: (text: string) => void process.stderr.write(`${text}\n`),
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function measured(script: string, args: string[]): ChildProcess {
  return fork(here(script), args, {
    execArgv: ['--expose-gc', '--import', 'tsx', '--import', here('memory/report-memory.ts')],
  });
}

const told = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve) => child.once('message', (message) => resolve(message as T)));

async function held(child: ChildProcess): Promise<number> {
  const answer = told<{ held: number }>(child);
  child.send('memory');
  return (await answer).held;
}

async function open(target: Target, hello: object | null): Promise<WebSocket> {
  const origin = target.url.replace('ws:', 'http:').replace('/ws', '');
  const socket = new WebSocket(target.url, {
    headers: { origin, cookie: `parlour=${target.cookie ?? ''}` },
    perMessageDeflate: false,
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  if (hello) {
    const welcomed = new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ type: 'hello', protocol: 1, credential: hello }));
    await welcomed;
  }
  return socket;
}

/** @returns bytes held per socket */
async function perSocket(child: ChildProcess, hellos: (target: Target) => (object | null)[]): Promise<number> {
  const target = await told<Target>(child);
  // The first sockets warm caches and compile code; they stay open and are not counted.
  const sockets: WebSocket[] = [];
  const all = hellos(target);
  const openAll = async (list: (object | null)[]) => {
    for (let start = 0; start < list.length; start += 20) {
      sockets.push(...(await Promise.all(list.slice(start, start + 20).map((hello) => open(target, hello)))));
    }
    await pause(2_000);
  };
  await openAll(all.slice(0, 100));
  const before = await held(child);
  await openAll(all.slice(100));
  const after = await held(child);
  for (const socket of sockets) socket.terminate();
  return (after - before) / (all.length - 100);
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

const visitor = (target: Target) => ({
  kind: 'visitor',
  channelKey: target.channelKey,
  token: `pv_${randomBytes(32).toString('base64url')}`,
});
const mixed = (target: Target) => [
  ...Array.from({ length: VISITORS }, () => visitor(target)),
  ...Array.from({ length: TEAMMATES }, () => ({ kind: 'cookie' })),
];

const dataDir = await mkdtemp(join(tmpdir(), 'parlour-memory-'));
await chmod(dataDir, 0o755);
const database = await startEmbeddedPostgres({ dataDir, log: quiet });
try {
  const bareServer = measured('memory/bare-ws.ts', []);
  const bare = await perSocket(bareServer, () => Array.from({ length: VISITORS + TEAMMATES }, () => null));
  await end(bareServer);
  const ownServer = measured('message-path/parlour-server.ts', [database.url, here('../../dist')]);
  const own = await perSocket(ownServer, mixed);
  await end(ownServer);

  const idle = spawn(process.execPath, [here('../../dist/server/main.js')], {
    env: { ...process.env, DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => idle.stdout.once('data', resolve));
  await pause(10_000);
  const status = await readFile(`/proc/${idle.pid}/status`, 'utf8');
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  await end(idle);

  const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;
  process.stdout.write(`bare ws connection            ${kib(bare)}\n`);
  process.stdout.write(
    `Parlour, idle socket          ${kib(own)}   ${(own / bare).toFixed(2)} × (at most ${MOST_TIMES_BARE})\n`,
  );
  process.stdout.write(
    `Parlour, idle Node process    ${resident.toFixed(0)} MB resident (at most ${MOST_RESIDENT_MB})\n`,
  );
  if (own / bare > MOST_TIMES_BARE || resident > MOST_RESIDENT_MB) process.exitCode = 1;
} finally {
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
}
process.exit();
