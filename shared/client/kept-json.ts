/** What the browser kept as JSON; `none` where that is nothing, broken, or of another shape: what is kept is anybody's to change. */
export function keptJson<T extends object>(text: string, none: T): T {
  try {
    const kept: unknown = JSON.parse(text);
    if (kept && typeof kept === 'object' && Array.isArray(kept) === Array.isArray(none)) return kept as T;
  } catch {
    // Nothing, or not JSON.
  }
  return none;
}
