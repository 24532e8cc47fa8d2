import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Context } from 'hono';
import type { Upgrade } from '../realtime/connection.ts';

/** The cookie of the workspace app. Over https its name binds it to this host; plain http (local use) cannot have that. */
export function cookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-parlour' : 'parlour';
}

/** Whether a browser says that its page came from this very server. */
export function isSameOrigin(origin: string | undefined, host: string | undefined, publicUrl: string): boolean {
  if (origin === undefined) return false;
  if (origin === publicUrl) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Who is at the other end. A proxy on a private network is believed about whom it speaks for; a stranger is not. */
export function clientAddress(remote: string | undefined, forwardedFor: string | undefined): string {
  const peer = (remote ?? '').replace(/^::ffff:/, '');
  const said = forwardedFor?.split(',').at(-1)?.trim() ?? '';
  return isIP(said) && isPrivate(peer) ? said : peer;
}

/** Who sends a request. */
export function addressOf(context: Context): string {
  const incoming = (context.env as { incoming?: { socket: { remoteAddress?: string } } }).incoming;
  return clientAddress(incoming?.socket.remoteAddress, context.req.header('x-forwarded-for'));
}

function isPrivate(address: string): boolean {
  return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd])/i.test(address);
}

export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** What an upgrade request tells of who asks. */
export function describeUpgrade(request: IncomingMessage, publicUrl: string): Upgrade {
  const { origin, host, cookie } = request.headers;
  const forwardedFor = request.headers['x-forwarded-for'];
  return {
    cookie: readCookie(cookie, cookieName(publicUrl)),
    origin,
    sameOrigin: isSameOrigin(origin, host, publicUrl),
    address: clientAddress(
      request.socket.remoteAddress,
      Array.isArray(forwardedFor) ? forwardedFor.at(-1) : forwardedFor,
    ),
  };
}
