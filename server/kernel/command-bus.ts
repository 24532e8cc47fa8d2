import { commands, type CommandInput, type CommandName, type CommandResult } from '../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import type { Connections, Database, Transaction } from '../database/connection.ts';
import { appendEvents } from '../database/event-log.ts';
import {
  asReuse,
  claimReceipt,
  idReused,
  makeReceipt,
  receiptKey,
  storeResult,
  type Receipt,
} from '../database/receipts.ts';
import type { Actor } from './actor.ts';
import { Batcher } from './batcher.ts';
import type { Clock } from './clock.ts';
import { isDeadlock, parse } from './errors.ts';
import {
  ShownOnce,
  type About,
  type EventDraft,
  type EventRow,
  type KnownRows,
  type Operation,
  type OperationContext,
  type Operations,
} from './operation.ts';
import { RecentRows } from './recent-rows.ts';

/** Whether an actor may execute a command at all; throws the refusal. What they may touch is the operation's question. */
export type CommandPolicy = (name: CommandName, actor: Actor) => void;

/** Hears committed facts, in the order of commits. */
export type Publish = (rows: readonly EventRow[], known?: KnownRows) => void;

export type CommandBusParts = {
  connections: Connections;
  operations: Operations;
  policy: CommandPolicy;
  publish: Publish;
  clock: Clock;
  /** Keys the fingerprints of inputs. */
  secret: string;
};

export type ExecuteOptions = {
  /** The command's name for itself (D1). Made when left out: then a retry is another command. */
  id?: string;
  /** Another "now": for sample data and tests. */
  clock?: Clock;
};

/** The one way to change anything: validate → policy → once (D1) → transaction → operation → events → commit → publish. */
export class CommandBus {
  readonly #parts: CommandBusParts;
  readonly #batchers = new Map<CommandName, Batcher>();
  readonly #recent = new RecentRows();
  /** Commands that are underway and not batched. */
  readonly #alone = new Map<string, Receipt>();

  constructor(parts: CommandBusParts) {
    this.#parts = parts;
    parts.connections.onLost(() => this.#recent.clear());
    for (const name of Object.keys(parts.operations) as CommandName[]) {
      const operation = parts.operations[name];
      if ('decide' in operation) {
        // The table's type ties each operation to its name; a batcher serves one name, so the pairing is kept.
        this.#batchers.set(
          name,
          new Batcher({
            sql: parts.connections.sql,
            operation: operation as never,
            publish: parts.publish,
            recent: this.#recent,
          }),
        );
      }
    }
  }

  /**
   * @returns the command's answer, after the commit (D2). The same id with the same input gives the same answer.
   * @throws DomainError with a sentence for the user, when refused.
   */
  async execute<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    actor: Actor,
    options: ExecuteOptions = {},
  ): Promise<CommandResult<N>> {
    const parsed = parse(commands[name].input, input);
    this.#parts.policy(name, actor);
    const at = (options.clock ?? this.#parts.clock).now();
    const receipt = makeReceipt(this.#parts.secret, { id: options.id ?? uuidv7(), actor, name, input: parsed, at });
    const batcher = this.#batchers.get(name);
    if (batcher && this.#alone.size > 0 && this.#alone.has(receiptKey(receipt))) throw idReused();
    try {
      const result = batcher
        ? await batcher.add(
            {
              commandId: receipt.id,
              fingerprint: receipt.fingerprint,
              actor,
              input: parsed as never,
              now: receipt.at,
            },
            receipt,
          )
        : await this.#besideBatches(receipt, () =>
            this.#executeAlone(name, parsed, actor, receipt, options.id !== undefined),
          );
      return result as CommandResult<N>;
    } catch (error) {
      throw asReuse(error);
    }
  }

  /** Whether commands of this name are batched (D14), and so may overlap in one socket without losing their order. */
  isBatched(name: string): boolean {
    return this.#batchers.has(name as CommandName);
  }

  /**
   * Of a batched command and one that is not, neither finds what the other leaves of its id before that is committed. In this process one of them is
   * refused at once; of two processes one waits in the database for the other's end.
   */
  async #besideBatches<T>(receipt: Receipt, work: () => Promise<T>): Promise<T> {
    const key = receiptKey(receipt);
    for (const batcher of this.#batchers.values()) if (batcher.isUnderway(key)) throw idReused();
    this.#alone.set(key, receipt);
    try {
      return await work();
    } finally {
      if (this.#alone.get(key) === receipt) this.#alone.delete(key);
    }
  }

  async #executeAlone(
    name: CommandName,
    input: unknown,
    actor: Actor,
    receipt: Receipt,
    isRepeatable: boolean,
  ): Promise<unknown> {
    const operation = await this.#prepared(this.#parts.connections.db, name, actor, input);
    const { rows, result } = await this.#inTransaction(async (tx) => {
      const drafts: EventDraft[] = [];
      const before = await claimReceipt(tx, receipt);
      if (before) return { rows: [], result: before.result };
      const answer = await operation(this.#context(tx, actor, receipt.id, receipt.at, drafts), input as never);
      const [stored, shown] = answer instanceof ShownOnce ? [answer.stored, answer.shown] : [answer, answer];
      // Behind what it locks, as a batch does: else the two would wait for each other, and everybody's messages with them.
      if (isRepeatable)
        for (const batcher of this.#batchers.values())
          if (!(await batcher.take(tx, actor, receipt.id))) throw idReused();
      const rows = await appendEvents(tx, drafts);
      await storeResult(tx, receipt, stored);
      return { rows, result: shown as unknown };
    });
    this.#recent.forget(rows);
    if (rows.length > 0) this.#parts.publish(rows);
    return result;
  }

  /** Once more where it and another waited for each other: Postgres has ended this one, and the other has gone on. */
  async #inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { db } = this.#parts.connections;
    return db.transaction(work).catch((error: unknown) => {
      if (isDeadlock(error)) return db.transaction(work);
      throw error;
    });
  }

  #context(tx: Transaction, actor: Actor, commandId: string, now: Date, drafts: EventDraft[]): OperationContext {
    return {
      tx,
      actor,
      workspaceId: actor.workspaceId,
      commandId,
      now,
      emit: (event, facts, about = {}) => drafts.push(draft(actor, now, event, facts, about)),
      run: async (name, input, as = actor) => {
        const context = this.#context(tx, as, uuidv7(now.getTime()), now, drafts);
        const parsed = parse(commands[name].input, input);
        const operation = await this.#prepared(tx, name, as, parsed);
        const answer = await operation(context, parsed as never);
        return (answer instanceof ShownOnce ? answer.stored : answer) as never;
      },
    };
  }

  /** The operation, with what it prepares done: before its transaction, or, as part of another command, within that one's. */
  async #prepared(
    db: Database | Transaction,
    name: CommandName,
    actor: Actor,
    input: unknown,
  ): Promise<Operation<CommandName>> {
    const operation = this.#parts.operations[name];
    if (typeof operation === 'function') return operation as Operation<CommandName>;
    if (!('prepare' in operation)) throw new Error(`${name} is batched and cannot be part of another command`);
    const ready: unknown = await operation.prepare(db, actor, input as never);
    return (context) => operation.operate(context, input as never, ready);
  }
}

/** A fact by an actor, ready for the log. */
function draft(
  actor: Actor,
  at: Date,
  name: EventDraft['name'],
  facts: Record<string, unknown>,
  about: About = {},
): EventDraft {
  return {
    workspaceId: about.workspaceId ?? actor.workspaceId,
    name,
    actorKind: actor.kind,
    actorId: 'id' in actor ? actor.id : null,
    conversationId: about.conversationId ?? null,
    contactId: about.contactId ?? null,
    facts,
    at,
  };
}
