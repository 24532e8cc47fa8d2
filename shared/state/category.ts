import type { Category, Conversation } from '../contract/conversation.ts';

type Facts = Pick<Conversation, 'status' | 'assigneeId' | 'firstRepliedAt' | 'begunOff'>;

/**
 * Which of the four daily piles a conversation lies in. What came while nobody was there and has no answer is missed, whoever owns it;
 * else what has an owner is theirs, and what has none and no answer is new.
 * @returns null for what is not to be worked on now: snoozed, resolved, closed
 */
export function categoryOf({ status, assigneeId, firstRepliedAt, begunOff }: Facts, meId: string): Category | null {
  if (status !== 'open' && status !== 'pending') return null;
  if (firstRepliedAt === null && begunOff) return 'missed';
  if (firstRepliedAt === null && assigneeId === null) return 'new';
  return assigneeId === meId ? 'yours' : 'others';
}
