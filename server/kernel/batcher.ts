import type { CommandName } from '../../shared/contract/catalogue.ts';
import type { Transaction } from '../database/connection.ts';
import { receiptKey, type Receipt } from '../database/receipts.ts';
import type { Actor } from './actor.ts';
import { commitBatch, type BatchParts, type Tell, type Turn, type Waiting } from './batch.ts';
import { isConnectionLost } from './errors.ts';
import type { BatchItem } from './operation.ts';

/** Enough to fill a commit, small enough that a statement stays under a megabyte with ordinary messages. */
const MOST_IN_A_BATCH = 500;
const nothing = (): void => undefined;

/**
 * Group commit for one hot command (D14). What arrives while a batch is in flight forms the next one. There is no timer: a lone command
 * starts its own batch at once. Nothing outlives the process: who was not answered still holds the command and sends it again.
 *
 * One batch reads while the one before it is written, if they are about different things: the database and this process then seldom wait for each other.
 * They write, and are told, in their order.
 */
export class Batcher {
  readonly #parts: BatchParts;
  #waiting: Waiting[] = [];
  /** What the commands in flight are about. */
  readonly #busy = new Set<string>();
  /** The batch that reads, or waits for its turn to write. */
  #reading: readonly Waiting[] | null = null;
  /** How many commands are being written. */
  #writing = 0;
  /** Settled when all batches so far are. */
  #last: Promise<void> = Promise.resolve();
  /** Resolved when the last batch so far goes one by one. */
  #isDelayed = new Promise<void>(nothing);
  #untold: Tell[] = [];

  constructor(parts: BatchParts) {
    this.#parts = parts;
  }

  add(item: BatchItem<CommandName>, receipt: Receipt): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, receipt, key: receiptKey(receipt), resolve, reject });
      // What is about the same as something in flight comes when that is done.
      if (!this.#busy.has(this.#parts.operation.about(item.input))) this.#next();
    });
  }

  /** Whether one of these commands, of this actor's, has this id. */
  holds(tx: Transaction, actor: Actor, commandId: string): Promise<boolean> {
    return this.#parts.operation.holds(tx, actor, commandId);
  }

  #next(): void {
    // Beside one that is written, not before as many wait: many small batches cost more than few large ones.
    if (this.#reading || this.#waiting.length < Math.max(this.#writing, 1)) return;
    const { batch, about } = this.#take();
    if (batch.length === 0) return;
    this.#reading = batch;
    const onSent = (): void => {
      if (this.#reading !== batch) return;
      this.#reading = null;
      this.#writing = batch.length;
      // The driver sends the last words of a transaction with the next immediate: after two, the batch is on its way.
      setImmediate(() => setImmediate(() => this.#next()));
    };
    const turn = { before: this.#last, isDelayed: this.#isDelayed, onSent };
    let delay = (): void => undefined;
    this.#isDelayed = new Promise<void>((resolve) => (delay = resolve));
    const settled = this.#settle(batch, turn, delay);
    this.#last = settled.then((tell) => {
      onSent();
      this.#writing = 0;
      for (const one of about) this.#busy.delete(one);
      this.#untold.push(tell);
      this.#next();
    });
    void this.#last.then(() => {
      // While the database works on the next one.
      if (this.#reading) setImmediate(() => setImmediate(() => this.#tell()));
      else this.#tell();
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
    for (const one of about) this.#busy.add(one);
    return { batch, about };
  }

  /** In the order of the commits. */
  #tell(): void {
    for (let tell = this.#untold.shift(); tell; tell = this.#untold.shift()) tell();
  }

  async #settle(batch: readonly Waiting[], turn: Turn, delay: () => void): Promise<Tell> {
    try {
      return await commitBatch(this.#parts, batch, turn);
    } catch (error) {
      // One bad command must not fail its neighbours: each gets a transaction of its own.
      if (batch.length > 1 && !isConnectionLost(error)) {
        delay();
        return this.#settleOneByOne(batch, turn);
      }
      await turn.before;
      const refusal = this.#parts.operation.refusalOf?.(error) ?? error;
      return () => batch.forEach((waiting) => waiting.reject(refusal));
    }
  }

  async #settleOneByOne(batch: readonly Waiting[], turn: Turn): Promise<Tell> {
    const tells: Tell[] = [];
    for (const waiting of batch) tells.push(await this.#settle([waiting], { ...turn, onSent: nothing }, nothing));
    return () => tells.forEach((tell) => tell());
  }
}
