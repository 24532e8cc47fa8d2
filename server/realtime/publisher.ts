import type { BriefEvent } from '../../shared/wire/brief-event.ts';
import type { VisitorEvent } from '../../shared/wire/frames.ts';
import type { Connections } from '../database/connection.ts';
import { logPosition, readLog } from '../database/event-log.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventRow, KnownRows } from '../kernel/operation.ts';
import { inboxTopics } from './audience.ts';
import { compose, type ComposedEvent } from './compose.ts';
import type { Hub, Listener } from './hub.ts';

/** How often the log is read for what this process did not publish itself (another node's, or a publish that failed), in milliseconds. */
const SWEEP_MS = 1_000;
const MOST_ROWS = 1_000;
/** One events frame stays well under what a slow reader may have buffered (D11). */
const MOST_IN_A_FRAME = 100;

type Log = { error(details: object, message: string): void };

/**
 * Tells sockets what was committed. Two ways lead here: directly after a commit in this process (fast), and from the log (sure: other nodes'
 * commits, and whatever the first way missed). `position` moves only past what both ways have been through, so whoever resumes from it has missed nothing.
 */
export class Publisher<L extends Listener> {
  readonly #connections: Connections;
  readonly #hub: Hub<L>;
  readonly #clock: Clock;
  readonly #log: Log;
  /** Ids already told, with their transaction, since `position`. */
  readonly #told = new Map<string, string>();
  #queue = emptyQueue();
  /** How often telling failed: while it does, nobody may resume from further on. */
  #failures = 0;
  #isStopped = false;
  #draining: Promise<void> | null = null;
  #sweeping: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #position = '0';
  /** Hears of rows before they are told: whoever must act on memberships and the like. */
  onRows: (rows: readonly EventRow[]) => Promise<void> = async () => {};

  constructor(parts: { connections: Connections; hub: Hub<L>; clock: Clock; log: Log }) {
    this.#connections = parts.connections;
    this.#hub = parts.hub;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /** Where a client that has heard everything so far may resume from. */
  get position(): string {
    return this.#position;
  }

  async start(): Promise<void> {
    this.#position = await logPosition(this.#connections.sql);
    this.#timer = setInterval(() => this.wake(), SWEEP_MS);
  }

  /** Nobody is left to hear of what is committed from here on. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#sweeping;
    await this.#draining;
  }

  /** After a commit: tell it now. Order is that of the calls. */
  publish(rows: readonly EventRow[], known?: KnownRows): void {
    if (this.#isStopped) return;
    // Below the position all is told: what comes so late was found in the log first.
    const floor = BigInt(this.#position);
    const untold = rows.filter(({ id, xid }) => !this.#told.has(id) && BigInt(xid) >= floor);
    if (untold.length === 0) return;
    for (const row of untold) {
      this.#told.set(row.id, row.xid);
      this.#queue.rows.push(row);
    }
    // A later batch knows a conversation's newer state; all of them go out with the newest. What is changed by one that tells no rows is read.
    if (known) for (const [key, row] of known) this.#queue.known.set(key, row);
    else
      for (const { conversationId, facts } of rows)
        this.#queue.changed.add(`conversation:${conversationId}`).add(`part:${String(facts['partId'])}`);
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = null;
    });
  }

  /** Something may be in the log that this process has not told. */
  wake(): void {
    if (this.#isStopped) return;
    this.#sweeping ??= this.#sweep()
      .catch((error: unknown) => this.#log.error({ error }, 'reading the log failed; it is read again in a second'))
      .finally(() => {
        this.#sweeping = null;
      });
  }

  async #sweep(): Promise<void> {
    for (;;) {
      const failures = this.#failures;
      const { rows, position } = await readLog(this.#connections.sql, {
        position: this.#position,
        had: this.#told.keys(),
        limit: MOST_ROWS,
      });
      this.publish(rows);
      await this.#draining;
      if (this.#isStopped || this.#failures !== failures) return;
      if (rows.length === MOST_ROWS) continue;
      this.#position = position;
      const floor = BigInt(position);
      for (const [id, xid] of this.#told) if (BigInt(xid) < floor) this.#told.delete(id);
      return;
    }
  }

  async #drain(): Promise<void> {
    while (this.#queue.rows.length > 0) {
      const { rows, known, changed } = this.#queue;
      this.#queue = emptyQueue();
      for (const key of changed) known.delete(key);
      try {
        await this.onRows(rows);
        for (const [workspaceId, own] of byWorkspace(rows)) {
          this.#tell(workspaceId, await compose(this.#connections.db, workspaceId, own, known, this.#clock.now()));
        }
      } catch (error) {
        // Not told: the sweep finds them in the log again, once the database can be read.
        for (const row of rows) this.#told.delete(row.id);
        this.#failures += 1;
        this.#log.error({ error }, 'publishing failed; the log is read again in a second');
        return;
      }
    }
  }

  #tell(workspaceId: string, events: readonly ComposedEvent[]): void {
    const frames = new Map<string, (BriefEvent | VisitorEvent)[]>();
    for (const { inboxId, visitor, event } of events) {
      const topics = inboxId === null ? [`workspace:${workspaceId}`] : inboxTopics(workspaceId, inboxId);
      for (const topic of topics) add(frames, topic, event);
      if (visitor) add(frames, `contact:${visitor.contactId}`, visitor.event);
      if (visitor?.sessionId) add(frames, `visitor:${visitor.sessionId}`, visitor.event);
    }
    for (const [topic, list] of frames) {
      for (let start = 0; start < list.length; start += MOST_IN_A_FRAME) {
        this.#hub.send(topic, {
          type: 'events',
          events: list.slice(start, start + MOST_IN_A_FRAME) as BriefEvent[],
        });
      }
    }
  }
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function byWorkspace(rows: readonly EventRow[]): Map<string, EventRow[]> {
  const groups = new Map<string, EventRow[]>();
  for (const row of rows) add(groups, row.workspaceId, row);
  return groups;
}

/** What waits to be told. `changed`: what a row at hand may not be the newest of, by its key among the known. */
function emptyQueue(): { rows: EventRow[]; known: Map<string, unknown>; changed: Set<string> } {
  return { rows: [], known: new Map(), changed: new Set() };
}
