import { msg, str } from '@lit/localize';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../../shared/ui/icon.ts';
import { chatBubbleIcon, inboxIcon } from '../../shared/ui/icons.ts';

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

/** What stands where no conversation is chosen. */
export function nothingChosen(): TemplateResult {
  return html`<div class="blank" part="blank">
    <span class="emblem quiet">${icon(inboxIcon, { size: 28 })}</span>
    <h2>${msg('Choose a conversation')}</h2>
    <p class="lead">${msg('Arrow keys move through the list, Enter opens.')}</p>
  </div>`;
}
