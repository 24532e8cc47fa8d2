import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { VisitorConversation } from '../../../shared/contract/conversation.ts';
import type { VisitorState } from '../../../shared/state/visitor.ts';
import { focusRing, reset } from '../../../shared/ui/ground-styles.ts';
import { tokens } from '../../../shared/ui/tokens.ts';
import { numberText } from '../../../shared/ui/language.ts';
import { WidgetEvent } from '../widget-event.ts';

/**
 * How a conversation stands while nobody can be seen in it: its place in line, or that it has ended, and then the way to another one.
 *
 * @tag parlour-widget-standing
 * @summary The place in line, below the panel's head.
 * @fires parlour-widget-begin - The visitor wants a new conversation.
 */
export class WidgetStanding extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    css`
      :host {
        display: block;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0 var(--_space-3);
        padding: var(--_space-2) 18px;
        border-block-end: 1px solid var(--_border);
        background: var(--_surface-sunken);
        color: var(--_text-muted);
        font-size: 13px;
        line-height: 1.35;
      }
      button {
        min-block-size: 28px;
        margin-inline: -6px;
        padding: 0 6px;
        border: 1px solid transparent;
        border-radius: var(--_radius);
        background: none;
        color: var(--_accent-text);
        font: inherit;
        font-weight: 600;
        text-decoration: underline;
        text-underline-offset: 0.18em;
        cursor: pointer;
      }
      @media (pointer: coarse) {
        button {
          min-block-size: 44px;
          margin-block: -8px;
        }
      }
    `,
  ];
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    conversationId: { attribute: false },
    visitor: { attribute: false },
  };

  /** The conversation shown; null is none. */
  conversationId: string | null = null;
  visitor: VisitorState | null = null;

  get #conversation(): VisitorConversation | undefined {
    return this.conversationId ? this.visitor?.conversations.get(this.conversationId) : undefined;
  }

  get #text(): string {
    const { visitor } = this;
    const conversation = this.#conversation;
    if (!visitor || !conversation) return '';
    if (conversation.status === 'closed') return msg('This chat has ended');
    const place = visitor.queue?.[conversation.id];
    if (!place) return '';
    return place === 1 ? msg('You are next in line') : msg(str`You are number ${numberText(place)} in line`);
  }

  override render(): TemplateResult {
    const text = this.#text;
    const isOver = this.#conversation?.status === 'closed';
    // There before it says anything, so that what comes into it is read out.
    return html`<div class=${text ? 'bar' : nothing}>
      <div role="status">${text ? html`<p>${text}</p>` : nothing}${isOver ? html`<p>${msg('Write a message to reopen it.')}</p>` : nothing}</div>
      ${
        isOver
          ? html`<button type="button" @click=${() => this.dispatchEvent(new WidgetEvent('parlour-widget-begin'))}>${msg('New conversation')}</button>`
          : nothing
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-standing': WidgetStanding;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-widget-begin': WidgetEvent;
  }
}
