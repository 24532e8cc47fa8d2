import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Condition } from '../../../shared/contract/condition.ts';
import { ruleScript } from '../../../server/channels/web-chat/page-rules.ts';
import { conditionScript } from '../../../shared/state/condition-script.ts';
import { holds } from '../../../shared/state/conditions.ts';
import type { Facts } from '../../../shared/state/conditions.ts';

/** What a browser makes of a condition. */
function runs(condition: Condition, facts: Facts, isText: (field: string) => boolean): boolean {
  const script = conditionScript(condition, (field) => ({
    value: `facts[${JSON.stringify(field)}]`,
    isText: isText(field),
  }));
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- what is tested is a script
  return new Function('facts', `return ${script}`)(facts) as boolean;
}

const field = fc.constantFrom('path', 'seconds', 'plan', 'nothing');
const text = fc
  .array(fc.constantFrom('a', 'b', '/', '.', '`', '$', '{', '}', '\\', '"', '<', 'é'), { maxLength: 9 })
  .map((letters) => letters.join(''));
const glob = fc
  .array(fc.constantFrom('a', 'b', '/', '*', '*', '`', '${', '\\', '"', '<'), { minLength: 1, maxLength: 8 })
  .map((letters) => letters.join(''));
const number = fc.constantFrom(-1, 0, 1.5, 2, 1e21);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    fc.record({ field, operator: fc.constant('is' as const), value: fc.oneof(text, number, fc.boolean()) }),
    fc.record({ field, operator: fc.constant('matches' as const), value: glob }),
    fc.record({ field, operator: fc.constant('atLeast' as const), value: number }),
    fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));
const facts = fc.record(
  { path: text, seconds: number, plan: fc.oneof(text, number, fc.boolean()) },
  { requiredKeys: ['path', 'seconds'] },
);

test('a condition as a script is true where the condition holds', () => {
  let held = 0;
  fc.assert(
    fc.property(condition, facts, (rule, known) => {
      const expected = holds(rule, known);
      if (expected) held += 1;
      assert.equal(
        runs(rule, known, (name) => name === 'path'),
        expected,
      );
    }),
    { numRuns: 3000 },
  );
  assert.ok(held > 100, 'some of them hold');
});

test('a glob that nearly every text fulfils is written as well', () => {
  for (const [value, path] of [
    ['*', ''],
    ['**', 'x'],
    ['/shop*', '/shop'],
    ['*/pay', '/shop/pay'],
    ['*shop*', '/shop/1'],
    ['/a*b*c', '/a--b--c'],
    ['a*a', 'aa'],
  ] as const) {
    const rule: Condition = { field: 'path', operator: 'matches', value };
    assert.equal(
      runs(rule, { path }, () => true),
      true,
      value,
    );
    assert.equal(
      runs(rule, { path: 'a' }, () => true),
      holds(rule, { path: 'a' }),
      value,
    );
  }
});

test('what a condition says does not end the script it stands in', () => {
  const script = conditionScript({ field: 'path', operator: 'is', value: '</script>`${alert(1)}' }, () => ({
    value: 'path',
  }));
  assert.equal(script, 'path===`\\u003c/script>\\`\\${alert(1)}`');
});

test('what says a value more briefly is used for that value alone, and not for its name or what every object has', () => {
  const brief = (value: string | boolean): string =>
    conditionScript({ field: 'open', operator: 'is', value }, () => ({
      value: 'open',
      is: new Map([[true, 'isOpen']]),
    }));
  assert.equal(brief(true), 'isOpen');
  for (const text of ['true', 'constructor', 'toString', '__proto__', 'get'])
    assert.equal(brief(text), `open===\`${text}\``);
});

test('what says more briefly that it is at least a number is asked for numbers alone', () => {
  const brief = (value: string | number): string =>
    conditionScript({ field: 'seconds', operator: 'atLeast', value: value as number }, () => ({
      value: 'ms/1e3',
      atLeast: (least) => `ms>=${least * 1000}`,
    }));
  assert.equal(brief(20), 'ms>=20000');
  assert.equal(brief('20'), 'ms/1e3>=`20`');
});

test('the rules of a page are a script whatever they ask for', () => {
  for (const field of ['device', 'open', 'leaving', 'path', 'seconds', 'constructor'])
    for (const value of ['constructor', 'toString', '__proto__', 'true', 'phone']) {
      const rule = ruleScript({ field, operator: 'is', value }, [], { key: 'k' });
      // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- what is tested is a script
      assert.doesNotThrow(() => new Function(`return ${rule}`), `${field} is ${value}`);
    }
});
