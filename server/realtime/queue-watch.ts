import type { Database } from '../database/connection.ts';
import type { EventRow } from '../kernel/operation.ts';
import { readLine } from '../modules/conversation/waiting.ts';
import { inboxesOf } from '../modules/conversation/queries.ts';
import type { SignalFrame } from '../../shared/wire/frames.ts';

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

type Line = {
  workspaceId: string;
  /** What each visitor was told last, by conversation. */
  told: Map<string, { topics: string[]; position: number }>;
  timer: NodeJS.Timeout | undefined;
  /** Monotonic milliseconds. */
  readAt: number;
};

type QueueWatchParts = {
  db: Database;
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
  /** Conversations of which there is news, by their workspace, until it is asked where they stand. */
  readonly #moved = new Map<string, Set<string>>();
  #gathering: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(parts: QueueWatchParts) {
    this.#parts = parts;
  }

  /** Something was committed. Only takes note: every message comes by here. */
  notice(rows: readonly EventRow[]): void {
    for (const { name, workspaceId, conversationId, facts } of rows) {
      if (!lineNews.has(name)) continue;
      if (name === 'inbox.updated') this.#soon(workspaceId, String(facts['inboxId']));
      else if (conversationId) {
        const moved = this.#moved.get(workspaceId) ?? new Set();
        this.#moved.set(workspaceId, moved.add(conversationId));
      }
    }
    if (this.#moved.size === 0 || this.#gathering || this.#isStopped) return;
    const { pauseMs = PAUSE_MS } = this.#parts;
    this.#gathering = setTimeout(() => void this.#gather(), Math.min(DELAY_MS, pauseMs));
  }

  /** Which lines it is about. */
  async #gather(): Promise<void> {
    const moved = [...this.#moved];
    this.#moved.clear();
    this.#gathering = undefined;
    try {
      for (const [workspaceId, ids] of moved) {
        for (const inboxId of await inboxesOf(this.#parts.db, workspaceId, ids)) this.#soon(workspaceId, inboxId);
      }
    } catch (error) {
      this.#parts.log.error({ error }, 'lines of visitors could not be looked for; the next news of them do it again');
    }
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#gathering);
    for (const { timer } of this.#lines.values()) clearTimeout(timer);
  }

  #soon(workspaceId: string, inboxId: string): void {
    const line = this.#lines.get(inboxId) ?? { workspaceId, told: new Map(), timer: undefined, readAt: -Infinity };
    this.#lines.set(inboxId, line);
    if (line.timer || this.#isStopped) return;
    const { pauseMs = PAUSE_MS } = this.#parts;
    const rest = line.readAt + pauseMs - performance.now();
    line.timer = setTimeout(() => void this.#tell(inboxId, line), Math.max(rest, 0));
  }

  async #tell(inboxId: string, line: Line): Promise<void> {
    line.timer = undefined;
    line.readAt = performance.now();
    try {
      const waiting = await readLine(this.#parts.db, line.workspaceId, inboxId);
      if (this.#isStopped) return;
      const gone = new Map(line.told);
      for (const { id, sessionId, contactId, position } of waiting) {
        gone.delete(id);
        const topics = [`contact:${contactId}`, ...(sessionId ? [`visitor:${sessionId}`] : [])];
        if (line.told.get(id)?.position === position) continue;
        line.told.set(id, { topics, position });
        this.#say(topics, id, position);
      }
      for (const [id, { topics }] of gone) {
        line.told.delete(id);
        this.#say(topics, id, null);
      }
      if (line.told.size === 0 && !line.timer) this.#lines.delete(inboxId);
    } catch (error) {
      this.#parts.log.error({ error }, 'a line could not be read; it is read again with the next news of it');
    }
  }

  #say(topics: readonly string[], conversationId: string, position: number | null): void {
    for (const topic of topics) this.#parts.send(topic, { type: 'signal', name: 'queue', conversationId, position });
  }
}
