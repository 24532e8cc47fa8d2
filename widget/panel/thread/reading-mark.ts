/** So often at most somebody is told of a visitor who goes on reading. */
const TELL_EVERY_MS = 1000;

/** How far one conversation was read: told at once, and then what is read within a second of it together. */
export class ReadingMark {
  readonly #tell: (seq: number) => void;
  #seq = 0;
  #told = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (seq: number) => void) {
    this.#tell = tell;
  }

  /** In `publicSeq`; 0 while it does not know better than the server. */
  get seq(): number {
    return this.#seq;
  }

  /** Only forward. */
  reach(seq: number): void {
    this.#seq = Math.max(seq, this.#seq);
    if (!this.#timer) this.#tellOf();
  }

  /** Tells what is still to be told: nobody reads on. */
  rest(): void {
    this.#timer = clearTimeout(this.#timer) as undefined;
    if (this.#seq <= this.#told) return;
    this.#told = this.#seq;
    this.#tell(this.#seq);
  }

  /** Nobody is told any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#told = Infinity;
  }

  #tellOf(): void {
    if (this.#seq <= this.#told) return;
    this.rest();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#tellOf();
    }, TELL_EVERY_MS);
  }
}
