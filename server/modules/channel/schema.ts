import { jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ChannelKind, WebChatSettings } from '../../../shared/contract/channel.ts';
import { at, parlour } from '../../database/schema.ts';

export const channel = parlour.table(
  'channel',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    inboxId: uuid('inbox_id').notNull(),
    kind: text('kind').$type<ChannelKind>().notNull(),
    name: text('name').notNull(),
    key: text('key').notNull(),
    settings: jsonb('settings').$type<Partial<WebChatSettings>>().notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] }), uniqueIndex('channel_key').on(table.key)],
);
