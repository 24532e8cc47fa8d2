/** `npm run check -- --only package`: what package.json promises to applications is in dist/, and compiles by the package's name. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file, or one for each condition. */
type Target = string | { [condition: string]: Target };

interface Package {
  name: string;
  exports: Record<string, Target>;
  [field: string]: unknown;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const about = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Package;

const filesOf = (target: Target): string[] =>
  typeof target === 'string' ? [target] : Object.values(target).flatMap(filesOf);

/** What `*` stands for in one; a target without it is there or not. */
function starsOf(target: string): string[] {
  const [before = '', after] = target.split('*');
  if (after === undefined) return existsSync(join(root, target)) ? [''] : [];
  const folder = join(root, dirname(`${before}*`));
  if (!existsSync(folder)) return [];
  const begin = join(root, before).slice(folder.length + 1);
  return readdirSync(folder)
    .filter((file) => file.startsWith(begin) && file.endsWith(after))
    .map((file) => file.slice(begin.length, file.length - after.length));
}

/** What applications can write after the package's name, of everything package.json exports. */
function importable(): string[] {
  return Object.entries(about.exports).flatMap(([name, target]) =>
    starsOf(filesOf(target)[0] ?? '').map((star) => name.replace('*', star).replace('.', about.name)),
  );
}

function missing(): string[] {
  const exported = Object.values(about.exports).flatMap(filesOf);
  const named = [about['customElements'], about['web-types']].filter((file) => typeof file === 'string');
  return [...exported, ...named].filter((file) => starsOf(file).length === 0);
}

/** Each line fails to compile where the type it needs is not shipped. */
const ofWidget = `
import { boot, widget } from 'parlour/widget';
import type { BootOptions, ParlourError, ParlourEvents, ParlourWidget, PlacedWidget, WidgetSettings } from 'parlour/widget';

const options: BootOptions = { server: 'https://chat.shop.example', channel: 'ch_shop', properties: { plan: 'studio', orders: 3 } };
const settings: WidgetSettings = { theme: 'dark', position: 'left' };
const chat: ParlourWidget = await boot(options);
const same: ParlourWidget | undefined = widget('ch_shop');
chat.on('message', ({ detail }) => detail.text.toUpperCase());
// @ts-expect-error There is no such event.
chat.on('shouted', () => undefined);
// @ts-expect-error A token is a text.
await chat.identify({ token: 7 });
await chat.update(settings).catch((error: ParlourError) => error.code === 'superseded');
const unread: ParlourEvents['unread'] | undefined = same?.unreadCount;
window.Parlour?.widgets?.['ch_shop']?.close();

const placed: PlacedWidget | null = document.querySelector('parlour-widget');
await document.createElement('parlour-widget').startConversation('Hello', { order: 'K-1' });
placed?.addEventListener('parlour-message', (event) => event.message.text.toUpperCase());
placed?.addEventListener('parlour-unread', ({ unreadCount }) => unreadCount.toFixed());
// @ts-expect-error It has no such method.
placed?.shout();
export { unread };
`;

function compile(folder: string, ...settings: string[]): Promise<string> {
  const compiler = join(root, 'node_modules', '.bin', 'tsc');
  const target = ['--ignoreConfig', '--strict', '--noEmit', '--target', 'es2022', '--lib', 'es2022,dom', '--types', ''];
  const args = [...target, '--resolveJsonModule', ...settings, join(folder, 'site.ts')];
  return new Promise((resolve) => {
    execFile(compiler, args, { cwd: folder }, (error, stdout, stderr) =>
      resolve(error ? stdout + stderr || error.message : ''),
    );
  });
}

/** An application, with the package installed. */
async function consume(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parlour-package-'));
  try {
    await mkdir(join(folder, 'node_modules'));
    await symlink(root, join(folder, 'node_modules', about.name));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    const json = importable().filter((name) => name.endsWith('.json'));
    const modules = importable().filter((name) => !json.includes(name));
    const imports = [
      ...json.map(
        (name, index) => `import json${index} from '${name}' with { type: 'json' };\njson${index} satisfies object;`,
      ),
      ...modules.map((name, index) => `import * as module${index} from '${name}';\nmodule${index} satisfies object;`),
    ];
    await writeFile(join(folder, 'site.ts'), `${imports.join('\n')}\n${ofWidget}`);
    const results = await Promise.all([
      compile(folder, '--module', 'esnext', '--moduleResolution', 'bundler'),
      compile(folder, '--module', 'nodenext', '--moduleResolution', 'nodenext'),
    ]);
    return results.filter((text) => text !== '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const problems = missing().map((file) => `package.json names ${file}, which is not there after the build.`);
problems.push(...(await consume()));
process.stdout.write(`${problems.join('\n')}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
