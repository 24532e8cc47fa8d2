import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { FileLine } from '../../client/uploads.ts';
import type { CardFace } from '../../contract/block.ts';

/** A card: its picture, its words, and what is drawn for its buttons. */
export function cardFace(face: CardFace, files: FileLine | null, buttons: unknown): TemplateResult {
  const { title, text, picture } = face;
  return html`<div class="sheet card" role="group" aria-label=${title} part="card">
    ${picture ? html`<parlour-block-picture .picture=${picture} .files=${files}></parlour-block-picture>` : nothing}
    <p class="title" dir="auto">${title}</p>
    ${text ? html`<p class="words" dir="auto">${text}</p>` : nothing} ${buttons}
  </div>`;
}

export const cardStyles = css`
  .card {
    align-content: start;
    gap: var(--_space-2);
  }
  parlour-block-picture {
    margin: -14px -14px 4px;
  }
  .card .choices {
    margin-block-start: 4px;
  }
`;
