import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { Contact } from '../../shared/contract/contact.ts';
import type { Conversation } from '../../shared/contract/conversation.ts';
import type { Teammate } from '../../shared/contract/teammate.ts';
import type { ChannelKind } from '../../shared/contract/channel.ts';
import { categoryOf } from '../../shared/state/category.ts';
import { isUnread } from '../../shared/state/conversation-list.ts';
import { avatar } from '../../shared/ui/avatar.ts';
import { icon } from '../../shared/ui/icon.ts';
import { clockIcon, snoozeIcon, webChatIcon } from '../../shared/ui/icons.ts';
import { aheadText, dateTimeText, fullText, relativeText } from '../../shared/ui/time.ts';
import { contactLabel, portraitOf } from '../contact/contact-label.ts';

export type Row = {
  conversation: Conversation;
  contact: Contact | undefined;
  assignee: Teammate | undefined;
  /** Who of the team spoke last. */
  author: Teammate | undefined;
  channel: { kind: ChannelKind; name: string } | undefined;
  meId: string;
  chosen: boolean;
  /** Whether Tab reaches this row: one of the list, as arrow keys reach the others. */
  reachable: boolean;
  typing: boolean;
  now: number;
  /** Where it stands in the whole list, from 1: not every row is drawn. */
  place: number;
  /** How many there are, -1 while nobody knows. */
  size: number;
};

export const channelIcons: Record<ChannelKind, string> = { 'web-chat': webChatIcon };

/** One row of the list. Its children are presentational to assistive software, so the text says all there is. */
export function conversationRow(row: Row): TemplateResult {
  const { conversation, contact, chosen, now } = row;
  const unread = isUnread(conversation);
  const name = contactLabel(contact, conversation.contactId);
  return html`<li
    class="row focus-inside ${unread ? 'unread' : ''}"
    part="row ${unread ? 'row-unread' : ''} ${chosen ? 'row-selected' : ''}"
    role="option"
    aria-selected=${chosen ? 'true' : 'false'}
    aria-posinset=${row.place}
    aria-setsize=${row.size}
    tabindex=${row.reachable ? 0 : -1}
    data-id=${conversation.id}
  >
    ${avatar({ name: portraitOf(contact), seed: conversation.contactId, size: 36 })}
    <span class="first">
      <span class="name" part="row-name" dir="auto">${name}</span>
      <time
        class="time"
        part="row-time"
        datetime=${conversation.lastMessage.at}
        title=${fullText(conversation.lastMessage.at)}
        >${relativeText(conversation.lastMessage.at, now)}</time
      >
    </span>
    <span class="second">
      ${
        row.typing
          ? html`<span class="preview typing" part="row-typing">${msg('Typing…')}</span>`
          : html`<span class="preview" part="row-preview" dir="auto">${preview(row)}</span>`
      }
      ${unread ? html`<span class="dot" part="row-dot"></span><span class="visually-hidden">${msg('Unread')}</span>` : nothing}
    </span>
    <span class="third">
      ${
        row.channel
          ? html`<span class="fact" title=${row.channel.name}>${icon(channelIcons[row.channel.kind], { size: 14 })}</span>`
          : nothing
      }
      ${
        conversation.snoozedUntil
          ? html`<span class="fact" part="row-snoozed" title=${dateTimeText(conversation.snoozedUntil)}
            >${icon(snoozeIcon, { size: 14 })}<span class="words"
              >${snoozedText(aheadText(conversation.snoozedUntil, now), conversation.wakesOnReply)}</span
            ></span
          >`
          : nothing
      }
      ${
        categoryOf(conversation, row.meId) === 'missed'
          ? html`<span class="fact" part="row-missed"
            >${icon(clockIcon, { size: 14 })}<span class="words">${msg('Missed')}</span></span
          >`
          : nothing
      }
      <span class="owner" part="row-owner">${owner(row)}</span>
    </span>
  </li>`;
}

function snoozedText(moment: string, wakesOnReply: boolean): string {
  return wakesOnReply ? msg(str`Until ${moment}`) : msg(str`Until ${moment}, even on a reply`);
}

function owner({ assignee, meId, conversation }: Row): TemplateResult | string {
  if (!conversation.assigneeId) return msg('Unassigned');
  const name = assignee?.name ?? msg('Former teammate');
  return html`${avatar({ name, seed: conversation.assigneeId, size: 16 })}<span class="words">${
    conversation.assigneeId === meId ? msg('You') : name
  }</span>`;
}

function preview({ conversation, author, meId }: Row): string {
  const { authorKind, authorId, preview: words } = conversation.lastMessage;
  if (authorKind === 'contact') return words;
  const name =
    authorKind === 'api-key'
      ? msg('A program')
      : authorKind === 'system'
        ? msg('Automatic message')
        : authorId === meId
          ? msg('You')
          : author
            ? author.name.split(/\s/, 1)[0]!
            : authorId
              ? msg('Former teammate')
              : msg('Team');
  return msg(str`${name}: ${words}`);
}
