/** What one client shows: its threads, kept right by snapshots, events and questions as the elements keep theirs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { RequestError } from '../../shared/client/client.ts';
import type { Client } from '../../shared/client/client.ts';
import { parseMarkdown } from '../../shared/state/markdown.ts';
import type { Thread, ThreadReducer } from '../../shared/state/thread.ts';
import type { Written } from './evidence.ts';

type Entry = { id: string; conversationId: string };

export class Screen<P extends Entry, Event, Snapshot> {
  readonly threads = new Map<string, Thread<P>>();
  readonly #client: Client<Event, Snapshot>;
  readonly #reducer: ThreadReducer<P>;
  readonly #asking = new Set<string>();

  constructor(client: Client<Event, Snapshot>, reducer: ThreadReducer<P>, partIn: (event: Event) => P | undefined) {
    this.#client = client;
    this.#reducer = reducer;
    client.on('welcome', (_snapshot, recovered) => {
      if (!recovered) for (const id of this.threads.keys()) this.#change(id, (thread) => reducer.reset(thread));
      for (const id of this.threads.keys()) void this.#settle(id);
    });
    client.on('status', (status) => {
      for (const id of this.threads.keys()) this.#change(id, (thread) => reducer.waiting(thread, status !== 'online'));
    });
    client.on('events', (events) => {
      for (const event of events) {
        const part = partIn(event);
        if (!part) continue;
        this.#change(part.conversationId, (thread) => reducer.add(thread, part));
        void this.#settle(part.conversationId);
      }
    });
  }

  /** A message just written, on the screen before the server has it. */
  write({ id, conversationId, kind, text }: Written, isNew: boolean): void {
    const message = { id, text, body: parseMarkdown(text), kind, at: new Date().toISOString() };
    this.#change(conversationId, (thread) => {
      const begun = isNew && !thread.loaded ? this.#reducer.withNewest(thread, [], false) : thread;
      return this.#reducer.addPending(begun, message);
    });
  }

  /** The whole thread as the server has it now. */
  async fetch(conversationId: string): Promise<P[]> {
    const found: P[] = [];
    for (let more = true; more;) {
      const page = await this.#client.query('conversation.parts', { conversationId, after: found.length, limit: 200 });
      found.push(...(page.parts as unknown as P[]));
      more = page.more;
    }
    return found;
  }

  #change(conversationId: string, change: (thread: Thread<P>) => Thread<P>): void {
    this.threads.set(conversationId, change(this.threads.get(conversationId) ?? this.#reducer.empty()));
  }

  /** Asks until the thread is there from its first part to its newest, without a gap. */
  async #settle(conversationId: string): Promise<void> {
    if (this.#asking.has(conversationId)) return;
    this.#asking.add(conversationId);
    try {
      while (await this.#askOnce(conversationId));
    } finally {
      this.#asking.delete(conversationId);
    }
  }

  /** @returns whether there was something to ask for. */
  async #askOnce(conversationId: string): Promise<boolean> {
    const { loaded, gapAfter, more, parts } = this.threads.get(conversationId)!;
    const [first] = parts;
    try {
      if (!loaded) {
        const page = await this.#parts({ conversationId, limit: 200 });
        this.#change(conversationId, (thread) => this.#reducer.withNewest(thread, page.parts, page.more));
      } else if (gapAfter !== null) {
        const page = await this.#parts({ conversationId, after: gapAfter, limit: 200 });
        this.#change(conversationId, (thread) => this.#reducer.withAfter(thread, page.parts));
      } else if (more && first) {
        const before =
          (first as { publicSeq?: number; seq?: number }).seq ?? (first as { publicSeq?: number }).publicSeq!;
        const page = await this.#parts({ conversationId, before, limit: 200 });
        this.#change(conversationId, (thread) => this.#reducer.withOlder(thread, page.parts, page.more));
      } else {
        return false;
      }
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (this.#client.status === 'closed') return false;
      await sleep(200);
    }
    return true;
  }

  async #parts(input: {
    conversationId: string;
    after?: number;
    before?: number;
    limit: number;
  }): Promise<{ parts: P[]; more: boolean }> {
    const { parts, more } = await this.#client.query('conversation.parts', input);
    return { parts: parts as unknown as P[], more };
  }
}
