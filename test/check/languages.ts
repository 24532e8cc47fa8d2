/**
 * Fails when a text of the widget is not in every language, or a catalogue holds what no longer is in the source: a visitor would meet
 * a word of English in the middle of a sentence, and nobody would hear of it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import type { Catalogue } from '../../widget/languages/catalogue.ts';
import { catalogues } from '../../widget/languages/language.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const languages = Object.keys(catalogues);
const failures: string[] = [];
/** In which languages a text is missing. */
const missing = new Map<string, string[]>();

/** Every text given to `msg()`, with `{0}` for the first value, and where it stands. */
function sourceTexts(): Map<string, string> {
  const texts = new Map<string, string>();
  for (const folder of ['widget', 'shared/ui']) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const path = `${folder}/${file.replaceAll('\\', '/')}`;
      new Visitor({
        CallExpression({ callee, arguments: [text] }) {
          if (callee.type !== 'Identifier' || callee.name !== 'msg') return;
          const read = text ? textOf(text) : undefined;
          if (read === undefined) failures.push(`${path}: msg() takes a text written out, or str\`…\`.`);
          else texts.set(read, path);
        },
      }).visit(parseSync(path, readFileSync(join(root, path), 'utf8')).program);
    }
  }
  return texts;
}

type Argument = {
  type: string;
  value?: unknown;
  tag?: unknown;
  quasi?: { quasis: { value: { cooked: string | null } }[] };
};

function textOf(node: Argument): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TaggedTemplateExpression' || (node.tag as { name?: string }).name !== 'str') return undefined;
  return node.quasi?.quasis.map(({ value }, index) => (index ? `{${index - 1}}` : '') + (value.cooked ?? '')).join('');
}

const placesOf = (text: string): string => [...new Set(text.match(/\{\d\}/g))].sort().join();

/** The plural forms a language needs of a text beside `one`, among counts a chat has. */
function formsOf(language: string): string[] {
  const rules = new Intl.PluralRules(language);
  // Some have `other` for fractions alone; it is also what is said when a browser knows other rules.
  const used = new Set(['other', ...Array.from({ length: 200 }, (_, count) => rules.select(count))]);
  return [...used].filter((rule) => rule !== 'one').sort();
}

const texts = sourceTexts();
if (texts.size < 20) failures.push(`Only ${texts.size} texts were found in the widget: the search is broken.`);
for (const language of languages) {
  const file = `widget/languages/${language}.ts`;
  const { messages } = (await import(join(root, file))) as { messages: Catalogue };
  for (const source of texts.keys()) {
    const text = messages[source];
    if (text === undefined) {
      missing.set(source, [...(missing.get(source) ?? []), language]);
      continue;
    }
    const forms = typeof text === 'string' ? { other: text } : text;
    for (const form of Object.values(forms)) {
      if (form.trim() === '') failures.push(`${file} says nothing for "${source}".`);
      // A form for one count only ("two messages") may leave the number out.
      const mayOmit = typeof text !== 'string' && form !== text.other;
      if (placesOf(form) !== placesOf(source) && !(mayOmit && placesOf(form) === ''))
        failures.push(`${file} has other values in "${form}" than "${source}" has.`);
    }
    if (typeof text === 'string') continue;
    const [has, needs] = [Object.keys(text).sort().join(), formsOf(language).join()];
    if (has !== needs) failures.push(`${file} has the forms ${has} of "${source}"; the language has ${needs}.`);
  }
  for (const source of Object.keys(messages)) {
    if (!texts.has(source)) failures.push(`${file} has "${source}", which the widget no longer says.`);
  }
}

for (const [source, where] of missing)
  failures.push(`"${source}" (${texts.get(source)}) is not in widget/languages: ${where.join(', ')}.`);
if (failures.length > 0) process.stdout.write(`${failures.join('\n')}\n`);
process.exitCode = failures.length > 0 ? 1 : 0;
