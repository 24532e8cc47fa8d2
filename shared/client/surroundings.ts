type Listener = (event: Event) => void;
type Hearing = {
  addEventListener(type: string, listener: Listener): void;
  removeEventListener(type: string, listener: Listener): void;
};
export type Timer = ReturnType<typeof setTimeout>;

/** What a connection needs of where it runs. Tests put their own in place. */
export type Surroundings = {
  WebSocket: new (url: string) => WebSocket;
  /** Whether the answer to a request can be read while it comes, to do without WebSockets where they are blocked (rule 16). */
  canStream: boolean;
  /** Tells `online` and `offline`. */
  window?: Hearing | undefined;
  /** Tells `visibilitychange`. */
  document?: (Hearing & Pick<Document, 'visibilityState'>) | undefined;
  setTimeout: (run: () => void, ms: number) => Timer;
  clearTimeout: (timer: Timer | undefined) => void;
  /** Unix time in milliseconds. */
  now: () => number;
  /** From 0 up to 1. */
  random: () => number;
};

/** The browser's. Read when a client is made, not when the module is imported, so that a server may import it. */
export function ownSurroundings(): Surroundings {
  return {
    WebSocket: globalThis.WebSocket,
    canStream: 'TextDecoderStream' in globalThis,
    window: globalThis.window,
    document: globalThis.document,
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (timer) => clearTimeout(timer),
    now: () => Date.now(),
    random: Math.random,
  };
}
