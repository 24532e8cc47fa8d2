/**
 * `npm test`: every suite, one count. `--only <suite or part of a path>` runs part of it, `--long` adds the `*.long.ts` files,
 * `--times` tells how long each file took.
 * The last line is `N passed, N failed`. A suite that ran nothing has failed: silence is how tests get lost.
 */
import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIfStale } from '../build.ts';
import { findBrowser } from './browser.ts';
import { runChecks } from './check/checks.ts';
import { startTestCluster } from './cluster.ts';
import type { TestCluster } from './cluster.ts';
import { nothing, printFailure } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { runNodeTests } from './run-node.ts';

interface Suite {
  name: string;
  /** Absent: the suite is not made of test files. */
  files?: string[];
  needs: ('dist' | 'database' | 'browser')[];
  run(files: string[]): Promise<Outcome>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, long: { type: 'boolean' }, times: { type: 'boolean' } },
});
const times = options.times ?? false;

const minute = 60_000;
const all = readdirSync('test', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort();
const testFiles = all.filter((path) => path.endsWith('.test.ts'));
const below = (folder: string): string[] => testFiles.filter((path) => path.startsWith(`test/${folder}/`));

// A file about elements runs where elements live, unless it says itself that it belongs to Node (pure functions beside them).
const elementFiles = ['widget', 'inbox-elements', 'shared/ui']
  .flatMap(below)
  .filter((path) => !/from 'node:test'/.test(readFileSync(path, 'utf8')));
// Those that judge whole screens take longest: begun last, one of them would run on alone.
const judges = (path: string): boolean => /expectSoundScreen|sound-window/.test(readFileSync(path, 'utf8'));
const journeyFiles = below('journey').sort((one, other) => Number(judges(other)) - Number(judges(one)));
const faultFiles = below('fault');
const elsewhere = new Set([...elementFiles, ...journeyFiles, ...faultFiles]);

// A file that hangs is to be told of at last: the times below are many times what the longest takes, for a machine may be busy.
const suites: Suite[] = [
  { name: 'check', needs: [], run: () => runChecks() },
  {
    name: 'node',
    files: testFiles.filter((path) => !elsewhere.has(path)),
    needs: ['database'],
    run: (files) => runNodeTests({ files, concurrency: 2, timeoutMs: 6 * minute, times }),
  },
  { name: 'elements', files: elementFiles, needs: ['browser'], run: runElementTests },
  {
    name: 'journey',
    files: journeyFiles,
    needs: ['dist', 'database', 'browser'],
    run: (files) => runNodeTests({ files, concurrency: 2, timeoutMs: 12 * minute, times }),
  },
  {
    name: 'fault',
    files: faultFiles,
    needs: ['dist', 'database'],
    run: (files) => runNodeTests({ files, concurrency: 1, timeoutMs: 10 * minute, times }),
  },
];
if (options.long) {
  suites.push({
    name: 'long',
    files: all.filter((path) => path.endsWith('.long.ts')),
    needs: ['dist', 'database', 'browser'],
    run: (files) => runNodeTests({ files, concurrency: 1, timeoutMs: 60 * minute, times }),
  });
}

/** The suite by its name, or of every suite the files whose path holds the words. */
function selected(): Suite[] {
  const { only } = options;
  if (only === undefined) return suites;
  const named = suites.filter(({ name }) => name === only);
  if (named.length > 0) return named;
  const fragment = only.replace(/^\.\//, '');
  return suites
    .map((suite) => ({ ...suite, files: (suite.files ?? []).filter((path) => path.includes(fragment)) }))
    .filter(({ files }) => files.length > 0);
}

/** One database cluster for the whole run, started for the first suite that needs it. */
let cluster: Promise<TestCluster> | undefined;

async function provide({ needs, files }: Suite): Promise<void> {
  if (needs.includes('dist')) await buildIfStale();
  if (needs.includes('browser')) await findBrowser();
  // These need no database, and a run of one such file should not wait for it.
  if (!needs.includes('database') || files?.every((path) => /^test\/(shared|check)\//.test(path))) return;
  cluster ??= startTestCluster();
  Object.assign(process.env, (await cluster).environment);
}

async function stopCluster(): Promise<void> {
  // A cluster that did not start was already reported as the failure of the suite that needed it.
  await cluster?.then(
    (started) => started.stop(),
    () => undefined,
  );
}

async function runSuite(suite: Suite): Promise<Outcome> {
  process.stdout.write(`\n▸ ${suite.name}${suite.files ? ` (${suite.files.length} files)` : ''}\n`);
  if (suite.files?.length === 0) {
    printFailure(suite.name, 'the suite has no test file', 'Expected files below test/: see test/run.ts.');
    return { ...nothing(), failed: 1 };
  }
  try {
    await provide(suite);
    const outcome = await suite.run(suite.files ?? []);
    if (outcome.passed + outcome.failed > 0) return outcome;
    printFailure(suite.name, 'the suite ran nothing', `${outcome.skipped} skipped.`);
    return { ...outcome, failed: 1 };
  } catch (error) {
    // What broke here is the suite's footing (browser, database); the other suites can still say something.
    printFailure(suite.name, 'the suite could not run', error instanceof Error ? (error.stack ?? '') : String(error));
    return { ...nothing(), failed: 1 };
  }
}

function runElementTests(files: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    let outcome: Outcome = { ...nothing(), failed: 1 };
    const child = fork(join(root, 'test', 'run-elements.ts'), files, { execArgv: ['--import', 'tsx'] });
    child.on('message', (message: Outcome) => {
      outcome = message;
    });
    child.on('close', () => resolve(outcome));
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stopCluster().finally(() => process.exit(130)));
}

const chosen = selected();
if (chosen.length === 0) {
  const names = suites.map(({ name }) => name).join(', ');
  process.stderr.write(`No suite and no test file is named like "${options.only}". The suites: ${names}.\n`);
  process.exit(1);
}

const table: { name: string; outcome: Outcome; seconds: string }[] = [];
try {
  for (const suite of chosen) {
    const startedAt = performance.now();
    const outcome = await runSuite(suite);
    table.push({ name: suite.name, outcome, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) });
  }
} finally {
  await stopCluster();
}

process.stdout.write('\n');
for (const { name, outcome, seconds } of table) {
  const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
  const counts = `${String(outcome.passed).padStart(5)} passed ${String(outcome.failed).padStart(4)} failed${skipped}`;
  process.stdout.write(`${name.padEnd(10)} ${counts} ${seconds.padStart(8)} s\n`);
}
const passed = table.reduce((sum, { outcome }) => sum + outcome.passed, 0);
const failed = table.reduce((sum, { outcome }) => sum + outcome.failed, 0);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
