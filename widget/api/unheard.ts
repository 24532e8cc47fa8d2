/** Longer than it takes the browser to tell of a rejection, which it does in a task of its own. */
const toldMs = 100;

/** What was given up just now: many calls at once, where a widget is destroyed, and one listener and one timer for all of them. */
const reasons = new Set<unknown>();
let timer: ReturnType<typeof setTimeout> | undefined;

const hush = (event: PromiseRejectionEvent): void => {
  if (!reasons.has(event.reason)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
};

const rest = (): void => {
  removeEventListener('unhandledrejection', hush, true);
  reasons.clear();
};

/**
 * The same error, which whoever waits for it gets; but where nobody does, the browser tells nobody of it either: not the console, nor
 * what a site reports its own mistakes with. So it is, too, with promises of the site's own that come of ours, as those of an `async`
 * function which waits for one: if nobody catches what they reject with, that is this very error, and nobody hears of it.
 */
export function unheard<E extends Error>(error: E): E {
  reasons.add(error);
  // Before the site's own listeners at the window; a listener that is there already is not added twice.
  addEventListener('unhandledrejection', hush, true);
  clearTimeout(timer);
  timer = setTimeout(rest, toldMs);
  return error;
}
