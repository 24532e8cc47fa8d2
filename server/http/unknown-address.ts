import type { Context } from 'hono';
import { hostedPage, hostedPolicy } from './hosted-page.ts';
import { notice, pageWords } from './page-words.ts';

const message = 'There is nothing at this address.';

/** A page for somebody who opened the address; whatever else asked gets the words as data, and so does whatever asks the API. */
export function answerUnknown(context: Context): Response | Promise<Response> {
  const isOpened = /^(GET|HEAD)$/.test(context.req.method) && /\btext\/html\b/.test(context.req.header('accept') ?? '');
  context.header('cache-control', 'no-store');
  context.header('vary', 'accept, accept-language');
  if (!isOpened || context.req.path.startsWith('/api/'))
    return context.json({ error: { code: 'not_found', message } }, 404);
  const { language, nothing, nothingHint, toInbox } = pageWords(context.req.header('accept-language'));
  const body = notice(nothing, nothingHint, `<p><a href="/app">${toInbox}</a></p>`);
  return context.html(hostedPage(language, nothing, '<meta name="robots" content="noindex">', body), 404, {
    'content-security-policy': hostedPolicy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
}
