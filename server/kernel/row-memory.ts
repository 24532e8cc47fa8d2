import type { HeldRow, HeldRows } from './operation.ts';

/** About a kilobyte each: enough for every conversation that is talked in at once, little enough not to be noticed. */
const MOST_ROWS = 2_000;
/** A row's version is the lower half of the 64-bit id of the transaction that wrote it. */
const LOWER_HALF = 0xffff_ffffn;

/**
 * The rows this process wrote last, least recently used first. Never trusted: what is decided on them is written only where the row's version is
 * still the one remembered.
 */
export class RowMemory {
  readonly #rows = new Map<string, HeldRow<unknown>>();

  /** @returns all of them, or null when one is not remembered */
  recall(keys: readonly string[]): HeldRows<unknown> | null {
    const held = new Map<string, HeldRow<unknown>>();
    for (const key of keys) {
      const row = this.#rows.get(key);
      if (!row) return null;
      held.set(key, row);
    }
    return held;
  }

  forget(keys: readonly string[]): void {
    for (const key of keys) this.#rows.delete(key);
  }

  /** @param xid the transaction that wrote them, as 64 bits in decimals */
  remember(rows: ReadonlyMap<string, unknown>, xid: string): void {
    const version = String(BigInt(xid) & LOWER_HALF);
    for (const [key, row] of rows) this.#rows.set(key, { row, version });
    for (const key of this.#rows.keys()) {
      if (this.#rows.size <= MOST_ROWS) break;
      this.#rows.delete(key);
    }
  }
}
