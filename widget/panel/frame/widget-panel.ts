import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { ChannelConfiguration } from '../../../shared/contract/channel.ts';
import { doorOf, type Door } from '../../../shared/state/doors.ts';
import { refusalIn, spoken } from '../../../shared/ui/language.ts';
import type { SendEvent } from '../composer/widget-composer.ts';
import type { WidgetForm } from '../form/widget-form.ts';
import type { ChatEvent } from '../chat-event.ts';
import { panelParts } from '../../launcher/parts.ts';
import { answering } from '../header/answering.ts';
import { isOpenAt } from '../is-open-at.ts';
import type { VisitorChat } from '../visitor-chat.ts';
import { WidgetEvent } from '../widget-event.ts';
import { conversationView } from './conversation-view.ts';
import { LaterElements } from './later-elements.ts';
import { isUnwritten, notice, readFirst } from './messages-view.ts';
import { Navigation } from './navigation.ts';
import { offlineBanner } from './offline-banner.ts';
import { panelStyles } from './widget-panel-styles.ts';

const MINUTE_MS = 60_000;

/**
 * The card that the launcher opens: a head, and either the list of conversations or one of them. It asks the chat and shows what
 * the chat says; it holds nothing that must outlive it.
 *
 * @tag parlour-widget-panel
 * @summary The chat panel of the widget.
 * @fires parlour-widget-close - The visitor closes the panel.
 * @csspart card - The whole panel.
 * @csspart header - Its head.
 * @csspart name - The workspace's name in it.
 * @csspart hours - When somebody is there.
 * @csspart close - The close button.
 * @csspart bubble - One message; those of the visitor are also `mine`, the others `theirs`.
 * @csspart mine - A message of the visitor.
 * @csspart theirs - A message of anybody else.
 * @csspart composer - What the message is written in, with its buttons.
 * @csspart field - The text area.
 * @csspart send - The send button.
 */
export class WidgetPanel extends LitElement {
  static override styles = panelStyles;
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    configuration: { attribute: false },
    chat: { attribute: false },
    open: { type: Boolean, reflect: true },
    inline: { type: Boolean, reflect: true },
    now: { state: true },
  };

  /** With what the page calls the chat, where several stand in it. */
  configuration: (ChannelConfiguration & { label?: string | undefined }) | null = null;
  chat: VisitorChat | null = null;
  /** What the browser keeps of whoever the chat is about, or kept where somebody else is here by now. */
  record: string | undefined;
  /** Whether the panel is seen. */
  open = false;
  /** Whether it stands in the page's own flow: it is always open, and takes no focus that is elsewhere. */
  inline = false;
  /** Unix milliseconds at which the hours were looked at. */
  now = Date.now();

  readonly navigation = new Navigation(this);
  readonly #later = new LaterElements(this);
  #stop: (() => void) | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  /** What was shown, as far as something else has the focus for it. */
  #shown = '';
  /** What was sent before there was a chat. */
  readonly #early: SendEvent[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('exportparts', `card,${panelParts}`);
    this.#follow();
    this.#clock = setInterval(() => (this.now = Date.now()), MINUTE_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    clearInterval(this.#clock);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { configuration, chat, navigation } = this;
    if (changed.has('chat')) this.#follow();
    if (changed.has('open')) {
      this.now = Date.now();
      if (!this.open) navigation.leave();
    }
    // It is still learning the visitor's language.
    if (!configuration) return;
    if (!chat) return navigation.wait();
    const before = navigation.conversationId;
    if (changed.has('chat') && before) {
      readFirst[navigation.goOn(chat, before)] = readFirst[before]!;
      this.#early.forEach(this.#sent);
    }
    navigation.decide(chat);
    this.#later.hear(chat.connection.status === 'online');
    const { conversationId, articleId } = navigation;
    if (!conversationId || articleId) void this.#later.place('parlour-widget-home', () => navigation.avoidHome(chat));
    else if (this.open && !this.#later.isThreadMissing && !isUnwritten(chat, conversationId)) void this.#later.thread();
  }

  override updated(): void {
    const { conversationId, articleId } = this.navigation;
    // In place of the message field there may be a form.
    const shown = [this.open, !!this.configuration, conversationId, articleId, !!this.#form].join();
    if (this.open && shown !== this.#shown) void this.updateComplete.then(() => this.focus());
    this.#shown = shown;
  }

  override focus(options?: FocusOptions): void {
    const hasFocus = (): boolean => this.matches(':focus-within');
    if (this.inline && !hasFocus()) return;
    const places = ['article', 'form', 'composer', 'home'].map((place) => `parlour-widget-${place}:not([hidden])`);
    const to = (place: string): void => this.renderRoot.querySelector<HTMLElement>(place)?.focus(options);
    to(`${places.join()},.button`);
    // What takes it may still be on its way.
    if (!hasFocus()) to('section');
  }

  /** Whether something was written here, sent or not, that is not yet a conversation of the server's. */
  get isWriting(): boolean {
    const { chat, navigation } = this;
    const { conversationId } = navigation;
    if (!conversationId || !chat) return false;
    return !!this.#text || !!this.#form?.touched || chat.threadOf(conversationId).thread.pending.length > 0;
  }

  /** What is written in the message field. */
  get #text(): string | undefined {
    return this.renderRoot.querySelector('parlour-widget-composer')?.text;
  }

  get #form(): WidgetForm | null {
    return this.renderRoot.querySelector('parlour-widget-form');
  }

  /** The form before a new conversation, if one is wanted. One that is being filled in stays, whatever the hour. */
  #doorOf({ visitor, unfinished }: VisitorChat, conversationId: string): Door | null {
    const form = this.#form;
    const door = form?.touched
      ? form.door
      : visitor && doorOf(visitor.doors, isOpenAt(visitor.availability, Date.now()), spoken.language);
    // What was written before it was known that a form stands there.
    const text = this.#text;
    if (door && text) unfinished.set(conversationId, { text, wrong: [] });
    if (door) void this.#later.place('parlour-widget-form');
    return door;
  }

  #follow(): void {
    this.#stop?.();
    this.#stop = this.isConnected ? this.chat?.subscribe(() => this.requestUpdate()) : undefined;
    this.requestUpdate();
  }

  #sent = (event: SendEvent): void => {
    const { chat } = this;
    const { conversationId } = this.navigation;
    if (!chat) this.#early.push(event);
    else if (conversationId) chat.send(conversationId, event.text, undefined, undefined, event.attachments);
  };

  #wrote = (): void => {
    void this.#later.thread();
    const { conversationId } = this.navigation;
    if (conversationId) this.chat?.write(conversationId);
  };

  #asked = (event: ChatEvent): void => {
    const { chat, navigation } = this;
    const { conversationId } = navigation;
    if (chat && conversationId) navigation.show(chat, event.carryOut(chat, conversationId));
  };

  #keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || this.inline) return;
    // The page's own Escape (closing its dialog, say) is not meant.
    event.stopPropagation();
    this.dispatchEvent(new WidgetEvent('parlour-widget-close'));
  };

  /** What the way back is called, empty where there is none. */
  get #backText(): string {
    const { conversationId, articleId } = this.navigation;
    if (articleId) return msg('Back');
    const { visitor } = this.chat ?? {};
    if (!conversationId || !visitor) return '';
    if (visitor.conversations.size) return msg('All conversations');
    return visitor.help ? msg('Help') : '';
  }

  override render(): TemplateResult | typeof nothing {
    const { chat, configuration, navigation, record, now } = this;
    if (!configuration) return nothing;
    const { conversationId, articleId } = navigation;
    const { name } = configuration;
    const connection = chat?.connection;
    const isOffline = connection?.status === 'offline';
    const isNew = isUnwritten(chat, conversationId ?? '');
    const door = chat && conversationId && isNew ? this.#doorOf(chat, conversationId) : null;
    return html`
      <section
        part="card"
        class="card"
        tabindex="-1"
        role=${this.inline ? 'region' : 'dialog'}
        aria-label=${configuration.label || msg(str`Chat with ${name}`)}
        lang=${spoken.language}
        dir=${spoken.direction}
        @keydown=${this.#keyed}
        @parlour-widget-back=${navigation.goBack}
        @parlour-widget-select=${navigation.select}
        @parlour-widget-begin=${navigation.select}
        @parlour-widget-read=${navigation.read}
        @parlour-widget-answer=${this.#asked}
        @parlour-widget-choice=${this.#asked}
        @parlour-widget-retry=${this.#asked}
      >
        <parlour-widget-header
          exportparts=${panelParts}
          .chat=${chat}
          .conversationId=${articleId ? null : conversationId}
          .configuration=${configuration}
          .visitor=${chat?.visitor}
          .now=${now}
          .offline=${isOffline}
          ?large=${!articleId && !(isNew ? door : conversationId)}
          .bare=${!articleId && !conversationId}
          .answering=${chat && conversationId && answering(chat, conversationId, now)}
          .back=${this.#backText}
          .closable=${!this.inline}
        ></parlour-widget-header>
        <div role="status">${offlineBanner(connection)}</div>
        ${
          connection?.status === 'refused'
            ? notice(connection.refusal ? refusalIn(connection.refusal) : msg('The chat is not available.'), () =>
                chat?.connect(),
              )
            : conversationId
              ? conversationView({
                  chat,
                  configuration,
                  conversationId,
                  isNew,
                  door,
                  record,
                  now,
                  isHidden: !!articleId,
                  isMissing: this.#later.isThreadMissing,
                  fetch: () => void this.#later.thread(),
                  sent: this.#sent,
                  wrote: this.#wrote,
                })
              : html`<parlour-widget-home
                  ?hidden=${articleId}
                  .chat=${chat}
                  .configuration=${configuration}
                  .visitor=${chat?.visitor}
                  .now=${now}
                  .offline=${isOffline}
                ></parlour-widget-home>`
        }
        ${articleId ? html`<parlour-widget-article .chat=${chat} .articleId=${articleId}></parlour-widget-article>` : nothing}
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-panel': WidgetPanel;
  }
}
