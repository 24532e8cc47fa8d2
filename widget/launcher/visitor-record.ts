const PREFIX = 'parlour:';

/**
 * Where the browser keeps who the visitor is for a channel (see `panel/visitor-memory.ts`). A `+` at the end says that the
 * visitor has had a conversation, so an answer may be waiting. With a colon and a greeting's id: that it was dismissed; with
 * `:since`: the time of the first visit.
 */
export function recordName(channelKey: string): string {
  return PREFIX + channelKey;
}

/**
 * Whether the browser keeps nothing of what happens here, and what it kept of an earlier time counts for nothing. The build takes it out of
 * whatever never asks for it.
 */
export let isForgetful = false;

/** For good: what stands in for a chat, on a page of the team's own, is nobody's. */
export function keepNothing(): void {
  isForgetful = true;
}

/** What is kept for a channel, or under one of its names; nothing where storage is denied: then this is a new visitor. */
export const kept = (key: string): string | undefined => {
  try {
    if (!isForgetful) return localStorage[PREFIX + key] as string | undefined;
  } catch {
    // Storage is denied.
  }
  return;
};

/** Keeps the time under one of a channel's names, unless something is there. */
export function keepNow(key: string): void {
  try {
    if (!isForgetful) localStorage[recordName(key)] ??= Date.now();
  } catch {
    // Storage is denied: it will be said to this visitor again.
  }
}

export function hasConversed(channelKey: string): boolean | undefined {
  return kept(channelKey)?.endsWith('+');
}
