import type { Contact } from '../../../shared/contract/contact.ts';
import type { Conversation, VisitorConversation } from '../../../shared/contract/conversation.ts';
import type { Inbox } from '../../../shared/contract/inbox.ts';
import { defaultOffHours } from '../../../shared/contract/off-hours.ts';
import type { Teammate } from '../../../shared/contract/teammate.ts';
import type { EventRecords, VisitorEvent, WorkspaceEvent } from '../../../shared/wire/frames.ts';

export const at = '2030-01-31T09:00:00.000Z';

export function conversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c1',
    inboxId: 'i1',
    channelId: null,
    contactId: 'p1',
    status: 'open',
    assigneeId: null,
    snoozedUntil: null,
    wakesOnReply: true,
    seq: 1,
    publicSeq: 1,
    inboundSeq: 1,
    readSeq: 0,
    contactReadSeq: 0,
    lastMessage: { preview: 'Hello', authorKind: 'contact', at },
    sourceUrl: null,
    createdAt: at,
    firstRepliedAt: null,
    closedAt: null,
    begunOff: false,
    rating: null,
    ...change,
  };
}

export function contact(change: Partial<Contact> = {}): Contact {
  return {
    id: 'p1',
    name: 'Grace',
    email: null,
    phone: null,
    claimedEmail: null,
    claimedPhone: null,
    lifecycle: 'visitor',
    leadStatus: null,
    ownerId: null,
    properties: {},
    consent: null,
    createdAt: at,
    lastSeenAt: null,
    ...change,
  };
}

export function teammate(change: Partial<Teammate> = {}): Teammate {
  return {
    id: 't1',
    name: 'Ada',
    email: 'ada@example.org',
    role: 'owner',
    available: true,
    alerts: { missed: false, yours: false },
    createdAt: at,
    ...change,
  };
}

export function inbox(change: Partial<Inbox> = {}): Inbox {
  const availability = { open: true, changesAt: null };
  return {
    id: 'i1',
    name: 'Support',
    routing: 'rotate',
    schedule: null,
    availability,
    offHours: defaultOffHours,
    preChat: null,
    askForRating: true,
    showQueuePosition: true,
    notifies: 'everyone',
    members: [],
    createdAt: at,
    ...change,
  };
}

export function event(
  name: WorkspaceEvent['name'],
  records: EventRecords,
  facts: WorkspaceEvent['facts'] = {},
): WorkspaceEvent {
  return { id: '1', name, at, actor: { kind: 'system', id: null }, facts, records };
}

export function visitorConversation(change: Partial<VisitorConversation> = {}): VisitorConversation {
  const lastMessage = { preview: 'Hello', authorKind: 'teammate' as const, at };
  return { id: 'c1', status: 'open', publicSeq: 1, readSeq: 0, teamReadSeq: 0, lastMessage, createdAt: at, ...change };
}

export function visitorEvent(of: VisitorConversation): VisitorEvent {
  return { id: '1', name: 'conversation.replied', at, conversation: of };
}
