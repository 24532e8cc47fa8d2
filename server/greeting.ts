import type { Logger } from 'pino';
import { NO_WORKSPACE } from './kernel/actor.ts';
import { readChannels } from './modules/channel/queries.ts';
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

/** Where everything is, for whoever started it. */
export async function greet(server: RunningServer, extra: string[]): Promise<void> {
  const { publicUrl, setUpToken, connections } = server;
  const workspace = await firstWorkspace(connections.db);
  const [channel] = workspace ? await readChannels(connections.db, workspace.id) : [];
  const lines = workspace
    ? [
        `  Inbox        ${publicUrl}/app`,
        `  Demo site    ${publicUrl}/demo/`,
        ...(channel
          ? [`  Embed        <script async src="${publicUrl}/widget.js?channel=${channel.key}"></script>`]
          : []),
      ]
    : [
        `  Set up here  ${publicUrl}/app#set-up=${setUpToken}`,
        `               (one time: it makes the owner and the workspace)`,
        `  Demo site    ${publicUrl}/demo/  (its chat works once you have set up)`,
        `  Embed        <script async src="${publicUrl}/widget.js?channel=KEY"></script>  (the inbox shows yours)`,
      ];
  process.stdout.write(`\nParlour is ready.\n\n${[...lines, ...extra].join('\n')}\n\n`);
}
