import { RequestError } from '../../shared/client/client.ts';
import { UnsentCommands } from '../../shared/client/unsent.ts';
import { recordName } from '../launcher/visitor-record.ts';
import { inMemory } from '../panel/visitor-memory.ts';

/** Forgets all that the browser keeps for a channel. */
export async function forgetVisitor(channelKey: string): Promise<void> {
  const name = recordName(channelKey);
  const isOfIt = (kept: string): boolean => kept === name || kept.startsWith(`${name}:`);
  for (const kept of inMemory.keys()) if (isOfIt(kept)) inMemory.delete(kept);
  for (const place of ['localStorage', 'sessionStorage'] as const) {
    try {
      for (const kept of Object.keys(window[place])) if (isOfIt(kept)) window[place].removeItem(kept);
    } catch {
      // Storage is denied: then nothing was kept in it.
    }
  }
  try {
    // Pages in other tabs hear of it, and forget what they said of the visitor, too.
    localStorage.setItem(channelKey, '');
    localStorage.removeItem(channelKey);
  } catch {
    // Storage is denied, or full: then what was above could still be taken away.
  }
  await new UnsentCommands(`${channelKey}:`).forget();
}

/**
 * Ends a visitor's session on the server.
 * @param address of the loader's script
 */
export async function revokeSession(address: string, token: string): Promise<void> {
  const answer = await fetch(new URL('/api/v1/visitor', address), {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
    // It must also arrive when the page goes away at this moment.
    keepalive: true,
  }).catch(() => undefined);
  // A network's sign-in page answers 200 to everything, but not in JSON. 401: there was no session, which is as good.
  const isOurs = answer?.headers.get('content-type')?.startsWith('application/json');
  if (!answer || !isOurs || !(answer.ok || answer.status === 401)) {
    throw new RequestError({
      code: 'unavailable',
      message: 'The visitor is forgotten in this browser, but the server could not be told.',
    });
  }
}
