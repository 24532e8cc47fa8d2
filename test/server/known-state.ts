/** What clients hold, kept by the reducers they use: a teammate's app with everything open, and a visitor's widget. */
import type { Contact } from '../../shared/contract/contact.ts';
import type { AssigneeFilter, StatusFilter } from '../../shared/contract/conversation.ts';
import type { Part, VisitorPart } from '../../shared/contract/part.ts';
import { addPage, applyToList, emptyList } from '../../shared/state/conversation-list.ts';
import type { ConversationList } from '../../shared/state/conversation-list.ts';
import { applyToDirectory, directoryFrom } from '../../shared/state/directory.ts';
import type { Directory } from '../../shared/state/directory.ts';
import { teammateThread, visitorThread } from '../../shared/state/thread.ts';
import type { Thread } from '../../shared/state/thread.ts';
import { applyToVisitor, visitorFrom } from '../../shared/state/visitor.ts';
import type { VisitorState } from '../../shared/state/visitor.ts';
import type { VisitorEvent, WorkspaceEvent } from '../../shared/wire/frames.ts';
import { RequestRefused } from './test-socket.ts';
import type { TestSocket } from './test-socket.ts';

/** What is open on the screen beside the lists. */
export interface Looking {
  conversationId?: string | undefined;
  contactId?: string | undefined;
}

export interface TeammateState {
  directory: Directory;
  lists: ConversationList[];
  thread: Thread<Part> | null;
  contact: Contact | null;
}

const filters: [StatusFilter, AssigneeFilter][] = [
  ['open', 'all'],
  ['open', 'mine'],
  ['open', 'unassigned'],
  ['snoozed', 'all'],
  ['closed', 'all'],
];

/** Null for what is not there, or not for this reader, yet. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (error instanceof RequestRefused && error.body.code === 'not_found') return null;
    throw error;
  });
}

export async function fetchTeammateState(
  socket: TestSocket,
  { conversationId, contactId }: Looking,
): Promise<TeammateState> {
  const directory = directoryFrom(await socket.query('workspace.snapshot', {}));
  const lists: ConversationList[] = [];
  for (const [status, assignee] of filters) {
    const page = await socket.query('conversation.list', { status, assignee, limit: 100 });
    lists.push(addPage(emptyList({ status, assignee, meId: directory.me.id }), page));
  }
  const page = conversationId ? await orNull(socket.query('conversation.parts', { conversationId })) : null;
  const found = contactId ? await orNull(socket.query('contact.get', { contactId })) : null;
  return {
    directory,
    lists,
    // A thread that does not exist yet is an empty one.
    thread: conversationId
      ? teammateThread.withNewest(teammateThread.empty(), (page?.parts ?? []) as Part[], page?.more ?? false)
      : null,
    contact: found?.contact ?? null,
  };
}

export function applyTeammateEvent(
  state: TeammateState,
  event: WorkspaceEvent,
  { conversationId, contactId }: Looking,
): TeammateState {
  const { part, contact } = event.records;
  return {
    directory: applyToDirectory(state.directory, event),
    lists: state.lists.map((list) => applyToList(list, event)),
    thread:
      state.thread && part?.conversationId === conversationId && part
        ? teammateThread.add(state.thread, part)
        : state.thread,
    contact: contact && contact.id === contactId ? contact : state.contact,
  };
}

/** What a teammate sees of it, without what reducers keep for themselves. */
export function shownToTeammate({ directory, lists, thread, contact }: TeammateState): unknown {
  return {
    // Who is online is told by signals, and is nothing a command changes.
    directory: Object.fromEntries(
      Object.entries({ ...directory, online: null }).map(([key, value]) => [key, plain(value)]),
    ),
    lists: lists.map(({ filter, rows, contacts, next }) => ({
      filter,
      rows,
      next,
      contacts: rows.map((row) => contacts.get(row.contactId)),
    })),
    thread,
    contact,
  };
}

function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].sort(([one], [other]) => (one < other ? -1 : 1)));
  return value instanceof Set ? [...(value as ReadonlySet<string>)].sort() : value;
}

export interface WidgetState {
  visitor: VisitorState;
  thread: Thread<VisitorPart> | null;
}

export async function fetchWidgetState(socket: TestSocket, { conversationId }: Looking): Promise<WidgetState> {
  const visitor = visitorFrom(await socket.query('visitor.snapshot', {}));
  const page = conversationId ? await orNull(socket.query('conversation.parts', { conversationId })) : null;
  const parts = (page?.parts ?? []) as VisitorPart[];
  return {
    visitor,
    thread: conversationId ? visitorThread.withNewest(visitorThread.empty(), parts, page?.more ?? false) : null,
  };
}

export function applyVisitorEvent(state: WidgetState, event: VisitorEvent, { conversationId }: Looking): WidgetState {
  const shows = event.part?.conversationId === conversationId;
  return {
    visitor: applyToVisitor(state.visitor, event),
    thread: state.thread && event.part && shows ? visitorThread.add(state.thread, event.part) : state.thread,
  };
}

/** The conversations; the team and its hours are told anew with every welcome, not by events. */
export function shownToVisitor({ visitor, thread }: WidgetState): unknown {
  return { conversations: plain(visitor.conversations), thread };
}
