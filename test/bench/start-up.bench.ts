/**
 * From spawning the process to the first 200 of /readyz, medians of seven. Passes when
 * - with a running database it takes at most 3 × a bare Hono server, bundled by the same builder, in the same run: a restart goes unnoticed;
 * - with the embedded database on an existing folder at most 1 s, on an empty one at most 2 s: whoever typed `npm start` is still looking.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { startEmbeddedPostgres } from '../../server/database/embedded-postgres.ts';

const RUNS = 7;
const MOST_TIMES_BARE = 3;
const MOST_EXISTING_MS = 1_000;
const MOST_EMPTY_MS = 2_000;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const quiet = {
  info: () => undefined,
  warn: () => undefined,
  error: (text: string) => void process.stderr.write(`${text}\n`),
};

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'parlour-start-'));
  await chmod(path, 0o755);
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`, { headers: { connection: 'close' } })).status === 200;
  } catch (error) {
    // Nobody listens yet; anything else that fetch may say means the same here.
    return error instanceof TypeError ? false : Promise.reject(error);
  }
}

/** @returns milliseconds from spawn to ready */
async function start(script: string, env: Record<string, string>): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env, PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    return performance.now() - startedAt;
  } finally {
    await stop(child);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

async function median(run: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < RUNS; turn += 1) times.push(await run());
  return times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)]!;
}

const folders: string[] = [];
const made = async () => {
  const path = await folder();
  folders.push(path);
  return path;
};
const bundle = await made();
await build({
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: true },
  build: {
    ssr: here('start-up/bare-hono.ts'),
    outDir: bundle,
    emptyOutDir: false,
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'bare-hono.mjs' } },
  },
});
const main = here('../../dist/server/main.js');
const database = await startEmbeddedPostgres({ dataDir: await made(), log: quiet });
let failed = false;
function report(name: string, ms: number, most: number, why: string): void {
  failed ||= ms > most;
  process.stdout.write(
    `${name.padEnd(44)} ${ms.toFixed(0).padStart(6)} ms   at most ${most.toFixed(0)} ms (${why})${ms > most ? '  OVER' : ''}\n`,
  );
}
try {
  const bare = await median(() => start(join(bundle, 'bare-hono.mjs'), {}));
  process.stdout.write(`${'bare Hono server'.padEnd(44)} ${bare.toFixed(0).padStart(6)} ms\n`);
  const external = { DATABASE_URL: database.url, DATA_DIR: await made() };
  await start(main, external);
  report(
    'Parlour, database running',
    await median(() => start(main, external)),
    MOST_TIMES_BARE * bare,
    `${MOST_TIMES_BARE} × the bare server`,
  );
  const existing = { DATA_DIR: await made() };
  await start(main, existing);
  report(
    'Parlour, embedded, existing folder',
    await median(() => start(main, existing)),
    MOST_EXISTING_MS,
    'one second',
  );
  report(
    'Parlour, embedded, empty folder',
    await median(async () => start(main, { DATA_DIR: await made() })),
    MOST_EMPTY_MS,
    'two seconds',
  );
} finally {
  await database.stop();
  for (const path of folders) await rm(path, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
