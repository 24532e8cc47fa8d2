/** Does at once what is asked for, and what is asked for soon after once more when the pause is over: a burst costs two, a single change no wait. */
export class Paced {
  readonly #act: () => void;
  readonly #pauseMs: number;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #isDue = false;

  constructor(act: () => void, pauseMs: number) {
    this.#act = act;
    this.#pauseMs = pauseMs;
  }

  ask(): void {
    this.#isDue = true;
    if (this.#pause === undefined) this.#go();
  }

  /** What was asked for and not done yet is not done. */
  stop(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#isDue = false;
  }

  #go = (): void => {
    this.#pause = undefined;
    if (!this.#isDue) return;
    this.#isDue = false;
    this.#pause = setTimeout(this.#go, this.#pauseMs);
    this.#act();
  };
}
