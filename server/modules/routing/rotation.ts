/**
 * Who comes after the last one. Members are in the order of joining; when the last one has left or is off, the first takes over.
 * @returns null when nobody is there to take a turn.
 */
export function nextInTurn(members: readonly string[], last: string | null): string | null {
  if (members.length === 0) return null;
  const index = last === null ? -1 : members.indexOf(last);
  return members[(index + 1) % members.length]!;
}
