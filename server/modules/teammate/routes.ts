import { randomUUID } from 'node:crypto';
import { eq, lt } from 'drizzle-orm';
import type { Context, Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { commands } from '../../../shared/contract/catalogue.ts';
import { email } from '../../../shared/contract/primitives.ts';
import type { AppParts } from '../../app.ts';
import type { Database, Transaction } from '../../database/connection.ts';
import { API, noStore, readBody } from '../../http/api.ts';
import { addressOf, cookieName, isSameOrigin, readCookie } from '../../http/request-origin.ts';
import { NO_WORKSPACE } from '../../kernel/actor.ts';
import { DomainError, parse } from '../../kernel/errors.ts';
import { equalSecrets, hashToken, randomToken } from '../../kernel/secrets.ts';
import { firstWorkspace } from '../workspace/queries.ts';
import { isPassword } from './password.ts';
import { findByEmail, findSignInSession, holdsPassword } from './queries.ts';
import { signInSession } from './schema.ts';

/** A teammate's browser stays signed in for this long. */
const SESSION_DAYS = 30;

const signIn = v.strictObject({ email, password: v.pipe(v.string(), v.maxLength(200)) });
const setUp = v.strictObject({ token: v.string(), ...commands['workspace.create'].input.entries });

/** The app's own sign-in: an opaque session in a cookie, and the form that makes the workspace. */
export function serveSignIn(app: Hono, parts: AppParts): void {
  const { connections, clock, limits, commandBus, setUpToken, publicUrl, realtime } = parts;
  const name = cookieName(publicUrl);

  app.get(`${API}/session`, async (context) => {
    const token = readCookie(context.req.header('cookie'), name);
    const session = token && (await findSignInSession(connections.db, hashToken(token), clock.now()));
    if (session) return context.json({ state: 'signed-in' }, 200, noStore);
    const workspace = await firstWorkspace(connections.db);
    return context.json({ state: workspace ? 'signed-out' : 'set-up' }, 200, noStore);
  });

  app.post(`${API}/session`, async (context) => {
    mustBeOwnPage(context, publicUrl);
    await limits.signIn(addressOf(context));
    const input = parse(signIn, await readBody(context));
    const found = await findByEmail(connections.db, input.email);
    if (!(await isPassword(input.password, found?.passwordHash ?? null)) || !found) throw wrongPair();
    await forgetEndedSessions();
    const session = await connections.db.transaction(async (tx) => {
      // Checking took a while. A new password ends the sessions it finds: it must find this one, or be found here.
      if (!(await holdsPassword(tx, found))) throw wrongPair();
      return begin(tx, found.workspaceId, found.id);
    });
    giveCookie(context, session);
    return context.body(null, 204);
  });

  app.delete(`${API}/session`, async (context) => {
    mustBeOwnPage(context, publicUrl);
    const token = readCookie(context.req.header('cookie'), name);
    if (token) {
      await connections.db.delete(signInSession).where(eq(signInSession.tokenHash, hashToken(token)));
      realtime.endSession(hashToken(token));
    }
    deleteCookie(context, name, { path: '/', secure: name.startsWith('__Host-') });
    return context.body(null, 204);
  });

  app.post(`${API}/set-up`, async (context) => {
    mustBeOwnPage(context, publicUrl);
    await limits.signIn(addressOf(context));
    const body = await readBody(context);
    if (typeof body['token'] !== 'string' || !equalSecrets(body['token'], setUpToken)) {
      throw new DomainError(
        'unauthenticated',
        'This set-up link is not valid. Copy the whole link from the server’s output.',
      );
    }
    const { token: _checked, ...input } = parse(setUp, body);
    const made = await commandBus.execute(
      'workspace.create',
      input,
      { kind: 'set-up', workspaceId: NO_WORKSPACE },
      { id: randomUUID() },
    );
    giveCookie(context, await begin(connections.db, made.workspaceId, made.teammateId));
    return context.body(null, 204);
  });

  async function forgetEndedSessions(): Promise<void> {
    await connections.db.delete(signInSession).where(lt(signInSession.expiresAt, clock.now()));
  }

  async function begin(
    db: Database | Transaction,
    workspaceId: string,
    teammateId: string,
  ): Promise<{ token: string; expires: Date }> {
    const createdAt = clock.now();
    const token = randomToken();
    const expiresAt = new Date(createdAt.getTime() + SESSION_DAYS * 86_400_000);
    await db
      .insert(signInSession)
      .values({ workspaceId, tokenHash: hashToken(token), teammateId, createdAt, expiresAt });
    return { token, expires: expiresAt };
  }

  function giveCookie(context: Context, { token, expires }: { token: string; expires: Date }): void {
    setCookie(context, name, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: name.startsWith('__Host-'),
      expires,
    });
  }
}

const wrongPair = () =>
  new DomainError('unauthenticated', 'This email and password do not go together. Check both and try again.');

function mustBeOwnPage(context: Context, publicUrl: string): void {
  if (isSameOrigin(context.req.header('origin'), context.req.header('host'), publicUrl)) return;
  throw new DomainError('origin_refused', 'Signing in works only on the server’s own pages.');
}
