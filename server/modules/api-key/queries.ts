import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../database/connection.ts';
import type { QueryHandlers } from '../../kernel/query-bus.ts';
import { apiKey } from './schema.ts';

/** The key in use with this secret, by the secret's hash. */
export async function findApiKey(db: Database, secretHash: string): Promise<typeof apiKey.$inferSelect | null> {
  const [row] = await db
    .select()
    .from(apiKey)
    .where(and(eq(apiKey.secretHash, secretHash), isNull(apiKey.revokedAt)));
  return row ?? null;
}

/** When a key was last used, to the minute: enough to see which keys are idle, without a write a request. */
export async function touchApiKey(db: Database, key: typeof apiKey.$inferSelect, now: Date): Promise<void> {
  if (key.lastUsedAt !== null && now.getTime() - key.lastUsedAt.getTime() < 60_000) return;
  await db
    .update(apiKey)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKey.workspaceId, key.workspaceId), eq(apiKey.id, key.id)));
}

export const apiKeyQueryHandlers: Pick<QueryHandlers, 'apiKey.list'> = {
  async 'apiKey.list'({ db, workspaceId }) {
    const rows = await db
      .select()
      .from(apiKey)
      .where(and(eq(apiKey.workspaceId, workspaceId), isNull(apiKey.revokedAt)))
      .orderBy(desc(apiKey.createdAt));
    return {
      apiKeys: rows.map((row) => ({
        id: row.id,
        name: row.name,
        prefix: row.prefix,
        scopes: row.scopes,
        createdAt: row.createdAt.toISOString(),
        lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      })),
    };
  },
};
