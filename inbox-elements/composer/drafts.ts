import { jsonText } from '../../shared/client/json-text.ts';
import type { MessageKind } from './composer-events.ts';

/** What is written and not sent, for one conversation. */
export type Draft = { kind: MessageKind; reply: string; note: string };

export const emptyDraft: Draft = { kind: 'reply', reply: '', note: '' };
/** Whose: the next to sign in at this screen finds their own. */
export type DraftPlace = { teammateId: string; conversationId: string | null };

const key = ({ teammateId, conversationId }: DraftPlace): string => `parlour-draft:${conversationId}:${teammateId}`;

/** Where the browser keeps nothing for this page (blocked storage), drafts live as long as the page. */
const inMemory = new Map<string, string>();

/** Drafts outlive the composer and a reload, and end with the tab. */
export function readDraft(place: DraftPlace): Draft {
  const name = key(place);
  const kept = inMemory.get(name) ?? fromStorage(name);
  return kept ? (JSON.parse(kept) as Draft) : emptyDraft;
}

export function keepDraft(place: DraftPlace, draft: Draft): void {
  const name = key(place);
  inMemory.delete(name);
  const kept = draft.reply || draft.note ? jsonText(draft) : '';
  try {
    if (kept) sessionStorage.setItem(name, kept);
    else sessionStorage.removeItem(name);
  } catch {
    // Storage is full, or blocked by the reader's settings.
    if (kept) inMemory.set(name, kept);
  }
}

/** Two drafts of one conversation come together, and neither is lost. */
export function joinDrafts(earlier: Partial<Draft>, later: Draft): Draft {
  const both = (mode: MessageKind): string => [earlier[mode], later[mode]].filter(Boolean).join('\n\n');
  return { ...later, reply: both('reply'), note: both('note') };
}

function fromStorage(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    // Blocked by the reader's settings: then nothing was kept either.
    return null;
  }
}
