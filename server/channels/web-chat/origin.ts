/**
 * Whether a page's origin may use a channel. An empty list allows any; the server's own pages are always allowed.
 * It limits abuse by other sites; it is not authentication, which a script can dress up for.
 * @param origin the Origin header; absent from programs that are no browser, which a list does not concern.
 */
export function isOriginAllowed(origin: string | undefined, allowed: readonly string[], own: string): boolean {
  if (origin === undefined || origin === own || allowed.length === 0) return true;
  return allowed.some((pattern) => matches(pattern, origin));
}

function matches(pattern: string, origin: string): boolean {
  const [scheme, host] = pattern.split('://');
  if (!host?.startsWith('*.')) return pattern === origin;
  const [originScheme, originHost] = origin.split('://');
  return scheme === originScheme && originHost !== undefined && originHost.endsWith(host.slice(1));
}
