import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { customProperties, editorData, publicElements, readManifest } from '../../editor-data.ts';

const manifest = readManifest();
const elements = publicElements(manifest);
const data = JSON.parse(JSON.stringify(editorData(manifest, '1.2.3'))) as {
  'html-custom-data.json': { tags: { name: string; attributes: { name: string; values?: { name: string }[] }[] }[] };
  'css-custom-data.json': { properties: { name: string }[]; pseudoElements: { name: string }[] };
  'web-types.json': {
    version: string;
    contributions: {
      html: { elements: { name: string; js: { properties: { name: string }[]; events: { name: string }[] } }[] };
    };
  };
};
const names = (list: readonly { name: string }[] = []): string[] => list.map(({ name }) => name);

it('tells editors of every element that a page may hold, and of no other', () => {
  const tags = elements.map(({ tagName }) => tagName);
  assert.ok(tags.includes('parlour-widget') && tags.includes('parlour-inbox'));
  assert.ok(!tags.includes('parlour-widget-panel'), 'that one lives in the widget');
  assert.deepEqual(names(data['html-custom-data.json'].tags), tags);
  assert.deepEqual(names(data['web-types.json'].contributions.html.elements), tags);
});

it('tells of all their attributes, properties, events and parts', () => {
  for (const [index, { tagName, attributes, members = [], events, cssParts }] of elements.entries()) {
    const tag = data['html-custom-data.json'].tags[index];
    const type = data['web-types.json'].contributions.html.elements[index];
    assert.deepEqual(names(tag?.attributes), names(attributes), tagName);
    const fields = members.filter(({ kind, static: isStatic }) => kind === 'field' && !isStatic);
    assert.deepEqual(names(type?.js.properties), names(fields), tagName);
    assert.deepEqual(names(type?.js.events), names(events), tagName);
    const parts = names(data['css-custom-data.json'].pseudoElements);
    for (const part of names(cssParts)) assert.ok(parts.includes(`::part(${part})`), `${tagName} ${part}`);
    for (const event of names(events)) assert.match(event, /^parlour-/, tagName);
  }
});

it('offers the values of an attribute that has few', () => {
  const widget = data['html-custom-data.json'].tags.find(({ name }) => name === 'parlour-widget');
  assert.deepEqual(names(widget?.attributes.find(({ name }) => name === 'theme')?.values), ['light', 'dark']);
});

it('tells of every token', () => {
  assert.deepEqual(names(data['css-custom-data.json'].properties), customProperties());
  for (const token of ['--parlour-accent', '--parlour-radius', '--parlour-font', '--parlour-color-scheme'])
    assert.ok(customProperties().includes(token), token);
});

it('is where package.json says', () => {
  const {
    exports: entries,
    files,
    ...fields
  } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    exports: Record<string, unknown>;
    files: string[];
    'web-types': string;
    customElements: string;
  };
  assert.equal(fields['web-types'], './dist/editors/web-types.json');
  assert.equal(fields.customElements, 'custom-elements.json');
  assert.ok(files.includes('custom-elements.json') && files.includes('dist'));
  assert.equal(entries['./editors/*'], './dist/editors/*');
  assert.deepEqual(Object.keys(data), ['html-custom-data.json', 'css-custom-data.json', 'web-types.json']);
});
