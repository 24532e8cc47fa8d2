import { and, eq, inArray } from 'drizzle-orm';
import type { EventName } from '../../shared/contract/catalogue.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Contact } from '../../shared/contract/contact.ts';
import type { Inbox } from '../../shared/contract/inbox.ts';
import type { Teammate } from '../../shared/contract/teammate.ts';
import type { Workspace } from '../../shared/contract/workspace.ts';
import { toBrief, type BriefEvent } from '../../shared/wire/brief-event.ts';
import type { EventRecords, VisitorEvent, WorkspaceEvent } from '../../shared/wire/frames.ts';
import type { Database } from '../database/connection.ts';
import { isoText } from '../kernel/iso-text.ts';
import type { EventRow, KnownRows } from '../kernel/operation.ts';
import { readChannels } from '../modules/channel/queries.ts';
import { readContacts } from '../modules/contact/queries.ts';
import {
  toConversation,
  toPart,
  toVisitorConversation,
  toVisitorPart,
  type ConversationRow,
  type PartRow,
} from '../modules/conversation/records.ts';
import { lastAuthors } from '../modules/conversation/queries.ts';
import { conversation, part } from '../modules/conversation/schema.ts';
import { readInboxes } from '../modules/inbox/queries.ts';
import { listTeammates } from '../modules/teammate/queries.ts';
import { findWorkspace } from '../modules/workspace/queries.ts';
import { audience } from './audience.ts';

/** An event ready to send: whom it is for, and what each sees of it. */
export type ComposedEvent = {
  row: EventRow;
  /** The inbox whose members hear it; null where the whole workspace does. */
  inboxId: string | null;
  /** The visitor session that hears it, and the contact as who they may have proved to be; null where none does. */
  visitor: { sessionId: string | null; contactId: string; event: VisitorEvent } | null;
  event: BriefEvent;
};

type Reading = {
  conversations: Map<string, ConversationRow>;
  parts: Map<string, PartRow>;
  contacts: Map<string, Contact>;
  inboxes: Map<string, Inbox>;
  channels: Map<string, Channel>;
  teammates: Map<string, Teammate>;
  workspaces: Map<string, Workspace>;
  /** Which teammate spoke last, by conversation, where an event may bring it to a list that does not know. */
  lastAuthors: ReadonlyMap<string, string | null>;
};

/**
 * Turns log rows of one workspace into what goes over the wire: the log holds ids and facts, the records are read now (D4), so a replay tells
 * the present and an erased body is gone from every replay.
 * @param known rows at hand, which are not read again.
 */
export async function compose(
  db: Database,
  workspaceId: string,
  rows: readonly EventRow[],
  known: KnownRows,
  now: Date,
): Promise<ComposedEvent[]> {
  const heard = rows.filter((row) => audience[row.name] !== 'nobody');
  if (heard.length === 0) return [];
  const reading = await readRecords(db, workspaceId, heard, known, now);
  return heard.map((row) => composeOne(row, reading)).filter((event) => event !== null);
}

const idsOf = (rows: readonly EventRow[], key: string): string[] => [
  ...new Set(rows.map((row) => row.facts[key]).filter((value) => typeof value === 'string')),
];

async function readRecords(
  db: Database,
  workspaceId: string,
  rows: readonly EventRow[],
  known: KnownRows,
  now: Date,
): Promise<Reading> {
  const about = (noun: string) => rows.some((row) => row.name.startsWith(`${noun}.`));
  const wantedConversations = [...new Set(rows.flatMap((row) => row.conversationId ?? []))];
  const wantedParts = idsOf(rows, 'partId');
  const unknownConversations = wantedConversations.filter((id) => !known.has(`conversation:${id}`));
  const unknownParts = wantedParts.filter((id) => !known.has(`part:${id}`));
  // News of a conversation bring its contact along: a list in which it now appears may never have met them. Not every message does: with those the
  // list asks for whom it does not know, and this is what everybody hears most.
  const newcomers = rows.filter((row) => row.name !== 'conversation.replied');
  const contactIds = [...new Set(newcomers.flatMap((row) => row.contactId ?? []))];
  const needsNames = about('teammate') || wantedParts.length > 0;
  const [conversations, parts, contacts, inboxes, channels, teammates, workspace] = await Promise.all([
    unknownConversations.length === 0
      ? []
      : db
          .select()
          .from(conversation)
          .where(and(eq(conversation.workspaceId, workspaceId), inArray(conversation.id, unknownConversations))),
    unknownParts.length === 0
      ? []
      : db
          .select()
          .from(part)
          .where(and(eq(part.workspaceId, workspaceId), inArray(part.id, unknownParts))),
    readContacts(db, workspaceId, contactIds),
    about('inbox') ? readInboxes(db, workspaceId, now, idsOf(rows, 'inboxId')) : [],
    about('channel') ? readChannels(db, workspaceId, idsOf(rows, 'channelId')) : [],
    needsNames ? teammateNames(db, workspaceId, about('teammate')) : [],
    about('workspace') ? findWorkspace(db, workspaceId) : null,
  ]);
  const reading: Reading = {
    conversations: byId(conversations),
    parts: byId(parts),
    contacts: byId(contacts),
    inboxes: byId(inboxes),
    channels: byId(channels),
    teammates: byId(teammates),
    workspaces: byId(workspace ? [workspace] : []),
    lastAuthors: new Map(),
  };
  for (const [key, row] of known) {
    if (key.startsWith('part:')) reading.parts.set(key.slice(5), row as PartRow);
    else if (key.startsWith('conversation:')) reading.conversations.set(key.slice(13), row as ConversationRow);
  }
  const moved = rows.flatMap(({ name, conversationId }) =>
    conversationId && !staysInPlace.has(name) ? (reading.conversations.get(conversationId) ?? []) : [],
  );
  return moved.length === 0 ? reading : { ...reading, lastAuthors: await lastAuthors(db, workspaceId, moved) };
}

/** These bring the message along, or leave a conversation in its list. They are what everybody hears most, so nothing is read for them. */
const staysInPlace: ReadonlySet<EventName> = new Set([
  'conversation.started',
  'conversation.replied',
  'conversation.read',
  'conversation.seen',
]);

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** Names hardly change, and every message needs one: kept until a teammate's event says otherwise. */
const nameCache = new WeakMap<Database, Map<string, Teammate[]>>();

async function teammateNames(db: Database, workspaceId: string, changed: boolean): Promise<Teammate[]> {
  const cache = nameCache.get(db) ?? new Map<string, Teammate[]>();
  nameCache.set(db, cache);
  const held = changed ? undefined : cache.get(workspaceId);
  if (held) return held;
  const fresh = await listTeammates(db, workspaceId);
  cache.set(workspaceId, fresh);
  return fresh;
}

function composeOne(row: EventRow, reading: Reading): ComposedEvent | null {
  const held = row.conversationId ? reading.conversations.get(row.conversationId) : undefined;
  const entry = typeof row.facts['partId'] === 'string' ? reading.parts.get(row.facts['partId']) : undefined;
  // A conversation erased since then has nothing to tell any more.
  if (row.conversationId && !held) return null;
  const who = audience[row.name];
  const records = recordsOf(row, reading, held, entry);
  const inboxId = held?.inboxId ?? records.inbox?.id ?? records.channel?.inboxId ?? null;
  // News of an inbox that is gone are nobody's; without an inbox they would be everybody's.
  if (who !== 'workspace' && inboxId === null) return null;
  const event: WorkspaceEvent = {
    id: row.id,
    name: row.name,
    at: isoText(row.at),
    actor: { kind: row.actorKind, id: row.actorId },
    facts: entry ? withoutRepeats(row.facts) : row.facts,
    records,
  };
  return {
    row,
    inboxId: who === 'workspace' ? null : inboxId,
    visitor: who === 'conversation' && held ? visitorSide(row, held, entry, reading) : null,
    event: toBrief(event),
  };
}

/** What the part beside it says anyway stays off the wire: it goes to every teammate with every message. */
function withoutRepeats({
  conversationId: _c,
  partId: _p,
  seq: _s,
  publicSeq: _q,
  ...facts
}: Record<string, unknown>): Record<string, unknown> {
  return facts;
}

function recordsOf(row: EventRow, reading: Reading, held?: ConversationRow, entry?: PartRow): EventRecords {
  const records: EventRecords = {};
  if (held) records.conversation = toConversation(held, reading.lastAuthors.get(held.id));
  if (entry) records.part = toPart(entry);
  const noun = row.name.split('.')[0];
  const id = (key: string) => String(row.facts[key]);
  const contact = row.contactId ? reading.contacts.get(row.contactId) : undefined;
  if (contact) records.contact = contact;
  const inbox = noun === 'inbox' ? reading.inboxes.get(id('inboxId')) : undefined;
  if (inbox) records.inbox = inbox;
  const channel = noun === 'channel' ? reading.channels.get(id('channelId')) : undefined;
  if (channel) records.channel = channel;
  const teammate = noun === 'teammate' ? reading.teammates.get(id('teammateId')) : undefined;
  if (teammate) records.teammate = teammate;
  const workspace = noun === 'workspace' ? reading.workspaces.get(row.workspaceId) : undefined;
  if (workspace) records.workspace = workspace;
  return records;
}

function visitorSide(
  row: EventRow,
  held: ConversationRow,
  entry: PartRow | undefined,
  reading: Reading,
): ComposedEvent['visitor'] {
  // Waking up is the team's affair: to a visitor it never slept.
  if (row.name === 'conversation.reopened' && row.facts['from'] !== 'closed' && row.facts['from'] !== 'resolved')
    return null;
  // What the team reads among its notes.
  if (row.name === 'conversation.read' && typeof row.facts['seenSeq'] !== 'number') return null;
  const visible = entry ? toVisitorPart(entry, (id) => reading.teammates.get(id)?.name ?? '') : null;
  return {
    sessionId: held.sessionId,
    contactId: held.contactId,
    event: {
      // Not the log's id: from its gaps a visitor would learn that notes exist (D3).
      id: visible && row.name !== 'conversation.answered' ? visible.id : `${row.name} ${isoText(row.at)}`,
      name: row.name,
      at: isoText(row.at),
      conversation: toVisitorConversation(held),
      ...(visible ? { part: visible } : {}),
    },
  };
}
