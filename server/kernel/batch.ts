import type { CommandName } from '../../shared/contract/catalogue.ts';
import type { Sql } from '../database/connection.ts';
import { appendBatch } from '../database/event-log.ts';
import { openTransaction, type OpenTransaction } from '../database/transactions.ts';
import { findReceipts, idReused, type Receipt } from '../database/receipts.ts';
import type { Publish } from './command-bus.ts';
import { DomainError } from './errors.ts';
import type { BatchedOperation, BatchItem, BatchOutcome, EventDraft } from './operation.ts';

export type Waiting = {
  item: BatchItem<CommandName>;
  receipt: Receipt;
  /** Two of one batch with one id are one command if they are of one actor; else the table of what they write tells them apart. */
  key: string;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
};

/** What batches are made with. */
export type BatchParts = {
  sql: Sql;
  operation: BatchedOperation<CommandName>;
  publish: Publish;
};

/** How a batch stands to the one before it, and to the one after. */
export type Turn = {
  /** Resolved when the batch before it is settled: then it may write. */
  before: Promise<unknown>;
  /** Resolved when the batch before it has to go one by one. Nobody's rows are held for that long. */
  isDelayed: Promise<unknown>;
  /** Called when its statements and the commit are handed over. */
  onSent: () => void;
};

/** Answers the senders of a batch, and publishes what it came to. */
export type Tell = () => void;

/** What commands came to, each with what it was asked, or its refusal. */
type Answers = Map<string, { result: unknown; fingerprint: string | null } | DomainError>;

/**
 * One transaction in two flights: what is sent together is not waited for one by one. A statement that fails aborts those behind it, and the
 * commit among them then commits nothing.
 */
export async function commitBatch(parts: BatchParts, batch: readonly Waiting[], turn: Turn): Promise<Tell> {
  const transaction = openTransaction(parts.sql);
  const { sql, unlessLost, rollBack } = transaction;
  try {
    // What is known of them is read behind the locks: whoever wrote it held those.
    const found = [
      parts.operation.lock(
        sql,
        batch.map(({ item }) => item),
      ),
      findReceipts(
        sql,
        batch.map(({ receipt }) => receipt),
      ),
    ] as const;
    const [held, receipts] = await unlessLost(Promise.all(found));
    const mayWrite = turn.before.then(() => true);
    if (await Promise.race([mayWrite, turn.isDelayed.then(() => false)]))
      return await write(parts, transaction, batch, { held, answers: new Map(receipts) }, turn.onSent);
  } catch (error) {
    await rollBack();
    throw error;
  }
  await rollBack();
  await turn.before;
  return commitBatch(parts, batch, turn);
}

/** Decides, writes and commits. */
async function write(
  { operation, publish }: BatchParts,
  { sql, unlessLost }: OpenTransaction,
  batch: readonly Waiting[],
  { held, answers }: { held: unknown; answers: Answers },
  onSent: () => void,
): Promise<Tell> {
  const fresh = firstOfEach(operation, batch, held, answers);
  const decision = operation.decide(
    held,
    fresh.map(({ item }) => item),
  );
  const drafts = gather(fresh, decision.outcomes, answers);
  const sent = [Promise.all(decision.write(sql)), appendBatch(sql, drafts), sql`commit`] as const;
  onSent();
  const [, rows, { command }] = await unlessLost(Promise.all(sent)).catch(async (error: unknown) => {
    // The commit is on its way and ends the transaction: nothing may be sent behind it.
    await unlessLost(Promise.allSettled(sent)).catch(() => undefined);
    throw error;
  });
  if (command !== 'COMMIT') throw new Error('a batch was rolled back because a statement in it failed');
  return () => {
    answer(batch, answers);
    if (rows.length > 0) publish(rows, decision.known);
  };
}

/** The commands of a batch that have no answer yet; of two with one id, the first. */
function firstOfEach(
  operation: BatchParts['operation'],
  batch: readonly Waiting[],
  held: unknown,
  answers: Answers,
): Waiting[] {
  const fresh = new Map<string, Waiting>();
  for (const waiting of batch) {
    const { item, key } = waiting;
    if (answers.has(key) || fresh.has(key)) continue;
    const before = operation.answered(held, item);
    if (before) answers.set(key, before);
    else fresh.set(key, waiting);
  }
  return [...fresh.values()];
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

function answer(batch: readonly Waiting[], answers: Answers): void {
  for (const { item, key, resolve, reject } of batch) {
    const found = answers.get(key);
    if (!found || found instanceof DomainError) reject(found ?? idReused());
    else if (found.fingerprint === item.fingerprint) resolve(found.result);
    else reject(idReused());
  }
}
