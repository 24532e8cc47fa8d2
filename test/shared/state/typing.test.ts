import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  applyTyping,
  expireTyping,
  nextExpiry,
  nobodyTypes,
  stopTyping,
  typistsIn,
} from '../../../shared/state/typing.ts';

const signal = (id: string, conversationId = 'c1') =>
  ({ type: 'signal', name: 'typing', conversationId, from: { kind: 'teammate', id } }) as const;
const names = (state: typeof nobodyTypes, now: number, conversationId = 'c1'): string[] =>
  typistsIn(state, conversationId, now).map(({ id }) => id);

test('rule 10: a typing signal holds for six seconds, and another one prolongs it', () => {
  const once = applyTyping(nobodyTypes, signal('ada'), 1000);
  assert.deepEqual([names(once, 6999), names(once, 7000)], [['ada'], []]);
  const again = applyTyping(once, signal('ada'), 4000);
  assert.deepEqual([names(again, 9999), names(again, 10_000)], [['ada'], []]);
});

test('typists of other conversations are not mixed in', () => {
  const state = applyTyping(applyTyping(nobodyTypes, signal('ada'), 0), signal('grace', 'c2'), 0);
  assert.deepEqual([names(state, 1), names(state, 1, 'c2'), names(state, 1, 'c3')], [['ada'], ['grace'], []]);
});

test('what has run out is taken out; the next expiry says when to look again', () => {
  const state = applyTyping(applyTyping(nobodyTypes, signal('ada'), 0), signal('grace'), 500);
  assert.equal(nextExpiry(state), 6000);
  assert.equal(expireTyping(state, 5999), state);
  const later = expireTyping(state, 6000);
  assert.deepEqual([names(later, 6000), nextExpiry(later)], [['grace'], 6500]);
  assert.equal(nextExpiry(expireTyping(later, 6500)), null);
});

test('whose message has arrived no longer types', () => {
  const state = applyTyping(applyTyping(nobodyTypes, signal('ada'), 0), signal('grace'), 0);
  assert.deepEqual(names(stopTyping(state, 'c1', 'ada'), 1), ['grace']);
  assert.equal(stopTyping(state, 'c2', 'ada'), state);
});

test('presence is no typing', () => {
  const presence = { type: 'signal', name: 'presence', teammateId: 't1', online: true } as const;
  assert.equal(applyTyping(nobodyTypes, presence, 0), nobodyTypes);
});
