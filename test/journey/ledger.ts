/** Counts, inside a page, what outlives a part of it when nobody clears it. For `addInitScript`: it stands alone. */
export function keepLedger(): void {
  const { navigation } = window as { navigation?: EventTarget };
  // Compared with the target itself: the document has neither element yet when this runs.
  const isShared = (target: EventTarget): boolean =>
    [window, document, document.documentElement, document.body, visualViewport, navigation].includes(target as Window);
  const isLasting = (target: EventTarget): boolean =>
    isShared(target) || target instanceof MediaQueryList || target instanceof BroadcastChannel;
  const channels = new Set<BroadcastChannel>();
  const listeners: { target: EventTarget; type: string; listener: unknown }[] = [];
  const forget = (held: (typeof listeners)[number] | undefined): void => {
    if (held && listeners.includes(held)) listeners.splice(listeners.indexOf(held), 1);
  };
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
        const ends = typeof options === 'object' && Boolean(options?.once);
        if (listener && isLasting(target) && !ends) {
          const held = { target, type, listener };
          const signal = typeof options === 'object' ? options?.signal : undefined;
          if (!signal?.aborted) listeners.push(held);
          signal?.addEventListener('abort', () => forget(held), { once: true });
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
        forget(listeners.find((held) => held.target === target && held.type === type && held.listener === listener));
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
  const Channel = window.BroadcastChannel;
  window.BroadcastChannel = class extends Channel {
    constructor(name: string) {
      super(name);
      channels.add(this);
    }
    override close(): void {
      super.close();
      channels.delete(this);
      // Nothing reaches what listens to it any more.
      for (const held of listeners.filter(({ target }) => target === this))
        listeners.splice(listeners.indexOf(held), 1);
    }
  };
  Object.assign(window, {
    outstanding: () => ({
      nodes: document.querySelectorAll('*').length,
      listeners: listeners.map(({ type }) => type).sort(),
      timers: timers.size,
      observers: observing.size,
      sockets: [...sockets].filter((socket) => (socket.deref()?.readyState ?? 3) < 2).length,
      channels: channels.size,
      // Functions that somebody replaced stand before those of the prototype.
      history: Object.getOwnPropertyNames(history).sort(),
    }),
  });
}

export interface Outstanding {
  nodes: number;
  listeners: string[];
  timers: number;
  observers: number;
  /** Broadcast channels that are open. */
  channels: number;
  /** What of the history was replaced. */
  history: string[];
  sockets: number;
}
