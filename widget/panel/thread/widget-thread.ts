import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { FileLine } from '../../../shared/client/uploads.ts';
import type { Attachment } from '../../../shared/contract/attachment.ts';
import { loadAttachments } from '../../../shared/ui/attachments/load-attachments.ts';
import { avatar } from '../../../shared/ui/avatar.ts';
import { largeIfEmoji } from '../../../shared/ui/emoji/emoji-alone.ts';
import { icon } from '../../../shared/ui/icon.ts';
import { checkIcon, chevronDownIcon, clockIcon } from '../../../shared/ui/icons.ts';
import { renderBody } from '../../../shared/ui/text.ts';
import { clockText, dayNumber, dayText } from '../../../shared/ui/time.ts';
import { blockWords } from '../../../shared/state/block-words.ts';
import type { Typist } from '../../../shared/state/typing.ts';
import { emptyThread } from '../visitor-chat.ts';
import type { VisitorThread } from '../visitor-chat.ts';
import { loadBlocks } from '../rich/load-blocks.ts';
import { WidgetEvent } from '../widget-event.ts';
import { greetingRow } from './greeting-row.ts';
import { KeyedRows } from './keyed-rows.ts';
import { rowsOf } from './thread-rows.ts';
import type { ThreadRow } from './thread-rows.ts';
import { threadStyles } from './widget-thread-styles.ts';

/** This close to an end of the list counts as being there, in CSS pixels. */
const NEAR_END = 48;
const NEAR_START = 200;

const dots = html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`;

/**
 * The messages of one conversation. It stays at the newest message while the reader is there, says so by a button while they are
 * further up, and fetches older ones without moving what is being read.
 *
 * @tag parlour-widget-thread
 * @summary The message list.
 * @fires parlour-widget-older - The reader is near the first message shown, and there are older ones.
 * @fires parlour-widget-retry - {messageId} The visitor wants a failed message to be sent again; null is the whole thread.
 * @csspart bubble - One message.
 */
export class WidgetThread extends LitElement {
  static override styles = threadStyles;
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    conversationId: { attribute: false },
    files: { attribute: false },
    thread: { attribute: false },
    typist: { attribute: false },
    typistName: { attribute: false },
    greeting: { attribute: false },
    workspaceName: { attribute: false },
    now: { attribute: false },
    seenSeq: { attribute: false },
    hasNews: { state: true },
  };

  conversationId = '';
  /** The line that files come over. */
  files: FileLine | null = null;
  thread: VisitorThread = emptyThread;
  typist: Typist | undefined;
  typistName = '';
  /** Shown as the first message, from the workspace. */
  greeting = '';
  workspaceName = '';
  /** Unix milliseconds: what "Today" is. */
  now = Date.now();
  /** How far a teammate has read, in `publicSeq`. */
  seenSeq = 0;
  private hasNews = false;

  /** Whether the newest message is in sight, or shall be. */
  #atEnd = true;
  #toEnd = false;
  /** What is read, and where it stood, while older messages come above it. */
  #read: Element | undefined;
  #readAt = 0;
  /** Those who listen hear of each message that comes once, and how their own fares; a page of history is not news. */
  #news: string[] = [];
  #fate: string | undefined;
  #sizes: ResizeObserver | undefined;
  #newestOwn: string | undefined;
  readonly #rows = new KeyedRows<ThreadRow>();

  override connectedCallback(): void {
    super.connectedCallback();
    // The keyboard, a growing composer or a banner take room from below: the newest message stays in sight.
    this.#sizes = new ResizeObserver(() => {
      if (this.#atEnd) this.#scrollToEnd();
    });
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('thread')?.thread;
    this.#news = [];
    this.#read = undefined;
    if (changed.has('conversationId')) {
      this.#atEnd = true;
      this.#fate = undefined;
      this.hasNews = false;
      return;
    }
    if (!before) return;
    const { thread } = this.thread;
    if (!this.#atEnd && before.parts[0]?.id !== thread.parts[0]?.id) {
      this.#read = this.#inSight();
      this.#readAt = this.#read?.getBoundingClientRect().top ?? 0;
    }
    this.#toEnd = thread.pending.some(({ id }) => !before.pending.some((held) => held.id === id));
    if (!before.loaded) return;
    this.#news = thread.parts
      .filter(({ publicSeq, author }) => publicSeq > before.head && author.kind !== 'visitor')
      .map(({ id }) => id);
    if (this.#news.length > 0 && !this.#atEnd) this.hasNews = true;
  }

  override updated(changed: PropertyValues<this>): void {
    const { list } = this;
    if (!list) return;
    // A block that is drawn late, or grows while it is filled in, pushes no newest message out of sight.
    if (list.firstElementChild) this.#sizes?.observe(list.firstElementChild);
    this.#drawRows();
    if (this.#atEnd || this.#toEnd) this.#scrollToEnd();
    else if (this.#read) list.scrollTop += this.#read.getBoundingClientRect().top - this.#readAt;
    this.#toEnd = false;
    this.#announce();
    this.#askForOlder();
  }

  private get list(): HTMLElement | null {
    return this.renderRoot.querySelector('.scroll');
  }

  /** The first bubble in sight. A whole row would not do: it loses its day and its name to what comes above it. */
  #inSight(): Element | undefined {
    const top = this.list?.getBoundingClientRect().top ?? 0;
    return [...this.renderRoot.querySelectorAll('.messages .bubble')].find(
      (bubble) => bubble.getBoundingClientRect().bottom > top,
    );
  }

  #announce(): void {
    const place = this.renderRoot.querySelector('.said');
    if (!this.thread.thread.loaded) return;
    const fate = this.#rows.elementOf(this.#newestOwn ?? '')?.querySelector('.fate')?.textContent;
    const said = this.#news.map((id) =>
      [...(this.#rows.elementOf(id)?.querySelectorAll('.column > .visually-hidden, .bubble') ?? [])]
        .map(({ textContent }) => textContent)
        .join(' '),
    );
    if (this.#fate !== undefined && fate && fate !== this.#fate) said.push(fate);
    this.#fate = fate ?? '';
    this.#news = [];
    if (said.length > 0) place?.replaceChildren(...said.map(lineOf));
  }

  #drawRows(): void {
    const place = this.renderRoot.querySelector('.messages');
    if (!place) return;
    const rows = rowsOf(this.thread.thread, this.workspaceName);
    const today = dayNumber(this.now);
    const own = rows.findLast(({ author }) => !author);
    this.#newestOwn = own?.id;
    const fate = (id: string): unknown => id === own?.id && (own.publicSeq <= this.seenSeq ? 'seen' : 'sent');
    // A body never changes under its id, but for the moment when the server has read its Markdown.
    const underway = this.thread.thread.pending.filter(({ answer }) => answer).map(({ id, state }) => id + state);
    const print = ({ id, pending, startsDay, startsGroup, endsGroup, joins, at, author, ...row }: ThreadRow): string =>
      [
        row.blocks.length > 0 && JSON.stringify([row.answers, underway]),
        fate(id),
        pending?.state,
        pending?.error,
        startsDay && today,
        startsGroup,
        endsGroup,
        joins,
        at,
        author?.name,
      ].join();
    this.#rows.draw(place, rows, this.#row, print);
  }

  #scrollToEnd(): void {
    const { list } = this;
    if (!list) return;
    list.scrollTop = list.scrollHeight;
    this.#atEnd = true;
    this.hasNews = false;
  }

  #scrolled = (): void => {
    const { list } = this;
    if (!list) return;
    this.#atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
    if (this.#atEnd) this.hasNews = false;
    this.#askForOlder();
  };

  #askForOlder(): void {
    const { list } = this;
    if (list?.clientHeight && list.scrollTop < NEAR_START && this.thread.thread.more)
      this.dispatchEvent(new WidgetEvent('parlour-widget-older'));
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

  #row = (row: ThreadRow): TemplateResult => {
    const { author, pending } = row;
    const classes = [
      'row',
      author ? 'theirs' : 'mine',
      row.startsGroup ? 'starts' : '',
      row.endsGroup ? 'ends' : '',
      pending ? pending.state : '',
    ];
    const name = author?.name;
    return html`${row.startsDay ? html`<p class="day"><span>${dayText(row.at, this.now)}</span></p>` : nothing}
      ${row.joins ? html`<p class="day">${msg(str`${name} joined`)}</p>` : nothing}
      <div class=${classes.filter(Boolean).join(' ')}>
        ${author ? html`<span class="face">${row.endsGroup ? avatar({ name: author.name, seed: author.id, size: 28 }) : nothing}</span>` : nothing}
        <div class="column">
          ${author && row.startsGroup ? html`<span class="name" aria-hidden="true" dir="auto">${author.name}</span>` : nothing}
          <span class="visually-hidden">${author ? author.name : msg('You')}:</span>
          ${row.body.length > 0 ? html`<div part="bubble" class="bubble body-text ${largeIfEmoji(row.body)}">${renderBody(row.body)}</div>` : nothing}
          ${row.blocks.length > 0 ? this.#blocks(row) : nothing}
          ${row.attachments ? this.#files(row.attachments) : nothing}
          ${this.#status(row)}
        </div>
      </div>`;
  };

  #status({ id, pending, publicSeq, at, author }: ThreadRow): TemplateResult {
    if (pending?.state === 'failed') {
      return html`<div class="status failure" role="alert">
        ${msg('Not sent.')} ${pending.error}
        <button class="link" type="button" @click=${() => this.#retry(pending.id)}>${msg('Try again')}</button>
      </div>`;
    }
    if (pending) {
      const words = pending.state === 'waiting' ? msg('Waiting for a connection') : msg('Sending');
      return html`<div class="status shown" aria-live="off">${icon(clockIcon, { size: 12 })}<span class=${pending.state === 'waiting' ? 'fate' : ''}>${words}</span></div>`;
    }
    const isSeen = id === this.#newestOwn && publicSeq <= this.seenSeq;
    return html`<div class="status" aria-live="off">
      <time datetime=${at}>${clockText(at)}</time>${author ? nothing : html`${icon(checkIcon, { size: 12 })}<span class=${isSeen ? 'fate' : 'fate visually-hidden'}>${isSeen ? msg('Seen') : msg('Sent')}</span>`}
    </div>`;
  }

  /** What draws blocks is fetched with the first of them. */
  #blocks(row: ThreadRow): TemplateResult {
    void loadBlocks();
    return html`<span class="visually-hidden" hidden>${row.blocks.map(blockWords).join(' ')}</span
      ><parlour-widget-blocks
        .row=${row}
        .underway=${this.thread.thread.pending}
        .files=${this.files}
      ></parlour-widget-blocks>`;
  }

  /** What shows files is fetched with the first of them. */
  #files(attachments: readonly Attachment[]): TemplateResult {
    void loadAttachments();
    const names = attachments.map(({ name }) => name).join(', ');
    return html`<span class="visually-hidden" hidden>${names}</span
      ><parlour-attachments .attachments=${attachments} .files=${this.files}></parlour-attachments>`;
  }

  #typing(): TemplateResult | typeof nothing {
    const name = this.typistName;
    return this.typist
      ? html`<div class="row theirs starts ends typing">
          <span class="face">${avatar({ name, seed: this.typist.id, size: 28 })}</span>
          <div class="bubble">${dots}</div>
          <span class="visually-hidden">${msg(str`${name} is writing`)}</span>
        </div>`
      : nothing;
  }

  #waitingForThread(): TemplateResult {
    const { error } = this.thread;
    return error
      ? html`<div class="notice" role="alert">
          <p>${msg('The messages could not be loaded.')} ${error}</p>
          <button class="button" type="button" @click=${() => this.#retry(null)}>${msg('Try again')}</button>
        </div>`
      : html`<div class="older" role="status"><span class="visually-hidden">${msg('Loading messages')}</span>${dots}</div>`;
  }

  override render(): TemplateResult {
    const { thread } = this.thread;
    const isEmpty = !thread.loaded && thread.pending.length === 0;
    return html`
      <div class="scroll focus-inside" role="log" tabindex="0" aria-label=${msg('Messages')} aria-live="off" @scroll=${this.#scrolled}>
        <div class="rows">
          ${
            isEmpty
              ? this.#waitingForThread()
              : html`${thread.more ? html`<div class="older">${dots}</div>` : nothing}
              ${this.greeting && !thread.more ? greetingRow(this.greeting, this.workspaceName) : nothing}
              <div class="messages"></div>
              ${this.#typing()}`
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

function lineOf(text: string): HTMLElement {
  const line = document.createElement('p');
  line.textContent = text;
  return line;
}

/** The visitor wants a failed message to be sent again; null is the whole thread. */
export class RetryEvent extends WidgetEvent {
  readonly messageId: string | null;

  constructor(messageId: string | null) {
    super('parlour-widget-retry');
    this.messageId = messageId;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-thread': WidgetThread;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-widget-older': WidgetEvent;
    'parlour-widget-retry': RetryEvent;
  }
}
