import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { leanFiles, withoutUnreached } from '../../lean-lit.ts';

for (const file of leanFiles) {
  const path = fileURLToPath(new URL(`../../node_modules/${file}`, import.meta.url));
  const code = readFileSync(path, 'utf8');

  test(`${file} is a script still, and leaves nothing on the page`, () => {
    const lean = withoutUnreached(code, path);
    assert.deepEqual(parseSync(file, lean).errors, []);
    for (const left of ['PolyfillSupport', 'HydrateSupport', 'Versions', 'litPropertyMetadata', '.metadata'])
      assert.ok(!lean.includes(left), left);
    assert.ok(lean.length < code.length);
  });

  test(`another ${file} than the one that was read is refused`, () => {
    assert.throws(() => withoutUnreached(code.replaceAll(/[.;]/g, ' $& '), path), /does not hold this exactly once/);
  });
}

test('what is not Lit’s stays as it is', () => {
  const code = 'Symbol.metadata??=Symbol("metadata")';
  assert.equal(withoutUnreached(code, '/site/node_modules/lit-html/static.js'), code);
});
