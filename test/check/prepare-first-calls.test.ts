import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { withFirstCallsPrepared } from '../../prepare-first-calls.ts';

/** A body as the loader's: in one function, which is called at once; it says what came of it. */
const script = (body: string): string => `(function() {\n${body}\n})();`;

/** What the script comes to when it is prepared, which is what it comes to as it was written. */
function run(body: string): unknown {
  const asWritten: unknown = runInNewContext(script(body));
  assert.deepEqual(runInNewContext(withFirstCallsPrepared(script(body))), asWritten);
  return asWritten;
}

const prepared = (body: string): string => withFirstCallsPrepared(script(body));
const isPrepared = (body: string, name: string): boolean =>
  new RegExp(`\\b${name} = \\((async )?(function|\\()`).test(prepared(body));

describe('a function that a script calls by itself', () => {
  it('stands in parentheses, and so do those that it calls and those that are handed on', () => {
    const body = `
      const out = [];
      function first() { second(); }
      function second() { out.push('second'); }
      const third = () => out.push('third');
      function handed() { out.push('handed'); }
      function never() { out.push('never'); }
      first(); third(); [1].forEach(handed);
      return out.join();`;
    assert.equal(run(body), 'second,third,handed');
    for (const name of ['first', 'second', 'third', 'handed']) assert.ok(isPrepared(body, name), name);
    assert.ok(!isPrepared(body, 'never'));
  });

  it('can be called before its place', () => {
    assert.equal(run(`const x = b(); function b() { return 'b'; } return x + b();`), 'bb');
  });

  it('can be called before its place by another', () => {
    assert.equal(run(`function a() { return b(); } const x = a(); function b() { return 'b'; } return x + b();`), 'bb');
  });

  it('can be called before its place through one that stays a declaration', () => {
    const body = `
      const x = { get it() { return late(); } }.it;
      function late() { return b(); }
      function b() { return 'b'; }
      return x + b();`;
    assert.equal(run(body), 'bb');
    assert.ok(isPrepared(body, 'b') && !isPrepared(body, 'late'));
  });

  it('can be put into an object before its place', () => {
    assert.equal(
      run(`const h = { go: helper }; function helper() { return 'done'; } helper(); return h.go();`),
      'done',
    );
  });

  it('can be declared in one that is', () => {
    const body = `
      function outer() {
        'use strict';
        const early = inner();
        function inner() { return this === undefined ? deep() : 'sloppy'; function deep() { return 'strict'; } }
        return early + inner();
      }
      return outer();`;
    assert.equal(run(body), 'strictstrict');
    for (const name of ['outer', 'inner', 'deep']) assert.ok(isPrepared(body, name), name);
  });
});

describe('a name reaches', () => {
  it('the function of its own scope, and no other of that name', () => {
    const body = `
      function first() { function same() { return 'inner'; } return same(); }
      function second() { return same(); }
      function same() { return 'outer'; }
      function third(unused) { return unused(); }
      function unused() { return 'unused'; }
      return first() + second() + third(() => '!');`;
    assert.equal(run(body), 'innerouter!');
    assert.equal(prepared(body).match(/same = \(function/g)?.length, 2);
    assert.ok(!isPrepared(body, 'unused'), 'a parameter hides it');
  });

  it('none, where it may stand for several or for another value later: those are left as they are', () => {
    const bodies = [
      `function a() { return 1; } function a() { return 2; } return a();`,
      `function a() { return 1; } const before = a(); a = () => 2; return before + a();`,
      `function a() { a = () => 2; return 1; } return a() + a();`,
      `function a() { return 1; } [a] = [() => 2]; return a();`,
      `var a; function a() { return 1; } return a();`,
      `function a() { return 1; } if (false) { var a = 2; } return a();`,
      `function a() { return 1; } { function a() { return 2; } a(); } return a();`,
      `function f(a) { function a() { return 1; } return a(); } return f(2);`,
      `if (true) { function a() { return 1; } a(); } return a();`,
      `switch (1) { case 1: a(); function a() { return 1; } } return a();`,
    ];
    for (const body of bodies) {
      assert.equal(typeof run(body), 'number');
      assert.ok(!isPrepared(body, 'a'), body);
    }
  });
});

it('what a script declares for the page stays the page’s', () => {
  const code = 'function shared() { return 1; } shared();';
  assert.equal(withFirstCallsPrepared(code), code);
});
