import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { CommandName } from '../../../shared/contract/catalogue.ts';
import { defaultWebChatSettings } from '../../../shared/contract/channel.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { notFound } from '../../kernel/errors.ts';
import type { OperationContext, Operations } from '../../kernel/operation.ts';
import { inbox } from '../inbox/schema.ts';
import { channel } from './schema.ts';

async function mustHaveInbox({ tx, workspaceId }: OperationContext, inboxId: string): Promise<void> {
  const [row] = await tx
    .select({ id: inbox.id })
    .from(inbox)
    .where(and(eq(inbox.workspaceId, workspaceId), eq(inbox.id, inboxId)));
  if (!row) throw notFound('inbox');
}

function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

export const channelOperations: Pick<Operations, Extract<CommandName, `channel.${string}`>> = {
  async 'channel.create'(context, { inboxId, name, kind, settings }) {
    const { tx, workspaceId, now, emit } = context;
    await mustHaveInbox(context, inboxId);
    const channelId = uuidv7(now.getTime());
    // Public, so short enough to read aloud; random, so that nobody counts through other people's channels.
    const key = randomBytes(9).toString('base64url').replace(/[-_]/g, 'x');
    await tx.insert(channel).values({
      workspaceId,
      id: channelId,
      inboxId,
      kind,
      name,
      key,
      settings: { ...defaultWebChatSettings, ...given(settings) },
      createdAt: now,
    });
    emit('channel.created', { channelId });
    return { channelId, key };
  },

  async 'channel.update'(context, { channelId, inboxId, name, settings }) {
    const { tx, workspaceId, emit } = context;
    const key = and(eq(channel.workspaceId, workspaceId), eq(channel.id, channelId));
    const [held] = await tx.select().from(channel).where(key).for('update');
    if (!held) throw notFound('channel');
    if (inboxId !== undefined) await mustHaveInbox(context, inboxId);
    await tx
      .update(channel)
      .set({ ...given({ inboxId, name }), settings: { ...held.settings, ...given(settings ?? {}) } })
      .where(key);
    emit('channel.updated', { channelId });
    return {};
  },
};
