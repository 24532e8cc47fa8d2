import type { Attachment } from '../../../shared/contract/attachment.ts';
import type { BlockAnswers, RichBlock } from '../../../shared/contract/block.ts';
import type { Body, TextBlock } from '../../../shared/contract/body.ts';
import type { VisitorPart } from '../../../shared/contract/part.ts';
import { messageParts } from '../../../shared/state/message-parts.ts';
import type { PendingMessage, Thread } from '../../../shared/state/thread.ts';

/** Messages of one author closer together than this form one group. */
const GROUP_MS = 5 * 60_000;

/** Who of the team wrote something, or the workspace, whose id is empty. */
export interface Author {
  id: string;
  /** At the time. */
  name: string;
}

/** One bubble, and how it stands between its neighbours. */
export interface ThreadRow {
  id: string;
  /** Null: the visitor's own. */
  author: Author | null;
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

/**
 * A thread as rows: parts, then what is not yet a part, under the same ids, so that one becomes the other in place (rule 8). A page of history
 * more is put before the rows there are, which are not looked at again.
 */
export class ThreadRows {
  #thread: Thread<VisitorPart> | undefined;
  #name = '';
  #rows: readonly ThreadRow[] = [];
  /** Where each author comes in, in order. */
  #firsts: ReadonlyMap<string, ThreadRow> = new Map();
  #newestOwn: ThreadRow | undefined;

  /** The last that the visitor wrote. */
  get newestOwn(): ThreadRow | undefined {
    return this.#newestOwn;
  }

  of(thread: Thread<VisitorPart>, workspaceName: string): readonly ThreadRow[] {
    if (thread === this.#thread && workspaceName === this.#name) return this.#rows;
    const older = workspaceName === this.#name ? olderIn(thread, this.#thread) : undefined;
    const isWhole = older === undefined;
    const fresh = thread.parts
      .slice(0, older)
      .map((part) => bare(part, authorOf(part.author, workspaceName), part.createdAt, part.publicSeq));
    if (isWhole) fresh.push(...thread.pending.map((one) => bare(one, null, one.at, Infinity, one)));
    const held = isWhole ? [] : this.#rows;
    link(fresh, held[0]);
    this.#firsts = meet([...fresh, ...(isWhole ? [] : this.#firsts.values())], thread.more);
    this.#rows = [...fresh, ...held];
    this.#newestOwn = (isWhole ? undefined : this.#newestOwn) ?? fresh.findLast(({ author }) => !author);
    this.#thread = thread;
    this.#name = workspaceName;
    return this.#rows;
  }
}

/** How many parts have come before those there were, if that is all that has changed. */
function olderIn(thread: Thread<VisitorPart>, before?: Thread<VisitorPart>): number | undefined {
  const older = thread.parts.length - (before?.parts.length ?? Infinity);
  const isSame =
    older >= 0 &&
    thread.pending === before?.pending &&
    before.parts.every((part, index) => part === thread.parts[older + index]);
  return isSame ? older : undefined;
}

function link(rows: readonly ThreadRow[], next: ThreadRow | undefined): void {
  let before: ThreadRow | undefined;
  for (const row of next ? [...rows, next] : rows) {
    row.startsDay = !before || before.day !== row.day;
    row.startsGroup = row.startsDay || !before || !together(before, row);
    // Of the one that is there already, what follows it says.
    if (row !== next) row.endsGroup = true;
    if (before) before.endsGroup = row.startsGroup;
    before = row;
  }
}

function meet(rows: readonly ThreadRow[], isMore: boolean): Map<string, ThreadRow> {
  const met = new Map<string, ThreadRow>();
  for (const row of rows) {
    // While there is an older page, whoever writes first in this one may have written before.
    const { id } = row.author ?? {};
    row.joins = !!id && !met.has(id) && (met.size > 0 || !isMore);
    if (id && !met.has(id)) met.set(id, row);
  }
  return met;
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
