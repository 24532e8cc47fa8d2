import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Rows drawn beyond the view on either side. */
const overscan = 12;
/** The view moves in steps of so many rows, so that most scrolling draws nothing. */
const step = 6;
/** Until a list was measured. */
const likely = { rowPx: 80, viewPx: 1000 };

/**
 * Draws of a long list only the rows near the view: all rows are of one height, and what is not drawn is padding. The host
 * renders rows `from` up to `to` into the element it names, and calls `look()` when that element scrolls.
 */
export class RowWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: () => { scroller: HTMLElement; rows: HTMLElement } | null;
  readonly #resized = new ResizeObserver(() => this.look());
  #first = 0;
  #rowPx = likely.rowPx;
  #viewPx = likely.viewPx;
  #measured = false;
  #count = 0;

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    parts: () => { scroller: HTMLElement; rows: HTMLElement } | null,
  ) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  /** Which of so many rows are to be drawn. */
  range(count: number): { from: number; to: number } {
    this.#count = count;
    const seen = Math.ceil(this.#viewPx / this.#rowPx);
    const from = Math.max(0, Math.min(this.#first, count - seen) - overscan);
    return { from, to: Math.min(count, this.#first + seen + step + overscan) };
  }

  look(): void {
    const scroller = this.#parts()?.scroller;
    if (!scroller || scroller.clientHeight === 0) return;
    const first = Math.floor(scroller.scrollTop / this.#rowPx / step) * step;
    if (first === this.#first && scroller.clientHeight === this.#viewPx) return;
    this.#first = first;
    this.#viewPx = scroller.clientHeight;
    this.#host.requestUpdate();
  }

  /** Scrolls so far that a row is in view, and draws it. */
  reveal(index: number): void {
    const scroller = this.#parts()?.scroller;
    if (!scroller) return;
    const top = index * this.#rowPx;
    const beyond = top + this.#rowPx - scroller.clientHeight;
    if (scroller.scrollTop > top) scroller.scrollTop = top;
    else if (scroller.scrollTop < beyond) scroller.scrollTop = beyond;
    this.look();
  }

  hostConnected(): void {
    this.#resized.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#resized.disconnect();
  }

  hostUpdated(): void {
    const rows = this.#parts()?.rows;
    if (!rows) {
      this.#first = 0;
      return;
    }
    // Before anything is measured: the browser holds the reader's place by what it finds at that moment.
    const { from, to } = this.range(this.#count);
    rows.style.paddingBlock = `${from * this.#rowPx}px ${(this.#count - to) * this.#rowPx}px`;
    this.#measure(rows.firstElementChild);
  }

  /** With its fractions: a tenth of a pixel is a thousand over ten thousand rows. */
  #measure(row: Element | null): void {
    const height = row?.getBoundingClientRect().height ?? 0;
    // Far down a long list the browser's own sums are no longer so fine; only another font makes a real difference.
    if (height === 0 || Math.abs(height - this.#rowPx) < (this.#measured ? 0.5 : Number.EPSILON)) return;
    this.#rowPx = height;
    this.#measured = true;
    this.#host.requestUpdate();
  }
}
