/** Counts, inside a page, what outlives a part of it when nobody clears it. For `addInitScript`: it stands alone. */
export function keepLedger(): void {
  const listeners: { target: EventTarget; type: string; listener: unknown }[] = [];
  const timers = new Set<unknown>();
  const observing = new Set<object>();
  // Held weakly: what a socket's handlers hold would otherwise stay because of the counting.
  const sockets = new Set<WeakRef<WebSocket>>();
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function add(this: EventTarget | undefined, type, listener, options) {
    const target = this ?? window;
    const isShared = target === window || target === document || target instanceof MediaQueryList || target === document.body;
    const ends = typeof options === 'object' && Boolean(options?.once);
    if (listener && isShared && !ends) listeners.push({ target, type, listener });
    addEventListener.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function remove(this: EventTarget | undefined, type, listener, options) {
    const target = this ?? window;
    const index = listeners.findIndex((held) => held.target === target && held.type === type && held.listener === listener);
    if (index >= 0) listeners.splice(index, 1);
    removeEventListener.call(target, type, listener, options);
  };
  const { setTimeout: later, setInterval: every, clearTimeout: not, clearInterval: noMore } = window;
  Object.assign(window, {
    setTimeout(run: () => void, delay?: number) {
      const id = later(() => {
        timers.delete(id);
        run();
      }, delay);
      timers.add(id);
      return id;
    },
    setInterval(run: () => void, delay?: number) {
      const id = every(run, delay);
      timers.add(id);
      return id;
    },
    clearTimeout(id?: number) {
      timers.delete(id);
      not(id);
    },
    clearInterval(id?: number) {
      timers.delete(id);
      noMore(id);
    },
  });
  for (const observer of [ResizeObserver, IntersectionObserver, MutationObserver]) {
    const prototype = observer.prototype as { observe(...values: unknown[]): void; disconnect(): void };
    const { observe, disconnect } = prototype;
    prototype.observe = function observeCounted(this: object, ...values: unknown[]) {
      observing.add(this);
      observe.apply(this, values);
    };
    prototype.disconnect = function disconnectCounted(this: object) {
      observing.delete(this);
      disconnect.call(this);
    };
  }
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.add(new WeakRef(this));
    }
  };
  Object.assign(window, {
    outstanding: () => ({
      nodes: document.querySelectorAll('*').length,
      listeners: listeners.map(({ type }) => type).sort(),
      timers: timers.size,
      observers: observing.size,
      sockets: [...sockets].filter((socket) => (socket.deref()?.readyState ?? 3) < 2).length,
    }),
  });
}

export interface Outstanding {
  nodes: number;
  listeners: string[];
  timers: number;
  observers: number;
  sockets: number;
}
