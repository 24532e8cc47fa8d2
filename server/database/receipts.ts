import { createHash, hash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { actorKey, type Actor } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Sql, Transaction } from './connection.ts';
import { failsUnless } from './row-sets.ts';
import { commandReceipt } from './schema.ts';

/** What makes a command happen once (D1): its id, whose id it is (a hash of workspace and actor), and what it asks (a keyed hash). */
export type Receipt = { id: string; scope: bigint; fingerprint: string; at: Date };

/** @param secret keys the fingerprint, so that it tells nothing of a password in the input */
export function makeReceipt(
  secret: string,
  command: { id: string; actor: Actor; name: string; input: unknown; at: Date },
): Receipt {
  const asked = hash('sha256', `${secret}\n${command.name}\n${JSON.stringify(command.input)}`, 'hex');
  return { id: command.id, scope: scopeOf(command.actor), fingerprint: asUuid(asked), at: command.at };
}

const scopes = new WeakMap<Actor, bigint>();

function scopeOf(actor: Actor): bigint {
  let scope = scopes.get(actor);
  if (scope === undefined) {
    scope = createHash('sha256').update(actor.workspaceId).update(actorKey(actor)).digest().readBigInt64BE();
    scopes.set(actor, scope);
  }
  return scope;
}

/** 128 bits in the form Postgres keeps in 16 bytes. */
function asUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

const reused = () =>
  new DomainError('id_reused', 'This command id was used before for something else. Make a new id for a new command.');

/** A message is known by the id of its command: the id of somebody else's message is a used one too. @returns the refusal, or the error as it was */
export function asReuse(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('constraint_name' in cause && cause.constraint_name === 'part_id') return reused();
    if (cause.message.includes(EXECUTED_BEFORE)) return reused();
  }
  return error;
}

/**
 * Claims the id within the command's transaction. A second claim waits until the first has ended.
 * @returns null when it is new; the stored answer when this very command has been executed before.
 */
export async function claimReceipt(tx: Transaction, receipt: Receipt): Promise<{ result: unknown } | null> {
  const claimed = await tx
    .insert(commandReceipt)
    .values(receipt)
    .onConflictDoNothing()
    .returning({ id: commandReceipt.id });
  if (claimed.length > 0) return null;
  const [before] = await tx.select().from(commandReceipt).where(sameReceipt(receipt));
  if (before?.fingerprint !== receipt.fingerprint) throw reused();
  return { result: before.result };
}

export async function storeResult(tx: Transaction, receipt: Receipt, result: unknown): Promise<void> {
  await tx.update(commandReceipt).set({ result }).where(sameReceipt(receipt));
}

function sameReceipt(receipt: Receipt) {
  return and(eq(commandReceipt.id, receipt.id), eq(commandReceipt.scope, receipt.scope));
}

/** Which of these commands have been executed before, by `receiptKey`. A batched command is not among them: what it wrote is its receipt. */
export async function findReceipts(
  sql: Sql,
  receipts: readonly Receipt[],
): Promise<Map<string, { fingerprint: string; result: unknown }>> {
  const rows = await sql<{ id: string; scope: string; fingerprint: string; result: unknown }[]>`
    select id, scope::text, fingerprint, result from parlour.command_receipt
    where id = any(${receipts.map((receipt) => receipt.id)}::uuid[])`;
  return new Map(rows.map(({ id, scope, fingerprint, result }) => [`${id} ${scope}`, { fingerprint, result }]));
}

const EXECUTED_BEFORE = 'of the commands were executed before';

/** Fails, and its transaction with it, when one of these ids stands for a command already, of whomever. */
export function expectNoReceipts(sql: Sql, receipts: readonly Receipt[]) {
  return sql`
    select ${sql.unsafe(failsUnless('count(*) = 0', EXECUTED_BEFORE))} from parlour.command_receipt
    where id = any(${receipts.map((receipt) => receipt.id)}::uuid[])`;
}

/** The same where it is known that none did when they were read, and of those whose commands these are. */
export function expectNoneMeanwhile(sql: Sql, receipts: readonly Receipt[]) {
  return sql`
    select ${sql.unsafe(failsUnless('count(*) = 0', EXECUTED_BEFORE))} from parlour.command_receipt
    where (id, scope) in (
      select * from unnest(${receipts.map(({ id }) => id)}::uuid[], ${receipts.map(({ scope }) => String(scope))}::bigint[])
    )`;
}

export function receiptKey(receipt: Receipt): string {
  return `${receipt.id} ${receipt.scope}`;
}

/** The refusal of an id that a batch knows for something else. */
export { reused as idReused };

/** Receipts are for retries: after thirty days nobody retries, and messages are still known by their part's id. */
export const RECEIPT_DAYS = 30;

export async function dropOldReceipts(sql: Sql, now: Date): Promise<void> {
  await sql`delete from parlour.command_receipt where at < ${now}::timestamptz - make_interval(days => ${RECEIPT_DAYS})`;
}
