/**
 * Where the browser keeps the visitor's token for a channel (see `panel/visitor-memory.ts`). A `+` after the token says that the
 * visitor has had a conversation, so an answer may be waiting. With a colon and a greeting's id: that it was dismissed; with
 * `:since`: the time of the first visit.
 */
export function recordName(channelKey: string): string {
  return `parlour:${channelKey}`;
}

/**
 * What is kept under a name; nothing where storage is denied: then this is a new visitor.
 * @param otherwise is kept from now on, where nothing is.
 */
export function kept(name: string, otherwise?: string | number): string | number | undefined {
  try {
    return localStorage[name] ?? (otherwise && (localStorage[name] = otherwise));
  } catch {
    return undefined;
  }
}

export function hasConversed(channelKey: string): boolean {
  return `${kept(recordName(channelKey))}`.endsWith('+');
}
