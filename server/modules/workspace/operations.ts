import { eq, sql } from 'drizzle-orm';
import type { CommandName } from '../../../shared/contract/catalogue.ts';
import { officeHours } from '../../../shared/contract/office-hours.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { DomainError } from '../../kernel/errors.ts';
import { ShownOnce, type Operations } from '../../kernel/operation.ts';
import { randomToken, seal } from '../../kernel/secrets.ts';
import { firstWorkspace } from './queries.ts';
import { workspace } from './schema.ts';

/** @param secret the installation's: what the workspace's own secrets are sealed with. */
export function workspaceOperations(secret: string): Pick<Operations, Extract<CommandName, `workspace.${string}`>> {
  return {
    async 'workspace.create'({ tx, now, emit, run }, { name, ownerName, email, password, timeZone }) {
      // Two set-up forms sent at once must not make two workspaces.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parlour set-up'))`);
      if (await firstWorkspace(tx)) {
        throw new DomainError('gone', 'This Parlour is set up already. Sign in instead, or ask its owner to add you.');
      }
      const workspaceId = uuidv7(now.getTime());
      await tx.insert(workspace).values({ id: workspaceId, name, createdAt: now });
      emit('workspace.created', {}, { workspaceId });
      const system = { kind: 'system', workspaceId } as const;
      const { inboxId } = await run(
        'inbox.create',
        { name: 'Customer Support', schedule: officeHours(timeZone) },
        system,
      );
      const { channelId } = await run('channel.create', { inboxId, name: 'Website chat' }, system);
      const { teammateId } = await run('teammate.create', { name: ownerName, email, password, role: 'owner' }, system);
      await run('inbox.addMember', { inboxId, teammateId, role: 'admin' }, system);
      return { workspaceId, teammateId, inboxId, channelId };
    },

    async 'workspace.rename'({ tx, workspaceId, emit }, { name }) {
      await tx.update(workspace).set({ name }).where(eq(workspace.id, workspaceId));
      emit('workspace.renamed', {});
      return {};
    },

    async 'workspace.rotateSigningSecret'({ tx, workspaceId, emit }) {
      const fresh = `ps_${randomToken()}`;
      await tx
        .update(workspace)
        .set({ signingSecret: seal(secret, fresh) })
        .where(eq(workspace.id, workspaceId));
      emit('workspace.signingSecretRotated', {});
      return new ShownOnce({ secret: null }, { secret: fresh });
    },

    async 'workspace.rotateIdentitySecret'({ tx, workspaceId, emit }) {
      const fresh = `is_${randomToken()}`;
      await tx
        .update(workspace)
        .set({ identitySecret: seal(secret, fresh) })
        .where(eq(workspace.id, workspaceId));
      emit('workspace.identitySecretRotated', {});
      return new ShownOnce({ secret: null }, { secret: fresh });
    },
  };
}
