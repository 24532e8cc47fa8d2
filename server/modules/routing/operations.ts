import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../database/connection.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Operations } from '../../kernel/operation.ts';
import { conversation } from '../conversation/schema.ts';
import { attendance, availableMembers, findInbox, offHoursOf } from '../inbox/queries.ts';
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
        begunOff: conversation.begunOff,
      })
      .from(conversation)
      .where(and(eq(conversation.workspaceId, workspaceId), eq(conversation.id, conversationId)))
      .for('update');
    if (!held) throw notFound('conversation');
    const inbox = await findInbox(tx, workspaceId, held.inboxId);
    if (held.assigneeId !== null || inbox?.routing !== 'rotate') return { assigneeId: held.assigneeId };
    // Until somebody is there it is the bot's.
    const isBots = held.begunOff && offHoursOf(inbox).mode === 'bot';
    if (isBots && !(await attendance(tx, inbox, now)).open) return { assigneeId: null };
    const assigneeId = await takeTurn(tx, workspaceId, held.inboxId);
    if (assigneeId !== null) await run('conversation.assign', { conversationId, assigneeId });
    return { assigneeId };
  },
};
