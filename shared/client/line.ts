import type { ErrorBody } from '../contract/error.ts';
import type { ServerFrame } from '../wire/frames.ts';
import { closeCodes, HEARTBEAT_MS } from '../wire/protocol.ts';
import { backoffMs } from './backoff.ts';
import type { Surroundings, Timer } from './surroundings.ts';

/** From a credential asked for to the welcome. */
const WELCOME_MS = 20_000;
/** Two heartbeats and the time they may travel (rule 12). */
const SILENCE_MS = 2 * HEARTBEAT_MS + 5_000;
/** Nobody looks at a hidden page, so it may come back later. */
const HIDDEN_FACTOR = 4;

const refusals: Record<number, ErrorBody> = {
  [closeCodes.unauthenticated]: { code: 'unauthenticated', message: 'Please sign in again.' },
  [closeCodes.protocol]: { code: 'unsupported', message: 'This page is out of date. Please reload it.' },
};

/** Whom a line serves. */
export interface LineEvents {
  /** The first frame of a new line; a rejection means that the credential cannot be had now. */
  hello(): Promise<string>;
  /** Whether a new credential may help where the last one did not. */
  readonly renewable: boolean;
  received(frame: ServerFrame): void;
  /** The line is down: for now (`null`, it comes back by itself), or until it is opened anew. */
  lost(refusal: ErrorBody | null): void;
}

/** One socket after the other: opens, watches, and opens again (rules 1, 12, 13). Knows nothing of what the frames say. */
export class Line {
  readonly #server: string;
  readonly #events: LineEvents;
  readonly #surroundings: Surroundings;
  #socket: WebSocket | undefined;
  /** Changes with each attempt, so that an answer to an earlier one is told apart. */
  #attempt = 0;
  #welcomed = false;
  /** Tries in a row that came to nothing. */
  #failures = 0;
  #renewed = false;
  #refusal: ErrorBody | undefined;
  /** When the server said to come back, counted from the close (rule 13). */
  #comeBackMs = 0;
  #beat: Timer | undefined;
  #watch: Timer | undefined;
  #retry: Timer | undefined;

  constructor(server: string, events: LineEvents, surroundings: Surroundings) {
    const address = new URL('/ws', server);
    address.protocol = address.protocol.replace('http', 'ws');
    this.#server = address.href;
    this.#events = events;
    this.#surroundings = surroundings;
  }

  open(): void {
    const { window, document } = this.#surroundings;
    window?.addEventListener('online', this.#comeBack);
    window?.addEventListener('offline', this.#goOffline);
    document?.addEventListener('visibilitychange', this.#look);
    this.#failures = 0;
    this.#renewed = false;
    void this.#dial();
  }

  close(): void {
    const { window, document, clearTimeout } = this.#surroundings;
    window?.removeEventListener('online', this.#comeBack);
    window?.removeEventListener('offline', this.#goOffline);
    document?.removeEventListener('visibilitychange', this.#look);
    this.#hangUp();
    clearTimeout(this.#retry);
    this.#retry = undefined;
  }

  /** Gives up this socket for another. */
  reopen(): void {
    this.#lose();
  }

  send(frame: string): boolean {
    // 1: open. Between a close and its event a socket drops what it is given.
    if (this.#socket?.readyState !== 1) return false;
    this.#socket.send(frame);
    return true;
  }

  async #dial(): Promise<void> {
    this.#hangUp();
    const attempt = this.#attempt;
    this.#watchFor(WELCOME_MS);
    try {
      const hello = await this.#events.hello();
      if (attempt === this.#attempt) this.#listen(new this.#surroundings.WebSocket(this.#server), hello);
    } catch {
      // Whatever kept the host from giving a token, or the browser from opening a socket, may be over at the next try.
      if (attempt === this.#attempt) this.#lose();
    }
  }

  #listen(socket: WebSocket, hello: string): void {
    this.#socket = socket;
    socket.onopen = () => socket.send(hello);
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(String(data)) as ServerFrame);
    // A close follows every error.
    socket.onerror = () => {};
    socket.onclose = ({ code }) => this.#ended(code);
  }

  #hear(frame: ServerFrame): void {
    this.#watchFor(this.#welcomed || frame.type === 'welcome' ? SILENCE_MS : WELCOME_MS);
    if (frame.type === 'welcome') this.#begin();
    // A server that welcomes and then fails at once is not back yet; one that answers is.
    if (frame.type === 'ack' || frame.type === 'answer' || frame.type === 'head') this.#failures = 0;
    if (frame.type === 'error') this.#refusal = frame.error;
    if (frame.type === 'bye') this.#comeBackMs = frame.retryAfterMs;
    this.#events.received(frame);
  }

  #begin(): void {
    this.#welcomed = true;
    this.#renewed = false;
    this.#surroundings.clearTimeout(this.#beat);
    const beat = (): void => {
      this.send('{"type":"beat"}');
      this.#beat = this.#surroundings.setTimeout(beat, HEARTBEAT_MS);
    };
    this.#beat = this.#surroundings.setTimeout(beat, HEARTBEAT_MS);
  }

  #ended(code: number): void {
    const refusal = this.#refusal ?? refusals[code];
    const mayRenew = code === closeCodes.unauthenticated && this.#events.renewable && !this.#renewed;
    if (mayRenew) this.#renewed = true;
    if (!(code in refusals) || !refusal || mayRenew) return this.#lose();
    this.close();
    this.#events.lost(refusal);
  }

  /** The socket is no good any more; another is tried after a while. */
  #lose(): void {
    const comeBackMs = this.#comeBackMs;
    this.#hangUp();
    const { document, random, setTimeout, clearTimeout } = this.#surroundings;
    const factor = document?.visibilityState === 'hidden' ? HIDDEN_FACTOR : 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#redial(), comeBackMs + factor * backoffMs(this.#failures, random()));
    this.#failures += 1;
    this.#events.lost(null);
  }

  #redial(): void {
    this.#surroundings.clearTimeout(this.#retry);
    this.#retry = undefined;
    void this.#dial();
  }

  #hangUp(): void {
    const { clearTimeout } = this.#surroundings;
    this.#attempt += 1;
    this.#welcomed = false;
    this.#refusal = undefined;
    this.#comeBackMs = 0;
    clearTimeout(this.#beat);
    clearTimeout(this.#watch);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #watchFor(ms: number): void {
    this.#surroundings.clearTimeout(this.#watch);
    this.#watch = this.#surroundings.setTimeout(() => this.#lose(), ms);
  }

  readonly #comeBack = (): void => {
    if (this.#retry !== undefined) this.#redial();
  };

  readonly #look = (): void => {
    if (this.#surroundings.document?.visibilityState !== 'hidden') this.#comeBack();
  };

  readonly #goOffline = (): void => {
    if (this.#retry === undefined) this.#lose();
  };
}
