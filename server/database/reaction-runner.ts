import { createHash } from 'node:crypto';
import type { EventName } from '../../shared/contract/catalogue.ts';
import type { EventRow } from '../kernel/operation.ts';
import type { Job, Reactions } from '../kernel/reactions.ts';
import type { Sql } from './connection.ts';
import { toEventRow, type LogRow } from './event-log.ts';
import { enqueue } from './jobs.ts';

const SWEEP_MS = 2_000;
const MOST_ROWS = 500;

type Log = { error(details: object, message: string): void };

/**
 * Reads the log with a durable cursor and turns events into jobs (D4). The cursor moves in the transaction that enqueues the jobs, so a crash
 * loses none and repeats none; any number of nodes may run one, and only one reads at a time.
 */
export class ReactionRunner {
  readonly #sql: Sql;
  readonly #reactions: readonly Reactions[];
  readonly #names: ReadonlySet<string>;
  readonly #log: Log;
  #running: Promise<void> | null = null;
  #again = false;
  #isSweeping = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(sql: Sql, reactions: readonly Reactions[], log: Log) {
    this.#sql = sql;
    this.#reactions = reactions;
    this.#names = new Set(reactions.flatMap((table) => Object.keys(table)));
    this.#log = log;
  }

  start(): void {
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#sweep();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Something was committed: if a reaction waits for it, look now. */
  notice(rows: readonly EventRow[]): void {
    if (rows.some((row) => this.#names.has(row.name))) this.wake();
  }

  /** Looks past what nothing waits for too, or each look would go through all of it again. */
  #sweep(): void {
    this.#isSweeping = true;
    this.wake();
  }

  wake(): void {
    this.#again = true;
    this.#running ??= this.#run()
      .catch((error: unknown) => this.#log.error({ error }, 'reactions could not read the log; they try again shortly'))
      .finally(() => {
        this.#running = null;
      });
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      while ((await this.#step()) === MOST_ROWS);
    }
  }

  async #step(): Promise<number> {
    if (!(await this.#hasWork())) return 0;
    return this.#sql.begin(async (transaction) => {
      const tx = transaction as unknown as Sql;
      await tx`insert into parlour.reaction_cursor (name, xid, id) values ('reactions', '0', 0) on conflict do nothing`;
      const [cursor] = await tx<{ xid: string; id: string }[]>`
        select xid::text, id::text from parlour.reaction_cursor where name = 'reactions' for update skip locked`;
      if (!cursor) return 0;
      const rows = await tx<(LogRow & { head: string })[]>`
        select now.head::text, found.* from (select pg_snapshot_xmin(pg_current_snapshot()) as head) as now
        left join lateral (
          select id::text, xid::text, workspace_id, name, actor_kind, actor_id, conversation_id, contact_id, facts, at
          from parlour.event_log as entry
          where (entry.xid, entry.id) > (${cursor.xid}::xid8, ${cursor.id}::bigint) and entry.xid < now.head
            and entry.name = any(${[...this.#names]}::text[])
          order by entry.xid, entry.id limit ${MOST_ROWS}
        ) as found on true`;
      const events = rows.filter((row) => row.id !== null).map(toEventRow);
      for (const event of events) for (const job of this.#jobsFor(event)) await enqueue(tx, job);
      const last = events.at(-1);
      // All below the head has been read, unless the page was full.
      const next =
        events.length === MOST_ROWS && last ? { xid: last.xid, id: last.id } : { xid: rows[0]!.head, id: '0' };
      await tx`update parlour.reaction_cursor set xid = ${next.xid}::xid8, id = ${next.id}::bigint where name = 'reactions'`;
      return events.length;
    });
  }

  /** Looks without locking: an idle server should not write every two seconds. */
  async #hasWork(): Promise<boolean> {
    const names = this.#isSweeping ? this.#sql`` : this.#sql`and entry.name = any(${[...this.#names]}::text[])`;
    this.#isSweeping = false;
    const [found] = await this.#sql<{ work: boolean }[]>`
      select coalesce((
        select exists (
          select from parlour.event_log as entry
          where (entry.xid, entry.id) > (cursor.xid, cursor.id) and entry.xid < pg_snapshot_xmin(pg_current_snapshot()) ${names})
        from parlour.reaction_cursor as cursor where name = 'reactions'), true) as work`;
    return found!.work;
  }

  #jobsFor(event: EventRow) {
    const jobs = this.#reactions.flatMap((table): Job[] => {
      const reaction = table[event.name as EventName] as ((event: EventRow) => Job[]) | undefined;
      return reaction ? reaction(event) : [];
    });
    return jobs.map((job, index) => ({
      workspaceId: event.workspaceId,
      commandId: derivedId(`${event.xid}:${event.id}:${index}`),
      command: job.command,
      input: job.input,
      runAt: job.runAt,
      key: job.key,
    }));
  }
}

/** A UUID (version 8) that follows from what made it: the same event enqueues the same command. */
function derivedId(source: string): string {
  const hex = createHash('sha256').update(source).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
