/** Counts, inside a page, what outlives a part of it when nobody clears it. For `addInitScript`: it stands alone. */
export function keepLedger(): void {
  const listeners: { target: EventTarget; type: string; listener: unknown }[] = [];
  const timers = new Set<unknown>();
  const observing = new Set<object>();
  // Held weakly: what a socket's handlers hold would otherwise stay because of the counting.
  const sockets = new Set<WeakRef<WebSocket>>();
  const replace = <T extends object, K extends keyof T>(owner: T, key: K, make: (original: T[K]) => T[K]): void => {
    owner[key] = make(owner[key]);
  };
  replace(
    EventTarget.prototype,
    'addEventListener',
    (original) =>
      function add(this: EventTarget | undefined, type, listener, options) {
        const target = this ?? window;
        const outlives = target === window || target === document || target === document.body;
        const ends = typeof options === 'object' && Boolean(options?.once);
        if (listener && (outlives || target instanceof MediaQueryList) && !ends) {
          const held = { target, type, listener };
          listeners.push(held);
          const signal = typeof options === 'object' ? options?.signal : undefined;
          signal?.addEventListener('abort', () => void listeners.splice(listeners.indexOf(held), 1), { once: true });
        }
        original.call(target, type, listener, options);
      },
  );
  replace(
    EventTarget.prototype,
    'removeEventListener',
    (original) =>
      function remove(this: EventTarget | undefined, type, listener, options) {
        const target = this ?? window;
        const index = listeners.findIndex(
          (held) => held.target === target && held.type === type && held.listener === listener,
        );
        if (index >= 0) listeners.splice(index, 1);
        original.call(target, type, listener, options);
      },
  );
  for (const [start, stop] of [
    ['setTimeout', 'clearTimeout'],
    ['setInterval', 'clearInterval'],
  ] as const) {
    replace(
      window,
      start,
      (original) =>
        ((run: () => void, delay?: number) => {
          const id = Reflect.apply(original, window, [
            () => {
              if (start === 'setTimeout') timers.delete(id);
              run();
            },
            delay,
          ]);
          timers.add(id);
          return id;
        }) as unknown as typeof original,
    );
    replace(
      window,
      stop,
      (original) =>
        ((id?: number) => {
          timers.delete(id);
          Reflect.apply(original, window, [id]);
        }) as typeof original,
    );
  }
  for (const observer of [ResizeObserver, IntersectionObserver, MutationObserver]) {
    const prototype = observer.prototype as { observe: (...values: unknown[]) => void; disconnect: () => void };
    replace(
      prototype,
      'observe',
      (original) =>
        function observe(this: object, ...values: unknown[]) {
          observing.add(this);
          Reflect.apply(original, this, values);
        },
    );
    replace(
      prototype,
      'disconnect',
      (original) =>
        function disconnect(this: object) {
          observing.delete(this);
          Reflect.apply(original, this, []);
        },
    );
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
