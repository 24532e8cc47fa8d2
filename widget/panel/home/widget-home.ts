import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import { RequestError } from '../../../shared/client/client.ts';
import type { ChannelConfiguration } from '../../../shared/contract/channel.ts';
import type { VisitorConversation } from '../../../shared/contract/conversation.ts';
import type { QueryResult } from '../../../shared/contract/catalogue.ts';
import type { ReplyTime } from '../../../shared/contract/visitor.ts';
import { isUnreadByVisitor, newestFirst } from '../../../shared/state/visitor.ts';
import type { VisitorState } from '../../../shared/state/visitor.ts';
import { avatar } from '../../../shared/ui/avatar.ts';
import { isOpenAt } from '../is-open-at.ts';
import { icon } from '../../../shared/ui/icon.ts';
import { chevronRightIcon, clockIcon } from '../../../shared/ui/icons.ts';
import { spoken } from '../../../shared/ui/language.ts';
import { hoursWithWait } from '../header/hours-with-wait.ts';
import { clockText, dayText } from '../../../shared/ui/time.ts';
import type { VisitorChat } from '../visitor-chat.ts';
import { welcomeText } from '../welcome-text.ts';
import { SelectEvent } from './home-events.ts';
import { homeStyles } from './widget-home-styles.ts';

/** Functions, so that each is said in the language spoken when it is drawn. */
const promises: Readonly<Record<ReplyTime, () => string>> = {
  minutes: () => msg('Usually replies in a few minutes'),
  hour: () => msg('Usually replies within an hour'),
  day: () => msg('Usually replies within a day'),
};

/** Between a day and a time, where it is no comma and a space. */
const commas: Readonly<Record<string, string>> = { ar: '، ', ja: ' ', zh: ' ' };

/**
 * Where a visitor comes in who is not in a conversation: a greeting, who is there and how soon they answer, the conversations so far,
 * help to look things up in, and the way to a new conversation.
 *
 * @tag parlour-widget-home
 * @summary The home of the chat panel.
 * @fires parlour-widget-select - {conversationId} The visitor chose a conversation; null is a new one.
 * @fires parlour-widget-read - {articleId} The visitor chose an article.
 * @csspart greeting - The site owner's words.
 * @csspart hours - When somebody is there.
 * @csspart promise - How soon somebody usually answers.
 */
export class WidgetHome extends LitElement {
  static override styles = homeStyles;
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    chat: { attribute: false },
    configuration: { attribute: false },
    now: { attribute: false },
    offline: { attribute: false },
    visitor: { attribute: false },
    offer: { state: true },
  };

  chat: VisitorChat | null = null;
  configuration: ChannelConfiguration | null = null;
  /** Unix milliseconds: what "Today" is. */
  now = Date.now();
  /** Whether there is no line, and so no telling who is there. */
  offline = false;
  visitor: VisitorState | null = null;
  /** What the server adds to that; null until it is here. */
  private offer: QueryResult<'visitor.home'> | null = null;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('chat') && this.chat) void this.#load(this.chat);
  }

  /** To where the visitor was, else to the first conversation, else to the new one. */
  override focus(options?: FocusOptions): void {
    const help = this.renderRoot.querySelector('parlour-widget-help');
    if (help?.hasOpened) help.focus(options);
    else this.renderRoot.querySelector('button')?.focus(options);
  }

  async #load(chat: VisitorChat): Promise<void> {
    try {
      this.offer = await chat.ask('visitor.home', { language: spoken.language });
    } catch (error) {
      // Without it the home is a little emptier, and nobody asked for it.
      if (!(error instanceof RequestError)) throw error;
    }
  }

  #select(conversationId: string | null): void {
    this.dispatchEvent(new SelectEvent(conversationId));
  }

  #welcome(): TemplateResult {
    const team = this.configuration?.showFaces === false ? [] : (this.visitor?.team ?? []);
    const { replyTime } = this.offer ?? {};
    // Nobody is there outside opening hours, whoever forgot to turn themselves off.
    const { availability } = this.visitor ?? {};
    const open = !!availability && isOpenAt(availability, this.now);
    const presence = (available: boolean): boolean | undefined => (this.offline ? undefined : open && available);
    return html`<div class="welcome">
      <p part="greeting" class="greeting" dir="auto">${this.configuration && welcomeText(this.configuration)}</p>
      ${
        team.length
          ? html`<ul class="team" role="list" aria-label=${msg('The team')}>
            ${team.map(
              ({ id, name, available }) => html`<li>
                ${avatar({ name, seed: id, size: 40, online: presence(available) })}
                <span class="name" dir="auto">${name}</span>
                <span class="visually-hidden">${this.offline ? nothing : presence(available) ? msg('is here') : msg('is away')}</span>
              </li>`,
            )}
          </ul>`
          : nothing
      }
      ${
        availability
          ? html`<p part="hours" class=${open ? 'hours open' : 'hours'}>${open && this.offline ? nothing : hoursWithWait(availability, this.now)}</p>`
          : nothing
      }
      ${
        open && replyTime
          ? html`<p part="promise" class="promise">${icon(clockIcon, { size: 16 })}${promises[replyTime]()}</p>`
          : nothing
      }
    </div>`;
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
            >${dayText(lastMessage.at, this.now)}${commas[spoken.language] ?? ', '}${clockText(lastMessage.at)}</time
          >${status === 'closed' ? html`<span>${msg('Closed')}</span>` : nothing}</span
        >
        ${icon(chevronRightIcon, { size: 18, directional: true })}
      </button>
    </li>`;
  };

  override render(): TemplateResult {
    const { chat, visitor, offer } = this;
    const conversations = visitor ? newestFirst(visitor) : [];
    return html`
      <div class="scroll">
        ${this.#welcome()}
        ${
          conversations.length
            ? html`<section aria-labelledby="conversations">
              <h3 id="conversations">${msg('Your conversations')}</h3>
              <ul role="list">
                ${conversations.map(this.#row)}
              </ul>
            </section>`
            : nothing
        }
        ${
          visitor?.help
            ? html`<parlour-widget-help .chat=${chat} .suggestions=${offer?.articles ?? []}></parlour-widget-help>`
            : nothing
        }
      </div>
      <div class="foot">
        <button class="button primary" type="button" @click=${() => this.#select(null)}>
          ${conversations.length ? msg('New conversation') : msg('Start a conversation')}
        </button>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-home': WidgetHome;
  }
}
