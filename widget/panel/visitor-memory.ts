import { uuidOf } from '../../shared/contract/uuid.ts';
import { hasConversed, recordName } from '../launcher/visitor-record.ts';

/** Where the browser keeps nothing for this page, the visitor is remembered as long as the page lives. */
export const inMemory = new Map<string, string>();

const tokenPattern = /^pv_[\w-]{43}/;

/** The visitor's own secret for a channel: 256 random bits, made at the first call. */
export function visitorToken(channelKey: string): string {
  const kept = read(channelKey);
  if (kept) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const base64 = btoa(String.fromCharCode(...bytes));
  const token = `pv_${base64.replaceAll('+', '-').replaceAll('/', '_').replace('=', '')}`;
  keep(channelKey, token);
  return token;
}

/** The id of a visitor's first conversation: what tabs that begin it at the same moment agree on. It tells too little of the token to guess the rest. */
export function firstConversation(channelKey: string): string {
  return uuidOf(new TextEncoder().encode(visitorToken(channelKey).slice(-16)));
}

/** Names the visitor in what the browser keeps: the end of the token tells visitors apart, and does not give it away. */
export function ownerName(channelKey: string): string {
  return `${channelKey}:${visitorToken(channelKey).slice(-8)}:`;
}

/** What an unsent text is kept as: of this visitor, in a conversation of theirs, or in the one that is not yet begun. */
export function draftName(channelKey: string, conversationId = ''): string {
  return `${channelKey}:draft:${draftOwner(channelKey)}:${conversationId}`;
}

/** Tells what one visitor began from what another did; empty while nobody is known. */
export function draftOwner(channelKey: string): string {
  return read(channelKey)?.slice(-8) ?? '';
}

/** Remembers that there is a conversation, for the launcher of the next page. */
export function rememberConversation(channelKey: string): void {
  const token = read(channelKey);
  if (token && !hasConversed(channelKey)) keep(channelKey, `${token}+`);
}

function read(channelKey: string): string | undefined {
  return tokenPattern.exec(recordOf(channelKey))?.[0];
}

/** `sessionStorage`: for this tab alone, as long as it is there. */
type Place = 'localStorage' | 'sessionStorage';

/** What is kept for a channel, or for a part of it; empty where there is nothing. */
export function recordOf(channelKey: string, place: Place = 'localStorage'): string {
  const name = recordName(channelKey);
  let kept = inMemory.get(name);
  try {
    kept ??= window[place].getItem(name) ?? undefined;
  } catch {
    // Storage is denied: what is in memory counts.
  }
  return kept ?? '';
}

/** An empty record is none. */
export function keep(channelKey: string, record: string, place: Place = 'localStorage'): void {
  const name = recordName(channelKey);
  inMemory.delete(name);
  try {
    if (record) window[place].setItem(name, record);
    else window[place].removeItem(name);
  } catch {
    // Storage is denied or full.
    inMemory.set(name, record);
  }
}
