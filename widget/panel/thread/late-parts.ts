/** As `later` makes it: settles with something where it could not be fetched. */
export type FetchPart = () => Promise<string | void>;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 32_000;

/** Fetches what draws parts of messages: for a minute at pauses that double, and for another when somebody looks again. */
export class LateParts {
  readonly #isWanted: () => boolean;
  readonly #arrived: () => void;
  readonly #underway = new Set<FetchPart>();
  readonly #missing = new Set<FetchPart>();

  /** @param isWanted whether anybody still waits for it */
  constructor(isWanted: () => boolean, arrived: () => void) {
    this.#isWanted = isWanted;
    this.#arrived = arrived;
  }

  readonly fetch = (part: FetchPart): void => {
    if (!this.#underway.has(part)) void this.#try(part, FIRST_PAUSE_MS);
  };

  /** Fetches what could not be fetched before. */
  again(): void {
    this.#missing.forEach(this.fetch);
  }

  async #try(part: FetchPart, pauseMs: number): Promise<void> {
    this.#underway.add(part);
    if (!(await part())) {
      this.#underway.delete(part);
      this.#missing.delete(part);
      return this.#arrived();
    }
    this.#missing.add(part);
    if (pauseMs <= LONGEST_PAUSE_MS && this.#isWanted())
      setTimeout(() => {
        if (this.#isWanted()) void this.#try(part, pauseMs * 2);
        else this.#underway.delete(part);
      }, pauseMs);
    else this.#underway.delete(part);
  }
}
