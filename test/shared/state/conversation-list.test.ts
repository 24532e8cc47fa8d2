import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Conversation } from '../../../shared/contract/conversation.ts';
import type { Part } from '../../../shared/contract/part.ts';
import { addPage, applyToList, emptyList, isUnread, matches } from '../../../shared/state/conversation-list.ts';
import type { ConversationList, ConversationPage, ListFilter } from '../../../shared/state/conversation-list.ts';
import { at, contact, conversation, event } from './fixture.ts';

const all: ListFilter = { status: 'open', assignee: 'all', meId: 't1' };
const ids = (list: ConversationList): string[] => list.rows.map(({ id }) => id);
const said = (minute: number) => ({
  lastMessage: { preview: '', authorKind: 'contact' as const, at: new Date(minute * 60_000).toISOString() },
});
const page = (conversations: Conversation[], next: string | null = null): ConversationPage => ({
  conversations,
  contacts: [...new Set(conversations.map(({ contactId }) => contactId))].map((id) => contact({ id })),
  next,
});
const changed = (list: ConversationList, record: Conversation): ConversationList =>
  applyToList(list, event('conversation.replied', { conversation: record }));

test('open also holds pending conversations, closed also resolved ones', () => {
  const statuses = ['open', 'pending', 'snoozed', 'resolved', 'closed'] as const;
  const held = (status: ListFilter['status']): string[] =>
    statuses.filter((one) => matches({ ...all, status }, conversation({ status: one })));
  assert.deepEqual(held('open'), ['open', 'pending']);
  assert.deepEqual(held('snoozed'), ['snoozed']);
  assert.deepEqual(held('closed'), ['resolved', 'closed']);
});

test('mine are those of me, unassigned those of nobody', () => {
  const owners = ['t1', 't2', null];
  const held = (assignee: ListFilter['assignee']): unknown[] =>
    owners.filter((assigneeId) => matches({ ...all, assignee }, conversation({ assigneeId })));
  assert.deepEqual(held('mine'), ['t1']);
  assert.deepEqual(held('unassigned'), [null]);
  assert.deepEqual(held('all'), owners);
});

test('a list of one inbox or one contact holds no others', () => {
  assert.equal(matches({ ...all, inboxId: 'i2' }, conversation()), false);
  assert.equal(matches({ ...all, inboxId: 'i1' }, conversation()), true);
  assert.equal(matches({ ...all, contactId: 'p2' }, conversation()), false);
});

test('a conversation is unread while the contact wrote after what was read', () => {
  assert.equal(isUnread(conversation({ inboundSeq: 3, readSeq: 2 })), true);
  assert.equal(isUnread(conversation({ inboundSeq: 3, readSeq: 3 })), false);
});

test('a conversation with a new message goes to the top, one that no longer matches goes out, one that does comes in', () => {
  let list = addPage(
    emptyList(all),
    page([conversation({ id: 'a', ...said(2) }), conversation({ id: 'b', ...said(1) })]),
  );
  list = changed(list, conversation({ id: 'b', seq: 2, ...said(3) }));
  assert.deepEqual(ids(list), ['b', 'a']);
  list = changed(list, conversation({ id: 'b', seq: 3, status: 'closed', ...said(3) }));
  assert.deepEqual(ids(list), ['a']);
  list = changed(list, conversation({ id: 'c', ...said(4) }));
  assert.deepEqual(ids(list), ['c', 'a']);
});

test('rule 5: a record with a lower seq changes nothing; with the same seq, such as after reading, it does', () => {
  const list = addPage(emptyList(all), page([conversation({ seq: 5, readSeq: 0 })]));
  assert.equal(changed(list, conversation({ seq: 4, status: 'closed' })), list);
  assert.equal(changed(list, conversation({ seq: 5, readSeq: 1 })).rows[0]?.readSeq, 1);
});

test('a page read before an event brings back neither what the event changed nor what it took out', () => {
  let list = changed(emptyList(all), conversation({ id: 'a', seq: 2, status: 'closed' }));
  list = changed(list, conversation({ id: 'b', seq: 2, sourceUrl: 'https://shop.example' }));
  list = addPage(list, page([conversation({ id: 'a', seq: 1 }), conversation({ id: 'b', seq: 1 })]));
  assert.deepEqual(ids(list), ['b']);
  assert.equal(list.rows[0]?.sourceUrl, 'https://shop.example');
});

test('a page read before an event about one of its rows brings that row as the event told of it', () => {
  let list = addPage(emptyList(all), page([conversation({ id: 'b', ...said(2) })], 'cursor'));
  list = changed(list, conversation({ id: 'a', seq: 2, sourceUrl: 'https://shop.example', ...said(1) }));
  list = addPage(list, page([conversation({ id: 'a', seq: 1, ...said(1) })]));
  assert.deepEqual(ids(list), ['b', 'a']);
  assert.equal(list.rows[1]?.sourceUrl, 'https://shop.example');
});

test('what lies below the pages that were fetched stays out until its page comes', () => {
  const first = page([conversation({ id: 'a', ...said(9) }), conversation({ id: 'b', ...said(8) })], 'cursor');
  const list = addPage(emptyList(all), first);
  assert.equal(changed(list, conversation({ id: 'z', ...said(1) })).rows, list.rows);
  // The pages reach as far as they did when the last row of one goes.
  const shorter = changed(list, conversation({ id: 'b', seq: 2, status: 'closed', ...said(8) }));
  assert.deepEqual(ids(changed(shorter, conversation({ id: 'm', ...said(8.5) }))), ['a', 'm']);
  const whole = addPage(list, page([conversation({ id: 'z', ...said(1) })]));
  assert.deepEqual([ids(whole), whole.next], [['a', 'b', 'z'], null]);
});

test('contacts of rows are kept up to date; those of others are left alone', () => {
  const list = addPage(emptyList(all), page([conversation({ contactId: 'p1' })]));
  const renamed = applyToList(list, event('contact.updated', { contact: contact({ id: 'p1', name: 'Hopper' }) }));
  assert.equal(renamed.contacts.get('p1')?.name, 'Hopper');
  assert.equal(applyToList(list, event('contact.updated', { contact: contact({ id: 'p9' }) })), list);
  const records = { conversation: conversation({ id: 'c2', contactId: 'p2' }), contact: contact({ id: 'p2' }) };
  assert.equal(applyToList(list, event('conversation.started', records)).contacts.get('p2')?.id, 'p2');
});

test('conversations of a contact merged away go to the one that stays', () => {
  const list = addPage(emptyList(all), page([conversation({ contactId: 'p1' })]));
  const merged = event('contact.merged', { contact: contact({ id: 'p2' }) }, { contactId: 'p2', sourceId: 'p1' });
  const next = applyToList(list, merged);
  assert.deepEqual([next.rows[0]?.contactId, next.contacts.has('p2')], ['p2', true]);
  const ofOne = addPage(emptyList({ ...all, contactId: 'p1' }), page([conversation({ contactId: 'p1' })]));
  assert.deepEqual(applyToList(ofOne, merged).rows, []);
});

test('a conversation below the pages goes to the contact that stays, too', () => {
  let list = addPage(emptyList(all), page([conversation({ id: 'b', contactId: 'p3', ...said(2) })], 'cursor'));
  list = changed(list, conversation({ id: 'a', contactId: 'p1', seq: 2, ...said(1) }));
  list = applyToList(
    list,
    event('contact.merged', { contact: contact({ id: 'p2' }) }, { contactId: 'p2', sourceId: 'p1' }),
  );
  // The page was read before the message and before the merge.
  list = addPage(list, page([conversation({ id: 'a', contactId: 'p1', seq: 1, ...said(0) })]));
  assert.deepEqual(
    list.rows.map(({ id, contactId }) => [id, contactId]),
    [
      ['b', 'p3'],
      ['a', 'p2'],
    ],
  );
});

test('who of the team spoke last in a conversation below the pages is known when its page comes', () => {
  const lastMessage = { preview: 'Hello', authorKind: 'teammate' as const, at };
  let list = addPage(
    emptyList(all),
    page([conversation({ id: 'b', lastMessage: { ...lastMessage, at: '2030-02-01T09:00:00.000Z' } })], 'cursor'),
  );
  const part: Part = {
    id: 'm2',
    conversationId: 'a',
    seq: 2,
    publicSeq: 2,
    kind: 'message',
    author: { kind: 'teammate', id: 't7' },
    body: [],
    activity: null,
    createdAt: at,
  };
  const records = { conversation: conversation({ id: 'a', seq: 2, lastMessage }), part };
  list = applyToList(list, event('conversation.replied', records));
  list = changed(list, conversation({ id: 'a', seq: 3, assigneeId: 't7', lastMessage }));
  list = addPage(list, page([conversation({ id: 'a', seq: 1, ...said(0) })]));
  assert.equal(list.rows[1]?.lastMessage.authorId, 't7');
});

test('events about other things leave the list as it is', () => {
  const list = addPage(emptyList(all), page([conversation()]));
  assert.equal(applyToList(list, event('workspace.renamed', {})), list);
});

const filters = fc.record(
  {
    status: fc.constantFrom('open' as const, 'snoozed' as const, 'closed' as const),
    assignee: fc.constantFrom('mine' as const, 'unassigned' as const, 'all' as const),
    meId: fc.constant('t1'),
    inboxId: fc.constantFrom('i1', 'i2'),
  },
  { requiredKeys: ['status', 'assignee', 'meId'] },
);

const change = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
  status: fc.constantFrom('open' as const, 'pending' as const, 'snoozed' as const, 'closed' as const),
  assigneeId: fc.constantFrom('t1', 't2', null),
  inboxId: fc.constantFrom('i1', 'i2'),
  speaks: fc.boolean(),
});

test('property: a live list equals a fresh one of all conversations, filtered and sorted, as far as its pages reach', () => {
  const steps = fc.array(fc.oneof({ weight: 5, arbitrary: change }, fc.constant('fetch' as const)), { maxLength: 60 });
  fc.assert(
    fc.property(filters, steps, fc.integer({ min: 1, max: 4 }), fc.nat({ max: 3 }), (filter, script, size, late) => {
      const stored = new Map<string, Conversation>();
      const fresh = (): Conversation[] =>
        [...stored.values()]
          .filter((one) => matches(filter as ListFilter, one))
          .sort((one, other) => (place(one) < place(other) ? 1 : -1));
      const place = ({ lastMessage, id }: Conversation): string => `${lastMessage.at} ${id}`;
      let list = emptyList(filter as ListFilter);
      // Answers come later than they are read, as they do when events overtake them.
      let answers: { wait: number; page: ConversationPage }[] = [];
      let minute = 0;
      const deliver = (): void => {
        answers = answers.map(({ wait, page: one }) => ({ wait: wait - 1, page: one }));
        const due = answers.filter(({ wait }) => wait < 0);
        answers = answers.filter(({ wait }) => wait >= 0);
        for (const { page: one } of due) list = addPage(list, one);
      };
      const fetchPage = (): void => {
        if (answers.length || (list.loaded && list.next === null)) return;
        const rows = fresh().filter((one) => list.next === null || place(one) < list.next);
        const taken = rows.slice(0, size);
        const next = rows.length > size ? place(taken.at(-1)!) : null;
        answers.push({ wait: late, page: page(taken, next) });
      };
      const check = (): void => {
        if (!list.loaded || answers.length) return;
        const { loadedTo } = list;
        const expected = fresh().filter((one) => !loadedTo || place(one) >= `${loadedTo.at} ${loadedTo.id}`);
        assert.deepEqual(list.rows, expected);
      };
      for (const step of script) {
        if (step === 'fetch') {
          fetchPage();
        } else {
          minute += 1;
          const { speaks, ...facts } = step;
          const before = stored.get(step.id);
          const record = conversation({
            ...before,
            ...facts,
            seq: (before?.seq ?? 0) + 1,
            ...(speaks || !before ? said(minute) : {}),
          });
          stored.set(step.id, record);
          list = changed(list, record);
        }
        deliver();
        check();
      }
      for (let round = 0; round <= late + 1; round += 1) deliver();
      while (!list.loaded || list.next !== null) {
        fetchPage();
        for (let round = 0; round <= late + 1; round += 1) deliver();
      }
      assert.deepEqual(list.rows, fresh());
    }),
    { numRuns: 5000 },
  );
});
