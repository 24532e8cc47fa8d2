import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import { icon } from '../../../shared/ui/icon.ts';
import { chevronDownIcon } from '../../../shared/ui/icons.ts';
import type { Typist } from '../../../shared/state/typing.ts';
import type { VisitorState } from '../../../shared/state/visitor.ts';
import { teammateName } from '../teammate-name.ts';
import { emptyThread } from '../visitor-chat.ts';
import type { VisitorChat, VisitorThread } from '../visitor-chat.ts';
import { greetingRow } from './greeting-row.ts';
import { ListEnd, isNearEnd } from './list-end.ts';
import { fateText, messageRow, rowPrint } from './message-row.ts';
import type { RowSurroundings } from './message-row.ts';
import { LateParts } from './late-parts.ts';
import { ReadingMark } from './reading-mark.ts';
import { RetryEvent } from './thread-events.ts';
import { ThreadRows } from './thread-rows.ts';
import type { Author, ThreadRow } from './thread-rows.ts';
import { ThreadVoice } from './thread-voice.ts';
import { absentMessages, olderRow, typingRow } from './thread-waits.ts';
import { threadStyles } from './widget-thread-styles.ts';
import { WindowedRows } from './windowed-rows.ts';

/** So close to the start of what is here, older messages are fetched, in CSS pixels. */
const NEAR_START = 200;
/** So much of what was read stays in sight above what was not. */
const UNREAD_BELOW = 40;

/** Where it stands in the page's own flow, it may come into the window bit by bit. */
const BITS = Array.from({ length: 21 }, (_, index) => index / 20);

/** Within a panel that is not open it is laid out all the same. */
const isSeen = (list: Element): boolean =>
  document.visibilityState === 'visible' && list.checkVisibility({ visibilityProperty: true });

/**
 * The messages of one conversation. It stays at the newest message while the reader is there, says so by a button while they are
 * further up, and fetches older ones without moving what is being read.
 *
 * @tag parlour-widget-thread
 * @summary The message list.
 * @fires parlour-widget-retry - {messageId} The visitor wants a failed message to be sent again; null is the whole thread.
 * @csspart bubble - One message.
 * @csspart mine - One of the visitor's.
 * @csspart theirs - One of anybody else's.
 */
export class WidgetThread extends LitElement {
  static override styles = threadStyles;
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    chat: { attribute: false },
    draft: { attribute: false },
    conversationId: { attribute: false },
    // The browser's own tells nobody that what lay over it is gone.
    hidden: { type: Boolean, reflect: true },
    thread: { attribute: false },
    team: { attribute: false },
    typist: { attribute: false },
    typistName: { attribute: false },
    greeting: { attribute: false },
    workspaceName: { attribute: false },
    now: { attribute: false },
    seenSeq: { attribute: false },
    readSeq: { attribute: false },
    hasNews: { state: true },
  };

  /** Who fetches files and older messages, and tells how far the visitor has read. */
  chat: Pick<VisitorChat, 'files' | 'loadOlder' | 'markRead' | 'reading'> | null = null;
  /** What the browser keeps the forms in it as, until they are sent, begins with this. */
  draft = '';
  conversationId = '';
  thread: VisitorThread = emptyThread;
  /** Who may answer, by the names they have now. */
  team: VisitorState['team'] | undefined;
  typist: Typist | undefined;
  typistName = '';
  /** Shown as the first message, from the workspace. */
  greeting = '';
  workspaceName = '';
  /** Unix milliseconds: what "Today" is. */
  now = Date.now();
  /** How far a teammate has read, in `publicSeq`. */
  seenSeq = 0;
  /** How far the visitor has read, likewise. */
  readSeq = 0;
  private hasNews = false;

  /** Whether the newest message is in sight, or shall be. */
  #atEnd = true;
  #toEnd = false;
  readonly #end = new ListEnd();
  /** Whether it has just been shown, and how far was read before that: its reader goes on there. */
  #isFresh = true;
  #readBefore: number | undefined;
  #mark: ReadingMark | undefined;
  #sizes: ResizeObserver | undefined;
  #window: IntersectionObserver | undefined;
  /** What of it was in sight when a bit of that last came or went. */
  #inSight: IntersectionObserverEntry | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;
  readonly #late = new LateParts(
    () => this.isConnected,
    // Once it is drawn.
    () => requestAnimationFrame(this.#look),
  );
  readonly #made = new ThreadRows();
  readonly #rows = new WindowedRows<ThreadRow>();
  readonly #voice = new ThreadVoice();

  override connectedCallback(): void {
    super.connectedCallback();
    // The keyboard, a growing composer or a banner take room from below: the newest message stays in sight.
    // Rows are drawn at the scroll that this makes: drawing here would change sizes while they are told.
    this.#sizes = new ResizeObserver(() => {
      if (this.#atEnd && !(this.list && this.#end.isBeingLeft(this.list))) {
        this.#stayAtEnd();
        if (this.#readBefore !== undefined)
          requestAnimationFrame(() => {
            this.#goToUnread();
            this.#look();
          });
      }
      this.#look();
    });
    this.#sizes.observe(this);
    this.#window = new IntersectionObserver(
      (entries) => {
        this.#inSight = entries.at(-1);
        this.#look();
      },
      { threshold: BITS },
    );
    this.#window.observe(this);
    document.addEventListener('visibilitychange', this.#look);
    // Moved to another place of the page it begins at its top, as the browser has it.
    if (this.hasUpdated) this.#drawRows();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#window?.disconnect();
    this.#inSight = undefined;
    document.removeEventListener('visibilitychange', this.#look);
    this.#mark?.rest();
    this.#later = clearTimeout(this.#later) as undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('thread')?.thread;
    if (changed.has('conversationId')) {
      this.#mark?.rest();
      this.#beginMark();
      this.#voice.begin();
      this.#atEnd = true;
      this.#isFresh = true;
      this.hasNews = false;
      return;
    }
    const { thread } = this.thread;
    // It was thrown away: what was read of it is for the server to say.
    if (before && thread.head < before.head) {
      this.#mark?.end();
      this.#beginMark();
    }
    this.#voice.hear(before ?? thread, thread);
    if (!before) return;
    if (this.list && !this.#atEnd) this.#rows.mark(this.list);
    this.#toEnd = thread.pending.some(({ id }) => !before.pending.some((held) => held.id === id));
    if (this.#voice.news.length > 0 && !this.#atEnd) this.hasNews = true;
  }

  override updated(changed: PropertyValues<this>): void {
    const { list } = this;
    if (!list) return;
    // A block that is drawn late, or grows while it is filled in, pushes no newest message out of sight.
    if (list.firstElementChild) this.#sizes?.observe(list.firstElementChild);
    if (this.#toEnd) this.#atEnd = true;
    this.#toEnd = false;
    this.#drawRows();
    if (this.thread.thread.loaded && this.#isFresh) this.#readBefore = this.#read;
    // What comes while nobody looks is unread when they do.
    this.#isFresh = !this.thread.thread.loaded || !isSeen(list);
    this.#goToUnread();
    this.#look();
    this.#announce();
    this.#askForOlder();
  }

  private get list(): HTMLElement | null {
    return this.renderRoot.querySelector('.scroll');
  }

  /** Scrolling changes nothing about them. */
  private get rows(): readonly ThreadRow[] {
    return this.#made.of(this.thread.thread, this.workspaceName);
  }

  #beginMark(): void {
    const { conversationId, chat } = this;
    this.#mark = new ReadingMark((seq) => chat?.markRead(conversationId, seq));
    if (chat) chat.reading = this.#mark;
  }

  #announce(): void {
    if (!this.thread.thread.loaded) return;
    const { newestOwn } = this.#made;
    const fate = newestOwn ? fateText(newestOwn, this.#surroundings) : '';
    this.#voice.say(this.renderRoot.querySelector('.said'), fate, (id) => this.#rows.elementOf(id));
  }

  get #surroundings(): RowSurroundings {
    const { now, seenSeq, chat, draft } = this;
    const retry = (messageId: string): void => this.#retry(messageId);
    const nameOf = (author: Author): string => teammateName(this.team, author) ?? author.name;
    return {
      nameOf,
      now,
      seenSeq,
      files: chat?.files ?? null,
      newestOwn: this.#made.newestOwn?.id,
      underway: this.thread.thread.pending,
      draft,
      fetch: this.#late.fetch,
      retry,
    };
  }

  #drawRows(): void {
    const { list } = this;
    const place = this.renderRoot.querySelector<HTMLElement>('.messages');
    if (!list || !place) return;
    const { rows } = this;
    // It knows of the newest one once they are made.
    const around = this.#surroundings;
    this.#rows.draw(rows, {
      list,
      place,
      atEnd: this.#atEnd,
      // What is about to be said is read from its row; and a form in one may be half filled in.
      wanted: this.#voice.news,
      keeps: ({ blocks }) => blocks.length > 0,
      template: (row) => messageRow(row, around),
      print: rowPrint(around),
    });
    if (this.#atEnd) this.#stayAtEnd();
    this.#drawRest();
  }

  #drawRest(): void {
    this.#later = clearTimeout(this.#later) as undefined;
    if (this.#rows.isHeldBack) this.#drawLater();
  }

  /** Not in this frame: what the browser does in it takes as long again. Whoever begins to scroll meanwhile is not pulled back. */
  #drawLater(): void {
    this.#later ??= setTimeout(() => {
      this.#later = undefined;
      const { list } = this;
      if (list) this.#atEnd &&= this.#end.isKept(list);
      this.#drawRows();
      this.#look();
    });
  }

  #stayAtEnd(): void {
    const { list } = this;
    if (!list) return;
    this.hasNews = false;
    this.#end.goTo(list);
  }

  /** Somebody who comes to more than fits begins where they had read to, not at the end of it. */
  #goToUnread(): void {
    const { list } = this;
    const read = this.#readBefore;
    if (!list || read === undefined || !isSeen(list)) return;
    this.#readBefore = undefined;
    const first = this.rows.find((row) => row.author && row.publicSeq > read);
    if (!first || !this.#atEnd) return;
    this.#atEnd = false;
    this.#rows.markAtTop(list, first, UNREAD_BELOW);
    this.#drawRows();
    this.#atEnd = isNearEnd(list);
    this.hasNews = !this.#atEnd;
    if (this.#atEnd) this.#stayAtEnd();
  }

  get #read(): number {
    return Math.max(this.readSeq, this.#mark?.seq ?? 0);
  }

  /** Notes what is in sight. What is before it counts as seen, what comes after it does not. */
  #look = (): void => {
    const { list } = this;
    const { loaded, head } = this.thread.thread;
    if (!list || !isSeen(list)) return this.#mark?.rest();
    this.#late.again();
    // Somebody looks again: first it goes to where they go on.
    if (loaded && this.#isFresh) this.requestUpdate();
    if (this.#isFresh || this.#readBefore !== undefined) return;
    // The box of the page's that it stands in may have been scrolled away from it.
    const newest = this.#inSight?.isIntersecting && this.#rows.newestInSight(list, this.#inSight);
    // What the server does not have yet comes after all that it has.
    const seq = newest ? Math.min(newest.publicSeq, head) : 0;
    // What a message shows may still be on its way, and those below it stand where it will be.
    if (seq > this.#read && !list.querySelector(':not(:defined)')) this.#mark?.reach(seq);
  };

  #scrollToEnd(): void {
    this.#atEnd = true;
    this.#drawRows();
    this.#look();
  }

  #scrolled = (): void => {
    const { list } = this;
    if (!list) return;
    // What grew below has moved nobody away from the end.
    this.#atEnd = isNearEnd(list) || (this.#atEnd && !this.#end.isBeingLeft(list));
    if (this.#atEnd) this.hasNews = false;
    if (this.#rows.isShort(list)) this.#drawLater();
    this.#look();
    this.#askForOlder();
  };

  #askForOlder(): void {
    const { list } = this;
    if (list?.clientHeight && list.scrollTop < NEAR_START && this.thread.thread.more)
      void this.chat?.loadOlder(this.conversationId);
  }

  #toNews = (): void => {
    this.#scrollToEnd();
    this.list?.focus();
  };

  #retry(messageId: string | null): void {
    // The button goes with what it was for.
    this.list?.focus();
    this.dispatchEvent(new RetryEvent(messageId));
  }

  override render(): TemplateResult {
    const { thread } = this.thread;
    const isEmpty = !thread.loaded && thread.pending.length === 0;
    return html`
      <div class="scroll focus-inside" role="log" tabindex="0" aria-label=${msg('Messages')} aria-live="off" @scroll=${this.#scrolled}>
        <div class="rows">
          ${
            isEmpty
              ? absentMessages(this.thread.error, () => this.#retry(null))
              : html`${thread.more ? olderRow : nothing}
              ${this.greeting && thread.loaded && !thread.more ? greetingRow(this.greeting, this.workspaceName) : nothing}
              <div class="messages"></div>
              ${typingRow(this.typist, this.typistName)}`
          }
        </div>
      </div>
      <div class="said visually-hidden" aria-live="polite"></div>
      ${
        this.hasNews
          ? html`<button class="news" type="button" @click=${this.#toNews}>${msg('New messages')}${icon(chevronDownIcon, { size: 16 })}</button>`
          : nothing
      }
    `;
  }
}

export const elements = { 'parlour-widget-thread': WidgetThread };

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-thread': WidgetThread;
  }
}
