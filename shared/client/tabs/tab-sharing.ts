import type { ClientFrame, ServerFrame } from '../../wire/frames.ts';
import type { Line } from '../line.ts';
import { IMPOSTOR } from '../wire.ts';
import type { Wire, WireEvents } from '../wire.ts';
import { HeardAnswers } from './heard-answers.ts';
import { TabWire } from './tab-follower.ts';
import { TabLeader } from './tab-leader.ts';
import type { Asking, Telling } from './tab-messages.ts';
import type { Sharing } from './tabs.ts';

/** A tab, and where it meets the others. */
export interface TabPlace {
  /** Of the lock. */
  name: string;
  channel: BroadcastChannel;
  line: Line;
  /** Aborted when this tab leaves; `left` settles then. */
  signal: AbortSignal;
  left: Promise<void>;
  /** Begins anew, after another tab took the lock from this one. */
  deposed: () => void;
}

/** One tab among several: it lends its line to the others, or goes over the line of the one that has it and waits to follow it. */
export class TabSharing implements Sharing {
  readonly #place: TabPlace;
  readonly #me = crypto.randomUUID();
  readonly #waiting = new AbortController();
  readonly #answers = new HeardAnswers();
  #leader: TabLeader | undefined;
  #wire: TabWire | undefined;
  /** The tab that has the line. */
  #by = '';
  /** Who they are is for the server to judge, so a proof goes over a line of this tab's own, which ends with the welcome. */
  #isApart = false;

  constructor(place: TabPlace, leads: boolean) {
    this.#place = place;
    place.channel.onmessage = ({ data }) => this.#take(data as Asking | Telling);
    place.signal.addEventListener('abort', () => this.#waiting.abort());
    if (leads) this.#lead();
    else this.#request({ signal: this.#waiting.signal });
    // It went on alone until this was fetched.
    if (!leads && place.line.welcome) queueMicrotask(() => this.#move());
  }

  open(hello: string, events: WireEvents): Wire | undefined {
    this.#leader?.dialled();
    if (this.#leader) return undefined;
    const { credential } = JSON.parse(hello) as Extract<ClientFrame, { type: 'hello' }>;
    this.#isApart = 'identity' in credential;
    if (this.#isApart) return undefined;
    this.#wire = new TabWire(
      hello,
      events,
      (asking) => this.#post({ ...asking, heardAt: this.#answers.at }),
      () => this.#despair(),
    );
    return this.#wire;
  }

  heard(frame: ServerFrame): boolean {
    this.#answers.hear(frame);
    if (this.#leader) return this.#leader.heard(frame);
    if (this.#isApart && frame.type === 'welcome') queueMicrotask(() => this.#move());
    return false;
  }

  ended(code: number): void {
    this.#leader?.ended(code);
  }

  #take(message: Asking | Telling): void {
    if ('from' in message) return this.#leader?.take(message);
    const { by, to, news, ended } = message;
    if (this.#leader) return;
    if (news === 'leads') {
      this.#by = by;
      if (!this.#isApart) this.#move();
      return;
    }
    this.#by ||= by;
    // One that was taken for dead may still speak.
    if (by !== this.#by) return;
    this.#wire?.hear(message);
    // What has happened to the line concerns a tab that waits for its own next try too.
    if (news === 'up' || (ended === IMPOSTOR && !to)) this.#place.line.comeBack();
  }

  #lead(): void {
    this.#leader = new TabLeader(this.#place.line, this.#answers, (telling) =>
      this.#post({ by: this.#me, ...telling }),
    );
    this.#post({ by: this.#me, news: 'leads' });
  }

  #despair(): void {
    if (this.#place.signal.aborted || this.#leader) return;
    this.#waiting.abort();
    this.#request({ steal: true });
  }

  /** Asks for the lock that makes this the tab that has the line. */
  #request(options: LockOptions): void {
    const { name, signal, left, deposed } = this.#place;
    navigator.locks
      .request(name, options, () => {
        if (signal.aborted) return undefined;
        this.#lead();
        this.#move();
        return left;
      })
      .catch(() => {
        // Else it is this tab that has left, or has given up waiting.
        if (this.#leader) deposed();
      });
  }

  #move(): void {
    if (!this.#place.signal.aborted) this.#place.line.move();
  }

  #post(message: Asking | Telling): void {
    if (!this.#place.signal.aborted) this.#place.channel.postMessage(message);
  }
}
