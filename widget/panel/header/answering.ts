import { teammateName } from '../teammate-name.ts';
import type { VisitorChat } from '../visitor-chat.ts';

/**
 * Who of the team answers in a conversation at this moment, whatever the hours: their name, or nothing.
 * @param now Unix time in milliseconds.
 */
export function answering({ visitor, typing }: VisitorChat, conversationId: string, now: number): string | undefined {
  const who = typing?.lately(conversationId, now);
  return who && visitor?.conversations.get(conversationId)?.status === 'open'
    ? teammateName(visitor.team, who)
    : undefined;
}
