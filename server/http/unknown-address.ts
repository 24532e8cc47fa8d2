import type { Context } from 'hono';
import { hostedPage, hostedPolicy } from './hosted-page.ts';

const message = 'There is nothing at this address.';

/** A page for somebody who opened the address; whatever else asked gets the words as data, and so does whatever asks the API. */
export function answerUnknown(context: Context): Response | Promise<Response> {
  const isOpened = /^(GET|HEAD)$/.test(context.req.method) && /\btext\/html\b/.test(context.req.header('accept') ?? '');
  context.header('cache-control', 'no-store');
  context.header('vary', 'accept');
  if (!isOpened || context.req.path.startsWith('/api/'))
    return context.json({ error: { code: 'not_found', message } }, 404);
  const words = 'Perhaps it was mistyped or cut short, or what stood here is gone.';
  const body = `<main><h1>There is nothing here</h1><p>${words}</p><p><a href="/app">To the inbox</a></p></main>`;
  return context.html(hostedPage('en', message, '<meta name="robots" content="noindex">', body), 404, {
    'content-security-policy': hostedPolicy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
}
