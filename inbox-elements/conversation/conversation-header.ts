import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { Contact } from '../../shared/contract/contact.ts';
import type { Conversation, ConversationStatus } from '../../shared/contract/conversation.ts';
import { isUnread } from '../../shared/state/conversation-list.ts';
import { whoMayOwn } from '../../shared/state/directory.ts';
import type { Directory } from '../../shared/state/directory.ts';
import { avatar } from '../../shared/ui/avatar.ts';
import { icon } from '../../shared/ui/icon.ts';
import {
  checkIcon,
  chevronDownIcon,
  chevronLeftIcon,
  clockIcon,
  closedIcon,
  globeIcon,
  openIcon,
  reopenIcon,
  snoozeIcon,
  sunIcon,
  unreadIcon,
} from '../../shared/ui/icons.ts';
import { safeHref } from '../../shared/ui/text.ts';
import { dateTimeText } from '../../shared/ui/time.ts';
import { contactLabel, portraitOf } from '../contact/contact-label.ts';
import { channelIcons } from '../inbox/conversation-row.ts';
import type { StatusCommand } from '../session/status-changes.ts';
import type { AssignEvent } from './assign-menu.ts';
import { ownerLabel } from './owner-label.ts';
import type { SnoozeEvent } from './snooze-menu.ts';

export type HeaderActions = {
  back: () => void;
  /** A press on the button of a menu that has not come yet. */
  unfold: (event: Event) => void;
  assign: (event: AssignEvent) => void;
  snooze: (event: SnoozeEvent) => void;
  close: () => void;
  reopen: () => void;
  markUnread: () => void;
};

type Shown = {
  conversation: Conversation;
  contact: Contact | null;
  directory: Directory | null;
  busy: boolean;
  /** What was asked for and has not happened yet. */
  waiting: StatusCommand | undefined;
  online: boolean;
};

export function conversationHeader(shown: Shown, actions: HeaderActions): TemplateResult {
  const { conversation, contact, directory, busy, online } = shown;
  const { status } = conversation;
  const isDone = status === 'closed' || status === 'resolved';
  const change = isDone ? 'conversation.reopen' : 'conversation.close';
  // What others have done meanwhile waits for nothing.
  const isMoot = shown.waiting === (isDone ? 'conversation.close' : status === 'open' && 'conversation.reopen');
  const waiting = isMoot ? undefined : shown.waiting;
  const owner = directory?.teammates.get(conversation.assigneeId ?? '') ?? null;
  const unread = isUnread(conversation);
  return html`<header class="header" part="header">
    ${backButton(actions.back)}
    ${avatar({ name: portraitOf(contact), seed: conversation.contactId, size: 36 })}
    <div class="who">
      <div class="line">
        <h2 class="name" part="name" dir="auto">${contactLabel(contact, conversation.contactId)}</h2>
        ${statusBadge(conversation, waiting, online)}
      </div>
      ${origin(conversation, directory)}
    </div>
    <div class="actions" part="actions" role="group" aria-label=${msg('Actions')} aria-busy=${busy ? 'true' : 'false'}>
      <slot name="actions"></slot>
      <parlour-assign-menu
        part="assign"
        .conversationId=${conversation.id}
        .assigneeId=${conversation.assigneeId}
        .meId=${directory?.me.id ?? ''}
        .teammates=${directory ? whoMayOwn(directory, conversation.inboxId) : []}
        .owner=${owner}
        .online=${directory?.online ?? new Set<string>()}
        @parlour-assign=${actions.assign}
        >${standIn('parlour-assign-menu', ownerLabel(owner, conversation.assigneeId, directory?.me.id), actions)}</parlour-assign-menu
      >
      <button
        class="icon-button"
        part="mark-unread"
        type="button"
        title=${
          unread && owner && owner.id !== directory?.me.id
            ? msg(str`Unread until ${owner.name} reads it, or somebody answers`)
            : msg('Mark as unread')
        }
        aria-label=${msg('Mark as unread')}
        ?disabled=${conversation.inboundSeq === 0 || unread}
        @click=${actions.markUnread}
      >
        ${icon(unreadIcon)}
      </button>
      ${
        isDone
          ? nothing
          : html`<parlour-snooze-menu part="snooze" @parlour-snooze=${actions.snooze}
            >${standIn(
              'parlour-snooze-menu',
              html`${icon(snoozeIcon, { size: 16 })}<span class="label">${msg('Snooze')}</span>`,
              actions,
            )}</parlour-snooze-menu
          >`
      }
      ${status === 'snoozed' && waiting !== 'conversation.reopen' ? unsnoozeButton(actions.reopen) : nothing}
      <button
        class="button small primary"
        part=${isDone ? 'reopen' : 'close'}
        type="button"
        aria-disabled=${waiting === change ? 'true' : 'false'}
        @click=${({ detail }: MouseEvent) => {
          // One button, so that it keeps the focus when it has closed; the second of two quick clicks does not undo the first.
          if (detail < 2 && waiting !== change) (isDone ? actions.reopen : actions.close)();
        }}
      >
        ${icon(isDone ? reopenIcon : checkIcon, { size: 16 })}<span class="label"
          >${isDone ? msg('Reopen') : msg('Close')}</span
        >
      </button>
    </div>
  </header>`;
}

/** The button of a menu as long as the menu is on its way: there from the first paint on. */
function standIn(tag: string, label: TemplateResult, { unfold }: HeaderActions): TemplateResult | typeof nothing {
  return customElements.get(tag)
    ? nothing
    : html`<button class="button small" type="button" aria-haspopup="dialog" aria-expanded="false" @click=${unfold}>
        ${label}${icon(chevronDownIcon, { size: 14 })}
      </button>`;
}

function unsnoozeButton(reopen: () => void): TemplateResult {
  return html`<button
    class="button small unsnooze"
    part="reopen"
    type="button"
    title=${msg('Unsnooze')}
    @click=${({ currentTarget }: Event) => {
      // It goes once it is done, and must not take the focus along; nor leave it where a second press would close.
      ((currentTarget as Element).previousElementSibling as HTMLElement).focus();
      reopen();
    }}
  >
    ${icon(sunIcon, { size: 16 })}<span class="label">${msg('Unsnooze')}</span>
  </button>`;
}

export function backButton(back: () => void): TemplateResult {
  return html`<button class="icon-button back" part="back" type="button" aria-label=${msg('Back to the list')} @click=${back}>
    ${icon(chevronLeftIcon, { directional: true })}
  </button>`;
}

/** The contract's own words for a thing that is not open are told apart by their outline and their colour. */
const statusLooks: Record<ConversationStatus, { outline: string; label: () => string }> = {
  open: { outline: openIcon, label: () => msg('Open') },
  pending: { outline: openIcon, label: () => msg('Pending') },
  snoozed: { outline: snoozeIcon, label: () => msg('Snoozed') },
  resolved: { outline: closedIcon, label: () => msg('Resolved') },
  closed: { outline: closedIcon, label: () => msg('Closed') },
};

/** While the server has it, and while it waits for the line. */
const waitingWords: Record<StatusCommand, readonly [() => string, () => string]> = {
  'conversation.close': [() => msg('Closing…'), () => msg('Closes when the line is back')],
  'conversation.reopen': [() => msg('Opening…'), () => msg('Opens when the line is back')],
  'conversation.snooze': [() => msg('Snoozing…'), () => msg('Snoozes when the line is back')],
};

function statusBadge(
  { status, snoozedUntil, wakesOnReply }: Conversation,
  waiting: StatusCommand | undefined,
  online: boolean,
): TemplateResult {
  const { outline, label } = statusLooks[status];
  const moment = snoozedUntil && dateTimeText(snoozedUntil);
  const words = waiting
    ? waitingWords[waiting][online ? 0 : 1]()
    : !moment
      ? label()
      : wakesOnReply
        ? msg(str`Snoozed until ${moment}`)
        : msg(str`Snoozed until ${moment}, even on a reply`);
  return html`<span class="badge ${waiting ? '' : status}" part="status" aria-live=${waiting ? 'polite' : 'off'}
    >${icon(waiting ? clockIcon : outline, { size: 14 })}<span>${words}</span></span
  >`;
}

function origin({ channelId, sourceUrl }: Conversation, directory: Directory | null): TemplateResult | typeof nothing {
  const channel = channelId ? directory?.channels.get(channelId) : undefined;
  const href = sourceUrl ? safeHref(sourceUrl) : undefined;
  if (!channel && !sourceUrl) return nothing;
  return html`<p class="origin" part="origin">
    ${channel ? html`<span class="fact">${icon(channelIcons[channel.kind], { size: 14 })}${channel.name}</span>` : nothing}
    ${
      href
        ? html`<a class="fact page" href=${href} target="_blank" rel="noopener noreferrer" title=${href}
          >${icon(globeIcon, { size: 14 })}<span class="visually-hidden">${msg('Began on')}</span><span dir="ltr">${shortAddress(href)}</span></a
        >`
        : nothing
    }
  </p>`;
}

/** The page as people say it: its path, as the channel beside it says which site; of the first page the host. The title has all of it. */
function shortAddress(href: string): string {
  const { host, pathname } = new URL(href);
  return pathname === '/' ? host : pathname;
}
