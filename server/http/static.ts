import type { Context, Hono } from 'hono';
import { serveHostedPages } from './hosted-page.ts';
import { configurationModule, loaderFor } from '../channels/web-chat/loader.ts';
import type { Loader } from '../channels/web-chat/loader.ts';
import { demoChannelKey } from '../modules/channel/queries.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Asset } from '../assets.ts';
import type { AppParts } from '../app.ts';

const YEAR_S = 31_536_000;

/** What a page of ours may load: itself, and nothing from anywhere else but pictures that the team itself put in (logos, cards). */
const appPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob: https:",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** What the demo site says for its chat before there is one. */
const noChatYet =
  '<p class="ribbon no-chat"><strong>There is no chat on this page yet:</strong> the inbox is not set up. Open the set-up link that the server printed when it started, then reload this page.</p>';

/** Scripts are for other sites' pages too. */
const shared = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

/** The loader, the built modules, the app's page, the demo site. */
export function serveStatic(app: Hono, parts: AppParts): void {
  const { assets, connections, clock } = parts;

  /** Made for a channel at every request: short-lived, so that a changed colour or opening hour shows within minutes. */
  const serveMade = (
    path: string,
    make: (
      key: string,
      language: string | undefined,
      acceptLanguage: string | undefined,
      isRest: boolean,
      as: string | undefined,
    ) => Promise<Loader>,
  ): void => {
    app.get(path, async (context) => {
      try {
        const { script, gzip, etag } = await make(
          context.req.query('channel') ?? '',
          context.req.query('language'),
          context.req.header('accept-language'),
          context.req.query('rest') !== undefined,
          context.req.query('name') || undefined,
        );
        const headers = {
          ...shared,
          'cache-control': 'public, max-age=60, stale-while-revalidate=600',
          'content-type': 'text/javascript; charset=utf-8',
          vary: 'accept-encoding, accept-language',
          etag,
        };
        if (context.req.header('if-none-match') === etag) return context.body(null, 304, headers);
        const zips = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
        return zips
          ? context.body(gzip, 200, { ...headers, 'content-encoding': 'gzip' })
          : context.body(script, 200, headers);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        // A browser runs no script that comes with an error's status, and whoever pasted the snippet should read the sentence in their console.
        const headers = { ...shared, 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' };
        return context.body(`console.error(${JSON.stringify(error.message)});\n`, 200, headers);
      }
    });
  };
  serveMade('/widget.js', (key, language, acceptLanguage, _isRest, as) =>
    loaderFor(connections.db, assets, key, clock.now(), language, acceptLanguage, as),
  );
  serveMade('/configuration.js', (key, language, acceptLanguage, isRest) =>
    configurationModule(connections.db, assets, key, clock.now(), language, acceptLanguage, isRest),
  );

  serveHostedPages(app, parts);
  app.get('/', (context) => context.redirect('/app'));
  app.get('/app/', (context) => context.redirect(`/app${new URL(context.req.url).search}`));
  app.get('/app', (context) => page(context, assets.client.get('/app.html'), { 'content-security-policy': appPolicy }));
  app.get('/demo', (context) => context.redirect('/demo/'));
  app.get('/demo/*', async (context) => {
    const path = context.req.path.slice('/demo'.length);
    const asset = assets.demo.get(path.endsWith('/') ? `${path}index.html` : path);
    if (!asset?.type.startsWith('text/html')) return page(context, asset, {});
    const key = await demoChannelKey(connections.db, context.req.query('channel'));
    const html = asset.body.toString('utf8').replaceAll('__CHANNEL_KEY__', encodeURIComponent(key ?? ''));
    const told = key === null ? html.replace('<body>', `<body>\n    ${noChatYet}`) : html;
    return context.html(told, 200, { 'cache-control': 'no-store' });
  });

  for (const [path, asset] of assets.client) {
    if (path.endsWith('.html') || /^\/widget(-with-rules)?\.js$/.test(path)) continue;
    app.get(path, (context) => page(context, asset, shared));
  }
}

function page(context: Context, asset: Asset | undefined, extra: Record<string, string>): Response | Promise<Response> {
  if (!asset) return context.notFound();
  const headers: Record<string, string> = {
    'content-type': asset.type,
    'cache-control': asset.immutable ? `public, max-age=${YEAR_S}, immutable` : 'no-cache',
    etag: asset.etag,
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
    ...extra,
  };
  if (context.req.header('if-none-match') === asset.etag) return context.body(null, 304, headers);
  const accepted = context.req.header('accept-encoding') ?? '';
  if (asset.brotli && /\bbr\b/.test(accepted))
    return send(context, asset.brotli, { ...headers, 'content-encoding': 'br' });
  if (asset.gzip && /\bgzip\b/.test(accepted))
    return send(context, asset.gzip, { ...headers, 'content-encoding': 'gzip' });
  return send(context, asset.body, headers);
}

function send(context: Context, body: Buffer, headers: Record<string, string>): Response {
  return context.body(new Uint8Array(body), 200, headers);
}
