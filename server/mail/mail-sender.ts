import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../database/connection.ts';
import type { Delivery, Mail, SendMail } from './mailer.ts';

/** How a mail stands. `needless`: what it would have said is no news any more. */
export type MailState = 'waiting' | 'attempting' | Settled;
type Settled = 'sent' | 'refused' | 'unknown' | 'needless';

/** What a table of mails has beside what its mails say. */
type MailTable = PgTable & {
  workspaceId: AnyPgColumn;
  id: AnyPgColumn;
  state: AnyPgColumn;
  attempts: AnyPgColumn;
};

/** One kind of mail: where it is kept, and what it says. */
export type MailKind<T extends MailTable> = {
  table: T;
  /** Names the job, and what that calls the mail's id. */
  job: string;
  idName: string;
  /** As the log calls one. */
  what: string;
  /** The seconds before each further attempt. */
  pausesS: readonly number[];
  /** What is sent; null where nothing is to be sent any more, which is then written down as `unwanted`. */
  compose(held: T['$inferSelect']): Promise<Mail | null>;
  unwanted: 'refused' | 'needless';
  /** What is emptied once it is settled, such as ``sql`email = null` ``. */
  forgets?: SQL;
};

export type MailSenderParts = {
  db: Database;
  send: SendMail;
  log: { warn(details: object, message: string): void };
};

/** As the queue holds it: the workspace, and the mail's id by the name its kind gives it. */
export type MailJob = { workspaceId: string } & Record<string, string>;

/**
 * Sends one kind of mail: each once. "Attempting" is written down before the mail server is spoken to, so that a crash in between leaves a mail
 * unsent rather than sent twice (D9).
 */
export class MailSender<T extends MailTable = MailTable> {
  readonly #parts: MailSenderParts;
  readonly #kind: MailKind<T>;

  constructor(parts: MailSenderParts, kind: MailKind<T>) {
    this.#parts = parts;
    this.#kind = kind;
  }

  /** The job's work. Throws only when the database is not there, and is then done again. */
  async run(payload: MailJob): Promise<void> {
    const { db, send, log } = this.#parts;
    const { table, idName, what, pausesS, unwanted } = this.#kind;
    const id = payload[idName];
    const key = and(eq(table.workspaceId, payload.workspaceId), eq(table.id, id));
    const isWaiting = and(key, eq(table.state, 'waiting'));
    const [held] = await db
      .select()
      .from(table as PgTable)
      .where(isWaiting);
    if (!held) return this.#giveUpOn(id, key);
    // Before "attempting" is written: if the database fails meanwhile, nothing was sent, and it is done again.
    const mail = await this.#kind.compose(held);
    if (!mail) {
      await this.#settle(isWaiting, unwanted);
      return;
    }
    const [claimed] = await db.execute<{ attempts: number }>(
      sql`update ${table} set state = 'attempting', attempts = attempts + 1 where ${isWaiting} returning attempts`,
    );
    // Another worker has taken it on a moment ago.
    if (!claimed) return;
    const { attempts } = claimed;
    const delivery = await send(mail);
    const pause = delivery.state === 'later' ? pausesS[attempts - 1] : undefined;
    if (delivery.state !== 'sent') {
      const ending = pause === undefined ? endings[delivery.state] : `it is tried again in ${pause} s`;
      log.warn({ [idName]: id, reason: delivery.reason, attempts }, `${what} was not sent: ${ending}`);
    }
    if (pause !== undefined) return this.#putOff(key, payload, pause);
    await this.#settle(key, delivery.state === 'later' ? 'refused' : delivery.state);
  }

  /** One that another worker holds, or held when it was killed: it may have gone out. */
  async #giveUpOn(id: string | undefined, key: SQL | undefined): Promise<void> {
    const { idName, what, table } = this.#kind;
    const isAttempting = and(key, eq(table.state, 'attempting'));
    if (!(await this.#settle(isAttempting, 'unknown'))) return;
    this.#parts.log.warn({ [idName]: id }, `${what} may not have been sent: ${endings.unknown}`);
  }

  /** @returns whether there was one */
  async #settle(which: SQL | undefined, state: Settled): Promise<boolean> {
    const { table, forgets } = this.#kind;
    const forgetting = forgets ? sql`, ${forgets}` : sql.empty();
    const settled = await this.#parts.db.execute(
      sql`update ${table} set state = ${state}${forgetting} where ${which} returning state`,
    );
    return settled.length > 0;
  }

  async #putOff(key: SQL | undefined, payload: MailJob, pauseS: number): Promise<void> {
    const { table, job } = this.#kind;
    await this.#parts.db.transaction(async (tx) => {
      await tx.execute(sql`update ${table} set state = 'waiting' where ${key}`);
      await tx.execute(sql`select graphile_worker.add_job(${job}, ${JSON.stringify(payload)}::text::json,
        run_at => now() + make_interval(secs => ${pauseS}))`);
    });
  }
}

const endings: Record<Exclude<Delivery['state'], 'sent'>, string> = {
  later: 'the mail server did not take it however often it was asked',
  refused: 'the mail server refused it for good',
  unknown: 'the line was lost before the mail server had said whether it takes it, and it is not sent twice',
};
