import type { VisitorPart } from '../../contract/part.ts';
import type { VisitorSnapshot } from '../../contract/visitor.ts';
import type { Resume, ServerFrame, VisitorEvent } from '../../wire/frames.ts';

/**
 * The answered messages that this tab has heard of, for tabs that have not: an answer changes a message that they hold already and
 * takes no place of its own, so no head tells whether it was missed.
 */
export class HeardAnswers {
  /** When this tab heard something last. */
  at: number | undefined;
  /** From when on nothing can have been missed here. */
  #since = Date.now();
  readonly #parts = new Map<string, VisitorPart>();

  hear(frame: ServerFrame): void {
    this.at = Date.now();
    if (frame.type === 'welcome' && !frame.recovered) {
      this.#since = this.at;
      this.#parts.clear();
    }
    if (frame.type !== 'events') return;
    // Only visitors share a line.
    for (const { part } of frame.events as VisitorEvent[]) if (part?.answers) this.#parts.set(part.id, part);
  }

  /**
   * What a tab may have missed; null where that is not known here.
   * @param at when it heard something last
   */
  missed({ conversations }: VisitorSnapshot, { heads = {} }: Resume, at = 0): VisitorEvent[] | null {
    if (at < this.#since && Object.keys(heads).length > 0) return null;
    return [...this.#parts.values()].flatMap((part) => {
      const conversation = conversations.find(({ id }) => id === part.conversationId);
      // What comes after its head it has not yet, and gets with its answers.
      if (!conversation || part.publicSeq > (heads[part.conversationId] ?? 0)) return [];
      const id = `conversation.answered ${part.id}`;
      return { id, name: 'conversation.answered', at: part.createdAt, conversation, part };
    });
  }
}
