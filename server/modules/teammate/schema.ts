import { boolean, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { TeammateRole } from '../../../shared/contract/teammate.ts';
import { at, parlour } from '../../database/schema.ts';

export const teammate = parlour.table(
  'teammate',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    role: text('role').$type<TeammateRole>().notNull(),
    passwordHash: text('password_hash'),
    available: boolean('available').notNull().default(true),
    createdAt: at('created_at').notNull(),
    alertMissed: boolean('alert_missed').notNull().default(false),
    alertYours: boolean('alert_yours').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('teammate_email').on(table.workspaceId, table.email),
  ],
);

/** A signed-in browser. The cookie holds the token, this row only its SHA-256. */
export const signInSession = parlour.table(
  'sign_in_session',
  {
    workspaceId: uuid('workspace_id').notNull(),
    tokenHash: text('token_hash').primaryKey(),
    teammateId: uuid('teammate_id').notNull(),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [index('sign_in_session_expiry').on(table.expiresAt)],
);
