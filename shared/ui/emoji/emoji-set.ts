/** 0 is none, then from light to dark. */
export type SkinTone = 0 | 1 | 2 | 3 | 4 | 5;

export interface Emoji {
  emoji: string;
  /** Since when it is an emoji, where not every system draws it. */
  version: number;
  /** Empty where it has no skin; `1` where the tone follows its first sign; else the whole of it in the lightest. */
  light: string;
  name: string;
  /** What it can be found by, as `plain()` writes it, each word after a space. */
  words: string;
}

/** By group, in the order of the standard: faces, people, nature, food, places, activities, things, signs, flags. */
export type EmojiSet = readonly (readonly Emoji[])[];

const modifiers = ['', '🏻', '🏼', '🏽', '🏾', '🏿'] as const;

/** The languages there is data for. Whoever reads another one searches in English. */
const names: Record<string, (query: string) => Promise<{ default: string[] }>> = {
  de: (_query) => import('emoji-names:de'),
  en: (_query) => import('emoji-names:en'),
  es: (_query) => import('emoji-names:es'),
  fr: (_query) => import('emoji-names:fr'),
  it: (_query) => import('emoji-names:it'),
  ja: (_query) => import('emoji-names:ja'),
  nl: (_query) => import('emoji-names:nl'),
  pl: (_query) => import('emoji-names:pl'),
  pt: (_query) => import('emoji-names:pt'),
  zh: (_query) => import('emoji-names:zh'),
};

let query = '';

/** Fetches what emoji are called in a language. Rejects where the network fails; the next call asks browsers that remember it for another address. */
export async function loadEmoji(language: string): Promise<EmojiSet> {
  const load = names[language] ?? names['en']!;
  const { default: groups } = await load(query).catch((error: unknown) => {
    query += '?';
    throw error;
  });
  return groups.map((group) => group.split('|').map(read));
}

function read(record: string): Emoji {
  const [emoji = '', version, light = '', name = '', words] = record.split(';');
  return { emoji, version: Number(version), light, name, words: ` ${plain(`${name} ${words}`)}` };
}

/** Without capitals, accents and marks, which people leave out when they search. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
}

/** Those whose words begin with all that was written, the ones named so first. */
export function findEmoji(set: EmojiSet, query: string): Emoji[] {
  const wanted = plain(query).trim();
  // Nothing in it that is a word: it may be an emoji itself.
  if (!wanted) return set.flat().filter(({ emoji }) => emoji === query.trim());
  // Japanese and Chinese put no space between words.
  const starts = wanted.split(' ').map((word) => (/[\u3040-\u9fff]/.test(word) ? word : ` ${word}`));
  const found = set.flat().filter(({ words }) => starts.every((word) => words.includes(word)));
  const rank = ({ words }: Emoji): number => (words.startsWith(` ${wanted}`) ? 0 : 1);
  return found.sort((one, other) => rank(one) - rank(other));
}

/** The emoji in a skin tone, as far as it has a skin. */
export function inTone({ emoji, light }: Pick<Emoji, 'emoji' | 'light'>, tone: SkinTone): string {
  const modifier = modifiers[tone];
  if (!light || !modifier) return emoji;
  if (light !== '1') return light.replaceAll('🏻', modifier);
  const [first = '', ...rest] = emoji;
  return [first, modifier, ...(rest[0] === '\uFE0F' ? rest.slice(1) : rest)].join('');
}
