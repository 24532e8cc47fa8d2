/**
 * From a visitor's send to a teammate's socket, through the real server and through two floors, on one database in one run.
 * Passes when Parlour acknowledges at least 1.5 × the messages of "one INSERT a message", with a p99 to the teammate no worse than its.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../../server/database/embedded-postgres.ts';
import { postgresClient } from '../../server/database/postgres-client.ts';
import { buildServers } from './message-path/built.ts';
import { runLoad, type Figures, type Target } from './message-path/load.ts';

const AT_LEAST = 1.5;
const ROUNDS = 5;
/** As `npm start` has it, for the floors too: what lives for one message is gone before the collector asks whether it is old. */
const AS_STARTED = ['--max-semi-space-size=32'];
const seconds = Number(process.argv[2] ?? 4);
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const distDir = here('../../dist');
await mkdir(here('../../.tmp'), { recursive: true });
const buildDir = await mkdtemp(here('../../.tmp/bench-'));

const dataDir = await mkdtemp(join(tmpdir(), 'parlour-bench-'));
await chmod(dataDir, 0o755);
const quiet = {
  info: () => undefined,
  warn: () => undefined,
  error: (text: string) => void process.stderr.write(`${text}\n`),
};
const servers = await buildServers(buildDir);
// Safe settings, as in production: what is measured is the waiting for the disk as much as anything.
const database = await startEmbeddedPostgres({ dataDir, log: quiet });

/** Everybody begins with empty tables, in the same cluster. */
async function emptyDatabase(): Promise<string> {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const sql = postgresClient(database.url, { max: 1 });
  await sql.unsafe(`create database ${name}`);
  await sql.end();
  return database.url.replace(/[^/]+$/, name);
}

async function measure(file: string, argument: string): Promise<Figures> {
  const args = [await emptyDatabase(), argument];
  const child = fork(file, args, { execArgv: AS_STARTED });
  try {
    const target = await new Promise<Target>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Target));
      child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    });
    return await runLoad(target, 3_000, seconds * 1_000);
  } finally {
    await end(child);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

const targets: Record<string, () => Promise<Figures>> = {
  'bare ws, no database': () => measure(servers.floor, 'no-database'),
  'bare ws, one INSERT each': () => measure(servers.floor, 'insert'),
  Parlour: () => measure(servers.parlour, distDir),
};

/** Taken in turns, so that what else the machine does meanwhile is everybody's: the median of each figure. */
function medians(all: readonly Figures[]): Figures {
  const middle = (key: keyof Figures) =>
    all.map((one) => one[key]).toSorted((x, y) => x - y)[Math.floor(all.length / 2)]!;
  return {
    perSecond: middle('perSecond'),
    toTeammateP50: middle('toTeammateP50'),
    toTeammateP99: middle('toTeammateP99'),
    toAckP50: middle('toAckP50'),
    toAckP99: middle('toAckP99'),
  };
}

function print(name: string, figures: Figures): void {
  const { perSecond, toAckP50, toAckP99, toTeammateP50, toTeammateP99 } = figures;
  process.stdout.write(
    `${name.padEnd(26)} ${perSecond.toFixed(0).padStart(6)}/s   acknowledged p50 ${toAckP50.toFixed(1)} p99 ${toAckP99.toFixed(1)} ms` +
      `   at a teammate p50 ${toTeammateP50.toFixed(1)} p99 ${toTeammateP99.toFixed(1)} ms\n`,
  );
}

try {
  const taken = new Map<string, Figures[]>(Object.keys(targets).map((name) => [name, []]));
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const [name, take] of Object.entries(targets)) {
      const figures = await take();
      taken.get(name)!.push(figures);
      print(`  ${round}: ${name}`, figures);
    }
  }
  const rounds = Object.fromEntries([...taken].map(([name, all]) => [name, medians(all)]));
  for (const [name, figures] of Object.entries(rounds)) print(name, figures);
  const floor = rounds['bare ws, one INSERT each']!;
  const own = rounds['Parlour']!;
  const ratio = own.perSecond / floor.perSecond;
  const tail = own.toTeammateP99 / floor.toTeammateP99;
  process.stdout.write(`messages a second: ${ratio.toFixed(2)} × the INSERT floor (at least ${AT_LEAST})\n`);
  process.stdout.write(`p99 to a teammate: ${tail.toFixed(2)} × the INSERT floor (at most 1)\n`);
  if (ratio < AT_LEAST || tail > 1) process.exitCode = 1;
} finally {
  await database.stop();
  await Promise.all([dataDir, buildDir].map((folder) => rm(folder, { recursive: true, force: true })));
}
process.exit();
