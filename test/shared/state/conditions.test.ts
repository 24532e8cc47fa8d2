import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import { condition } from '../../../shared/contract/condition.ts';
import type { Condition } from '../../../shared/contract/condition.ts';
import { holds } from '../../../shared/state/conditions.ts';

const facts = { path: '/shop/mugs', seconds: 12, open: true, plan: 'pro' };
const yes: Condition = { field: 'open', operator: 'is', value: true };
const no: Condition = { field: 'open', operator: 'is', value: false };
const matches = (value: string): Condition => ({ field: 'path', operator: 'matches', value });

test('a comparison holds for what is known', () => {
  assert.ok(holds(yes, facts));
  assert.ok(!holds(no, facts));
  assert.ok(holds({ field: 'seconds', operator: 'atLeast', value: 12 }, facts));
  assert.ok(!holds({ field: 'seconds', operator: 'atLeast', value: 13 }, facts));
  assert.ok(holds({ field: 'plan', operator: 'is', value: 'pro' }, facts));
});

test('what is not known fulfils no comparison', () => {
  for (const unknown of [
    { field: 'country', operator: 'is', value: 'DE' },
    { field: 'country', operator: 'matches', value: 'DE*' },
    { field: 'country', operator: 'matches', value: '*' },
    { field: 'orders', operator: 'atLeast', value: 0 },
  ] satisfies Condition[]) {
    assert.ok(!holds(unknown, facts), JSON.stringify(unknown));
    assert.ok(holds({ not: unknown }, facts), JSON.stringify(unknown));
  }
});

test('all, any and not are put together at any depth', () => {
  assert.ok(holds({ all: [yes, { not: no }, { any: [no, yes] }] }, facts));
  assert.ok(!holds({ all: [yes, no] }, facts));
  assert.ok(!holds({ any: [no, { not: yes }] }, facts));
});

test('a glob counts the whole text, and a star stands for anything, nothing too', () => {
  for (const glob of ['/shop/mugs', '*', '/shop*', '*mugs', '/*/*', '/shop/mugs*', '*shop*', '/s*p/*gs'])
    assert.ok(holds(matches(glob), facts), glob);
  for (const glob of ['/shop', 'shop/mugs', '/shop/*/x', '*mug', '/SHOP*', '/shop/mugs*mugs', '/s.op/mugs'])
    assert.ok(!holds(matches(glob), facts), glob);
});

test('a glob means the same as the regular expression that it stands for', () => {
  const word = fc.array(fc.constantFrom('a', 'b', '/', '.'), { maxLength: 12 }).map((letters) => letters.join(''));
  const glob = fc.array(fc.constantFrom('a', 'b', '/', '.', '*'), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(word, glob, (path, letters) => {
      const pattern = letters.map((letter) => (letter === '*' ? '.*' : letter.replace(/[./]/, '\\$&'))).join('');
      assert.equal(holds(matches(letters.join('')), { path }), new RegExp(`^${pattern}$`).test(path));
    }),
    { numRuns: 2000 },
  );
});

const isGood = (value: unknown): boolean => v.safeParse(condition, value).success;

test('only whole, small and shallow trees are conditions', () => {
  assert.ok(isGood(yes));
  assert.ok(isGood({ all: [yes, { not: { any: [no, matches('/x*')] } }] }));
  for (const bad of [
    null,
    {},
    { all: [] },
    { all: [yes], any: [yes] },
    { not: [yes] },
    { field: 'path', operator: 'matches', value: 3 },
    { field: 'seconds', operator: 'atLeast', value: '3' },
    { field: 'a b', operator: 'is', value: 3 },
    { field: 'path', operator: 'runs', value: 'x' },
    { ...yes, more: 1 },
  ])
    assert.ok(!isGood(bad), JSON.stringify(bad));
  let deep: unknown = yes;
  for (let level = 0; level < 20_000; level += 1) deep = { not: deep };
  assert.ok(!isGood(deep), 'bottomless');
  assert.ok(!isGood({ any: Array.from({ length: 200 }, () => matches('/a/long/path*')) }), 'long');
});
