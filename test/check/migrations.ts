/** Fails when a table has changed and no migration says so: what `npm run db:generate` would write must be nothing. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const known = join(root, 'server', 'database', 'migrations');

mkdirSync(join(root, '.tmp'), { recursive: true });
const folder = mkdtempSync(join(root, '.tmp', 'migrations-'));
try {
  const copy = join(folder, 'migrations');
  cpSync(known, copy, { recursive: true });
  const config = join(folder, 'drizzle.config.ts');
  const out = JSON.stringify(`./${relative(root, copy)}`);
  writeFileSync(config, `import own from '../../drizzle.config.ts';\nexport default { ...own, out: ${out} };\n`);
  // Without a terminal it gives up where it would ask whether a column is new or has another name.
  const { status, stdout, stderr } = spawnSync(
    join(root, 'node_modules', '.bin', 'drizzle-kit'),
    ['generate', '--config', relative(root, config)],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const before = new Set(readdirSync(known));
  const missing = readdirSync(copy).filter((name) => !before.has(name));
  if (status !== 0 || missing.length > 0 || !stdout.includes('No schema changes')) {
    const statements = missing.map((name) => readFileSync(join(copy, name), 'utf8')).join('\n');
    const what = statements || stdout + stderr;
    process.stdout.write(
      `The tables are not what the migrations make. Run "npm run db:generate" and commit it:\n${what}\n`,
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
