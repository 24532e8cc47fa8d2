import type { VisitorPart } from '../contract/part.ts';
import type { VisitorSnapshot } from '../contract/visitor.ts';
import type { Resume, VisitorEvent, WelcomeFrame } from '../wire/frames.ts';

/** Remembers how far this end has heard, to go on from there on the next line (rule 6). */
export type Bookmark<Event> = {
  /** What goes into `hello.resume` beside the epoch. */
  read(): Omit<Resume, 'epoch'>;
  welcome(frame: WelcomeFrame): void;
  events(events: readonly Event[]): void;
  /** The server says where the log stands, and that everything before was heard here. */
  head(position: string): void;
  answer(result: unknown): void;
};

const nothing = (): void => {};

/** A teammate's: the position in the log. */
export function positionBookmark<Event>(): Bookmark<Event> {
  let position = '';
  return {
    read: () => ({ position }),
    // What was missed follows the welcome; until the next head says that it came, the position before is the safe one.
    welcome: (frame) => {
      if (!frame.recovered || !position) position = frame.position;
    },
    events: nothing,
    head: (current) => {
      position = current;
    },
    answer: nothing,
  };
}

/** A visitor's: the head of each thread, as far as it was heard without a gap. */
export function headsBookmark(): Bookmark<VisitorEvent> {
  let heads: Record<string, number> = {};
  const hear = (part: VisitorPart): void => {
    if (part.publicSeq === (heads[part.conversationId] ?? 0) + 1) heads[part.conversationId] = part.publicSeq;
  };
  return {
    read: () => ({ heads }),
    welcome: ({ recovered, visitor }) => {
      if (!recovered) heads = {};
      for (const { id, publicSeq } of visitor?.conversations ?? ([] as VisitorSnapshot['conversations'])) {
        heads[id] ??= publicSeq;
      }
    },
    events: (events) => {
      for (const { part } of events) if (part) hear(part);
    },
    head: nothing,
    // The parts that fill a gap come as an answer.
    answer: (result) => {
      const { parts } = (result ?? {}) as { parts?: readonly VisitorPart[] };
      if (Array.isArray(parts)) parts.forEach(hear);
    },
  };
}
