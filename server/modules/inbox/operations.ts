import { and, asc, eq, inArray } from 'drizzle-orm';
import type { CommandName } from '../../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { notFound } from '../../kernel/errors.ts';
import type { OperationContext, Operations } from '../../kernel/operation.ts';
import { forbidden, mustBeInboxAdmin } from '../../policy/commands.ts';
import { conversation } from '../conversation/schema.ts';
import { teammate } from '../teammate/schema.ts';
import { offHoursOf } from './queries.ts';
import { inbox, inboxMember } from './schema.ts';

type InboxCommand = Extract<CommandName, `inbox.${string}`>;

/**
 * The inbox, for the rest of the transaction. For whoever may do this only as its admin: with the role, which else could be lost meanwhile; and without
 * it nothing is locked and nothing told, not even whether there is such an inbox.
 */
async function lock({ tx, actor, workspaceId }: OperationContext, name: InboxCommand, inboxId: string) {
  const isIt = and(eq(inbox.workspaceId, workspaceId), eq(inbox.id, inboxId));
  if (mustBeInboxAdmin(name, actor)) {
    const [led] = await tx
      .select({ inbox })
      .from(inbox)
      .innerJoin(
        inboxMember,
        and(
          eq(inboxMember.workspaceId, inbox.workspaceId),
          eq(inboxMember.inboxId, inbox.id),
          eq(inboxMember.teammateId, actor.id),
          eq(inboxMember.role, 'admin'),
        ),
      )
      .where(isIt)
      .for('update');
    if (!led) throw forbidden(name, actor);
    return led.inbox;
  }
  const [row] = await tx.select().from(inbox).where(isIt).for('update');
  if (!row) throw notFound('inbox');
  return row;
}

/** Unfinished conversations of an inbox whose owner is an agent, and so sees only the inboxes they are a member of. */
async function unreachable(
  { tx, workspaceId }: OperationContext,
  inboxId: string,
  teammateId: string,
): Promise<string[]> {
  const rows = await tx
    .select({ id: conversation.id })
    .from(conversation)
    .innerJoin(
      teammate,
      and(eq(teammate.workspaceId, conversation.workspaceId), eq(teammate.id, conversation.assigneeId)),
    )
    .where(
      and(
        eq(conversation.workspaceId, workspaceId),
        eq(conversation.inboxId, inboxId),
        eq(conversation.assigneeId, teammateId),
        inArray(conversation.status, ['open', 'pending', 'snoozed']),
        eq(teammate.role, 'agent'),
      ),
    )
    .orderBy(asc(conversation.id));
  return rows.map((row) => row.id);
}

function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

export const inboxOperations: Pick<Operations, InboxCommand> = {
  async 'inbox.create'({ tx, actor, workspaceId, now, emit, run }, { name, routing, schedule }) {
    const inboxId = uuidv7(now.getTime());
    await tx.insert(inbox).values({ workspaceId, id: inboxId, name, routing, schedule, createdAt: now });
    emit('inbox.created', { inboxId });
    if (actor.kind === 'teammate') await run('inbox.addMember', { inboxId, teammateId: actor.id, role: 'admin' });
    return { inboxId };
  },

  async 'inbox.update'(context, { inboxId, offHours, ...fields }) {
    const { tx, workspaceId, emit } = context;
    const held = await lock(context, 'inbox.update', inboxId);
    const changes = { ...fields, ...(offHours ? { offHours: { ...offHoursOf(held), ...given(offHours) } } : {}) };
    const wanted = given(changes);
    if (Object.keys(wanted).length === 0) return {};
    await tx
      .update(inbox)
      .set(wanted)
      .where(and(eq(inbox.workspaceId, workspaceId), eq(inbox.id, inboxId)));
    emit('inbox.updated', { inboxId });
    return {};
  },

  async 'inbox.addMember'(context, { inboxId, teammateId, role }) {
    const { tx, workspaceId, now, emit } = context;
    await lock(context, 'inbox.addMember', inboxId);
    const [member] = await tx
      .select({ id: teammate.id })
      .from(teammate)
      .where(and(eq(teammate.workspaceId, workspaceId), eq(teammate.id, teammateId)));
    if (!member) throw notFound('teammate');
    await tx
      .insert(inboxMember)
      .values({ workspaceId, inboxId, teammateId, role, joinedAt: now })
      .onConflictDoUpdate({
        target: [inboxMember.workspaceId, inboxMember.inboxId, inboxMember.teammateId],
        set: { role },
      });
    emit('inbox.memberAdded', { inboxId, teammateId });
    return {};
  },

  async 'inbox.removeMember'(context, { inboxId, teammateId }) {
    const { tx, workspaceId, emit, run } = context;
    await lock(context, 'inbox.removeMember', inboxId);
    const removed = await tx
      .delete(inboxMember)
      .where(
        and(
          eq(inboxMember.workspaceId, workspaceId),
          eq(inboxMember.inboxId, inboxId),
          eq(inboxMember.teammateId, teammateId),
        ),
      )
      .returning({ id: inboxMember.teammateId });
    if (removed.length === 0) return {};
    emit('inbox.memberRemoved', { inboxId, teammateId });
    // What they can no longer see they can no longer answer: it goes back to the queue, where somebody will.
    for (const conversationId of await unreachable(context, inboxId, teammateId))
      await run('conversation.assign', { conversationId, assigneeId: null });
    return {};
  },
};
