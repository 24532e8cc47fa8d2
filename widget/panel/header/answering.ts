import { teammateName } from '../teammate-name.ts';
import type { VisitorChat } from '../visitor-chat.ts';

/** So long somebody who wrote counts as being there still. */
const STAYING_MS = 600_000;

/**
 * Who of the team answers in a conversation at this moment, whatever the hours: their name, or nothing.
 * @param now Unix time in milliseconds.
 */
export function answering(chat: VisitorChat, conversationId: string, now: number): string | undefined {
  const { visitor, typing } = chat;
  if (visitor?.conversations.get(conversationId)?.status !== 'open') return undefined;
  const since = new Date(now - STAYING_MS).toISOString();
  const said = chat
    .threadOf(conversationId)
    .thread.parts.slice(-9)
    .flatMap(({ author, createdAt }) => (author.kind === 'teammate' && createdAt > since ? author : []));
  const who = typing?.in(conversationId) ?? said.at(-1);
  return who && teammateName(visitor.team, who);
}
