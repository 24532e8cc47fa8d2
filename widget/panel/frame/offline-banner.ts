import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import { icon } from '../../../shared/ui/icon.ts';
import { offlineIcon } from '../../../shared/ui/first-icons.ts';
import type { VisitorChat } from '../visitor-chat.ts';

/** What is said while there is no line; a network that answers in the server's place may want a sign-in. */
export function offlineBanner({ status, refusal }: Partial<VisitorChat['connection']> = {}):
  | TemplateResult
  | typeof nothing {
  if (status !== 'offline') return nothing;
  const text = refusal
    ? msg('No connection. Your network may ask you to sign in first. What you write is kept and will be sent.')
    : msg('No connection. What you write is kept and will be sent.');
  return html`<p class="banner">${icon(offlineIcon, { size: 16 })}${text}</p>`;
}
