import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import { icon } from '../icon.ts';
import { closeIcon, paperclipIcon, retryIcon } from '../icons.ts';
import { fileText, isPicture } from './file-text.ts';
import type { TrayItem } from './tray-item.ts';

/** Twice the size they are shown in, for dense screens. */
const PICTURE_PX = 80;

/** One file on its way, with what can be done about it. */
export function trayRow(item: TrayItem, retry: () => void, remove: () => void): TemplateResult {
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
        ? html`<button type="button" aria-label="${msg('Try again')}: ${name}" @click=${retry}>
          ${icon(retryIcon, { size: 18 })}
        </button>`
        : nothing
    }
    <button type="button" aria-label=${msg(str`Remove ${name}`)} @click=${remove}>
      ${icon(closeIcon, { size: 16 })}
    </button>
    ${attachment || error || waiting ? nothing : html`<progress max="1" value=${share} aria-label=${name}></progress>`}
  </li>`;
}

/** What a row shows of a file; null where it cannot be drawn: then it has an icon. */
export async function pictureOf(file: File): Promise<ImageBitmap | null> {
  if (!isPicture(file.type)) return null;
  return createImageBitmap(file, { resizeHeight: PICTURE_PX, resizeQuality: 'medium' }).catch(() => null);
}

/** Drawn rather than linked: pages may forbid pictures from elsewhere than they name. */
export function drawPictures(rows: ParentNode, items: readonly TrayItem[]): void {
  for (const canvas of rows.querySelectorAll('canvas')) {
    const picture = items.find(({ id }) => id === canvas.dataset['id'])?.picture;
    if (!picture || canvas.width === picture.width) continue;
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
  }
}
