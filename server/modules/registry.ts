import type { Operations } from '../kernel/operation.ts';
import type { QueryHandlers } from '../kernel/query-bus.ts';
import type { Reactions } from '../kernel/reactions.ts';
import { apiKeyOperations } from './api-key/operations.ts';
import { apiKeyQueryHandlers } from './api-key/queries.ts';
import { articleOperations } from './article/operations.ts';
import { articleQueryHandlers } from './article/queries.ts';
import type { AttachmentLinks } from './attachment/links.ts';
import { attachmentQueryHandlers } from './attachment/queries.ts';
import { channelOperations } from './channel/operations.ts';
import { channelQueryHandlers } from './channel/queries.ts';
import { contactOperations } from './contact/operations.ts';
import { contactQueryHandlers } from './contact/queries.ts';
import { conversationOperations } from './conversation/operations.ts';
import { conversationQueryHandlers } from './conversation/queries.ts';
import { conversationReactions } from './conversation/reactions.ts';
import { inboxOperations } from './inbox/operations.ts';
import { inboxQueryHandlers } from './inbox/queries.ts';
import { routingOperations } from './routing/operations.ts';
import { routingReactions } from './routing/reactions.ts';
import { teammateOperations } from './teammate/operations.ts';
import { teammateQueryHandlers } from './teammate/queries.ts';
import { transcriptOperations } from './transcript/operations.ts';
import { visitorOperations } from './visitor/operations.ts';
import { visitorQueryHandlers } from './visitor/queries.ts';
import { workspaceOperations } from './workspace/operations.ts';
import { workspaceQueryHandlers, type WhoIsOnline } from './workspace/queries.ts';

/** Every module's operations. @param secret the installation's @param sendsMail whether the server was told how to */
export function allOperations(secret: string, sendsMail: boolean): Operations {
  return {
    ...workspaceOperations(secret),
    ...teammateOperations,
    ...inboxOperations,
    ...channelOperations,
    ...apiKeyOperations,
    ...visitorOperations(secret),
    ...contactOperations,
    ...conversationOperations,
    ...routingOperations,
    ...transcriptOperations(sendsMail),
    ...articleOperations,
  };
}

/** Every module's queries. */
export function allQueries(parts: {
  panel: string;
  mailsTranscripts: boolean;
  attachmentLinks: AttachmentLinks;
  publicUrl: string;
  whoIsOnline: WhoIsOnline;
}): QueryHandlers {
  return {
    ...workspaceQueryHandlers({ ...parts, sendsMail: parts.mailsTranscripts }),
    ...teammateQueryHandlers,
    ...inboxQueryHandlers,
    ...channelQueryHandlers,
    ...apiKeyQueryHandlers,
    ...visitorQueryHandlers(parts),
    ...contactQueryHandlers,
    ...conversationQueryHandlers,
    ...attachmentQueryHandlers(parts.attachmentLinks),
    ...articleQueryHandlers,
  };
}

export const allReactions: readonly Reactions[] = [conversationReactions, routingReactions];
