import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultWebChatSettings } from '../../../shared/contract/channel.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import {
  applyPresence,
  applyToDirectory,
  directoryFrom,
  administeredInboxes,
} from '../../../shared/state/directory.ts';
import type { Directory } from '../../../shared/state/directory.ts';
import { at, event, inbox, teammate } from './fixture.ts';

const settings: Channel['settings'] = { ...defaultWebChatSettings, greeting: '' };
const channel = (change: Partial<Channel> = {}): Channel => {
  return { id: 'h1', inboxId: 'i1', kind: 'web-chat', name: 'Site', key: 'k', settings, createdAt: at, ...change };
};
const workspace = { id: 'w1', name: 'Shop', createdAt: at };

function directory(role: 'owner' | 'agent' = 'owner'): Directory {
  const me = teammate({ role });
  return directoryFrom({
    workspace,
    me,
    teammates: [me, teammate({ id: 't2', name: 'Grace' })],
    inboxes: [inbox({ members: [{ teammateId: 't1', role: 'agent' }] }), inbox({ id: 'i2' })],
    channels: [channel(), channel({ id: 'h2', inboxId: 'i2' })],
    onlineTeammateIds: ['t1'],
    publicUrl: 'https://chat.example',
    sendsMail: true,
    hasPassword: true,
  });
}

test('each record of an event takes the place of the one before', () => {
  const renamed = applyToDirectory(
    directory(),
    event('workspace.renamed', { workspace: { ...workspace, name: 'Store' } }),
  );
  assert.equal(renamed.workspace.name, 'Store');
  const joined = applyToDirectory(renamed, event('teammate.created', { teammate: teammate({ id: 't3' }) }));
  assert.deepEqual([...joined.teammates.keys()], ['t1', 't2', 't3']);
  const opened = applyToDirectory(joined, event('inbox.updated', { inbox: inbox({ name: 'Sales' }) }));
  assert.equal(opened.inboxes.get('i1')?.name, 'Sales');
  const connected = applyToDirectory(opened, event('channel.created', { channel: channel({ id: 'h3' }) }));
  assert.equal(connected.channels.get('h3')?.inboxId, 'i1');
});

test('a change of myself is seen in both places', () => {
  const away = applyToDirectory(
    directory(),
    event('teammate.availabilityChanged', { teammate: teammate({ available: false }) }),
  );
  assert.deepEqual([away.me.available, away.teammates.get('t1')?.available], [false, false]);
});

test('an agent taken out of an inbox sees neither it nor its channels any more; an owner still does', () => {
  const left = event('inbox.memberRemoved', { inbox: inbox({ members: [] }) });
  const agent = applyToDirectory(directory('agent'), left);
  assert.deepEqual([[...agent.inboxes.keys()], [...agent.channels.keys()]], [['i2'], ['h2']]);
  assert.equal(applyToDirectory(agent, left), agent);
  assert.equal(applyToDirectory(agent, event('channel.updated', { channel: channel() })), agent);
  assert.equal(applyToDirectory(directory(), left).inboxes.has('i1'), true);
});

test('whoever leads the workspace sets up every inbox, an agent those they are an admin of', () => {
  const named = (of: Directory) => administeredInboxes(of).map(({ id }) => id);
  assert.deepEqual(named(directory()), ['i1', 'i2']);
  assert.deepEqual(named(directory('agent')), []);
  const members = [
    { teammateId: 't1', role: 'admin' as const },
    { teammateId: 't2', role: 'agent' as const },
  ];
  const promoted = applyToDirectory(directory('agent'), event('inbox.memberAdded', { inbox: inbox({ members }) }));
  assert.deepEqual(named(promoted), ['i1']);
  const others = inbox({
    id: 'i3',
    members: members.map(({ role }, index) => ({ teammateId: `t${2 - index}`, role })),
  });
  assert.deepEqual(named(applyToDirectory(promoted, event('inbox.memberAdded', { inbox: others }))), ['i1']);
});

test('presence comes and goes, and said twice changes nothing', () => {
  const before = directory();
  const signal = { type: 'signal', name: 'presence', teammateId: 't2', online: true } as const;
  const after = applyPresence(before, signal);
  assert.deepEqual([...after.online], ['t1', 't2']);
  assert.equal(applyPresence(after, signal), after);
  assert.deepEqual([...applyPresence(after, { ...signal, online: false }).online], ['t1']);
});

test('events without such records leave the directory as it is', () => {
  const before = directory();
  assert.equal(applyToDirectory(before, event('conversation.read', {})), before);
});
