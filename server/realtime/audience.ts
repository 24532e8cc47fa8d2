import type { EventName } from '../../shared/contract/catalogue.ts';
import type { Actor } from '../kernel/actor.ts';

/** `inbox`: teammates who may see the inbox it is about. `conversation`: they, and the visitor as far as it is public. */
export type Audience = 'nobody' | 'workspace' | 'inbox' | 'conversation';

/** Who hears what: forgetting an event does not compile. */
export const audience: Record<EventName, Audience> = {
  'workspace.created': 'nobody',
  'workspace.renamed': 'workspace',
  'workspace.signingSecretRotated': 'nobody',
  'workspace.identitySecretRotated': 'nobody',
  'teammate.created': 'workspace',
  'teammate.renamed': 'workspace',
  'teammate.passwordChanged': 'nobody',
  'teammate.availabilityChanged': 'workspace',
  'teammate.alertsChanged': 'workspace',
  'inbox.created': 'inbox',
  'inbox.updated': 'inbox',
  'inbox.memberAdded': 'inbox',
  'inbox.memberRemoved': 'inbox',
  'channel.created': 'inbox',
  // Also where a channel moved away: who had it must hear that it is gone. A channel's key is public.
  'channel.updated': 'workspace',
  'apiKey.created': 'nobody',
  'apiKey.revoked': 'nobody',
  'visitor.sessionStarted': 'nobody',
  'visitor.identified': 'nobody',
  'visitor.tracked': 'nobody',
  'visitor.sessionEnded': 'nobody',
  'contact.created': 'workspace',
  'contact.updated': 'workspace',
  'contact.merged': 'workspace',
  'conversation.started': 'conversation',
  'conversation.replied': 'conversation',
  'conversation.answered': 'conversation',
  'conversation.rated': 'inbox',
  'conversation.noted': 'inbox',
  'conversation.assigned': 'inbox',
  'conversation.snoozed': 'inbox',
  'conversation.closed': 'conversation',
  'conversation.transcriptRequested': 'nobody',
  'conversation.reopened': 'conversation',
  'conversation.read': 'conversation',
  'conversation.propertiesChanged': 'inbox',
  'conversation.markedUnread': 'inbox',
  'conversation.seen': 'conversation',
  'article.created': 'workspace',
  'article.updated': 'workspace',
  'article.published': 'workspace',
  'article.unpublished': 'workspace',
  'article.deleted': 'workspace',
  'articleCategory.created': 'workspace',
  'articleCategory.updated': 'workspace',
  'articleCategory.deleted': 'workspace',
};

/** Where the news of an inbox go: to those who may see this one, and to those who may see all. Nobody is in both. */
export function inboxTopics(workspaceId: string, inboxId: string): string[] {
  return [`inbox:${inboxId}`, `inboxes:${workspaceId}`];
}

/** Where all visitors of a workspace hear that somebody may be there now, or nobody any more. */
export function visitorsTopic(workspaceId: string): string {
  return `visitors:${workspaceId}`;
}

/** What an actor listens to. */
export function topicsOf(actor: Actor): string[] {
  // Whoever proved who they are hears of all their conversations, and so of those of this session too.
  if (actor.kind === 'visitor') {
    return [actor.contactId ? `contact:${actor.contactId}` : `visitor:${actor.id}`, visitorsTopic(actor.workspaceId)];
  }
  if (actor.kind !== 'teammate') return [];
  const inboxes =
    actor.inboxIds === 'all' ? [`inboxes:${actor.workspaceId}`] : [...actor.inboxIds].map((id) => `inbox:${id}`);
  return [`workspace:${actor.workspaceId}`, ...inboxes];
}
