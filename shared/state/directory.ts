import type { Channel } from '../contract/channel.ts';
import type { Inbox } from '../contract/inbox.ts';
import type { Teammate } from '../contract/teammate.ts';
import type { Workspace, WorkspaceSnapshot } from '../contract/workspace.ts';
import type { SignalFrame, WorkspaceEvent } from '../wire/frames.ts';

/** Everything small about the workspace that a teammate may see: names to put in place of ids. */
export type Directory = {
  workspace: Workspace;
  me: Teammate;
  teammates: ReadonlyMap<string, Teammate>;
  inboxes: ReadonlyMap<string, Inbox>;
  channels: ReadonlyMap<string, Channel>;
  /** Teammates with an open line. */
  online: ReadonlySet<string>;
  publicUrl: string;
  sendsMail: boolean;
};

export function directoryFrom(snapshot: WorkspaceSnapshot): Directory {
  return {
    workspace: snapshot.workspace,
    me: snapshot.me,
    teammates: byId(snapshot.teammates),
    inboxes: byId(snapshot.inboxes),
    channels: byId(snapshot.channels),
    online: new Set(snapshot.onlineTeammateIds),
    publicUrl: snapshot.publicUrl,
    sendsMail: snapshot.sendsMail,
  };
}

/** Who may be given a conversation of an inbox: those who can see it. */
export function whoMayOwn(directory: Directory, inboxId: string): Teammate[] {
  const members = new Set(directory.inboxes.get(inboxId)?.members.map((member) => member.teammateId));
  return [...directory.teammates.values()].filter(({ id, role }) => role !== 'agent' || members.has(id));
}

/** The inboxes I may set up: all for an owner or admin of the workspace, for an agent those they are an admin of. */
export function administeredInboxes({ me, inboxes }: Directory): Inbox[] {
  return [...inboxes.values()].filter(
    ({ members }) =>
      me.role !== 'agent' || members.some(({ teammateId, role }) => teammateId === me.id && role === 'admin'),
  );
}

/** Puts an event's records in the place of older ones. */
export function applyToDirectory(directory: Directory, event: WorkspaceEvent): Directory {
  const { workspace, teammate, inbox, channel } = event.records;
  if (!workspace && !teammate && !inbox && !channel) return directory;
  let next = directory;
  if (workspace) next = { ...next, workspace };
  if (teammate) {
    const me = teammate.id === next.me.id ? teammate : next.me;
    next = { ...next, me, teammates: withRecord(next.teammates, teammate) };
  }
  if (inbox) next = withInbox(next, inbox);
  if (channel) next = withChannel(next, channel);
  return next;
}

export function applyPresence(directory: Directory, signal: SignalFrame): Directory {
  if (signal.name !== 'presence' || directory.online.has(signal.teammateId) === signal.online) return directory;
  const online = new Set(directory.online);
  if (signal.online) online.add(signal.teammateId);
  else online.delete(signal.teammateId);
  return { ...directory, online };
}

/** An agent sees the inboxes they are a member of, so one that they were taken out of goes, and its channels with it. */
function withInbox(directory: Directory, inbox: Inbox): Directory {
  const { me } = directory;
  if (me.role !== 'agent' || inbox.members.some(({ teammateId }) => teammateId === me.id)) {
    return { ...directory, inboxes: withRecord(directory.inboxes, inbox) };
  }
  if (!directory.inboxes.has(inbox.id)) return directory;
  const inboxes = new Map(directory.inboxes);
  inboxes.delete(inbox.id);
  const channels = byId([...directory.channels.values()].filter(({ inboxId }) => inboxId !== inbox.id));
  return { ...directory, inboxes, channels };
}

/** A channel is seen with its inbox, so one that moved to an inbox out of sight goes. */
function withChannel(directory: Directory, channel: Channel): Directory {
  if (directory.inboxes.has(channel.inboxId))
    return { ...directory, channels: withRecord(directory.channels, channel) };
  if (!directory.channels.has(channel.id)) return directory;
  const channels = new Map(directory.channels);
  channels.delete(channel.id);
  return { ...directory, channels };
}

function byId<R extends { id: string }>(records: readonly R[]): ReadonlyMap<string, R> {
  return new Map(records.map((record) => [record.id, record]));
}

function withRecord<R extends { id: string }>(records: ReadonlyMap<string, R>, record: R): ReadonlyMap<string, R> {
  return new Map(records).set(record.id, record);
}
