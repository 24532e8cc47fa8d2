import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { CopyButton } from '../snippet/copy-button.ts';

/** A secret at the one moment it can be read. */
export function secretBox(copy: CopyButton, options: { sentence: string; secret: string }): TemplateResult {
  return html`<div class="secret" role="status">
    <p>${options.sentence}</p>
    <div class="secret-line">
      <code class="secret-text">${options.secret}</code>${copy.render(options.secret, '.secret-text')}
    </div>
  </div>`;
}
