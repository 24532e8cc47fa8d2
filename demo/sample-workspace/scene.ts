import type { Chance } from './random.ts';

export type Line = { by: 'contact' | 'teammate' | 'note'; text: string; optional: boolean };

/** A conversation as it might go, before anybody in particular has it. */
export type Scene = { page: string; lines: Line[] };

const speakers = { '>': 'contact', '<': 'teammate', '#': 'note' } as const;

/**
 * Reads scenes apart from each other by an empty line. The first line, `@ page.html`, is where it begins (`@ product`: at any of the shop's
 * pieces). Then each line is something said: `>` by the contact, `<` by a teammate, `#` a note among the team; `?` before it means "perhaps".
 * `{one|other}` is a choice, `$word` a blank that the conversation fills, `\n` a new line.
 */
export function readScenes(text: string): Scene[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((block) => {
      const [head = '', ...rest] = block.trim().split('\n');
      const page = /^@ (\S+)$/.exec(head.trim())?.[1];
      if (page === undefined) throw new Error(`A scene begins with "@ page": ${head}`);
      return { page, lines: rest.map(readLine) };
    });
}

function readLine(line: string): Line {
  const [, perhaps, sign, said] = /^\s*(\?)?([<>#]) (.+)$/.exec(line) ?? [];
  if (sign === undefined || said === undefined) throw new Error(`Who says this? ${line}`);
  return {
    by: speakers[sign as keyof typeof speakers],
    text: said.replaceAll('\\n', '\n'),
    optional: perhaps !== undefined,
  };
}

/** The words as this conversation has them. */
export function say(text: string, blanks: Record<string, string>, chance: Chance): string {
  const chosen = text.replace(/\{([^{}]+)\}/g, (_whole, options: string) => chance.pick(options.split('|')));
  return chosen.replace(/\$([a-z]+)/gi, (_whole, name: string) => {
    const word = blanks[name];
    if (word === undefined) throw new Error(`Nothing fills $${name} in: ${text}`);
    return word;
  });
}
