/** Teammate tokens and proofs of who visitors are, as a host's server mints them, good and bad. */
import { createHmac, randomBytes } from 'node:crypto';
import type { TestServer } from './harness.ts';
import type { Office } from './people.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function signingSecret({ server, owner }: Office): Promise<string> {
  const { secret } = await server.execute('workspace.rotateSigningSecret', {}, owner);
  return secret!;
}

export interface TokenParts {
  secret: string;
  workspaceId: string;
  subject: string;
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
}

export async function identitySecret({ server, owner }: Office): Promise<string> {
  const { secret } = await server.execute('workspace.rotateIdentitySecret', {}, owner);
  return secret!;
}

/** A proof of who a visitor is, as a site's server signs it. */
export function identityToken(
  server: TestServer,
  secret: string,
  claims: Record<string, unknown>,
  header?: Record<string, unknown>,
): string {
  const now = Math.floor(server.clock.now().getTime() / 1000);
  const head = { alg: 'HS256', typ: 'JWT', ...header };
  const signed = `${part(head)}.${part({ aud: 'parlour-visitor', exp: now + 300, ...claims })}`;
  return `${signed}.${signature(String(head.alg), secret, signed)}`;
}

/** Signed by hand, so that what is wrong with it is seen in the test. */
export function teammateToken(
  server: TestServer,
  { secret, workspaceId, subject, header, claims }: TokenParts,
): string {
  const iat = Math.floor(server.clock.now().getTime() / 1000);
  const head = { alg: 'HS256', typ: 'JWT', kid: workspaceId, ...header };
  const signed = `${part(head)}.${part({ sub: subject, aud: 'parlour', iat, exp: iat + 300, ...claims })}`;
  return `${signed}.${signature(String(head.alg), secret, signed)}`;
}

function signature(algorithm: string, secret: string, signed: string): string {
  if (algorithm === 'none') return '';
  // Whose key it is signed with makes no difference: the algorithm alone is reason enough.
  if (algorithm === 'RS256') return randomBytes(256).toString('base64url');
  const hash = algorithm === 'HS512' ? 'sha512' : 'sha256';
  return createHmac(hash, secret).update(signed).digest('base64url');
}
