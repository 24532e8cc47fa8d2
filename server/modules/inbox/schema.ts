import { boolean, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Form } from '../../../shared/contract/form.ts';
import type { Inbox, Routing } from '../../../shared/contract/inbox.ts';
import type { OffHours } from '../../../shared/contract/off-hours.ts';
import type { Schedule } from '../../../shared/contract/schedule.ts';
import { at, parlour } from '../../database/schema.ts';

export const inbox = parlour.table(
  'inbox',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    routing: text('routing').$type<Routing>().notNull(),
    schedule: jsonb('schedule').$type<Schedule | null>(),
    /** Null: as Parlour does it by default. */
    offHours: jsonb('off_hours').$type<OffHours | null>(),
    preChat: jsonb('pre_chat').$type<Form | null>(),
    askForRating: boolean('ask_for_rating').notNull().default(true),
    showQueuePosition: boolean('show_queue_position').notNull().default(true),
    notifies: text('notifies').$type<Inbox['notifies']>().notNull().default('everyone'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

export const inboxMember = parlour.table(
  'inbox_member',
  {
    workspaceId: uuid('workspace_id').notNull(),
    inboxId: uuid('inbox_id').notNull(),
    teammateId: uuid('teammate_id').notNull(),
    role: text('role').$type<'admin' | 'agent'>().notNull(),
    joinedAt: at('joined_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.inboxId, table.teammateId] })],
);
