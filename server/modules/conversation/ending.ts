import { and, eq } from 'drizzle-orm';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import type { OperationContext } from '../../kernel/operation.ts';
import { findInbox } from '../inbox/queries.ts';
import { part } from './schema.ts';
import type { ThreadWriter } from './thread.ts';

/**
 * Asks the contact how it was, at the end of a conversation, where its inbox wants to know: not whoever has said it, nor whoever has the question
 * before them still, nor where nobody reads it because it did not begin in a chat.
 */
export async function askForRating(context: OperationContext, writer: ThreadWriter): Promise<void> {
  const { tx, workspaceId, now } = context;
  const { row } = writer;
  if (row.sessionId === null || row.rating !== null) return;
  const inbox = await findInbox(tx, workspaceId, row.inboxId);
  if (!inbox?.askForRating) return;
  const [last] = await tx
    .select({ body: part.body })
    .from(part)
    .where(and(eq(part.workspaceId, workspaceId), eq(part.conversationId, row.id), eq(part.publicSeq, row.publicSeq)));
  if (last?.body?.some(({ type }) => type === 'rating')) return;
  // Its own id: that of the command is nobody's message.
  writer.askForRating(uuidv7(now.getTime()));
}
