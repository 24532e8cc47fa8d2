/**
 * How much many may ask for together, counted anew in each window. The hot path goes through here: a number is counted up, and nothing is made for it.
 */
export class SharedLimit {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #counts = new Map<string, number>();
  #endsAt = -Infinity;

  /** @param numbers how many, in how many seconds */
  constructor([most, seconds]: [number, number]) {
    this.#most = most;
    this.#windowMs = seconds * 1_000;
  }

  /** @param now of any clock that only goes on, in ms @returns for how many ms to wait; 0: it is counted */
  take(key: string, now: number): number {
    if (now >= this.#endsAt) {
      this.#counts.clear();
      this.#endsAt = now + this.#windowMs;
    }
    const count = this.#counts.get(key) ?? 0;
    if (count >= this.#most) return this.#endsAt - now;
    this.#counts.set(key, count + 1);
    return 0;
  }
}
