import type { ErrorBody } from '../contract/error.ts';
import type { ServerFrame } from '../wire/frames.ts';
import { closeCodes, HEARTBEAT_MS } from '../wire/protocol.ts';
import { backoffMs } from './backoff.ts';
import type { Surroundings, Timer } from './surroundings.ts';
import { openSocket } from './wire.ts';
import type { Wire, WireEvents } from './wire.ts';

/** From a credential asked for to the welcome. */
const WELCOME_MS = 20_000;
/** Two heartbeats and the time they may travel (rule 12). */
const SILENCE_MS = 2 * HEARTBEAT_MS + 5_000;
/** Nobody looks at a hidden page, so it may come back later. */
const HIDDEN_FACTOR = 4;
/** WebSockets in a row that carried nothing: then it is seen at once whether HTTP gets through (rule 16). */
const MOST_MUTE = 2;
/** An upgrade that nobody answers for so long will not be answered. */
const MUTE_MS = 8_000;
/** How long HTTP comes first once it worked: a browser moves to other networks. */
const HTTP_FIRST_MS = 600_000;

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

/** One wire after the other: opens, watches, and opens again (rules 1, 12, 13, 16). Knows nothing of what the frames say. */
export class Line {
  readonly #server: string;
  readonly #events: LineEvents;
  readonly #surroundings: Surroundings;
  #wire: Wire | undefined;
  /** What was tried and has not yet carried a frame. */
  #trying: 'socket' | 'http' | undefined;
  /** WebSockets in a row that carried none; until when HTTP comes first. */
  #mute = 0;
  #httpUntil = 0;
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
    this.#server = server;
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

  /** Gives up this wire for another. */
  reopen(): void {
    this.#lose();
  }

  send(frame: string): boolean {
    return this.#wire?.send(frame) ?? false;
  }

  async #dial(isHttp = this.#surroundings.now() < this.#httpUntil): Promise<void> {
    this.#hangUp();
    const attempt = this.#attempt;
    this.#watchFor(WELCOME_MS);
    try {
      const hello = await this.#events.hello();
      if (attempt !== this.#attempt) return;
      const { WebSocket, canStream } = this.#surroundings;
      const events: WireEvents = {
        heard: (frame) => attempt === this.#attempt && this.#hear(JSON.parse(frame) as ServerFrame),
        ended: (code) => attempt === this.#attempt && this.#ended(code),
      };
      this.#trying = isHttp ? 'http' : 'socket';
      if (!isHttp) {
        if (canStream) this.#watchFor(MUTE_MS);
        this.#wire = openSocket(this.#server, hello, events, WebSocket);
        return;
      }
      // Few need it.
      const { openStream } = await import('./stream-wire.ts');
      if (attempt === this.#attempt) this.#wire = openStream(this.#server, hello, events);
    } catch {
      // Whatever kept the host from giving a token, or the browser from opening a socket, may be over at the next try.
      if (attempt === this.#attempt) this.#lose();
    }
  }

  #hear(frame: ServerFrame): void {
    this.#watchFor(this.#welcomed || frame.type === 'welcome' ? SILENCE_MS : WELCOME_MS);
    if (this.#trying === 'socket') this.#mute = 0;
    if (this.#trying === 'http') this.#httpUntil = this.#surroundings.now() + HTTP_FIRST_MS;
    this.#trying = undefined;
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

  /** The wire is no good any more; another is tried after a while. */
  #lose(): void {
    const comeBackMs = this.#comeBackMs;
    if (this.#trying === 'socket' && this.#surroundings.canStream) {
      this.#mute += 1;
      // At once: later a server that was down may be back, and would be met over HTTP for no reason.
      if (this.#mute >= MOST_MUTE) return void this.#dial(true);
    }
    if (this.#trying === 'http') this.#httpUntil = 0;
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
    this.#trying = undefined;
    this.#wire?.close();
    this.#wire = undefined;
  }

  #watchFor(ms: number): void {
    this.#surroundings.clearTimeout(this.#watch);
    this.#watch = this.#surroundings.setTimeout(() => {
      // Once is enough.
      if (this.#trying === 'socket') this.#mute = MOST_MUTE;
      this.#lose();
    }, ms);
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
