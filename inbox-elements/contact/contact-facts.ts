import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Rating } from '../../shared/contract/block.ts';
import type { Contact } from '../../shared/contract/contact.ts';
import type { PropertyValue } from '../../shared/contract/form.ts';
import type { Conversation } from '../../shared/contract/conversation.ts';
import type { Directory } from '../../shared/state/directory.ts';
import { dateTimeText, fullText, relativeText } from '../../shared/ui/time.ts';

/** What is known of a contact and nobody edits: what they claimed and agreed to, when they were here, and from where. */
export function contactFacts(
  contact: Contact,
  conversation: Conversation | null,
  directory: Directory | null,
  now: Parameters<typeof relativeText>[1],
): TemplateResult {
  const channel = conversation?.channelId ? directory?.channels.get(conversation.channelId) : undefined;
  return html`<dl class="facts">
    ${contact.email === null && contact.claimedEmail ? claim(msg('Email, unverified'), contact.claimedEmail) : nothing}
    ${contact.phone === null && contact.claimedPhone ? claim(msg('Phone, unverified'), contact.claimedPhone) : nothing}
    ${
      contact.consent
        ? html`<div>
          <dt>${msg('Agreed')}</dt>
          <dd title=${contact.consent.text}>
            <time datetime=${contact.consent.at}>${dateTimeText(contact.consent.at)}</time>
          </dd>
        </div>`
        : nothing
    }
    <div>
      <dt>${msg('First seen')}</dt>
      <dd><time datetime=${contact.createdAt} title=${fullText(contact.createdAt)}>${dateTimeText(contact.createdAt)}</time></dd>
    </div>
    ${
      contact.lastSeenAt
        ? html`<div>
          <dt>${msg('Last seen')}</dt>
          <dd>
            <time datetime=${contact.lastSeenAt} title=${fullText(contact.lastSeenAt)}
              >${relativeText(contact.lastSeenAt, now)}</time
            >
          </dd>
        </div>`
        : nothing
    }
    ${conversation?.rating ? rated(conversation.rating) : nothing}
    ${channel ? html`<div><dt>${msg('Channel')}</dt><dd>${channel.name}</dd></div>` : nothing}
    ${Object.entries(conversation?.claimedProperties ?? {}).map(([key, value]) => aboutConversation(key, value))}
  </dl>`;
}

/** How satisfied they were with this conversation; what they wrote beside the stars stands in the thread. */
function rated({ score, comment, at }: Rating): TemplateResult {
  const stars = '★'.repeat(score) + '☆'.repeat(5 - score);
  return html`<div part="rating">
    <dt>${msg('Rating')}</dt>
    <dd title=${[comment, fullText(at)].filter(Boolean).join('\n')}>
      <span aria-hidden="true">${stars}</span><span class="visually-hidden">${msg(str`${score} of 5`)}</span>
    </dd>
  </div>`;
}

/** What the page said the conversation is about: whoever opens its console can say anything. */
function aboutConversation(key: string, value: PropertyValue): TemplateResult {
  const text = typeof value === 'boolean' ? (value ? msg('Yes') : msg('No')) : String(value);
  return html`<div part="property">
    <dt dir="auto">${key.replaceAll('_', ' ')}</dt>
    <dd dir="auto" title=${msg('Said by the page about this conversation; nobody has proved it.')}>${text}</dd>
  </div>`;
}

/** What somebody wrote of themselves in a form: anybody could have. */
function claim(label: string, value: string): TemplateResult {
  return html`<div>
    <dt>${label}</dt>
    <dd dir="auto" title=${msg('Written into a form; nobody has proved it.')}>${value}</dd>
  </div>`;
}
