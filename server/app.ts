import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { errorCodes } from '../shared/contract/error.ts';
import type { Assets } from './assets.ts';
import type { Connections } from './database/connection.ts';
import { API, serveApi } from './http/api.ts';
import { serveDocs } from './http/docs.ts';
import { serveIntegrity } from './http/integrity.ts';
import { serveStatic } from './http/static.ts';
import { serveStream } from './http/stream.ts';
import { answerUnknown } from './http/unknown-address.ts';
import type { Clock } from './kernel/clock.ts';
import type { CommandBus } from './kernel/command-bus.ts';
import { DomainError, toErrorBody } from './kernel/errors.ts';
import type { QueryBus } from './kernel/query-bus.ts';
import type { AttachmentLinks } from './modules/attachment/links.ts';
import { serveAttachments } from './modules/attachment/routes.ts';
import type { AttachmentStorage } from './modules/attachment/storage.ts';
import type { Uploads } from './modules/attachment/uploads.ts';
import { serveSignIn } from './modules/teammate/routes.ts';
import { serveVisitorSessions } from './modules/visitor/routes.ts';
import type { Authenticator } from './policy/authenticate.ts';
import type { Limits } from './policy/limits.ts';
import type { Realtime } from './realtime/realtime.ts';

export type AppParts = {
  connections: Connections;
  commandBus: CommandBus;
  queryBus: QueryBus;
  authenticator: Authenticator;
  limits: Limits;
  clock: Clock;
  assets: Assets;
  log: { error(details: object, message: string): void };
  setUpToken: string;
  publicUrl: string;
  realtime: Realtime;
  uploads: Uploads;
  storage: AttachmentStorage;
  attachmentLinks: AttachmentLinks;
  isReady: () => boolean;
};

/** Bodies are commands: the longest message is 40 kB of UTF-8. */
const LARGEST_BODY = 64 * 1024;

/** The Hono app: routes from the catalogue, the few that stand beside it, static files. It knows no feature. */
export function createApp(parts: AppParts): Hono {
  const app = new Hono();
  app.onError((error, context) => {
    if (!(error instanceof DomainError)) parts.log.error({ error, path: context.req.path }, 'a request failed');
    const body = toErrorBody(error);
    if (body.retryAfterMs !== undefined) context.header('retry-after', String(Math.ceil(body.retryAfterMs / 1000)));
    return context.json({ error: body }, errorCodes[body.code]);
  });
  app.notFound(answerUnknown);

  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', async (context) => {
    if (!parts.isReady()) return context.json({ status: 'not ready' }, 503);
    await parts.connections.sql`select 1`;
    return context.json({ status: 'ready' });
  });

  // Tokens travel in a header the page must set itself, so other origins may ask; cookies never travel with such requests.
  const openToBearers = cors({
    origin: '*',
    allowHeaders: ['authorization', 'content-type', 'idempotency-key'],
    maxAge: 7200,
  });
  app.use(`${API}/*`, openToBearers);
  // Before the limit of commands: files have one of their own, held while they come in.
  serveAttachments(app, parts);
  app.use(
    `${API}/*`,
    bodyLimit({
      maxSize: LARGEST_BODY,
      onError: () => {
        throw new DomainError('too_large', 'The body is larger than 64 KiB.');
      },
    }),
  );
  serveSignIn(app, parts);
  serveVisitorSessions(app, parts);
  serveApi(app, parts);
  serveDocs(app, parts.publicUrl);
  serveStream(app, parts);
  serveIntegrity(app, parts);
  serveStatic(app, parts);
  return app;
}
