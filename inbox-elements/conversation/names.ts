import { msg, str } from '@lit/localize';
import type { Author } from '../../shared/contract/part.ts';
import type { Directory } from '../../shared/state/directory.ts';

/** What the people of one conversation are called, seen by one teammate. */
export type Names = {
  readonly contact: string;
  /** What the contact's initials are taken from; `null` while nobody knows who it is. */
  readonly portrait: string | null;
  readonly meId: string;
  /** As the subject of a sentence. */
  teammate(id: string): string;
  /** As its object. */
  toTeammate(id: string): string;
  author(author: Author): string;
};

export function namesIn(directory: Directory | null, contact: string, portrait: string | null): Names {
  const meId = directory?.me.id ?? '';
  const teammate = (id: string) =>
    id === meId ? msg('You') : (directory?.teammates.get(id)?.name ?? msg('Former teammate'));
  const names: { [K in Author['kind']]: (author: Extract<Author, { kind: K }>) => string } = {
    contact: () => contact,
    teammate: ({ id }) => teammate(id),
    'api-key': () => msg('A program'),
    system: () => (directory ? msg(str`${directory.workspace.name} · automatic message`) : msg('Automatic message')),
  };
  return {
    contact,
    portrait,
    meId,
    teammate,
    toTeammate: (id) => (id === meId ? msg('you') : teammate(id)),
    author: (author) => (names[author.kind] as (author: Author) => string)(author),
  };
}
