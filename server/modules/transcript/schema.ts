import { index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, parlour } from '../../database/schema.ts';
import type { MailState } from '../../mail/mail-sender.ts';

/** Transcripts that visitors asked for by email, and what became of them. */
export const transcript = parlour.table(
  'transcript',
  {
    workspaceId: uuid('workspace_id').notNull(),
    /** Of the command that asked for it. */
    id: uuid('id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    /** Where it goes; forgotten when that is settled. */
    email: text('email'),
    /** Stays for a day, so that nobody is written to over and over. */
    emailHash: text('email_hash').notNull(),
    language: text('language').notNull(),
    timeZone: text('time_zone').notNull(),
    /** `attempting` is written before the mail server is spoken to: who finds it so after a crash does not know whether the mail went out. */
    state: text('state').$type<MailState>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('transcript_recent').on(table.workspaceId, table.createdAt),
  ],
);
