import { and, asc, eq, inArray } from 'drizzle-orm';
import { defaultWebChatSettings } from '../../../shared/contract/channel.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import type { Database, Transaction } from '../../database/connection.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { QueryHandlers } from '../../kernel/query-bus.ts';
import { visibleInboxes } from '../../policy/visibility.ts';
import { channel } from './schema.ts';

export function toChannel(row: typeof channel.$inferSelect): Channel {
  return {
    id: row.id,
    inboxId: row.inboxId,
    kind: row.kind,
    name: row.name,
    key: row.key,
    // A channel made before a setting was there has the widget's own.
    settings: { ...defaultWebChatSettings, ...row.settings },
    createdAt: row.createdAt.toISOString(),
  };
}

/** The channel an embed snippet names, with the workspace it belongs to. */
export async function findChannelByKey(db: Database, key: string): Promise<(Channel & { workspaceId: string }) | null> {
  // Postgres takes no NUL, not even to look for it, and a key comes from any address.
  if (key.includes('\0')) return null;
  const [row] = await db.select().from(channel).where(eq(channel.key, key));
  return row ? { ...toChannel(row), workspaceId: row.workspaceId } : null;
}

/** The first is the one shown where nobody has chosen: it stays so, whatever others are called that come later. */
const oldestFirst = [asc(channel.createdAt), asc(channel.id)];

/** The key of the channel that the demo site shows: the one asked for, else the oldest; null while there is none. */
export async function demoChannelKey(db: Database, wanted: string | undefined): Promise<string | null> {
  if (wanted !== undefined && (await findChannelByKey(db, wanted))) return wanted;
  const [row] = await db
    .select({ key: channel.key })
    .from(channel)
    .orderBy(...oldestFirst)
    .limit(1);
  return row?.key ?? null;
}

export async function findChannel(
  db: Database | Transaction,
  workspaceId: string,
  id: string,
): Promise<Channel | null> {
  const [row] = await db
    .select()
    .from(channel)
    .where(and(eq(channel.workspaceId, workspaceId), eq(channel.id, id)));
  return row ? toChannel(row) : null;
}

/** The oldest first. */
export async function readChannels(db: Database, workspaceId: string, ids?: readonly string[]): Promise<Channel[]> {
  const rows = await db
    .select()
    .from(channel)
    .where(and(eq(channel.workspaceId, workspaceId), ids ? inArray(channel.id, [...ids]) : undefined))
    .orderBy(...oldestFirst);
  return rows.map(toChannel);
}

export async function listVisibleChannels(db: Database, actor: Actor): Promise<Channel[]> {
  const visible = visibleInboxes(actor);
  const all = await readChannels(db, actor.workspaceId);
  return visible === 'all' ? all : all.filter((candidate) => visible.has(candidate.inboxId));
}

export const channelQueryHandlers: Pick<QueryHandlers, 'channel.list'> = {
  'channel.list': async ({ db, actor }) => ({ channels: await listVisibleChannels(db, actor) }),
};
