import { RequestError } from '../../shared/client/client.ts';

/** Whom a proof names. Only the server can tell whether it is true. */
export function subjectOf(token: unknown): string {
  let sub: unknown;
  try {
    const [, claims = ''] = String(token).split('.');
    sub = (JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { sub?: unknown }).sub;
  } catch {
    // Not base64, or not JSON.
  }
  if (typeof sub === 'string' && sub) return sub;
  const message =
    sub === undefined || sub === ''
      ? 'identify({token}) needs a JWT with a "sub", signed by the site’s server.'
      : `The "sub" of the JWT for identify({token}) must be a text, not ${JSON.stringify(sub)}.`;
  throw new RequestError({ code: 'invalid', message });
}
