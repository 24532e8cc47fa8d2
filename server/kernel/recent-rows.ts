import type { EventRow, KnownRows } from './operation.ts';

/** About a kilobyte each. */
const MOST = 2_000;
const PREFIX = 'conversation:';

/** A conversation as this process wrote it, and the transaction it did that in: the row's `xmin` while nobody else has. */
export type RecentRow = { row: unknown; xid: string };

/**
 * The conversations that batches wrote to lately, so that the next batch need not ask for them. A hint and no more: whoever takes a row from here has Postgres
 * check, with what it writes, that it is still the newest.
 */
export class RecentRows {
  /** The longest unused first. */
  readonly #rows = new Map<string, RecentRow>();

  find(conversationId: string): RecentRow | undefined {
    return this.#rows.get(conversationId);
  }

  /** @param known what a transaction left @param xid the transaction */
  keep(known: KnownRows, xid: string): void {
    for (const [key, row] of known) {
      if (!key.startsWith(PREFIX)) continue;
      const id = key.slice(PREFIX.length);
      this.#rows.delete(id);
      this.#rows.set(id, { row, xid });
    }
    for (const id of this.#rows.keys()) {
      if (this.#rows.size <= MOST) return;
      this.#rows.delete(id);
    }
  }

  /** Somebody else wrote to what these facts are about. */
  forget(facts: readonly Pick<EventRow, 'conversationId'>[]): void {
    for (const { conversationId } of facts) if (conversationId) this.#rows.delete(conversationId);
  }

  /** For when the database may be another one, or one that has been put back. */
  clear(): void {
    this.#rows.clear();
  }
}
