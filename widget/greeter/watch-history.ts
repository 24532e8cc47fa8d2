import type { ParlourWidget } from '../api/page-api.ts';

/** What pages change their address with. */
const names = ['pushState', 'replaceState'] as const;
const events = ['popstate', 'hashchange'] as const;

/** Who is told of changes, and how to stop replacing the page's functions. */
const listeners = new Set<() => void>();
let undo: (() => void)[] = [];

/**
 * Calls back after each change of address, until the signal ends it, in browsers without the Navigation API: by replacing two functions of
 * the page's history once for all who listen. They are put back with the last of them; where another script has replaced them since, ours
 * stay below its own and only pass on.
 */
export function watchHistory(moved: () => void, signal: AbortSignal): void {
  if (signal.aborted) return;
  if (listeners.size === 0) undo = [...names.map(replace), listen()];
  listeners.add(moved);
  signal.addEventListener('abort', () => {
    listeners.delete(moved);
    if (listeners.size === 0) for (const step of undo.splice(0)) step();
  });
}

/** In a turn of its own: nothing that goes wrong here is the page's. */
function tell(): void {
  queueMicrotask(() => listeners.forEach((moved) => moved()));
}

function listen(): () => void {
  for (const event of events) window.addEventListener(event, tell);
  return () => {
    for (const event of events) window.removeEventListener(event, tell);
  };
}

function replace(name: (typeof names)[number]): () => void {
  const own = Object.getOwnPropertyDescriptor(history, name);
  const before = Reflect.get(history, name) as History[typeof name];
  let isOver = false;
  const ours = function (this: History, ...change: Parameters<typeof before>): void {
    Reflect.apply(before, this, change);
    if (!isOver) tell();
  };
  // A page may have frozen it: then only what a visitor does with back and forward is noticed.
  const isReplaced = Reflect.set(history, name, ours);
  return () => {
    isOver = true;
    if (!isReplaced || Reflect.get(history, name) !== ours) return;
    // It stood on the prototype.
    if (own) Object.defineProperty(history, name, own);
    else Reflect.deleteProperty(history, name);
  };
}

/** As long as the widget stands in the page; it may have left while this was on its way. */
export function watchFor(widget: ParlourWidget, moved: () => void): void {
  const over = new AbortController();
  widget.on('destroy', () => over.abort());
  if (Object.values(widget.widgets).includes(widget)) watchHistory(moved, over.signal);
}
