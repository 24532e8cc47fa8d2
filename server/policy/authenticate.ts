import type { Connections } from '../database/connection.ts';
import type { Actor, TeammateActor, VisitorActor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { CommandBus } from '../kernel/command-bus.ts';
import { DomainError } from '../kernel/errors.ts';
import { hashToken, unseal } from '../kernel/secrets.ts';
import { findApiKey, touchApiKey } from '../modules/api-key/queries.ts';
import { findChannel, findChannelByKey } from '../modules/channel/queries.ts';
import { findByEmail, findSignInSession, findTeammate, teammateActor } from '../modules/teammate/queries.ts';
import { findVisitorSession, visitorActor } from '../modules/visitor/queries.ts';
import { signingSecret } from '../modules/workspace/queries.ts';
import { isOriginAllowed } from '../channels/web-chat/origin.ts';

/** Who somebody turned out to be, and until when that holds. */
export type Identity<A extends Actor = Actor> = {
  actor: A;
  /** Unix time in milliseconds at which it must be shown again; null where it does not run out. */
  expiresAt: number | null;
};

/** A host's token may live this long: it is asked for again at every connection, so it need not live longer. */
const LONGEST_TOKEN_S = 600;
/** How far the host's clock and ours may be apart. */
const CLOCK_TOLERANCE_S = 30;

const signInAgain = (message: string) => new DomainError('unauthenticated', message);

/** Turns credentials into actors. Every refusal is a sentence for whoever can mend it, and tells nothing of what exists. */
export class Authenticator {
  readonly #connections: Connections;
  readonly #bus: Pick<CommandBus, 'execute'>;
  readonly #clock: Clock;
  readonly #secret: string;
  readonly #publicUrl: string;

  constructor(parts: {
    connections: Connections;
    bus: Pick<CommandBus, 'execute'>;
    clock: Clock;
    secret: string;
    publicUrl: string;
  }) {
    this.#connections = parts.connections;
    this.#bus = parts.bus;
    this.#clock = parts.clock;
    this.#secret = parts.secret;
    this.#publicUrl = parts.publicUrl;
  }

  /** The workspace app's own sign-in. @param token the cookie's value */
  async bySignIn(token: string | undefined): Promise<Identity<TeammateActor>> {
    if (!token) throw signInAgain('Please sign in.');
    const sessionHash = hashToken(token);
    const session = await findSignInSession(this.#connections.db, sessionHash, this.#clock.now());
    const actor = session && (await teammateActor(this.#connections.db, session.workspaceId, session.teammateId));
    if (!actor) throw signInAgain('Your sign-in has run out. Please sign in again.');
    return { actor: { ...actor, sessionHash }, expiresAt: session.expiresAt.getTime() };
  }

  /** An API key, or a teammate token minted by a host's server. */
  async byBearer(token: string): Promise<Identity> {
    if (token.startsWith('pk_')) return this.#byApiKey(token);
    if (token.split('.').length === 3) return this.byTeammateToken(token);
    throw signInAgain(
      'This is neither an API key, which begins with pk_, nor a teammate token, which is a JWT. Make an API key under Settings.',
    );
  }

  async #byApiKey(secret: string): Promise<Identity> {
    const key = await findApiKey(this.#connections.db, hashToken(secret));
    if (!key) throw signInAgain('This API key is not in use. It may have been revoked; make another under Settings.');
    await touchApiKey(this.#connections.db, key, this.#clock.now());
    return {
      actor: { kind: 'api-key', workspaceId: key.workspaceId, id: key.id, scopes: key.scopes },
      expiresAt: null,
    };
  }

  /** A JWT (HS256) signed with the workspace's signing secret: `kid` workspace id, `aud` parlour, `sub` teammate id or email, at most 10 minutes. */
  async byTeammateToken(token: string): Promise<Identity<TeammateActor>> {
    const { decodeProtectedHeader, jwtVerify, errors } = await import('jose');
    const wrong = signInAgain(
      'This teammate token is not valid. It must be an HS256 JWT signed with the signing secret of this workspace.',
    );
    try {
      const { kid } = decodeProtectedHeader(token);
      const sealed = kid && /^[0-9a-f-]{36}$/.test(kid) ? await signingSecret(this.#connections.db, kid) : null;
      if (!kid || !sealed) throw wrong;
      const key = new TextEncoder().encode(unseal(this.#secret, sealed));
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        audience: 'parlour',
        requiredClaims: ['sub', 'iat', 'exp'],
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: this.#clock.now(),
      });
      if (payload.exp! - payload.iat! > LONGEST_TOKEN_S) {
        throw signInAgain('This teammate token lives too long. Set exp to at most 10 minutes after iat.');
      }
      // Else one dated ahead would live until then.
      if (payload.iat! * 1000 > this.#clock.now().getTime() + CLOCK_TOLERANCE_S * 1000) {
        throw signInAgain(
          'This teammate token is from the future. Set iat to the present, and check the clock of the server that signs.',
        );
      }
      const actor = await this.#teammateNamed(kid, payload.sub!);
      if (!actor) throw signInAgain('No teammate of this workspace has the id or email that the token names in sub.');
      return { actor, expiresAt: payload.exp! * 1000 };
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        throw new DomainError(
          'expired',
          'This teammate token has expired. The page must get a fresh one from its server.',
        );
      }
      if (error instanceof errors.JOSEError || error instanceof TypeError) throw wrong;
      throw error;
    }
  }

  async #teammateNamed(workspaceId: string, subject: string): Promise<TeammateActor | null> {
    const { db } = this.#connections;
    if (/^[0-9a-f-]{36}$/.test(subject)) {
      return (await findTeammate(db, workspaceId, subject)) && (await teammateActor(db, workspaceId, subject));
    }
    const named = await findByEmail(db, subject.trim().toLowerCase());
    return named?.workspaceId === workspaceId ? teammateActor(db, workspaceId, named.id) : null;
  }

  /** A visitor's own token, over HTTP: the session must have been begun. */
  async byVisitorToken(token: string, origin?: string): Promise<Identity<VisitorActor>> {
    const session = await findVisitorSession(this.#connections.db, hashToken(token));
    if (!session) throw signInAgain('This visitor token belongs to no session. Begin one first.');
    const channel = await findChannel(this.#connections.db, session.workspaceId, session.channelId);
    this.#checkOrigin(origin, channel?.settings.allowedOrigins ?? []);
    return { actor: visitorActor(session), expiresAt: null };
  }

  /** The widget's hello: begins the session, or goes on with it. */
  async byChannel(
    hello: { channelKey: string; token: string; pageUrl?: string | undefined; identity?: string | undefined },
    origin: string | undefined,
  ): Promise<Identity<VisitorActor>> {
    const channel = await findChannelByKey(this.#connections.db, hello.channelKey);
    if (!channel) {
      throw new DomainError(
        'not_found',
        'This chat does not exist any more. The site’s owner can copy a new snippet from the inbox.',
      );
    }
    this.#checkOrigin(origin, channel.settings.allowedOrigins);
    const stranger = { kind: 'stranger', workspaceId: channel.workspaceId } as const;
    const { channelKey, token, pageUrl, identity } = hello;
    const input = { channelKey, token, ...(pageUrl === undefined ? {} : { pageUrl }) };
    const { sessionId } = await this.#bus.execute('visitor.startSession', input, stranger);
    if (identity !== undefined) {
      const unproven = {
        kind: 'visitor',
        workspaceId: channel.workspaceId,
        id: sessionId,
        channelId: channel.id,
      } as const;
      await this.#bus.execute('visitor.identify', { token: identity }, unproven);
    }
    const session = await findVisitorSession(this.#connections.db, hashToken(token));
    if (!session) throw signInAgain('You have signed out of this chat.');
    return { actor: visitorActor(session), expiresAt: null };
  }

  #checkOrigin(origin: string | undefined, allowed: readonly string[]): void {
    if (isOriginAllowed(origin, allowed, this.#publicUrl)) return;
    throw new DomainError(
      'origin_refused',
      `This chat may not be used on ${origin}. Its owner can allow this address in the channel’s settings.`,
    );
  }
}
