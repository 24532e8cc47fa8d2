import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ReactiveController, ReactiveElement, TemplateResult } from 'lit';
import { icon } from '../../shared/ui/icon.ts';
import { checkIcon, copyIcon } from '../../shared/ui/icons.ts';
import { copyText } from './copy-text.ts';

const confirmedMs = 2500;

/** Copy buttons, each of which says for a moment that it worked, or what to press when it could not. */
export class CopyButton implements ReactiveController {
  #outcome: 'copied' | 'selected' | null = null;
  /** Which of the host's buttons the outcome is of. */
  #pressed = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #host: ReactiveElement;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#show(null);
  }

  /** `selector` names, in the host's render root, the element that shows the text. */
  render(text: string, selector: string, style = ''): TemplateResult {
    const outcome = this.#pressed === selector ? this.#outcome : null;
    const copied = outcome === 'copied';
    const label = copied ? msg('Copied') : outcome === 'selected' ? msg('Press Ctrl+C') : msg('Copy');
    return html`<button
        class="button copy ${style}"
        part="copy"
        type="button"
        data-copied=${copied}
        @click=${() => this.#copy(text, selector)}
      >
        ${icon(copied ? checkIcon : copyIcon, { size: 16 })}${label}
      </button>
      <span class="visually-hidden" role="status">${copied ? msg('Copied to the clipboard') : ''}</span>`;
  }

  async #copy(text: string, selector: string): Promise<void> {
    const shown = this.#host.renderRoot.querySelector(selector);
    if (!shown) return;
    this.#pressed = selector;
    this.#show((await copyText(text, shown)) ? 'copied' : 'selected');
  }

  #show(outcome: 'copied' | 'selected' | null): void {
    clearTimeout(this.#timer);
    this.#outcome = outcome;
    this.#host.requestUpdate();
    if (outcome && this.#host.isConnected) this.#timer = setTimeout(() => this.#show(null), confirmedMs);
  }
}
