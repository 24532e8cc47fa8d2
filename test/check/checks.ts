/** `npm run check`: what must hold before any test runs. `--only <name>` runs one of them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nothing, printFailure } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';

interface Check {
  name: string;
  says: string;
  command: string[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const own = (file: string): string[] => [process.execPath, '--import', 'tsx', join(root, 'test', 'check', file)];
const tool = (name: string, ...args: string[]): string[] => [join(root, 'node_modules', '.bin', name), ...args];

const checks: Check[] = [
  {
    name: 'build',
    says: 'dist/ can be built',
    command: [process.execPath, '--import', 'tsx', join(root, 'build.ts'), '--if-stale'],
  },
  { name: 'format', says: 'every file is formatted (npm run format)', command: tool('oxfmt', '--check') },
  { name: 'lint', says: 'the linter finds nothing', command: tool('oxlint') },
  { name: 'types', says: 'the types agree', command: tool('tsc', '--noEmit', '-p', 'tsconfig.json') },
  { name: 'imports', says: 'imports run one way', command: own('imports.ts') },
  { name: 'manifest', says: 'custom-elements.json describes the elements as they are', command: own('manifest.ts') },
  { name: 'migrations', says: 'the migrations make the tables as they are', command: own('migrations.ts') },
  { name: 'languages', says: 'every text of the widget is in every language', command: own('languages.ts') },
  { name: 'package', says: 'what package.json promises is there, and typed', command: own('package.ts') },
  { name: 'sizes', says: 'the browser files keep their sizes', command: own('sizes.ts') },
  { name: 'unused', says: 'no file, export or dependency is unused', command: tool('knip') },
];

export async function runChecks(only?: string): Promise<Outcome> {
  const outcome = nothing();
  const waiting = checks.filter((check) => only === undefined || check.name === only);
  // The others read what it makes, each by itself: two at a time, since most of them use one core.
  if (waiting[0]?.name === 'build') await carryOut(waiting.splice(0, 1), outcome);
  await Promise.all([carryOut(waiting, outcome), carryOut(waiting, outcome)]);
  return outcome;
}

/** One after the other, until none waits. */
async function carryOut(waiting: Check[], outcome: Outcome): Promise<void> {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const { name, says, command } = check;
    const { ok, text } = await run(command);
    if (ok) {
      outcome.passed += 1;
      process.stdout.write(`  ✓ ${name}: ${says}\n`);
      // The table of sizes is worth a look even when all is well.
      if (name === 'sizes') process.stdout.write(`${text.trimEnd().replaceAll(/^/gm, '      ')}\n`);
    } else {
      outcome.failed += 1;
      printFailure(`npm run check -- --only ${name}`, `${name}: ${says}`, text);
    }
  }
}

function run([file = '', ...args]: string[]): Promise<{ ok: boolean; text: string }> {
  return new Promise((resolve) => {
    execFile(file, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ ok: error === null, text: stdout + stderr || (error?.message ?? '') });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
  if (only !== undefined && !checks.some(({ name }) => name === only)) {
    process.stderr.write(`No check is named "${only}". The checks: ${checks.map(({ name }) => name).join(', ')}.\n`);
    process.exit(1);
  }
  const { passed, failed } = await runChecks(only);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
