import { and, eq } from 'drizzle-orm';
import { notFound } from '../../kernel/errors.ts';
import type { OperationContext } from '../../kernel/operation.ts';
import { seesConversation } from '../../policy/visibility.ts';
import { conversationColumns, type ConversationRow } from './records.ts';
import { conversation, part } from './schema.ts';
import { ThreadWriter } from './thread.ts';

/** The conversation under its row lock. @throws not_found when it is not there or not for this actor */
export async function lock(
  { tx, actor, workspaceId }: OperationContext,
  conversationId: string,
): Promise<ConversationRow> {
  const [row] = await tx
    .select(conversationColumns)
    .from(conversation)
    .where(and(eq(conversation.workspaceId, workspaceId), eq(conversation.id, conversationId)))
    .for('update');
  if (!row || !seesConversation(actor, row)) throw notFound('conversation');
  return row;
}

export function at(row: ConversationRow) {
  return and(eq(conversation.workspaceId, row.workspaceId), eq(conversation.id, row.id));
}

/** Writes what a thread writer gathered, and hands its facts to the log. */
export async function save({ tx, emit }: OperationContext, writer: ThreadWriter): Promise<void> {
  const { row, parts, events } = writer.change;
  await tx.update(conversation).set(row).where(at(row));
  if (parts.length > 0) await tx.insert(part).values(parts);
  for (const event of events) emit(event.name, event.facts as never, event);
}

/** Changes one conversation's thread by one step; answers with the head it has then. */
export async function change(
  context: OperationContext,
  conversationId: string,
  step: (writer: ThreadWriter, row: ConversationRow) => unknown,
): Promise<{ seq: number }> {
  const row = await lock(context, conversationId);
  const writer = new ThreadWriter(row, context.actor, context.now);
  await step(writer, row);
  if (writer.change.parts.length > 0) await save(context, writer);
  return { seq: writer.row.seq };
}
