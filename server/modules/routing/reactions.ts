import type { Reactions } from '../../kernel/reactions.ts';

/** A new conversation looks for an owner. */
export const routingReactions: Reactions = {
  'conversation.started': ({ facts }) => [
    { command: 'conversation.route', input: { conversationId: facts.conversationId } },
  ],
};
