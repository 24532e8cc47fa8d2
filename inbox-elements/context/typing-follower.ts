import type { ReactiveControllerHost } from 'lit';
import type { Part } from '../../shared/contract/part.ts';
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

/** Who types now, for one element: it is rendered again when somebody starts and when their time runs out. */
export class TypingFollower {
  readonly #host: ReactiveControllerHost;
  #state: TypingState = nobodyTypes;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  typists(conversationId: string): readonly Typist[] {
    return typistsIn(this.#state, conversationId, Date.now());
  }

  visitorTypes(conversationId: string): boolean {
    return this.typists(conversationId).some(({ kind }) => kind === 'visitor');
  }

  hear(signal: SignalFrame): void {
    this.#become(applyTyping(this.#state, signal, Date.now()));
  }

  /** What somebody typed has arrived. */
  written(part: Part | undefined): void {
    if (!part || !('id' in part.author)) return;
    this.#become(stopTyping(this.#state, part.conversationId, part.author.id));
  }

  forget(): void {
    this.#become(nobodyTypes);
  }

  #become(state: TypingState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#host.requestUpdate();
    clearTimeout(this.#timer);
    const at = nextExpiry(state);
    if (at === null) return;
    // A little late rather than early: an entry that is still there would otherwise be waited for again and again.
    this.#timer = setTimeout(() => this.#become(expireTyping(this.#state, Date.now())), at - Date.now() + 20);
  }
}
