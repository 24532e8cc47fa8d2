import { sql } from 'drizzle-orm';
import { index, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Contact, LeadStatus, Lifecycle } from '../../../shared/contract/contact.ts';
import type { Properties } from '../../../shared/contract/form.ts';
import { at, parlour } from '../../database/schema.ts';

export const contact = parlour.table(
  'contact',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name'),
    email: text('email'),
    phone: text('phone'),
    /** How the site names them: the `sub` of its proofs. */
    externalId: text('external_id'),
    claimedEmail: text('claimed_email'),
    claimedPhone: text('claimed_phone'),
    lifecycle: text('lifecycle').$type<Lifecycle>().notNull().default('visitor'),
    leadStatus: text('lead_status').$type<LeadStatus>(),
    /** The teammate who looks after them. */
    ownerId: uuid('owner_id'),
    properties: jsonb('properties').$type<Properties>().notNull().default({}),
    consent: jsonb('consent').$type<Contact['consent']>(),
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
    uniqueIndex('contact_external_id')
      .on(table.workspaceId, table.externalId)
      .where(sql`merged_into_id is null`),
    index('contact_newest').on(table.workspaceId, table.createdAt, table.id),
    index('contact_merged')
      .on(table.workspaceId, table.mergedIntoId)
      .where(sql`merged_into_id is not null`),
  ],
);
