import { sql } from 'drizzle-orm';
import { index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, parlour } from '../../database/schema.ts';

export const contact = parlour.table(
  'contact',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name'),
    email: text('email'),
    phone: text('phone'),
    createdAt: at('created_at').notNull(),
    lastSeenAt: at('last_seen_at'),
    /** Set when this contact was merged away; its log entries still tell of it. */
    mergedIntoId: uuid('merged_into_id'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    // One living contact per address: what makes "matched or created" safe when two messages arrive at once.
    uniqueIndex('contact_email')
      .on(table.workspaceId, table.email)
      .where(sql`merged_into_id is null`),
    uniqueIndex('contact_phone')
      .on(table.workspaceId, table.phone)
      .where(sql`merged_into_id is null`),
    index('contact_newest').on(table.workspaceId, table.createdAt, table.id),
    index('contact_merged')
      .on(table.workspaceId, table.mergedIntoId)
      .where(sql`merged_into_id is not null`),
  ],
);
