import { and, eq, isNull } from 'drizzle-orm';
import type { CommandName } from '../../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { notFound } from '../../kernel/errors.ts';
import { ShownOnce, type Operations } from '../../kernel/operation.ts';
import { hashToken, randomToken } from '../../kernel/secrets.ts';
import { apiKey } from './schema.ts';

export const apiKeyOperations: Pick<Operations, Extract<CommandName, `apiKey.${string}`>> = {
  async 'apiKey.create'({ tx, workspaceId, now, emit }, { name, scopes }) {
    const apiKeyId = uuidv7(now.getTime());
    const secret = `pk_${randomToken()}`;
    await tx.insert(apiKey).values({
      workspaceId,
      id: apiKeyId,
      name,
      prefix: secret.slice(0, 8),
      secretHash: hashToken(secret),
      scopes: [...new Set(scopes)],
      createdAt: now,
    });
    emit('apiKey.created', { apiKeyId });
    return new ShownOnce({ apiKeyId, secret: null }, { apiKeyId, secret });
  },

  async 'apiKey.revoke'({ tx, workspaceId, now, emit }, { apiKeyId }) {
    const [revoked] = await tx
      .update(apiKey)
      .set({ revokedAt: now })
      .where(and(eq(apiKey.workspaceId, workspaceId), eq(apiKey.id, apiKeyId), isNull(apiKey.revokedAt)))
      .returning({ id: apiKey.id });
    if (!revoked) throw notFound('API key');
    emit('apiKey.revoked', { apiKeyId });
    return {};
  },
};
