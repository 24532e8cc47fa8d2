import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Row = { id: string };

/** What the walk needs of the list it walks in. */
export type Walked = {
  /** All rows, drawn or not. */
  rows: () => readonly Row[];
  /** Draws the rows around an index. */
  reveal: (index: number) => void;
  choose: (id: string) => void;
};

/** Walking a long list by keyboard: one row is reachable by Tab, arrows go on from there, and focus stays with its row however rows move. */
export class RowWalk implements ReactiveController {
  /** The row that was focused or chosen last. */
  reachableId: string | null = null;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #walked: Walked;
  /** The row that had focus before an update, and where it stood: updates move rows, and moving one blurs it. */
  #focused: { id: string; index: number } | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, walked: Walked) {
    this.#host = host;
    this.#walked = walked;
    host.addController(this);
  }

  hostUpdate(): void {
    const row = this.#focusedRow();
    const id = row?.dataset['id'];
    this.#focused = row && id ? { id, index: this.#drawn().indexOf(row) } : null;
  }

  hostUpdated(): void {
    const focused = this.#focused;
    if (!focused || this.#focusedRow()?.dataset['id'] === focused.id) return;
    const rows = this.#drawn();
    const isListed = this.#walked.rows().some(({ id }) => id === focused.id);
    const row = rows.find(({ dataset }) => dataset['id'] === focused.id);
    const next = isListed ? undefined : rows[Math.min(focused.index, rows.length - 1)];
    // A row that was scrolled far away is no longer drawn: the list holds focus for it, and arrow keys go on from there.
    const holder = this.#host.shadowRoot?.querySelector<HTMLElement>('[role="listbox"]');
    (row ?? next ?? holder)?.focus({ preventScroll: true });
  }

  /** Which of the rows drawn Tab leads to. */
  reachable(drawn: readonly Row[], chosenId: string | null): string | undefined {
    const has = (id: string | null) => id !== null && drawn.some((row) => row.id === id);
    if (has(this.reachableId)) return this.reachableId ?? undefined;
    return has(chosenId) ? (chosenId ?? undefined) : drawn[0]?.id;
  }

  readonly keyed = (event: KeyboardEvent): void => {
    const rows = this.#walked.rows();
    const id = rowOf(event)?.dataset['id'] ?? this.reachableId;
    const index = rows.findIndex((row) => row.id === id);
    if (!id || index < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#walked.choose(id);
      return;
    }
    const last = rows.length - 1;
    const target = { ArrowDown: Math.min(index + 1, last), ArrowUp: Math.max(index - 1, 0), Home: 0, End: last }[
      event.key
    ];
    if (target === undefined) return;
    event.preventDefault();
    void this.#focusRow(target);
  };

  readonly entered = (event: Event): void => {
    this.reachableId = rowOf(event)?.dataset['id'] ?? this.reachableId;
    this.#host.requestUpdate();
  };

  async #focusRow(index: number): Promise<void> {
    const id = this.#walked.rows()[index]?.id;
    if (id === undefined) return;
    const find = () => this.#drawn().find(({ dataset }) => dataset['id'] === id);
    if (!find()) {
      this.#walked.reveal(index);
      await this.#host.updateComplete;
    }
    find()?.focus();
  }

  #drawn(): HTMLElement[] {
    return [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>('.row') ?? [])];
  }

  #focusedRow(): HTMLElement | null {
    const active = this.#host.shadowRoot?.activeElement;
    return active instanceof HTMLElement && active.classList.contains('row') ? active : null;
  }
}

export function rowOf(event: Event): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : null;
}
