import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyToVisitor, newestFirst, unreadCount, visitorFrom } from '../../../shared/state/visitor.ts';
import type { VisitorState } from '../../../shared/state/visitor.ts';
import type { VisitorConversation } from '../../../shared/contract/conversation.ts';
import { visitorConversation, visitorEvent } from './fixture.ts';

function state(conversations: VisitorConversation[]): VisitorState {
  const availability = { open: true, changesAt: null };
  const configuration = { key: 'k', name: 'Shop', color: null, greeting: '', availability, panel: '/panel.js' };
  return visitorFrom({
    sessionId: 's1',
    configuration: { ...configuration, position: 'right' },
    availability,
    team: [],
    conversations,
    help: false,
    doors: { preChat: null, offHours: { mode: 'message', text: '', form: null }, known: [], consented: false },
  });
}

test('a conversation in an event takes the place of the one before, and a new one is added', () => {
  const before = state([visitorConversation()]);
  const read = applyToVisitor(before, visitorEvent(visitorConversation({ readSeq: 1 })));
  assert.equal(read.conversations.get('c1')?.readSeq, 1);
  const two = applyToVisitor(read, visitorEvent(visitorConversation({ id: 'c2' })));
  assert.deepEqual([...two.conversations.keys()], ['c1', 'c2']);
  assert.equal(before.conversations.size, 1);
});

test('rule 5: a conversation with a lower publicSeq changes nothing', () => {
  const before = state([visitorConversation({ publicSeq: 3 })]);
  assert.equal(applyToVisitor(before, visitorEvent(visitorConversation({ publicSeq: 2 }))), before);
});

test('unread are the conversations in which a teammate wrote last and the visitor has not read it', () => {
  const lastMessage = { preview: 'Hi', authorKind: 'visitor' as const, at: '2030-01-31T09:00:00.000Z' };
  const count = unreadCount(
    state([
      visitorConversation({ id: 'unread', publicSeq: 2, readSeq: 1 }),
      visitorConversation({ id: 'read', publicSeq: 2, readSeq: 2 }),
      visitorConversation({ id: 'own', publicSeq: 2, readSeq: 1, lastMessage }),
    ]),
  );
  assert.equal(count, 1);
});

test('conversations are offered last message first', () => {
  const said = (id: string, at: string): VisitorConversation =>
    visitorConversation({ id, lastMessage: { preview: '', authorKind: 'teammate', at } });
  const sorted = newestFirst(
    state([
      said('b', '2030-01-02T00:00:00.000Z'),
      said('c', '2030-01-03T00:00:00.000Z'),
      said('a', '2030-01-01T00:00:00.000Z'),
    ]),
  );
  assert.deepEqual(
    sorted.map(({ id }) => id),
    ['c', 'b', 'a'],
  );
});
