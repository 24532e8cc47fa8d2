import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { Typist } from '../../../shared/state/typing.ts';
import { avatar } from '../../../shared/ui/avatar.ts';

/** Something is on its way. */
const dots = html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`;

/** Above the oldest message that is here, where there are older ones. */
export const olderRow = html`<div class="older">${dots}</div>`;

/** Below the newest one, while somebody writes the next. */
export function typingRow(typist: Typist | undefined, name: string): TemplateResult | typeof nothing {
  return typist
    ? html`<div class="row theirs starts ends typing">
        <span class="face">${avatar({ name, seed: typist.id, size: 28 })}</span>
        <div class="bubble">${dots}</div>
        <span class="visually-hidden">${msg(str`${name} is writing`)}</span>
      </div>`
    : nothing;
}

/** In place of messages that are not here yet, or could not be fetched. */
export function absentMessages(error: string | null, retry: () => void): TemplateResult {
  return error
    ? html`<div class="notice" role="alert">
        <p>${msg('The messages could not be loaded.')} ${error}</p>
        <button class="button" type="button" @click=${retry}>${msg('Try again')}</button>
      </div>`
    : html`<div class="older" role="status"><span class="visually-hidden">${msg('Loading messages')}</span>${dots}</div>`;
}
