import type { ErrorBody } from '../contract/error.ts';
import type { ServerFrame, WelcomeFrame } from '../wire/frames.ts';
import { BROKEN, HEARTBEAT_MS, UNAUTHENTICATED } from '../wire/protocol.ts';
import { backoffMs } from './backoff.ts';
import type { Surroundings, Timer } from './surroundings.ts';
import type { Tabs } from './tabs/tabs.ts';
import { IMPOSTOR, LOST, askWhy, openSocket } from './wire.ts';
import type { Wire, WireEvents } from './wire.ts';

const BEAT = '{"type":"beat"}';

/** From a credential asked for to the welcome. */
const WELCOME_MS = 20_000;
/** Two heartbeats and the time they may travel (rule 12). */
const SILENCE_MS = 2 * HEARTBEAT_MS + 5_000;
/** How soon a line that stands answers when it is asked whether it does. */
const CHECK_MS = 4_000;
/** A beat that comes so late has been slept through: by the machine, or by the page. */
const SLEPT_MS = 5_000;
/** Nobody looks at a hidden page, so it may come back later. */
const HIDDEN_FACTOR = 4;
/** WebSockets in a row that carried nothing: then it is seen at once whether HTTP gets through (rule 16). */
const MOST_MUTE = 2;
/** An upgrade that nobody answers for so long will not be answered. */
const MUTE_MS = 8_000;
/** How long HTTP comes first once it worked: a browser moves to other networks. */
const HTTP_FIRST_MS = 600_000;

const refusals: Record<number, ErrorBody> = {
  [UNAUTHENTICATED]: { code: 'unauthenticated', message: 'Please sign in again.' },
  [BROKEN]: { code: 'unsupported', message: 'This page is out of date. Please reload it.' },
};

const impostor: ErrorBody = { code: 'unavailable', message: 'Something else answers in the place of the server.' };

/** Whom a line serves. */
export interface LineEvents {
  /** The first frame of a new line; a rejection means that the credential cannot be had now. */
  hello(): Promise<string>;
  /** Whether a new credential may help where the last one did not. */
  readonly renewable: boolean;
  received(frame: ServerFrame): void;
  /**
   * The line is down. `connecting`: another is opened at once; `offline`: it comes back by itself; `refused`: when it is opened anew.
   * @param error why, if it is known
   */
  lost(how: 'connecting' | 'offline' | 'refused', error: ErrorBody | null): void;
}

/** One wire after the other: opens, watches, and opens again (rules 1, 12, 13, 16). Knows nothing of what the frames say. */
export class Line {
  readonly #server: string;
  readonly #events: LineEvents;
  readonly #surroundings: Surroundings;
  readonly #tabs: Tabs | undefined;
  /** What this wire began with. */
  welcome: WelcomeFrame | undefined;
  #wire: Wire | undefined;
  /** What was tried and has not yet carried a frame. */
  #trying: 'socket' | 'http' | undefined;
  /** WebSockets in a row that carried none; until when HTTP comes first. */
  #mute = 0;
  #httpUntil = 0;
  /** Changes with each attempt, so that an answer to an earlier one is told apart. */
  #attempt = 0;
  /** Whether the page is kept aside, and no line with it. */
  #isAway = false;
  /** What kept the line away, if it is known. */
  #obstacle: ErrorBody | null = null;
  /** Tries in a row that came to nothing. */
  #failures = 0;
  #renewed = false;
  #refusal: ErrorBody | undefined;
  /** When the server said to come back, counted from the close (rule 13). */
  #comeBackMs = 0;
  #beat: Timer | undefined;
  #watch: Timer | undefined;
  #retry: Timer | undefined;

  /** @param tabs Those that share one wire with this one. */
  constructor(server: string, events: LineEvents, surroundings: Surroundings, tabs?: Tabs) {
    this.#tabs = tabs;
    this.#server = server;
    this.#events = events;
    this.#surroundings = surroundings;
  }

  open(): void {
    this.#listen('addEventListener');
    this.#isAway = false;
    this.#failures = 0;
    this.#renewed = false;
    void this.#dial();
  }

  close(): void {
    this.#listen('removeEventListener');
    this.#depart();
  }

  /** Goes on at once: over another tab's wire, or with one of this tab's own. */
  move(): void {
    this.#events.lost('connecting', null);
    void this.#dial();
  }

  /** Is there something to come back to? Then at once. */
  comeBack(): void {
    if (this.#retry) void this.#dial();
    else if (this.welcome) this.#check();
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
      await this.#tabs?.join(this);
      const hello = await this.#events.hello();
      if (attempt !== this.#attempt) return;
      const { canStream } = this.#surroundings;
      const events: WireEvents = {
        heard: (frame) => attempt === this.#attempt && this.#hear(JSON.parse(frame) as ServerFrame),
        ended: (code) => attempt === this.#attempt && this.#ended(code),
      };
      this.#wire = this.#tabs?.sharing?.open(hello, events);
      if (this.#wire) return;
      this.#trying = isHttp ? 'http' : 'socket';
      if (!isHttp) {
        if (canStream) this.#watchFor(MUTE_MS);
        this.#wire = openSocket(this.#server, hello, events, this.#surroundings);
        return;
      }
      // Few need it.
      const stream = await import('./stream-wire.ts').catch(() => askWhy(this.#server));
      if (attempt !== this.#attempt) return;
      if (typeof stream === 'number') this.#ended(stream);
      else this.#wire = stream.openStream(this.#server, hello, events);
    } catch {
      // Whatever kept the host from giving a token, or the browser from opening a socket, may be over at the next try.
      if (attempt === this.#attempt) this.#lose();
    }
  }

  #hear(frame: ServerFrame): void {
    this.#watchFor(this.welcome || frame.type === 'welcome' ? SILENCE_MS : WELCOME_MS);
    this.#obstacle = null;
    if (this.#trying === 'socket') this.#mute = 0;
    if (this.#trying === 'http') this.#httpUntil = this.#surroundings.now() + HTTP_FIRST_MS;
    this.#trying = undefined;
    if (frame.type === 'welcome') this.#begin(frame);
    // A server that welcomes and then fails at once is not back yet; one that answers is.
    if (frame.type === 'ack' || frame.type === 'answer' || frame.type === 'head') this.#failures = 0;
    if (frame.type === 'error') this.#refusal = frame.error;
    if (frame.type === 'bye') this.#comeBackMs = frame.retryAfterMs;
    if (!this.#tabs?.sharing?.heard(frame)) this.#events.received(frame);
  }

  #begin(frame: WelcomeFrame): void {
    this.welcome = frame;
    this.#renewed = false;
    const { now, setTimeout, clearTimeout } = this.#surroundings;
    clearTimeout(this.#beat);
    const wait = (): void => {
      const dueAt = now() + HEARTBEAT_MS;
      this.#beat = setTimeout(() => {
        if (now() > dueAt + SLEPT_MS) this.#check();
        else this.send(BEAT);
        wait();
      }, HEARTBEAT_MS);
    };
    wait();
  }

  /** A server that is there answers a beat (rule 12); one that is not would be noticed only after a minute. */
  #check(): void {
    this.send(BEAT);
    this.#watchFor(CHECK_MS);
  }

  #ended(code: number): void {
    // A socket cannot tell.
    if (this.#trying !== 'socket') this.#obstacle = code === IMPOSTOR ? impostor : null;
    const refusal = this.#refusal ?? refusals[code];
    const mayRenew = code === UNAUTHENTICATED && this.#events.renewable && !this.#renewed;
    if (mayRenew) this.#renewed = true;
    if (!(code in refusals) || !refusal || mayRenew) return this.#lose();
    this.#tabs?.sharing?.ended(code);
    this.close();
    this.#events.lost('refused', refusal);
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
    this.#tabs?.sharing?.ended(this.#obstacle ? IMPOSTOR : LOST);
    this.#hangUp();
    const { document, random, setTimeout } = this.#surroundings;
    const factor = document?.visibilityState === 'hidden' ? HIDDEN_FACTOR : 1;
    this.#retry = setTimeout(() => void this.#dial(), comeBackMs + factor * backoffMs(this.#failures, random()));
    this.#failures += 1;
    this.#events.lost('offline', this.#obstacle);
  }

  #hangUp(): void {
    const { clearTimeout } = this.#surroundings;
    this.#attempt += 1;
    this.#comeBackMs = 0;
    clearTimeout(this.#beat);
    clearTimeout(this.#watch);
    clearTimeout(this.#retry);
    this.#wire?.close();
    this.welcome = this.#refusal = this.#retry = this.#trying = this.#wire = undefined;
  }

  #watchFor(ms: number): void {
    this.#surroundings.clearTimeout(this.#watch);
    this.#watch = this.#surroundings.setTimeout(() => {
      // Once is enough.
      if (this.#trying === 'socket') this.#mute = MOST_MUTE;
      // Where packets vanish a browser would try for minutes, and no other beside it.
      this.#wire?.close(true);
      this.#lose();
    }, ms);
  }

  /** Holds nothing any more: no wire, no timer, no place among the tabs. */
  #depart(): void {
    this.#hangUp();
    this.#tabs?.leave();
  }

  #listen(how: 'addEventListener' | 'removeEventListener'): void {
    const { window, document } = this.#surroundings;
    window?.[how]('online', this.#goOnline);
    window?.[how]('offline', this.#goOffline);
    window?.[how]('pageshow', this.#return);
    window?.[how]('pagehide', this.#goAway);
    document?.[how]('visibilitychange', this.#look);
    document?.[how]('resume', this.#return);
    document?.[how]('freeze', this.#goAway);
  }

  readonly #return = (): void => {
    if (!this.#isAway) return this.comeBack();
    this.#isAway = false;
    this.move();
  };

  readonly #look = (): void => {
    if (this.#surroundings.document?.visibilityState !== 'hidden') this.#return();
  };

  /** What failed without a network, was begun without one, or worked on another, tells nothing of this one: neither that it lets no WebSocket through, nor how long to wait. */
  readonly #goOnline = (): void => {
    // Whoever comes back from there begins anew.
    if (this.#isAway) return;
    this.#mute = this.#failures = 0;
    if (this.welcome) return this.#check();
    this.#httpUntil = 0;
    void this.#dial();
  };

  readonly #goOffline = (): void => {
    if (!this.#retry && !this.#isAway) this.#lose();
  };

  /** A page that is kept for the way back, or frozen, must not keep the line from other tabs; nor does a browser keep one with a line. */
  readonly #goAway = (): void => {
    this.#isAway = true;
    this.#depart();
  };
}
