import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import type { FileLine } from '../../shared/client/uploads.ts';
import type { Block } from '../../shared/contract/body.ts';
import type { Conversation } from '../../shared/contract/conversation.ts';
import type { Part } from '../../shared/contract/part.ts';
import { previewOf } from '../../shared/state/preview.ts';
import type { Thread } from '../../shared/state/thread.ts';
import { avatarStyles } from '../../shared/ui/avatar.ts';
import { buttons, focusRing, reset, scrollbars, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { chevronDownIcon } from '../../shared/ui/icons.ts';
import { bodyStyles } from '../../shared/ui/text.ts';
import { dayNumber, dayText } from '../../shared/ui/time.ts';
import { tokens } from '../tokens.ts';
import { activityText, openFor, wakes } from './activity-text.ts';
import type { Names } from './names.ts';
import { belongsTo, partRow, pendingRow } from './part-row.ts';
import { threadStyles } from './thread-styles.ts';

/** So near to its end, in CSS pixels, the thread counts as read to the end and follows what arrives. */
const endPx = 60;
/** Older messages are asked for when less than this is left above. */
const reachPx = 600;
/** What a screen reader may still be reading out; older entries go. */
const announcedAtMost = 5;

/** A question that asks nothing is drawn as stars, which nobody can be asked by ear. */
const inWords = (block: Block): Block =>
  block.type === 'rating' && !block.prompt ? { ...block, prompt: msg('How was this conversation?') } : block;

/**
 * The messages of one conversation. A leaf: it takes a thread, asks for what it needs, and holds the reader's place.
 *
 * @tag parlour-thread
 * @summary The messages, notes and events of one conversation.
 * @fires {Event} parlour-older - Older messages are wanted.
 * @fires {PendingMessageEvent} parlour-retry - A message that failed shall be sent again.
 * @fires {PendingMessageEvent} parlour-discard - A message that failed shall be forgotten.
 * @csspart scroll - What scrolls.
 * @csspart message - A message; also `message-theirs`, `message-ours`, `message-note`, `message-pending`.
 * @csspart bubble - Its text.
 * @csspart picture - A picture among its files.
 * @csspart file - Another file.
 * @csspart author - The name above it.
 * @csspart note-label - Says that a note is internal.
 * @csspart activity - What the system wrote.
 * @csspart day - Separates days.
 * @csspart new - Separates what was new when the thread was opened.
 * @csspart seen - Tells that the contact has read it.
 * @csspart typing - Who types; of the team also `typing-ours`.
 * @csspart pill - Leads to new messages further down.
 */
export class ThreadElement extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    buttons,
    scrollbars,
    iconStyles,
    avatarStyles,
    bodyStyles,
    threadStyles,
  ];

  @property({ attribute: false }) thread: Thread<Part> | null = null;
  @property({ attribute: false }) conversation: Conversation | null = null;
  @property({ attribute: false }) names: Names | null = null;
  /** The line that files come over. */
  @property({ attribute: false }) files: FileLine | null = null;
  /** Who types now: `theirs` are names of the contact's side, `ours` of the team. */
  @property({ attribute: false }) typing: { theirs: readonly string[]; ours: readonly string[] } | null = null;
  /** Messages of the contact beyond this seq were new when the thread was opened. */
  @property({ attribute: false }) newAfter: number | null = null;
  /** Unix milliseconds; "Today" and "Yesterday" follow it. */
  @property({ type: Number }) now = Date.now();

  @state() private arrivedBelow = 0;
  @query('.scroll') private scroller!: HTMLElement | null;
  @query('.log') private log!: HTMLElement | null;

  #atEnd = true;
  /** Height of what is below the reader's place, when older messages are about to come above it. */
  #distanceFromEnd: number | null = null;
  /** Heights at the last look, to tell a scroll by the reader from one that a change of size has caused. */
  #heights = '';
  #resized: ResizeObserver | null = null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watchSize();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized?.disconnect();
    this.#resized = null;
  }

  protected override firstUpdated(): void {
    this.#watchSize();
  }

  /** Whether the newest message is in sight. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  scrollToEnd(): void {
    this.#atEnd = true;
    this.arrivedBelow = 0;
    this.#scrollDown();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('thread')) return;
    const before = changed.get('thread');
    const { thread, scroller } = this;
    const opens = !before?.loaded || before.parts[0]?.conversationId !== thread?.parts[0]?.conversationId;
    if (opens) {
      this.#atEnd = true;
      this.arrivedBelow = 0;
      this.log?.replaceChildren();
    }
    const grewAbove = !opens && before.parts[0]?.id !== thread?.parts[0]?.id;
    this.#distanceFromEnd = grewAbove && scroller ? scroller.scrollHeight - scroller.scrollTop : null;
    if (opens || !thread) return;
    const arrived = thread.parts.filter(({ seq }) => seq > before.head);
    const byOthers = arrived.filter(({ author }) => !this.#isMine(author));
    if (thread.pending.length > before.pending.length) this.#atEnd = true;
    else if (!this.#atEnd) this.arrivedBelow += byOthers.filter(({ kind }) => kind !== 'activity').length;
    this.#announce(byOthers);
  }

  protected override updated(): void {
    const { scroller } = this;
    if (!scroller) return;
    if (this.#atEnd) this.#scrollDown();
    else if (this.#distanceFromEnd !== null) scroller.scrollTop = scroller.scrollHeight - this.#distanceFromEnd;
    this.#distanceFromEnd = null;
    this.#reach();
  }

  #isMine(author: Part['author']): boolean {
    return author.kind === 'teammate' && author.id === this.names?.meId;
  }

  /** Each message is said once: as it arrives, and neither when a page of old ones comes nor when one's own is confirmed. */
  #announce(parts: readonly Part[]): void {
    const { names, log } = this;
    if (!names || !log) return;
    for (const part of parts) {
      const line = document.createElement('p');
      line.textContent = part.body
        ? msg(
            str`${names.author(part.author)}: ${previewOf(part.body.map(inWords)) || (part.attachments ?? []).map(({ name }) => name).join(', ')}`,
          )
        : activityText(part, names, wakes(part, this.thread?.parts ?? []));
      log.append(line);
    }
    while (log.childElementCount > announcedAtMost) log.firstElementChild?.remove();
  }

  #watchSize(): void {
    const content = this.scroller?.firstElementChild;
    if (!content || this.#resized || !this.scroller) return;
    this.#resized = new ResizeObserver(() => {
      if (this.#atEnd) this.#scrollDown();
    });
    this.#resized.observe(this.scroller);
    this.#resized.observe(content);
  }

  #scrollDown(): void {
    const { scroller } = this;
    if (!scroller) return;
    scroller.scrollTop = scroller.scrollHeight;
    this.#heights = heightsOf(scroller);
  }

  #scrolled = (): void => {
    const { scroller } = this;
    if (!scroller || scroller.clientHeight === 0) return;
    const resized = heightsOf(scroller) !== this.#heights;
    this.#heights = heightsOf(scroller);
    if (resized && this.#atEnd) return this.#scrollDown();
    this.#atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < endPx;
    if (this.#atEnd) this.arrivedBelow = 0;
    this.#reach();
  };

  #reach(): void {
    const { scroller, thread } = this;
    if (!scroller || scroller.clientHeight === 0 || !thread?.more) return;
    if (scroller.scrollTop < reachPx) this.dispatchEvent(new Event('parlour-older'));
  }

  #actions = {
    retry: (id: string) => this.dispatchEvent(new PendingMessageEvent('parlour-retry', id)),
    discard: (id: string) => this.dispatchEvent(new PendingMessageEvent('parlour-discard', id)),
  };

  protected override render(): TemplateResult {
    const { thread, names } = this;
    return html`<div class="scroll" part="scroll" tabindex="0" role="region" aria-label=${msg('Messages')} @scroll=${this.#scrolled}>
        <div class="content">
          ${thread?.more ? html`<p class="older">${msg('Loading older messages…')}</p>` : nothing}
          <ol class="parts">
            ${thread && names ? this.#rows(thread, names) : nothing}
          </ol>
          ${typingRow(this.typing?.theirs, '')}${typingRow(this.typing?.ours, 'ours')}
        </div>
      </div>
      ${
        this.arrivedBelow > 0
          ? html`<button class="pill" part="pill" type="button" @click=${() => this.scrollToEnd()}>
            ${this.arrivedBelow === 1 ? msg('1 new message') : msg(str`${this.arrivedBelow} new messages`)}
            ${icon(chevronDownIcon, { size: 16 })}
          </button>`
          : nothing
      }
      <div class="log visually-hidden" role="log" aria-label=${msg('New messages')}></div>`;
  }

  #rows(thread: Thread<Part>, names: Names): unknown {
    const { parts, pending } = thread;
    const { files } = this;
    const seenSeq = this.#lastSeen(parts);
    const firstNew = this.#firstNew(parts);
    const begunAt = thread.more ? null : (this.conversation?.createdAt ?? null);
    const last = parts.at(-1);
    const followsMine = last !== undefined && last.kind !== 'activity' && this.#isMine(last.author);
    return [
      repeat(
        parts,
        ({ id }) => id,
        (part, index) => {
          const before = parts[index - 1];
          const startsDay = !before || dayNumber(before.createdAt) !== dayNumber(part.createdAt);
          const isNew = part.seq === firstNew;
          const after = parts[index + 1];
          const first = startsDay || isNew || !belongsTo(before, part);
          const goesOn =
            after !== undefined &&
            after.seq !== firstNew &&
            belongsTo(part, after) &&
            dayNumber(after.createdAt) === dayNumber(part.createdAt);
          const seen = part.seq === seenSeq;
          const day = startsDay ? dayText(part.createdAt, this.now) : '';
          const wasSnoozed = wakes(part, parts);
          const openMs = openFor(part, parts, begunAt);
          return guard([part, names, first, goesOn, seen, day, isNew, files, wasSnoozed, openMs], () => [
            day ? html`<li class="day" part="day"><span>${day}</span></li>` : nothing,
            isNew ? html`<li class="new" part="new"><span>${msg('New')}</span></li>` : nothing,
            partRow(part, names, { first, last: !goesOn }, seen, files, wasSnoozed, openMs),
          ]);
        },
      ),
      repeat(
        pending,
        ({ id }) => id,
        (message, index) => {
          const before = pending[index - 1]?.kind ?? (followsMine ? last.kind : undefined);
          return pendingRow(message, before !== message.kind, this.#actions, files);
        },
      ),
    ];
  }

  /** The last message of the team that the contact has read. */
  #lastSeen(parts: readonly Part[]): number | null {
    const readTo = this.conversation?.contactReadSeq ?? 0;
    const ours = parts.findLast(({ kind, author }) => kind === 'message' && author.kind !== 'contact');
    return ours?.publicSeq && ours.publicSeq <= readTo ? ours.seq : null;
  }

  #firstNew(parts: readonly Part[]): number | null {
    const { newAfter } = this;
    if (newAfter === null) return null;
    const first = parts.find(({ seq, author }) => seq > newAfter && author.kind === 'contact');
    // Where everything is new there is nothing to set it apart from.
    return first && first !== parts[0] ? first.seq : null;
  }
}

/** On the side where what is typed will stand. */
function typingRow(names: readonly string[] = [], side: '' | 'ours'): TemplateResult | typeof nothing {
  const [one, other] = names;
  if (!one) return nothing;
  const words = other ? msg(str`${one} and ${other} are typing…`) : msg(str`${one} is typing…`);
  return html`<p class="typing ${side}" part="typing ${side && 'typing-ours'}"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${words}</p>`;
}

function heightsOf({ scrollHeight, clientHeight }: HTMLElement): string {
  return `${scrollHeight}/${clientHeight}`;
}

/** About a message of one's own that the server has not confirmed. */
export class PendingMessageEvent extends Event {
  readonly messageId: string;

  constructor(type: 'parlour-retry' | 'parlour-discard', messageId: string) {
    super(type);
    this.messageId = messageId;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-thread': ThreadElement;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-older': Event;
    'parlour-retry': PendingMessageEvent;
    'parlour-discard': PendingMessageEvent;
  }
}
