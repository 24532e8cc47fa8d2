import type { Hono } from 'hono';

/** The API's description and its page. Made on first use: no visitor waits for it. */
export function serveDocs(app: Hono, publicUrl: string): void {
  app.get('/openapi.json', async (context) => {
    const { openApi } = await import('./openapi.ts');
    return context.json(openApi(publicUrl));
  });
  app.get('/docs', async (context) => {
    const { docsPage, docsPolicy } = await import('./docs-page.ts');
    return context.html(docsPage(publicUrl), 200, { 'content-security-policy': docsPolicy });
  });
}
