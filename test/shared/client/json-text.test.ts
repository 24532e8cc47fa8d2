import assert from 'node:assert/strict';
import { it } from 'node:test';
import { jsonText } from '../../../shared/client/json-text.ts';

// An empty place in a list is nothing either.
const holey = [1];
holey[2] = 3;

const value = {
  text: 'Quote " and \u2028',
  list: [1, null, undefined, [true, { deep: [] }]],
  left: undefined,
  none: null,
  nested: { a: -0.5, b: '' },
  call: () => 1,
  sign: Symbol('sign'),
  gaps: [() => 1, Symbol('sign'), holey],
  at: new Date(0),
  never: new Date(Number.NaN),
};

it('writes what JSON.stringify writes', () => {
  assert.equal(jsonText(value), JSON.stringify(value));
});

it('writes it also where a library gave arrays and strings a toJSON of their own', () => {
  const wanted = JSON.stringify(value);
  const holders = [Array.prototype, String.prototype] as { toJSON?: () => string }[];
  try {
    for (const holder of holders) holder.toJSON = () => 'mangled';
    assert.notEqual(JSON.stringify(value), wanted, 'or this test would say nothing');
    assert.equal(jsonText(value), wanted);
  } finally {
    for (const holder of holders) delete holder.toJSON;
  }
});
