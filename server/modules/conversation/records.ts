import { getTableColumns } from 'drizzle-orm';
import type { Conversation, VisitorConversation } from '../../../shared/contract/conversation.ts';
import type { Author, Part, VisitorPart } from '../../../shared/contract/part.ts';
import { publicName } from '../../../shared/state/public-name.ts';
import { isoText } from '../../kernel/iso-text.ts';
import { conversation, type part } from './schema.ts';

const { listedHour: _derived, ...written } = getTableColumns(conversation);

/** Without what Postgres derives for its indexes. */
export const conversationColumns = written;
export type ConversationRow = Omit<typeof conversation.$inferSelect, 'listedHour'>;
export type PartRow = typeof part.$inferSelect;

/** A conversation as teammates see it. @param lastAuthorId the teammate who spoke last, where it was read */
export function toConversation(row: ConversationRow, lastAuthorId?: string | null): Conversation {
  return {
    id: row.id,
    inboxId: row.inboxId,
    channelId: row.channelId,
    contactId: row.contactId,
    status: row.status,
    assigneeId: row.assigneeId,
    snoozedUntil: row.snoozedUntil && isoText(row.snoozedUntil),
    wakesOnReply: row.wakesOnReply,
    seq: row.seq,
    publicSeq: row.publicSeq,
    inboundSeq: row.inboundSeq,
    readSeq: row.readSeq,
    contactReadSeq: row.contactReadSeq,
    lastMessage: {
      preview: row.lastMessagePreview,
      authorKind: row.lastMessageAuthor,
      ...(lastAuthorId ? { authorId: lastAuthorId } : {}),
      at: isoText(row.lastMessageAt),
    },
    sourceUrl: row.sourceUrl,
    createdAt: isoText(row.createdAt),
    firstRepliedAt: row.firstRepliedAt && isoText(row.firstRepliedAt),
    closedAt: row.closedAt && isoText(row.closedAt),
    begunOff: row.begunOff,
    rating: row.rating,
    ...(row.claimedProperties ? { claimedProperties: row.claimedProperties } : {}),
  };
}

/** A conversation as its visitor sees it: nothing that tells of the team's inner life. */
export function toVisitorConversation(row: ConversationRow): VisitorConversation {
  return {
    id: row.id,
    status: row.status === 'closed' || row.status === 'resolved' ? 'closed' : 'open',
    publicSeq: row.publicSeq,
    readSeq: row.contactReadSeq,
    teamReadSeq: row.teamReadSeq,
    lastMessage: {
      preview: row.lastMessagePreview,
      authorKind: row.lastMessageAuthor === 'contact' ? 'visitor' : 'teammate',
      at: isoText(row.lastMessageAt),
    },
    createdAt: isoText(row.createdAt),
  };
}

export function toPart(row: PartRow): Part {
  return {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    publicSeq: row.publicSeq,
    kind: row.kind,
    author: toAuthor(row),
    body: row.body,
    activity: row.activity,
    ...(row.attachments ? { attachments: row.attachments } : {}),
    ...(row.answers ? { answers: row.answers } : {}),
    createdAt: isoText(row.createdAt),
  };
}

function toAuthor(row: PartRow): Author {
  return row.authorKind === 'system' || row.authorId === null
    ? { kind: 'system' }
    : { kind: row.authorKind, id: row.authorId };
}

/**
 * A part as the visitor sees it.
 * @param teammateName a teammate's name by id; visitors get the first of it.
 * @returns null for what visitors must not see.
 */
export function toVisitorPart(row: PartRow, teammateName: (id: string) => string): VisitorPart | null {
  if (row.publicSeq === null || row.body === null) return null;
  return {
    id: row.id,
    conversationId: row.conversationId,
    publicSeq: row.publicSeq,
    author: visitorAuthor(row, teammateName),
    body: row.body,
    ...(row.attachments ? { attachments: row.attachments } : {}),
    ...(row.answers ? { answers: row.answers } : {}),
    createdAt: isoText(row.createdAt),
  };
}

function visitorAuthor(row: PartRow, teammateName: (id: string) => string): VisitorPart['author'] {
  if (row.authorKind === 'contact') return { kind: 'visitor' };
  if (row.authorKind === 'teammate' && row.authorId) {
    return { kind: 'teammate', id: row.authorId, name: publicName(teammateName(row.authorId)) };
  }
  return { kind: 'workspace' };
}
