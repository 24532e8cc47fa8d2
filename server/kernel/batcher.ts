import type { CommandName } from '../../shared/contract/catalogue.ts';
import type { Sql } from '../database/connection.ts';
import { appendBatch } from '../database/event-log.ts';
import { findReceipts, idReused, receiptKey, type Receipt } from '../database/receipts.ts';
import type { Publish } from './command-bus.ts';
import { DomainError, isConnectionLost } from './errors.ts';
import type { BatchedOperation, BatchItem, EventDraft } from './operation.ts';

type Waiting = {
  item: BatchItem<CommandName>;
  receipt: Receipt;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
};

/** Enough to fill a commit, small enough that one statement's JSON stays under a megabyte with ordinary messages. */
const MOST_IN_A_BATCH = 500;

/**
 * Group commit for one hot command (D14). What arrives while a batch is in flight forms the next one. There is no timer: a lone command
 * starts its own batch at once. Nothing outlives the process: who was not answered still holds the command and sends it again.
 */
export class Batcher {
  readonly #sql: Sql;
  readonly #operation: BatchedOperation<CommandName>;
  readonly #publish: Publish;
  #waiting: Waiting[] = [];
  #running = false;

  constructor(sql: Sql, operation: BatchedOperation<CommandName>, publish: Publish) {
    this.#sql = sql;
    this.#operation = operation;
    this.#publish = publish;
  }

  add(item: BatchItem<CommandName>, receipt: Receipt): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, receipt, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_IN_A_BATCH);
      try {
        await this.#commit(batch);
      } catch (error) {
        if (batch.length === 1 || isConnectionLost(error)) for (const waiting of batch) waiting.reject(error);
        // One bad command must not fail its neighbours: each gets a transaction of its own.
        else await this.#commitOneByOne(batch);
      }
    }
    this.#running = false;
  }

  async #commitOneByOne(batch: readonly Waiting[]): Promise<void> {
    for (const waiting of batch) {
      try {
        await this.#commit([waiting]);
      } catch (error) {
        waiting.reject(error);
      }
    }
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const answers = new Map<string, { result: unknown } | DomainError>();
    const committed = await this.#sql.begin(async (transaction) => {
      const tx = transaction as unknown as Sql;
      const before = await findReceipts(tx, batch.map((waiting) => waiting.receipt));
      const fresh = new Map<string, Waiting>();
      for (const waiting of batch) {
        const key = receiptKey(waiting.receipt);
        const twin = fresh.get(key);
        const stored = before.get(key);
        if (stored) answers.set(key, stored);
        else if (!twin) fresh.set(key, waiting);
        else if (twin.receipt.fingerprint !== waiting.receipt.fingerprint) waiting.reject(idReused());
      }
      if (fresh.size === 0) return null;
      const items = [...fresh.values()];
      const { outcomes, known } = await this.#operation.batch(tx, items.map((waiting) => waiting.item));
      const drafts: EventDraft[] = [];
      const receipts: (Receipt & { result: unknown })[] = [];
      items.forEach(({ receipt }, index) => {
        const outcome = outcomes[index]!;
        if ('refusal' in outcome) {
          answers.set(receiptKey(receipt), outcome.refusal);
        } else {
          answers.set(receiptKey(receipt), { result: outcome.result });
          drafts.push(...outcome.events);
          receipts.push({ ...receipt, result: outcome.result });
        }
      });
      return { rows: await appendBatch(tx, drafts, receipts), known };
    });
    for (const { receipt, resolve, reject } of batch) {
      const answer = answers.get(receiptKey(receipt));
      if (answer instanceof DomainError) reject(answer);
      else resolve(answer?.result);
    }
    if (committed && committed.rows.length > 0) this.#publish(committed.rows, committed.known);
  }
}
