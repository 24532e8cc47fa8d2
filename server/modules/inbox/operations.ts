import { and, eq } from 'drizzle-orm';
import type { CommandName } from '../../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { notFound } from '../../kernel/errors.ts';
import type { OperationContext, Operations } from '../../kernel/operation.ts';
import { teammate } from '../teammate/schema.ts';
import { inbox, inboxMember } from './schema.ts';

async function lock({ tx, workspaceId }: OperationContext, inboxId: string) {
  const [row] = await tx.select().from(inbox).where(and(eq(inbox.workspaceId, workspaceId), eq(inbox.id, inboxId))).for('update');
  if (!row) throw notFound('inbox');
  return row;
}

export const inboxOperations: Pick<Operations, Extract<CommandName, `inbox.${string}`>> = {
  async 'inbox.create'({ tx, actor, workspaceId, now, emit, run }, { name, routing, schedule }) {
    const inboxId = uuidv7(now.getTime());
    await tx.insert(inbox).values({ workspaceId, id: inboxId, name, routing, schedule, createdAt: now });
    emit('inbox.created', { inboxId });
    if (actor.kind === 'teammate') await run('inbox.addMember', { inboxId, teammateId: actor.id, role: 'admin' });
    return { inboxId };
  },

  async 'inbox.update'(context, { inboxId, ...fields }) {
    const { tx, workspaceId, emit } = context;
    await lock(context, inboxId);
    const wanted = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    if (Object.keys(wanted).length === 0) return {};
    await tx.update(inbox).set(wanted).where(and(eq(inbox.workspaceId, workspaceId), eq(inbox.id, inboxId)));
    emit('inbox.updated', { inboxId });
    return {};
  },

  async 'inbox.addMember'(context, { inboxId, teammateId, role }) {
    const { tx, workspaceId, now, emit } = context;
    await lock(context, inboxId);
    const [member] = await tx.select({ id: teammate.id }).from(teammate).where(and(eq(teammate.workspaceId, workspaceId), eq(teammate.id, teammateId)));
    if (!member) throw notFound('teammate');
    await tx
      .insert(inboxMember)
      .values({ workspaceId, inboxId, teammateId, role, joinedAt: now })
      .onConflictDoUpdate({ target: [inboxMember.workspaceId, inboxMember.inboxId, inboxMember.teammateId], set: { role } });
    emit('inbox.memberAdded', { inboxId, teammateId });
    return {};
  },

  async 'inbox.removeMember'(context, { inboxId, teammateId }) {
    const { tx, workspaceId, emit } = context;
    await lock(context, inboxId);
    const removed = await tx
      .delete(inboxMember)
      .where(and(eq(inboxMember.workspaceId, workspaceId), eq(inboxMember.inboxId, inboxId), eq(inboxMember.teammateId, teammateId)))
      .returning({ id: inboxMember.teammateId });
    if (removed.length > 0) emit('inbox.memberRemoved', { inboxId, teammateId });
    return {};
  },
};
