import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import type { ArticleHit } from '../../../shared/contract/article.ts';
import type { Database } from '../../database/connection.ts';
import { article, articleCategory, wordForms } from './schema.ts';

/** Nobody types more than a sentence; what is beyond would only cost. */
const MOST_WORDS = 16;
const EXCERPT_LENGTH = 140;
/** So much of the text stands before the word that was found. */
const EXCERPT_LEAD = 50;

export type ArticleSearch = { text: string; language: string; limit: number };

/**
 * Published articles for some words. All of the words first; if that finds nothing, any of them; if that finds nothing either, the letters as they
 * stand anywhere, which is how scripts without spaces are found.
 */
export async function searchArticles(
  db: Database,
  workspaceId: string,
  { text, language, limit }: ArticleSearch,
): Promise<ArticleHit[]> {
  const words = wordsOf(text);
  const read = (match: SQL | undefined, rank: SQL) =>
    db
      .select({
        id: article.id,
        slug: article.slug,
        title: article.title,
        language: article.language,
        category: articleCategory.name,
        plainText: article.plainText,
      })
      .from(article)
      .leftJoin(
        articleCategory,
        and(eq(articleCategory.workspaceId, article.workspaceId), eq(articleCategory.id, article.categoryId)),
      )
      .where(and(eq(article.workspaceId, workspaceId), eq(article.status, 'published'), match))
      .orderBy(desc(sql`split_part(${article.language}, '-', 1) = ${baseOf(language)}`), desc(rank), article.id)
      .limit(limit);
  const toHits = (rows: Awaited<ReturnType<typeof read>>): ArticleHit[] =>
    rows.map(({ plainText, ...hit }) => ({ ...hit, excerpt: excerptOf(plainText, words) }));

  if (text.trim() === '') return toHits(await read(undefined, sql`${article.publishedAt}`));
  if (words.length > 0) {
    const configs = await wordFormsInUse(db, workspaceId);
    for (const operator of [' & ', ' | '] as const) {
      const query = tsquery(words, operator, configs);
      const rows = await read(sql`${article.search} @@ (${query})`, sql`ts_rank(${article.search}, ${query})`);
      if (rows.length > 0) return toHits(rows);
    }
  }
  const letters = `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const inTitle = sql`${article.title} ilike ${letters}`;
  return toHits(await read(sql`(${inTitle} or ${article.plainText} ilike ${letters})`, inTitle));
}

/** Whether there is anything for visitors to read. */
export async function hasPublishedArticles(db: Database, workspaceId: string): Promise<boolean> {
  const rows = await db
    .select({ id: article.id })
    .from(article)
    .where(and(eq(article.workspaceId, workspaceId), eq(article.status, 'published')))
    .limit(1);
  return rows.length > 0;
}

/** The words as they are written, and in the forms of every language there are articles in. The last one may be half typed. */
function tsquery(words: readonly string[], operator: ' & ' | ' | ', configs: readonly string[]): SQL {
  // Words are letters and digits alone, so nothing in them is an operator.
  const terms = words.map((word, index) => (index === words.length - 1 ? `${word}:*` : word)).join(operator);
  const queries = ['simple', ...configs].map((config) => sql`to_tsquery(${config}::regconfig, ${terms})`);
  return sql.join(queries, sql` || `);
}

async function wordFormsInUse(db: Database, workspaceId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ language: article.language })
    .from(article)
    .where(and(eq(article.workspaceId, workspaceId), eq(article.status, 'published')));
  return [...new Set(rows.map((row) => wordForms[baseOf(row.language)]).filter((config) => config !== undefined))];
}

function baseOf(language: string): string {
  return language.split('-')[0] ?? language;
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, MOST_WORDS);
}

/** One line of the text around the first word that is in it; its beginning when none is. */
export function excerptOf(plainText: string, words: readonly string[]): string {
  const lower = plainText.toLowerCase();
  const found = words.filter((word) => word.length > 2).map((word) => lower.indexOf(word));
  const first = Math.min(...found.filter((index) => index >= 0));
  let from = Number.isFinite(first) && first > EXCERPT_LEAD ? first - EXCERPT_LEAD : 0;
  // Not in the middle of a word, if there is an end of one near.
  if (from > 0) from = Math.max(from, plainText.lastIndexOf(' ', first - 20) + 1);
  const cut = Array.from(plainText.slice(from, from + EXCERPT_LENGTH * 2))
    .slice(0, EXCERPT_LENGTH)
    .join('');
  const cleanCut = from > 0 ? cut.replace(/^\S*\s/, '') : cut;
  const ends = from + cut.length >= plainText.length;
  // What parts entries has nothing to part at an end.
  const entries = cleanCut.trim().replace(/^· | ·$/g, '');
  return `${from > 0 ? '…' : ''}${entries}${ends ? '' : '…'}`;
}
