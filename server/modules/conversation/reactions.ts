import type { Reactions } from '../../kernel/reactions.ts';

/** A snoozed conversation wakes by itself. A later snooze moves the alarm: there is one a conversation. */
export const conversationReactions: Reactions = {
  'conversation.snoozed': ({ facts }) => [
    {
      command: 'conversation.wake',
      input: { conversationId: facts.conversationId, until: facts.until },
      runAt: new Date(facts.until),
      key: `wake ${facts.conversationId}`,
    },
  ],
};
