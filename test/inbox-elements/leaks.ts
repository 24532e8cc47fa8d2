import { expect, settled } from '../page.ts';

/** Ours, before anything is replaced. */
const wait = window.setTimeout.bind(window);

type Ledger = { stop: () => void; isOpening: () => boolean; outstanding: () => Record<string, number> };

/** Counts what outlives an element if nobody clears it: listeners on what the page has one of, timers, observers, sockets, channels. */
function keepLedger(): Ledger {
  const { navigation } = window as { navigation?: EventTarget };
  const shared = new Set<unknown>([
    window,
    document,
    document.documentElement,
    document.body,
    visualViewport,
    navigation,
    document.fonts,
  ]);
  const isLasting = (target: EventTarget): boolean =>
    shared.has(target) || target instanceof MediaQueryList || target instanceof BroadcastChannel;
  const channels = new Set<BroadcastChannel>();
  const listeners: { target: EventTarget; type: string; listener: unknown }[] = [];
  const timers = new Set<unknown>();
  const observing = new Set<object>();
  const sockets = new Set<WebSocket>();
  const restores: (() => void)[] = [];
  const forget = (held: (typeof listeners)[number] | undefined): void => {
    if (held && listeners.includes(held)) listeners.splice(listeners.indexOf(held), 1);
  };

  const replace = <T extends object, K extends keyof T>(owner: T, key: K, make: (original: T[K]) => T[K]): void => {
    const original = owner[key];
    owner[key] = make(original);
    restores.push(() => {
      owner[key] = original;
    });
  };

  replace(
    EventTarget.prototype,
    'addEventListener',
    (original) =>
      function (this: EventTarget, type, listener, options) {
        const target = this ?? window;
        const { once, signal } = typeof options === 'object' ? (options ?? {}) : {};
        if (listener && !once && !signal?.aborted && isLasting(target)) {
          const held = { target, type, listener };
          listeners.push(held);
          signal?.addEventListener('abort', () => forget(held), { once: true });
        }
        original.call(target, type, listener, options);
      },
  );
  replace(
    EventTarget.prototype,
    'removeEventListener',
    (original) =>
      function (this: EventTarget, type, listener, options) {
        const target = this ?? window;
        forget(listeners.find((held) => held.target === target && held.type === type && held.listener === listener));
        original.call(target, type, listener, options);
      },
  );
  for (const [set, clear] of [
    ['setTimeout', 'clearTimeout'],
    ['setInterval', 'clearInterval'],
  ] as const) {
    replace(
      window,
      set,
      (original) =>
        ((handler: TimerHandler, delay?: number, ...rest: unknown[]) => {
          const run = typeof handler === 'function' ? (handler as (...values: unknown[]) => void) : () => undefined;
          const id = Reflect.apply(original, window, [
            (...values: unknown[]) => {
              if (set === 'setTimeout') timers.delete(id);
              run(...values);
            },
            delay,
            ...rest,
          ]) as number;
          timers.add(id);
          return id;
        }) as unknown as typeof original,
    );
    replace(
      window,
      clear,
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
        function (this: object, ...values: unknown[]) {
          observing.add(this);
          Reflect.apply(original, this, values);
        },
    );
    replace(
      prototype,
      'disconnect',
      (original) =>
        function (this: object) {
          observing.delete(this);
          Reflect.apply(original, this, []);
        },
    );
  }
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.add(this);
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
      listeners.filter(({ target }) => target === this).forEach(forget);
    }
  };
  restores.push(() => {
    window.WebSocket = Socket;
    window.BroadcastChannel = Channel;
  });

  return {
    isOpening: () => [...sockets].some(({ readyState }) => readyState === WebSocket.CONNECTING),
    stop: () => restores.reverse().forEach((restore) => restore()),
    outstanding: () => ({
      nodes: document.querySelectorAll('body *').length,
      listeners: listeners.length,
      timers: timers.size,
      observers: observing.size,
      sockets: [...sockets].filter(({ readyState }) => readyState < WebSocket.CLOSING).length,
      channels: channels.size,
      // Functions that somebody replaced stand before those of the prototype.
      history: Object.getOwnPropertyNames(history).length,
    }),
  };
}

/**
 * Adds and removes what `make` makes ten times, and fails if anything of it is left. `use` may work with it in between.
 * The first round is not counted: modules may set up something of their own once.
 */
export async function expectNoLeak(make: () => HTMLElement, use?: (element: HTMLElement) => unknown): Promise<void> {
  const ledger = keepLedger();
  const round = async (): Promise<void> => {
    const element = make();
    if (!element.isConnected) document.body.append(element);
    await settled(element);
    await use?.(element);
    await settled(element);
    element.remove();
    // Teardown waits a microtask, to tell removal from being moved; what was asked may still be answered.
    await new Promise((resolve) => wait(resolve, 20));
  };
  /** Once nothing changes any more. A socket that was left while it opened is closed once it is open: browsers complain of one that is closed before. */
  const atRest = async (): Promise<Record<string, number>> => {
    let counts = ledger.outstanding();
    for (let tries = 0; tries < 100; tries += 1) {
      await new Promise((resolve) => wait(resolve, 50));
      const before = JSON.stringify(counts);
      counts = ledger.outstanding();
      if (JSON.stringify(counts) === before && !ledger.isOpening()) break;
    }
    return counts;
  };
  try {
    await round();
    const before = await atRest();
    for (let count = 0; count < 10; count += 1) await round();
    expect(await atRest()).to.deep.equal(before);
  } finally {
    ledger.stop();
  }
}
