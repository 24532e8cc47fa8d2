import type {
  CommandInput,
  CommandName,
  CommandResult,
  EventFacts,
  EventName,
  ParsedCommandInput,
} from '../../shared/contract/catalogue.ts';
import type { Database, Sql, Transaction } from '../database/connection.ts';
import type { Actor } from './actor.ts';
import type { DomainError } from './errors.ts';
import type { RecentRows } from './recent-rows.ts';

/** Which conversation and contact a fact is about: what timelines are read by. A workspace only where the command makes one. */
export type About = { conversationId?: string | null; contactId?: string | null; workspaceId?: string };

export type Emit = <N extends EventName>(name: N, facts: EventFacts<N>, about?: About) => void;

/** What an operation works with: one transaction, who asks, and when it is. */
export type OperationContext = {
  tx: Transaction;
  actor: Actor;
  workspaceId: string;
  /** The command's id: what a message it makes is known by. */
  commandId: string;
  now: Date;
  emit: Emit;
  /**
   * Runs another command's operation within this transaction, as part of this command: how modules build on each other without reaching
   * into each other. Its facts join this command's; no policy and no receipt of its own.
   */
  run: <N extends CommandName>(name: N, input: CommandInput<N>, actor?: Actor) => Promise<CommandResult<N>>;
};

/** An answer with something in it that is shown once and never stored, such as a new key's secret. */
export class ShownOnce<R> {
  readonly stored: R;
  readonly shown: R;
  constructor(stored: R, shown: R) {
    this.stored = stored;
    this.shown = shown;
  }
}

export type Operation<N extends CommandName> = (
  context: OperationContext,
  input: ParsedCommandInput<N>,
) => Promise<CommandResult<N> | ShownOnce<CommandResult<N>>>;

/**
 * An operation with slow work that needs no lock: it is done before the transaction, for readers of the log wait for every open one (D4). Only as part of
 * another command, such as the set-up of a workspace that nobody reads yet, is it done within that one's.
 */
export type PreparedOperation<N extends CommandName, Ready = unknown> = {
  /** Only reads, and refuses nothing: where the command is a repeat, its answer stands already (D1). */
  prepare(db: Database | Transaction, actor: Actor, input: ParsedCommandInput<N>): Promise<Ready>;
  operate(context: OperationContext, input: ParsedCommandInput<N>, ready: Ready): ReturnType<Operation<N>>;
};

/** A fact before it is in the log. */
export type EventDraft = {
  workspaceId: string;
  name: EventName;
  actorKind: Actor['kind'];
  actorId: string | null;
  conversationId: string | null;
  contactId: string | null;
  facts: Record<string, unknown>;
  at: Date;
};

/** A fact as the log keeps it. */
export type EventRow = EventDraft & { id: string; xid: string };

/** The rows that an operation's facts are about, all of them, so that publishing need not read them again: `conversation:ID`, `part:ID`. */
export type KnownRows = ReadonlyMap<string, unknown>;

export type BatchItem<N extends CommandName> = {
  commandId: string;
  /** Keyed hash of what is asked: kept with what the command leaves, it tells a repeat from another use of its id (D1). */
  fingerprint: string;
  actor: Actor;
  input: ParsedCommandInput<N>;
  now: Date;
};

/** What one command of a batch came to: its answer and facts, or its own refusal. */
export type BatchOutcome<N extends CommandName> =
  | { result: CommandResult<N>; events: EventDraft[] }
  | { refusal: DomainError };

/** What a batch came to: an outcome for each item in order, and the statements that write it. */
export type BatchDecision<N extends CommandName> = {
  outcomes: BatchOutcome<N>[];
  known: KnownRows;
  /** Sends its multi-row statements without waiting between them; they share one flight with the events and the commit. */
  write: (sql: Sql) => Promise<unknown>[];
};

/**
 * A hot command's operation (D14): everything that arrived while the last batch was in flight, decided together in one transaction of two
 * round trips, one to read and lock, one to write. What this process wrote lately it need not read, and then the second is the only one.
 */
export type BatchedOperation<N extends CommandName, Held = unknown> = {
  /** The conversation that a command changes: of two batches in flight none is about the same. */
  about(input: ParsedCommandInput<N>): string;
  /**
   * Locks and reads what the items are about, and, behind the locks, what those of them that were executed before have left.
   * @param recent what need not be read: `write` must fail where it is no longer so, or where an item was executed before. null: everything is read
   */
  lock(sql: Sql, items: readonly BatchItem<N>[], recent: RecentRows | null): Promise<Held>;
  /**
   * What stands under this id already (D1): a command of a batch has no receipt of its own, what it writes is its receipt.
   * @returns null when there is nothing that the actor may know of; without a fingerprint when it is something else than such a command of theirs
   */
  answered(held: Held, item: BatchItem<N>): { result: CommandResult<N>; fingerprint: string | null } | null;
  /**
   * Takes the id for another command, until its transaction ends: a batch that writes one by it, in whichever process, waits for that.
   * @returns false where a command of this actor's has it: then no other command of theirs may
   */
  take(tx: Transaction, actor: Actor, commandId: string): Promise<boolean>;
  /** Decides in memory, in the order of the items.  */
  decide(held: Held, items: readonly BatchItem<N>[]): BatchDecision<N>;
};

/**
 * Every command's operation: forgetting one does not compile. What a batched one holds between its two flights, and what a prepared one has ready, is its
 * own affair; `any` lets each have a type of its own in one table.
 */
// oxlint-disable-next-line typescript/no-explicit-any
export type Operations = { [N in CommandName]: Operation<N> | PreparedOperation<N, any> | BatchedOperation<N, any> };
