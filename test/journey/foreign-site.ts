/** Somebody else's web site, on an origin of its own, for pages that embed what Parlour offers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';

export interface ForeignPage {
  body: string;
  type?: string;
  headers?: Record<string, string>;
  status?: number;
}

export class ForeignSite {
  readonly origin: string;
  /** By path; may be changed while the site stands. */
  readonly pages: Map<string, ForeignPage | (() => ForeignPage)>;

  private constructor(origin: string, pages: Map<string, ForeignPage | (() => ForeignPage)>) {
    this.origin = origin;
    this.pages = pages;
  }

  static async open(pages: Record<string, ForeignPage | (() => ForeignPage)> = {}): Promise<ForeignSite> {
    const known = new Map(Object.entries(pages));
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://site').pathname;
      const found = known.get(path);
      // Browsers ask for it by themselves.
      if (path === '/favicon.ico') return response.writeHead(204).end();
      if (!found) return response.writeHead(404).end('Not found');
      const {
        body,
        type = 'text/html; charset=utf-8',
        headers = {},
        status = 200,
      } = typeof found === 'function' ? found() : found;
      return response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    after(() => {
      server.closeAllConnections();
      server.close();
    });
    return new ForeignSite(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, known);
  }
}

/** A page as plain as they come. */
export function plainPage(
  head: string,
  body = '<h1>A page</h1><p>Words of the site itself.</p>',
  lang = 'lang="en"',
): string {
  return `<!doctype html><html ${lang}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A page</title>${head}</head><body>${body}</body></html>`;
}
