import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Part } from '../../../shared/contract/part.ts';
import { teammateThread, threadOf } from '../../../shared/state/thread.ts';
import type { Thread } from '../../../shared/state/thread.ts';

type Piece = { id: string; at: number; answers?: Record<string, { at: string }> };
const pieces = threadOf<Piece>((piece) => piece.at);
const piece = (at: number): Piece => ({ id: `part ${at}`, at });
const range = (from: number, to: number): Piece[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => piece(from + index));
const shown = (thread: Thread<Piece>): number[] => thread.parts.map(({ at }) => at);
const written = (id: string) => ({
  id,
  text: 'Hello',
  body: [],
  kind: 'message' as const,
  at: '2030-01-31T09:00:00.000Z',
});
const loaded = (from: number, to: number, more = from > 1): Thread<Piece> =>
  pieces.withNewest(pieces.empty(), range(from, to), more);

test('rule 7: the next part is shown, and one that was shown already changes nothing', () => {
  const thread = pieces.add(loaded(1, 2), piece(3));
  assert.deepEqual(shown(thread), [1, 2, 3]);
  assert.equal(thread.head, 3);
  assert.equal(pieces.add(thread, piece(3)), thread);
  assert.equal(pieces.add(thread, piece(1)), thread);
});

test('rule 7: nothing beyond a gap is shown until the gap is filled', () => {
  const beyond = pieces.add(pieces.add(loaded(1, 2), piece(6)), piece(5));
  assert.deepEqual(shown(beyond), [1, 2]);
  assert.equal(beyond.gapAfter, 2);
  assert.deepEqual(beyond.held, [piece(5), piece(6)]);
  assert.equal(pieces.add(beyond, piece(6)), beyond);
  const partly = pieces.withAfter(beyond, range(3, 3));
  assert.deepEqual(shown(partly), [1, 2, 3]);
  assert.equal(partly.gapAfter, 3);
  const filled = pieces.withAfter(partly, range(4, 6));
  assert.deepEqual(shown(filled), [1, 2, 3, 4, 5, 6]);
  assert.equal(filled.gapAfter, null);
  assert.deepEqual(filled.held, []);
});

test('rule 7: a part that is told anew with an answer takes its own place, shown or held', () => {
  const answered = { ...piece(2), answers: { how: { at: '1' } } };
  const after = pieces.add(loaded(1, 3), answered);
  assert.deepEqual(after.parts, [piece(1), answered, piece(3)]);
  assert.equal(after.head, 3);
  const held = pieces.add(pieces.add(loaded(1, 1), piece(3)), { ...piece(3), answers: { how: { at: '1' } } });
  assert.deepEqual(held.held, [{ ...piece(3), answers: { how: { at: '1' } } }]);
});

test('a rating that was taken stays until its question says that one or a later one, not an earlier one', () => {
  const answer = { partId: 'part 2', blockId: 'how', answer: { type: 'rating' as const, score: 4, comment: '' } };
  const say = (thread: Thread<Piece>, at: string) => pieces.add(thread, { ...piece(2), answers: { how: { at } } });
  const left = (thread: Thread<Piece>) => thread.pending.map(({ id }) => id);
  const asked = ['one', 'two'].reduce(
    (thread, id) => pieces.addPending(thread, { ...written(id), answer }),
    pieces.addPending(loaded(1, 3), written('other')),
  );
  const taken = pieces.takeRating(asked, 'one', '1');
  assert.deepEqual(left(taken), ['other', 'one', 'two']);
  const said = say(taken, '1');
  assert.deepEqual(left(said), ['other', 'two']);
  // The answer to the second comes before the question says so, and after it.
  const both = pieces.takeRating(said, 'two', '2');
  assert.deepEqual(left(both), ['other', 'two']);
  assert.deepEqual(left(say(both, '2')), ['other']);
  assert.deepEqual(left(pieces.takeRating(say(said, '2'), 'two', '2')), ['other']);
  assert.deepEqual(left(say(both, '3')), ['other'], 'another tab rated after it');
  // A question that is not shown says nothing.
  assert.deepEqual(
    left(pieces.takeRating(pieces.addPending(loaded(3, 4), { ...written('one'), answer }), 'one', '1')),
    [],
  );
});

test('parts that events bring before the first page wait for it', () => {
  const early = pieces.add(pieces.add(pieces.empty(), piece(7)), piece(9));
  assert.deepEqual([shown(early), early.gapAfter, early.loaded], [[], null, false]);
  const thread = pieces.withNewest(early, range(4, 6), true);
  assert.deepEqual(shown(thread), [4, 5, 6, 7]);
  assert.equal(thread.gapAfter, 7);
  assert.equal(thread.more, true);
});

test('an answer that is heard before the first page is in stands over what the page has', () => {
  const answered = { ...piece(2), answers: { how: { at: '1' } } };
  const early = pieces.add(pieces.empty(), answered);
  assert.deepEqual(pieces.withNewest(early, range(1, 3), false).parts, [piece(1), answered, piece(3)]);
});

test('a conversation only just being started shows its first part at once', () => {
  const started = pieces.withNewest(pieces.empty(), [], false);
  assert.deepEqual(shown(pieces.add(started, piece(1))), [1]);
});

test('older pages go before, once, and only where they join', () => {
  const thread = loaded(7, 9);
  const older = pieces.withOlder(thread, range(4, 6), true);
  assert.deepEqual(shown(older), [4, 5, 6, 7, 8, 9]);
  assert.equal(pieces.withOlder(older, range(4, 6), true), older);
  assert.equal(pieces.withOlder(thread, range(1, 3), false), thread);
  assert.equal(pieces.withOlder(older, range(1, 3), false).more, false);
  assert.equal(pieces.withOlder(thread, [], false).more, false);
});

test('a newest page fetched again joins what is shown, or takes its place when a piece between is missing', () => {
  const thread = loaded(1, 5);
  assert.deepEqual(shown(pieces.withNewest(thread, range(4, 8), true)), [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.equal(pieces.withNewest(thread, range(4, 8), true).more, false);
  const replaced = pieces.withNewest(thread, range(8, 9), true);
  assert.deepEqual([shown(replaced), replaced.more], [[8, 9], true]);
  assert.equal(pieces.withNewest(thread, range(2, 4), true), thread);
});

test('rule 8: our own message is taken out of the pending ones when its part is shown, and not before', () => {
  const sending = pieces.addPending(loaded(1, 2), written('part 4'));
  assert.equal(sending.pending[0]?.state, 'sending');
  const beyond = pieces.add(sending, piece(4));
  assert.equal(beyond.pending.length, 1);
  const filled = pieces.withAfter(beyond, [piece(3)]);
  assert.deepEqual(filled.pending, []);
  assert.deepEqual(shown(filled), [1, 2, 3, 4]);
  assert.equal(pieces.addPending(filled, written('part 4')), filled);
});

test('rule 8: our own message is taken out also when its part comes with a page', () => {
  const sending = pieces.addPending(pieces.empty(), written('part 2'));
  assert.deepEqual(pieces.withNewest(sending, range(1, 2), false).pending, []);
});

test('pending messages wait while the line is down, fail with a reason, are tried again, and are dropped', () => {
  let thread = pieces.addPending(pieces.addPending(loaded(1, 1), written('a')), written('b'));
  thread = pieces.failPending(thread, 'a', 'The conversation is gone.');
  const waiting = pieces.waiting(thread, true);
  assert.deepEqual(
    waiting.pending.map(({ state }) => state),
    ['failed', 'waiting'],
  );
  assert.equal(waiting.pending[0]?.error, 'The conversation is gone.');
  assert.equal(pieces.waiting(waiting, true), waiting);
  assert.deepEqual(pieces.waiting(waiting, false), thread);
  const again = pieces.addPending(thread, written('a'));
  assert.deepEqual(
    again.pending.map(({ id, state, error }) => [id, state, error]),
    [
      ['b', 'sending', null],
      ['a', 'sending', null],
    ],
  );
  assert.deepEqual(
    pieces.dropPending(again, 'a').pending.map(({ id }) => id),
    ['b'],
  );
  assert.equal(pieces.dropPending(again, 'unknown'), again);
  assert.equal(pieces.failPending(again, 'unknown', 'No.'), again);
});

test('rule 6: after a welcome that did not recover the parts go and our own unsent messages stay', () => {
  const fresh = pieces.reset(pieces.addPending(loaded(1, 3), written('a')));
  assert.deepEqual([shown(fresh), fresh.loaded, fresh.head, fresh.pending.length], [[], false, 0, 1]);
});

test('teammates order their threads by seq, so notes have their place among messages', () => {
  const part = (seq: number, publicSeq: number | null): Part => ({
    id: `part ${seq}`,
    conversationId: 'c1',
    seq,
    publicSeq,
    kind: publicSeq === null ? 'note' : 'message',
    author: { kind: 'teammate', id: 't1' },
    body: [],
    activity: null,
    createdAt: '2030-01-31T09:00:00.000Z',
  });
  const thread = teammateThread.withNewest(teammateThread.empty(), [part(1, 1), part(2, null)], false);
  assert.deepEqual(
    teammateThread.add(thread, part(3, 2)).parts.map(({ seq }) => seq),
    [1, 2, 3],
  );
});

/** Deliveries of 1..n in any order, with repeats and losses, batched or one by one, the first page anywhere among them. */
const deliveries = fc.integer({ min: 1, max: 20 }).chain((newest) =>
  fc.record({
    newest: fc.constant(newest),
    order: fc.array(fc.integer({ min: 1, max: newest }), { maxLength: 60 }),
    pageAt: fc.nat({ max: 60 }),
    pageHead: fc.integer({ min: 0, max: newest }),
    pageSize: fc.integer({ min: 1, max: 8 }),
    own: fc.integer({ min: 1, max: newest }),
  }),
);

test('property: events in any order, repeated and lost, show each part once, in order and without a gap', () => {
  fc.assert(
    fc.property(deliveries, ({ newest, order, pageAt, pageHead, pageSize, own }) => {
      let thread = pieces.addPending(pieces.empty(), written(`part ${own}`));
      const first = Math.max(1, pageHead - pageSize + 1);
      const page = (): void => {
        thread = pieces.withNewest(thread, range(first, pageHead), first > 1);
      };
      const check = (): void => {
        const positions = shown(thread);
        assert.deepEqual(
          positions,
          range(positions[0] ?? 1, thread.head).map(({ at }) => at),
        );
        const beyond = thread.held.map(({ at }) => at);
        assert.deepEqual(
          beyond,
          [...new Set(beyond)].sort((one, other) => one - other),
        );
        if (thread.loaded) {
          assert.ok(beyond.every((at) => at > thread.head + 1));
          assert.equal(thread.gapAfter, beyond.length ? thread.head : null);
        }
        // Our own message is on the screen exactly once from first to last.
        const places = positions.filter((at) => at === own).length + thread.pending.length;
        assert.ok(places === 1 || own < (positions[0] ?? 0), `our own message is shown ${places} times`);
      };
      order.forEach((at, index) => {
        if (index === pageAt) page();
        thread = pieces.add(thread, piece(at));
        check();
      });
      if (!thread.loaded) page();
      check();
      // The gaps are filled as an element does, three parts at a time, until there are none; the head is heard of at last.
      thread = pieces.add(thread, piece(newest));
      for (let asked = 0; thread.gapAfter !== null; asked += 1) {
        assert.ok(asked <= newest, 'a gap is asked for again and again');
        thread = pieces.withAfter(thread, range(thread.gapAfter + 1, Math.min(newest, thread.gapAfter + 3)));
        check();
      }
      while (thread.more) {
        const before = shown(thread)[0]!;
        const from = Math.max(1, before - 4);
        thread = pieces.withOlder(thread, range(from, before - 1), from > 1);
      }
      assert.deepEqual(thread.parts, range(1, newest));
      assert.deepEqual(thread.held, []);
    }),
    { numRuns: 500 },
  );
});
