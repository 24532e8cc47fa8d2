import type { Block, Body, Inline } from '../contract/body.ts';
import type { VisitorPart } from '../contract/part.ts';
import { escaped } from './escaped.ts';

/** How a conversation is written down: for whom, in which language and zone. */
export interface TranscriptSetting {
  title: string;
  /** Of the texts around the messages, such as `de`. */
  language: string;
  direction: 'ltr' | 'rtl';
  /** What dates are written in; left out: the language. */
  locale?: string | undefined;
  /** Left out: the zone of whoever runs this. */
  timeZone?: string | undefined;
  /** What the visitor is called in it. */
  you: string;
  /** What speaks where nobody of the team does. */
  workspaceName: string;
  /** Where a file can be fetched. Left out: files are only named. */
  linkOf?(attachmentId: string): string;
  /** Stands before the first message, where something is to be said. */
  note?: string | undefined;
}

/** One way of writing: what is made of each kind of text. */
interface Pen {
  text(text: string): string;
  link(text: string, href: string): string;
  strong(content: string): string;
  emphasis(content: string): string;
  code(text: string): string;
  lineBreak: string;
  paragraph(content: string): string;
  quote(content: string): string;
  list(items: readonly string[], isOrdered: boolean): string;
  preformatted(text: string): string;
}

/** What a link may lead to; anything else stands there as text. */
const safeHref = /^(https?:\/\/|mailto:|tel:)/i;

const plain: Pen = {
  text: (text) => text,
  link: (text, href) => (text === href || `mailto:${text}` === href ? text : `${text} (${href})`),
  strong: (content) => content,
  emphasis: (content) => content,
  code: (text) => text,
  lineBreak: '\n',
  paragraph: (content) => content,
  quote: (content) => content.replace(/^/gm, '> '),
  list: (items, isOrdered) => items.map((item, index) => `${isOrdered ? `${index + 1}.` : '-'} ${item}`).join('\n'),
  preformatted: (text) => text,
};

const markup: Pen = {
  text: escaped,
  link: (text, href) => `<a href="${escaped(href)}" rel="noopener noreferrer">${escaped(text)}</a>`,
  strong: (content) => `<strong>${content}</strong>`,
  emphasis: (content) => `<em>${content}</em>`,
  code: (text) => `<code>${escaped(text)}</code>`,
  lineBreak: '<br>',
  paragraph: (content) => `<p dir="auto">${content}</p>`,
  quote: (content) => `<blockquote dir="auto">${content}</blockquote>`,
  list: (items, isOrdered) => {
    const tag = isOrdered ? 'ol' : 'ul';
    return `<${tag} dir="auto">${items.map((item) => `<li>${item}</li>`).join('')}</${tag}>`;
  },
  preformatted: (text) => `<pre><code>${escaped(text)}</code></pre>`,
};

function inlineWith(pen: Pen, runs: readonly Inline[]): string {
  return runs
    .map((run) => {
      if (run.type === 'break') return pen.lineBreak;
      if (run.type === 'link') return linkWith(pen, run.text, run.href);
      if (run.code) return pen.code(run.text);
      const words = lines(pen, run.text);
      const said = run.emphasis ? pen.emphasis(words) : words;
      return run.strong ? pen.strong(said) : said;
    })
    .join('');
}

function linkWith(pen: Pen, text: string, href: string): string {
  return safeHref.test(href) ? pen.link(text, href) : pen.text(text);
}

const lines = (pen: Pen, text: string): string =>
  text
    .split('\n')
    .map((line) => pen.text(line))
    .join(pen.lineBreak);

type BlockOf<T extends Block['type']> = Extract<Block, { type: T }>;
type Button = BlockOf<'buttons'>['buttons'][number];
type Face = BlockOf<'carousel'>['cards'][number];
type Writers = { [T in Block['type']]: (pen: Pen, block: BlockOf<T>, part: VisitorPart) => string };

const choices = (pen: Pen, buttons: readonly Button[]): string =>
  buttons.length === 0
    ? ''
    : pen.list(
        buttons.map((button) => ('href' in button ? linkWith(pen, button.label, button.href) : pen.text(button.label))),
        false,
      );

function face(pen: Pen, { title, text, buttons }: Face): string {
  const said = text ? pen.paragraph(lines(pen, text)) : '';
  return [pen.paragraph(pen.strong(pen.text(title))), said, choices(pen, buttons)].filter(Boolean).join('\n');
}

/** What was answered by a button or in a form is a message of its own; a rating is not. */
function rated(pen: Pen, { id, prompt }: BlockOf<'rating'>, { answers }: VisitorPart): string {
  const given = answers?.[id]?.answer;
  const asked = prompt ? pen.paragraph(pen.text(prompt)) : '';
  if (given?.type !== 'rating') return asked || pen.paragraph(pen.text('☆☆☆☆☆'));
  const stars = pen.paragraph(pen.text('★'.repeat(given.score) + '☆'.repeat(5 - given.score)));
  const words = given.comment ? pen.paragraph(lines(pen, given.comment)) : '';
  return [asked, stars, words].filter(Boolean).join('\n');
}

const writers: Writers = {
  paragraph: (pen, { content }) => pen.paragraph(inlineWith(pen, content)),
  quote: (pen, { content }) => pen.quote(inlineWith(pen, content)),
  list: (pen, { items, ordered }) =>
    pen.list(
      items.map((item) => inlineWith(pen, item)),
      ordered,
    ),
  code: (pen, { text }) => pen.preformatted(text),
  buttons: (pen, { buttons }) => choices(pen, buttons),
  card: (pen, card) => face(pen, card),
  carousel: (pen, { cards }) => cards.map((card) => face(pen, card)).join('\n'),
  form: (pen, { title }) => (title ? pen.paragraph(pen.text(title)) : ''),
  rating: rated,
  article: (pen, { title, excerpt }) =>
    [pen.paragraph(pen.strong(pen.text(title))), pen.paragraph(pen.text(excerpt))].join('\n'),
};

function bodyWith(pen: Pen, body: Body, part: VisitorPart): string {
  return body
    .map((block) => (writers[block.type] as (pen: Pen, block: Block, part: VisitorPart) => string)(pen, block, part))
    .filter(Boolean)
    .join('\n');
}

function filesWith(pen: Pen, { attachments = [] }: VisitorPart, setting: TranscriptSetting): string {
  if (attachments.length === 0) return '';
  const named = attachments.map(({ id, name }) => {
    const href = setting.linkOf?.(id);
    return `📎 ${href ? linkWith(pen, name, href) : pen.text(name)}`;
  });
  return pen.list(named, false);
}

function authorOf({ author }: VisitorPart, { you, workspaceName }: TranscriptSetting): string {
  if (author.kind === 'visitor') return you;
  return author.kind === 'teammate' ? author.name : workspaceName;
}

/** Dates as whoever reads it writes them. */
function clockOf({ locale, language, timeZone }: TranscriptSetting): (at: string) => string {
  const format = new Intl.DateTimeFormat(locale ?? language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone && { timeZone }),
  });
  return (at) => format.format(new Date(at));
}

/** A conversation as text. */
export function transcriptText(parts: readonly VisitorPart[], setting: TranscriptSetting): string {
  const clock = clockOf(setting);
  const entries = parts.map((part) => {
    const said = [bodyWith(plain, part.body, part), filesWith(plain, part, setting)].filter(Boolean).join('\n');
    return `${authorOf(part, setting)}, ${clock(part.createdAt)}\n${said}\n`;
  });
  return [setting.title, '', ...(setting.note ? [setting.note, ''] : []), ...entries].join('\n');
}

const styles =
  'body{max-width:40em;margin:2em auto;padding:0 1em;font:16px/1.5 system-ui,sans-serif;color:#222;background:#fff}' +
  'h1{font-size:1.3em}section{margin:1.2em 0}header{font-size:.85em;color:#555}p,ul,ol,pre,blockquote{margin:.3em 0}' +
  'pre{overflow:auto;padding:.6em;background:#f3f3f3}blockquote{padding-inline-start:.8em;border-inline-start:3px solid #ccc}' +
  'a{color:#0b57a4}li{overflow-wrap:anywhere}p{overflow-wrap:anywhere}';

/** The same as a page that needs nothing beside itself. All that people wrote is escaped. */
export function transcriptPage(parts: readonly VisitorPart[], setting: TranscriptSetting): string {
  const clock = clockOf(setting);
  const entries = parts.map(
    (part) =>
      `<section><header><strong dir="auto">${escaped(authorOf(part, setting))}</strong> · <time datetime="${escaped(part.createdAt)}">${escaped(clock(part.createdAt))}</time></header>\n` +
      `${bodyWith(markup, part.body, part)}${filesWith(markup, part, setting)}</section>`,
  );
  const { language, direction, title, note } = setting;
  return (
    `<!doctype html>\n<html lang="${escaped(language)}" dir="${direction}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${styles}</style></head>\n` +
    `<body><h1 dir="auto">${escaped(title)}</h1>\n${note ? `<p>${escaped(note)}</p>\n` : ''}${entries.join('\n')}\n</body></html>\n`
  );
}
