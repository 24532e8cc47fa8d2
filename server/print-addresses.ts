import { demoChannelKey } from './modules/channel/queries.ts';
import { firstWorkspace } from './modules/workspace/queries.ts';
import type { RunningServer } from './start.ts';

/** Where everything is, for whoever started it. */
export async function printAddresses(server: RunningServer, extra: string[]): Promise<void> {
  const { publicUrl, setUpToken, connections } = server;
  const workspace = await firstWorkspace(connections.db);
  const key = await demoChannelKey(connections.db, undefined);
  const lines = workspace
    ? [
        `  Inbox        ${publicUrl}/app`,
        `  Demo site    ${publicUrl}/demo/`,
        ...(key === null ? [] : [`  Embed        <script async src="${publicUrl}/widget.js?channel=${key}"></script>`]),
      ]
    : [
        `  Set up here  ${publicUrl}/app#set-up=${setUpToken}`,
        `               (one time: it makes the owner and the workspace)`,
        `  Demo site    ${publicUrl}/demo/  (its chat works once you have set up)`,
        `  Embed        <script async src="${publicUrl}/widget.js?channel=KEY"></script>  (the inbox shows yours)`,
      ];
  process.stdout.write(`\nParlour is ready.\n\n${[...lines, ...extra].join('\n')}\n\n`);
}
