import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveElement, TemplateResult } from 'lit';

/** A button for what cannot be undone: the first press asks, the second does it. One question at a time per host. */
export class ConfirmButton implements ReactiveController {
  #asking: string | null = null;
  readonly #host: ReactiveElement;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#asking = null;
  }

  /** `key` tells several of them on one host apart. With a `note`, said while it asks, what it does is nothing to be warned of. */
  render(options: {
    key: string;
    label: string;
    name: string;
    sure: string;
    note?: string;
    act: () => unknown;
  }): TemplateResult {
    if (this.#asking !== options.key) {
      return html`<button
        class="button small"
        type="button"
        aria-label=${options.name}
        @click=${() => this.#ask(options.key)}
      >
        ${options.label}
      </button>`;
    }
    return html`${options.note ? html`<p class="lead" role="status">${options.note}</p>` : nothing}
      <button class="button small" type="button" data-keep @click=${() => this.#ask(null)}>
        ${options.note ? msg('Cancel') : msg('Keep')}
      </button>
      <button
        class="button small ${options.note ? 'primary' : 'danger'}"
        type="button"
        @click=${() => {
          this.#ask(null);
          options.act();
        }}
      >
        ${options.sure}
      </button>`;
  }

  #ask(key: string | null): void {
    this.#asking = key;
    this.#host.requestUpdate();
    if (!key) return;
    // The pressed button is gone; a second Enter must not do what only was asked.
    void this.#host.updateComplete.then(() => {
      this.#host.renderRoot.querySelector<HTMLElement>('[data-keep]')?.focus();
    });
  }
}
