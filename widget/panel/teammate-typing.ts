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

/** Which teammates are writing now; calls back when one begins and when their time runs out. */
export class TeammateTyping {
  readonly #changed: () => void;
  #state: TypingState = nobodyTypes;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  in(conversationId: string): Typist | undefined {
    return typistsIn(this.#state, conversationId, Date.now()).find(({ kind }) => kind === 'teammate');
  }

  hear(signal: SignalFrame): void {
    this.#become(applyTyping(this.#state, signal, Date.now()));
  }

  /** What somebody was writing has arrived. */
  written({ author, conversationId }: VisitorPart): void {
    if (author.kind === 'teammate') this.#become(stopTyping(this.#state, conversationId, author.id));
  }

  destroy(): void {
    clearTimeout(this.#timer);
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
