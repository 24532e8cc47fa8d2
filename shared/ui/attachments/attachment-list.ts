import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import { RequestError } from '../../client/client.ts';
import { fileLinksOf } from '../../client/file-links.ts';
import type { FileLink } from '../../client/file-links.ts';
import { later } from '../../client/later.ts';
import type { FileLine } from '../../client/uploads.ts';
import type { Attachment } from '../../contract/attachment.ts';
import { focusRing, reset } from '../base-styles.ts';
import { define } from '../define.ts';
import { icon, iconStyles } from '../icon.ts';
import { paperclipIcon } from '../icons.ts';
import { tokens } from '../tokens.ts';
import { clearGround, fileRowStyles } from './attachment-styles.ts';
import { canBeClear, fileText, isPicture } from './file-text.ts';
import type { ImageViewer } from './image-viewer.ts';

const loadViewer = later((_query) =>
  import('./image-viewer.ts').then(({ ImageViewer }) => define({ 'parlour-image-viewer': ImageViewer })),
);

/**
 * The files of one message: pictures as pictures, everything else as rows that save it.
 *
 * @tag parlour-attachments
 * @summary The files of one message.
 * @csspart picture - A picture; opens it large.
 * @csspart file - A file; saves it.
 */
export class AttachmentList extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    iconStyles,
    fileRowStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 6px;
        align-items: inherit;
        max-inline-size: 100%;
        margin-block: 4px 0;
      }
      :host(:first-child) {
        margin-block: 0;
      }
      .picture {
        position: relative;
        display: block;
        overflow: hidden;
        max-inline-size: min(100%, 260px);
        padding: 0;
        border: 1px solid var(--_border);
        border-radius: 14px;
        background: var(--_hover);
        cursor: zoom-in;
      }
      .picture svg {
        display: block;
        min-inline-size: 44px;
        min-block-size: 44px;
        max-inline-size: 100%;
        max-block-size: 240px;
        block-size: auto;
      }
      .picture img {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
      }
      .picture .clear {
        background: ${clearGround};
      }
      .file {
        inline-size: 240px;
        max-inline-size: 100%;
        min-block-size: 44px;
      }
      .file[href]:hover {
        background: var(--_hover);
      }
    `,
  ];
  // A table rather than decorators, as everywhere that the widget draws.
  static override properties = {
    attachments: { attribute: false },
    files: { attribute: false },
    links: { state: true },
    broken: { state: true },
  };

  attachments: readonly Attachment[] = [];
  /** The line they came over. */
  files: FileLine | null = null;
  private links: ReadonlyMap<string, FileLink> = new Map();
  /** Pictures that could not be drawn: the page may forbid it, or the line was lost. */
  private broken: ReadonlySet<string> = new Set();

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('attachments') || changed.has('files')) this.#renew();
  }

  /** Gets links where there are none, or where they have run out. */
  #renew = (): void => {
    const { files } = this;
    if (files) for (const { id } of this.attachments) void this.#link(files, id);
  };

  async #link(files: FileLine, id: string): Promise<FileLink | null> {
    try {
      const link = await fileLinksOf(files).of(id);
      if (link && link !== this.links.get(id)) this.links = new Map(this.links).set(id, link);
      return link;
    } catch (error) {
      // Pointing at it asks again.
      if (!(error instanceof RequestError)) throw error;
      return null;
    }
  }

  async #view(attachment: Attachment): Promise<void> {
    const { files } = this;
    const link = files && (await this.#link(files, attachment.id));
    if (!link) return;
    // The network: the next click tries again.
    if (await loadViewer()) return;
    const viewer: ImageViewer = document.createElement('parlour-image-viewer');
    viewer.attachment = attachment;
    viewer.url = link.url;
    this.renderRoot.append(viewer);
  }

  #picture(attachment: Attachment & { width: number; height: number }): TemplateResult {
    const { id, name, type, width, height } = attachment;
    const link = this.links.get(id);
    const fails = (): void => {
      this.broken = new Set(this.broken).add(id);
    };
    return html`<button
      class="picture"
      part="picture"
      type="button"
      aria-haspopup="dialog"
      aria-label=${msg(str`Open ${name}`)}
      @click=${() => void this.#view(attachment)}
    >
      <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true"></svg>
      ${link ? html`<img class=${canBeClear(type) ? 'clear' : ''} src=${link.url} alt="" loading="lazy" decoding="async" @error=${fails} />` : nothing}
    </button>`;
  }

  #file(attachment: Attachment): TemplateResult {
    const link = this.links.get(attachment.id);
    const inside = html`${icon(paperclipIcon, { size: 18 })}
      <span class="about">
        <bdi class="title" title=${attachment.name}>${attachment.name}</bdi>
        <span class="more">${fileText(attachment)}</span>
      </span>`;
    return link
      ? html`<a class="file" part="file" href="${link.url}?download" download target="_blank" rel="noopener noreferrer">${inside}</a>`
      : html`<span class="file" part="file">${inside}</span>`;
  }

  override render(): TemplateResult {
    return html`${this.attachments.map((attachment) => {
      const { id, type, width, height } = attachment;
      const draws = isPicture(type) && width && height && !this.broken.has(id);
      return draws ? this.#picture({ ...attachment, width, height }) : this.#file(attachment);
    })}`;
  }

  override firstUpdated(): void {
    this.addEventListener('pointerenter', this.#renew);
    this.addEventListener('focusin', this.#renew);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-attachments': AttachmentList;
  }
}
