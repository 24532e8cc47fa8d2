import type { VisitorState } from '../../shared/state/visitor.ts';

type Team = VisitorState['team'];

/** What a teammate is called now, as far as it is known: what they wrote or signalled before may bear another name, or none. */
export function teammateName(team: Team | undefined, who: { id: string; name?: string }): string | undefined {
  return team?.find(({ id }) => id === who.id)?.name ?? who.name;
}
