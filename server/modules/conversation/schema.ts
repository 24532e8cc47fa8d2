import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Attachment } from '../../../shared/contract/attachment.ts';
import type { Properties } from '../../../shared/contract/form.ts';
import type { BlockAnswers, Rating } from '../../../shared/contract/block.ts';
import type { Body } from '../../../shared/contract/body.ts';
import type { ConversationStatus } from '../../../shared/contract/conversation.ts';
import type { Activity, Author, PartKind } from '../../../shared/contract/part.ts';
import { at, parlour } from '../../database/schema.ts';

export const conversation = parlour.table(
  'conversation',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    inboxId: uuid('inbox_id').notNull(),
    channelId: uuid('channel_id'),
    contactId: uuid('contact_id').notNull(),
    /** The visitor session it belongs to: that browser, and no other, may read it. */
    sessionId: uuid('session_id'),
    status: text('status').$type<ConversationStatus>().notNull(),
    assigneeId: uuid('assignee_id'),
    snoozedUntil: at('snoozed_until'),
    /** Of what is snoozed: whether a message from the contact ends it. */
    wakesOnReply: boolean('wakes_on_reply').notNull().default(true),
    seq: integer('seq').notNull(),
    publicSeq: integer('public_seq').notNull(),
    inboundSeq: integer('inbound_seq').notNull(),
    readSeq: integer('read_seq').notNull(),
    contactReadSeq: integer('contact_read_seq').notNull(),
    lastMessagePreview: text('last_message_preview').notNull(),
    lastMessageAuthor: text('last_message_author').$type<Author['kind']>().notNull(),
    lastMessageAt: at('last_message_at').notNull(),
    sourceUrl: text('source_url'),
    createdAt: at('created_at').notNull(),
    firstRepliedAt: at('first_replied_at'),
    closedAt: at('closed_at'),
    /** Whether nobody was there when it began: what makes it missed until somebody answers. */
    begunOff: boolean('begun_off').notNull().default(false),
    /** How far a teammate has read, in `publicSeq`: what its visitor is told. It never moves back, as `readSeq` may. */
    teamReadSeq: integer('team_read_seq').notNull().default(0),
    /** The contact's last word on how it was. */
    rating: jsonb('rating').$type<Rating | null>(),
    /** What the page said of it. */
    claimedProperties: jsonb('claimed_properties').$type<Properties | null>(),
    /** Whether a bot stood in for everybody when it began: then it waits for somebody to be there, whatever the inbox does since. */
    begunWithBot: boolean('begun_with_bot').notNull().default(false),
    /**
     * The hour of `lastMessageAt`, in hours since 1970: what indexes know of it. A message changes no index while the hour lasts, so Postgres writes it
     * into the row's own page and no further.
     */
    listedHour: integer('listed_hour')
      .notNull()
      .generatedAlwaysAs(sql`floor(extract(epoch from last_message_at at time zone 'UTC') / 3600)::integer`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('conversation_list').on(table.workspaceId, table.status, table.listedHour),
    // Only what is missed stands in it, so that nearly all messages need not write it.
    index('conversation_missed')
      .on(table.workspaceId, table.listedHour)
      .where(sql`begun_off and first_replied_at is null and status in ('open', 'pending')`),
    index('conversation_contact').on(table.workspaceId, table.contactId),
  ],
);

/** An entry of the thread. */
export const part = parlour.table(
  'part',
  {
    workspaceId: uuid('workspace_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    seq: integer('seq').notNull(),
    id: uuid('id').notNull(),
    publicSeq: integer('public_seq'),
    kind: text('kind').$type<PartKind>().notNull(),
    authorKind: text('author_kind').$type<Author['kind']>().notNull(),
    authorId: uuid('author_id'),
    body: jsonb('body').$type<Body | null>(),
    activity: jsonb('activity').$type<Activity | null>(),
    /** What is shown of its files; the files' own rows say who may have them. */
    attachments: jsonb('attachments').$type<Attachment[] | null>(),
    createdAt: at('created_at').notNull(),
    /** What the contact answered to its blocks. */
    answers: jsonb('answers').$type<BlockAnswers | null>(),
    /** Of a reply: a keyed hash of what was asked, so that the message is its command's receipt too (D1). */
    fingerprint: uuid('fingerprint'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.conversationId, table.seq] }),
    uniqueIndex('part_id').on(table.workspaceId, table.id),
    // For visitors who come back: few messages hold answers, and no other costs anything here.
    index('part_answered')
      .on(table.workspaceId, table.conversationId)
      .where(sql`answers is not null`),
  ],
);
