import { and, eq, inArray, ne } from 'drizzle-orm';
import type { CommandName } from '../../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { actorId } from '../../kernel/actor.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { Operations } from '../../kernel/operation.ts';
import { inbox } from '../inbox/schema.ts';
import { hashPassword, isPassword } from './password.ts';
import { findPasswordHash } from './queries.ts';
import { signInSession, teammate } from './schema.ts';

export const teammateOperations: Pick<Operations, Extract<CommandName, `teammate.${string}`>> = {
  'teammate.create': {
    async prepare(_db, _actor, { password }) {
      return { passwordHash: password === undefined ? null : await hashPassword(password) };
    },

    async operate(
      { tx, actor, workspaceId, now, emit, run },
      { name, email, role, inboxIds },
      { passwordHash }: { passwordHash: string | null },
    ) {
      if (role === 'owner' && actor.kind === 'teammate' && actor.role !== 'owner') {
        throw new DomainError('forbidden', 'Only an owner can make another owner.');
      }
      const inboxes =
        inboxIds.length === 0
          ? []
          : await tx
              .select({ id: inbox.id })
              .from(inbox)
              .where(and(eq(inbox.workspaceId, workspaceId), inArray(inbox.id, inboxIds)));
      if (inboxes.length !== new Set(inboxIds).size) throw notFound('inbox');
      const teammateId = uuidv7(now.getTime());
      const made = await tx
        .insert(teammate)
        .values({ workspaceId, id: teammateId, name, email, role, passwordHash, createdAt: now })
        .onConflictDoNothing()
        .returning({ id: teammate.id });
      if (made.length === 0) {
        throw new DomainError('conflict', 'There is a teammate with this email already.', {
          fields: { email: 'belongs to a teammate already: use another address' },
        });
      }
      emit('teammate.created', { teammateId });
      for (const { id: inboxId } of inboxes) await run('inbox.addMember', { inboxId, teammateId });
      return { teammateId };
    },
  },

  async 'teammate.rename'({ tx, actor, workspaceId, emit }, { name }) {
    if (actor.kind !== 'teammate') throw new DomainError('forbidden', 'Only a teammate can change their own name.');
    const changed = await tx
      .update(teammate)
      .set({ name })
      .where(and(eq(teammate.workspaceId, workspaceId), eq(teammate.id, actor.id), ne(teammate.name, name)))
      .returning({ id: teammate.id });
    if (changed.length > 0) emit('teammate.renamed', { teammateId: actor.id });
    return {};
  },

  'teammate.changePassword': {
    async prepare(db, actor, { current, password }) {
      const held = await findPasswordHash(db, actor.workspaceId, actorId(actor));
      const isRight = held !== null && (await isPassword(current, held));
      return { held, next: isRight ? await hashPassword(password) : null };
    },

    async operate(
      { tx, actor, workspaceId, emit },
      _input,
      { held, next }: { held: string | null; next: string | null },
    ) {
      if (actor.kind !== 'teammate')
        throw new DomainError('forbidden', 'Only a teammate can change their own password.');
      const teammateId = actor.id;
      if (held === null) {
        throw new DomainError('conflict', 'You come in through your own app and have no password here.');
      }
      if (next === null) {
        throw new DomainError('invalid', 'Your current password is not this one.', {
          fields: { current: 'is not your current password' },
        });
      }
      const changed = await tx
        .update(teammate)
        .set({ passwordHash: next })
        .where(and(eq(teammate.workspaceId, workspaceId), eq(teammate.id, teammateId), eq(teammate.passwordHash, held)))
        .returning({ id: teammate.id });
      if (changed.length === 0) {
        throw new DomainError('conflict', 'Your password was changed elsewhere just now. Try again with that one.');
      }
      await tx
        .delete(signInSession)
        .where(
          and(
            eq(signInSession.workspaceId, workspaceId),
            eq(signInSession.teammateId, teammateId),
            actor.sessionHash === undefined ? undefined : ne(signInSession.tokenHash, actor.sessionHash),
          ),
        );
      emit('teammate.passwordChanged', { teammateId });
      return {};
    },
  },

  async 'teammate.setAvailability'({ tx, actor, workspaceId, emit }, { available }) {
    const teammateId = actorId(actor);
    if (actor.kind !== 'teammate' || teammateId === null)
      throw new DomainError('forbidden', 'Only a teammate can turn themselves on or off.');
    const changed = await tx
      .update(teammate)
      .set({ available })
      .where(
        and(eq(teammate.workspaceId, workspaceId), eq(teammate.id, teammateId), eq(teammate.available, !available)),
      )
      .returning({ id: teammate.id });
    if (changed.length > 0) emit('teammate.availabilityChanged', { teammateId, available });
    return {};
  },

  async 'teammate.setAlerts'({ tx, actor, workspaceId, emit }, wanted) {
    const teammateId = actorId(actor);
    if (actor.kind !== 'teammate' || teammateId === null)
      throw new DomainError('forbidden', 'Only a teammate can choose their own alerts.');
    const own = and(eq(teammate.workspaceId, workspaceId), eq(teammate.id, teammateId));
    const [held] = await tx.select().from(teammate).where(own).for('update');
    if (!held) throw notFound('teammate');
    const alerts = { missed: wanted.missed ?? held.alertMissed, yours: wanted.yours ?? held.alertYours };
    if (alerts.missed === held.alertMissed && alerts.yours === held.alertYours) return {};
    await tx.update(teammate).set({ alertMissed: alerts.missed, alertYours: alerts.yours }).where(own);
    emit('teammate.alertsChanged', { teammateId, alerts });
    return {};
  },
};
