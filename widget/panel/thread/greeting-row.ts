import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { avatar } from '../../../shared/ui/avatar.ts';

/** What a thread begins with, from the workspace. */
export function greetingRow(greeting: string, workspaceName: string): TemplateResult {
  return html`<div class="row theirs starts ends bare">
    <span class="face">${avatar({ name: workspaceName, seed: '', size: 28 })}</span>
    <div class="column">
      <span class="name" aria-hidden="true" dir="auto">${workspaceName}</span>
      <span class="visually-hidden">${workspaceName}:</span>
      <div part="bubble theirs" class="bubble"><p dir="auto">${greeting}</p></div>
    </div>
  </div>`;
}
