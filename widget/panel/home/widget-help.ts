import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import { RequestError } from '../../../shared/client/client.ts';
import type { ArticleHit } from '../../../shared/contract/article.ts';
import { focusRing, reset, visuallyHidden } from '../../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../../shared/ui/icon.ts';
import { chevronRightIcon } from '../../../shared/ui/icons.ts';
import { numberText, spoken } from '../../../shared/ui/language.ts';
import { plural } from '../../../shared/ui/plural.ts';
import { tokens } from '../../../shared/ui/tokens.ts';
import { buttonStyles } from '../button-styles.ts';
import type { VisitorChat } from '../visitor-chat.ts';
import { ReadEvent } from './home-events.ts';
import { rowStyles } from './row-styles.ts';

/** Long enough not to ask for every letter, short enough to feel like an answer to typing. */
const PAUSE_MS = 250;
const MOST_RESULTS = 8;

/**
 * Articles to look things up in: a few at first, then what the words in the field find, as one types.
 *
 * @tag parlour-widget-help
 * @summary Search over the articles of the knowledge base.
 * @fires parlour-widget-read - {articleId} The visitor chose an article.
 */
export class WidgetHelp extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    buttonStyles,
    iconStyles,
    rowStyles,
    css`
      .field {
        padding: 0 var(--_space-2) var(--_space-2);
      }
      .input {
        inline-size: 100%;
        min-block-size: 42px;
        padding: 8px 12px;
        border: 1px solid var(--_border-strong);
        border-radius: 12px;
        background: var(--_surface-raised);
        font-size: 15px;
      }
      .input::placeholder {
        color: var(--_text-faint);
        opacity: 1;
      }
      /* The browser's own is blue, or white on white. */
      .input::-webkit-search-cancel-button {
        inline-size: 14px;
        block-size: 14px;
        margin-inline-start: var(--_space-2);
        background: var(--_text-muted);
        clip-path: path('M1 2L2 1l5 5 5-5 1 1-5 5 5 5-1 1-5-5-5 5-1-1 5-5z');
        appearance: none;
        cursor: pointer;
      }
      .input:focus-visible {
        outline-offset: -1px;
      }
      @media (forced-colors: active) {
        .input::-webkit-search-cancel-button {
          background: ButtonText;
          forced-color-adjust: none;
        }
      }
      /* Phones zoom the page into fields with smaller text. */
      @media (pointer: coarse) {
        .input {
          font-size: 16px;
        }
      }
      .title {
        grid-column: 1;
        font-weight: 600;
      }
      .about {
        display: -webkit-box;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        line-clamp: 2;
        line-height: 1.4;
      }
      .notice {
        padding: var(--_space-3);
      }
    `,
  ];
  static override properties = {
    chat: { attribute: false },
    suggestions: { attribute: false },
    words: { state: true },
    found: { state: true },
    error: { state: true },
  };

  chat: VisitorChat | null = null;
  /** Shown while nothing is searched for. */
  suggestions: readonly ArticleHit[] = [];
  private words = '';
  /** What the last answered words found; null before any. */
  private found: readonly ArticleHit[] | null = null;
  private error = '';

  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Answers to older words may come later than those to newer ones. */
  #asked = 0;
  #openedId = '';

  /** Whether the visitor comes back from an article opened here. */
  get hasOpened(): boolean {
    return this.#openedId !== '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** To the article that was opened, else to the field. */
  override focus(options?: FocusOptions): void {
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('.row')];
    const opened = rows.find((row) => row.dataset['id'] === this.#openedId);
    (opened ?? this.renderRoot.querySelector('input'))?.focus(options);
    this.#openedId = '';
  }

  #typed = (event: Event): void => {
    this.words = (event.target as HTMLInputElement).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(), PAUSE_MS);
  };

  #keyed = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter') void this.#search();
    if (event.key !== 'Escape' || !this.words) return;
    // The first Escape empties the field, the next one closes the chat.
    event.stopPropagation();
    event.preventDefault();
    this.words = '';
    void this.#search();
  };

  #search = async (): Promise<void> => {
    clearTimeout(this.#timer);
    const { chat } = this;
    const text = this.words.trim();
    const turn = (this.#asked += 1);
    const isOffline = chat?.connection.status === 'offline';
    this.error = text && isOffline ? msg('The search is not available right now.') : '';
    if (!text || !chat) {
      this.found = null;
      return;
    }
    try {
      const { articles } = await chat.ask('article.search', { text, language: spoken.language, limit: MOST_RESULTS });
      // It may have waited for the line.
      if (turn === this.#asked) [this.found, this.error] = [articles, ''];
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (turn === this.#asked) this.error = msg('The search is not available right now.');
    }
  };

  #read(articleId: string): void {
    this.#openedId = articleId;
    this.dispatchEvent(new ReadEvent(articleId));
  }

  get #news(): string {
    const { found } = this;
    if (this.error || !found) return '';
    const count = numberText(found.length);
    if (!found.length) return msg(str`Nothing found for “${this.words.trim()}”. Try other words, or ask us.`);
    return pluralNews(found.length, count);
  }

  #row = ({ id, title, excerpt, language }: ArticleHit): TemplateResult => html`<li>
    <button class="row" type="button" data-id=${id} lang=${language} @click=${() => this.#read(id)}>
      <span class="title" dir="auto">${title}</span>
      <span class="about" dir="auto">${excerpt}</span>
      ${icon(chevronRightIcon, { size: 18, directional: true })}
    </button>
  </li>`;

  override render(): TemplateResult {
    const { found, error } = this;
    const news = this.#news;
    return html`<section aria-labelledby="help">
      <h3 id="help">${msg('Help')}</h3>
      <div class="field" role="search">
        <input
          class="input"
          type="search"
          maxlength="200"
          enterkeyhint="search"
          autocomplete="off"
          aria-label=${msg('Search for help')}
          placeholder=${msg('Search for help')}
          .value=${this.words}
          @input=${this.#typed}
          @keydown=${this.#keyed}
        />
      </div>
      <p role="status" class=${found && !found.length && !error ? 'notice faint' : 'visually-hidden'}>${news}</p>
      ${
        error
          ? html`<div class="notice" role="alert">
            <p>${error}</p>
            <button class="button" type="button" @click=${this.#search}>${msg('Try again')}</button>
          </div>`
          : nothing
      }
      <ul role="list">
        ${(found ?? this.suggestions).map(this.#row)}
      </ul>
    </section>`;
  }
}

function pluralNews(count: number, said: string): string {
  return plural(count, msg(str`${said} article found`), msg(str`${said} articles found`));
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-help': WidgetHelp;
  }
}
