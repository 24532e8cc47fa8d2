import { and, eq } from 'drizzle-orm';
import { DomainError } from '../kernel/errors.ts';
import type { Sql, Transaction } from './connection.ts';
import { commandReceipt } from './schema.ts';

/** What makes a command happen once (D1). */
export type Receipt = { workspaceId: string; actor: string; id: string; fingerprint: string; at: Date };

const reused = () =>
  new DomainError('id_reused', 'This command id was used before for something else. Make a new id for a new command.');

/**
 * Claims the id within the command's transaction. A second claim waits until the first has ended.
 * @returns null when it is new; the stored answer when this very command has been executed before.
 */
export async function claimReceipt(tx: Transaction, receipt: Receipt): Promise<{ result: unknown } | null> {
  const claimed = await tx.insert(commandReceipt).values(receipt).onConflictDoNothing().returning({ id: commandReceipt.id });
  if (claimed.length > 0) return null;
  const [before] = await tx.select().from(commandReceipt).where(sameReceipt(receipt));
  if (before?.fingerprint !== receipt.fingerprint) throw reused();
  return { result: before.result };
}

export async function storeResult(tx: Transaction, receipt: Receipt, result: unknown): Promise<void> {
  await tx.update(commandReceipt).set({ result }).where(sameReceipt(receipt));
}

function sameReceipt(receipt: Receipt) {
  return and(
    eq(commandReceipt.workspaceId, receipt.workspaceId),
    eq(commandReceipt.actor, receipt.actor),
    eq(commandReceipt.id, receipt.id),
  );
}

/** Which of a batch have been executed before: their answers, or the refusal of a reused id, by command id and actor. */
export async function findReceipts(sql: Sql, receipts: readonly Receipt[]): Promise<Map<string, { result: unknown } | DomainError>> {
  const rows = await sql<{ actor: string; id: string; workspace_id: string; fingerprint: string; result: unknown }[]>`
    select workspace_id, actor, id, fingerprint, result from parlour.command_receipt
    where id = any(${receipts.map((receipt) => receipt.id)}::uuid[])`;
  const found = new Map<string, { result: unknown } | DomainError>();
  for (const receipt of receipts) {
    const row = rows.find(
      (candidate) =>
        candidate.id === receipt.id && candidate.actor === receipt.actor && candidate.workspace_id === receipt.workspaceId,
    );
    if (row) found.set(receiptKey(receipt), row.fingerprint === receipt.fingerprint ? { result: row.result } : reused());
  }
  return found;
}

export function receiptKey(receipt: Receipt): string {
  return `${receipt.workspaceId} ${receipt.actor} ${receipt.id}`;
}

/** The refusal of an id that came twice in one batch with different inputs. */
export { reused as idReused };

/** Receipts are for retries: after thirty days nobody retries, and messages are still known by their part's id. */
export const RECEIPT_DAYS = 30;

export async function dropOldReceipts(sql: Sql, now: Date): Promise<void> {
  await sql`delete from parlour.command_receipt where at < ${now}::timestamptz - make_interval(days => ${RECEIPT_DAYS})`;
}
