import { LitElement, css, html, nothing } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import type { FileLine } from '../../client/uploads.ts';
import type { BlockAnswer, Button, RichBlock, RichBlockOf } from '../../contract/block.ts';
import { icon } from '../icon.ts';
import { checkIcon, chevronRightIcon, externalIcon } from '../icons.ts';
import { safeHref } from '../text.ts';
import type { BlockForm, FilledEvent, FormValues } from './block-form.ts';
import type { RatedEvent } from './block-rating.ts';
import { blockStyles } from './blocks-styles.ts';
import { cardFace, cardStyles } from './card-face.ts';

/** The same whenever it is drawn: what is typed stays. */
const none: FormValues = {};

/**
 * The rich blocks of one message with what was answered to them, for reading. Who may answer extends it.
 *
 * @tag parlour-blocks
 * @summary Buttons, cards, forms, articles and ratings of a message.
 * @csspart card - A card.
 * @csspart choice - A button of a block.
 */
export class Blocks extends LitElement {
  static override styles = [
    blockStyles,
    cardStyles,
    css`
      :host {
        display: grid;
        gap: 6px;
        inline-size: 290px;
        max-inline-size: 100%;
        margin-block: 4px;
      }
      .article {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 2px 10px;
        align-items: center;
        inline-size: 100%;
        text-align: start;
      }
      button.article {
        cursor: pointer;
      }
      button.article:hover {
        border-color: var(--_border-strong);
      }
      .article .words {
        display: -webkit-box;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        line-clamp: 2;
      }
      .article .icon {
        grid-area: 1 / 2 / span 2;
        color: var(--_text-faint);
      }
    `,
  ];
  // A table rather than decorators, as everywhere that the widget draws.
  static override properties: PropertyDeclarations = {
    blocks: { attribute: false },
    answers: { attribute: false },
    files: { attribute: false },
  };

  blocks: readonly RichBlock[] = [];
  /** What was answered, by the block's id. */
  answers: Readonly<Record<string, BlockAnswer>> = {};
  /** The line that pictures come over. */
  files: FileLine | null = null;

  /** Whether whoever reads it may answer. */
  protected get answerable(): boolean {
    return false;
  }

  /** Whoever reads it answered a block. @param words the answer as a message */
  protected answer(_block: RichBlock, _answer: BlockAnswer, _words: string): void {}

  /** What a form was filled in with and not sent. */
  protected valuesOf(_form: RichBlockOf<'form'>): FormValues {
    return none;
  }

  /** Whoever may answer is filling in a form. */
  protected keepValues(_form: RichBlockOf<'form'>, _values: FormValues): void {}

  /** Draws an article; for reading it is a reference and no more. */
  protected article({ title, excerpt }: RichBlockOf<'article'>): TemplateResult {
    return html`<div class="sheet article">${articleWords(title, excerpt)}</div>`;
  }

  readonly #draw: { readonly [T in RichBlock['type']]: (block: RichBlockOf<T>) => unknown } = {
    buttons: (block) => this.#choices(block, block.buttons, 'choices row'),
    card: (block) => cardFace(block, this.files, this.#choices(block, block.buttons)),
    carousel: (block) =>
      html`<parlour-block-carousel
        .cards=${block.cards}
        .files=${this.files}
        .buttons=${(buttons: readonly Button[]) => this.#choices(block, buttons)}
      ></parlour-block-carousel>`,
    form: (block) =>
      html`<parlour-block-form
        .block=${block}
        .answerable=${this.answerable}
        .answered=${this.#answerTo(block) !== undefined}
        .unsent=${this.valuesOf(block)}
        @parlour-block-change=${({ currentTarget }: Event) =>
          this.keepValues(block, (currentTarget as BlockForm).unsent)}
        @parlour-block-filled=${({ values }: FilledEvent) =>
          this.answer(block, { type: 'form', values }, Object.values(values).map(wordOf).join('\n') || '✓')}
      ></parlour-block-form>`,
    rating: (block) => {
      const answer = this.#answerTo(block);
      return html`<parlour-block-rating
        .block=${block}
        .answerable=${this.answerable}
        .answer=${answer?.type === 'rating' ? answer : null}
        @parlour-block-rated=${({ answer: given }: RatedEvent) => this.answer(block, given, '★'.repeat(given.score))}
      ></parlour-block-rating>`;
    },
    article: (block) => this.article(block),
  };

  /** A block's id is whatever its writer chose, also a name that every object answers to. */
  #answerTo({ id }: { id: string }): BlockAnswer | undefined {
    return Object.hasOwn(this.answers, id) ? this.answers[id] : undefined;
  }

  #choices(block: RichBlock & { id: string }, buttons: readonly Button[], kind = 'choices'): unknown {
    if (buttons.length === 0) return nothing;
    const answer = this.#answerTo(block);
    const chosen = answer?.type === 'button' ? answer.buttonId : undefined;
    return html`<div class=${kind}>
      ${buttons.map((button) => ('href' in button ? linkOf(button) : this.#choice(block, button, chosen)))}
    </div>`;
  }

  #choice(
    block: RichBlock,
    { id, label }: Extract<Button, { id: string }>,
    chosen: string | undefined,
  ): TemplateResult {
    const isChosen = id === chosen;
    const name = html`${isChosen ? html`${icon(checkIcon, { size: 16 })}<span class="visually-hidden">${msg('Chosen:')}</span>` : nothing}<span
        dir="auto"
        >${label}</span
      >`;
    const classes = isChosen ? 'choice chosen' : 'choice';
    if (!this.answerable) return html`<span class="${classes} still" part="choice">${name}</span>`;
    // It keeps the focus that pressed it.
    return html`<button
      class=${classes}
      part="choice"
      type="button"
      aria-disabled=${chosen !== undefined}
      @click=${() => chosen === undefined && this.answer(block, { type: 'button', buttonId: id }, label)}
    >
      ${name}
    </button>`;
  }

  override render(): TemplateResult {
    return html`${this.blocks.map((block) => {
      // A newer server may know kinds of block that this page, still open from before, does not.
      const draw = this.#draw[block.type] as ((block: RichBlock) => unknown) | undefined;
      return draw ? draw(block) : nothing;
    })}`;
  }
}

/** The title and the beginning of an article, as they stand in a `.article`. */
export function articleWords(title: string, excerpt: string): TemplateResult {
  return html`<span class="title" dir="auto">${title}</span>
    <span class="words" dir="auto">${excerpt}</span>
    ${icon(chevronRightIcon, { size: 16, directional: true })}`;
}

function linkOf({ label, href }: Extract<Button, { href: string }>): TemplateResult {
  const safe = safeHref(href);
  return safe
    ? html`<a class="choice" part="choice" href=${safe} target="_blank" rel="noopener noreferrer nofollow"
        ><span dir="auto">${label}</span>${icon(externalIcon, { size: 14 })}</a
      >`
    : html`<span class="choice still" part="choice" dir="auto">${label}</span>`;
}

const wordOf = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? '✓' : '✗') : String(value);

declare global {
  interface HTMLElementTagNameMap {
    'parlour-blocks': Blocks;
  }
}
