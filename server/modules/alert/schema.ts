import { index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Alerts } from '../../../shared/contract/teammate.ts';
import { at, parlour } from '../../database/schema.ts';
import type { MailState } from '../../mail/mail-sender.ts';

/** Alerts to teammates by email, and what became of them. */
export const alert = parlour.table(
  'alert',
  {
    workspaceId: uuid('workspace_id').notNull(),
    teammateId: uuid('teammate_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    /** How far the team had read: until they read on, what follows is no news. */
    afterSeq: integer('after_seq').notNull(),
    id: uuid('id').notNull(),
    reason: text('reason').$type<keyof Alerts>().notNull(),
    /** `attempting` is written before the mail server is spoken to: who finds it so after a crash does not know whether the mail went out. */
    state: text('state').$type<MailState>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.teammateId, table.conversationId, table.afterSeq] }),
    index('alert_age').on(table.createdAt),
  ],
);
