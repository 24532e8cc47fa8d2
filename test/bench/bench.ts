/** `npm run bench [part of a name]`: runs `test/bench/*.bench.ts` one after the other, alone, over a fresh `dist/`. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../../build.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const [part = '', ...args] = process.argv.slice(2);
const files = readdirSync(folder).filter((file) => file.endsWith('.bench.ts') && file.includes(part));

if (files.length === 0) {
  process.stderr.write(`No benchmark in test/bench is named like "${part}".\n`);
  process.exit(1);
}
await buildIfStale();
for (const file of files) {
  process.stdout.write(`\n▸ ${file}\n`);
  const child = spawn(process.execPath, ['--import', 'tsx', join(folder, file), ...args], { stdio: 'inherit' });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) process.exitCode = 1;
}
