import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { consume } from '@lit/context';
import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { RequestError } from '../../shared/client/client.ts';
import { later } from '../../shared/client/later.ts';
import type { CommandInput, CommandName } from '../../shared/contract/catalogue.ts';
import type { Conversation } from '../../shared/contract/conversation.ts';
import type { Directory } from '../../shared/state/directory.ts';
import { avatarStyles } from '../../shared/ui/avatar.ts';
import { buttons, focusRing, reset, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { iconStyles } from '../../shared/ui/icon.ts';
import { chatBubbleIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { SendEvent, SendFailedEvent } from '../composer/composer-events.ts';
import { contactLabel, portraitOf } from '../contact/contact-label.ts';
import { connectionContext, noConnection } from '../context/connection-context.ts';
import type { Connection } from '../context/connection-context.ts';
import { directoryContext } from '../context/directory-context.ts';
import { MinuteClock } from '../context/minute-clock.ts';
import { statusChangesContext } from '../context/status-changes-context.ts';
import type { StatusChanges, StatusCommand } from '../session/status-changes.ts';
import type { AssignEvent, AssignMenu } from './assign-menu.ts';
import { ConversationFeed } from './conversation-feed.ts';
import { backButton, conversationHeader } from './conversation-header.ts';
import { conversationNotice, failure, missingConversation, placeholder, skeleton } from './conversation-states.ts';
import { conversationStyles } from './conversation-styles.ts';
import { panelStyles } from '../inbox/panel-styles.ts';
import { namesIn } from './names.ts';
import type { Names } from './names.ts';
import { ownerStyles } from './owner-label.ts';
import { Sight } from './sight.ts';
import type { SnoozeEvent, SnoozeMenu } from './snooze-menu.ts';
import type { PendingMessageEvent, ThreadElement } from './thread.ts';

/** They come by themselves (elements.ts). The network: the next press tries again. */
const fetchMenu = later((_query, menu: AssignMenu | SnoozeMenu) =>
  import('../menu/menu-elements.ts').then(({ unfold }) => unfold(menu)),
);

const threadParts =
  'scroll, message, message-theirs, message-ours, message-note, message-pending, bubble, picture, file, author, note-label, activity, day, new, seen, typing, typing-ours, pill';

/**
 * One conversation: who it is with, what to do about it, its thread, and a composer. Stands alone inside a session.
 *
 * @tag parlour-conversation
 * @summary A conversation with its actions, its thread and a composer.
 * @slot composer - Below the thread; the default is a `<parlour-composer>`.
 * @slot actions - Controls of your own before the built-in ones.
 * @slot empty - Instead of the words shown when no conversation is chosen.
 * @fires {BackEvent} parlour-back - The person wants back to the list (one panel at a time).
 * @csspart header - Who and what to do.
 * @csspart back - The button back to the list.
 * @csspart name - The contact's name.
 * @csspart status - The status.
 * @csspart origin - Channel and page it began on.
 * @csspart actions - Around the actions.
 * @csspart assign - The owner's menu.
 * @csspart mark-unread - The button.
 * @csspart snooze - The snooze menu.
 * @csspart close - The button.
 * @csspart reopen - The button.
 * @csspart notice - Why an action was refused.
 * @csspart thread - The thread.
 * @csspart composer - Around the composer.
 * @csspart empty - What stands where there is no conversation to show.
 * @csspart error - What stands where it could not be fetched.
 */
export class ConversationElement extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    buttons,
    iconStyles,
    avatarStyles,
    panelStyles,
    conversationStyles,
    ownerStyles,
  ];

  /** Which conversation is shown. */
  @property({ attribute: 'conversation-id', reflect: true }) conversationId: string | null = null;

  /** Shows a button back to the list: for pages that show one panel at a time. */
  @property({ type: Boolean, attribute: 'with-back', reflect: true }) withBack = false;

  @consume({ context: directoryContext, subscribe: true })
  @state()
  private directory: Directory | null = null;
  @consume({ context: connectionContext, subscribe: true })
  @state()
  private connection: Connection = noConnection;
  @consume({ context: statusChangesContext, subscribe: true })
  @state({ hasChanged: () => true })
  private changes: StatusChanges | null = null;
  /** How many actions are underway. */
  @state() private underway = 0;
  /** Why the last action was refused; `faster`: somebody else took it first. */
  @state() private refusal: { sentence: string; faster: boolean } | null = null;
  @query('parlour-thread') private threadElement!: ThreadElement | null;

  readonly #feed = new ConversationFeed(this);
  readonly #clock = new MinuteClock(this);
  readonly #sight = new Sight(this, () => this.#readIfSeen());
  #names: { teammates: unknown; contact: string; names: Names } | null = null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    this.addEventListener(SendEvent.type, (event) => {
      this.#feed.addPending(event, event.delivered);
      this.threadElement?.scrollToEnd();
    });
    // The thread shows it, with a way to try again.
    this.addEventListener(SendFailedEvent.type, (event) => {
      if (this.#feed.holdsPending(event.id)) event.preventDefault();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => {
      if (!this.isConnected) this.#dismiss();
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('conversationId') as string | null | undefined;
    // Of the one that is shown from now on it has still to be read.
    if (before) this.#dismiss(before);
    this.#feed.show(this.conversationId || null);
    this.#feed.lineIs(this.connection.status === 'online');
  }

  protected override updated(): void {
    this.#readIfSeen();
  }

  /** Moves focus to the composer. */
  override focus(options?: FocusOptions): void {
    this.querySelector<HTMLElement>('[slot="composer"]')?.focus(options);
    this.renderRoot.querySelector('parlour-composer')?.focus(options);
  }

  #readIfSeen(): void {
    const assigneeId = this.#feed.conversation?.assigneeId;
    const isMine = !assigneeId || assigneeId === this.directory?.me.id;
    if (isMine) this.#feed.markRead(this.#sight.isClear);
  }

  /** @returns whether it was done */
  async #run<N extends CommandName>(name: N, input: CommandInput<N>): Promise<boolean> {
    const { client } = this.#feed;
    if (!client) return false;
    this.underway += 1;
    this.#dismiss();
    try {
      await client.execute(name, input);
      return true;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.refusal = { sentence: error.message, faster: name === 'conversation.assign' && error.code === 'conflict' };
      return false;
    } finally {
      this.underway -= 1;
    }
  }

  #ask<N extends StatusCommand>(name: N, input: CommandInput<N>): void {
    this.#dismiss();
    this.changes?.ask(name, input);
  }

  /** Why something was refused has been read. */
  #dismiss(conversationId = this.conversationId): void {
    this.refusal = null;
    this.changes?.refusals.delete(conversationId ?? '');
    this.requestUpdate();
  }

  #onThis(run: (conversationId: string) => unknown): void {
    const id = this.#feed.conversation?.id;
    if (id) run(id);
  }

  readonly #actions = {
    back: () => this.dispatchEvent(new BackEvent()),
    unfold: async ({ currentTarget }: Event) => {
      if (await fetchMenu((currentTarget as Element).parentElement as AssignMenu | SnoozeMenu)) {
        this.refusal = { sentence: msg('This is not possible at the moment. Try again later.'), faster: false };
      }
    },
    assign: ({ assigneeId, note, currentTarget }: AssignEvent) =>
      this.#onThis(async (conversationId) => {
        const expectedAssigneeId = this.#feed.conversation?.assigneeId ?? null;
        const input = { conversationId, assigneeId, expectedAssigneeId, ...(note && { note }) };
        const isDone = await this.#run('conversation.assign', input);
        const menu = currentTarget as AssignMenu;
        // What was written is not lost with a refusal.
        if (note && !isDone && menu.conversationId === conversationId) menu.note ||= note;
      }),
    snooze: ({ until, wakesOnReply }: SnoozeEvent) =>
      this.#onThis((conversationId) => this.#ask('conversation.snooze', { conversationId, until, wakesOnReply })),
    close: () =>
      this.#onThis((conversationId) =>
        this.#ask('conversation.close', { conversationId, expectedInboundSeq: this.#feed.thread.head }),
      ),
    reopen: () => this.#onThis((conversationId) => this.#ask('conversation.reopen', { conversationId })),
    markUnread: () => this.#onThis((conversationId) => this.#run('conversation.markUnread', { conversationId })),
  };

  #namesFor(contact: string, portrait: string | null): Names {
    const held = this.#names;
    const teammates = this.directory?.teammates;
    if (held && held.teammates === teammates && held.contact === contact) return held.names;
    const names = namesIn(this.directory, contact, portrait);
    this.#names = { teammates, contact, names };
    return names;
  }

  protected override render(): TemplateResult {
    const { conversation, state: loading } = this.#feed;
    if (!this.conversationId) return this.#nothingChosen();
    if (conversation) return this.#shown();
    if (loading === 'gone') return this.#gone();
    if (loading === 'error') return this.#failed();
    return skeleton();
  }

  #shown(): TemplateResult {
    const { conversation, contact, thread, openedAt } = this.#feed;
    if (!conversation) return html``;
    const names = this.#namesFor(contactLabel(contact, conversation.contactId), portraitOf(contact));
    return html`
      ${conversationHeader(
        {
          conversation,
          contact,
          directory: this.directory,
          busy: this.underway > 0,
          waiting: this.#waiting(conversation),
          online: this.connection.status === 'online',
        },
        this.#actions,
      )}
      ${this.#notice()}
      <parlour-thread
          .files=${this.#feed.client}
        part="thread"
        exportparts=${threadParts}
        .thread=${thread}
        .conversation=${conversation}
        .names=${names}
        .typing=${this.#typing(conversation.id, names)}
        .newAfter=${openedAt}
        .now=${this.#clock.now}
        @parlour-older=${() => void this.#feed.loadOlder()}
        @parlour-retry=${(event: PendingMessageEvent) => this.#feed.retryMessage(event.messageId)}
        @parlour-discard=${(event: PendingMessageEvent) => this.#feed.discardMessage(event.messageId)}
      ></parlour-thread>
      <div class="composer" part="composer">
        <slot name="composer">
          <parlour-composer
            .conversationId=${conversation.id}
            .seenSeq=${thread.head}
            .withClose=${conversation.status !== 'closed' && conversation.status !== 'resolved'}
          ></parlour-composer>
        </slot>
      </div>
    `;
  }

  #waiting(conversation: Conversation): StatusCommand | undefined {
    const closes = this.#feed.thread.pending.some((one) => one.closes && one.state !== 'failed');
    return this.changes?.of(conversation) ?? (closes ? 'conversation.close' : undefined);
  }

  #typing(conversationId: string, names: Names): ThreadElement['typing'] {
    const typists = this.#feed.typing.typists(conversationId);
    const ours = typists.filter(({ kind, id }) => kind !== 'visitor' && id !== names.meId);
    return {
      // Of several browsers of one contact.
      theirs: this.#feed.typing.visitorTypes(conversationId) ? [names.contact] : [],
      ours: ours.map(({ id }) => names.teammate(id)),
    };
  }

  #notice(): TemplateResult | typeof nothing {
    const asked = this.changes?.refusals.get(this.conversationId!);
    const refusal = this.refusal ?? (asked && { sentence: asked, faster: false });
    const sentence = refusal
      ? refusal.faster
        ? this.#fasterSentence(refusal.sentence)
        : refusal.sentence
      : this.#feed.error;
    return sentence
      ? conversationNotice(sentence, refusal ? { dismiss: () => this.#dismiss() } : { retry: () => this.#feed.retry() })
      : nothing;
  }

  /** The event with the new owner usually comes before the refusal; if not, the server's own sentence stands. */
  #fasterSentence(sentence: string): string {
    const owner = this.directory?.teammates.get(this.#feed.conversation?.assigneeId ?? '');
    return owner && owner.id !== this.directory?.me.id
      ? msg(str`Somebody was faster: ${owner.name} owns this now.`)
      : sentence;
  }

  #nothingChosen(): TemplateResult {
    return html`<slot name="empty">
      ${placeholder(chatBubbleIcon, msg('No conversation chosen'), msg('Choose one from the list to read and answer it.'))}
    </slot>`;
  }

  #gone(): TemplateResult {
    return html`${this.#wayBack()} ${missingConversation()}`;
  }

  #failed(): TemplateResult {
    return html`${this.#wayBack()}
    ${failure(msg('The conversation could not be loaded'), this.#feed.error ?? '', () => this.#feed.retry())}`;
  }

  #wayBack(): TemplateResult {
    return html`<header class="header back-only">${backButton(this.#actions.back)}</header>`;
  }
}

/** The person wants back to the list, where one panel is shown at a time. */
export class BackEvent extends Event {
  static readonly type = 'parlour-back';

  constructor() {
    super(BackEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-conversation': ConversationElement;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-back': BackEvent;
  }
}
