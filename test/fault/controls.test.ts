/** The checks can fail: each finds the fault it is there for, and a server that breaks its word is caught. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsIn, type Evidence, type Fault } from './evidence.ts';
import { flawedServer } from './killable-server.ts';
import { play } from './story.ts';

const hello = {
  id: 'm1',
  conversationId: 'c',
  seq: 1,
  publicSeq: 1,
  kind: 'message',
  text: 'Hello',
  activity: null,
} as const;
const assigned = {
  id: 'a',
  conversationId: 'c',
  seq: 2,
  publicSeq: null,
  kind: 'activity',
  text: '',
  activity: 'assigned',
} as const;
const note = {
  id: 'n',
  conversationId: 'c',
  seq: 3,
  publicSeq: null,
  kind: 'note',
  text: 'Nice',
  activity: null,
} as const;
const again = {
  id: 'm2',
  conversationId: 'c',
  seq: 4,
  publicSeq: 2,
  kind: 'message',
  text: 'Anyone?',
  activity: null,
} as const;

/** One conversation in which everything is as it should be. */
function sound(): Evidence {
  const parts = [hello, assigned, note, again].map((part) => ({ ...part }));
  const shown = parts.map((part) => JSON.stringify(part));
  return {
    written: [
      { id: 'm1', sender: 'visitor', conversationId: 'c', kind: 'message', text: 'Hello' },
      { id: 'm2', sender: 'visitor', conversationId: 'c', kind: 'message', text: 'Anyone?' },
      { id: 'n', sender: 'teammate', conversationId: 'c', kind: 'note', text: 'Nice' },
    ],
    acknowledged: new Map([
      ['m1', { publicSeq: 1 }],
      ['m2', { publicSeq: 2 }],
      ['n', { seq: 3 }],
    ]),
    refused: new Map(),
    parts,
    conversations: [{ id: 'c', seq: 4, publicSeq: 2, assigneeId: 't' }],
    assignments: ['c'],
    screens: [{ who: 'teammate', conversationId: 'c', shown, fresh: [...shown], pending: [] }],
  };
}

const kinds = (evidence: Evidence): Fault[] => [...new Set(faultsIn(evidence).map(({ fault }) => fault))];

test('where everything is as it should be no check finds anything', () => {
  assert.deepEqual(faultsIn(sound()), []);
});

const spoilings: [what: string, fault: Fault, spoil: (evidence: Evidence) => void][] = [
  ['an acknowledged part is missing', 'lost', ({ parts }) => parts.pop()],
  ['a part is at another place than was told', 'lost', ({ acknowledged }) => acknowledged.set('m2', { publicSeq: 3 })],
  ['a part is there twice', 'duplicated', ({ parts }) => parts.push({ ...again, seq: 5, publicSeq: 3 })],
  [
    'the same words came under two ids',
    'duplicated',
    ({ parts }) => parts.push({ ...again, id: 'm3', seq: 5, publicSeq: 3 }),
  ],
  ['the later message stands first', 'out of order', ({ written }) => written.reverse()],
  ['a seq is missing', 'gap', ({ parts }) => (parts[3]!.seq = 5)],
  ['a publicSeq is missing', 'gap', ({ parts }) => (parts[3]!.publicSeq = 3)],
  ['the head is not that of the thread', 'gap', ({ conversations }) => (conversations[0]!.seq = 5)],
  ['a note takes a publicSeq', 'gap', ({ parts }) => (parts[2]!.publicSeq = 2)],
  ['a command was never settled', 'in an outbox', ({ acknowledged }) => acknowledged.delete('n')],
  ['a command was refused', 'refused', ({ refused }) => refused.set('n', 'internal')],
  ['there is a part that nobody wrote', 'unknown', ({ parts }) => (parts[2]!.id = 'x')],
  ['a screen lacks the last part', 'wrong on a screen', ({ screens }) => screens[0]!.shown.pop()],
  ['a screen shows a part twice', 'wrong on a screen', ({ screens }) => screens[0]!.shown.push(JSON.stringify(again))],
  [
    'a screen shows a message as not yet sent',
    'wrong on a screen',
    ({ screens }) => screens[0]!.pending.push('Anyone?'),
  ],
  ['a conversation has no owner', 'routed', ({ conversations }) => (conversations[0]!.assigneeId = null)],
  ['a conversation was assigned twice', 'routed', ({ assignments }) => assignments.push('c')],
];
for (const [what, fault, spoil] of spoilings) {
  test(`it is found out when ${what}`, () => {
    const evidence = sound();
    spoil(evidence);
    assert.ok(kinds(evidence).includes(fault), `found: ${kinds(evidence).join(', ') || 'nothing'}`);
  });
}

test('a server that acknowledges before it commits is found to lose messages', async () => {
  const evidence = await play({
    words: flawedServer('./hasty-server.ts'),
    rounds: 2,
    victims: ['server'],
    settleMs: 3_000,
  });
  const missing = faultsIn(evidence).filter(({ sentence }) => sentence.endsWith('was acknowledged and is not there'));
  assert.ok(missing.length > 0, 'nothing was found missing');
});
