import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, parlour } from '../../database/schema.ts';

/** A file somebody uploaded. The bytes are in the storage, under a random name. */
export const attachment = parlour.table(
  'attachment',
  {
    workspaceId: uuid('workspace_id').notNull(),
    /** Made by the client: an upload that is sent again is the same file. */
    id: uuid('id').notNull(),
    /** Who may put it into a message, as receipts name people. */
    uploader: text('uploader').notNull(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    /** In bytes. A row is made before the first of them comes, so that what a crash leaves behind is found. */
    size: bigint('size', { mode: 'number' }).notNull(),
    /** As it was sent, where it is kept otherwise: by this a repeated upload is known. */
    sentSize: bigint('sent_size', { mode: 'number' }),
    width: integer('width'),
    height: integer('height'),
    storedAs: text('stored_as').notNull(),
    createdAt: at('created_at').notNull(),
    /** Null until all of it is stored. */
    uploadedAt: at('uploaded_at'),
    /** The message it belongs to; null until it is sent. */
    conversationId: uuid('conversation_id'),
    partId: uuid('part_id'),
    /** Whether the contact may see that message. */
    public: boolean('public').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('attachment_unsent')
      .on(table.createdAt)
      .where(sql`part_id is null`),
  ],
);
