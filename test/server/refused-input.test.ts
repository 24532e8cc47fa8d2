/** What does not fit its schema is said in words, with units: whoever reads them sees neither the schema nor the code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { DomainError, parse } from '../../server/kernel/errors.ts';
import { isSentence } from './harness.ts';

/** What is said of one value, as the field `it`. */
function said(schema: v.GenericSchema, value: unknown): string {
  try {
    parse(v.strictObject({ it: schema }), { it: value });
  } catch (error) {
    assert.ok(error instanceof DomainError && error.code === 'invalid');
    isSentence(error.message);
    return error.fields?.['it'] ?? '';
  }
  return assert.fail('it was taken');
}

const text = v.string();
const list = v.array(v.string());
const number = v.number();

const refused: [v.GenericSchema, unknown, string][] = [
  [v.pipe(text, v.maxLength(80)), 'x'.repeat(81), 'may have at most 80 characters'],
  [v.pipe(text, v.maxLength(1)), 'xx', 'may have at most one character'],
  [v.pipe(text, v.minLength(10)), 'x', 'must have at least 10 characters'],
  [v.pipe(text, v.minLength(1)), '', 'must have at least one character'],
  [v.pipe(list, v.minLength(1)), [], 'must have at least one entry'],
  [v.pipe(list, v.minLength(2)), ['x'], 'must have at least 2 entries'],
  [v.pipe(list, v.maxLength(1)), ['x', 'y'], 'may have at most one entry'],
  [v.pipe(list, v.maxLength(50)), Array.from({ length: 51 }, String), 'may have at most 50 entries'],
  [v.pipe(number, v.minValue(1)), 0, 'must be at least 1'],
  [v.pipe(number, v.maxValue(100)), 1000, 'may be at most 100'],
  [v.pipe(number, v.integer()), 1.5, 'must be a whole number'],
  [v.pipe(text, v.minLength(1, 'must not be empty')), '', 'must not be empty'],
  [v.picklist(['open', 'snoozed', 'closed']), 'bogus', 'must be "open", "snoozed" or "closed"'],
  [v.picklist(['new or old', 'a | (b)']), 'bogus', 'must be "new or old" or "a | (b)"'],
  [v.literal('rotate'), 1, 'must be "rotate"'],
  [v.union([text, number, v.boolean()]), null, 'must be text, a number, true or false'],
  [text, 1, 'must be text'],
];

for (const [schema, value, words] of refused) {
  test(`a field that ${words}`, () => assert.equal(said(schema, value), words));
}

test('a value that is no field goes by the name that it is given', () => {
  assert.throws(() => parse(v.string(), undefined, 'header If-Match'), /^.*: header If-Match is missing\.$/);
  assert.throws(() => parse(v.string(), undefined), /^.*: input is missing\.$/);
});
