import type { Inline } from '../contract/body.ts';

type TextRun = Extract<Inline, { type: 'text' }>;
type Mark = 'strong' | 'emphasis';

/** A run of * or _ that may open marked text; it is text itself until its other half is found. */
type Opener = { run: string; token: number };

const marksOf: Record<string, readonly Mark[]> = {
  '*': ['emphasis'],
  _: ['emphasis'],
  '**': ['strong'],
  '***': ['strong', 'emphasis'],
};

/** Marks inside of words are text (2*3*4, snake_case), except in scripts that put no spaces between words. */
const ofWord = /[\p{Lu}\p{Ll}\p{N}]/u;
const safeHref = /^(?:https?:\/\/[^\s/]|mailto:[^\s]|tel:[+\d])/i;

// Sticky, and without two ways to read the same characters. A link's text and address both end at the next bracket, an email's
// domain at the next @: attempts that begin at different places never look at the same characters twice.
const plainAt = /[^\n\\`[*_hH@]+/y;
const delimiterAt = /\*+|_+/y;
const escapeAt = /\\[`*_[\]]/y;
const linkAt = /\[([^[\]\n]+)\]\(([^\s()[\]<>"]*(?:\([^\s()[\]<>"]*\)[^\s()[\]<>"]*)*)\)/y;
const addressAt = /https?:\/\/[^\s<>"`]+/iy;
const domainAt = /[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/iy;
const localCharacter = /[a-z0-9._%+-]/i;

/** How many more marks of a text are read: what is marked, blocks and items, links and breaks. */
export type MarksLeft = { left: number };

/** Reads the marks inside one block. Line feeds become breaks, as long as there are marks left: then they are text with the rest. */
export function parseInline(text: string, marks: MarksLeft): Inline[] {
  return new InlineReader(text, marks).read();
}

class InlineReader {
  readonly #text: string;
  readonly #marksLeft: MarksLeft;
  readonly #tokens: Inline[] = [];
  readonly #openers: Opener[] = [];
  /** How many openers of each run wait, so that a run without one is known at once. */
  readonly #waiting = new Map<string, number>();
  /** By token: the marks that begin (+1) or end (-1) with it. */
  readonly #turns = new Map<number, { marks: readonly Mark[]; by: number }>();
  readonly #codeEnds: ReadonlyMap<number, number>;
  #literal = '';
  #at = 0;

  constructor(text: string, marksLeft: MarksLeft) {
    this.#text = text;
    this.#marksLeft = marksLeft;
    this.#codeEnds = codeEnds(text);
  }

  read(): Inline[] {
    while (this.#at < this.#text.length && this.#marksLeft.left > 0) {
      // Most of a text begins no mark.
      const plain =
        this.#match(plainAt)?.[0] ?? (this.#readMark(this.#text.charAt(this.#at)) ? '' : this.#text.charAt(this.#at));
      this.#literal += plain;
      this.#at += plain.length;
    }
    this.#literal += this.#text.slice(this.#at);
    this.#push();
    return this.#marked();
  }

  #readMark(character: string): boolean {
    switch (character) {
      case '\n':
        return this.#pushMark({ type: 'break' }, 1);
      case '\\':
        return this.#readEscape();
      case '`':
        return this.#readCode();
      case '[':
        return this.#readLink();
      case '*':
      case '_':
        return this.#readDelimiter();
      case 'h':
      case 'H':
        return this.#readAddress();
      case '@':
        return this.#readEmail();
      default:
        return false;
    }
  }

  /** Ends the text so far as a token of its own, and adds another that takes `length` characters. */
  #push(token?: Inline, length = 0): true {
    if (this.#literal) this.#tokens.push({ type: 'text', text: this.#literal });
    this.#literal = '';
    if (token) this.#tokens.push(token);
    this.#at += length;
    return true;
  }

  #pushMark(token: Inline, length: number): true {
    this.#marksLeft.left -= 1;
    return this.#push(token, length);
  }

  #match(pattern: RegExp, at = this.#at): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(this.#text);
  }

  #readEscape(): boolean {
    const escape = this.#match(escapeAt)?.[0];
    if (!escape) return false;
    this.#literal += escape.charAt(1);
    this.#at += 2;
    return true;
  }

  #readCode(): boolean {
    const end = this.#codeEnds.get(this.#at);
    let start = this.#at;
    while (this.#text.charAt(start) === '`') start += 1;
    if (end === undefined) {
      this.#literal += this.#text.slice(this.#at, start);
      this.#at = start;
      return true;
    }
    const width = start - this.#at;
    const inner = this.#text.slice(start, end).replaceAll('\n', ' ');
    // A space on both sides only keeps the backticks apart.
    const text = inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() ? inner.slice(1, -1) : inner;
    return this.#pushMark({ type: 'text', text, code: true }, end + width - this.#at);
  }

  #readLink(): boolean {
    const link = this.#match(linkAt);
    const [all, text, href] = link ?? [];
    if (!all || !text?.trim() || !href || !safeHref.test(href)) return false;
    return this.#pushMark({ type: 'link', text, href }, all.length);
  }

  #readAddress(): boolean {
    const href = ofWord.test(this.#text.charAt(this.#at - 1)) ? undefined : this.#match(addressAt)?.[0];
    const trimmed = href && withoutSentenceEnd(href);
    if (!trimmed || !safeHref.test(trimmed)) return false;
    return this.#pushMark({ type: 'link', text: trimmed, href: trimmed }, trimmed.length);
  }

  #readEmail(): boolean {
    // What may stand in an address is never escaped, so the end of the literal is the text before the @.
    const from = this.#at - Math.min(64, this.#literal.length);
    let start = this.#at;
    while (start > from && localCharacter.test(this.#text.charAt(start - 1))) start -= 1;
    const local = this.#text.slice(start, this.#at).replace(/^[^a-z0-9]+/i, '');
    const domain = local && this.#match(domainAt, this.#at + 1)?.[0];
    if (!domain) return false;
    this.#literal = this.#literal.slice(0, this.#literal.length - local.length);
    const address = `${local}@${domain}`;
    return this.#pushMark({ type: 'link', text: address, href: `mailto:${address}` }, domain.length + 1);
  }

  #readDelimiter(): boolean {
    const run = this.#match(delimiterAt)?.[0] ?? '';
    const before = this.#text.charAt(this.#at - 1);
    const after = this.#text.charAt(this.#at + run.length);
    const opens = run in marksOf && /\S/.test(after) && !ofWord.test(before);
    const closes = run in marksOf && /\S/.test(before) && !ofWord.test(after);
    if (closes && this.#waiting.get(run)) {
      this.#close(run);
    } else if (opens) {
      this.#push({ type: 'text', text: run }, run.length);
      this.#openers.push({ run, token: this.#tokens.length - 1 });
      this.#count(run, 1);
    } else {
      this.#literal += run;
      this.#at += run.length;
    }
    return true;
  }

  /** Marks what stands since the last opener of the same run. Openers after that one cross it, so they stay text. */
  #close(run: string): void {
    const marks = marksOf[run] ?? [];
    this.#pushMark({ type: 'text', text: '' }, run.length);
    for (let opener = this.#openers.pop(); opener; opener = this.#openers.pop()) {
      this.#count(opener.run, -1);
      if (opener.run !== run) continue;
      this.#tokens[opener.token] = { type: 'text', text: '' };
      this.#turns.set(opener.token, { marks, by: 1 });
      this.#turns.set(this.#tokens.length - 1, { marks, by: -1 });
      return;
    }
  }

  #count(run: string, by: number): void {
    this.#waiting.set(run, (this.#waiting.get(run) ?? 0) + by);
  }

  /** The tokens with their marks, neighbours of a kind joined. */
  #marked(): Inline[] {
    const depth: Record<Mark, number> = { strong: 0, emphasis: 0 };
    const runs: Inline[] = [];
    this.#tokens.forEach((token, index) => {
      const turn = this.#turns.get(index);
      for (const mark of turn?.marks ?? []) depth[mark] += turn?.by ?? 0;
      if (token.type !== 'text') return runs.push(token);
      if (!token.text) return undefined;
      const run: TextRun = { ...token };
      if (depth.strong) run.strong = true;
      if (depth.emphasis) run.emphasis = true;
      const last = runs.at(-1);
      if (last?.type === 'text' && sameMarks(last, run)) last.text += run.text;
      else runs.push(run);
      return undefined;
    });
    return runs;
  }
}

function sameMarks(one: TextRun, other: TextRun): boolean {
  return one.strong === other.strong && one.emphasis === other.emphasis && one.code === other.code;
}

/** By where a run of backticks starts: where the next run of the same length does. Made once, from the end, to stay linear. */
function codeEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  if (!text.includes('`')) return ends;
  const nextOf = new Map<number, number>();
  for (const { 0: run, index } of [...text.matchAll(/`+/g)].reverse()) {
    const next = nextOf.get(run.length);
    if (next !== undefined) ends.set(index, next);
    nextOf.set(run.length, index);
  }
  return ends;
}

/** Full stops, quotes and brackets after an address belong to the sentence; a bracket that the address opened is its own. */
function withoutSentenceEnd(address: string): string {
  let surplus = 0;
  for (const character of address) surplus += character === ')' ? 1 : character === '(' ? -1 : 0;
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    if (last === ')' && surplus > 0) surplus -= 1;
    else if (!/[.,;:!?'*_~\]]/.test(last)) break;
  }
  return address.slice(0, end);
}
