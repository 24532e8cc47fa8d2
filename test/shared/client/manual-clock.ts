import type { Surroundings, Timer } from '../../../shared/client/surroundings.ts';

/** Time that passes only when a test says so. */
export class ManualClock {
  #now = 1_900_000_000_000;
  #made = 0;
  readonly #timers = new Map<number, { at: number; run: () => void }>();

  /** What a client gets in place of the browser's. */
  readonly surroundings: Pick<Surroundings, 'setTimeout' | 'clearTimeout' | 'now'> = {
    setTimeout: (run, ms) => {
      this.#made += 1;
      this.#timers.set(this.#made, { at: this.#now + ms, run });
      return this.#made as unknown as Timer;
    },
    clearTimeout: (timer) => {
      this.#timers.delete(timer as unknown as number);
    },
    now: () => this.#now,
  };

  /** Milliseconds until each timer, soonest first. */
  get waits(): number[] {
    return [...this.#timers.values()].map(({ at }) => at - this.#now).sort((one, other) => one - other);
  }

  /** Lets time pass in which nothing runs, as a machine that sleeps does; what fell due runs afterwards. */
  sleep(ms: number): void {
    this.#now += ms;
    this.advance(0);
  }

  /** Lets time pass, and runs what falls due in its order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers]
        .filter(([, { at }]) => at <= end)
        .sort(([, one], [, other]) => one.at - other.at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].run();
    }
    this.#now = end;
  }
}
