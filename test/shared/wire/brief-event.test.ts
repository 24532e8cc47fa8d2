import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Conversation } from '../../../shared/contract/conversation.ts';
import type { Part } from '../../../shared/contract/part.ts';
import { toBrief, toFull, type BriefEvent } from '../../../shared/wire/brief-event.ts';
import type { WorkspaceEvent } from '../../../shared/wire/frames.ts';

const AT = '2026-03-02T09:00:00.000Z';
const LATER = '2026-03-02T10:30:00.000Z';
const id = (letter: string) => `01900000-0000-7000-8000-${letter.repeat(12)}`;

const conversation: Conversation = {
  id: id('a'),
  inboxId: id('b'),
  channelId: id('c'),
  contactId: id('d'),
  status: 'open',
  assigneeId: id('e'),
  snoozedUntil: null,
  wakesOnReply: true,
  seq: 8,
  publicSeq: 6,
  inboundSeq: 8,
  readSeq: 0,
  contactReadSeq: 6,
  lastMessage: { preview: 'Is it in stock?', authorKind: 'contact', at: AT },
  sourceUrl: null,
  createdAt: LATER,
  firstRepliedAt: null,
  closedAt: null,
  begunOff: false,
  rating: null,
};
const part: Part = {
  id: id('f'),
  conversationId: conversation.id,
  seq: 8,
  publicSeq: 6,
  kind: 'message',
  author: { kind: 'contact', id: conversation.contactId },
  body: [{ type: 'paragraph', content: [{ type: 'text', text: 'Is it in stock?' }] }],
  activity: null,
  createdAt: AT,
};
const said: WorkspaceEvent = {
  id: '17',
  name: 'conversation.replied',
  at: AT,
  actor: { kind: 'visitor', id: id('9') },
  facts: {},
  records: { conversation, part },
};

const wired = (event: WorkspaceEvent) => JSON.parse(JSON.stringify(toBrief(event))) as BriefEvent;
const overTheWire = (event: WorkspaceEvent): WorkspaceEvent => toFull(wired(event));

test("a contact's message crosses the wire without what follows from the rest", () => {
  assert.deepEqual(wired(said), {
    id: '17',
    name: 'conversation.replied',
    at: AT,
    actor: said.actor,
    records: {
      conversation: {
        id: conversation.id,
        inboxId: conversation.inboxId,
        channelId: conversation.channelId,
        contactId: conversation.contactId,
        assigneeId: conversation.assigneeId,
        seq: 8,
        publicSeq: 6,
        createdAt: LATER,
        lastMessage: { preview: 'Is it in stock?' },
      },
      part: { id: part.id },
    },
  });
  assert.deepEqual(overTheWire(said), said);
});

test('what is otherwise than usual is told', () => {
  const { part: brief, conversation: held } = wired({
    ...said,
    facts: { reason: 'timer' },
    records: {
      conversation: { ...conversation, status: 'snoozed', begunOff: true, readSeq: 3 },
      part: { ...part, author: { kind: 'teammate', id: id('e') }, body: null, createdAt: LATER },
    },
  }).records;
  assert.deepEqual([held?.status, held?.begunOff, held?.readSeq], ['snoozed', true, 3]);
  assert.deepEqual(brief, { id: part.id, author: { kind: 'teammate', id: id('e') }, body: null, createdAt: LATER });
});

test('a part that is told without its conversation is told whole', () => {
  assert.deepEqual(wired({ ...said, records: { part } }).records, { part });
  assert.deepEqual(overTheWire({ ...said, records: { part } }), { ...said, records: { part } });
});

test('a field that is new to an event, a text or an author is told', () => {
  const [paragraph] = part.body as [{ type: 'paragraph'; content: [object] }];
  const [run] = paragraph.content;
  const newer = [
    { ...said, priority: 'high' },
    { ...said, records: { conversation, part: { ...part, author: { ...part.author, via: 'email' } } } },
    { ...said, records: { conversation, part: { ...part, body: [{ ...paragraph, dir: 'rtl' }] } } },
    {
      ...said,
      records: { conversation, part: { ...part, body: [{ ...paragraph, content: [{ ...run, strike: true }] }] } },
    },
  ] as unknown as WorkspaceEvent[];
  for (const event of newer) assert.deepEqual(overTheWire(event), event);
});

/** Each field now and then as the defaults have it, now and then not. */
const either = <T>(...values: T[]) => fc.constantFrom(...values);
const anyConversation: fc.Arbitrary<Conversation> = fc.record(
  {
    id: either(id('a'), id('1')),
    inboxId: either(id('b'), id('a')),
    channelId: either(null, id('c')),
    contactId: either(id('d'), id('a')),
    status: either('open', 'pending', 'snoozed', 'resolved', 'closed'),
    assigneeId: either(null, id('e')),
    snoozedUntil: either(null, AT, LATER),
    wakesOnReply: either(true, false),
    seq: either(0, 6, 8),
    publicSeq: either(0, 6, 8),
    inboundSeq: either(0, 6, 8),
    readSeq: either(0, 6, 8),
    contactReadSeq: either(0, 6, 8),
    lastMessage: fc.record(
      {
        preview: either('', 'Is it in stock?', 'Yes'),
        authorKind: either('contact', 'teammate'),
        authorId: either(id('e')),
        at: either(AT, LATER),
      },
      { requiredKeys: ['preview', 'authorKind', 'at'] },
    ),
    sourceUrl: either(null, 'https://shop.example/'),
    createdAt: either(AT, LATER),
    firstRepliedAt: either(null, AT),
    closedAt: either(null, AT),
    begunOff: fc.boolean(),
    claimedProperties: either({ order: 'A-17' }, {}),
    rating: either(null, { score: 5 } as never),
  },
  { requiredKeys: Object.keys(conversation) as (keyof Conversation)[] },
) as never;
const anyPart: fc.Arbitrary<Part> = fc.record(
  {
    id: either(id('f')),
    conversationId: either(id('a'), id('1')),
    seq: either(6, 8),
    publicSeq: either(null, 6, 8),
    kind: either('message', 'note', 'activity'),
    author: either({ kind: 'contact', id: id('d') }, { kind: 'contact', id: id('1') }, { kind: 'system' }),
    body: either(
      null,
      [],
      part.body,
      [...part.body!, ...part.body!],
      [{ type: 'paragraph', content: [{ type: 'text', text: 'Yes', strong: true }] }],
    ),
    activity: either(null, { name: 'closed' }),
    attachments: either([]),
    answers: either({}),
    createdAt: either(AT, LATER),
  },
  { requiredKeys: Object.keys(part) as (keyof Part)[] },
) as never;

test('whatever an event is about arrives as it was', () => {
  const anyEvent = fc.record({
    facts: either({}, { conversationId: id('a') }),
    records: fc.record({ conversation: anyConversation, part: anyPart }, { requiredKeys: [] }),
  });
  fc.assert(
    fc.property(anyEvent, (some) => {
      const event = JSON.parse(JSON.stringify({ ...said, ...some })) as WorkspaceEvent;
      assert.deepEqual(overTheWire(event), event);
    }),
    { numRuns: 2_000 },
  );
});
