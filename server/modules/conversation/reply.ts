import { and, eq, isNotNull } from 'drizzle-orm';
import type { RichBlock } from '../../../shared/contract/block.ts';
import type { CommandResult } from '../../../shared/contract/catalogue.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { BatchedOperation, BatchItem, BatchOutcome } from '../../kernel/operation.ts';
import { insertRows, selection, updateRows } from '../../database/row-sets.ts';
import { seesConversation } from '../../policy/visibility.ts';
import { conversationColumns, type ConversationRow, type PartRow } from './records.ts';
import { conversation, part } from './schema.ts';
import { attachFiles, missingFiles, type Attaching } from './attachments.ts';
import { findSentArticles, readBlocks, type SentArticles } from './blocks.ts';
import { authorOf, ThreadWriter } from './thread.ts';

/** The columns a message may change. */
const changed = [
  'status',
  'snoozedUntil',
  'closedAt',
  'seq',
  'publicSeq',
  'inboundSeq',
  'readSeq',
  'contactReadSeq',
  'teamReadSeq',
  'lastMessagePreview',
  'lastMessageAuthor',
  'lastMessageAt',
  'firstRepliedAt',
] as const;

/** Enough of a message to know its command again, and to give its answer again. */
type Receipt = Pick<
  PartRow,
  'id' | 'workspaceId' | 'conversationId' | 'seq' | 'publicSeq' | 'authorKind' | 'authorId' | 'fingerprint'
>;

/** What its messages are about: the conversations by id, the articles they name, and those of them that are written already. */
type Held = {
  conversations: ReadonlyMap<string, ConversationRow>;
  articles: SentArticles;
  written: ReadonlyMap<string, Receipt>;
};

/** The hottest command there is, so it is batched (D14): count in memory, write all rows at once. */
export const reply: BatchedOperation<'conversation.reply', Held> = {
  about: ({ conversationId }) => conversationId,

  /** In the order of their ids, so that two batches, or a batch and another command, never wait for each other in a ring. */
  async lock(sql, items) {
    const ids = [...new Set(items.map((item) => item.input.conversationId))].sort();
    const workspaceIds = [...new Set(items.map((item) => item.actor.workspaceId))];
    const articles = findSentArticles(sql, items);
    const locked = sql<ConversationRow[]>`
      select ${sql.unsafe(selection(conversation))} from parlour.conversation
      where workspace_id = any(${workspaceIds}::uuid[]) and id = any(${ids}::uuid[])
      order by workspace_id, id for update`;
    const found = sql<Receipt[]>`
      select id, workspace_id as "workspaceId", conversation_id as "conversationId", seq, public_seq as "publicSeq",
        author_kind as "authorKind", author_id as "authorId", fingerprint
      from parlour.part where workspace_id = any(${workspaceIds}::uuid[]) and id = any(${items.map((item) => item.commandId)}::uuid[])`;
    const [rows, before] = await Promise.all([locked, found]);
    const conversations = new Map(rows.map((row) => [row.id, row]));
    const written = new Map(before.map((row) => [row.id, row]));
    return { conversations, articles: await articles, written };
  },

  /** A message is known by the id of its command, so it is its command's receipt. Who may not see the conversation learns nothing of it. */
  answered({ conversations, written }, { commandId, input, actor }) {
    const row = conversations.get(input.conversationId);
    const before = written.get(commandId);
    if (!row || !seesConversation(actor, row) || before?.workspaceId !== actor.workspaceId) return null;
    const author = authorOf(actor, row);
    const isTheirs =
      before.conversationId === row.id &&
      author.kind === before.authorKind &&
      // Whose contact a visitor is may have changed since; whether the conversation is theirs has been asked.
      (author.kind === 'contact' || ('id' in author ? author.id : null) === before.authorId);
    return { result: placeFor(actor, before), fingerprint: isTheirs ? before.fingerprint : null };
  },

  async holds(tx, actor, commandId) {
    const [held] = await tx
      .select({ row: conversationColumns, authorKind: part.authorKind, authorId: part.authorId })
      .from(part)
      .innerJoin(
        conversation,
        and(eq(conversation.workspaceId, part.workspaceId), eq(conversation.id, part.conversationId)),
      )
      .where(and(eq(part.workspaceId, actor.workspaceId), eq(part.id, commandId), isNotNull(part.fingerprint)));
    if (!held) return false;
    const author = authorOf(actor, held.row);
    if (author.kind !== held.authorKind) return false;
    if (actor.kind === 'visitor') return seesConversation(actor, held.row);
    return ('id' in author ? author.id : null) === held.authorId;
  },

  decide(held, items) {
    const parts: PartRow[] = [];
    const attaching: Attaching[] = [];
    const touched = new Map<string, ConversationRow>();
    const outcomes = items.map((item) => {
      const row = touched.get(item.input.conversationId) ?? held.conversations.get(item.input.conversationId);
      if (!row || !seesConversation(item.actor, row)) return { refusal: notFound('conversation') };
      const blocks = readBlocks(item, held.articles);
      if (blocks instanceof DomainError) return { refusal: blocks };
      const { change, message, outcome } = write(row, item, blocks);
      touched.set(row.id, change.row);
      parts.push(...change.parts);
      const { attachmentIds } = item.input;
      if (attachmentIds) attaching.push({ actor: item.actor, part: message, attachmentIds });
      return outcome;
    });
    const rows = [...touched.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const known = new Map<string, ConversationRow | PartRow>();
    for (const row of rows) known.set(`conversation:${row.id}`, row);
    for (const row of parts) known.set(`part:${row.id}`, row);
    // What is shown of files is known only to the statement that gives them away.
    for (const { part: message } of attaching) {
      known.delete(`part:${message.id}`);
      known.delete(`conversation:${message.conversationId}`);
    }
    return {
      outcomes,
      known,
      write: (sql) =>
        rows.length === 0
          ? []
          : [
              updateRows(sql, conversation, rows, changed),
              insertRows(sql, part, parts, ['attachments', 'answers']),
              ...(attaching.length > 0 ? [attachFiles(sql, attaching)] : []),
            ],
    };
  },

  refusalOf: missingFiles,
};

/** Where a message stands in its thread. A visitor hears no `seq`: from its gaps they would learn that notes exist (D3). */
function placeFor(
  actor: Actor,
  message: Pick<PartRow, 'id' | 'seq' | 'publicSeq'>,
): CommandResult<'conversation.reply'> {
  const publicSeq = message.publicSeq!;
  return { partId: message.id, seq: actor.kind === 'visitor' ? publicSeq : message.seq, publicSeq };
}

function write(row: ConversationRow, item: BatchItem<'conversation.reply'>, blocks: readonly RichBlock[]) {
  const writer = new ThreadWriter(row, item.actor, item.now);
  const author = authorOf(item.actor, row);
  const message = writer.message(item.commandId, item.input.text, author, 'conversation.replied', blocks);
  message.fingerprint = item.fingerprint;
  const outcome: BatchOutcome<'conversation.reply'> = {
    result: placeFor(item.actor, message),
    events: writer.change.events,
  };
  return { change: writer.change, message, outcome };
}
