import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readableOn } from '../../../shared/state/readable-on.ts';
import { contrast, parseHex } from '../ui/contrast.ts';

test('text upon any chosen colour has a contrast of at least 4.5:1', () => {
  const steps = Array.from({ length: 18 }, (_, index) => (index * 15).toString(16).padStart(2, '0'));
  let least = 21;
  for (const red of steps)
    for (const green of steps)
      for (const blue of steps) {
        const colour = `#${red}${green}${blue}`;
        least = Math.min(
          least,
          contrast(parseHex(readableOn(colour) === '#000' ? '#000000' : '#ffffff'), parseHex(colour)),
        );
      }
  assert.ok(least >= 4.5, `the least is ${least}`);
});
