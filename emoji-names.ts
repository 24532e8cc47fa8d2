/**
 * What the emoji picker knows of emoji, cut down at build to what it shows and searches: a fifth of the published data. One module per
 * language, `emoji-names:de`, whose default export is `EmojiNames` of shared/ui/emoji/emoji-set.ts. As modules rather than as JSON, they
 * come under the `script-src` that a page allows us anyway, and need no line of their own in its policy.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

interface PublishedEmoji {
  emoji: string;
  annotation: string;
  tags?: string[];
  group: number;
  order: number;
  version: number;
  skins?: { emoji: string; tone: number | number[] }[];
}

const prefix = 'emoji-names:';
const modules = /^\0parlour\/emoji-names-(\w+)\.js$/;
/** Skin tones and hair by themselves: nobody sends those. */
const components = 2;
/** Every system in use draws these. */
const drawnEverywhere = 11;
const { resolve } = createRequire(import.meta.url);

/** Each is wanted by several builds. */
const made = new Map<string, string>();

/** The module for one of the languages there is data for, as JavaScript. */
export function emojiNamesModule(language: string): string {
  const module = made.get(language) ?? make(language);
  made.set(language, module);
  return module;
}

function make(language: string): string {
  // Emojibase's own English words are richer than the standard's.
  const source = language === 'en' ? 'emojibase' : 'cldr';
  const path = resolve(`emoji-picker-element-data/${language}/${source}/data.json`);
  const published = JSON.parse(readFileSync(path, 'utf8')) as PublishedEmoji[];
  const groups: string[][] = [];
  for (const one of published.toSorted((a, b) => a.order - b.order)) {
    if (one.group === components) continue;
    (groups[one.group] ??= []).push(recordOf(one));
  }
  return `export default ${JSON.stringify(groups.filter(Boolean).map((records) => records.join('|')))};`;
}

function recordOf({ emoji: published, annotation, tags = [], version, skins = [] }: PublishedEmoji): string {
  // That it is a picture need not be said where it is one anyway.
  const emoji = published.replace(/^(\p{Emoji_Presentation})\uFE0F$/u, '$1');
  const said = annotation.toLowerCase();
  // What the name says already need not be said again.
  const words = [...new Set(tags.flatMap((tag) => tag.toLowerCase().split(' ')))].filter(
    (word) => !said.includes(word),
  );
  const light = skins.find(({ tone }) => tone === 1)?.emoji ?? '';
  // Most take the tone after their first sign; those of several people are written out.
  const tone = light && light === withTone(emoji) ? '1' : light;
  const fields = [emoji, version > drawnEverywhere ? String(version) : '', tone, annotation, words.join(' ')];
  if (fields.some((field) => /[|;]/.test(field)))
    throw new Error(`${emoji} is described with a sign that parts records`);
  return fields.join(';');
}

function withTone(emoji: string): string {
  const [first = '', ...rest] = emoji;
  return [first, '🏻', ...(rest[0] === '\uFE0F' ? rest.slice(1) : rest)].join('');
}

/** Makes the modules as they are asked for. */
export function emojiNames(): Plugin {
  return {
    name: 'parlour:emoji-names',
    resolveId: {
      filter: { id: /^emoji-names:/ },
      // Its last part names the chunk.
      handler: (source) => `\0parlour/emoji-names-${source.slice(prefix.length)}.js`,
    },
    load: {
      filter: { id: modules },
      handler: (id) => emojiNamesModule(modules.exec(id)?.[1] ?? ''),
    },
  };
}
