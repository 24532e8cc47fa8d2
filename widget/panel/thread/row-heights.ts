/** Of a row, before any has been measured. */
const USUAL_HEIGHT = 52;
/** So many rows have one sum. */
const STRETCH = 64;

interface Named {
  id: string;
}

/**
 * How high each of many rows is: as measured, or as rows usually are. Heights are summed by stretches, so that to scroll among ten thousand
 * rows costs what it costs among a hundred; and stretches are counted from the newest row, so that a page of older ones changes none of them.
 */
export class RowHeights<Row extends Named> {
  #rows: readonly Row[] = [];
  readonly #known = new Map<string, number>();
  #sum = 0;
  /** Of a row that is not measured: the mean, as it was when the rows came. A thousand that changed with each row drawn would be a leap. */
  #usual = USUAL_HEIGHT;
  /** Of the measured rows in each stretch: how high they are together, and how many. */
  #sums: number[] = [];
  #counts: number[] = [];

  /** Takes other rows. @returns how much further back those before are now, or undefined if the rows are not those with older ones before them */
  become(rows: readonly Row[]): number | undefined {
    const before = this.#rows;
    if (rows === before) return 0;
    this.#rows = rows;
    if (this.#known.size > 0) this.#usual = this.#sum / this.#known.size;
    const older = rows.length - before.length;
    const isSame = before.length > 0 && older >= 0 && before.every(({ id }, index) => rows[older + index]?.id === id);
    if (!isSame) {
      this.#sums = [];
      this.#counts = [];
    }
    for (let index = isSame ? older : rows.length; index-- > 0;) {
      const height = this.#known.get((rows[index] as Row).id);
      if (height) this.#add(index, height, 1);
    }
    return isSame ? older : undefined;
  }

  /** What a row is high that stands at an index. */
  measured(index: number, height: number): void {
    const { id } = this.#rows[index] as Row;
    const before = this.#known.get(id);
    if (!height || height === before) return;
    this.#known.set(id, height);
    this.#sum += height - (before ?? 0);
    this.#add(index, height - (before ?? 0), before ? 0 : 1);
  }

  of(index: number): number {
    return this.#known.get((this.#rows[index] as Row).id) ?? this.#usual;
  }

  /** What the rows from one index to before another are high together. */
  between(from: number, to: number): number {
    let height = 0;
    for (let index = from; index < to;) {
      const next = this.#nextStretch(index);
      if (next - index === STRETCH && next <= to) {
        height += this.#ofStretch(index);
        index = next;
      } else height += this.of(index++);
    }
    return height;
  }

  /** The row that stands so far below the first, or the last of them; and where it begins. */
  at(offset: number): { index: number; start: number } {
    const end = this.#rows.length - 1;
    let index = 0;
    let start = 0;
    while (index < end) {
      const next = this.#nextStretch(index);
      const whole = next - index === STRETCH && next <= end ? this.#ofStretch(index) : Infinity;
      const isFurther = start + whole <= offset;
      const height = isFurther ? whole : this.of(index);
      if (start + height > offset) break;
      start += height;
      index = isFurther ? next : index + 1;
    }
    return { index, start };
  }

  #stretchOf(index: number): number {
    return Math.floor((this.#rows.length - 1 - index) / STRETCH);
  }

  /** Where the stretch after that of a row begins. */
  #nextStretch(index: number): number {
    return this.#rows.length - this.#stretchOf(index) * STRETCH;
  }

  #ofStretch(index: number): number {
    const stretch = this.#stretchOf(index);
    return (this.#sums[stretch] ?? 0) + (STRETCH - (this.#counts[stretch] ?? 0)) * this.#usual;
  }

  #add(index: number, height: number, count: number): void {
    const stretch = this.#stretchOf(index);
    this.#sums[stretch] = (this.#sums[stretch] ?? 0) + height;
    this.#counts[stretch] = (this.#counts[stretch] ?? 0) + count;
  }
}
