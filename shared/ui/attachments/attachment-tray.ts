import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { FileLine } from '../../client/uploads.ts';
import type { Attachment } from '../../contract/attachment.ts';
import { MAX_ATTACHMENTS } from '../../contract/limits.ts';
import { uuidv7 } from '../../contract/uuid.ts';
import { focusRing, reset, visuallyHidden } from '../base-styles.ts';
import { iconStyles } from '../icon.ts';
import { numberText } from '../language.ts';
import { tokens } from '../tokens.ts';
import { fileRowStyles } from './attachment-styles.ts';
import { trayStyles } from './attachment-tray-styles.ts';
import type { KeepText, ReadText } from './kept-files.ts';
import { KeptTray } from './kept-tray.ts';
import { sendIn } from './send-in.ts';
import { begun } from './tray-item.ts';
import type { TrayItem } from './tray-item.ts';
import { drawPictures, pictureOf, trayRow } from './tray-row.ts';

/**
 * The files of a message that is being written: each is sent in at once, while its sender writes on. Kept apart for each conversation.
 *
 * @tag parlour-attachment-tray
 * @summary Files on their way into a message.
 * @fires parlour-attachments-change - What can be sent has changed; `detail`: without a file that was to go along, which failed or was taken out.
 * @fires parlour-attachments-taken - Files were put in or taken out: what it stands in may go on being written.
 * @csspart item - One file.
 */
export class AttachmentTray extends LitElement {
  static override styles = [tokens, reset, focusRing, visuallyHidden, iconStyles, fileRowStyles, trayStyles];
  static override properties = {
    conversationId: { attribute: false },
    draft: { attribute: false },
    recall: { attribute: false },
    keep: { attribute: false },
    files: { attribute: false },
    items: { state: true },
    notice: { state: true },
    dropping: { state: true },
  };

  conversationId = '';
  /** What the text they go along with is kept as, beginning with the channel's key and a colon; empty where nothing is kept. */
  draft = '';
  recall: ReadText = () => '';
  keep: KeepText = () => undefined;
  /** The line they go over. */
  files: FileLine | null = null;
  /** Of all conversations. */
  private items: ReadonlyMap<string, readonly TrayItem[]> = new Map();
  private notice = '';
  /** Whether files are held over what it stands in. */
  private dropping = false;
  /** The file that failed last. */
  #failed = '';
  readonly #kept = new KeptTray(this);

  override connectedCallback(): void {
    super.connectedCallback();
    // What was said in its place before it could be fetched.
    this.role = null;
    this.textContent = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Being moved is a disconnect and a connect in one task; only what stays away is over.
    queueMicrotask(() => {
      if (this.isConnected) return;
      for (const item of [...this.items.values()].flat()) this.#letGo(item);
      this.items = new Map();
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { conversationId, draft, files } = this;
    const moved = changed.has('conversationId');
    if (moved) this.notice = '';
    if (!files) return;
    const before = changed.get('conversationId');
    const early = changed.has('files') && this.items.get((moved ? before : conversationId) ?? '');
    if (this.#kept.name(conversationId, draft)) this.#set(conversationId, this.#own);
    // What was put in before there was a line, when the conversation had no name.
    if (early && early.length > 0) {
      if (moved) this.items = new Map(this.items).set(before ?? '', []);
      this.#set(conversationId, early);
      for (const item of early) if (!item.attachment) void this.#send(conversationId, item);
    } else if (this.#own.length === 0) this.#restore(conversationId, draft);
  }

  override updated(): void {
    this.#bringIntoSight();
    drawPictures(this.renderRoot, this.#own);
  }

  /** What has arrived at the server, in the order it was chosen. */
  get attachments(): Attachment[] {
    return this.#own.flatMap(({ attachment }) => attachment ?? []);
  }

  /** Whether something has not arrived that may: a message with it cannot be sent yet. */
  get busy(): boolean {
    return this.#own.some(({ attachment, refused }) => !attachment && !refused);
  }

  /** Hands out what has arrived, and begins anew, without what was refused. */
  take(): Attachment[] {
    const taken = this.attachments;
    for (const { picture } of this.#own) picture?.close();
    this.#set(this.conversationId, []);
    return taken;
  }

  /**
   * What somebody does with files in what it stands in: a click asks for some, a drop or a paste brings them.
   * @param conversationId where they did it: it may be another one by now
   */
  receive(type: string, files: readonly File[], conversationId: string | undefined): void {
    if (!this.isConnected || conversationId !== this.conversationId) return;
    this.dropping = type === 'dragover';
    if (type === 'click') void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.click());
    else if (type === 'drop' || type === 'paste') this.add(files);
  }

  #chosen = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    this.add([...(input.files ?? [])]);
    // The same file may be chosen again.
    input.value = '';
  };

  /** Sends files in. */
  add(files: readonly File[]): void {
    const room = MAX_ATTACHMENTS - this.#own.filter(({ refused }) => !refused).length;
    this.notice = files.length > room ? msg(str`A message holds ${numberText(MAX_ATTACHMENTS)} files at most.`) : '';
    const added = files
      .slice(0, Math.max(0, room))
      .map((file) =>
        begun({ id: uuidv7(), name: file.name, size: file.size, type: file.type, attachment: null }, file),
      );
    this.#set(this.conversationId, [...this.#own, ...added]);
    if (added.length > 0) this.dispatchEvent(new Event('parlour-attachments-taken', { bubbles: true }));
    for (const item of added) {
      void this.#preview(this.conversationId, item);
      void this.#send(this.conversationId, item);
    }
  }

  get #own(): readonly TrayItem[] {
    return this.items.get(this.conversationId) ?? [];
  }

  /** What was there before a reload. */
  #restore(conversationId: string, draft: string): void {
    const items = this.#kept.recall(draft);
    if (items.length === 0) return;
    this.#set(conversationId, items);
    for (const item of items) if (!item.attachment) void this.#resume(conversationId, draft, item);
  }

  async #resume(conversationId: string, draft: string, item: TrayItem): Promise<void> {
    const file = await this.#kept.contentOf(draft, item);
    if (item.controller.signal.aborted) return;
    if (!file) {
      const error = msg('This file was not kept. Please choose it again.');
      return this.#change(conversationId, item.id, { error });
    }
    this.#change(conversationId, item.id, { file });
    void this.#preview(conversationId, { ...item, file });
    await this.#send(conversationId, { ...item, file });
  }

  async #send(conversationId: string, item: TrayItem): Promise<void> {
    const { files: line } = this;
    const { id, file } = item;
    if (!line || !file) return;
    await sendIn(line, file, item, {
      change: (news) => this.#change(conversationId, id, news),
      keep: () => this.#kept.keepContent(conversationId, this.items.get(conversationId) ?? [], item),
      arrived: () => this.#kept.dropContent(conversationId, id),
    });
  }

  async #preview(conversationId: string, { id, file }: TrayItem): Promise<void> {
    const picture = file && (await pictureOf(file));
    if (picture) this.#change(conversationId, id, { picture });
  }

  /** The file that failed last stands in sight: what is said of it is seen by who looks, too. */
  #bringIntoSight(): void {
    const index = this.#own.findIndex(({ id }) => id === this.#failed);
    const list = this.renderRoot.querySelector('ul');
    this.#failed = '';
    if (index < 0 || !list) return;
    const [row, sight] = [list.children[index]!, list].map((element) => element.getBoundingClientRect()) as [
      DOMRect,
      DOMRect,
    ];
    // By hand: the page around it is not scrolled.
    list.scrollTop += Math.min(row.top - sight.top, Math.max(0, row.bottom - sight.bottom));
  }

  #change(conversationId: string, id: string, news: Partial<TrayItem>): void {
    const items = this.items.get(conversationId) ?? [];
    if (news.error) this.#failed = id;
    this.#set(
      conversationId,
      items.map((item) => (item.id === id ? { ...item, ...news } : item)),
      !!news.error && conversationId === this.conversationId,
    );
  }

  /** @param isLess Whether a message that waits for its files would go without one: whoever writes it has to look. */
  #set(conversationId: string, items: readonly TrayItem[], isLess = false): void {
    this.items = new Map(this.items).set(conversationId, items);
    this.#kept.keep(conversationId, items);
    this.dispatchEvent(new CustomEvent('parlour-attachments-change', { bubbles: true, detail: isLess }));
  }

  #letGo({ controller, picture }: TrayItem): void {
    controller.abort();
    picture?.close();
  }

  #remove(item: TrayItem): void {
    this.#letGo(item);
    this.#kept.dropContent(this.conversationId, item.id);
    this.notice = '';
    this.#set(
      this.conversationId,
      this.#own.filter(({ id }) => id !== item.id),
      true,
    );
    this.dispatchEvent(new Event('parlour-attachments-taken', { bubbles: true }));
  }

  #row = (item: TrayItem): TemplateResult =>
    trayRow(
      item,
      () => void this.#send(this.conversationId, item),
      () => this.#remove(item),
    );

  override render(): TemplateResult {
    const items = this.#own;
    return html`<input type="file" multiple hidden @change=${this.#chosen} />
      ${this.dropping ? html`<p class="drop">${msg('Drop files here')}</p>` : nothing}
      ${items.length > 0 ? html`<ul aria-label=${msg('Files to send')}>${items.map(this.#row)}</ul>` : nothing}
      ${this.notice ? html`<p class="notice" role="alert">${this.notice}</p>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-attachment-tray': AttachmentTray;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-attachments-change': CustomEvent<boolean>;
    'parlour-attachments-taken': Event;
  }
}
