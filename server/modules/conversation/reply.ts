import { and, eq, isNotNull } from 'drizzle-orm';
import type { RichBlock } from '../../../shared/contract/block.ts';
import type { CommandResult } from '../../../shared/contract/catalogue.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { BatchedOperation, BatchItem, BatchOutcome } from '../../kernel/operation.ts';
import type { Sql, Transaction } from '../../database/connection.ts';
import { insertRows, selection, updateRows } from '../../database/row-sets.ts';
import { seesConversation } from '../../policy/visibility.ts';
import { conversationColumns, type ConversationRow, type PartRow } from './records.ts';
import { conversation, part } from './schema.ts';
import { filesOf, giveFiles, lockFiles, type Attaching, type UnsentFiles } from './attachments.ts';
import { findSentArticles, readBlocks, type SentArticles } from './blocks.ts';
import { authorOf, nameFiles, ThreadWriter } from './thread.ts';

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

/** What its messages are about: the conversations by id, the articles and files they name, and those of them that are written already. */
type Held = {
  conversations: ReadonlyMap<string, ConversationRow>;
  /** Of conversations that are not locked: the transaction that left them as they are held here. */
  leftBy: ReadonlyMap<string, string>;
  articles: SentArticles;
  files: UnsentFiles;
  written: ReadonlyMap<string, Receipt>;
};

/** The hottest command there is, so it is batched (D14): count in memory, write all rows at once. */
export const reply: BatchedOperation<'conversation.reply', Held> = {
  about: ({ conversationId }) => conversationId,

  async lock(sql, items, recent) {
    const workspaceIds = [...new Set(items.map((item) => item.actor.workspaceId))];
    const ids = [...new Set(items.map((item) => item.input.conversationId))].sort();
    const left = ids.map((id) => recent?.find(id));
    // Locks are taken in one order by all: either all of them now, and files after them, or all with what writes.
    const isKnown = left.every((row) => row) && items.every(({ input }) => !input.attachmentIds);
    const [rows, files, articles, before] = await Promise.all([
      isKnown ? left.map((one) => one!.row as ConversationRow) : lockConversations(sql, workspaceIds, ids),
      lockFiles(sql, items),
      findSentArticles(sql, items),
      // On trust there are none: of two messages with one id Postgres refuses the second.
      recent ? [] : findWritten(sql, workspaceIds, items),
    ]);
    return {
      conversations: new Map(rows.map((row) => [row.id, row])),
      leftBy: new Map(isKnown ? left.map((one, index) => [ids[index]!, one!.xid]) : []),
      articles,
      files,
      written: new Map(before.map((row) => [row.id, row])),
    };
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

  async take(tx, actor, commandId) {
    const [isFree, isTheirs] = await Promise.all([
      takeFree(tx, actor.workspaceId, commandId),
      isReplyOf(tx, actor, commandId),
    ]);
    return isFree || !isTheirs;
  },

  decide(held, items) {
    const parts: PartRow[] = [];
    const attaching: Attaching[] = [];
    const given = new Set<string>();
    const touched = new Map<string, ConversationRow>();
    const outcomes = items.map((item) => {
      const row = touched.get(item.input.conversationId) ?? held.conversations.get(item.input.conversationId);
      if (!row || !seesConversation(item.actor, row)) return { refusal: notFound('conversation') };
      const blocks = readBlocks(item, held.articles);
      if (blocks instanceof DomainError) return { refusal: blocks };
      const files = filesOf(item, held.files, given);
      if (files instanceof DomainError) return { refusal: files };
      const { change, message, outcome } = write(row, item, blocks);
      if (files.length > 0) {
        message.attachments = files;
        nameFiles(change.row, message);
        attaching.push(...files.map(({ id }) => ({ id, part: message })));
      }
      touched.set(row.id, change.row);
      parts.push(...change.parts);
      return outcome;
    });
    const rows = [...touched.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const known = new Map<string, ConversationRow | PartRow>();
    for (const row of rows) known.set(`conversation:${row.id}`, row);
    for (const row of parts) known.set(`part:${row.id}`, row);
    return {
      outcomes,
      known,
      write: (sql) =>
        rows.length === 0
          ? []
          : [
              ...(held.leftBy.size > 0 ? [lockInOrder(sql, rows)] : []),
              updateRows(sql, conversation, rows, changed, ({ id }) => held.leftBy.get(id) ?? null),
              insertRows(sql, part, parts, attaching.length > 0 ? ['answers'] : ['attachments', 'answers']),
              ...(attaching.length > 0 ? [giveFiles(sql, attaching)] : []),
            ],
    };
  },
};

/**
 * Writes a message by this id and takes it back, so that nobody ever reads it: whoever writes one by the same id waits for the end of this transaction, and
 * then finds what it has left; and this one waits for whoever is writing one. @returns whether there is none
 */
async function takeFree(tx: Transaction, workspaceId: string, id: string): Promise<boolean> {
  const seq = 0;
  const [made] = await Promise.all([
    tx
      .insert(part)
      .values({
        workspaceId,
        conversationId: id,
        seq,
        id,
        kind: 'message',
        authorKind: 'system',
        createdAt: new Date(0),
      })
      .onConflictDoNothing()
      .returning({ id: part.id }),
    tx.delete(part).where(and(eq(part.workspaceId, workspaceId), eq(part.conversationId, id), eq(part.seq, seq))),
  ]);
  return made.length > 0;
}

async function isReplyOf(tx: Transaction, actor: Actor, id: string): Promise<boolean> {
  const [held] = await tx
    .select({ row: conversationColumns, authorKind: part.authorKind, authorId: part.authorId })
    .from(part)
    .innerJoin(
      conversation,
      and(eq(conversation.workspaceId, part.workspaceId), eq(conversation.id, part.conversationId)),
    )
    .where(and(eq(part.workspaceId, actor.workspaceId), eq(part.id, id), isNotNull(part.fingerprint)));
  if (!held) return false;
  const author = authorOf(actor, held.row);
  if (author.kind !== held.authorKind) return false;
  if (actor.kind === 'visitor') return seesConversation(actor, held.row);
  return ('id' in author ? author.id : null) === held.authorId;
}

/** In the order of their ids, so that two batches, or a batch and another command, never wait for each other in a ring. */
function lockConversations(sql: Sql, workspaceIds: readonly string[], ids: readonly string[]) {
  return sql<ConversationRow[]>`
    select ${sql.unsafe(selection(conversation))} from parlour.conversation
    where workspace_id = any(${workspaceIds}::uuid[]) and id = any(${ids}::uuid[])
    order by workspace_id, id for update`;
}

/** The same of rows that are known: what writes them would lock them in an order of its own. */
function lockInOrder(sql: Sql, rows: readonly ConversationRow[]) {
  return sql`
    select count(*) from (
      select from parlour.conversation
      where workspace_id = any(${[...new Set(rows.map((row) => row.workspaceId))]}::uuid[]) and id = any(${rows.map((row) => row.id)}::uuid[])
      order by workspace_id, id for update
    ) as locked`;
}

function findWritten(sql: Sql, workspaceIds: readonly string[], items: readonly BatchItem<'conversation.reply'>[]) {
  return sql<Receipt[]>`
    select id, workspace_id as "workspaceId", conversation_id as "conversationId", seq, public_seq as "publicSeq",
      author_kind as "authorKind", author_id as "authorId", fingerprint
    from parlour.part where workspace_id = any(${workspaceIds}::uuid[]) and id = any(${items.map((item) => item.commandId)}::uuid[])`;
}

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
