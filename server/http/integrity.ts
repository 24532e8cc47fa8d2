import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import type { AppParts } from '../app.ts';

/** Made for each channel at every request, so nobody can know beforehand what is in them. */
const made = /^\/widget(-with-rules)?\.js$/;

/** What a page may pin: the integrity of every script that is a file, by its path. */
export function serveIntegrity(app: Hono, { assets }: Pick<AppParts, 'assets'>): void {
  let integrity: Record<string, string> | undefined;
  app.get('/integrity.json', (context) => {
    integrity ??= Object.fromEntries(
      [...assets.client]
        .filter(([path]) => path.endsWith('.js') && !made.test(path))
        .map(([path, { body }]) => [path, `sha384-${createHash('sha384').update(body).digest('base64')}`]),
    );
    return context.json(integrity, 200, { 'cache-control': 'no-cache', 'access-control-allow-origin': '*' });
  });
}
