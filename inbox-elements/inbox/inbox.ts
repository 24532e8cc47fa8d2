import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { consume } from '@lit/context';
import { msg, updateWhenLocaleChanges } from '@lit/localize';
import type { AssigneeFilter, Category, StatusFilter } from '../../shared/contract/conversation.ts';
import type { Directory } from '../../shared/state/directory.ts';
import { buttons, focusRing, reset, scrollbars, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { avatarStyles } from '../../shared/ui/avatar.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { alertIcon, closedIcon, inboxIcon, retryIcon, snoozeIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { MinuteClock } from '../context/minute-clock.ts';
import { directoryContext } from '../context/directory-context.ts';
import { ConversationSelectEvent } from './conversation-select-event.ts';
import { conversationRow } from './conversation-row.ts';
import { emptyWords } from './empty-words.ts';
import { InboxFeed } from './inbox-feed.ts';
import { InboxFilterEvent } from './inbox-filter-event.ts';
import { assignees, inboxHeader, pileChoice, piles, statusTabs, statuses } from './inbox-filters.ts';
import type { FilterChanges } from './inbox-filters.ts';
import { inboxStyles } from './inbox-styles.ts';
import { panelStyles } from './panel-styles.ts';
import { RowWalk, rowOf } from './row-walk.ts';
import { RowWindow } from './row-window.ts';

/** The next page is asked for when less than this, in CSS pixels, is left below. */
const reachPx = 1200;

/**
 * The list of conversations: by status, by owner, the last message first, kept right as things happen.
 *
 * @tag parlour-inbox
 * @summary The team's list of conversations, live.
 * @slot header - Above the filters; the default is the inbox's name and, where there are several, a choice of inbox.
 * @slot empty - Instead of the words shown when a filter holds nothing.
 * @fires {ConversationSelectEvent} parlour-select - A conversation was chosen. Cancelable: the row is then not marked.
 * @fires {InboxFilterEvent} parlour-filter - Another status, owner or inbox was chosen by the person.
 * @csspart header - The heading above the filters.
 * @csspart tabs - The statuses.
 * @csspart tab - One status.
 * @csspart filter - The choice of whose conversations.
 * @csspart list - The list.
 * @csspart row - A conversation; also `row-unread` and `row-selected`.
 * @csspart row-name - The contact's name.
 * @csspart row-time - When the last message was written.
 * @csspart row-preview - The beginning of the last message.
 * @csspart row-typing - Instead of the preview while the contact types.
 * @csspart row-dot - Marks what is unread.
 * @csspart row-snoozed - Until when it is put away.
 * @csspart row-missed - The mark of what came while nobody was there and has no answer.
 * @csspart row-owner - Who answers.
 * @csspart empty - What stands where the filter holds nothing.
 * @csspart error - What stands where the list could not be fetched.
 */
export class InboxElement extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    buttons,
    scrollbars,
    iconStyles,
    avatarStyles,
    panelStyles,
    inboxStyles,
  ];

  /** Which conversations are listed by status. */
  @property({ reflect: true }) status: StatusFilter = 'open';
  /** Whose conversations are listed. */
  @property({ reflect: true }) assignee: AssigneeFilter = 'all';
  /**
   * Only one of the four daily piles of what is open: `new` nobody has answered, `missed` came while nobody was there, `yours` and
   * `others` have an owner. Absent, all of them; with it, status and owner do not count.
   */
  @property({ reflect: true }) category: Category | null = null;
  /** Only this inbox; absent, every inbox the teammate may see. */
  @property({ attribute: 'inbox-id', reflect: true }) inboxId: string | null = null;
  /** The chosen conversation. */
  @property({ attribute: 'conversation-id', reflect: true }) conversationId: string | null = null;

  @consume({ context: directoryContext, subscribe: true })
  @state()
  private directory: Directory | null = null;
  @query('.list') private listElement!: HTMLElement | null;

  readonly #feed = new InboxFeed(this);
  readonly #clock = new MinuteClock(this);
  readonly #window = new RowWindow(this, () => {
    const scroller = this.listElement;
    const rows = scroller?.querySelector('ul');
    return scroller && rows ? { scroller, rows } : null;
  });
  readonly #walk = new RowWalk(this, {
    rows: () => this.#feed.list?.rows ?? [],
    reveal: (index) => this.#window.reveal(index),
    choose: (id) => this.#choose(id),
  });

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override willUpdate(changed: PropertyValues<InboxElement>): void {
    if (!statuses.includes(this.status)) this.status = 'open';
    if (!assignees.includes(this.assignee)) this.assignee = 'all';
    if (!piles.includes(this.category)) this.category = null;
    if (this.category) Object.assign(this, { status: 'open', assignee: 'all' });
    if (!this.directory) return;
    const { inboxId, category } = this;
    this.#feed.show({
      status: this.status,
      assignee: this.assignee,
      meId: this.directory.me.id,
      ...(category ? { category } : {}),
      ...(inboxId ? { inboxId } : {}),
    });
    if (filterChanged(changed)) this.#walk.reachableId = null;
  }

  protected override updated(changed: PropertyValues<InboxElement>): void {
    if (filterChanged(changed)) this.listElement?.scrollTo(0, 0);
    this.#reach();
  }

  /** Moves focus to the list: to the chosen row, else to the first. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.row[tabindex="0"]')?.focus(options);
  }

  #scrolled = (): void => {
    this.#window.look();
    this.#reach();
  };

  #reach(): void {
    const list = this.listElement;
    // Without a height the list is not shown (the other panel of a phone): nothing of it can be near its end.
    if (!list || list.clientHeight === 0) return;
    if (list.scrollHeight - list.scrollTop - list.clientHeight < reachPx) this.#feed.loadMore();
  }

  #choose(id: string): void {
    this.#walk.reachableId = id;
    const event = new ConversationSelectEvent(id);
    if (this.dispatchEvent(event)) this.conversationId = id;
  }

  #clicked = (event: Event): void => {
    const id = rowOf(event)?.dataset['id'];
    if (id) this.#choose(id);
  };

  #filtered = (changes: FilterChanges): void => {
    Object.assign(this, changes);
    this.dispatchEvent(new InboxFilterEvent(this));
  };

  #tabKeyed = (event: KeyboardEvent): void => {
    const forward = getComputedStyle(this).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const index = statuses.indexOf(this.status);
    const target = {
      [forward]: statuses[(index + 1) % statuses.length],
      [backward]: statuses[(index + statuses.length - 1) % statuses.length],
      Home: statuses[0],
      End: statuses.at(-1),
    }[event.key];
    if (!target) return;
    event.preventDefault();
    this.#filtered({ status: target, category: null });
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[role="tab"][tabindex="0"]')?.focus(),
    );
  };

  protected override render(): TemplateResult {
    const { status, assignee, category, inboxId, directory } = this;
    const filter = { status, assignee, category, inboxId, counts: this.#feed.counts, inboxes: directory?.inboxes };
    return html`
      <div class="top">
        <slot name="header">${inboxHeader(filter, this.#filtered)}</slot>
        ${statusTabs(filter, this.#filtered, this.#tabKeyed)} ${pileChoice(filter, this.#filtered)}
      </div>
      <div class="panel" id="panel" role="tabpanel" aria-labelledby="tab-${status}">${this.#panel()}</div>
    `;
  }

  #panel(): TemplateResult {
    const { list, error, loading } = this.#feed;
    if (!list && error === null) return skeleton();
    if (!list || (list.rows.length === 0 && error !== null)) return this.#error(error ?? '');
    if (list.rows.length === 0 && !list.next) return this.#empty();
    const { from, to } = this.#window.range(list.rows.length);
    const drawn = list.rows.slice(from, to);
    const reachable = this.#walk.reachable(drawn, this.conversationId);
    const size = list.next === null ? list.rows.length : -1;
    const { directory } = this;
    const now = this.#clock.now;
    return html`<div class="list scroll" @scroll=${this.#scrolled}>
      <ul
        part="list"
        role="listbox"
        tabindex="-1"
        aria-label=${msg('Conversations')}
        @click=${this.#clicked}
        @keydown=${this.#walk.keyed}
        @focusin=${this.#walk.entered}
      >
      ${repeat(
        drawn,
        ({ id }) => id,
        (conversation, index) => {
          const place = from + index + 1;
          const contact = list.contacts.get(conversation.contactId);
          const assignee = conversation.assigneeId ? directory?.teammates.get(conversation.assigneeId) : undefined;
          const author = directory?.teammates.get(conversation.lastMessage.authorId ?? '');
          const channel = conversation.channelId ? directory?.channels.get(conversation.channelId) : undefined;
          const chosen = conversation.id === this.conversationId;
          const isReachable = conversation.id === reachable;
          const typing = this.#feed.typing.visitorTypes(conversation.id);
          return guard(
            [conversation, contact, assignee, author, channel, chosen, isReachable, typing, now, place, size],
            () =>
              conversationRow({
                conversation,
                contact,
                assignee,
                author,
                channel,
                meId: directory?.me.id ?? '',
                chosen,
                reachable: isReachable,
                typing,
                now,
                place,
                size,
              }),
          );
        },
      )}
      </ul>
      ${loading === 'more' ? html`<p class="more">${msg('Loading more…')}</p>` : nothing}
      ${error === null ? nothing : this.#error(error)}
    </div>`;
  }

  #empty(): TemplateResult {
    const { status, assignee } = this;
    const others = assignee !== 'all' && Boolean(this.#feed.counts?.[status].all);
    const pile = this.category === 'missed' ? 'missed' : assignee;
    const words = emptyWords(status, pile, others, this.directory?.inboxes.size);
    const outline = { open: inboxIcon, snoozed: snoozeIcon, closed: closedIcon }[status];
    return html`<slot name="empty">
      <div class="nothing" part="empty">
        <span class="emblem">${icon(outline, { size: 28 })}</span>
        <p class="nothing-title">${words.title}</p>
        <p class="nothing-hint">${words.hint}</p>
      </div>
    </slot>`;
  }

  #error(sentence: string): TemplateResult {
    return html`<div class="nothing" part="error" role="alert">
      <span class="emblem">${icon(alertIcon, { size: 28 })}</span>
      <p class="nothing-title">${msg('The list could not be loaded')}</p>
      <p class="nothing-hint">${sentence}</p>
      <button class="button small" type="button" @click=${() => this.#feed.retry()}>
        ${icon(retryIcon, { size: 16 })}${msg('Try again')}
      </button>
    </div>`;
  }
}

function skeleton(): TemplateResult {
  return html`<div class="skeleton" aria-busy="true">
  <p class="visually-hidden" role="status">${msg('Loading conversations…')}</p>
  ${Array.from(
    { length: 9 },
    () => html`<div class="bone-row">
      <span class="bone round"></span>
      <span class="bones"><span class="bone"></span><span class="bone long"></span></span>
    </div>`,
  )}
</div>`;
}

function filterChanged(changed: PropertyValues<InboxElement>): boolean {
  return changed.has('status') || changed.has('assignee') || changed.has('category') || changed.has('inboxId');
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-inbox': InboxElement;
  }
}
