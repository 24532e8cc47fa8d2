import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import type { VisitorConversation } from '../../../shared/contract/conversation.ts';
import { isUnreadByVisitor, newestFirst } from '../../../shared/state/visitor.ts';
import type { VisitorState } from '../../../shared/state/visitor.ts';
import { icon } from '../../../shared/ui/icon.ts';
import { chevronRightIcon } from '../../../shared/ui/icons.ts';
import { clockText, dayText } from '../../../shared/ui/time.ts';
import { WidgetEvent } from '../widget-event.ts';
import { homeStyles } from './widget-home-styles.ts';

/**
 * The visitor's conversations, the last one first, and the way to a new one.
 *
 * @tag parlour-widget-home
 * @summary The list of the visitor's conversations.
 * @fires parlour-widget-select - {conversationId} The visitor chose a conversation; null is a new one.
 */
export class WidgetHome extends LitElement {
  static override styles = homeStyles;
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    now: { attribute: false },
    visitor: { attribute: false },
  };

  /** Unix milliseconds: what "Today" is. */
  now = Date.now();
  visitor: VisitorState | null = null;

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  #select(conversationId: string | null): void {
    this.dispatchEvent(new SelectEvent(conversationId));
  }

  #row = (conversation: VisitorConversation): TemplateResult => {
    const { id, lastMessage, status } = conversation;
    const unread = isUnreadByVisitor(conversation);
    return html`<li>
      <button class=${unread ? 'row unread' : 'row'} type="button" @click=${() => this.#select(id)}>
        <span class="preview" dir="auto"
          >${lastMessage.authorKind === 'visitor' ? html`<span class="faint">${msg('You:')} </span>` : nothing}${lastMessage.preview}</span
        >
        <span class="about"
          >${unread ? html`<span class="mark">${msg('New')}</span>` : nothing}<time datetime=${lastMessage.at}
            >${dayText(lastMessage.at, this.now)}, ${clockText(lastMessage.at)}</time
          >${status === 'closed' ? html`<span>${msg('Closed')}</span>` : nothing}</span
        >
        ${icon(chevronRightIcon, { size: 18, directional: true })}
      </button>
    </li>`;
  };

  override render(): TemplateResult {
    return html`
      <div class="scroll">
        <h3>${msg('Your conversations')}</h3>
        <ul role="list">
          ${this.visitor ? newestFirst(this.visitor).map(this.#row) : nothing}
        </ul>
      </div>
      <div class="foot">
        <button class="button primary" type="button" @click=${() => this.#select(null)}>
          ${msg('New conversation')}
        </button>
      </div>
    `;
  }
}

/** The visitor chose a conversation; null is a new one. */
export class SelectEvent extends WidgetEvent {
  readonly conversationId: string | null;

  constructor(conversationId: string | null) {
    super('parlour-widget-select');
    this.conversationId = conversationId;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-home': WidgetHome;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-widget-select': SelectEvent;
  }
}
