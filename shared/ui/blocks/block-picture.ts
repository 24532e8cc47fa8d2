import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { RequestError } from '../../client/client.ts';
import { fileLinksOf } from '../../client/file-links.ts';
import type { FileLine } from '../../client/uploads.ts';
import type { Picture } from '../../contract/block.ts';
import { reset } from '../base-styles.ts';
import { tokens } from '../tokens.ts';

/**
 * The picture of a card: from the web, or a file of the message. Where the page forbids it or the line is lost, what it shows is said.
 *
 * @tag parlour-block-picture
 * @summary A card's picture.
 */
export class BlockPicture extends LitElement {
  static override styles = [
    tokens,
    reset,
    css`
      :host {
        display: grid;
        place-items: center;
        overflow: hidden;
        aspect-ratio: 16 / 9;
        background: var(--_hover);
      }
      img {
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
      }
      p {
        padding: var(--_space-2) var(--_space-4);
        color: var(--_text-muted);
        font-size: 13px;
        text-align: center;
      }
    `,
  ];
  // A table rather than decorators, as everywhere that the widget draws.
  static override properties = {
    picture: { attribute: false },
    files: { attribute: false },
    url: { state: true },
    broken: { state: true },
  };

  picture: Picture | null = null;
  /** The line that files come over. */
  files: FileLine | null = null;
  private url = '';
  private broken = false;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('picture') && !changed.has('files')) return;
    this.broken = false;
    if (this.picture && 'url' in this.picture) this.url = this.picture.url;
    else void this.#find();
  }

  async #find(): Promise<void> {
    const { picture, files } = this;
    if (!picture || 'url' in picture || !files) return;
    try {
      const link = await fileLinksOf(files).of(picture.attachmentId);
      if (picture !== this.picture) return;
      this.url = link?.url ?? '';
      this.broken = !link;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.broken = true;
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { picture, url } = this;
    if (!picture) return nothing;
    if (this.broken) return html`<p dir="auto">${picture.alt}</p>`;
    return url
      ? html`<img
          src=${url}
          alt=${picture.alt}
          loading="lazy"
          decoding="async"
          referrerpolicy="no-referrer"
          @error=${() => (this.broken = true)}
        />`
      : html``;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-block-picture': BlockPicture;
  }
}
