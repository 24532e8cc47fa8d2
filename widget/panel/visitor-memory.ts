import { uuidv7 } from '../../shared/contract/uuid.ts';
import { hasConversed, isForgetful, recordName } from '../launcher/visitor-record.ts';

/** Where the browser keeps nothing for this page, the visitor is remembered as long as the page lives. */
export const inMemory = new Map<string, string>();

const recordPattern = /^pv_[\w-]{43,}/;
const TOKEN_LENGTH = 46;

/** Names what is written before there is a chat, and so no conversation that it could begin. */
export const UNNAMED = '-';

/**
 * What a visitor is remembered as, made at the first call: their token, and after it the id of their first conversation, which is no
 * secret. Somebody who has been here for long may have only a token.
 */
export function visitorRecord(channelKey: string): string {
  const kept = read(channelKey);
  if (kept) return kept;
  const base64 = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
  const record = `pv_${base64.replaceAll('+', '-').replaceAll('/', '_').replace('=', uuidv7())}`;
  keep(channelKey, record);
  return record;
}

/** The visitor's own secret: 256 random bits. */
export function tokenIn(record: string): string {
  return record.slice(0, TOKEN_LENGTH);
}

/** The id of a visitor's first conversation: what tabs that begin it at the same moment agree on. Empty where there is none. */
export function firstConversation(record: string): string {
  return record.slice(TOKEN_LENGTH);
}

/** Names the visitor in what the browser keeps: the end of the record tells visitors apart, and is no secret. */
export function ownerName(channelKey: string, record: string): string {
  return `${channelKey}:${record.slice(-8)}:`;
}

/**
 * What an unsent text is kept as: of a visitor, in a conversation of theirs, or in the one that is not yet begun.
 * @param record what the browser keeps of them, or kept where somebody else is here by now; left out for whoever is here
 */
export function draftName(channelKey: string, record: string | undefined, conversationId = ''): string {
  return `${channelKey}:draft:${draftOwner(channelKey, record)}:${conversationId}`;
}

/** Tells what one visitor began from what another did; empty while nobody is known. */
export function draftOwner(channelKey: string, record = read(channelKey)): string {
  return record?.slice(-8) ?? '';
}

/** Remembers that there is a conversation, for the launcher of the next page: unless that will be somebody else's. */
export function rememberConversation(channelKey: string, record: string): void {
  if (read(channelKey) === record && !hasConversed(channelKey)) keep(channelKey, `${record}+`);
}

function read(channelKey: string): string | undefined {
  return recordPattern.exec(recordOf(channelKey))?.[0];
}

/** `sessionStorage`: for this tab alone, as long as it is there. */
type Place = 'localStorage' | 'sessionStorage';

/** What is kept for a channel, or for a part of it; empty where there is nothing. */
export function recordOf(channelKey: string, place: Place = 'localStorage'): string {
  const name = recordName(channelKey);
  let kept = inMemory.get(name);
  try {
    if (!isForgetful) kept ??= window[place].getItem(name) ?? undefined;
  } catch {
    // Storage is denied: what is in memory counts.
  }
  return kept ?? '';
}

/** An empty record is none. */
export function keep(channelKey: string, record: string, place: Place = 'localStorage'): void {
  const name = recordName(channelKey);
  inMemory.delete(name);
  if (isForgetful) return void inMemory.set(name, record);
  try {
    if (record) window[place].setItem(name, record);
    else window[place].removeItem(name);
  } catch {
    // Storage is denied or full.
    inMemory.set(name, record);
  }
}
