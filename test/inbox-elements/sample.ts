import { defaultOffHours } from '../../shared/contract/off-hours.ts';
import { defaultWebChatSettings } from '../../shared/contract/channel.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Contact } from '../../shared/contract/contact.ts';
import type { Conversation } from '../../shared/contract/conversation.ts';
import type { Inbox } from '../../shared/contract/inbox.ts';
import type { Part } from '../../shared/contract/part.ts';
import { officeHours } from '../../shared/contract/office-hours.ts';
import type { Teammate } from '../../shared/contract/teammate.ts';
import type { WorkspaceSnapshot } from '../../shared/contract/workspace.ts';
import type { EventName } from '../../shared/contract/catalogue.ts';
import type { WorkspaceEvent } from '../../shared/wire/frames.ts';

/** A UUIDv7-shaped id that tells its number: sampleId(7) ends in 7, and higher numbers sort later. */
export function sampleId(number: number): string {
  return `01900000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** Minutes after a fixed morning, as an instant. */
export function sampleInstant(minutes = 0): string {
  return new Date(Date.UTC(2026, 4, 12, 8, 0) + minutes * 60_000).toISOString();
}

export const ids = {
  workspace: sampleId(1),
  ada: sampleId(11),
  ben: sampleId(12),
  cleo: sampleId(13),
  support: sampleId(21),
  sales: sampleId(22),
  channel: sampleId(31),
} as const;

export function sampleTeammate(changes: Partial<Teammate> = {}): Teammate {
  return {
    id: ids.ada,
    name: 'Ada Okafor',
    email: 'ada@example.com',
    role: 'owner',
    available: true,
    alerts: { missed: false, yours: false },
    createdAt: sampleInstant(),
    ...changes,
  };
}

export function sampleInbox(changes: Partial<Inbox> = {}): Inbox {
  return {
    id: ids.support,
    name: 'Customer Support',
    routing: 'rotate',
    schedule: officeHours('Europe/Berlin'),
    availability: { open: true, changesAt: sampleInstant(420) },
    offHours: defaultOffHours,
    preChat: null,
    askForRating: true,
    showQueuePosition: true,
    notifies: 'everyone',
    members: [
      { teammateId: ids.ada, role: 'admin' },
      { teammateId: ids.ben, role: 'agent' },
    ],
    createdAt: sampleInstant(),
    ...changes,
  };
}

export function sampleChannel(changes: Partial<Channel> = {}): Channel {
  return {
    id: ids.channel,
    inboxId: ids.support,
    kind: 'web-chat',
    name: 'Web chat',
    key: 'ch_7Qm2xB4kT9w',
    settings: defaultWebChatSettings,
    createdAt: sampleInstant(),
    ...changes,
  };
}

export function sampleSnapshot(changes: Partial<WorkspaceSnapshot> = {}): WorkspaceSnapshot {
  return {
    workspace: { id: ids.workspace, name: 'Fern & Field', createdAt: sampleInstant() },
    me: sampleTeammate(),
    teammates: [
      sampleTeammate(),
      sampleTeammate({ id: ids.ben, name: 'Ben Castillo', email: 'ben@example.com', role: 'agent' }),
      sampleTeammate({ id: ids.cleo, name: 'Cleo Lind', email: 'cleo@example.com', role: 'agent', available: false }),
    ],
    inboxes: [sampleInbox(), sampleInbox({ id: ids.sales, name: 'Sales', routing: 'unassigned', schedule: null })],
    channels: [sampleChannel()],
    onlineTeammateIds: [ids.ada, ids.ben],
    publicUrl: 'https://chat.fernandfield.example',
    sendsMail: true,
    hasPassword: true,
    ...changes,
  };
}

export function sampleContact(changes: Partial<Contact> = {}): Contact {
  return {
    id: sampleId(101),
    name: 'Maya Lindqvist',
    email: 'maya@example.net',
    phone: null,
    claimedEmail: null,
    claimedPhone: null,
    lifecycle: 'visitor',
    leadStatus: null,
    ownerId: null,
    properties: {},
    consent: null,
    createdAt: sampleInstant(-4000),
    lastSeenAt: sampleInstant(30),
    ...changes,
  };
}

export function sampleConversation(changes: Partial<Conversation> = {}): Conversation {
  return {
    id: sampleId(201),
    inboxId: ids.support,
    channelId: ids.channel,
    contactId: sampleId(101),
    status: 'open',
    assigneeId: ids.ada,
    snoozedUntil: null,
    wakesOnReply: true,
    seq: 3,
    publicSeq: 2,
    inboundSeq: 3,
    readSeq: 2,
    contactReadSeq: 0,
    lastMessage: {
      preview: 'Does the oak shelf come in a narrower width?',
      authorKind: 'contact',
      at: sampleInstant(12),
    },
    sourceUrl: 'https://fernandfield.example/shelves',
    createdAt: sampleInstant(),
    firstRepliedAt: null,
    closedAt: null,
    begunOff: false,
    rating: null,
    ...changes,
  };
}

/** A message part of plain text; pass `kind: 'note'` with `publicSeq: null` for a note. */
export function samplePart(text: string, changes: Partial<Part> = {}): Part {
  return {
    id: sampleId(301),
    conversationId: sampleId(201),
    seq: 1,
    publicSeq: 1,
    kind: 'message',
    author: { kind: 'contact', id: sampleId(101) },
    body: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
    activity: null,
    createdAt: sampleInstant(),
    ...changes,
  };
}

let eventNumber = 0;

export function sampleEvent(
  name: EventName,
  records: WorkspaceEvent['records'],
  facts: Record<string, unknown> = {},
): WorkspaceEvent {
  eventNumber += 1;
  return {
    id: String(eventNumber),
    name,
    at: sampleInstant(60),
    actor: { kind: 'teammate', id: ids.ada },
    facts,
    records,
  };
}
