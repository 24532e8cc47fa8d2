import type { Hono } from 'hono';
import { escaped } from '../../shared/state/escaped.ts';
import { channelLook } from '../../shared/state/channel-look.ts';
import type { AppParts } from '../app.ts';
import { builtInGreeting } from '../channels/web-chat/built-in-greeting.ts';
import { findChannelByKey } from '../modules/channel/queries.ts';
import { findWorkspace } from '../modules/workspace/queries.ts';
import { notice, pageWords } from './page-words.ts';

/** Itself alone; a logo may stand on any https host. */
export const hostedPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob: https:",
  "media-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** @param head,body Markup, with every word of somebody else's escaped. */
export function hostedPage(language: string, title: string, head: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"${language === 'ar' ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<title>${escaped(title)}</title>
${head}
<link rel="stylesheet" href="/hosted-page.css">
</head>
<body>
${body}
</body>
</html>
`;
}

/** A page of its own for every channel's chat, to be shared as a link: `/chat/KEY`. */
export function serveHostedPages(app: Hono, { connections, publicUrl }: AppParts): void {
  app.get('/chat/:key', async (context) => {
    const key = context.req.param('key');
    const channel = await findChannelByKey(connections.db, key);
    // The chat speaks the page's language, so the page must be in the visitor's.
    const wanted = context.req.header('accept-language') ?? '';
    const { language, chatWith, needsScript, noChat, noChatHint } = pageWords(wanted);
    const headers = {
      vary: 'accept-language',
      'content-security-policy': hostedPolicy,
      'cache-control': 'public, max-age=60',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    };
    if (!channel) {
      const head = '<meta name="robots" content="noindex">';
      return context.html(hostedPage(language, noChat, head, notice(noChat, noChatHint)), 404, {
        ...headers,
        'cache-control': 'no-store',
      });
    }
    const workspace = await findWorkspace(connections.db, channel.workspaceId);
    const title = chatWith.replace('#', () => workspace?.name ?? '').trim();
    const { greeting, translations } = channelLook(channel.settings);
    const description = translations?.[language]?.greeting ?? greeting ?? builtInGreeting(wanted);
    const tags: Record<string, string> = {
      'og:type': 'website',
      'og:title': title,
      'og:description': description,
      'og:site_name': workspace?.name ?? '',
      'og:url': `${publicUrl}/chat/${key}`,
      'og:image': `${publicUrl}/share-picture.png`,
      'og:image:width': '1200',
      'og:image:height': '630',
      'og:image:alt': title,
    };
    const head = [
      `<meta name="description" content="${escaped(description)}">`,
      ...Object.entries(tags).map(([name, value]) => `<meta property="${name}" content="${escaped(value)}">`),
      '<meta name="twitter:card" content="summary_large_image">',
      '<script type="module" src="/parlour-widget.js"></script>',
    ].join('\n');
    const body = `<main class="chat">
<h1>${escaped(title)}</h1>
<parlour-widget channel="${escaped(key)}" inline></parlour-widget>
<noscript><p>${escaped(needsScript)}</p></noscript>
</main>`;
    return context.html(hostedPage(language, title, head, body), 200, headers);
  });
}
