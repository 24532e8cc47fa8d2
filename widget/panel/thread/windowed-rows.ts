import { render } from 'lit';
import type { TemplateResult } from 'lit';
import { RowHeights } from './row-heights.ts';

/** Drawn beyond what is in sight, so that scrolling finds something there; in CSS pixels. */
const AHEAD = 300;
/** How much of it may be used up before more is drawn. */
const RESERVE = 150;
/** Of a list that is not laid out yet. */
const USUAL_VIEW = 440;
/** So long rows are drawn at once, in milliseconds: with what the browser does of its own in a frame, less than is felt. */
const TIME_AT_ONCE = 6;
/** So many are drawn at once however long one takes: of what is scrolled to, and of the end, where a short conversation comes whole. */
const FEWEST_AT_ONCE = 2;
const FEWEST_AT_END = 6;
/** So many more than are in sight. */
const MORE_AT_ONCE = 6;
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
  /** Ids of rows that are drawn wherever they are, if they are not yet. */
  wanted: readonly string[];
  /** Whether a row that is drawn stays so wherever it is. */
  keeps(this: void, row: Row): boolean;
  template(this: void, row: Row): TemplateResult;
  /** What of a row and its surroundings its template depends on. */
  print(this: void, row: Row): string;
}

/** Of an element in the window, in the list's pixels. */
interface Box {
  top: number;
  bottom: number;
  height: number;
}

/** How much of what the list fills was in sight lately. */
type Sight = Pick<IntersectionObserverEntry, 'boundingClientRect' | 'intersectionRect'>;

/** What is read: a row, and where one of its edges is in the window, in the list's pixels. */
interface Mark {
  id: string;
  /** Where it stands among all. */
  index: number;
  edge: 'top' | 'bottom';
  at: number;
}

interface Drawn {
  element: HTMLElement;
  /** Where its row stands among all. */
  index: number;
  print: string | undefined;
}

/**
 * Draws of many rows those near what is in sight, one element for each id: a row stays the same element whatever comes before it, and
 * one that has not changed is not drawn again. Others are room: as much as they took when they were drawn, or as rows usually take. What
 * is read stays where it is, whatever becomes of the rest; and so does a row with the focus in it. What would take too long at once is
 * drawn a little later. Nothing here looks at each of the rows because somebody scrolls.
 */
export class WindowedRows<Row extends { id: string }> {
  readonly #drawn = new Map<string, Drawn>();
  readonly #heights = new RowHeights<Row>();
  /** How long one row takes, lately. */
  #cost = TIME_AT_ONCE / FEWEST_AT_END;
  #rows: readonly Row[] = [];
  #first = 0;
  #last = -1;
  /** Whether there is more to draw, a little later. */
  isHeldBack = false;
  #place: HTMLElement | undefined;
  /** How many of the window's pixels one of the list's takes: pages are zoomed, and scaled. */
  #scale = 1;
  #mark: Mark | undefined;

  elementOf(id: string): HTMLElement | undefined {
    return this.#drawn.get(id)?.element;
  }

  /** Remembers what is read, before something changes. */
  mark(list: Element): void {
    const { top, bottom } = this.#listBox(list);
    const place = this.#place;
    this.#mark = undefined;
    for (let index = this.#first; index <= this.#last; index += 1) {
      const { id } = this.#rows[index] as Row;
      const box = this.#boxOf(this.elementOf(id));
      if (!box || box.bottom <= top) continue;
      if (box.top >= bottom) break;
      // A row's end stays while its day or its name come and go.
      this.#mark = { id, index, edge: 'bottom', at: box.bottom };
      return;
    }
    // After a leap: what is to be drawn there.
    if (!place) return;
    const from = this.#boxOf(place).top;
    const { index, start } = this.#heights.at(top - from);
    const row = this.#rows[index];
    if (row) this.#mark = { id: row.id, index, edge: 'top', at: from + start };
  }

  /** Wants a row near the top, wherever it is. */
  markAtTop(list: Element, row: Row, below: number): void {
    const at = this.#listBox(list).top + below;
    this.#mark = { id: row.id, index: this.#indexOf(row.id), edge: 'top', at };
  }

  /**
   * The newest row that is read as far as can be told: whose end is in sight, or so much of it as fits. By what the rows were high when
   * they were drawn: scrolling looks at none of them but the last.
   */
  newestInSight(list: Element, { boundingClientRect: whole, intersectionRect: seen }: Sight): Row | undefined {
    const view = this.#listBox(list);
    // A list that stands in the page's own flow may be beyond what the window shows, or a box that the page scrolls it in.
    const top = Math.max(view.top + (seen.top - whole.top) / this.#scale, 0);
    const bottom = Math.min(view.bottom - (whole.bottom - seen.bottom) / this.#scale, innerHeight / this.#scale) + 1;
    if (bottom - top <= 1) return undefined;
    let index = this.#last;
    let edge = this.#boxOf(this.elementOf(this.#rows[index]?.id ?? ''))?.bottom ?? top;
    for (; index >= this.#first && edge > bottom; index -= 1) {
      edge -= this.#heights.of(index);
      if (edge < top + 1) return this.#rows[index];
    }
    return index >= this.#first && edge > top ? this.#rows[index] : undefined;
  }

  /** Whether scrolling has come near what is not drawn. */
  isShort(list: Element): boolean {
    const { top, bottom } = this.#listBox(list);
    return this.#isShort(top - RESERVE, bottom + RESERVE);
  }

  #isShort(top: number, bottom: number): boolean {
    const edge = (index: number): Box | undefined => this.#boxOf(this.elementOf(this.#rows[index]?.id ?? ''));
    const [first, last] = [edge(this.#first), edge(this.#last)];
    if (!first || !last) return this.#rows.length > 0;
    return (this.#first > 0 && first.top > top) || (this.#last < this.#rows.length - 1 && last.bottom < bottom);
  }

  draw(rows: readonly Row[], view: RowsView<Row>): void {
    const { list, place, atEnd } = view;
    const begun = performance.now();
    this.#place = place;
    this.#listBox(list);
    if (!this.#mark && !atEnd) this.mark(list);
    this.#measure();
    this.#become(rows);
    if (!this.#mark && !atEnd) this.mark(list);
    let left = TIME_AT_ONCE;
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      const before = left;
      this.#choose(list, atEnd, Math.max(atEnd ? FEWEST_AT_END : FEWEST_AT_ONCE, Math.floor(left / this.#cost)));
      const fresh = this.#put(view);
      this.#measure();
      const mark = this.#mark;
      const box = mark && this.#boxOf(this.elementOf(mark.id));
      const moved = box ? box[mark.edge] - mark.at : 0;
      if (atEnd) list.scrollTop = list.scrollHeight;
      // Nothing is written that is so already: whoever scrolls meanwhile would be held.
      else if (moved) list.scrollTop += moved;
      const { top, bottom } = this.#listBox(list);
      left = TIME_AT_ONCE - (performance.now() - begun);
      if (fresh) this.#cost = (this.#cost + (before - left) / fresh) / 2;
      if (top === bottom || !this.#isShort(top, bottom)) break;
      // What has brought nothing new would bring nothing the next time.
      this.isHeldBack = fresh > 0;
      if (!fresh || left < this.#cost) break;
    }
    this.#mark = undefined;
  }

  /** Where the list stands, by its own measure, which is taken anew. */
  #listBox(list: Element): Box {
    const { offsetHeight } = list as HTMLElement;
    this.#scale = (offsetHeight && list.getBoundingClientRect().height / offsetHeight) || 1;
    return this.#boxOf(list);
  }

  #boxOf<E extends Element | undefined>(element: E): E extends Element ? Box : Box | undefined;
  #boxOf(element: Element | undefined): Box | undefined {
    if (!element) return undefined;
    const { top, bottom, height } = element.getBoundingClientRect();
    return { top: top / this.#scale, bottom: bottom / this.#scale, height: height / this.#scale };
  }

  /** Those that are drawn are still so, wherever they stand now. */
  #become(rows: readonly Row[]): void {
    const older = this.#heights.become(rows);
    const mark = this.#mark;
    this.#rows = rows;
    if (older !== undefined) {
      if (older) for (const drawn of this.#drawn.values()) drawn.index += older;
      if (mark) mark.index += older;
      return;
    }
    // Where others stand, nothing of what was chosen means anything.
    this.#first = 0;
    this.#last = -1;
    if (mark) mark.index = rows.findLastIndex(({ id }) => id === mark.id);
    if (mark?.index === -1) this.#mark = undefined;
    for (const drawn of this.#drawn.values()) drawn.index = -1;
    for (const [index, { id }] of rows.entries()) {
      const drawn = this.#drawn.get(id);
      if (drawn) drawn.index = index;
    }
  }

  #indexOf(id: string): number {
    return this.#drawn.get(id)?.index ?? this.#rows.findLastIndex((row) => row.id === id);
  }

  /** While they stand there: what has left cannot be measured. */
  #measure(): void {
    for (const { element, index } of this.#drawn.values()) {
      if (index >= 0) this.#heights.measured(index, element.getBoundingClientRect().height / this.#scale);
    }
  }

  /** From what is read, or the end, outwards. @param most so many that are not drawn yet */
  #choose(list: Element, atEnd: boolean, most: number): void {
    const heights = this.#heights;
    const end = this.#rows.length - 1;
    const mark = atEnd ? undefined : this.#mark;
    this.#first = 0;
    this.#last = end;
    this.isHeldBack = false;
    if (end < 0) return;
    const { top, height: seen } = this.#listBox(list);
    const bottom = top + (seen || USUAL_VIEW);
    let first = mark?.index ?? end;
    let above = mark?.edge === 'top' ? mark.at : (mark?.at ?? bottom) - heights.of(first);
    let last = first;
    let below = above + heights.of(first);
    const isNew = (index: number): boolean => !this.#drawn.has((this.#rows[index] as Row).id);
    let fresh = isNew(first) ? 1 : 0;
    const reach = (from: number, to: number, limit: number): void => {
      const isHeld = (index: number): boolean => {
        if (!isNew(index)) return false;
        if (fresh >= limit) return (this.isHeldBack = true);
        fresh += 1;
        return false;
      };
      while (first > 0 && above > from && !isHeld(first - 1)) above -= heights.of(--first);
      while (last < end && below < to && !isHeld(last + 1)) below += heights.of(++last);
    };
    reach(top, bottom, most);
    reach(top - AHEAD, bottom + AHEAD, Math.min(most, MORE_AT_ONCE));
    this.#first = first;
    this.#last = last;
  }

  /** @returns how many were not drawn before */
  #put({ place, wanted, keeps, template, print }: RowsView<Row>): number {
    const rows = this.#rows;
    const focused = (place.getRootNode() as ShadowRoot).activeElement;
    const kept = new Set(wanted.map((id) => this.#indexOf(id)));
    // Before others come: one that is moved would lose the focus.
    for (const [id, { element, index }] of this.#drawn) {
      const isNear = index >= this.#first && index <= this.#last;
      if (isNear || (index >= 0 && kept.has(index))) continue;
      if (index >= 0 && (keeps(rows[index] as Row) || (focused && element.contains(focused)))) kept.add(index);
      else {
        element.remove();
        this.#drawn.delete(id);
      }
    }
    const apart = [...kept].filter((index) => index >= 0).sort((one, other) => one - other);
    const near = Array.from({ length: this.#last - this.#first + 1 }, (_, index) => this.#first + index);
    const shown = [
      ...apart.filter((index) => index < this.#first),
      ...near,
      ...apart.filter((index) => index > this.#last),
    ];
    let fresh = 0;
    let reached = 0;
    let next = place.firstElementChild;
    for (const index of shown) {
      const row = rows[index] as Row;
      let drawn = this.#drawn.get(row.id);
      if (!drawn) {
        fresh += 1;
        drawn = { element: document.createElement('div'), index, print: undefined };
        this.#drawn.set(row.id, drawn);
      }
      const { element } = drawn;
      const now = print(row);
      if (drawn.print !== now) render(template(row), element);
      drawn.print = now;
      roomBefore(element, 'marginBlockStart', this.#heights.between(reached, index));
      reached = index + 1;
      if (element === next) next = element.nextElementSibling;
      else place.insertBefore(element, next);
    }
    roomBefore(place, 'paddingBlockEnd', this.#heights.between(reached, rows.length));
    return fresh;
  }
}

/** Room for rows that are not drawn. What is so already is not written. */
function roomBefore({ style }: HTMLElement, side: 'marginBlockStart' | 'paddingBlockEnd', height: number): void {
  const room = height ? `${height}px` : '';
  if (style[side] !== room) style[side] = room;
}
