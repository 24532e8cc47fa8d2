import { LitElement, css, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import { RequestError } from '../../../shared/client/client.ts';
import type { HelpArticle } from '../../../shared/contract/article.ts';
import { focusRing, reset, scrollbars } from '../../../shared/ui/base-styles.ts';
import { spoken } from '../../../shared/ui/language.ts';
import { bodyStyles } from '../../../shared/ui/text.ts';
import { dayText } from '../../../shared/ui/time.ts';
import { tokens } from '../../../shared/ui/tokens.ts';
import { buttonStyles } from '../button-styles.ts';
import type { VisitorChat } from '../visitor-chat.ts';
import { renderArticle } from './article-text.ts';
import { SelectEvent } from './home-events.ts';

/**
 * One article to read, and the way to somebody who knows more.
 *
 * @tag parlour-widget-article
 * @summary An article of the knowledge base.
 * @fires parlour-widget-select - {conversationId} The visitor wants to ask: null, a new conversation.
 * @csspart title - The article's title.
 * @csspart body - The article's text.
 */
export class WidgetArticle extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    buttonStyles,
    scrollbars,
    bodyStyles,
    css`
      :host {
        display: flex;
        flex: 1;
        flex-direction: column;
        min-block-size: 0;
      }
      .scroll {
        flex: 1;
        padding: 20px;
      }
      h3 {
        margin-block-end: 4px;
        font-size: 20px;
        line-height: 1.25;
        overflow-wrap: anywhere;
        text-wrap: balance;
      }
      h3:focus {
        outline: none;
      }
      .about {
        margin-block-end: var(--_space-4);
        color: var(--_text-faint);
        font-size: var(--_font-size-s);
      }
      .body-text {
        font-size: 15px;
        line-height: 1.55;
      }
      :is(h4, h5, h6) {
        margin: 0;
        font-size: 15px;
        font-weight: 650;
        line-height: 1.35;
        text-wrap: balance;
        unicode-bidi: plaintext;
        text-align: start;
      }
      h4 {
        font-size: 17px;
      }
      h6 {
        color: var(--_text-muted);
      }
      .body-text > * + :is(h4, h5, h6) {
        margin-block-start: 1.3em;
      }
      .more {
        display: grid;
        justify-items: center;
        gap: var(--_space-3);
        margin-block-start: var(--_space-8);
        padding-block: var(--_space-4);
        border-block-start: 1px solid var(--_border);
        color: var(--_text-muted);
      }
      .notice {
        flex: 1;
      }
    `,
  ];
  static override properties = {
    chat: { attribute: false },
    articleId: { attribute: false },
    article: { state: true },
    error: { state: true },
  };

  chat: VisitorChat | null = null;
  articleId = '';
  private article: HelpArticle | null = null;
  private error = '';

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('articleId')) void this.#load();
  }

  override updated(changed: PropertyValues): void {
    // Reading begins at the title, for those who hear it too.
    if ((changed.has('article') && this.article) || (changed.has('error') && this.error)) this.focus();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('h3,button')?.focus(options);
  }

  #load = async (): Promise<void> => {
    const { chat, articleId } = this;
    this.article = null;
    this.error = '';
    try {
      const { article } = (await chat?.ask('article.read', { articleId })) ?? {};
      if (articleId === this.articleId) this.article = article ?? null;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (articleId !== this.articleId) return;
      this.error =
        error.code === 'not_found' ? msg('This article is no longer there.') : msg('The article could not be loaded.');
    }
  };

  #ask = (): void => {
    this.dispatchEvent(new SelectEvent(null));
  };

  #about({ category, updatedAt }: HelpArticle): string {
    const day = dayText(updatedAt, Date.now());
    const changed = msg(str`Last changed: ${day}`);
    return category ? `${category} · ${changed}` : changed;
  }

  override render(): TemplateResult {
    const { article, error } = this;
    if (!article)
      return error
        ? html`<div class="notice" role="alert">
            <p>${error}</p>
            <button class="button" type="button" @click=${this.#load}>${msg('Try again')}</button>
          </div>`
        : html`<p class="notice" role="status">${msg('Loading…')}</p>`;
    return html`<div class="scroll">
      <article lang=${article.language}>
        <h3 part="title" tabindex="-1" dir="auto">${article.title}</h3>
        <p class="about" lang=${spoken.language}>${this.#about(article)}</p>
        <div part="body" class="body-text">${renderArticle(article.body)}</div>
      </article>
      <div class="more">
        <p>${msg('Is something still unclear?')}</p>
        <button class="button" type="button" @click=${this.#ask}>${msg('Ask us')}</button>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-article': WidgetArticle;
  }
}
