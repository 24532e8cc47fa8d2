import { render } from 'lit';
import type { TemplateResult } from 'lit';

/**
 * Draws rows into a parent, one element for each id: a row stays the same element whatever comes before it, and one that has not
 * changed is not drawn again. Does for a thread what Lit's `repeat` does for anything, in a quarter of its size.
 */
export class KeyedRows<Row extends { id: string }> {
  readonly #held = new Map<string, { element: HTMLElement; drawn: string }>();

  elementOf(id: string): HTMLElement | undefined {
    return this.#held.get(id)?.element;
  }

  /** @param print What of a row and its surroundings its template depends on. */
  draw(
    parent: Element,
    rows: readonly Row[],
    template: (row: Row) => TemplateResult,
    print: (row: Row) => string,
  ): void {
    const gone = new Set(this.#held.keys());
    let next = parent.firstElementChild;
    for (const row of rows) {
      const held = this.#held.get(row.id) ?? { element: document.createElement('div'), drawn: '' };
      const { element } = held;
      const drawn = print(row);
      if (held.drawn !== drawn) render(template(row), element);
      held.drawn = drawn;
      this.#held.set(row.id, held);
      gone.delete(row.id);
      if (element === next) next = element.nextElementSibling;
      else parent.insertBefore(element, next);
    }
    for (const id of gone) {
      this.#held.get(id)?.element.remove();
      this.#held.delete(id);
    }
  }
}
