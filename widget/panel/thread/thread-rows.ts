import type { Attachment } from '../../../shared/contract/attachment.ts';
import type { BlockAnswers, RichBlock } from '../../../shared/contract/block.ts';
import type { Body, TextBlock } from '../../../shared/contract/body.ts';
import type { VisitorPart } from '../../../shared/contract/part.ts';
import { messageParts } from '../../../shared/state/message-parts.ts';
import type { PendingMessage, Thread } from '../../../shared/state/thread.ts';

/** Messages of one author closer together than this form one group. */
const GROUP_MS = 5 * 60_000;

/** One bubble, and how it stands between its neighbours. */
export interface ThreadRow {
  id: string;
  /** Null: the visitor's own. */
  author: { id: string; name: string } | null;
  body: readonly TextBlock[];
  blocks: readonly RichBlock[];
  answers: BlockAnswers | undefined;
  /** Those that no block shows. */
  attachments: readonly Attachment[] | undefined;
  at: string;
  /** When that is in Unix milliseconds, and when its day began. */
  time: number;
  day: number;
  /** Infinite while the server does not have it. */
  publicSeq: number;
  /** Null when the server has it. */
  pending: PendingMessage | null;
  startsDay: boolean;
  startsGroup: boolean;
  endsGroup: boolean;
  /** Whether a person of the team writes here for the first time. */
  joins: boolean;
}

/** A thread as rows: parts, then what is not yet a part, under the same ids, so that one becomes the other in place (rule 8). */
export function rowsOf(thread: Thread<VisitorPart>, workspaceName: string): ThreadRow[] {
  const rows = [
    ...thread.parts.map((part) => bare(part, authorOf(part.author, workspaceName), part.createdAt, part.publicSeq)),
    ...thread.pending.map((pending) => bare(pending, null, pending.at, Infinity, pending)),
  ];
  const met = new Set<string>();
  let before: ThreadRow | undefined;
  for (const row of rows) {
    row.startsDay = !before || before.day !== row.day;
    row.startsGroup = row.startsDay || !before || !together(before, row);
    row.endsGroup = true;
    if (before) before.endsGroup = row.startsGroup;
    // While there is an older page, whoever writes first in this one may have written before.
    const { id } = row.author ?? {};
    row.joins = !!id && !met.has(id) && (met.size > 0 || !thread.more);
    if (id) met.add(id);
    before = row;
  }
  return rows;
}

type Shown = {
  id: string;
  body: Body;
  attachments?: readonly Attachment[] | undefined;
  answers?: BlockAnswers | undefined;
};

/** Of what has not changed since: a page of history more must not cost as much as all of it. */
const made = new WeakMap<Shown, ThreadRow>();

function bare(
  shown: Shown,
  author: ThreadRow['author'],
  at: string,
  publicSeq: number,
  pending: PendingMessage | null = null,
): ThreadRow {
  const held = made.get(shown);
  if (held) return held;
  const { id, body, attachments, answers } = shown;
  const { text, blocks, attachments: beside } = messageParts(body, attachments);
  const row: ThreadRow = {
    id,
    author,
    body: text,
    blocks,
    answers,
    attachments: beside,
    at,
    time: Date.parse(at),
    day: dayOf(at),
    publicSeq,
    pending,
    startsDay: false,
    startsGroup: true,
    endsGroup: true,
    joins: false,
  };
  made.set(shown, row);
  return row;
}

/** By the local clock, and without `Intl`, which would take a tenth of a second for ten thousand. */
const dayOf = (at: string): number => new Date(at).setHours(0, 0, 0, 0);

function authorOf(author: VisitorPart['author'], workspaceName: string): ThreadRow['author'] {
  if (author.kind === 'visitor') return null;
  return author.kind === 'teammate' ? author : { id: '', name: workspaceName };
}

function together(one: ThreadRow, next: ThreadRow): boolean {
  return one.author?.id === next.author?.id && next.time - one.time < GROUP_MS;
}
