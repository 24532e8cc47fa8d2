import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Greeting } from '../../shared/contract/channel.ts';
import type { CopyButton } from '../snippet/copy-button.ts';

/** What the site's own code calls the saved greetings by. */
export function greetingIds(greetings: readonly Greeting[], copy: CopyButton): TemplateResult | typeof nothing {
  if (greetings.length === 0) return nothing;
  const [first] = greetings;
  return html`<div class="field" role="group" aria-labelledby="greeting-ids">
    <span class="label" id="greeting-ids">${greetings.length === 1 ? msg('Greeting ID') : msg('Greeting IDs')}</span>
    ${greetings.map(
      ({ id, text }, index) => html`<div class="id-line">
        <code id="greeting-id-${index}" title=${text}>${id}</code>
        ${copy.render(id, `#greeting-id-${index}`, 'small')}
      </div>`,
    )}
    <p class="hint">${msg(str`Your site can show it at any time: Parlour.startFlow('${first?.id}')`)}</p>
  </div>`;
}
