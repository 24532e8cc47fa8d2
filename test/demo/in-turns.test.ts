import assert from 'node:assert/strict';
import { setImmediate as later } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { inTurns } from '../../demo/sample-workspace/in-turns.ts';

const numbers = Array.from({ length: 300 }, (_, index) => index);
const untold = new AbortController().signal;

describe('taking turns', () => {
  it('does everything, and what is of one person in its order', async () => {
    const done: number[] = [];
    const act = async (one: number): Promise<void> => {
      await later();
      done.push(one);
    };
    await inTurns(numbers, (one) => String(one % 7), act, untold);
    assert.equal(done.length, 300);
    for (let person = 0; person < 7; person += 1) {
      const theirs = done.filter((one) => one % 7 === person);
      assert.deepEqual(
        theirs,
        [...theirs].sort((a, b) => a - b),
      );
    }
  });

  it('told to stop, begins nothing more and ends when what was under way has', async () => {
    const stop = new AbortController();
    let [begun, done] = [0, 0];
    const act = async (one: number): Promise<void> => {
      begun += 1;
      if (one === 100) stop.abort();
      await later();
      done += 1;
    };
    await assert.rejects(inTurns(numbers, String, act, stop.signal), (error) => error === stop.signal.reason);
    assert.ok(begun > 100 && begun < 300, `${begun} begun`);
    assert.equal(done, begun);
  });

  it('after a failure throws the first, when the others have ended, and leaves no rejection to nobody', async () => {
    let flying = 0;
    const act = async (one: number): Promise<void> => {
      flying += 1;
      await later();
      flying -= 1;
      if (one >= 20) throw new Error(`the ${one}th`);
    };
    await assert.rejects(inTurns(numbers, String, act, untold), /the 20th/);
    assert.equal(flying, 0);
    // A rejection that nobody hears fails this file.
    await later();
  });
});
