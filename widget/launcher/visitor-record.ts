/**
 * Where the browser keeps the visitor's token for a channel (see `panel/visitor-memory.ts`). A `+` after the token says that the
 * visitor has had a conversation, so an answer may be waiting.
 */
export function recordName(channelKey: string): string {
  return `parlour:${channelKey}`;
}

export function hasConversed(channelKey: string): boolean {
  try {
    return !!localStorage.getItem(recordName(channelKey))?.endsWith('+');
  } catch {
    // Storage is denied: then this is a new visitor.
    return false;
  }
}
