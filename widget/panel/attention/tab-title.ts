/** Counts in the title of the tab while nobody looks at it: "(2) Kilnmere Stoneware". */
export class TabTitle {
  #count = 0;
  /** The page's own title, and what stands there in its place. */
  #own = '';
  #ours = '';

  constructor() {
    document.addEventListener('visibilitychange', this.#draw);
  }

  /** @param count of what is unread */
  show(count: number): void {
    this.#count = count;
    this.#draw();
  }

  destroy(): void {
    document.removeEventListener('visibilitychange', this.#draw);
    this.show(0);
  }

  #draw = (): void => {
    // A page may have changed its title meanwhile: then that is its own.
    if (document.title !== this.#ours) this.#own = document.title;
    const isWanted = document.visibilityState === 'hidden' && this.#count > 0;
    if (!isWanted && document.title === this.#ours) document.title = this.#own;
    this.#ours = isWanted ? `(${this.#count}) ${this.#own}` : '';
    if (isWanted) document.title = this.#ours;
  };
}
