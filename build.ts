/**
 * Builds `dist/`, which is all that runs in production:
 *   client/   widget.js, widget-api.js, compat/*.js, elements.js, assets/* (hashed, so cacheable for ever), app.html, manifest.json; each also as .br and .gz
 *   types/    of what applications import
 *   editors/  what editors complete and explain
 *   server/   main.js, demo.js, their lazy chunks, migrations/
 *   demo/     the demo site
 * `--if-stale` builds only where the sources differ from those `dist/` was made of; `--watch` builds and restarts the server
 * at every change, passing on the arguments that follow.
 */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, watch } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Rolldown, ViteBuilder } from 'vite';

/** `dist/client/manifest.json`: the server reads it to know the hashed names; paths are relative to `dist/client`. */
export interface ClientManifest {
  /** The module the loader imports when the chat is opened. */
  panel: string;
  /** The module it imports when there is a greeting to show. */
  greeter: string;
  /** All files a browser fetches before each of them runs: the entry and everything it imports statically. */
  closures: Record<
    | 'widget'
    | 'widgetWithRules'
    | 'greeter'
    | 'panel'
    | 'emoji'
    | 'elements'
    | 'api'
    | 'intercom'
    | 'chatwoot'
    | 'hubspot',
    string[]
  >;
}

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');
const stampFile = 'sources.sha256';

const sourceFolders = ['shared', 'server', 'widget', 'inbox-elements', 'demo'];
const sourceFiles = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'build.ts',
  'emoji-names.ts',
  'lean-lit.ts',
  'prepare-first-calls.ts',
  'retry-imports.ts',
  'editor-data.ts',
  'custom-elements.json',
];

const copies = [
  { from: 'server/database/migrations', to: 'server/migrations' },
  { from: 'demo/site', to: 'demo' },
  { from: 'inbox-elements/app.html', to: 'client/app.html' },
  { from: 'widget/placed/hosted-page.css', to: 'client/hosted-page.css' },
  { from: 'widget/placed/share-picture.png', to: 'client/share-picture.png' },
];

/** Content rather than dates: a checkout, a copy into an image or a restored cache changes dates and nothing else. */
function sourcesStamp(): string {
  const hash = createHash('sha256');
  const listed = sourceFolders
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of [...listed.sort(), ...sourceFiles.map((file) => join(root, file))]) {
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function isFresh(stamp: string): boolean {
  const path = join(dist, stampFile);
  return existsSync(path) && readFileSync(path, 'utf8') === stamp;
}

/** Builds where `dist/` is missing or was made of other sources. */
export async function buildIfStale(): Promise<void> {
  const stamp = sourcesStamp();
  if (!isFresh(stamp)) await build(stamp);
}

/** Builds into a folder of its own and swaps it in, so that a failed or a second build never leaves half a `dist/`. */
async function build(stamp = sourcesStamp()): Promise<void> {
  const startedAt = performance.now();
  process.stderr.write('Building…\n');
  const folder = join(root, '.tmp', `build-${process.pid}`);
  await rm(folder, { recursive: true, force: true });
  try {
    const { createBuilder } = await import('vite');
    const { default: config } = await import('./vite.config.ts');
    const builder = await createBuilder({ ...config, configFile: false, mode: 'production' });
    const built = new Map<string, Rolldown.OutputChunk[]>();
    for (const name of Object.keys(config.environments)) {
      const environment = builder.environments[name];
      if (!environment) throw new Error(`vite.config.ts declares ${name}, but Vite did not make it`);
      environment.config.build.outDir = join(folder, environment.config.build.outDir);
      // Which plugin took how long is nothing to whoever starts a server.
      environment.config.build.rolldownOptions.checks = { bundlerTimings: false };
      built.set(name, chunksOf(await builder.build(environment)));
    }
    for (const { from, to } of copies) await cp(join(root, from), join(folder, to), { recursive: true });
    const manifest = manifestOf(built);
    await writeFile(join(folder, 'client', 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await Promise.all([
      compress(join(folder, 'client')),
      declare(join(folder, 'types')),
      explain(join(folder, 'editors')),
    ]);
    await writeFile(join(folder, stampFile), stamp);
    await swapIn(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  process.stderr.write(`Built dist/ in ${Math.round(performance.now() - startedAt)} ms\n`);
}

function chunksOf(result: Awaited<ReturnType<ViteBuilder['build']>>): Rolldown.OutputChunk[] {
  if (Array.isArray(result) || !('output' in result)) throw new Error('Vite answered with a watcher or several builds');
  return result.output.filter((file) => file.type === 'chunk');
}

function manifestOf(built: Map<string, Rolldown.OutputChunk[]>): ClientManifest {
  /** @param starts Those chunks it is about; the entry unless said otherwise. */
  const closure = (environment: string, starts = ({ isEntry }: Rolldown.OutputChunk): boolean => isEntry): string[] => {
    const chunks = new Map((built.get(environment) ?? []).map((chunk) => [chunk.fileName, chunk]));
    const reached = new Set<string>();
    const visit = (name: string): void => {
      const chunk = chunks.get(name);
      if (!chunk || reached.has(name)) return;
      reached.add(name);
      chunk.imports.forEach(visit);
    };
    [...chunks.values()].filter(starts).forEach((chunk) => visit(chunk.fileName));
    return [...reached];
  };
  const panelFiles = closure('panel');
  // Of the languages, the one with the most words.
  const [names] = (built.get('panel') ?? [])
    .filter(({ name }) => name.startsWith('emoji-names-'))
    .sort((one, other) => other.code.length - one.code.length);
  const closures = {
    widget: closure('loader'),
    widgetWithRules: closure('loaderWithRules'),
    greeter: closure('greeter'),
    panel: panelFiles,
    emoji: closure('panel', (chunk) => chunk.name === 'widget-emoji' || chunk === names).filter(
      (file) => !panelFiles.includes(file),
    ),
    elements: closure('elements'),
    api: closure('api'),
    intercom: closure('compatIntercom'),
    chatwoot: closure('compatChatwoot'),
    hubspot: closure('compatHubspot'),
  };
  const [panel] = closures.panel;
  const [greeter] = closures.greeter;
  if (panel === undefined || greeter === undefined) throw new Error('The panel or the greeter build made no entry');
  return { panel, greeter, closures };
}

/** Once per build at the highest effort, instead of at every request. */
async function compress(folder: string): Promise<void> {
  const files = await readdir(folder, { recursive: true });
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await Promise.all(
    files
      .filter((file) => /\.(js|css|html|svg)$/.test(file))
      .map(async (file) => {
        const path = join(folder, file);
        const content = await readFile(path);
        await writeFile(`${path}.br`, await promisify(brotliCompress)(content, brotli));
        await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
      }),
  );
}

/** The types of `parlour/widget`, for applications that import it. What is compiled holds under the same rules as everywhere. */
async function declare(folder: string): Promise<void> {
  const compiler = join(root, 'node_modules', '.bin', 'tsc');
  const { compilerOptions } = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8')) as Record<string, object>;
  const settings = `${folder}.json`;
  const output = { noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: root, outDir: folder };
  const files = [join(root, 'widget', 'api', 'widget.ts')];
  await writeFile(settings, JSON.stringify({ compilerOptions: { ...compilerOptions, ...output }, files }));
  await promisify(execFile)(compiler, ['-p', settings]);
  await rm(settings);
}

/** For editors, of what the elements promise. */
async function explain(folder: string): Promise<void> {
  const { editorData, readManifest } = await import('./editor-data.ts');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(editorData(readManifest(), version)))
    await writeFile(join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
}

async function swapIn(folder: string): Promise<void> {
  const old = `${folder}-old`;
  await mkdir(dirname(folder), { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (existsSync(dist)) await rename(dist, old);
      await rename(folder, dist);
      break;
    } catch (error) {
      // Another build swapped its own in between the two renames; five losses in a row are something else.
      if (attempt === 5) throw error;
    } finally {
      await rm(old, { recursive: true, force: true });
    }
  }
}

async function watchAndServe(args: string[]): Promise<void> {
  let server: ChildProcess | undefined;
  let wanted = false;
  let busy = false;

  const restart = async (): Promise<void> => {
    wanted = true;
    if (busy) return;
    busy = true;
    while (wanted) {
      wanted = false;
      try {
        await buildIfStale();
      } catch (error) {
        // The next save may mend it; until then the last good server goes on.
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        continue;
      }
      await stop(server);
      server = spawn(process.execPath, ['--enable-source-maps', join(dist, 'server', 'main.js'), ...args], {
        stdio: 'inherit',
      });
    }
    busy = false;
  };

  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    // An editor writes a file in several steps, and a checkout writes many files.
    timer = setTimeout(() => void restart(), 100);
  };
  for (const folder of sourceFolders) watch(join(root, folder), { recursive: true }, changed);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void stop(server).then(() => process.exit(0)));
  }
  await restart();
}

function stop(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [mode, ...rest] = process.argv.slice(2);
  try {
    if (mode === '--watch') await watchAndServe(rest);
    else if (mode === '--if-stale') await buildIfStale();
    else await build();
  } catch (error) {
    // The bundler's own stack says nothing about the project; its message names the file and the line.
    process.stderr.write(`dist/ was not built. ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
