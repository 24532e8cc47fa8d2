/** Fails when custom-elements.json no longer describes the elements: it is generated, and what it says is public. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Manifest {
  modules: {
    path: string;
    declarations: { name: string; tagName?: string }[];
    exports?: { declaration: { name: string; module?: string } }[];
  }[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const written = join(root, 'custom-elements.json');

function generate(): string {
  mkdirSync(join(root, '.tmp'), { recursive: true });
  const folder = mkdtempSync(join(root, '.tmp', 'manifest-'));
  try {
    const cem = join(root, 'node_modules', '.bin', 'cem');
    execFileSync(cem, ['analyze', '--quiet', '--outdir', relative(root, folder)], { cwd: root, stdio: 'pipe' });
    return readFileSync(join(folder, 'custom-elements.json'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fail(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
  process.exitCode = 1;
}

const now = generate();
const { modules } = JSON.parse(now) as Manifest;
const before = existsSync(written) ? readFileSync(written, 'utf8') : '';
if (modules.length === 0)
  fail('No element was found: each needs a class that extends LitElement and @tag in its JSDoc.');
else if (before !== now) {
  const was = new Map((before ? (JSON.parse(before) as Manifest).modules : []).map((m) => [m.path, JSON.stringify(m)]));
  const changed = modules.filter((module) => was.get(module.path) !== JSON.stringify(module)).map(({ path }) => path);
  const gone = [...was.keys()].filter((path) => !modules.some((module) => module.path === path));
  const list = [...changed, ...gone.map((path) => `${path} (gone)`)].join('\n  ');
  fail(`custom-elements.json is out of date. Run "npm run manifest" and commit it. It differs in:\n  ${list}`);
}

// An editor that follows an export must find what it stands for.
const declared = new Map(modules.map(({ path, declarations }) => [path, declarations.map(({ name }) => name)]));
for (const { path, exports = [] } of modules) {
  for (const { declaration } of exports) {
    const from = declaration.module ?? path;
    if (!declared.get(from)?.includes(declaration.name))
      fail(`custom-elements.json says that ${path} exports ${declaration.name}, which it declares nowhere in ${from}.`);
  }
}

// Registration is apart from the class, so a forgotten @tag would silently leave an element out.
const described = new Set(modules.flatMap(({ declarations }) => declarations.map(({ tagName }) => tagName)));
for (const folder of ['inbox-elements', 'widget', 'shared/ui']) {
  for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const source = readFileSync(join(root, folder, file), 'utf8');
    for (const [, tag] of source.matchAll(/['"](parlour-[a-z-]+)['"]:\s*[A-Z]\w*\s*[,}]/g)) {
      if (!described.has(tag)) fail(`${folder}/${file} registers ${tag}, but no class has "@tag ${tag}" in its JSDoc.`);
    }
  }
}
