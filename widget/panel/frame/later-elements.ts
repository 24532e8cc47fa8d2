import { later } from '../../../shared/client/later.ts';
import { define } from '../../../shared/ui/define.ts';

const loadThread = later((_query) => import('../thread/widget-thread.ts').then(({ elements }) => define(elements)));

/** Where the focus goes once it is here. */
const loadPlace = {
  'parlour-widget-form': later((_query) => import('../form/widget-form.ts').then(({ elements }) => define(elements))),
  'parlour-widget-home': later((_query) => import('../home/home-elements.ts').then(({ elements }) => define(elements))),
};

/** The panel, as far as what is fetched for it is about it. */
interface Panel {
  /** Whether it is seen. */
  open: boolean;
  renderRoot: ParentNode;
  requestUpdate(): void;
  focus(): void;
}

/** What the panel shows only to those who come to it, each fetched for them: the others never need it. */
export class LaterElements {
  /** Whether what draws messages could not be fetched. */
  isThreadMissing = false;
  /** A line that is back may bring what could not be fetched without one. */
  #wasOnline = false;
  readonly #panel: Panel;

  constructor(panel: Panel) {
    this.#panel = panel;
  }

  /** Says how the line stands. */
  hear(isOnline: boolean): void {
    if (isOnline && !this.#wasOnline) this.isThreadMissing = false;
    this.#wasOnline = isOnline;
  }

  /** What draws messages; once it is here, it takes the place of the greeting. */
  readonly thread = async (): Promise<void> => {
    if (customElements.get('parlour-widget-thread')) return;
    this.isThreadMissing = !!(await loadThread());
    this.#panel.requestUpdate();
  };

  /**
   * The form before a new conversation, or the list with its articles.
   * @param missed what to do without; else the next look at the chat tries again
   */
  async place(tag: keyof typeof loadPlace, missed?: () => void): Promise<void> {
    if (customElements.get(tag)) return;
    if (await loadPlace[tag]()) return missed?.();
    await this.#panel.renderRoot.querySelector(tag)?.updateComplete;
    if (this.#panel.open) this.#panel.focus();
  }
}
