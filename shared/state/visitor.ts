import type { VisitorConversation } from '../contract/conversation.ts';
import type { VisitorSnapshot } from '../contract/visitor.ts';
import type { VisitorEvent } from '../wire/frames.ts';

/** What the widget knows: the snapshot, with its conversations by id and kept up to date. */
export type VisitorState = Omit<VisitorSnapshot, 'conversations'> & {
  conversations: ReadonlyMap<string, VisitorConversation>;
};

export function visitorFrom(snapshot: VisitorSnapshot): VisitorState {
  return { ...snapshot, conversations: new Map(snapshot.conversations.map((one) => [one.id, one])) };
}

export function applyToVisitor(state: VisitorState, event: VisitorEvent): VisitorState {
  const { conversation } = event;
  const held = state.conversations.get(conversation.id);
  if (held && held.publicSeq > conversation.publicSeq) return state;
  return { ...state, conversations: new Map(state.conversations).set(conversation.id, conversation) };
}

/** Another place in line, or none any more. */
export function inLine(state: VisitorState, conversationId: string, position: number | null): VisitorState {
  const { [conversationId]: _before, ...queue } = state.queue ?? {};
  return { ...state, queue: position === null ? queue : { ...queue, [conversationId]: position } };
}

/** A teammate wrote something this visitor has not read. Whoever wrote last has read what was there. */
export function isUnreadByVisitor(conversation: VisitorConversation): boolean {
  return conversation.publicSeq > conversation.readSeq && conversation.lastMessage.authorKind === 'teammate';
}

/** How many conversations hold something unread. */
export function unreadCount(state: VisitorState): number {
  return [...state.conversations.values()].filter(isUnreadByVisitor).length;
}

/** Last message first. */
export function newestFirst(state: VisitorState | null): VisitorConversation[] {
  return [...(state?.conversations.values() ?? [])].sort((one, other) =>
    one.lastMessage.at < other.lastMessage.at ? 1 : -1,
  );
}
