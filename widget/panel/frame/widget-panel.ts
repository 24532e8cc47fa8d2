import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { ChannelConfiguration } from '../../../shared/contract/channel.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { doorOf, type Door } from '../../../shared/state/doors.ts';
import { isUnreadByVisitor, newestFirst } from '../../../shared/state/visitor.ts';
import { refusalIn, spoken } from '../../../shared/ui/language.ts';
import type { SendEvent } from '../composer/widget-composer.ts';
import type { AnswerEvent, WidgetForm } from '../form/widget-form.ts';
import type { ReadEvent, SelectEvent } from '../home/home-events.ts';
import type { ChoiceEvent } from '../rich/widget-blocks.ts';
import type { RetryEvent } from '../thread/thread-events.ts';
import { panelParts } from '../../launcher/parts.ts';
import { hasConversed } from '../../launcher/visitor-record.ts';
import { answering } from '../header/answering.ts';
import { isOpenAt } from '../is-open-at.ts';
import type { VisitorChat } from '../visitor-chat.ts';
import { UNNAMED, draftName, firstConversation, keep } from '../visitor-memory.ts';
import { WidgetEvent } from '../widget-event.ts';
import { loadForm, loadHome, loadThread } from './later-elements.ts';
import { conversationView } from './conversation-view.ts';
import { isUnwritten, notice, readFirst } from './messages-view.ts';
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
    conversationId: { state: true },
    articleId: { state: true },
    now: { state: true },
    isThreadMissing: { state: true },
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
  /** The conversation shown; null is the list. */
  conversationId: string | null = null;
  /** The article that lies over it; null is none. */
  private articleId: string | null = null;
  /** Unix milliseconds at which the hours were looked at. */
  now = Date.now();

  /** Whether what draws messages could not be fetched. */
  private isThreadMissing = false;

  #stop: (() => void) | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  /** A line that is back may bring what could not be fetched without one. */
  #wasOnline = false;
  /** Whether a form stood in place of the message field, which one of the two has the focus for. */
  #hadForm = false;
  /** What was sent before there was a chat. */
  readonly #early: SendEvent[] = [];
  /** Where the visitor goes is decided once per look at the chat, when it is known what there is. */
  #undecided = true;

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
    if (changed.has('chat')) this.#follow();
    if (changed.has('open')) {
      this.now = Date.now();
      if (!this.open && !this.#isWriting) this.#undecided = true;
    }
    const { configuration, chat } = this;
    // It is still learning the visitor's language.
    if (!configuration) return;
    if (!chat) {
      // Somebody new may write before there is a chat; what became of somebody known, only the chat knows.
      if (!(this.#isKnown || configuration.startAtHome)) this.conversationId ??= UNNAMED;
      return;
    }
    if (changed.has('chat') && this.conversationId) {
      if (this.conversationId === UNNAMED) {
        this.conversationId = this.#newId(chat);
        readFirst[this.conversationId] = readFirst[UNNAMED]!;
      }
      chat.begin(this.conversationId);
      this.#early.forEach(this.#sent);
    }
    this.#decide(chat);
    const isOnline = chat.connection.status === 'online';
    if (isOnline && !this.#wasOnline) this.isThreadMissing = false;
    this.#wasOnline = isOnline;
    if (this.conversationId === null || this.articleId) void this.#loadHome();
    else if (this.open && !this.isThreadMissing && !isUnwritten(chat, this.conversationId)) void this.#loadThread();
  }

  override updated(changed: PropertyValues<this>): void {
    const hasForm = !!this.#form;
    const turned = hasForm !== this.#hadForm;
    this.#hadForm = hasForm;
    if (
      this.open &&
      (turned ||
        changed.has('open') ||
        ['configuration', 'conversationId', 'articleId'].some((key) => (changed as PropertyValues).has(key)))
    ) {
      void this.updateComplete.then(() => this.focus());
    }
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

  /** To what waits to be sent; else straight to the only conversation, or to the one with an answer; to the list when there are several. */
  #decide(chat: VisitorChat): void {
    if (!this.#undecided) return;
    const unsent = chat.unsentIn;
    if (unsent && !this.#isWriting) {
      this.#undecided = false;
      return this.#show(chat, unsent);
    }
    this.#undecided = !chat.visitor;
    this.articleId = null;
    const [newest, another] = chat.visitor ? newestFirst(chat.visitor) : [];
    if (!newest && !this.conversationId && this.#startsAtHome) return;
    if (!newest || this.#isWriting) this.conversationId ??= this.#begin(chat);
    else if (another && !isUnreadByVisitor(newest)) this.conversationId = null;
    else this.#show(chat, newest.id);
  }

  /** Whether the site owner shows somebody new around first; whoever is known is taken to what there is. */
  get #startsAtHome(): boolean {
    return !!this.configuration?.startAtHome && !this.#isKnown;
  }

  get #isKnown(): boolean | undefined {
    return !!this.configuration && hasConversed(this.configuration.key);
  }

  /** Home and help are fetched by those who go there; the others never need them. */
  async #loadHome(): Promise<void> {
    if (customElements.get('parlour-widget-home')) return;
    if (!(await loadHome())) return this.#fetched('parlour-widget-home');
    // A conversation is as good, and "back" tries again.
    this.articleId = null;
    const { chat } = this;
    const [newest] = chat?.visitor ? newestFirst(chat.visitor) : [];
    if (chat) this.#show(chat, this.conversationId ?? newest?.id ?? this.#begin(chat));
  }

  async #loadForm(): Promise<void> {
    // Without a network the next look at the chat tries again.
    if (!(await loadForm())) await this.#fetched('parlour-widget-form');
  }

  async #fetched(tag: 'parlour-widget-home' | 'parlour-widget-form'): Promise<void> {
    await this.renderRoot.querySelector(tag)?.updateComplete;
    if (this.open) this.focus();
  }

  /** Fetches what draws messages; once it is here, it takes the place of the greeting. */
  #loadThread = async (): Promise<void> => {
    if (customElements.get('parlour-widget-thread')) return;
    this.isThreadMissing = !!(await loadThread());
    this.requestUpdate();
  };

  /** Whether something was written here, sent or not, that is not yet a conversation of the server's. */
  get #isWriting(): boolean {
    const { chat, conversationId } = this;
    if (!conversationId || !chat) return false;
    const draft = this.renderRoot.querySelector('parlour-widget-composer')?.text;
    return !!draft || !!this.#form?.touched || chat.threadOf(conversationId).thread.pending.length > 0;
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
    const text = this.renderRoot.querySelector('parlour-widget-composer')?.text;
    if (door && text) unfinished.set(conversationId, { text, wrong: [] });
    if (door && !customElements.get('parlour-widget-form')) void this.#loadForm();
    return door;
  }

  /** The first conversation is the same one in every tab: they may begin it at the same moment. */
  #newId({ visitor }: VisitorChat): string {
    return (!this.#isKnown && !visitor?.conversations.size && firstConversation(this.record!)) || uuidv7();
  }

  /** Somebody new may write at once; for somebody known it is better to wait for what there is. */
  #begin(chat: VisitorChat): string {
    const id = this.#newId(chat);
    if (this.#isKnown) chat.show(id);
    else chat.begin(id);
    return id;
  }

  #show(chat: VisitorChat, conversationId: string): void {
    this.conversationId = conversationId;
    chat.show(conversationId);
  }

  #follow(): void {
    this.#stop?.();
    this.#stop = this.isConnected ? this.chat?.subscribe(() => this.requestUpdate()) : undefined;
    this.requestUpdate();
  }

  #selected = ({ conversationId }: Partial<SelectEvent>): void => {
    const { chat } = this;
    this.articleId = null;
    if (chat) this.#show(chat, conversationId ?? this.#newId(chat));
  };

  #read = ({ articleId }: ReadEvent): void => {
    this.articleId = articleId;
  };

  /** From an article back to where it was opened, from a conversation to the home. */
  #backed = (): void => {
    if (!this.articleId) this.conversationId = null;
    this.articleId = null;
  };

  #sent = (event: SendEvent): void => {
    const { chat, conversationId } = this;
    if (!chat) this.#early.push(event);
    else if (conversationId) chat.send(conversationId, event.text, undefined, undefined, event.attachments);
  };

  #answered = ({ text, form }: AnswerEvent): void => {
    if (!this.conversationId || !this.configuration) return;
    this.chat?.send(this.conversationId, text, undefined, form);
    // It was in the form's own message field.
    keep(draftName(this.configuration.key, this.record), '', 'sessionStorage');
  };

  #chose = ({ reply, words, messageId }: ChoiceEvent): void => {
    if (this.conversationId) this.chat?.answer(this.conversationId, reply, words, messageId);
  };

  #wrote = (): void => {
    void this.#loadThread();
    if (this.conversationId) this.chat?.write(this.conversationId);
  };

  #retried = (event: RetryEvent): void => {
    const { chat, conversationId } = this;
    if (chat && conversationId) this.#show(chat, event.carryOut(chat, conversationId));
  };

  #keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || this.inline) return;
    // The page's own Escape (closing its dialog, say) is not meant.
    event.stopPropagation();
    this.dispatchEvent(new WidgetEvent('parlour-widget-close'));
  };

  #conversation(
    chat: VisitorChat | null,
    configuration: ChannelConfiguration,
    conversationId: string,
    isNew: boolean,
    door: Door | null,
  ): TemplateResult {
    return conversationView({
      chat,
      configuration,
      conversationId,
      isNew,
      door,
      record: this.record,
      now: this.now,
      isHidden: !!this.articleId,
      isMissing: this.isThreadMissing,
      fetch: () => void this.#loadThread(),
      answered: this.#answered,
      sent: this.#sent,
      wrote: this.#wrote,
    });
  }

  /** What the way back is called, empty where there is none. */
  get #backText(): string {
    if (this.articleId) return msg('Back');
    const { visitor } = this.chat ?? {};
    if (!this.conversationId || !visitor) return '';
    if (visitor.conversations.size) return msg('All conversations');
    return visitor.help ? msg('Help') : '';
  }

  override render(): TemplateResult | typeof nothing {
    const { chat, configuration, conversationId, articleId } = this;
    if (!configuration) return nothing;
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
        @parlour-widget-back=${this.#backed}
        @parlour-widget-select=${this.#selected}
        @parlour-widget-begin=${this.#selected}
        @parlour-widget-read=${this.#read}
        @parlour-widget-retry=${this.#retried}
        @parlour-widget-choice=${this.#chose}
      >
        <parlour-widget-header
          exportparts=${panelParts}
          .chat=${chat}
          .conversationId=${articleId ? null : conversationId}
          .configuration=${configuration}
          .visitor=${chat?.visitor}
          .now=${this.now}
          .offline=${isOffline}
          ?large=${!articleId && !(isNew ? door : conversationId)}
          .bare=${!articleId && !conversationId}
          .answering=${chat && conversationId && answering(chat, conversationId, this.now)}
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
              ? this.#conversation(chat, configuration, conversationId, isNew, door)
              : html`<parlour-widget-home
                  ?hidden=${articleId}
                  .chat=${chat}
                  .configuration=${configuration}
                  .visitor=${chat?.visitor}
                  .now=${this.now}
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
