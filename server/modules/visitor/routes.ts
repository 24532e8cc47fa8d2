import type { Hono } from 'hono';
import { commands } from '../../../shared/contract/catalogue.ts';
import type { AppParts } from '../../app.ts';
import { noStore, readBody, routeOf } from '../../http/api.ts';
import { addressOf } from '../../http/request-origin.ts';
import { parse } from '../../kernel/errors.ts';

/** Beginning a visitor session over HTTP: for clients that do not speak the socket. */
export function serveVisitorSessions(app: Hono, { authenticator, limits }: AppParts): void {
  const definition = commands['visitor.startSession'];
  app.post(routeOf(definition.http!).path, async (context) => {
    await limits.hello(addressOf(context));
    const hello = parse(definition.input, await readBody(context));
    const { actor } = await authenticator.byChannel(hello, context.req.header('origin'));
    return context.json({ sessionId: actor.id }, 200, noStore);
  });
}
