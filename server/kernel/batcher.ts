import type { CommandName } from '../../shared/contract/catalogue.ts';
import type { Sql, Transaction } from '../database/connection.ts';
import { appendBatch } from '../database/event-log.ts';
import { openTransaction, type OpenTransaction } from '../database/transactions.ts';
import { findReceipts, idReused, receiptKey, type Receipt } from '../database/receipts.ts';
import type { Actor } from './actor.ts';
import type { Publish } from './command-bus.ts';
import { DomainError, isConnectionLost } from './errors.ts';
import type { BatchedOperation, BatchItem, BatchOutcome, EventDraft } from './operation.ts';

type Waiting = {
  item: BatchItem<CommandName>;
  receipt: Receipt;
  /** Two of one batch with one id are one command if they are of one actor; else the table of what they write tells them apart. */
  key: string;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
};

/** What commands came to, each with what it was asked, or its refusal. */
type Answers = Map<string, { result: unknown; fingerprint: string | null } | DomainError>;

/** Answers the senders of a batch, and publishes what it came to. */
type Tell = () => void;
const nothing: Tell = () => undefined;

/** Enough to fill a commit, small enough that a statement stays under a megabyte with ordinary messages. */
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
      this.#waiting.push({ item, receipt, key: receiptKey(receipt), resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  /** Whether one of these commands, of this actor's, has this id. */
  holds(tx: Transaction, actor: Actor, commandId: string): Promise<boolean> {
    return this.#operation.holds(tx, actor, commandId);
  }

  /** Telling of one batch is done while the database works on the next. */
  async #run(): Promise<void> {
    this.#running = true;
    let untold: Tell = nothing;
    const tellNow = () => {
      const tell = untold;
      untold = nothing;
      tell();
    };
    while (this.#waiting.length > 0) {
      const settling = this.#settle(this.#waiting.splice(0, MOST_IN_A_BATCH));
      // The driver sends the last words of a transaction with the next immediate: after two, the batch is on its way.
      setImmediate(() => setImmediate(tellNow));
      const tell = await settling;
      tellNow();
      untold = tell;
    }
    tellNow();
    this.#running = false;
  }

  async #settle(batch: readonly Waiting[]): Promise<Tell> {
    try {
      return await this.#commit(batch);
    } catch (error) {
      // One bad command must not fail its neighbours: each gets a transaction of its own.
      if (batch.length > 1 && !isConnectionLost(error)) return this.#settleOneByOne(batch);
      const refusal = this.#operation.refusalOf?.(error) ?? error;
      return () => batch.forEach((waiting) => waiting.reject(refusal));
    }
  }

  async #settleOneByOne(batch: readonly Waiting[]): Promise<Tell> {
    const tells: Tell[] = [];
    for (const waiting of batch) tells.push(await this.#settle([waiting]));
    return () => tells.forEach((tell) => tell());
  }

  /**
   * One transaction in two flights: what is sent together is not waited for one by one. A statement that fails aborts those behind it, and the
   * commit among them then commits nothing.
   */
  async #commit(batch: readonly Waiting[]): Promise<Tell> {
    const transaction = openTransaction(this.#sql);
    const { sql, unlessLost, rollBack } = transaction;
    try {
      const items = batch.map((waiting) => waiting.item);
      // What is known of them is read behind the locks: whoever wrote it held those.
      const found = [
        this.#operation.lock(sql, items),
        findReceipts(
          sql,
          batch.map(({ receipt }) => receipt),
        ),
      ] as const;
      return await this.#write(transaction, batch, ...(await unlessLost(Promise.all(found))));
    } catch (error) {
      await rollBack();
      throw error;
    }
  }

  /** Decides, writes and commits. */
  async #write(
    { sql, unlessLost }: OpenTransaction,
    batch: readonly Waiting[],
    held: unknown,
    receipts: Awaited<ReturnType<typeof findReceipts>>,
  ): Promise<Tell> {
    const answers: Answers = new Map(receipts);
    const fresh = this.#firstOfEach(batch, held, answers);
    const freshItems = fresh.map(({ item }) => item);
    const decision = this.#operation.decide(held, freshItems);
    const drafts = gather(fresh, decision.outcomes, answers);
    const sent = [Promise.all(decision.write(sql)), appendBatch(sql, drafts), sql`commit`] as const;
    const [, rows, { command }] = await unlessLost(Promise.all(sent)).catch(async (error: unknown) => {
      // The commit is on its way and ends the transaction: nothing may be sent behind it.
      await unlessLost(Promise.allSettled(sent)).catch(nothing);
      throw error;
    });
    if (command !== 'COMMIT') throw new Error('a batch was rolled back because a statement in it failed');
    return () => {
      this.#answer(batch, answers);
      if (rows.length > 0) this.#publish(rows, decision.known);
    };
  }

  /** The commands of a batch that have no answer yet; of two with one id, the first. */
  #firstOfEach(batch: readonly Waiting[], held: unknown, answers: Answers): Waiting[] {
    const fresh = new Map<string, Waiting>();
    for (const waiting of batch) {
      const { item, key } = waiting;
      if (answers.has(key) || fresh.has(key)) continue;
      const before = this.#operation.answered(held, item);
      if (before) answers.set(key, before);
      else fresh.set(key, waiting);
    }
    return [...fresh.values()];
  }

  #answer(batch: readonly Waiting[], answers: Answers): void {
    for (const { item, key, resolve, reject } of batch) {
      const answer = answers.get(key);
      if (!answer || answer instanceof DomainError) reject(answer ?? idReused());
      else if (answer.fingerprint === item.fingerprint) resolve(answer.result);
      else reject(idReused());
    }
  }
}

/** The facts to write; every outcome becomes an answer. */
function gather(
  fresh: readonly Waiting[],
  outcomes: readonly BatchOutcome<CommandName>[],
  answers: Answers,
): EventDraft[] {
  const drafts: EventDraft[] = [];
  fresh.forEach(({ item, key }, index) => {
    const outcome = outcomes[index]!;
    if ('refusal' in outcome) {
      answers.set(key, outcome.refusal);
      return;
    }
    answers.set(key, { result: outcome.result, fingerprint: item.fingerprint });
    drafts.push(...outcome.events);
  });
  return drafts;
}
