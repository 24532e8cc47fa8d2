import { primaryKey, uuid } from 'drizzle-orm/pg-core';
import { parlour } from '../../database/schema.ts';

/** Whose turn it was last in each inbox. Locked while a turn is taken, so two conversations never get the same turn. */
export const rotation = parlour.table(
  'rotation',
  {
    workspaceId: uuid('workspace_id').notNull(),
    inboxId: uuid('inbox_id').notNull(),
    lastTeammateId: uuid('last_teammate_id'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.inboxId] })],
);
