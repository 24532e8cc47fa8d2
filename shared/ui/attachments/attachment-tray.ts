import { LitElement, css, html, nothing } from 'lit';
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
import { clearGround, fileRowStyles } from './attachment-styles.ts';
import { fileText, isPicture, sizeText } from './file-text.ts';

/** A file on its way into a message. */
type Item = {
  id: string;
  file: File;
  /** What is sent of it, 0 to 1. */
  share: number;
  attachment: Attachment | null;
  error: string | null;
  /** Why it goes on by itself later and not now. */
  waiting: string | null;
  /** Whether the same file may go through another time. */
  retryable: boolean;
  controller: AbortController;
  picture: ImageBitmap | null;
};

/** What another try of the same file does not change. */
const final: ReadonlySet<string> = new Set(['too_large', 'invalid', 'forbidden', 'unsupported', 'gone']);

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
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    iconStyles,
    fileRowStyles,
    css`
      :host {
        display: block;
      }
      ul {
        display: flex;
        flex-direction: column;
        gap: 6px;
        max-block-size: min(180px, 30cqb);
        margin: 0;
        padding: 2px 2px 8px;
        overflow-y: auto;
        list-style: none;
      }
      .file {
        position: relative;
        flex: none;
        padding: 4px 4px 4px 8px;
        padding-inline: 8px 4px;
        overflow: hidden;
      }
      canvas,
      .sign {
        display: grid;
        flex: none;
        place-items: center;
        inline-size: 36px;
        block-size: 36px;
        border-radius: 8px;
        object-fit: cover;
      }
      canvas {
        background: ${clearGround};
      }
      progress {
        position: absolute;
        inset-inline: 0;
        inset-block-end: 0;
        inline-size: 100%;
        block-size: 3px;
        border: 0;
        background: var(--_hover);
        appearance: none;
      }
      progress::-webkit-progress-bar {
        background: transparent;
      }
      progress::-webkit-progress-value {
        background: var(--_accent);
      }
      progress::-moz-progress-bar {
        background: var(--_accent);
      }
      button {
        display: grid;
        flex: none;
        place-items: center;
        inline-size: 36px;
        block-size: 36px;
        padding: 0;
        border: 0;
        border-radius: 8px;
        background: none;
        color: var(--_text-muted);
        cursor: pointer;
      }
      button:hover {
        background: var(--_hover);
      }
      .drop {
        margin-block-end: 8px;
        padding: 12px;
        border: 1px dashed var(--_focus);
        border-radius: 12px;
        background: var(--_accent-soft);
        font-size: 13px;
        text-align: center;
      }
      .notice {
        padding: 0 4px 8px;
        color: var(--_danger);
        font-size: 13px;
      }
      @media (pointer: coarse) {
        button {
          inline-size: 44px;
          block-size: 44px;
        }
      }
    `,
  ];
  static override properties = {
    conversationId: { attribute: false },
    files: { attribute: false },
    items: { state: true },
    notice: { state: true },
    dropping: { state: true },
  };

  conversationId = '';
  /** The line they go over. */
  files: FileLine | null = null;
  /** Of all conversations. */
  private items: ReadonlyMap<string, readonly Item[]> = new Map();
  private notice = '';
  /** Whether files are held over what it stands in. */
  private dropping = false;

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
    if (changed.has('conversationId')) this.notice = '';
  }

  override updated(): void {
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

  /** Whether something has not arrived: a message with it cannot be sent yet. */
  get busy(): boolean {
    return this.#own.some(({ attachment }) => !attachment);
  }

  /** Hands out what has arrived, and begins anew. */
  take(): Attachment[] {
    const taken = this.attachments;
    for (const { picture } of this.#own) picture?.close();
    this.#set(this.conversationId, []);
    return taken;
  }

  /** What somebody does with files in what it stands in: a click asks for some, a drop or a paste brings them. */
  receive(type: string, files: readonly File[]): void {
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
    const room = MAX_ATTACHMENTS - this.#own.length;
    this.notice = files.length > room ? msg(str`A message holds ${numberText(MAX_ATTACHMENTS)} files at most.`) : '';
    const added = files.slice(0, Math.max(0, room)).map((file): Item => ({
      id: uuidv7(),
      file,
      share: 0,
      attachment: null,
      error: null,
      waiting: null,
      retryable: false,
      controller: new AbortController(),
      picture: null,
    }));
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

  async #send(conversationId: string, item: Item): Promise<void> {
    const { files: line } = this;
    const { id, file, controller } = item;
    if (!line) return;
    const change = (news: Partial<Item>): void => this.#change(conversationId, id, news);
    const { signal } = controller;
    const onWait = (reason: RequestError): void =>
      change({
        waiting: reason.code === 'rate_limited' ? refusalIn(reason) : msg('Waiting for a connection'),
        share: 0,
      });
    change({ error: null, share: 0 });
    try {
      const { maxBytes } = await readAttachmentLimits(line, { signal, onWait });
      if (file.size > maxBytes) {
        const error = msg(str`This file is larger than ${sizeText(maxBytes)}.`);
        change({ error, waiting: null, retryable: false });
        return;
      }
      const attachment = await uploadFile(line, file, {
        id,
        signal,
        onWait,
        onProgress: (share) => change({ share, waiting: null }),
      });
      change({ attachment, waiting: null, share: 1 });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestError)) throw error;
      change({ error: refusalIn(error), waiting: null, retryable: !final.has(error.code) });
    }
  }

  /** Drawn rather than linked: pages may forbid pictures from elsewhere than they name. */
  async #preview(conversationId: string, { id, file }: Item): Promise<void> {
    if (!isPicture(file.type)) return;
    const picture = await createImageBitmap(file, { resizeHeight: PICTURE_PX, resizeQuality: 'medium' }).catch(() => {
      // What cannot be drawn has an icon.
      return null;
    });
    if (picture) this.#change(conversationId, id, { picture });
  }

  #change(conversationId: string, id: string, news: Partial<Item>): void {
    const items = this.items.get(conversationId) ?? [];
    this.#set(
      conversationId,
      items.map((item) => (item.id === id ? { ...item, ...news } : item)),
      !!news.error && conversationId === this.conversationId,
    );
  }

  /** @param isLess Whether a message that waits for its files would go without one: whoever writes it has to look. */
  #set(conversationId: string, items: readonly Item[], isLess = false): void {
    this.items = new Map(this.items).set(conversationId, items);
    this.dispatchEvent(new CustomEvent('parlour-attachments-change', { bubbles: true, detail: isLess }));
  }

  #letGo({ controller, picture }: Item): void {
    controller.abort();
    picture?.close();
  }

  #remove(item: Item): void {
    this.#letGo(item);
    this.notice = '';
    this.#set(
      this.conversationId,
      this.#own.filter(({ id }) => id !== item.id),
      true,
    );
    this.dispatchEvent(new Event('parlour-attachments-taken', { bubbles: true }));
  }

  #row = (item: Item): TemplateResult => {
    const { id, file, share, attachment, error, waiting, picture } = item;
    const { name } = file;
    // Pictures are written anew without what cameras put in: what goes along has the size that the server says.
    return html`<li class="file" part="item">
      ${picture ? html`<canvas data-id=${id} aria-hidden="true"></canvas>` : html`<span class="sign">${icon(paperclipIcon, { size: 18 })}</span>`}
      <span class="about">
        <bdi class="title" title=${name}>${name}</bdi>
        ${error ? html`<span class="wrong" role="alert">${error}</span>` : html`<span class="more">${waiting ?? fileText(attachment ?? file)}</span>`}
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
