import { LitElement, css, html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { BlockAnswer, RichBlockOf } from '../../contract/block.ts';
import { fieldStyles } from '../fields/field-styles.ts';
import { textRow } from '../fields/form-field.ts';
import { blockStyles } from './blocks-styles.ts';

export type RatingAnswer = Extract<BlockAnswer, { type: 'rating' }>;

const scores = [1, 2, 3, 4, 5] as const;
const COMMENT_LENGTH = 2000;

const star = svg`<path d="m12 2.6 2.9 5.9 6.5 1-4.7 4.6 1.1 6.5-5.8-3.1-5.8 3.1 1.1-6.5L2.6 9.5l6.5-1Z"></path>`;
const starOf = (isFull: boolean): TemplateResult =>
  html`<svg class=${isFull ? 'star full' : 'star'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">${star}</svg>`;

/**
 * One to five stars, as radio buttons, and a few words if the visitor likes. A star counts when it is chosen, or by keyboard, where those before it
 * are passed over, when they are left; it may be answered again.
 *
 * @tag parlour-block-rating
 * @summary Asks how it was.
 * @fires parlour-block-rated - {score, comment} It was rated.
 */
export class BlockRating extends LitElement {
  static override styles = [
    blockStyles,
    fieldStyles,
    css`
      .title {
        text-align: -webkit-match-parent;
        text-align: match-parent;
      }
      form {
        display: contents;
      }
      .thanks:not(:has(button, span:not(:empty))) {
        position: absolute;
      }
      .stars {
        display: flex;
        gap: 2px;
        margin-inline-start: -6px;
      }
      .stars.given {
        margin-inline-start: 0;
      }
      .stars label {
        position: relative;
        display: grid;
        place-items: center;
        inline-size: 40px;
        block-size: 40px;
        border-radius: 10px;
        cursor: pointer;
      }
      .stars input {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        margin: 0;
        border-radius: 10px;
        opacity: 0;
        cursor: pointer;
      }
      .stars label:focus-within:has(:focus-visible) {
        outline: 2px solid var(--_focus);
      }
      .star {
        inline-size: 28px;
        block-size: 28px;
        fill: transparent;
        stroke: var(--_text-faint);
        stroke-width: 1.4;
        stroke-linejoin: round;
      }
      .given .star {
        inline-size: 22px;
        block-size: 22px;
      }
      .full {
        fill: var(--_accent);
        stroke: var(--_accent-text);
      }
      .stars label:hover .star {
        stroke: var(--_accent-text);
      }
      @media (forced-colors: active) {
        .star {
          stroke: CanvasText;
        }
        .full {
          fill: Highlight;
        }
      }
    `,
  ];
  // A table rather than decorators, as everywhere that the widget draws.
  static override properties = {
    block: { attribute: false },
    answerable: { attribute: false },
    answer: { attribute: false },
    score: { state: true },
    changing: { state: true },
  };

  block: RichBlockOf<'rating'> | null = null;
  /** Whether whoever reads it may rate. */
  answerable = false;
  /** What was said so far. */
  answer: RatingAnswer | null = null;
  private score = 0;
  private changing = false;
  #comment = '';
  #sent = false;
  /** Whether the key that is pressed passes over stars. */
  #isPassing = false;
  /** Whether a star is chosen that does not count yet. */
  #isUnsaid = false;

  get #prompt(): string {
    return this.block?.prompt || msg('How was this conversation?');
  }

  #change = async (): Promise<void> => {
    this.score = this.answer?.score ?? 0;
    this.#comment = this.answer?.comment ?? '';
    this.changing = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('input:checked')?.focus();
  };

  #send = (event: Event): void => {
    event.preventDefault();
    if (this.score === 0) return;
    this.#isUnsaid = false;
    this.changing = false;
    this.#sent = true;
    const comment = this.#comment.trim();
    const { answer } = this;
    // It was said when the star was chosen.
    if (answer?.score === this.score && answer.comment === comment) return;
    this.dispatchEvent(new RatedEvent({ type: 'rating', score: this.score, comment }));
  };

  /** A star says all that is needed: who leaves it at that has rated. Words may follow. */
  #choose(score: number): void {
    this.score = score;
    this.changing = true;
    this.#isUnsaid = true;
    if (!this.#isPassing) this.#say();
  }

  #say = (): void => {
    if (!this.#isUnsaid) return;
    this.#isUnsaid = false;
    this.dispatchEvent(new RatedEvent({ type: 'rating', score: this.score, comment: this.#comment.trim() }));
  };

  #keyed = ({ key }: KeyboardEvent): void => {
    this.#isPassing = key.startsWith('Arrow');
    if (key === ' ') this.#say();
  };

  #released = (): void => {
    this.#isPassing = false;
  };

  #left = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if ((currentTarget as Node).contains(relatedTarget as Node | null)) return;
    this.#isPassing = false;
    this.#say();
  };

  override updated(): void {
    // The button that was pressed is gone.
    if (!this.answer || this.changing || !this.#sent) return;
    this.#sent = false;
    this.renderRoot.querySelector<HTMLElement>('.plain')?.focus();
  }

  #stars({ score, comment }: RatingAnswer): TemplateResult {
    return html`<div class="stars given" role="img" aria-label=${msg(str`${score} of ${scores.length}`)}>
        ${scores.map((one) => starOf(one <= score))}
      </div>
      ${comment ? html`<p class="words" dir="auto">${comment}</p>` : nothing}`;
  }

  #form(): TemplateResult {
    const count = scores.length;
    return html`<form novalidate @submit=${this.#send}>
      <div
        class="stars"
        role="radiogroup"
        aria-labelledby="prompt"
        @keydown=${this.#keyed}
        @keyup=${this.#released}
        @focusout=${this.#left}
      >
        ${scores.map(
          (one) => html`<label
            ><input
              type="radio"
              name="score"
              value=${one}
              aria-label=${msg(str`${one} of ${count}`)}
              .checked=${this.score === one}
              @change=${() => this.#choose(one)}
            />${starOf(one <= this.score)}</label
          >`,
        )}
      </div>
      ${
        this.score > 0
          ? html`${textRow('comment', msg('Anything to add? (optional)'), false, COMMENT_LENGTH, {
              value: this.#comment,
              problem: undefined,
              change: (text) => (this.#comment = String(text)),
            })}
              <button class="send" part="send" type="submit">${msg('Send')}</button>`
          : nothing
      }
    </form>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { block, answer, answerable } = this;
    if (!block) return nothing;
    const given = !this.changing && answer;
    const taken = answerable && given;
    const isKept = this.changing && answer?.score === this.score;
    // The thanks have a place before there is anything to thank for, so that they are read out.
    return html`<div class="sheet">
      <p class="title" id="prompt" dir="auto">${this.#prompt}</p>
      ${given ? this.#stars(given) : answerable ? this.#form() : html`<p class="answered">${msg('Not answered yet')}</p>`}
      <div class="answered thanks">
        <span role="status">${taken ? msg('Thank you!') : isKept ? msg('Your rating is saved.') : nothing}</span>
        ${taken ? html`<button class="plain" type="button" @click=${this.#change}>${msg('Change rating')}</button>` : nothing}
      </div>
    </div>`;
  }
}

/** A conversation was rated. */
export class RatedEvent extends Event {
  readonly answer: RatingAnswer;

  constructor(answer: RatingAnswer) {
    super('parlour-block-rated');
    this.answer = answer;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-block-rating': BlockRating;
  }
}
