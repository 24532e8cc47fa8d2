import { msg } from '@lit/localize';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../../shared/ui/icon.ts';
import { checkIcon } from '../../shared/ui/icons.ts';
import type { Submission } from '../form/submission.ts';

/** The end of a settings form: its button, and the word that it worked. */
export function saveButton({ busy, done }: Submission, label: string, doneLabel = msg('Saved')): TemplateResult {
  return html`<div class="save">
    <button class="button primary" type="submit" aria-disabled=${busy}>${label}</button>
    <span role="status"
      >${done ? html`<span class="saved">${icon(checkIcon, { size: 16 })}${doneLabel}</span>` : ''}</span
    >
  </div>`;
}
