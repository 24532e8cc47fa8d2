import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import { RequestError } from '../../client/client.ts';
import { readAttachmentLimits, uploadFile } from '../../client/uploads.ts';
import type { FileLine } from '../../client/uploads.ts';
import type { Attachment } from '../../contract/attachment.ts';
import { MAX_ATTACHMENTS } from '../../contract/limits.ts';
import { uuidv7 } from '../../contract/uuid.ts';
import { focusRing, reset, visuallyHidden } from '../base-styles.ts';
import { icon, iconStyles } from '../icon.ts';
import { closeIcon, paperclipIcon, retryIcon } from '../icons.ts';
import { numberText, refusalIn } from '../language.ts';
import { tokens } from '../tokens.ts';
import { fileRowStyles } from './attachment-styles.ts';
import { trayStyles } from './attachment-tray-styles.ts';
import { fileText, isPicture, sizeText } from './file-text.ts';
import { MOST_KEPT_BYTES, contentOf, dropContent, isStale, keepContent, readKept } from './kept-files.ts';
import type { KeepText, KeptFile, ReadText } from './kept-files.ts';

/** A file on its way into a message. */
type Item = KeptFile & {
  /** What it holds; null where it has arrived before a reload, or is still being looked for. */
  file: File | null;
  /** What is sent of it, 0 to 1. */
  share: number;
  error: string | null;
  /** Why it goes on by itself later and not now. */
  waiting: string | null;
  /** Whether the same file may go through another time. */
  retryable: boolean;
  /** Whether it never goes through: it is no part of the message any more. */
  refused: boolean;
  controller: AbortController;
  picture: ImageBitmap | null;
};

/** What another try of the same file does not change. */
const final: ReadonlySet<string> = new Set(['too_large', 'invalid', 'forbidden', 'unsupported', 'gone']);

function begun(kept: KeptFile, file: File | null): Item {
  return {
    ...kept,
    file,
    share: 0,
    error: null,
    waiting: null,
    retryable: false,
    refused: false,
    controller: new AbortController(),
    picture: null,
  };
}

/** Twice the size they are shown in, for dense screens. */
const PICTURE_PX = 80;

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
  private items: ReadonlyMap<string, readonly Item[]> = new Map();
  private notice = '';
  /** Whether files are held over what it stands in. */
  private dropping = false;
  /** By conversation: what its files are kept as, and what is kept there. */
  #failed = '';
  readonly #kept = new Map<string, { draft: string; text: string }>();

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
    const known = this.#kept.get(conversationId);
    if (known?.draft !== draft) {
      // A conversation has another name once it is begun; what is in it goes along.
      if (known?.draft) this.keep(`${known.draft}files`, '', 'sessionStorage');
      this.#kept.set(conversationId, { draft, text: '' });
      if (known) this.#set(conversationId, this.#own);
    }
    // What was put in before there was a line, when the conversation had no name.
    if (early && early.length > 0) {
      if (moved) this.items = new Map(this.items).set(before ?? '', []);
      this.#set(conversationId, early);
      for (const item of early) if (!item.attachment) void this.#send(conversationId, item);
    } else if (this.#own.length === 0) this.#restore(conversationId, draft);
  }

  override updated(): void {
    this.#bringIntoSight();
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) {
      const picture = this.#own.find(({ id }) => id === canvas.dataset['id'])?.picture;
      if (!picture || canvas.width === picture.width) continue;
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
    }
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

  get #own(): readonly Item[] {
    return this.items.get(this.conversationId) ?? [];
  }

  /** What was there before a reload. */
  #restore(conversationId: string, draft: string): void {
    const items = readKept(this.recall(`${draft}files`, 'sessionStorage')).map((kept) =>
      begun({ ...kept, attachment: isStale(kept) ? null : kept.attachment }, null),
    );
    if (items.length === 0) return;
    this.#set(conversationId, items);
    for (const item of items) if (!item.attachment) void this.#resume(conversationId, draft, item);
  }

  async #resume(conversationId: string, draft: string, item: Item): Promise<void> {
    const file = isStale(item) ? undefined : await contentOf(draft, item.id);
    if (item.controller.signal.aborted) return;
    if (!file) {
      const error = msg('This file was not kept. Please choose it again.');
      return this.#change(conversationId, item.id, { error });
    }
    this.#change(conversationId, item.id, { file });
    void this.#preview(conversationId, { ...item, file });
    await this.#send(conversationId, { ...item, file });
  }

  /** For the next page, should this one go before it has arrived. */
  #keepContent(conversationId: string, { id, file }: Item): void {
    const { draft } = this.#kept.get(conversationId) ?? {};
    const unarrived = (this.items.get(conversationId) ?? []).filter(({ attachment }) => !attachment);
    const bytes = unarrived.reduce((sum, { size }) => sum + size, 0);
    if (draft && file && bytes <= MOST_KEPT_BYTES) void keepContent(draft, id, file);
  }

  #dropContent(conversationId: string, id: string): void {
    const { draft } = this.#kept.get(conversationId) ?? {};
    if (draft) void dropContent(draft, id);
  }

  async #send(conversationId: string, item: Item): Promise<void> {
    const { files: line } = this;
    const { id, file, controller } = item;
    if (!line || !file) return;
    let isKept = false;
    const keepOnce = (): void => {
      if (!isKept) this.#keepContent(conversationId, item);
      isKept = true;
    };
    const change = (news: Partial<Item>): void => this.#change(conversationId, id, news);
    const { signal } = controller;
    const onWait = (reason: RequestError): void => {
      keepOnce();
      const waiting = reason.code === 'rate_limited' ? refusalIn(reason) : msg('Waiting for a connection');
      change({ waiting, share: 0 });
    };
    change({ error: null, share: 0 });
    try {
      const { maxBytes } = await readAttachmentLimits(line, { signal, onWait });
      if (file.size > maxBytes) {
        const error = msg(str`This file is larger than ${sizeText(maxBytes)}.`);
        change({ error, waiting: null, refused: true });
        return;
      }
      keepOnce();
      const attachment = await uploadFile(line, file, {
        id,
        signal,
        onWait,
        onProgress: (share) => change({ share, waiting: null }),
      });
      change({ attachment, waiting: null, share: 1 });
      this.#dropContent(conversationId, id);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestError)) throw error;
      const refused = final.has(error.code);
      change({ error: refusalIn(error), waiting: null, retryable: !refused, refused });
    }
  }

  /** Drawn rather than linked: pages may forbid pictures from elsewhere than they name. */
  async #preview(conversationId: string, { id, file }: Item): Promise<void> {
    if (!file || !isPicture(file.type)) return;
    const picture = await createImageBitmap(file, { resizeHeight: PICTURE_PX, resizeQuality: 'medium' }).catch(() => {
      // What cannot be drawn has an icon.
      return null;
    });
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

  #change(conversationId: string, id: string, news: Partial<Item>): void {
    const items = this.items.get(conversationId) ?? [];
    if (news.error) this.#failed = id;
    this.#set(
      conversationId,
      items.map((item) => (item.id === id ? { ...item, ...news } : item)),
      !!news.error && conversationId === this.conversationId,
    );
  }

  /** @param isLess Whether a message that waits for its files would go without one: whoever writes it has to look. */
  #set(conversationId: string, items: readonly Item[], isLess = false): void {
    this.items = new Map(this.items).set(conversationId, items);
    this.#keep(conversationId, items);
    this.dispatchEvent(new CustomEvent('parlour-attachments-change', { bubbles: true, detail: isLess }));
  }

  #keep(conversationId: string, items: readonly Item[]): void {
    const { draft, text: before } = this.#kept.get(conversationId) ?? {};
    if (!draft) return;
    const kept: KeptFile[] = items
      .filter(({ error, retryable }) => !error || retryable)
      .map(({ id, name, size, type, attachment }) => ({ id, name, size, type, attachment }));
    const text = kept.length > 0 ? JSON.stringify(kept) : '';
    // It is asked at every step of an upload.
    if (text === before) return;
    this.#kept.set(conversationId, { draft, text });
    this.keep(`${draft}files`, text, 'sessionStorage');
  }

  #letGo({ controller, picture }: Item): void {
    controller.abort();
    picture?.close();
  }

  #remove(item: Item): void {
    this.#letGo(item);
    this.#dropContent(this.conversationId, item.id);
    this.notice = '';
    this.#set(
      this.conversationId,
      this.#own.filter(({ id }) => id !== item.id),
      true,
    );
    this.dispatchEvent(new Event('parlour-attachments-taken', { bubbles: true }));
  }

  #row = (item: Item): TemplateResult => {
    const { id, name, share, attachment, error, waiting, picture } = item;
    // Pictures are written anew without what cameras put in: what goes along has the size that the server says.
    return html`<li class="file" part="item">
      ${picture ? html`<canvas data-id=${id} aria-hidden="true"></canvas>` : html`<span class="sign">${icon(paperclipIcon, { size: 18 })}</span>`}
      <span class="about">
        <bdi class="title" title=${name}>${name}</bdi>
        ${error ? html`<span class="wrong" role="alert">${error}</span>` : html`<span class="more" role=${waiting ? 'status' : nothing}>${waiting ?? fileText(attachment ?? item)}</span>`}
      </span>
      ${
        error && item.retryable
          ? html`<button type="button" aria-label="${msg('Try again')}: ${name}" @click=${() => void this.#send(this.conversationId, item)}>
            ${icon(retryIcon, { size: 18 })}
          </button>`
          : nothing
      }
      <button type="button" aria-label=${msg(str`Remove ${name}`)} @click=${() => this.#remove(item)}>
        ${icon(closeIcon, { size: 16 })}
      </button>
      ${attachment || error || waiting ? nothing : html`<progress max="1" value=${share} aria-label=${name}></progress>`}
    </li>`;
  };

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
