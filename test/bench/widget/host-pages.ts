/** The pages that are measured: the same believable article, with nothing, with the floor, and with the widget. */
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const paragraph = `<p>${'A page that somebody opened for another reason, with text, headings and a picture or two. '.repeat(8)}</p>`;

const page = (script: string) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Article</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<style>body{font:18px/1.6 Georgia,serif;max-inline-size:42rem;margin:2rem auto;padding-inline:1rem}</style>${script}</head>
<body>${Array.from({ length: 12 }, (_, index) => `<h2>Part ${index + 1}</h2>${paragraph}${paragraph}`).join('')}</body></html>`;

export type HostPages = { none: string; floor: string; widget: string; close(): void };

/** @param snippet the site owner's script tag */
export async function serveHostPages(snippet: string): Promise<HostPages> {
  const bundle = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { conditions: ['production', 'browser', 'module', 'import', 'default'] },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: {
        input: here('floor-panel.ts'),
        preserveEntrySignatures: 'strict',
        output: { format: 'es', entryFileNames: 'floor-panel.js' },
      },
    },
  });
  const [output] = Array.isArray(bundle) ? bundle : [bundle];
  const panel = output && 'output' in output ? output.output[0].code : '';
  const scripts: Record<string, string> = {
    '/floor-loader.js': await readFile(here('floor-loader.js'), 'utf8'),
    '/floor-panel.js': panel,
  };
  // Another origin than the page's, as the widget's server is.
  const cdn = await listen((path) => scripts[path] && { type: 'text/javascript', body: scripts[path] });
  const pages: Record<string, string> = {
    '/none': page(''),
    '/floor': page(`<script async src="${cdn.origin}/floor-loader.js"></script>`),
    '/widget': page(snippet),
  };
  const site = await listen((path) => pages[path] && { type: 'text/html; charset=utf-8', body: pages[path] });
  const close = () => {
    for (const { server } of [cdn, site]) {
      server.closeAllConnections();
      server.close();
    }
  };
  return { none: `${site.origin}/none`, floor: `${site.origin}/floor`, widget: `${site.origin}/widget`, close };
}

async function listen(
  answer: (path: string) => { type: string; body: string } | undefined | '',
): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    const found = answer(new URL(request.url ?? '/', 'http://host').pathname);
    if (!found) return void response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': found.type,
      'content-encoding': 'gzip',
      'access-control-allow-origin': '*',
      'cache-control': 'no-store',
    });
    response.end(gzipSync(found.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { server, origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` };
}
