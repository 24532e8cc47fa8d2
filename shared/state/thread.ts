import type { Attachment } from '../contract/attachment.ts';
import type { BlockAnswer } from '../contract/block.ts';
import type { Body } from '../contract/body.ts';
import type { Part, VisitorPart } from '../contract/part.ts';

/** An answer to a block of a message. */
export type BlockReply = { partId: string; blockId: string; answer: BlockAnswer };

/** A message of our own that is not yet a part of the thread. */
export type PendingMessage = {
  /** The command's id, and the id of the part it will be (rule 8). */
  id: string;
  text: string;
  body: Body;
  attachments?: readonly Attachment[];
  /** The answer to a block that it is. */
  answer?: BlockReply;
  /** When the server took it, where it is a rating, which is no part of the thread. */
  takenAt?: string;
  kind: 'message' | 'note';
  /** Whether the conversation is closed with it. */
  closes?: boolean;
  at: string;
  /** `waiting`: the line is down. */
  state: 'sending' | 'waiting' | 'failed';
  /** Why it failed, as a sentence for people. */
  error: string | null;
};

/** What is shown of one conversation: a contiguous piece of it that ends with the newest part (D3, D7). */
export type Thread<P> = {
  /** Contiguous, ascending. */
  parts: readonly P[];
  /** Position of the newest shown part; 0 when there is none. */
  head: number;
  /** Parts beyond a gap, ascending: not shown until the gap is filled. */
  held: readonly P[];
  /** Ask `conversation.parts` with this `after`, and hand the answer to `withAfter`. */
  gapAfter: number | null;
  /** Whether there are parts older than the first shown. */
  more: boolean;
  /** In order of writing, shown after the parts. */
  pending: readonly PendingMessage[];
  /** False until the newest page is in. */
  loaded: boolean;
};

export type ThreadReducer<P> = {
  empty(): Thread<P>;
  /** Throws away the parts and keeps our own unsent messages: after a welcome that did not recover (rule 6). */
  reset(thread: Thread<P>): Thread<P>;
  /** The newest page (`conversation.parts` without a bound). For a conversation that is only just being started: `[]`. */
  withNewest(thread: Thread<P>, parts: readonly P[], more: boolean): Thread<P>;
  /** A page before the first shown part. */
  withOlder(thread: Thread<P>, parts: readonly P[], more: boolean): Thread<P>;
  /** A page after `gapAfter`. */
  withAfter(thread: Thread<P>, parts: readonly P[]): Thread<P>;
  /** A part from an event: a new one, or one that is there already and was answered. */
  add(thread: Thread<P>, part: P): Thread<P>;
  /** A message just written; with the id of a failed one: that one, tried again. */
  addPending(thread: Thread<P>, message: Omit<PendingMessage, 'state' | 'error'>): Thread<P>;
  failPending(thread: Thread<P>, id: string, error: string): Thread<P>;
  dropPending(thread: Thread<P>, id: string): Thread<P>;
  /** A rating was taken: it stays until its question says that or a later one, or is not shown. */
  takeRating(thread: Thread<P>, id: string, takenAt: string): Thread<P>;
  /** Tells messages underway that the line is down, or back. */
  waiting(thread: Thread<P>, isWaiting: boolean): Thread<P>;
};

export function threadOf<P extends { id: string; answers?: Readonly<Record<string, { at: string }>> | undefined }>(
  position: (part: P) => number,
): ThreadReducer<P> {
  const empty = (): Thread<P> => ({
    parts: [],
    head: 0,
    held: [],
    gapAfter: null,
    more: false,
    pending: [],
    loaded: false,
  });

  /** Moves what is contiguous from `beyond` to the shown parts and settles what follows from that. */
  function extend(thread: Thread<P>, beyond: readonly P[]): Thread<P> {
    const added: P[] = [];
    const held: P[] = [];
    let { head } = thread;
    let last = head;
    for (const part of [...beyond].sort((one, other) => position(one) - position(other))) {
      const at = position(part);
      if (at <= last) continue;
      last = at;
      if (thread.loaded && at === head + 1) {
        added.push(part);
        head = at;
      } else {
        held.push(part);
      }
    }
    return settle(thread, added.length ? [...thread.parts, ...added] : thread.parts, head, held);
  }

  function settle(thread: Thread<P>, parts: readonly P[], head: number, held: readonly P[]): Thread<P> {
    const shown = new Set(thread.pending.length ? parts.map(({ id }) => id) : []);
    const pending = thread.pending.filter(({ id, answer, takenAt }) => {
      const asked = takenAt && parts.find((part) => part.id === answer?.partId);
      const said = asked && asked.answers?.[answer!.blockId]?.at;
      return !shown.has(id) && !(takenAt && (!asked || (said && said >= takenAt)));
    });
    return {
      ...thread,
      parts,
      head,
      held,
      gapAfter: thread.loaded && held.length ? head : null,
      pending: pending.length === thread.pending.length ? thread.pending : pending,
    };
  }

  const knows = (thread: Thread<P>, part: P): boolean =>
    (thread.loaded && position(part) <= thread.head) || thread.held.some((held) => position(held) === position(part));

  function withPending(thread: Thread<P>, id: string, change: Partial<PendingMessage>): Thread<P> {
    if (!thread.pending.some((message) => message.id === id)) return thread;
    const pending = thread.pending.map((message) => (message.id === id ? { ...message, ...change } : message));
    return { ...thread, pending };
  }

  function withAfter(thread: Thread<P>, parts: readonly P[]): Thread<P> {
    const news = parts.filter((part) => !knows(thread, part));
    return news.length ? extend(thread, [...thread.held, ...news]) : thread;
  }

  return {
    empty,
    withAfter,
    reset: (thread) => ({ ...empty(), pending: thread.pending }),

    withNewest(thread, page, more) {
      // Of several pages the first may be from before an answer.
      const answered = (part: P): P => thread.held.find(({ id, answers }) => answers && id === part.id) ?? part;
      const parts = page.map(answered);
      const first = parts[0];
      const joins = thread.loaded && (!first || position(first) <= thread.head + 1);
      if (joins) return withAfter(thread, parts);
      const head = parts.at(-1);
      const fresh = { ...thread, loaded: true, more, parts, head: head ? position(head) : 0 };
      return extend(fresh, thread.held);
    },

    withOlder(thread, parts, more) {
      const first = thread.parts[0];
      if (!first) return thread;
      const older = parts.filter((part) => position(part) < position(first));
      const last = older.at(-1);
      // An answer to a question that is no longer the one to ask: the page before was added already.
      if (last ? position(last) !== position(first) - 1 : parts.length > 0) return thread;
      return settle({ ...thread, more }, [...older, ...thread.parts], thread.head, thread.held);
    },

    add(thread, part) {
      if (!part.answers) return withAfter(thread, [part]);
      const again = (one: P): P => (one.id === part.id ? part : one);
      const { parts, head, held } = thread;
      return withAfter(settle(thread, parts.map(again), head, held.map(again)), [part]);
    },

    addPending(thread, message) {
      if (thread.parts.some(({ id }) => id === message.id)) return thread;
      const pending: PendingMessage = { ...message, state: 'sending', error: null };
      return { ...thread, pending: [...thread.pending.filter(({ id }) => id !== message.id), pending] };
    },

    failPending: (thread, id, error) => withPending(thread, id, { state: 'failed', error }),

    dropPending(thread, id) {
      const pending = thread.pending.filter((message) => message.id !== id);
      return pending.length === thread.pending.length ? thread : { ...thread, pending };
    },

    takeRating(thread, id, takenAt) {
      return settle(withPending(thread, id, { takenAt }), thread.parts, thread.head, thread.held);
    },

    waiting(thread, isWaiting) {
      const from = isWaiting ? 'sending' : 'waiting';
      if (!thread.pending.some(({ state }) => state === from)) return thread;
      const state = isWaiting ? 'waiting' : 'sending';
      return { ...thread, pending: thread.pending.map((one) => (one.state === from ? { ...one, state } : one)) };
    },
  };
}

/** Threads as teammates see them. */
export const teammateThread = /* @__PURE__ */ threadOf<Part>((part) => part.seq);

/** Threads as visitors see them. */
export const visitorThread = /* @__PURE__ */ threadOf<VisitorPart>((part) => part.publicSeq);
