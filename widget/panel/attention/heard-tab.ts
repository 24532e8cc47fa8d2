/** How long a tab that was not used last waits for one that was. */
const YIELD_MS = 400;
/** Longer than any tab waits, however much the browser holds back those in the background. */
const HOLD_MS = 5_000;

const uses = ['focus', 'pointerdown', 'keydown'] as const;

/**
 * Sees to it that a sound is heard from one tab only, of all that hear the same news: the one the visitor used last, else the first that
 * answers; and from none while they look at the chat in any.
 */
export class HeardTab {
  readonly #name: string;
  readonly #channel: BroadcastChannel | undefined;
  readonly #page: EventTarget;
  /** Unknown until some tab is used. */
  #isLastUsed: boolean | undefined;

  /** @param page tells when it is used */
  constructor(channelKey: string, page: EventTarget = window) {
    this.#page = page;
    this.#name = `parlour:${channelKey}:heard`;
    if (!window.BroadcastChannel) return;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = () => {
      this.#isLastUsed = false;
    };
    for (const use of uses) page.addEventListener(use, this.#used, { capture: true, passive: true });
  }

  /**
   * @param news names what is new, alike in all tabs
   * @param isLooking whether the visitor sees it here; then nobody need hear it
   */
  async isHeardHere(news: string, isLooking: boolean): Promise<boolean> {
    const { locks } = navigator;
    if (!locks) return !isLooking && this.#isLastUsed !== false;
    if (!isLooking && !this.#isLastUsed) await pause(YIELD_MS);
    const isFirst = await new Promise<boolean>((resolve) => {
      locks
        .request(`${this.#name}:${news}`, { ifAvailable: true }, (lock) => {
          resolve(!!lock);
          return lock && pause(HOLD_MS);
        })
        // A frame without an origin of its own may hold none.
        .catch(() => resolve(true));
    });
    return isFirst && !isLooking;
  }

  destroy(): void {
    this.#channel?.close();
    for (const use of uses) this.#page.removeEventListener(use, this.#used, { capture: true });
  }

  #used = (): void => {
    if (this.#isLastUsed) return;
    this.#isLastUsed = true;
    this.#channel?.postMessage('used');
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
