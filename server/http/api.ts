import type { Context, Hono } from 'hono';
import type * as v from 'valibot';
import { commands, queries, type CommandName, type QueryName } from '../../shared/contract/catalogue.ts';
import type { HttpBinding, Schema } from '../../shared/contract/definition.ts';
import { commandId } from '../../shared/contract/primitives.ts';
import { DomainError, parse } from '../kernel/errors.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Identity } from '../policy/authenticate.ts';
import type { AppParts } from '../app.ts';
import { cookieName, isSameOrigin, readCookie } from './request-origin.ts';

export const API = '/api/v1';

/** A binding's method, and its path as Hono writes it. */
export function routeOf(binding: HttpBinding): { method: string; path: string; parameters: string[] } {
  const [method, path] = binding.split(' ') as [string, string];
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  return { method, path: `${API}${path.replace(/\{(\w+)\}/g, ':$1')}`, parameters };
}

/** The routes of the catalogue: what a command or query may do over HTTP follows from its definition alone. */
export function serveApi(app: Hono, parts: AppParts): void {
  const { commandBus, queryBus, limits } = parts;
  for (const [name, definition] of Object.entries(queries)) {
    const { path } = routeOf(definition.http);
    app.get(path, async (context) => {
      const { actor } = await identify(context, parts);
      await limits.query(actor);
      const input = { ...readQuery(context, definition.input), ...context.req.param() };
      return context.json(await queryBus.ask(name as QueryName, input as never, actor), 200, noStore);
    });
  }
  for (const [name, definition] of Object.entries(commands)) {
    // Set-up and visitor sessions have doors of their own: nobody can be authenticated for them yet.
    if (definition.http === null || name === 'workspace.create' || name === 'visitor.startSession') continue;
    const { method, path } = routeOf(definition.http);
    app.on(method, path, async (context) => {
      const actor = await senderOf(context, parts, name);
      if (!actor) return context.json({}, 200, noStore);
      await limits.command(actor, name);
      const id = context.req.header('idempotency-key') === undefined ? undefined : readKey(context);
      const input = { ...(await readBody(context)), ...context.req.param() };
      const result = await commandBus.execute(
        name as CommandName,
        input as never,
        actor,
        id === undefined ? {} : { id },
      );
      return context.json(result, 200, noStore);
    });
  }
}

export const noStore = { 'cache-control': 'no-store' };

/** Whoever sends a request: by bearer, else by the app's cookie, which counts only from the server's own pages. */
export async function identify(context: Context, { authenticator, publicUrl }: AppParts): Promise<Identity> {
  const origin = context.req.header('origin');
  const bearer = bearerOf(context);
  if (bearer?.startsWith('pv_')) return authenticator.byVisitorToken(bearer, origin);
  if (bearer !== undefined) return authenticator.byBearer(bearer);
  const cookie = readCookie(context.req.header('cookie'), cookieName(publicUrl));
  // The app's own pages say it in fewer words: a person reads them.
  if (cookie === undefined && context.req.header('sec-fetch-site') !== 'same-origin')
    throw new DomainError(
      'unauthenticated',
      'Please sign in: programs send an API key in the header `Authorization: Bearer pk_…`. Keys are made under Settings, API keys.',
    );
  if (
    cookie !== undefined &&
    context.req.method !== 'GET' &&
    !isSameOrigin(origin, context.req.header('host'), publicUrl)
  ) {
    throw new DomainError(
      'origin_refused',
      'A sign-in cookie counts only on the server’s own pages. Programs use an API key.',
    );
  }
  return authenticator.bySignIn(cookie);
}

/**
 * Whoever sends a command; null where nothing is left to do: a session that is to end has ended already, as where two tabs sign out at
 * once, or was never begun.
 */
async function senderOf(context: Context, parts: AppParts, name: string): Promise<Actor | null> {
  try {
    return (await identify(context, parts)).actor;
  } catch (error) {
    const isOver = name === 'visitor.endSession' && bearerOf(context)?.startsWith('pv_');
    if (isOver && error instanceof DomainError && error.code === 'unauthenticated') return null;
    throw error;
  }
}

const bearerOf = (context: Context): string | undefined =>
  /^Bearer\s+(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1];

/** @throws invalid when there is no idempotency key, or one that is no UUIDv7 */
export function readKey(context: Context): string {
  return parse(commandId, context.req.header('idempotency-key'), 'header Idempotency-Key');
}

/** @throws invalid when the body is not a JSON object */
export async function readBody(context: Context): Promise<Record<string, unknown>> {
  const text = await context.req.text();
  if (text === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // JSON.parse throws only for what is not JSON; its message would repeat the body, which may hold a password.
    throw new DomainError('invalid', 'The body must be JSON, and this is not.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new DomainError('invalid', 'The body must be a JSON object.');
  }
  return body as Record<string, unknown>;
}

/** Query strings are text; fields that are numbers by their schema are read as such. What does not fit is left for the schema to refuse. */
function readQuery(context: Context, schema: Schema): Record<string, unknown> {
  const entries = 'entries' in schema ? (schema.entries as Record<string, Schema>) : {};
  const input: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(context.req.query())) {
    const field = entries[key];
    input[key] = field && baseType(field) === 'number' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  }
  return input;
}

/** What a schema is at heart, below "optional" and its checks. */
function baseType(schema: v.GenericSchema): string {
  return 'wrapped' in schema ? baseType(schema.wrapped as v.GenericSchema) : schema.type;
}
