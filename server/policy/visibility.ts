import type { Actor } from '../kernel/actor.ts';

/** Which inboxes an actor may look into: all, or these. */
export function visibleInboxes(actor: Actor): ReadonlySet<string> | 'all' {
  if (actor.kind === 'teammate') return actor.inboxIds;
  return actor.kind === 'system' || actor.kind === 'api-key' ? 'all' : new Set();
}

/** Whether an actor may see a conversation: teammates by inbox, a visitor by the session it was begun in, or as the contact they proved to be. */
export function seesConversation(
  actor: Actor,
  conversation: { workspaceId: string; inboxId: string; sessionId: string | null; contactId: string },
): boolean {
  if (conversation.workspaceId !== actor.workspaceId) return false;
  if (actor.kind === 'visitor') {
    return conversation.sessionId === actor.id || conversation.contactId === actor.contactId;
  }
  const inboxes = visibleInboxes(actor);
  return inboxes === 'all' || inboxes.has(conversation.inboxId);
}
