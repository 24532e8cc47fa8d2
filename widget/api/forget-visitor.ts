import { RequestError } from '../../shared/client/client.ts';
import { UnsentCommands } from '../../shared/client/unsent.ts';
import { recordName } from '../launcher/visitor-record.ts';
import { inMemory, recordOf, tokenIn, visitorRecord } from '../panel/visitor-memory.ts';

/** Forgets all that the browser keeps for a channel whose widget has left, and that there was one. */
export async function wipe(channelKey: string): Promise<void> {
  await forgetVisitor(channelKey);
  // The page's own declaration of it cannot be deleted, and stays.
  if (!window.Parlour) Reflect.deleteProperty(window, 'Parlour');
}

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

/** What the server knows the visitor by; empty where nobody has been here. */
export function heldToken(channelKey: string): string {
  return recordOf(channelKey) && tokenIn(visitorRecord(channelKey));
}

/**
 * Ends a visitor's session on the server.
 * @param address of the loader's script
 * @param token Empty: there is nobody to tell it of.
 */
export async function revokeSession(address: string, token: string): Promise<void> {
  if (!token) return;
  const answer = await fetch(new URL('/api/v1/visitor', address), {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
    // It must also arrive when the page goes away at this moment.
    keepalive: true,
  }).catch(() => undefined);
  // A network's sign-in page answers 200 to everything, but not in JSON.
  const isOurs = answer?.headers.get('content-type')?.startsWith('application/json');
  if (!answer?.ok || !isOurs) {
    throw new RequestError({
      code: 'unavailable',
      message: 'The visitor is forgotten in this browser, but the server could not be told.',
    });
  }
}
