import { notFound } from '../../kernel/errors.ts';
import type { BatchedOperation, BatchItem, BatchOutcome } from '../../kernel/operation.ts';
import type { Sql } from '../../database/connection.ts';
import { fromRaw, insertRows, updateRows } from '../../database/row-sets.ts';
import { seesConversation } from '../../policy/visibility.ts';
import type { ConversationRow, PartRow } from './records.ts';
import { conversation, part } from './schema.ts';
import { authorOf, ThreadWriter } from './thread.ts';

/** The columns a message may change. */
const changed = [
  'status', 'snoozedUntil', 'closedAt', 'seq', 'publicSeq', 'inboundSeq', 'readSeq', 'contactReadSeq',
  'lastMessagePreview', 'lastMessageAuthor', 'lastMessageAt', 'firstRepliedAt',
] as const;

/** The hottest command there is, so it is batched (D14): lock the conversations, count in memory, write all rows at once. */
export const reply: BatchedOperation<'conversation.reply'> = {
  async batch(sql, items) {
    const held = await lockConversations(sql, items.map((item) => ({ workspaceId: item.actor.workspaceId, id: item.input.conversationId })));
    const known = new Map<string, ConversationRow | PartRow>();
    const parts: PartRow[] = [];
    const touched = new Set<string>();
    const outcomes = items.map((item) => {
      const row = held.get(item.input.conversationId);
      if (!row || !seesConversation(item.actor, row)) return { refusal: notFound('conversation') };
      const { change, outcome } = write(row, item);
      held.set(row.id, change.row);
      touched.add(row.id);
      parts.push(...change.parts);
      return outcome;
    });
    const rows = [...touched].map((id) => held.get(id)!);
    if (rows.length > 0) {
      await Promise.all([insertRows(sql, part, parts), updateRows(sql, conversation, rows, changed)]);
    }
    for (const row of rows) known.set(`conversation:${row.id}`, row);
    for (const row of parts) known.set(`part:${row.id}`, row);
    return { outcomes, known };
  },
};

function write(row: ConversationRow, item: BatchItem<'conversation.reply'>) {
  const writer = new ThreadWriter(row, item.actor, item.now);
  const message = writer.message(item.commandId, item.input.text, authorOf(item.actor, row), 'conversation.replied');
  const outcome: BatchOutcome<'conversation.reply'> = {
    result: { partId: message.id, seq: message.seq, publicSeq: message.publicSeq! },
    events: writer.change.events,
  };
  return { change: writer.change, outcome };
}

/** Locks conversations in the order of their ids, so that two batches, or a batch and another command, never wait for each other in a ring. */
async function lockConversations(sql: Sql, wanted: readonly { workspaceId: string; id: string }[]): Promise<Map<string, ConversationRow>> {
  const ids = [...new Set(wanted.map((one) => one.id))].sort();
  const workspaceIds = [...new Set(wanted.map((one) => one.workspaceId))];
  const rows = await sql<Record<string, unknown>[]>`
    select * from parlour.conversation where workspace_id = any(${workspaceIds}::uuid[]) and id = any(${ids}::uuid[])
    order by workspace_id, id for update`;
  return new Map(rows.map((raw) => [raw['id'] as string, fromRaw(conversation, raw)]));
}
