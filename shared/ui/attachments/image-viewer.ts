import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import type { Attachment } from '../../contract/attachment.ts';
import { buttons, focusRing, reset } from '../base-styles.ts';
import { icon, iconStyles } from '../icon.ts';
import { closeIcon } from '../icons.ts';
import { tokens } from '../tokens.ts';
import { fileText } from './file-text.ts';

/**
 * A picture, as large as the window allows. Put into a document it opens; closed, it takes itself out, and focus returns to where it was.
 *
 * @tag parlour-image-viewer
 * @summary One picture, large.
 * @csspart image - The picture.
 */
export class ImageViewer extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    buttons,
    iconStyles,
    css`
      dialog {
        position: fixed;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        max-inline-size: none;
        max-block-size: none;
        margin: 0;
        padding: 0;
        border: 0;
        /* Nothing of the page shines through: a picture may be clear itself. */
        background: #161415;
        color: #fff;
      }
      dialog[open] {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
      }
      dialog::backdrop {
        background: none;
      }
      header {
        display: flex;
        gap: 12px;
        align-items: center;
        padding: 12px max(12px, env(safe-area-inset-right));
        font-size: 14px;
      }
      .about {
        display: flex;
        flex: 1;
        flex-wrap: wrap;
        gap: 0 8px;
        min-inline-size: 0;
        white-space: nowrap;
      }
      .name {
        max-inline-size: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .more {
        color: #c9c9c9;
      }
      a,
      .close {
        display: grid;
        flex: none;
        place-items: center;
        min-inline-size: 44px;
        min-block-size: 44px;
        padding: 0 12px;
        border: 1px solid transparent;
        border-radius: 10px;
        background: rgb(255 255 255 / 14%);
        color: #fff;
        font-weight: 550;
        text-decoration: none;
        cursor: pointer;
      }
      a:focus-visible,
      .close:focus-visible {
        outline: 2px solid #fff;
        outline-offset: 2px;
      }
      .stage {
        display: grid;
        place-items: center;
        grid-template-columns: minmax(0, auto);
        min-block-size: 0;
        padding: 0 12px 16px;
      }
      img {
        max-inline-size: 100%;
        max-block-size: 100%;
        min-block-size: 0;
        object-fit: contain;
        /* Black ink and white are both seen on it. */
        background: repeating-conic-gradient(#8a8a8a 0 25%, #7a7a7a 0 50%) 50% / 20px 20px;
      }
    `,
  ];
  static override properties = { attachment: { attribute: false }, url: { attribute: false } };

  attachment: Attachment | null = null;
  url = '';

  override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  /** Escape is for this picture, not for what it stands in. */
  #keyed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') event.stopPropagation();
  };

  #clicked = (event: MouseEvent): void => {
    const { target } = event;
    if (target instanceof Element && !target.closest('img,a,button')) this.#close();
  };

  #close = (): void => {
    this.renderRoot.querySelector('dialog')?.close();
  };

  override render(): TemplateResult {
    const name = this.attachment?.name ?? '';
    return html`<dialog
      aria-label=${name}
      @keydown=${this.#keyed}
      @click=${this.#clicked}
      @close=${() => this.remove()}
    >
      <header>
        <p class="about">
          <span class="name" dir="auto">${name}</span>
          <span class="more">${this.attachment ? fileText(this.attachment) : ''}</span>
        </p>
        <a href="${this.url}?download" download target="_blank" rel="noopener noreferrer">${msg('Download')}</a>
        <button class="close" type="button" aria-label=${msg('Close')} @click=${this.#close}>${icon(closeIcon)}</button>
      </header>
      <div class="stage"><img part="image" src=${this.url} alt=${name} /></div>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-image-viewer': ImageViewer;
  }
}
