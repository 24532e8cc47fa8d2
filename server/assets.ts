import { readdirSync, readFileSync } from 'node:fs';
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

/**
 * Reads what the build made, once: it is well under a megabyte. Nothing is served yet that could be held up, and the hundreds of files are read in a tenth
 * of the time that waiting for each would take.
 * @throws StartupError
 */
export async function readAssets(distDir: string): Promise<Assets> {
  const text = (name: string): string => readFileSync(join(distDir, 'client', name), 'utf8');
  try {
    const { panel, greeter } = JSON.parse(text('manifest.json')) as { panel: string; greeter: string };
    return {
      loaders: { plain: text('widget.js'), rules: text('widget-with-rules.js') },
      panel: `/${panel}`,
      greeter: `/${greeter}`,
      client: readFolder(join(distDir, 'client')),
      demo: readFolder(join(distDir, 'demo')),
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new StartupError(`The build is missing from ${distDir}. Run: npm run build`);
    }
    throw error;
  }
}

function readFolder(folder: string): Map<string, Asset> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = new Set(names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)));
  const assets = new Map<string, Asset>();
  for (const path of paths) {
    const type = types[extname(path)];
    if (!type) continue;
    const body = readFileSync(path);
    const name = path.slice(folder.length).replaceAll('\\', '/');
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    assets.set(name, {
      body,
      type,
      etag,
      immutable: name.startsWith('/assets/') && folder.endsWith('client'),
      gzip: paths.has(`${path}.gz`) ? readFileSync(`${path}.gz`) : null,
      brotli: paths.has(`${path}.br`) ? readFileSync(`${path}.br`) : null,
    });
  }
  return assets;
}
