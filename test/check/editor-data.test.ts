import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { editorData, publicElements, readManifest } from '../../editor-data.ts';
import { pageApi } from '../../server/http/docs-page-api.ts';
import { palette } from '../../shared/state/palette.ts';
import { tokenGuide } from '../../shared/state/token-guide.ts';
import { tokens } from '../../shared/ui/tokens.ts';

const manifest = readManifest();
const elements = publicElements(manifest);
const data = JSON.parse(JSON.stringify(editorData(manifest, '1.2.3'))) as {
  'html-custom-data.json': { tags: { name: string; attributes: { name: string; values?: { name: string }[] }[] }[] };
  'css-custom-data.json': { properties: { name: string; description: string }[]; pseudoElements: { name: string }[] };
  'web-types.json': {
    version: string;
    contributions: {
      html: {
        elements: {
          name: string;
          js: { properties: { name: string }[]; events: { name: string }[] };
          css: { properties: { name: string }[] };
        }[];
      };
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

/** What the styles read of the page, by name, with what they do without it. */
function readOfPage(css: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { 1: name = '', index, 0: start } of css.matchAll(/var\((--parlour-[a-z-]+),/g)) {
    let depth = 1;
    let end = index + start.length;
    for (; depth > 0; end += 1) depth += Number(css[end] === '(') - Number(css[end] === ')');
    if (!found.has(name)) found.set(name, css.slice(index + start.length, end - 1));
  }
  return found;
}

it('tells of every token that the styles read, and of no other, with a sentence and what it is by itself', () => {
  const read = readOfPage(tokens.cssText);
  assert.ok(read.size > 25);
  assert.deepEqual(names(tokenGuide).sort(), [...read.keys()].sort());
  for (const { name, description, default: value } of tokenGuide) {
    assert.match(description, /^[A-Z].{10,}\.$/, name);
    const colour = palette[name.replace('--parlour-', '') as keyof typeof palette] as
      | (typeof palette)['text']
      | undefined;
    if (colour) for (const one of Object.values(colour)) assert.ok(value.includes(one), name);
    // In words, where it follows from another.
    else if (!value.startsWith('the ')) assert.equal(value, read.get(name), name);
  }
});

it('says the same of the tokens to editors, in the manifest and in the reference', () => {
  assert.deepEqual(names(data['css-custom-data.json'].properties), names(tokenGuide));
  const page = pageApi('https://chat.example.com').source;
  for (const [index, { name, description, default: value }] of tokenGuide.entries()) {
    const told = data['css-custom-data.json'].properties[index]?.description ?? '';
    assert.ok(told.includes(description) && told.includes(value), name);
    assert.ok(page.includes(`<code>${name}</code>`), name);
  }
  const guide = new Map(tokenGuide.map((token) => [token.name, token]));
  for (const { declarations } of manifest.modules)
    for (const { cssProperties = [] } of declarations)
      for (const told of cssProperties) assert.deepEqual(told, guide.get(told.name));
});

it('says of each element which tokens it reads', () => {
  const of = (tag: string): string[] => names(elements.find(({ tagName }) => tagName === tag)?.cssProperties);
  for (const tag of ['parlour-widget', 'parlour-conversation', 'parlour-workspace'])
    for (const token of ['--parlour-accent', '--parlour-radius', '--parlour-motion', '--parlour-color-scheme'])
      assert.ok(of(tag).includes(token), `${tag} ${token}`);
  assert.ok(of('parlour-conversation').includes('--parlour-note'));
  assert.ok(!of('parlour-widget').includes('--parlour-note'), 'visitors never see a note');
  const types = data['web-types.json'].contributions.html.elements;
  for (const { tagName } of elements)
    assert.deepEqual(names(types.find(({ name }) => name === tagName)?.css.properties), of(tagName), tagName);
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
