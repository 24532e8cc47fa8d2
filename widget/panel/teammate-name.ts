import type { VisitorState } from '../../shared/state/visitor.ts';

/** What a teammate is called now, as far as it is known: what they wrote or signalled before may bear another name, or none. */
export function teammateName(
  visitor: VisitorState | null | undefined,
  who: { id: string; name?: string },
): string | undefined {
  return visitor?.team.find(({ id }) => id === who.id)?.name ?? who.name;
}
