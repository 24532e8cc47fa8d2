import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import { icon } from '../../shared/ui/icon.ts';
import { alertIcon, closeIcon, retryIcon, searchIcon } from '../../shared/ui/icons.ts';

/** What stands where there is no conversation to show. */
export function placeholder(outline: string, title: string, hint: string): TemplateResult {
  return html`<div class="nothing" part="empty">
    <span class="emblem">${icon(outline, { size: 28 })}</span>
    <p class="nothing-title">${title}</p>
    <p class="nothing-hint">${hint}</p>
  </div>`;
}

/** What stands where a conversation was to be that is not there for this teammate. */
export function missingConversation(): TemplateResult {
  return placeholder(
    searchIcon,
    msg('This conversation is not here'),
    msg('It may have been removed, or it is in an inbox you are not a member of.'),
  );
}

/** What stands where something could not be fetched. */
export function failure(title: string, hint: string, retry: () => void): TemplateResult {
  return html`<div class="nothing" part="error" role="alert">
    <span class="emblem">${icon(alertIcon, { size: 28 })}</span>
    <p class="nothing-title">${title}</p>
    <p class="nothing-hint">${hint}</p>
    <button class="button small" type="button" @click=${retry}>${icon(retryIcon, { size: 16 })}${msg('Try again')}</button>
  </div>`;
}

export function skeleton(): TemplateResult {
  return html`<div class="skeleton" aria-busy="true">
    <p class="visually-hidden" role="status">${msg('Loading the conversation…')}</p>
    <div class="bone-header"><span class="bone round"></span><span class="bone title"></span></div>
    <div class="bone-thread">
      <span class="bone bubble-bone"></span><span class="bone bubble-bone long"></span>
      <span class="bone bubble-bone end"></span><span class="bone bubble-bone"></span>
    </div>
  </div>`;
}

/** Why something of a conversation was refused, until it is dismissed; or what could not be loaded, with another try. */
export function conversationNotice(
  sentence: string,
  way: { dismiss: () => void } | { retry: () => void },
): TemplateResult {
  return html`<div class="notice" part="notice" role="alert">
    ${icon(alertIcon, { size: 16 })}
    <p>${sentence}</p>
    ${
      'dismiss' in way
        ? html`<button class="icon-button small" type="button" aria-label=${msg('Dismiss')} @click=${way.dismiss}>
          ${icon(closeIcon, { size: 16 })}
        </button>`
        : html`<button class="button small" type="button" @click=${way.retry}>${msg('Try again')}</button>`
    }
  </div>`;
}
