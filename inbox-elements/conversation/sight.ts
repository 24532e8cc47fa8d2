import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** No event tells that a dialog in another shadow tree has closed, or that a page has laid something aside. */
const lookAgainMs = 400;

/** Whether somebody at the screen can see an element: the page is in front, the element in the window, and nothing over it. */
export class Sight implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #changed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `changed` is called when the answer may have become another one. */
  constructor(host: ReactiveControllerHost & Element, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#changed);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#changed);
    clearTimeout(this.#timer);
  }

  isClear = (): boolean => {
    clearTimeout(this.#timer);
    if (document.visibilityState !== 'visible') return false;
    const uncovered = isUncovered(this.#host);
    if (!uncovered && this.#host.isConnected) this.#timer = setTimeout(this.#changed, lookAgainMs);
    return uncovered;
  };
}

/** Asked of its middle: dialogs with their backdrops, what a page lays over it, and `inert` all take its clicks away. */
function isUncovered(element: Element): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const hit = (element.getRootNode() as Document).elementFromPoint(
    (Math.max(left, 0) + Math.min(right, innerWidth)) / 2,
    (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2,
  );
  return element.contains(hit);
}
