import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import { articleBody, body as bodySchema } from '../../../shared/contract/body.ts';
import type { ArticleBody, Inline } from '../../../shared/contract/body.ts';
import { MAX_MESSAGE_LENGTH } from '../../../shared/contract/limits.ts';
import { parseArticle, parseMarkdown } from '../../../shared/state/markdown.ts';
import { previewOf } from '../../../shared/state/preview.ts';

const inline = (text: string): Inline[] => {
  const [block, ...rest] = parseMarkdown(text);
  assert.ok(block?.type === 'paragraph' && rest.length === 0, JSON.stringify([block, ...rest]));
  return block.content;
};
const text = (words: string, marks: object = {}): Inline => ({ type: 'text', text: words, ...marks });
const link = (href: string, words = href): Inline => ({ type: 'link', text: words, href });
const strong = { strong: true };
const emphasis = { emphasis: true };

function inlines(body: ArticleBody): Inline[] {
  return body.flatMap((block) =>
    block.type === 'code'
      ? [text(block.text, { code: true })]
      : block.type === 'list'
        ? block.items.flat()
        : block.content,
  );
}
const wordsIn = (body: ArticleBody): string =>
  inlines(body)
    .map((run) => (run.type === 'break' ? '\n' : run.text))
    .join('');

test('plain text is a paragraph; its line breaks count; an empty line begins another', () => {
  assert.deepEqual(parseMarkdown('Hello\nthere  \n\n \nAgain\r\nand again'), [
    { type: 'paragraph', content: [text('Hello'), { type: 'break' }, text('there')] },
    { type: 'paragraph', content: [text('Again'), { type: 'break' }, text('and again')] },
  ]);
  assert.deepEqual(parseMarkdown(' \n\t\n'), []);
});

test('strong, emphasis and code are marked, also inside of each other', () => {
  assert.deepEqual(inline('**a** *b* _c_ `d` ***e***'), [
    text('a', strong),
    text(' '),
    text('b', emphasis),
    text(' '),
    text('c', emphasis),
    text(' '),
    text('d', { code: true }),
    text(' '),
    text('e', { ...strong, ...emphasis }),
  ]);
  assert.deepEqual(inline('**a _b_ `c`**'), [
    text('a ', strong),
    text('b', { ...strong, ...emphasis }),
    text(' ', strong),
    text('c', { code: true, ...strong }),
  ]);
});

test('marks inside of words and alone are text, except in scripts without spaces', () => {
  for (const words of ['2*3*4', '2**3**4', 'snake_case_name', '__init__', '5 * 3 * 2', '**open', 'a* b*', '****']) {
    assert.deepEqual(inline(words), [text(words)]);
  }
  assert.deepEqual(inline('这是**重要**的'), [text('这是'), text('重要', strong), text('的')]);
});

test('of marks that cross, the one that was opened first holds', () => {
  assert.deepEqual(inline('**a *b** c*'), [text('a *b', strong), text(' c*')]);
});

test('a backslash takes a mark its meaning; elsewhere it is text', () => {
  assert.deepEqual(inline('\\*a\\* \\[b\\](c) \\`d\\` ¯\\\\_(ツ)_/¯'), [text('*a* [b](c) `d` ¯\\_(ツ)_/¯')]);
  assert.deepEqual(inline('C:\\temp \\\\server'), [text('C:\\temp \\\\server')]);
});

test('marks inside of code are text, and longer runs of backticks hold shorter ones', () => {
  assert.deepEqual(inline('`*a*` ``b ` c`` `` ` ``'), [
    text('*a*', { code: true }),
    text(' '),
    text('b ` c', { code: true }),
    text(' '),
    text('`', { code: true }),
  ]);
});

test('links, bare addresses and email addresses are links; a full stop or bracket after them is not part of them', () => {
  assert.deepEqual(
    inline('[Docs](https://a.example/b_(c)) https://d.example/e_(f). (http://g.example) h.i_j@k-l.example!'),
    [
      link('https://a.example/b_(c)', 'Docs'),
      text(' '),
      link('https://d.example/e_(f)'),
      text('. ('),
      link('http://g.example'),
      text(') '),
      link('mailto:h.i_j@k-l.example', 'h.i_j@k-l.example'),
      text('!'),
    ],
  );
  assert.deepEqual(inline('[Write](mailto:a@b.example) [call](tel:+4930123)'), [
    link('mailto:a@b.example', 'Write'),
    text(' '),
    link('tel:+4930123', 'call'),
  ]);
});

test('an address that could run something stays text', () => {
  for (const words of [
    '[a](javascript:alert)',
    '[a](JaVaScRiPt:alert)',
    '[a](data:text/html,b)',
    '[a](vbscript:b)',
    '[a](//b.example)',
    '[a](/b)',
    '[a](file:///etc/passwd)',
    'http://',
    'https://...',
    'xhttp://a.example',
    '@home',
    'a@b',
  ]) {
    assert.deepEqual(inline(words), [text(words)]);
  }
});

test('fences hold what stands in them as it is, closed or not', () => {
  assert.deepEqual(parseMarkdown('```js\n  *a*\n\n> b\n```\nc'), [
    { type: 'code', text: '  *a*\n\n> b' },
    { type: 'paragraph', content: [text('c')] },
  ]);
  assert.deepEqual(parseMarkdown('```\na'), [{ type: 'code', text: 'a' }]);
  assert.deepEqual(parseMarkdown('```a``` b'), [
    { type: 'paragraph', content: [text('a', { code: true }), text(' b')] },
  ]);
});

test('quotes and lists are blocks of their own, also straight after a paragraph', () => {
  assert.deepEqual(parseMarkdown('You said:\n> a\n> **b**\nand\n- c\n  d\n* e'), [
    { type: 'paragraph', content: [text('You said:')] },
    { type: 'quote', content: [text('a'), { type: 'break' }, text('b', strong)] },
    { type: 'paragraph', content: [text('and')] },
    { type: 'list', ordered: false, items: [[text('c'), { type: 'break' }, text('d')], [text('e')]] },
  ]);
  assert.deepEqual(parseMarkdown('>:('), [{ type: 'paragraph', content: [text('>:(')] }]);
});

test('a numbered list counts from one; other numbers are text, for a list could not show them', () => {
  assert.deepEqual(parseMarkdown('1. a\n2) b'), [{ type: 'list', ordered: true, items: [[text('a')], [text('b')]] }]);
  assert.deepEqual(parseMarkdown('2024. What a year'), [{ type: 'paragraph', content: [text('2024. What a year')] }]);
});

const heading = (level: 2 | 3 | 4, ...content: Inline[]) => ({ type: 'heading' as const, level, content });

test('an article has headings below its title; a message has none', () => {
  const words = '# a\n## b ##\n### c\n#### d\n###### e\n  ## *f* g#\nh\n## i\n- j\n## k';
  assert.deepEqual(parseArticle(words), [
    heading(2, text('a')),
    heading(2, text('b')),
    heading(3, text('c')),
    heading(4, text('d')),
    heading(4, text('e')),
    heading(2, text('f', emphasis), text(' g#')),
    { type: 'paragraph', content: [text('h')] },
    heading(2, text('i')),
    { type: 'list', ordered: false, items: [[text('j')]] },
    heading(2, text('k')),
  ]);
  assert.deepEqual(parseMarkdown('# 1'), [{ type: 'paragraph', content: [text('# 1')] }]);
});

test('what only looks like a heading is text in an article too', () => {
  for (const words of ['#1', '#', '##', '## ', '####### a', 'a # b', '\\# a']) {
    assert.deepEqual(parseArticle(words), [{ type: 'paragraph', content: [text(words.trimEnd())] }]);
  }
  assert.deepEqual(parseArticle('```\n# a\n```'), [{ type: 'code', text: '# a' }]);
  assert.deepEqual(parseArticle('# # #'), [heading(2, text('#'))]);
  assert.deepEqual(parseArticle('## ##'), [{ type: 'paragraph', content: [text('## ##')] }]);
});

test('a preview is the beginning on one line, without marks', () => {
  const preview = (words: string, max?: number): string => previewOf(parseMarkdown(words), max);
  assert.equal(preview('**Hi**\nthere\n\n- a\n- b\n\n```\ncode\n```'), 'Hi there a b code');
  assert.equal(preview('abcdef', 6), 'abcdef');
  assert.equal(preview('abcdefg', 6), 'abcde…');
  assert.equal(preview('abcd 😀😀', 6), 'abcd…');
  assert.equal(previewOf([]), '');
});

/** Text in which marks meet as they never would by chance. */
const marked = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...Array.from('*_`[]()\\> \n-.#!:/@1'),
        '**',
        '***',
        '```',
        '\n\n',
        '\n- ',
        '\n1. ',
        '\n> ',
        '\n# ',
        '\n### ',
        ' ##\n',
        '](',
        'http://',
        'a@b.example',
        'javascript:',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.lorem({ maxCount: 1 }),
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));

test('property: whatever the text, the result is a body, its links are harmless, and none of its words are lost', () => {
  fc.assert(
    fc.property(marked, (words) => {
      const message = parseMarkdown(words);
      const inArticle = parseArticle(words);
      assert.ok(v.is(bodySchema, message));
      assert.ok(v.is(articleBody, inArticle));
      for (const run of [...inlines(message), ...inlines(inArticle)]) {
        if (run.type === 'link') assert.match(run.href, /^(https?:\/\/[^\s/]|mailto:\S|tel:[+\d])/i);
        if (run.type === 'text') assert.doesNotMatch(run.code ? '' : run.text, /\n/);
      }
      // A fence's info string is not shown, a link's address is behind its text, and list numbers are counted anew.
      const letters = (of: string): string => of.replace(/[^\p{L}]/gu, '');
      const visible = letters(words.replace(/^ {0,3}```+[^`\n]*$/gm, '').replace(/\]\(\S*\)/g, ']'));
      for (const body of [message, inArticle]) {
        assert.ok(isSubsequence(visible, letters(wordsIn(body))), JSON.stringify([words, body]));
      }
    }),
    { numRuns: 3000 },
  );
});

test('property: text without marks comes back as it was', () => {
  const plain = fc.array(fc.stringMatching(/^[a-zA-Zäé中 ,.?!]*[a-zA-Z]$/), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(plain, (lines) => {
      const words = lines.join('\n');
      assert.equal(wordsIn(parseMarkdown(words)), words);
      assert.deepEqual(parseArticle(words), parseMarkdown(words));
    }),
  );
});

test('property: a preview is one line, no longer than asked, and has no half characters', () => {
  fc.assert(
    fc.property(marked, fc.integer({ min: 1, max: 30 }), (words, max) => {
      const preview = previewOf(parseMarkdown(words), max);
      assert.ok(preview.length <= max);
      assert.doesNotMatch(preview, /[\n\r\t]/);
      assert.equal(new TextDecoder().decode(new TextEncoder().encode(preview)), preview);
    }),
    { numRuns: 1000 },
  );
});

const pieces = (body: ArticleBody): number =>
  body.length +
  inlines(body).length +
  body.reduce((items, block) => items + (block.type === 'list' ? block.items.length : 0), 0);

test('of a text with more marks than anybody makes, the rest stays as it was written', () => {
  assert.deepEqual(parseMarkdown('*a* *b* *c*\nd  \n\n- e', 3), [
    { type: 'paragraph', content: [text('a', emphasis), text(' '), text('b', emphasis), text(' *c*\nd')] },
    { type: 'paragraph', content: [text('- e')] },
  ]);
  assert.deepEqual(parseMarkdown('- a\n- *b* c\n- d\n\n> e\n', 4), [
    { type: 'list', ordered: false, items: [[text('a')], [text('b', emphasis), text(' c')]] },
    { type: 'paragraph', content: [text('- d\n\n> e')] },
  ]);
  assert.deepEqual(parseMarkdown('a\n> **b\n> c** d\n> e\n> f', 3), [
    { type: 'paragraph', content: [text('a')] },
    { type: 'quote', content: [text('**b'), { type: 'break' }, text('c** d\ne\nf')] },
  ]);
  assert.deepEqual(parseMarkdown('a\n\n\nb ', 1), [
    { type: 'paragraph', content: [text('a')] },
    { type: 'paragraph', content: [text('b')] },
  ]);
  assert.deepEqual(parseMarkdown('a\n\n \n', 1), [{ type: 'paragraph', content: [text('a')] }]);
});

test('property: however few marks are read, none of the words are lost, and there are no more pieces than they make', () => {
  fc.assert(
    fc.property(marked, fc.integer({ min: 1, max: 12 }), (words, most) => {
      for (const body of [parseMarkdown(words, most), parseArticle(words, most)]) {
        assert.ok(v.is(articleBody, body));
        // A list that is begun has an item; and the rest is a paragraph with one text.
        assert.ok(pieces(body) <= 2 * (most + 1) + 2, JSON.stringify([words, most, body]));
        const letters = (of: string): string => of.replace(/[^\p{L}]/gu, '');
        const visible = letters(words.replace(/^ {0,3}```+[^`\n]*$/gm, '').replace(/\]\(\S*\)/g, ']'));
        assert.ok(isSubsequence(visible, letters(wordsIn(body))), JSON.stringify([words, most, body]));
      }
    }),
    { numRuns: 3000 },
  );
});

/** Whoever has more waiting is asked to come back (D11). */
const SLOW_READER_BYTES = 1024 * 1024;

test('the longest message makes no more of a body than a tenth of what a slow reader may have waiting', () => {
  for (const piece of [
    '*a* ',
    '***a*** ',
    'a\n',
    'a\n\n',
    '- a\n',
    '- a\n1. b\n',
    '>\n',
    '`a`',
    'a@b.cc ',
    '```\n```\n',
  ]) {
    const body = parseMarkdown(piece.repeat(MAX_MESSAGE_LENGTH / piece.length));
    const bytes = Buffer.byteLength(JSON.stringify(body));
    assert.ok(bytes < SLOW_READER_BYTES / 10, `${JSON.stringify(piece)} makes ${bytes} bytes`);
  }
});

test('a message in which everything is marked that people mark is read to its end', () => {
  const step = '- **Kiln 3**: set `cone 6` first, then see [the *guide*](https://docs.tide.example/kilns)\n';
  const words = step.repeat(MAX_MESSAGE_LENGTH / step.length);
  assert.deepEqual(parseMarkdown(words), parseMarkdown(words, Infinity));
  const log = '10:32:07 kiln 3 at 1,222 degrees\n'.repeat(MAX_MESSAGE_LENGTH / 33);
  assert.deepEqual(parseMarkdown(log), parseMarkdown(log, Infinity));
});

/** What hostile text is made of: beginnings that never end, and ends that never began. */
const hostileStarts = ['', '# ', '[', '`', '` ', '*', 'http://', 'a@', '[a]('];
const hostile = [
  '*',
  '_',
  '**a *b ',
  '`',
  '``a` ',
  '[',
  '[a](',
  '[a](b(',
  '](',
  '(',
  'http://',
  'http://)',
  'h',
  'a@',
  'a.a@',
  'a@a.',
  '\\',
  '> ',
  '- ',
  '# ',
  '#',
  ' #',
  '# a\n',
  '1. ',
  '```\n',
  ' ',
  '\n',
  ' \n',
  'x',
];

test('hostile text is read in one go, where reading it again and again would take minutes', () => {
  const length = 400_000;
  const texts = [...hostile.map((piece) => ['', piece]), ...hostileStarts.map((start) => [start, 'x'])];
  for (const [start = '', piece = ''] of texts) {
    const before = performance.now();
    const words = start + piece.repeat(length / piece.length);
    parseMarkdown(words, Infinity);
    parseArticle(words, Infinity);
    // It takes about a tenth of a second; a slow machine is not what is looked for here.
    assert.ok(performance.now() - before < 10_000, JSON.stringify([start, piece]));
  }
});

/** Whether every letter of `part` stands in `whole`, in its order. */
function isSubsequence(part: string, whole: string): boolean {
  const wanted = Array.from(part);
  let found = 0;
  for (const letter of whole) if (letter === wanted[found]) found += 1;
  return found === wanted.length;
}
