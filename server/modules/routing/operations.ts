import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../database/connection.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Operations } from '../../kernel/operation.ts';
import { conversation } from '../conversation/schema.ts';
import { attendance, availableMembers, findInbox } from '../inbox/queries.ts';
import { nextInTurn } from './rotation.ts';
import { rotation } from './schema.ts';

/** Takes the next turn of an inbox under a lock, so that two conversations never get the same one. */
async function takeTurn(tx: Transaction, workspaceId: string, inboxId: string): Promise<string | null> {
  await tx.insert(rotation).values({ workspaceId, inboxId }).onConflictDoNothing();
  const key = and(eq(rotation.workspaceId, workspaceId), eq(rotation.inboxId, inboxId));
  const [row] = await tx.select().from(rotation).where(key).for('update');
  const chosen = nextInTurn(await availableMembers(tx, workspaceId, inboxId), row?.lastTeammateId ?? null);
  if (chosen !== null) await tx.update(rotation).set({ lastTeammateId: chosen }).where(key);
  return chosen;
}

export const routingOperations: Pick<Operations, 'conversation.route'> = {
  async 'conversation.route'({ tx, workspaceId, now, run }, { conversationId }) {
    const [held] = await tx
      .select({
        inboxId: conversation.inboxId,
        assigneeId: conversation.assigneeId,
        status: conversation.status,
        begunWithBot: conversation.begunWithBot,
        firstRepliedAt: conversation.firstRepliedAt,
        lastMessageAuthor: conversation.lastMessageAuthor,
      })
      .from(conversation)
      .where(and(eq(conversation.workspaceId, workspaceId), eq(conversation.id, conversationId)))
      .for('update');
    if (!held) throw notFound('conversation');
    const inbox = await findInbox(tx, workspaceId, held.inboxId);
    if (held.assigneeId !== null || inbox?.routing !== 'rotate') return { assigneeId: held.assigneeId };
    if (held.begunWithBot) {
      // Since it was looked at, a teammate may have written or closed it, or the bot have answered.
      const isOpen = held.status === 'open' || held.status === 'pending';
      const waits = isOpen && held.firstRepliedAt === null && held.lastMessageAuthor === 'contact';
      // Until somebody is there it is the bot's.
      if (!waits || !(await attendance(tx, inbox, now)).open) return { assigneeId: null };
    }
    const assigneeId = await takeTurn(tx, workspaceId, held.inboxId);
    if (assigneeId !== null) await run('conversation.assign', { conversationId, assigneeId });
    return { assigneeId };
  },
};
