import type { VisitorPart } from '../../shared/contract/part.ts';
import {
  applyTyping,
  expireTyping,
  nextExpiry,
  nobodyTypes,
  stopTyping,
  typistsIn,
} from '../../shared/state/typing.ts';
import type { Typist, TypingState } from '../../shared/state/typing.ts';
import type { SignalFrame } from '../../shared/wire/frames.ts';

/** So long somebody who wrote, or was writing, counts as being there still. */
const STAYING_MS = 180_000;

type Teammate = { id: string; name?: string };

/** Which teammates are writing now, and who was lately; calls back when one begins and when their time runs out. */
export class TeammateTyping {
  readonly #changed: () => void;
  #state: TypingState = nobodyTypes;
  /** Who was heard of last in a conversation, and when by this browser's clock: the server's may say anything else. */
  readonly #last = new Map<string, { who: Teammate; at: number }>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  in(conversationId: string): Typist | undefined {
    return typistsIn(this.#state, conversationId, Date.now()).find(({ kind }) => kind === 'teammate');
  }

  /** @param now Unix time in milliseconds. */
  lately(conversationId: string, now: number): Teammate | undefined {
    const last = this.#last.get(conversationId);
    return last && last.at > now - STAYING_MS ? last.who : undefined;
  }

  hear(signal: SignalFrame): void {
    if (signal.name === 'typing' && signal.from.kind === 'teammate') this.#heardOf(signal.conversationId, signal.from);
    this.#become(applyTyping(this.#state, signal, Date.now()));
  }

  /** What somebody was writing has arrived. */
  written({ author, conversationId }: VisitorPart): void {
    if (author.kind !== 'teammate') return;
    this.#heardOf(conversationId, author);
    this.#become(stopTyping(this.#state, conversationId, author.id));
    this.#changed();
  }

  /** The conversation is done: whoever was in it may have gone. */
  left(conversationId: string): void {
    this.#last.delete(conversationId);
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  #heardOf(conversationId: string, who: Teammate): void {
    this.#last.set(conversationId, { who, at: Date.now() });
  }

  #become(state: TypingState): void {
    if (state === this.#state) return;
    this.#state = state;
    clearTimeout(this.#timer);
    const at = nextExpiry(state);
    // A little late rather than early: an entry that is still there would otherwise be waited for again and again.
    if (at) this.#timer = setTimeout(() => this.#become(expireTyping(this.#state, Date.now())), at - Date.now() + 20);
    this.#changed();
  }
}
