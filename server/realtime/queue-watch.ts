import type { Database } from '../database/connection.ts';
import type { VisitorActor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventRow } from '../kernel/operation.ts';
import { readLine } from '../modules/conversation/waiting.ts';
import { inboxesOf } from '../modules/conversation/queries.ts';
import type { SignalFrame } from '../../shared/wire/frames.ts';
import { topicsOf } from './audience.ts';

/** A line is read at most this often, and so is a visitor told at most this often, however many come and go. */
const PAUSE_MS = 3_000;
/** After the first news: routing usually finds somebody within this time, and then nobody was in line. */
const DELAY_MS = 700;

/** After these a line may be another one. */
const lineNews: ReadonlySet<string> = new Set([
  'conversation.started',
  'conversation.replied',
  'conversation.assigned',
  'conversation.snoozed',
  'conversation.closed',
  'conversation.reopened',
  'inbox.updated',
]);

/** After these an inbox may be open to visitors that was not, or the other way round. */
const openingNews: ReadonlySet<string> = new Set([
  'teammate.availabilityChanged',
  'inbox.memberAdded',
  'inbox.memberRemoved',
]);

/** What somebody was told by an answer rather than from here: whatever the line says now is news to them. */
const UNKNOWN = 0;

type Line = {
  workspaceId: string;
  inboxId: string;
  /** What each visitor was told last, by conversation. */
  told: Map<string, { topics: readonly string[]; position: number }>;
  timer: NodeJS.Timeout | undefined;
  /** Monotonic milliseconds. */
  readAt: number;
  /** One reading at a time: of two, the older might be the last to be told. */
  isReading: boolean;
  /** There was news while it was being read, or it could not be read. */
  isStale: boolean;
};

type QueueWatchParts = {
  db: Database;
  clock: Clock;
  send: (topic: string, signal: SignalFrame) => void;
  log: { error(details: object, message: string): void };
  pauseMs?: number | undefined;
};

/**
 * Tells visitors where they stand in line, and when they no longer do. One reading of a line tells all who wait in it, and only those hear anything
 * whose place has changed; news in between are gathered.
 */
export class QueueWatch {
  readonly #parts: QueueWatchParts;
  readonly #lines = new Map<string, Line>();
  /** Conversations of which there is news, by their workspace, until it is asked where they stand; and who has just been told of a place in them. */
  readonly #moved = new Map<string, Map<string, readonly string[]>>();
  #gathering: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(parts: QueueWatchParts) {
    this.#parts = parts;
  }

  /** Something was committed. Only takes note: every message comes by here. */
  notice(rows: readonly EventRow[]): void {
    for (const { name, workspaceId, conversationId, facts } of rows) {
      if (openingNews.has(name)) this.#turned(workspaceId);
      if (!lineNews.has(name)) continue;
      if (name === 'inbox.updated') this.#soon(this.#lineOf(workspaceId, String(facts['inboxId'])));
      else if (conversationId) this.#note(workspaceId, conversationId, []);
    }
    this.#gatherAfter(DELAY_MS);
  }

  /** A visitor was answered where they stand. That may be over by now, unseen from here: so it is looked at again. */
  answered(actor: VisitorActor, places: Record<string, number> = {}): void {
    const [own = ''] = topicsOf(actor);
    for (const id of Object.keys(places)) this.#note(actor.workspaceId, id, [own]);
    this.#gatherAfter(DELAY_MS);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#gathering);
    for (const { timer } of this.#lines.values()) clearTimeout(timer);
  }

  get #pauseMs(): number {
    return this.#parts.pauseMs ?? PAUSE_MS;
  }

  #note(workspaceId: string, conversationId: string, topics: readonly string[]): void {
    const moved = this.#moved.get(workspaceId) ?? new Map<string, readonly string[]>();
    this.#moved.set(workspaceId, moved.set(conversationId, [...(moved.get(conversationId) ?? []), ...topics]));
  }

  #gatherAfter(delay: number): void {
    if (this.#moved.size === 0 || this.#gathering || this.#isStopped) return;
    this.#gathering = setTimeout(() => void this.#gather(), Math.min(delay, this.#pauseMs));
  }

  /** Which lines it is about. */
  async #gather(): Promise<void> {
    const moved = [...this.#moved];
    this.#moved.clear();
    this.#gathering = undefined;
    try {
      for (const [workspaceId, conversations] of moved) {
        for (const { id, inboxId } of await inboxesOf(this.#parts.db, workspaceId, [...conversations.keys()])) {
          const line = this.#lineOf(workspaceId, inboxId);
          const topics = new Set([...(line.told.get(id)?.topics ?? []), ...(conversations.get(id) ?? [])]);
          if (conversations.get(id)?.length) line.told.set(id, { topics: [...topics], position: UNKNOWN });
          this.#soon(line);
        }
      }
    } catch (error) {
      this.#parts.log.error({ error }, 'lines of visitors could not be looked for; it is tried again');
      for (const [workspaceId, conversations] of moved)
        for (const [id, topics] of conversations) this.#note(workspaceId, id, topics);
      this.#gatherAfter(this.#pauseMs);
    }
  }

  /** Those who wait before a closed door learn from their own question when it opens. */
  #turned(workspaceId: string): void {
    for (const line of this.#lines.values()) if (line.workspaceId === workspaceId) this.#soon(line);
  }

  #lineOf(workspaceId: string, inboxId: string): Line {
    const known = this.#lines.get(inboxId);
    if (known) return known;
    const line: Line = {
      workspaceId,
      inboxId,
      told: new Map(),
      timer: undefined,
      readAt: -Infinity,
      isReading: false,
      isStale: false,
    };
    this.#lines.set(inboxId, line);
    return line;
  }

  #soon(line: Line): void {
    line.isStale = line.isReading;
    if (line.isReading || line.timer || this.#isStopped) return;
    const rest = line.readAt + this.#pauseMs - performance.now();
    line.timer = setTimeout(() => void this.#tell(line), Math.max(rest, 0));
  }

  async #tell(line: Line): Promise<void> {
    line.timer = undefined;
    line.readAt = performance.now();
    line.isReading = true;
    const { workspaceId, inboxId, told } = line;
    const { db, clock, log } = this.#parts;
    try {
      const waiting = await readLine(db, workspaceId, inboxId, clock.now());
      if (this.#isStopped) return;
      const gone = new Map(told);
      for (const { id, sessionId, contactId, position } of waiting) {
        gone.delete(id);
        const topics = [`contact:${contactId}`, ...(sessionId ? [`visitor:${sessionId}`] : [])];
        if (told.get(id)?.position === position) continue;
        told.set(id, { topics, position });
        this.#say(topics, id, position);
      }
      for (const [id, { topics }] of gone) {
        told.delete(id);
        this.#say(topics, id, null);
      }
    } catch (error) {
      // The database may be gone before what was being read.
      if (this.#isStopped) return;
      log.error({ error }, 'a line could not be read; it is tried again');
      line.isStale = true;
    } finally {
      line.isReading = false;
      if (line.isStale) this.#soon(line);
      else if (told.size === 0) this.#lines.delete(inboxId);
    }
  }

  #say(topics: readonly string[], conversationId: string, position: number | null): void {
    for (const topic of topics) this.#parts.send(topic, { type: 'signal', name: 'queue', conversationId, position });
  }
}
