import { render } from 'lit';
import type { TemplateResult } from 'lit';

/** Drawn beyond what is in sight, so that scrolling finds something there; in CSS pixels. */
const AHEAD = 400;
/** How much of it may be used up before more is drawn. */
const RESERVE = 150;
/** Of a row, before any has been measured. */
const USUAL_HEIGHT = 52;
/** Of a list that is not laid out yet. */
const USUAL_VIEW = 440;
/** So many new rows are drawn at once, or as many as are in sight: who scrolls fast is shown what they see, and no frame is felt to be missing. */
const AT_ONCE = 6;
/** Rows may turn out lower than thought, and leave a hole. */
const MOST_PASSES = 4;

/** What rows are drawn from. */
export interface RowsView<Row> {
  /** What scrolls. */
  list: Element;
  /** What the rows stand in. */
  place: HTMLElement;
  /** Whether the last row shall be in sight. */
  atEnd: boolean;
  /** Rows that are drawn wherever they are. */
  keeps(this: void, row: Row): boolean;
  template(this: void, row: Row): TemplateResult;
  /** What of a row and its surroundings its template depends on. */
  print(this: void, row: Row): string;
}

interface Drawn {
  element: HTMLElement;
  print: string;
}

/**
 * Draws of many rows those near what is in sight, one element for each id: a row stays the same element whatever comes before it, and
 * one that has not changed is not drawn again. Others are room: as much as they took when they were drawn, or as rows usually take. What
 * is read stays where it is, whatever becomes of the rest; and so does a row with the focus in it.
 */
export class WindowedRows<Row extends { id: string }> {
  readonly #drawn = new Map<string, Drawn>();
  readonly #heights = new Map<string, number>();
  #measured = 0;
  #rows: readonly Row[] = [];
  #first = 0;
  #last = -1;
  /** Whether there is more to draw beyond what is in sight, a little later. */
  isHeldBack = false;
  /** What is read, and where it ends in the window: a row's end stays while its day or its name come and go. */
  #mark: { id: string; end: number } | undefined;

  elementOf(id: string): HTMLElement | undefined {
    return this.#drawn.get(id)?.element;
  }

  /** Remembers what is read, before something changes. */
  mark(list: Element): void {
    const { top, bottom } = list.getBoundingClientRect();
    this.#mark = undefined;
    for (const { id } of this.#rows.slice(this.#first, this.#last + 1)) {
      const box = this.elementOf(id)?.getBoundingClientRect();
      if (!box || box.bottom <= top) continue;
      if (box.top < bottom) this.#mark = { id, end: box.bottom };
      return;
    }
  }

  /** Wants a row near the top, wherever it is. */
  markAtTop(list: Element, row: Row, below: number): void {
    this.#mark = { id: row.id, end: list.getBoundingClientRect().top + below + this.#heightOf(row) };
  }

  /** Whether scrolling has come near what is not drawn. */
  isShort(list: Element): boolean {
    const { top, bottom } = list.getBoundingClientRect();
    return this.#isShort(top - RESERVE, bottom + RESERVE);
  }

  #isShort(top: number, bottom: number): boolean {
    const edge = (index: number): DOMRect | undefined =>
      this.elementOf(this.#rows[index]?.id ?? '')?.getBoundingClientRect();
    const [first, last] = [edge(this.#first), edge(this.#last)];
    if (!first || !last) return this.#rows.length > 0;
    return (this.#first > 0 && first.top > top) || (this.#last < this.#rows.length - 1 && last.bottom < bottom);
  }

  draw(rows: readonly Row[], view: RowsView<Row>): void {
    const { list, place, atEnd } = view;
    if (!this.#mark && !atEnd) this.mark(list);
    this.#measure();
    this.#rows = rows;
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      this.#choose(list, place, atEnd);
      this.#put(view);
      this.#measure();
      const end = this.elementOf(this.#mark?.id ?? '')?.getBoundingClientRect().bottom;
      const moved = this.#mark && end ? end - this.#mark.end : 0;
      if (atEnd) list.scrollTop = list.scrollHeight;
      // Nothing is written that is so already: whoever scrolls meanwhile would be held.
      else if (moved) list.scrollTop += moved;
      const { top, bottom } = list.getBoundingClientRect();
      if (top === bottom || !this.#isShort(top, bottom)) break;
    }
    this.#mark = undefined;
  }

  #heightOf({ id }: Row): number {
    return this.#heights.get(id) ?? (this.#heights.size ? this.#measured / this.#heights.size : USUAL_HEIGHT);
  }

  /** While they stand there: what has left cannot be measured. */
  #measure(): void {
    for (const [id, { element }] of this.#drawn) {
      const { height } = element.getBoundingClientRect();
      if (!height) continue;
      this.#measured += height - (this.#heights.get(id) ?? 0);
      this.#heights.set(id, height);
    }
  }

  /** From what is read, or the end, outwards; after a leap, by where rows should be. */
  #choose(list: Element, place: Element, atEnd: boolean): void {
    const rows = this.#rows;
    const height = (index: number): number => this.#heightOf(rows[index] as Row);
    const end = rows.length - 1;
    const { top, height: seen } = list.getBoundingClientRect();
    const bottom = top + (seen || USUAL_VIEW);
    const marked = this.#mark ? rows.findLastIndex(({ id }) => id === this.#mark?.id) : -1;
    let first: number;
    let above: number;
    if (atEnd) {
      first = end;
      above = bottom - (end < 0 ? 0 : height(end));
    } else if (this.#mark && marked >= 0) {
      first = marked;
      above = this.#mark.end - height(marked);
    } else {
      first = 0;
      above = place.getBoundingClientRect().top;
      while (first < end && above + height(first) < top - AHEAD) above += height(first++);
    }
    let last = first;
    let below = above + (end < 0 ? 0 : height(last));
    let left = AT_ONCE;
    const isHeld = (index: number, isSeen: boolean): boolean =>
      !this.#drawn.has((rows[index] as Row).id) && left-- <= 0 && !isSeen;
    let isHeldBack = end >= 0 && isHeld(first, true);
    while (first > 0 && above > top - AHEAD && !(isHeldBack = isHeld(first - 1, above > top))) above -= height(--first);
    let isHeldBelow = false;
    while (last < end && below < bottom + AHEAD && !(isHeldBelow = isHeld(last + 1, below < bottom)))
      below += height(++last);
    this.isHeldBack = isHeldBack || isHeldBelow;
    this.#first = Math.max(first, 0);
    this.#last = last;
  }

  #put({ place, keeps, template, print }: RowsView<Row>): void {
    const focused = (place.getRootNode() as ShadowRoot).activeElement;
    const shown = new Map<Row, number>();
    let room = 0;
    for (const [index, row] of this.#rows.entries()) {
      const isNear = index >= this.#first && index <= this.#last;
      if (isNear || keeps(row) || (focused && this.elementOf(row.id)?.contains(focused))) {
        shown.set(row, room);
        room = 0;
      } else room += this.#heightOf(row);
    }
    place.style.paddingBlockEnd = room ? `${room}px` : '';
    // Before others come: one that is moved would lose the focus.
    const gone = new Set(this.#drawn.keys());
    for (const { id } of shown.keys()) gone.delete(id);
    for (const id of gone) {
      this.elementOf(id)?.remove();
      this.#drawn.delete(id);
    }
    let next = place.firstElementChild;
    for (const [row, above] of shown) {
      const drawn = this.#drawn.get(row.id) ?? { element: document.createElement('div'), print: '' };
      const { element } = drawn;
      const now = print(row);
      if (drawn.print !== now) render(template(row), element);
      drawn.print = now;
      element.style.marginBlockStart = above ? `${above}px` : '';
      this.#drawn.set(row.id, drawn);
      if (element === next) next = element.nextElementSibling;
      else place.insertBefore(element, next);
    }
  }
}
