import type { CommandName } from '../../shared/contract/catalogue.ts';
import type { Sql } from '../database/connection.ts';
import { appendBatch } from '../database/event-log.ts';
import { openTransaction, type OpenTransaction } from '../database/transactions.ts';
import { expectNoneMeanwhile, expectNoReceipts, findReceipts, idReused, type Receipt } from '../database/receipts.ts';
import type { Publish } from './command-bus.ts';
import { DomainError, isConnectionLost, isLockTimeout } from './errors.ts';
import type { BatchedOperation, BatchItem, BatchOutcome, EventDraft } from './operation.ts';
import type { RecentRows } from './recent-rows.ts';

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
  recent: RecentRows;
};

/** Answers the senders of a batch, and publishes what it came to. */
export type Tell = () => void;

/** What commands came to, each with what it was asked, or its refusal. */
type Answers = Map<string, { result: unknown; fingerprint: string | null } | DomainError>;

/** Why a batch that trusted is done again: nobody is refused on the word of a memory. */
class Doubt extends Error {}

/**
 * First on trust: that its commands are new, and that conversations are as this process left them, which the statements that write see to. Where that fails,
 * whatever it was, once more with everything read.
 */
export async function commitBatch(parts: BatchParts, batch: readonly Waiting[]): Promise<Tell> {
  try {
    return await commitOnce(parts, batch, parts.recent);
  } catch (error) {
    if (isConnectionLost(error) || isLockTimeout(error)) throw error;
    parts.recent.forget(batch.map(({ item }) => ({ conversationId: parts.operation.about(item.input) })));
    return commitCarefully(parts, batch);
  }
}

/** With everything read, and nothing of it remembered that may have been wrong. */
export function commitCarefully(parts: BatchParts, batch: readonly Waiting[]): Promise<Tell> {
  return commitOnce(parts, batch, null);
}

/**
 * One transaction in two flights, or one where nothing has to be read: what is sent together is not waited for one by one. A statement that fails aborts
 * those behind it, and the commit among them then commits nothing.
 */
async function commitOnce(parts: BatchParts, batch: readonly Waiting[], trusted: RecentRows | null): Promise<Tell> {
  const transaction = openTransaction(parts.sql);
  const { sql, unlessLost, rollBack } = transaction;
  const receipts = batch.map(({ receipt }) => receipt);
  try {
    const items = batch.map(({ item }) => item);
    const locked = parts.operation.lock(sql, items, trusted);
    // What is known of them is read behind the locks: whoever wrote it held those.
    const before = trusted ? null : findReceipts(sql, receipts);
    // Of what fails, the first tells why.
    before?.catch(() => undefined);
    const held = await unlessLost(locked);
    const answers = before && (await unlessLost(before));
    return await write(parts, transaction, batch, held, answers);
  } catch (error) {
    await rollBack();
    throw error;
  }
}

/** Decides, writes and commits. @param before what is known of its commands; null: it is taken on trust that nothing is */
async function write(
  { operation, publish, recent }: BatchParts,
  { sql, unlessLost }: OpenTransaction,
  batch: readonly Waiting[],
  held: unknown,
  before: Answers | null,
): Promise<Tell> {
  const answers: Answers = new Map(before);
  const fresh = firstOfEach(operation, batch, held, answers);
  const decision = operation.decide(
    held,
    fresh.map(({ item }) => item),
  );
  if (!before && decision.outcomes.some((outcome) => 'refusal' in outcome)) throw new Doubt();
  const drafts = gather(fresh, decision.outcomes, answers);
  const receipts = fresh.map(({ receipt }) => receipt);
  // Behind what writes: that has waited for whoever took one of the ids in another process.
  const expected = before ? expectNoneMeanwhile(sql, receipts) : expectNoReceipts(sql, receipts);
  const written = [...decision.write(sql), expected];
  const sent = [Promise.all(written), appendBatch(sql, drafts), sql`commit`] as const;
  const [, rows, { command }] = await unlessLost(Promise.all(sent)).catch(async (error: unknown) => {
    // The commit is on its way and ends the transaction: nothing may be sent behind it.
    await unlessLost(Promise.allSettled(sent)).catch(() => undefined);
    throw error;
  });
  if (command !== 'COMMIT') throw new Error('a batch was rolled back because a statement in it failed');
  recent.forget(rows);
  if (rows.length > 0) recent.keep(decision.known, rows[0]!.xid);
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
  const ids = new Set<string>();
  for (const waiting of batch) {
    const { item, key } = waiting;
    if (answers.has(key) || fresh.has(key)) continue;
    const id = `${item.actor.workspaceId} ${item.commandId}`;
    const before = operation.answered(held, item);
    if (before) answers.set(key, before);
    // Another's, by the same id: one of them would fail the whole batch.
    else if (ids.has(id)) answers.set(key, idReused());
    else {
      ids.add(id);
      fresh.set(key, waiting);
    }
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
