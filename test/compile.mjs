/**
 * Makes JavaScript of all TypeScript there is, file by file, in `.tmp/compiled`, for `test/run.ts` and what runs in its processes. Each test
 * file has a process of its own and loads most of the server: compiling it in each of them, or only asking a loader for it, took longer than
 * many tests.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = join(root, '.tmp', 'compiled');
const folders = ['shared', 'server', 'widget', 'inbox-elements', 'demo', 'test'];
const entries = folders.flatMap((name) => readdirSync(join(root, name), { recursive: true, withFileTypes: true }));
const files = [...entries, ...readdirSync(root, { withFileTypes: true })]
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name));

/** Each file stays one of its own, and believes to be where its source is: it looks for others beside itself. */
const fileByFile = {
  name: 'file-by-file',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\..*\.ts$/ }, ({ path }) => ({ path: path.replace(/\.ts$/, '.js'), external: true }));
    // As the build has it: a field can be imported by its name.
    onLoad({ filter: /\.json$/ }, ({ path }) => {
      const fields = Object.entries(JSON.parse(readFileSync(path, 'utf8'))).filter(([name]) => /^[a-z]+$/i.test(name));
      const lines = fields.map(
        ([name, value]) => `const ${name}_ = ${JSON.stringify(value)};\nexport { ${name}_ as ${name} };`,
      );
      return { contents: lines.join('\n'), loader: 'js' };
    });
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const place = { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) };
      // On the first line, lest failures name the line after.
      return { contents: `const sourceFile = ${JSON.stringify(place)};${readFileSync(path, 'utf8')}`, loader: 'ts' };
    });
  },
};

const { outputFiles } = await build({
  entryPoints: files,
  outdir,
  outbase: root,
  bundle: true,
  treeShaking: false,
  keepNames: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  sourcesContent: false,
  define: Object.fromEntries(
    ['url', 'filename', 'dirname'].map((name) => [`import.meta.${name}`, `sourceFile.${name}`]),
  ),
  plugins: [fileByFile],
  logLevel: 'warning',
  write: false,
});

// Another run may be reading them: what is the same stays as it is, and nothing is ever half there.
for (const { path, text } of outputFiles) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}
const made = new Set(outputFiles.map(({ path }) => path));
for (const entry of readdirSync(outdir, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && path.endsWith('.js') && !made.has(path)) rmSync(path, { force: true });
}
