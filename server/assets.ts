import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { createHash } from 'node:crypto';
import type { LoaderKind } from './channels/web-chat/page-script.ts';
import { StartupError } from './kernel/startup-error.ts';

/** A file the build made, with the encodings it made of it. */
export type Asset = {
  body: Buffer;
  type: string;
  etag: string;
  immutable: boolean;
  gzip: Buffer | null;
  brotli: Buffer | null;
};

export type Assets = {
  /** The loader by what a channel asks of it, with a place for the channel's configuration. */
  loaders: Readonly<Record<LoaderKind, string>>;
  /** Path of the panel's module below the server's origin. */
  panel: string;
  /** Path of the module that draws greetings. */
  greeter: string;
  /** Files by their path below the origin, such as /elements.js. */
  client: ReadonlyMap<string, Asset>;
  /** The demo site's files by their path below /demo. */
  demo: ReadonlyMap<string, Asset>;
};

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Reads what the build made, once: it is well under a megabyte. */
export async function readAssets(distDir: string): Promise<Assets> {
  try {
    const [manifest, plain, rules, client, demo] = await Promise.all([
      readFile(join(distDir, 'client', 'manifest.json'), 'utf8'),
      readFile(join(distDir, 'client', 'widget.js'), 'utf8'),
      readFile(join(distDir, 'client', 'widget-with-rules.js'), 'utf8'),
      readFolder(join(distDir, 'client')),
      readFolder(join(distDir, 'demo')),
    ]);
    const { panel, greeter } = JSON.parse(manifest) as { panel: string; greeter: string };
    return { loaders: { plain, rules }, panel: `/${panel}`, greeter: `/${greeter}`, client, demo };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new StartupError(`The build is missing from ${distDir}. Run: npm run build`);
    }
    throw error;
  }
}

async function readFolder(folder: string): Promise<Map<string, Asset>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = new Set(names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)));
  const assets = new Map<string, Asset>();
  for (const path of paths) {
    const type = types[extname(path)];
    if (!type) continue;
    const [body, gzip, brotli] = await Promise.all([
      readFile(path),
      paths.has(`${path}.gz`) ? readFile(`${path}.gz`) : null,
      paths.has(`${path}.br`) ? readFile(`${path}.br`) : null,
    ]);
    const name = path.slice(folder.length).replaceAll('\\', '/');
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    assets.set(name, {
      body,
      type,
      etag,
      immutable: name.startsWith('/assets/') && folder.endsWith('client'),
      gzip,
      brotli,
    });
  }
  return assets;
}
