import { msg, str } from '@lit/localize';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../../shared/ui/icon.ts';
import { chatBubbleIcon } from '../../shared/ui/icons.ts';

/** What stands beside an empty inbox: how to get the first conversation. */
export function welcome(name: string): TemplateResult {
  return html`<div class="welcome scroll" part="welcome">
    <div class="welcome-card">
      <span class="emblem">${icon(chatBubbleIcon, { size: 28 })}</span>
      <h2>${msg(str`${name} is ready for visitors`)}</h2>
      <p class="lead">
        ${msg('Put this line on your site, and the first message from a visitor appears here.')}
      </p>
      <parlour-snippet></parlour-snippet>
    </div>
  </div>`;
}
