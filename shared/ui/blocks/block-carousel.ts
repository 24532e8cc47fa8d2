import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { FileLine } from '../../client/uploads.ts';
import type { Button, CardFace } from '../../contract/block.ts';
import { icon } from '../icon.ts';
import { chevronLeftIcon, chevronRightIcon } from '../icons.ts';
import { blockStyles } from './blocks-styles.ts';
import { cardFace, cardStyles } from './card-face.ts';

/**
 * Cards side by side, to be scrolled by hand, by the arrow keys, or by the buttons below.
 *
 * @tag parlour-block-carousel
 * @summary Several cards side by side.
 */
export class BlockCarousel extends LitElement {
  static override styles = [
    blockStyles,
    cardStyles,
    css`
      .track {
        display: flex;
        gap: var(--_space-2);
        overflow: auto hidden;
        padding: 2px;
        margin: -2px;
        border-radius: 18px;
        scroll-snap-type: inline mandatory;
        scroll-padding-inline: 2px;
        scrollbar-width: none;
      }
      li {
        display: grid;
        flex: none;
        inline-size: min(220px, 86%);
        scroll-snap-align: start;
      }
      .steps {
        display: flex;
        align-items: center;
        gap: 6px;
        margin-block-start: 6px;
      }
      .step {
        display: grid;
        place-items: center;
        inline-size: 32px;
        block-size: 32px;
        padding: 0;
        border: 1px solid var(--_border-strong);
        border-radius: 50%;
        background: var(--_surface-raised);
        color: var(--_text);
        cursor: pointer;
      }
      .step[aria-disabled='true'] {
        border-color: var(--_border);
        color: var(--_text-faint);
        cursor: default;
      }
      .place {
        color: var(--_text-muted);
        font-size: 12.5px;
        font-variant-numeric: tabular-nums;
      }
      @media (pointer: coarse) {
        .step {
          inline-size: 44px;
          block-size: 44px;
        }
      }
    `,
  ];
  // A table rather than decorators, as everywhere that the widget draws.
  static override properties = {
    cards: { attribute: false },
    files: { attribute: false },
    buttons: { attribute: false },
    index: { state: true },
  };

  cards: readonly CardFace[] = [];
  files: FileLine | null = null;
  /** Draws the buttons of a card. */
  buttons: (buttons: readonly Button[]) => unknown = () => '';
  /** The first card in sight. */
  private index = 0;

  get #track(): HTMLElement | null {
    return this.renderRoot.querySelector('.track');
  }

  /** How far a card stands from the one before it. */
  get #stride(): number {
    const [first, second] = this.renderRoot.querySelectorAll('li');
    if (!first || !second) return 1;
    return Math.abs(second.getBoundingClientRect().left - first.getBoundingClientRect().left) || 1;
  }

  #scrolled = (): void => {
    const track = this.#track;
    if (!track) return;
    // Where text runs right to left, it counts down from 0.
    const at = Math.abs(track.scrollLeft);
    const atEnd = at + track.clientWidth >= track.scrollWidth - 2;
    this.index = atEnd ? this.cards.length - 1 : Math.round(at / this.#stride);
  };

  #step(by: 1 | -1): void {
    const track = this.#track;
    if (!track) return;
    const towards = getComputedStyle(track).direction === 'rtl' ? -by : by;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    track.scrollBy({ left: towards * this.#stride, behavior: still ? 'auto' : 'smooth' });
  }

  override render(): TemplateResult {
    const { cards, index } = this;
    const count = cards.length;
    const place = index + 1;
    return html`<div>
      <ul class="track" role="list" tabindex="0" aria-label=${msg('Cards')} @scroll=${this.#scrolled}>
        ${cards.map((card) => html`<li>${cardFace(card, this.files, this.buttons(card.buttons))}</li>`)}
      </ul>
      <div class="steps">
        <button
          class="step"
          type="button"
          aria-label=${msg('Previous card')}
          aria-disabled=${index === 0}
          @click=${() => this.#step(-1)}
        >
          ${icon(chevronLeftIcon, { size: 16, directional: true })}
        </button>
        <button
          class="step"
          type="button"
          aria-label=${msg('Next card')}
          aria-disabled=${place === count}
          @click=${() => this.#step(1)}
        >
          ${icon(chevronRightIcon, { size: 16, directional: true })}
        </button>
        <span class="place" aria-live="polite">${msg(str`${place} of ${count}`)}</span>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-block-carousel': BlockCarousel;
  }
}
