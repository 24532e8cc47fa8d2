import type { Channel, ChannelConfiguration } from '../../../shared/contract/channel.ts';
import { channelLook } from '../../../shared/state/channel-look.ts';
import type { Database } from '../../database/connection.ts';
import { attendance, findInbox } from '../../modules/inbox/queries.ts';
import { findWorkspace } from '../../modules/workspace/queries.ts';

/**
 * What a stranger's page may know of a channel.
 * @param panel path of the panel's module below the server's origin.
 */
export async function channelConfiguration(
  db: Database,
  channel: Channel & { workspaceId: string },
  panel: string,
  now: Date,
): Promise<ChannelConfiguration> {
  const [workspace, inbox] = await Promise.all([
    findWorkspace(db, channel.workspaceId),
    findInbox(db, channel.workspaceId, channel.inboxId),
  ]);
  return {
    key: channel.key,
    name: workspace?.name ?? '',
    ...channelLook(channel.settings),
    availability: inbox ? await attendance(db, inbox, now) : { open: true, changesAt: null },
    panel,
  };
}
