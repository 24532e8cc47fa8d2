import type { ArticleBody, ArticleTextBlock, Inline, TextBlock, TextBody } from '../contract/body.ts';
import { parseInline, type MarksLeft } from './markdown-inline.ts';

/**
 * Each mark makes two pieces of a body at most, which travel to everybody on the team: read to its end, the longest message would make twenty times its length.
 * A mark for every ten characters is more than people make even where all is marked. An article may be twice as long.
 */
const MOST_MARKS = 1_000;
const MOST_MARKS_OF_ARTICLE = 2 * MOST_MARKS;

const fence = /^ {0,3}```/;
const fenceEnd = /^ {0,3}```+\s*$/;
const quoted = /^ {0,3}>(?: |$)/;
const bullet = /^\s*[-*] +(?=\S)/;
const numbered = /^\s*(\d{1,9})[.)] +(?=\S)/;
const heading = /^ {0,3}(#{1,6})[ \t]+(?=\S)/;
const continued = /^ {2,}(?=\S)/;

/**
 * Finds one block that begins at a line, or answers undefined. Its words are read later, as those before it have to be first: `end` is the line after what
 * was read.
 */
type Reader<B> = (
  lines: readonly string[],
  start: number,
) => ((marks: MarksLeft) => { block: B; end: number }) | undefined;

const readers: readonly Reader<TextBlock>[] = [readFence, readQuote, readList];
const articleReaders: readonly Reader<ArticleTextBlock>[] = [...readers, readHeading];

/**
 * Reads the Markdown people write in messages: paragraphs whose line breaks count, strong, emphasis, code, quotes, flat lists,
 * links. What is not such a mark is text, and so is everything behind more marks than anybody makes. Takes time linear in the length, and never throws.
 */
export function parseMarkdown(text: string, mostMarks = MOST_MARKS): TextBody {
  return parse(text, readers, { left: mostMarks });
}

/** Reads the Markdown of an article: that of messages, where `# 1` is text, and headings. Linear too, and never throws. */
export function parseArticle(text: string, mostMarks = MOST_MARKS_OF_ARTICLE): ArticleBody {
  return parse(text, articleReaders, { left: mostMarks });
}

type Paragraph = Extract<TextBlock, { type: 'paragraph' }>;

function parse<B>(text: string, readers: readonly Reader<B>[], marks: MarksLeft): (B | Paragraph)[] {
  const lines = text.split(/\r\n|\r|\n/);
  const body: (B | Paragraph)[] = [];
  let paragraph: string[] = [];
  const endParagraph = (): void => {
    if (paragraph.length) body.push({ type: 'paragraph', content: inlineOf(paragraph, spend(marks)) });
    paragraph = [];
  };
  let index = 0;
  while (index < lines.length && marks.left > 0) {
    const read = readBlock(lines, index, readers);
    const line = lines[index] ?? '';
    if (read || !line.trim()) endParagraph();
    else paragraph.push(line);
    if (!read) index += 1;
    else if (marks.left > 0) {
      const { block, end } = read(spend(marks));
      body.push(block);
      index = end;
    }
  }
  endParagraph();
  const rest = linesOf(lines.slice(index)).trim();
  if (rest) body.push({ type: 'paragraph', content: [{ type: 'text', text: rest }] });
  return body;
}

function spend(marks: MarksLeft): MarksLeft {
  marks.left -= 1;
  return marks;
}

function readBlock<B>(lines: readonly string[], start: number, readers: readonly Reader<B>[]): ReturnType<Reader<B>> {
  for (const read of readers) {
    const found = read(lines, start);
    if (found) return found;
  }
  return undefined;
}

/** An unclosed fence goes on to the end, as it does while it is being typed. */
function readFence(lines: readonly string[], start: number): ReturnType<Reader<TextBlock>> {
  if (!fence.test(lines[start] ?? '')) return undefined;
  // ```code``` on one line is a span in a paragraph.
  if ((lines[start] ?? '').trimStart().replace(/^`+/, '').includes('`')) return undefined;
  let end = start + 1;
  while (end < lines.length && !fenceEnd.test(lines[end] ?? '')) end += 1;
  return () => ({ block: { type: 'code', text: lines.slice(start + 1, end).join('\n') }, end: end + 1 });
}

function readQuote(lines: readonly string[], start: number): ReturnType<Reader<TextBlock>> {
  let end = start;
  while (end < lines.length && quoted.test(lines[end] ?? '')) end += 1;
  if (end === start) return undefined;
  const inner = lines.slice(start, end).map((line) => line.replace(quoted, ''));
  return (marks) => ({ block: { type: 'quote', content: inlineOf(inner, marks) }, end });
}

/** Its closing marks go too. The title stands above the text, so `#` can be no more than `##`. */
function readHeading(lines: readonly string[], start: number): ReturnType<Reader<ArticleTextBlock>> {
  const line = (lines[start] ?? '').trimEnd();
  const found = heading.exec(line);
  if (!found) return undefined;
  let end = line.length;
  while (line[end - 1] === '#') end -= 1;
  const isClosed = /\s/.test(line[end - 1] ?? '');
  const words = line.slice(found[0].length, isClosed ? end : undefined);
  if (!words.trim()) return undefined;
  const marks = found[1]?.length ?? 1;
  const level = marks < 3 ? 2 : marks === 3 ? 3 : 4;
  return (marks) => ({ block: { type: 'heading', level, content: inlineOf([words], marks) }, end: start + 1 });
}

/** A numbered list counts from 1 without a gap: a list cannot say where it starts, and "2024. What a year" is not one. */
function readList(lines: readonly string[], start: number): ReturnType<Reader<TextBlock>> {
  const ordered = !bullet.test(lines[start] ?? '');
  const items: string[][] = [];
  let end = start;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    const mark = ordered ? markOf(line, items.length + 1) : bullet.exec(line)?.[0];
    if (mark !== undefined) items.push([line.slice(mark.length)]);
    else if (items.length && continued.test(line) && !bullet.test(line)) items.at(-1)?.push(line.trimStart());
    else break;
  }
  return items.length ? (marks) => readItems(ordered, items, start, marks) : undefined;
}

function readItems(
  ordered: boolean,
  items: readonly string[][],
  start: number,
  marks: MarksLeft,
): { block: TextBlock; end: number } {
  const read: Inline[][] = [];
  let end = start;
  for (const item of items) {
    // Of a list that is begun there is an item.
    if (read.length && marks.left <= 0) break;
    read.push(inlineOf(item, spend(marks)));
    end += item.length;
  }
  return { block: { type: 'list', ordered, items: read }, end };
}

function markOf(line: string, number: number): string | undefined {
  const found = numbered.exec(line);
  return found && Number(found[1]) === number ? found[0] : undefined;
}

function inlineOf(lines: readonly string[], marks: MarksLeft): Inline[] {
  return parseInline(linesOf(lines), marks);
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => line.trimEnd()).join('\n');
}
