import type { QueryResult } from '../contract/catalogue.ts';
import type { Contact } from '../contract/contact.ts';
import type {
  AssigneeFilter,
  Category,
  Conversation,
  ConversationStatus,
  StatusFilter,
} from '../contract/conversation.ts';
import type { Part } from '../contract/part.ts';
import type { WorkspaceEvent } from '../wire/frames.ts';
import { categoryOf } from './category.ts';

export type ListFilter = {
  status: StatusFilter;
  assignee: AssigneeFilter;
  category?: Category;
  inboxId?: string;
  contactId?: string;
  /** Who `mine` is. */
  meId: string;
};

/** A live list: last message first, as far down as its pages were fetched. */
export type ConversationList = {
  filter: ListFilter;
  rows: readonly Conversation[];
  /** The contacts of the rows, as far as pages and events told. */
  contacts: ReadonlyMap<string, Contact>;
  /** Where the next page starts; `null` when there is none, or none was fetched yet. */
  next: string | null;
  /** False until the first page is in; rows that events brought before that are an incomplete list. */
  loaded: boolean;
  /** How far down the pages reach; `null`: to the end. What lies below comes with its page. */
  loadedTo: Place | null;
  /**
   * Conversations that events told of and that are not among the rows: they do not match, or lie below the pages.
   * A page read before such an event brings an older record of them, or none.
   */
  elsewhere: ReadonlyMap<string, Conversation>;
};

type Place = { at: string; id: string };
export type ConversationPage = QueryResult<'conversation.list'>;

/** A page is underway for seconds at most; so many conversations do not change elsewhere in that time. */
const ELSEWHERE_REMEMBERED = 200;

const statusesOf: Record<StatusFilter, readonly ConversationStatus[]> = {
  open: ['open', 'pending'],
  snoozed: ['snoozed'],
  closed: ['resolved', 'closed'],
};

export function matches(filter: ListFilter, conversation: Conversation): boolean {
  return (
    statusesOf[filter.status].includes(conversation.status) &&
    (filter.assignee === 'all' || conversation.assigneeId === (filter.assignee === 'mine' ? filter.meId : null)) &&
    (filter.category === undefined || categoryOf(conversation, filter.meId) === filter.category) &&
    (filter.inboxId === undefined || conversation.inboxId === filter.inboxId) &&
    (filter.contactId === undefined || conversation.contactId === filter.contactId)
  );
}

/** The contact wrote something the team has not read. */
export function isUnread(conversation: Conversation): boolean {
  return conversation.inboundSeq > conversation.readSeq;
}

export function emptyList(filter: ListFilter): ConversationList {
  return { filter, rows: [], contacts: new Map(), next: null, loaded: false, loadedTo: null, elsewhere: new Map() };
}

/** Adds the first or the next page. Rows that events made newer in the meantime stay as they are. */
export function addPage(list: ConversationList, page: ConversationPage): ConversationList {
  const last = page.conversations.at(-1);
  const loadedTo = page.next === null ? null : last ? placeOf(last) : list.loadedTo;
  const rows = new Map([...list.elsewhere.values(), ...list.rows].map((row) => [row.id, row]));
  for (const row of page.conversations) {
    if (row.seq >= (rows.get(row.id)?.seq ?? 0)) rows.set(row.id, row);
  }
  const contacts = new Map(list.contacts);
  for (const contact of page.contacts) contacts.set(contact.id, contact);
  const kept = [...rows.values()]
    .filter((row) => matches(list.filter, row) && reaches(loadedTo, row))
    .sort(comparePlaces);
  return { ...list, rows: kept, contacts, next: page.next, loaded: true, loadedTo };
}

/** Contacts of rows that neither a page nor an event has told of: a message alone does not bring its contact along. */
export function strangersIn(list: ConversationList): string[] {
  return [...new Set(list.rows.map((row) => row.contactId).filter((id) => !list.contacts.has(id)))];
}

export function addContact(list: ConversationList, contact: Contact): ConversationList {
  return { ...list, contacts: new Map(list.contacts).set(contact.id, contact) };
}

/** Moves rows in, out and up as events come. After `contact.merged` a list of one contact is to be fetched again. */
export function applyToList(list: ConversationList, event: WorkspaceEvent): ConversationList {
  const { conversation, contact, part } = event.records;
  let next = event.name === 'contact.merged' ? withMergedContact(list, event) : list;
  if (conversation) next = withConversation(next, conversation, part);
  if (contact && (next.contacts.has(contact.id) || next.rows.some((row) => row.contactId === contact.id))) {
    next = { ...next, contacts: new Map(next.contacts).set(contact.id, contact) };
  }
  return next;
}

/** Who of the team spoke last: whoever wrote the part that came along, else, while nothing more was said, who it was before. */
function withAuthor(told: Conversation, held: Conversation | undefined, part: Part | undefined): Conversation {
  const { lastMessage } = told;
  if (lastMessage.authorKind !== 'teammate' || lastMessage.authorId) return told;
  // An event told again brings its own part, and the conversation as it is by now.
  const said = part?.createdAt === lastMessage.at && part.author.kind === 'teammate' ? part.author.id : undefined;
  const authorId = said ?? (held?.lastMessage.at === lastMessage.at ? held.lastMessage.authorId : undefined);
  return authorId ? { ...told, lastMessage: { ...lastMessage, authorId } } : told;
}

function withConversation(list: ConversationList, told: Conversation, part: Part | undefined): ConversationList {
  const held = list.rows.find((row) => row.id === told.id);
  const conversation = withAuthor(told, held ?? list.elsewhere.get(told.id), part);
  if (conversation.seq < Math.max(held?.seq ?? 0, list.elsewhere.get(conversation.id)?.seq ?? 0)) return list;
  const rows = held ? list.rows.filter((row) => row !== held) : list.rows;
  if (!matches(list.filter, conversation) || !reaches(list.loadedTo, conversation)) {
    return { ...list, rows, elsewhere: remember(list.elsewhere, conversation) };
  }
  const above = rows.filter((row) => comparePlaces(row, conversation) < 0);
  return { ...list, rows: [...above, conversation, ...rows.slice(above.length)] };
}

function withMergedContact(list: ConversationList, event: WorkspaceEvent): ConversationList {
  const { contactId, sourceId } = event.facts;
  if (typeof contactId !== 'string') return list;
  const isOfSource = (row: Conversation): boolean => row.contactId === sourceId;
  if (![...list.rows, ...list.elsewhere.values()].some(isOfSource)) return list;
  const moved = (row: Conversation): Conversation => (isOfSource(row) ? { ...row, contactId } : row);
  return {
    ...list,
    rows: list.rows.map(moved).filter((row) => matches(list.filter, row)),
    elsewhere: new Map([...list.elsewhere].map(([id, row]) => [id, moved(row)])),
  };
}

function remember(elsewhere: ConversationList['elsewhere'], conversation: Conversation): ConversationList['elsewhere'] {
  const next = new Map(elsewhere);
  next.delete(conversation.id);
  next.set(conversation.id, conversation);
  if (next.size > ELSEWHERE_REMEMBERED) next.delete([...next.keys()][0] ?? '');
  return next;
}

function placeOf(row: Conversation): Place {
  return { at: row.lastMessage.at, id: row.id };
}

/** Last message first; of two at the same instant the higher id first. */
function comparePlaces(one: Conversation, other: Conversation): number {
  const a = placeOf(one);
  const b = placeOf(other);
  return compare(b.at, a.at) || compare(b.id, a.id);
}

function reaches(loadedTo: Place | null, row: Conversation): boolean {
  if (!loadedTo) return true;
  const { at, id } = placeOf(row);
  return (compare(at, loadedTo.at) || compare(id, loadedTo.id)) >= 0;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
