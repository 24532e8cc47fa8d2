import { isRetryable } from '../contract/error.ts';
import type { ErrorBody } from '../contract/error.ts';
import { RequestError } from './client.ts';
import { backoffMs } from './backoff.ts';
import type { Surroundings, Timer } from './surroundings.ts';

/** A command that fails inside the server each time must not hold up what was written after it for ever. */
const MOST_INTERNAL_FAILURES = 6;

type Entry = {
  id: string;
  /** As it was when it was written: what the caller does to the input afterwards must not change it. */
  frame: string;
  /** Commands of one lane are carried out in order of writing. */
  lane: string;
  state: 'waiting' | 'sent' | 'resting';
  refusals: number;
  internalFailures: number;
  timer: Timer | undefined;
  promise: Promise<unknown>;
  resolve: (result: unknown) => void;
  reject: (error: RequestError) => void;
};

/**
 * Commands from the moment they are written until the server settles them (D1, rule 3). Of each conversation one is underway at a
 * time: were the next sent before the answer, it could be taken while the first is refused for now, and stand before it for ever.
 */
export class Outbox {
  readonly #entries = new Map<string, Entry>();
  readonly #send: (frame: string) => boolean;
  readonly #surroundings: Surroundings;

  /** @param send Sends when the line is up, and says whether it did. */
  constructor(send: (frame: string) => boolean, surroundings: Surroundings) {
    this.#send = send;
    this.#surroundings = surroundings;
  }

  /** Puts a command in, and sends it if it may go. The same id again is the same command. */
  add(id: string, lane: string, frame: string): Promise<unknown> {
    const held = this.#entries.get(id);
    if (held) return held.promise;
    const entry = { id, lane, frame, state: 'waiting', refusals: 0, internalFailures: 0, timer: undefined } as Entry;
    entry.promise = new Promise((resolve, reject) => {
      entry.resolve = resolve;
      entry.reject = reject;
    });
    this.#entries.set(id, entry);
    this.flush();
    return entry.promise;
  }

  /** Sends what may go, in order of writing. */
  flush(): void {
    const underway = new Set<string>();
    for (const entry of this.#entries.values()) {
      if (entry.state === 'waiting' && !underway.has(entry.lane) && this.#send(entry.frame)) entry.state = 'sent';
      underway.add(entry.lane);
    }
  }

  /** The line is lost: whatever was not settled is to be sent again on the next one. */
  rewind(): void {
    for (const entry of this.#entries.values()) this.#wake(entry);
  }

  acknowledge(id: string, result: unknown): void {
    this.#settle(id)?.resolve(result);
    this.flush();
  }

  refuse(id: string, error: ErrorBody): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    if (error.code === 'internal') entry.internalFailures += 1;
    if (!isRetryable(error.code) || entry.internalFailures >= MOST_INTERNAL_FAILURES) {
      this.#settle(id)?.reject(new RequestError(error));
      this.flush();
      return;
    }
    const ms = error.retryAfterMs ?? backoffMs(entry.refusals, this.#surroundings.random());
    this.#wake(entry);
    entry.refusals += 1;
    entry.state = 'resting';
    entry.timer = this.#surroundings.setTimeout(() => {
      this.#wake(entry);
      this.flush();
    }, ms);
  }

  /** Forgets everything; whoever waits is not told. */
  clear(): void {
    this.rewind();
    this.#entries.clear();
  }

  #wake(entry: Entry): void {
    this.#surroundings.clearTimeout(entry.timer);
    entry.timer = undefined;
    entry.state = 'waiting';
  }

  #settle(id: string): Entry | undefined {
    const entry = this.#entries.get(id);
    if (entry) this.#wake(entry);
    this.#entries.delete(id);
    return entry;
  }
}
