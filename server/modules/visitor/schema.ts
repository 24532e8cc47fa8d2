import { index, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { TrackedMetadata } from '../../../shared/contract/visitor.ts';
import { at, parlour } from '../../database/schema.ts';

/** What a browser holds: made when the chat is opened, tied to a contact by the first message. */
export const visitorSession = parlour.table(
  'visitor_session',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    tokenHash: text('token_hash').notNull(),
    channelId: uuid('channel_id').notNull(),
    contactId: uuid('contact_id'),
    /** Who it was proved to be, as the site names them; null: nobody known. */
    externalId: text('external_id'),
    pageUrl: text('page_url'),
    createdAt: at('created_at').notNull(),
    lastSeenAt: at('last_seen_at').notNull(),
    /** Set when the visitor signed out: the token is of no use any more. */
    endedAt: at('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('visitor_session_token').on(table.tokenHash),
    index('visitor_session_contact').on(table.workspaceId, table.contactId),
  ],
);

/** What was said of something that a visitor did: apart from the log, which holds no words that may have to be forgotten. */
export const trackedMetadata = parlour.table(
  'tracked_metadata',
  {
    workspaceId: uuid('workspace_id').notNull(),
    /** Of the command that told of it. */
    id: uuid('id').notNull(),
    sessionId: uuid('session_id').notNull(),
    metadata: jsonb('metadata').$type<TrackedMetadata>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);
