import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { checkImports, importsOf, judge } from './imports.ts';

const forbidden: [file: string, specifier: string, why: string][] = [
  ['widget/panel/panel.ts', '../../inbox-elements/inbox/inbox.ts', 'the widget carries no inbox'],
  ['widget/panel/panel.ts', '../../server/kernel/errors.ts', 'the widget knows no server'],
  ['widget/loader/loader.ts', 'lit', 'the launcher shows without Lit'],
  ['widget/loader/loader.ts', '../panel/panel.ts', 'the panel is fetched on intent'],
  ['inbox-elements/inbox/inbox.ts', '../../widget/panel/panel.ts', 'the inbox carries no widget'],
  ['inbox-elements/inbox/inbox.ts', '../../server/modules/inbox/schema.ts', 'elements know no tables'],
  ['inbox-elements/inbox/inbox.ts', 'node:fs', 'elements run in browsers'],
  ['server/app.ts', 'lit', 'the server draws nothing'],
  ['server/app.ts', '@lit/localize', 'nor translates for Lit'],
  ['server/app.ts', '../shared/ui/tokens.ts', 'the server knows no look'],
  ['server/app.ts', '../shared/client/client.ts', 'nor the browser side of the wire'],
  ['server/app.ts', '../test/browser.ts', 'production never imports tests'],
  ['server/kernel/command-bus.ts', '../modules/inbox/schema.ts', 'the kernel knows no feature'],
  ['server/kernel/command-bus.ts', '../channels/channel.ts', 'the kernel knows no channel'],
  ['server/modules/inbox/operations.ts', '../conversation/operations.ts', 'modules meet at events and commands'],
  ['server/modules/inbox/operations.ts', '../conversation/schema-of-others.ts', 'a prefix is not the schema'],
  ['shared/contract/inbox.ts', 'drizzle-orm', 'the contract is valibot only'],
  ['shared/contract/inbox.ts', '../wire/frames.ts', 'the contract knows no wire'],
  ['shared/wire/frames.ts', '../client/client.ts', 'the wire knows no client'],
  ['shared/state/apply-event.ts', '../ui/tokens.ts', 'reducers know no look'],
  ['shared/client/client.ts', 'lit', 'the client draws nothing'],
  ['shared/ui/composer.ts', '../../widget/context/channel.ts', 'shared parts know no bundle'],
];

for (const [file, specifier, why] of forbidden) {
  test(`${why}: ${file} may not import ${specifier}`, () => {
    assert.match(judge(file, specifier) ?? 'allowed', /may (not import|import only)/);
  });
}

const allowed: [file: string, specifier: string][] = [
  ['widget/panel/panel.ts', 'lit/decorators.js'],
  ['widget/panel/panel.ts', '../../shared/ui/tokens.ts'],
  ['widget/panel/panel.ts', '../api/parlour.ts'],
  ['inbox-elements/elements.ts', '@lit/context'],
  ['server/app.ts', './kernel/errors.ts'],
  ['server/app.ts', 'node:fs'],
  ['server/modules/inbox/operations.ts', '../conversation/schema.ts'],
  ['server/modules/inbox/operations.ts', '../conversation/queries.ts'],
  ['server/modules/inbox/operations.ts', './reactions.ts'],
  ['server/modules/inbox/operations.ts', '../../../shared/contract/inbox.ts'],
  ['shared/contract/inbox.ts', 'valibot'],
  ['shared/client/client.ts', '../wire/frames.ts'],
];

for (const [file, specifier] of allowed) {
  test(`${file} may import ${specifier}`, () => {
    assert.equal(judge(file, specifier), undefined);
  });
}

test('every way of importing is seen, with its line', () => {
  const source = [
    "import { a } from './static.ts';",
    "import type { B } from './type.ts';",
    "export { c } from './re-export.ts';",
    "export * from './all.ts';",
    "export type { D } from './re-exported-type.ts';",
    "type E = import('./type-position.ts').E;",
    "const f = () => import('./dynamic.ts');",
    "import './effect.ts';",
    "// import './comment.ts';",
    'const text = "import \'./text.ts\'";',
  ].join('\n');
  const seen = importsOf('a.ts', source).sort((a, b) => a.line - b.line);
  assert.deepEqual(
    seen.map(({ specifier, line }) => `${line} ${specifier}`),
    [
      '1 ./static.ts',
      '2 ./type.ts',
      '3 ./re-export.ts',
      '4 ./all.ts',
      '5 ./re-exported-type.ts',
      '6 ./type-position.ts',
      '7 ./dynamic.ts',
      '8 ./effect.ts',
    ],
  );
});

test('a tree with one forbidden type import fails at that line, and only there', () => {
  const root = mkdtempSync(join(tmpdir(), 'parlour-imports-'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  try {
    write('server/modules/inbox/schema.ts', 'export interface Row { id: string }\n');
    write('server/app.ts', "import type { Row } from './modules/inbox/schema.ts';\nexport type R = Row;\n");
    write(
      'widget/panel/panel.ts',
      "\nimport type { Row } from '../../server/modules/inbox/schema.ts';\nexport type R = Row;\n",
    );
    const { files, violations } = checkImports(root);
    assert.equal(files, 3);
    assert.deepEqual(
      violations.map(({ file, line }) => `${file}:${line}`),
      ['widget/panel/panel.ts:2'],
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});
