import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { VisitorState } from '../../../shared/state/visitor.ts';
import { reset } from '../../../shared/ui/base-styles.ts';
import { tokens } from '../../../shared/ui/tokens.ts';
import { numberText } from '../../../shared/ui/language.ts';

/**
 * How a conversation stands while nobody can be seen in it: its place in line, or that it has ended.
 *
 * @tag parlour-widget-standing
 * @summary The place in line, below the panel's head.
 */
export class WidgetStanding extends LitElement {
  static override styles = [
    tokens,
    reset,
    css`
      :host {
        display: block;
      }
      p {
        padding: var(--_space-2) 18px;
        border-block-end: 1px solid var(--_border);
        background: var(--_surface-sunken);
        color: var(--_text-muted);
        font-size: 13px;
        line-height: 1.35;
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

  get #text(): string {
    const { visitor, conversationId } = this;
    const conversation = conversationId ? visitor?.conversations.get(conversationId) : undefined;
    if (!visitor || !conversation) return '';
    if (conversation.status === 'closed') return msg('This chat has ended');
    const place = visitor.queue?.[conversation.id];
    if (!place) return '';
    return place === 1 ? msg('You are next in line') : msg(str`You are number ${numberText(place)} in line`);
  }

  override render(): TemplateResult {
    const text = this.#text;
    // There before it says anything, so that what comes into it is read out.
    return html`<div role="status">${text ? html`<p>${text}</p>` : nothing}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-standing': WidgetStanding;
  }
}
