import type { CommandName } from '../../shared/contract/catalogue.ts';
import type { Transaction } from '../database/connection.ts';
import { receiptKey, type Receipt } from '../database/receipts.ts';
import type { Actor } from './actor.ts';
import { commitBatch, commitCarefully, type BatchParts, type Tell, type Waiting } from './batch.ts';
import { isConnectionLost, isLockTimeout } from './errors.ts';
import type { BatchItem } from './operation.ts';

/** Enough to fill a commit, small enough that a statement stays under a megabyte with ordinary messages. */
const MOST_IN_A_BATCH = 500;
/** While one is written, this process makes the next: it and the database seldom wait for each other. More only share out the same work. */
const MOST_IN_FLIGHT = 2;

/**
 * Group commit for one hot command (D14). What arrives while a batch is in flight forms the next one. There is no timer: a lone command
 * starts its own batch at the end of the turn it came in, with those that came in the same. Nothing outlives the process: who was not answered still holds the command and sends it again.
 *
 * Two batches are in flight if they are about different things, so that neither depends on the other.
 */
export class Batcher {
  readonly #parts: BatchParts;
  #waiting: Waiting[] = [];
  /** Whether those who wait are looked at when this turn ends. */
  #isDue = false;
  /** What the batches in flight are about. */
  readonly #busy = new Set<string>();
  /** How many commands are in each of them. */
  readonly #inFlight: number[] = [];

  constructor(parts: BatchParts) {
    this.#parts = parts;
  }

  add(item: BatchItem<CommandName>, receipt: Receipt): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, receipt, key: receiptKey(receipt), resolve, reject });
      if (this.#isDue) return;
      this.#isDue = true;
      setImmediate(() => {
        this.#isDue = false;
        this.#next();
      });
    });
  }

  /** Whether one of these commands, of this actor's, has this id. */
  holds(tx: Transaction, actor: Actor, commandId: string): Promise<boolean> {
    return this.#parts.operation.holds(tx, actor, commandId);
  }

  #next(): void {
    // Beside one that is in flight, not before as many wait: many small batches cost more than few large ones.
    if (this.#inFlight.length === MOST_IN_FLIGHT || this.#waiting.length < Math.max(1, ...this.#inFlight)) return;
    const { batch, about } = this.#take();
    if (batch.length === 0) return;
    for (const one of about) this.#busy.add(one);
    this.#inFlight.push(batch.length);
    void this.#settle(batch).then((tell) => {
      for (const one of about) this.#busy.delete(one);
      this.#inFlight.splice(this.#inFlight.indexOf(batch.length), 1);
      this.#next();
      // While the database works. The driver sends the last words of a transaction with the next immediate: after two, the next batch is on its way.
      setImmediate(() => setImmediate(tell));
    });
  }

  /** What may go on now, in the order in which it came; what is about the same as something in flight stays. */
  #take(): { batch: Waiting[]; about: ReadonlySet<string> } {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    const about = new Set<string>();
    for (const waiting of this.#waiting) {
      const one = this.#parts.operation.about(waiting.item.input);
      if (batch.length === MOST_IN_A_BATCH || this.#busy.has(one)) later.push(waiting);
      else {
        batch.push(waiting);
        about.add(one);
      }
    }
    this.#waiting = later;
    return { batch, about };
  }

  /** @returns what tells the rest of it: whoever could be answered before the others has been */
  async #settle(batch: readonly Waiting[]): Promise<Tell> {
    try {
      return await commitBatch(this.#parts, batch);
    } catch (error) {
      return this.#settleApart(batch, error);
    }
  }

  /** One bad command must not fail its neighbours: half the batch goes without it, then half of the rest. */
  async #settleApart(batch: readonly Waiting[], error: unknown): Promise<Tell> {
    if (batch.length === 1 || isConnectionLost(error)) return () => batch.forEach(({ reject }) => reject(error));
    // A lock is waited for, each time anew: whoever waits for it is to be alone soon.
    const size = isLockTimeout(error) ? 1 : Math.ceil(batch.length / 2);
    let untold: Tell | undefined;
    for (let start = 0; start < batch.length; start += size) {
      untold?.();
      const some = batch.slice(start, start + size);
      untold = await commitCarefully(this.#parts, some).catch((cause: unknown) => this.#settleApart(some, cause));
    }
    return untold!;
  }
}
