import type { CommandName } from '../../shared/contract/catalogue.ts';
import type { Sql } from '../database/connection.ts';
import { appendBatch } from '../database/event-log.ts';
import { openTransaction } from '../database/transactions.ts';
import { findReceipts, idReused, receiptKey, type Answers, type Receipt } from '../database/receipts.ts';
import type { Publish } from './command-bus.ts';
import { DomainError, isConnectionLost } from './errors.ts';
import type { BatchedOperation, BatchItem, BatchOutcome, EventDraft } from './operation.ts';

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

  /**
   * One transaction in two flights: what is sent together is not waited for one by one. A statement that fails aborts those behind it, and the
   * commit among them then commits nothing.
   */
  async #commit(batch: readonly Waiting[]): Promise<void> {
    const { sql, unlessLost, rollBack } = openTransaction(this.#sql);
    try {
      const receipts = batch.map((waiting) => waiting.receipt);
      const items = batch.map((waiting) => waiting.item);
      const [before, held] = await unlessLost(
        Promise.all([findReceipts(sql, receipts), this.#operation.lock(sql, items)]),
      );
      const fresh = firstOfEach(batch, before);
      const freshItems = fresh.map((waiting) => waiting.item);
      const decision = this.#operation.decide(held, freshItems);
      const { drafts, stored } = gather(fresh, decision.outcomes, before);
      const [rows] = await unlessLost(
        Promise.all([appendBatch(sql, drafts, stored), ...decision.write(sql), sql`commit`]),
      );
      this.#answer(batch, before);
      if (rows.length > 0) this.#publish(rows, decision.known);
    } catch (error) {
      await rollBack();
      throw error;
    }
  }

  #answer(batch: readonly Waiting[], answers: Answers): void {
    for (const { receipt, resolve, reject } of batch) {
      const answer = answers.get(receiptKey(receipt));
      if (!answer || answer instanceof DomainError) reject(answer ?? idReused());
      else if (answer.fingerprint === receipt.fingerprint) resolve(answer.result);
      else reject(idReused());
    }
  }
}

/** The commands of a batch that have no answer yet; of two with one id, the first. */
function firstOfEach(batch: readonly Waiting[], before: Answers): Waiting[] {
  const fresh = new Map<string, Waiting>();
  for (const waiting of batch) {
    const key = receiptKey(waiting.receipt);
    if (!before.has(key) && !fresh.has(key)) fresh.set(key, waiting);
  }
  return [...fresh.values()];
}

/** The facts and receipts to write; every outcome becomes an answer. */
function gather(fresh: readonly Waiting[], outcomes: readonly BatchOutcome<CommandName>[], answers: Answers) {
  const drafts: EventDraft[] = [];
  const stored: (Receipt & { result: unknown })[] = [];
  fresh.forEach(({ receipt }, index) => {
    const outcome = outcomes[index]!;
    if ('refusal' in outcome) {
      answers.set(receiptKey(receipt), outcome.refusal);
      return;
    }
    const { result } = outcome;
    answers.set(receiptKey(receipt), { result, fingerprint: receipt.fingerprint });
    drafts.push(...outcome.events);
    stored.push({ ...receipt, result });
  });
  return { drafts, stored };
}
