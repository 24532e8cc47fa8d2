import type { Logger } from 'pino';
import { NO_WORKSPACE } from './kernel/actor.ts';
import { firstWorkspace } from './modules/workspace/queries.ts';
import type { RunningServer } from './start.ts';

/** Unattended set-up: makes the workspace when there is none. */
export async function makeOwner(
  server: RunningServer,
  owner: { email: string; password: string },
  log: Logger,
): Promise<void> {
  if (await firstWorkspace(server.connections.db)) return;
  await server.commandBus.execute(
    'workspace.create',
    {
      name: 'My workspace',
      ownerName: owner.email.split('@')[0]!,
      email: owner.email,
      password: owner.password,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    { kind: 'set-up', workspaceId: NO_WORKSPACE },
  );
  log.info({}, 'made the workspace and its owner from the environment');
}
