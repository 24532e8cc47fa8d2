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
  /** Each of them, with how many must wait to go beside it. */
  readonly #inFlight = new Map<readonly Waiting[], number>();

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

  /** Takes the id for another command. @returns false where one of these commands, of this actor's, has it */
  take(tx: Transaction, actor: Actor, commandId: string): Promise<boolean> {
    return this.#parts.operation.take(tx, actor, commandId);
  }

  /** Whether such a command waits, or is being written. */
  isUnderway(key: string): boolean {
    return [this.#waiting, ...this.#inFlight.keys()].some((some) => some.some((one) => one.key === key));
  }

  #next(): void {
    // Beside one that is in flight, not before as many wait: many small batches cost more than few large ones.
    if (this.#inFlight.size === MOST_IN_FLIGHT || this.#waiting.length < Math.max(1, ...this.#inFlight.values()))
      return;
    const { batch, about } = this.#take();
    if (batch.length === 0) return;
    for (const one of about) this.#busy.add(one);
    this.#inFlight.set(batch, batch.length);
    void this.#settle(batch).then((tell) => {
      for (const one of about) this.#busy.delete(one);
      this.#inFlight.delete(batch);
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
      const one = this.#about(waiting);
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
      // It may take its time: nobody waits to be as many.
      this.#inFlight.set(batch, 1);
      this.#next();
      return this.#settleApart(batch, error, new Map());
    }
  }

  /**
   * One bad command must not fail its neighbours: half the batch goes without it, then half of the rest.
   * @param locked what somebody else holds: what is about it is refused with the first, or would come before it
   */
  async #settleApart(batch: readonly Waiting[], error: unknown, locked: Map<string, unknown>): Promise<Tell> {
    if (batch.length === 1 && isLockTimeout(error)) locked.set(this.#about(batch[0]!), error);
    if (batch.length === 1 || isConnectionLost(error)) return refuse(batch, error);
    // A lock is waited for, each time anew: whoever waits for it is to be alone soon.
    const size = isLockTimeout(error) ? 1 : Math.ceil(batch.length / 2);
    let untold: Tell | undefined;
    for (let start = 0; start < batch.length; start += size) {
      untold?.();
      const some = batch.slice(start, start + size);
      const held = some.length === 1 && locked.get(this.#about(some[0]!));
      try {
        untold = held ? refuse(some, held) : await commitCarefully(this.#parts, some);
      } catch (cause) {
        if (isConnectionLost(cause)) return refuse(batch.slice(start), cause);
        untold = await this.#settleApart(some, cause, locked);
      }
    }
    return untold!;
  }

  #about({ item }: Waiting): string {
    return this.#parts.operation.about(item.input);
  }
}

function refuse(batch: readonly Waiting[], error: unknown): Tell {
  return () => batch.forEach(({ reject }) => reject(error));
}
