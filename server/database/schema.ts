import { sql } from 'drizzle-orm';
import {
  bigint,
  customType,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

/** Everything of ours lives in one Postgres schema, so that a shared database stays tidy and a drop is one word. */
export const parlour = pgSchema('parlour');

/** A 64-bit transaction id. Compared as xid8 by Postgres, never as text (D4). */
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

/** An instant with time zone, microseconds kept by Postgres, milliseconds used by us. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** One row: what this database is. */
export const installation = parlour.table('installation', {
  id: integer('id').primaryKey().default(1),
  /** Names the log. A restored or new database has another one, so clients do not resume into it (D6). */
  epoch: uuid('epoch')
    .notNull()
    .default(sql`gen_random_uuid()`),
  /** Version of the job queue's own tables, so that a start need not look at them again. */
  workerVersion: text('worker_version'),
});

/** The one log (D4): outbox, audit trail, timeline, feed and resume buffer. */
export const eventLog = parlour.table(
  'event_log',
  {
    id: bigint('id', { mode: 'bigint' }).generatedAlwaysAsIdentity(),
    xid: xid8('xid')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    workspaceId: uuid('workspace_id').notNull(),
    name: text('name').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    conversationId: uuid('conversation_id'),
    contactId: uuid('contact_id'),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull(),
    at: at('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.xid, table.id] }),
    index('event_log_timeline')
      .on(table.workspaceId, table.contactId, table.id)
      .where(sql`contact_id is not null`),
  ],
);

/**
 * One row per executed command: the same id with the same body gets the same answer (D1). It is written for every message, so it is lean:
 * the id first, which is sorted by time and keeps the index warm; workspace and actor as a hash of eight bytes.
 */
export const commandReceipt = parlour.table(
  'command_receipt',
  {
    id: uuid('id').notNull(),
    scope: bigint('scope', { mode: 'bigint' }).notNull(),
    /** Keyed hash of name and input: tells a repeat from a reuse, and nothing about a password in it. */
    fingerprint: uuid('fingerprint').notNull(),
    result: jsonb('result').$type<unknown>(),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.id, table.scope] }), index('command_receipt_age').using('brin', table.at)],
);

/** How far the reactions have read the log (D4). */
export const reactionCursor = parlour.table('reaction_cursor', {
  name: text('name').primaryKey(),
  xid: xid8('xid').notNull(),
  id: bigint('id', { mode: 'bigint' }).notNull(),
});
