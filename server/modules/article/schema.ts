import { sql, type SQL } from 'drizzle-orm';
import { customType, index, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ArticleStatus } from '../../../shared/contract/article.ts';
import type { ArticleBody } from '../../../shared/contract/body.ts';
import { at, parlour } from '../../database/schema.ts';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** The word forms Postgres knows, by language. Every other language is searched by its words as they are written. */
export const wordForms: Readonly<Record<string, string>> = {
  ar: 'arabic',
  de: 'german',
  en: 'english',
  es: 'spanish',
  fr: 'french',
  it: 'italian',
  nl: 'dutch',
  pt: 'portuguese',
  tr: 'turkish',
};

/**
 * An article's words twice: in the forms of its language, so that "return" finds "returned", and as they are written, so that half a word
 * finds its end. The title counts more.
 */
function searchVector(): SQL {
  const forms = (config: string) =>
    `setweight(to_tsvector('${config}', title), 'A') || setweight(to_tsvector('${config}', plain_text), 'C')`;
  const cases = Object.entries(wordForms).map(([tag, config]) => `when '${tag}' then ${forms(config)}`);
  const written = `setweight(to_tsvector('simple', title), 'B') || setweight(to_tsvector('simple', plain_text), 'D')`;
  // Raw because a column's definition takes no parameters; all of it is made of the constants above.
  return sql.raw(`(case split_part(language, '-', 1) ${cases.join(' ')} else ''::tsvector end) || ${written}`);
}

export const articleCategory = parlour.table(
  'article_category',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** A page of the knowledge base. */
export const article = parlour.table(
  'article',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    slug: text('slug').notNull(),
    title: text('title').notNull(),
    /** Markdown, as written. */
    source: text('source').notNull(),
    body: jsonb('body').$type<ArticleBody>().notNull(),
    /** The words of the body alone: what is searched and quoted. */
    plainText: text('plain_text').notNull(),
    language: text('language').notNull(),
    categoryId: uuid('category_id'),
    status: text('status').$type<ArticleStatus>().notNull(),
    authorId: uuid('author_id'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    publishedAt: at('published_at'),
    search: tsvector('search').generatedAlwaysAs(searchVector()),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('article_slug').on(table.workspaceId, table.slug),
    index('article_list').on(table.workspaceId, table.updatedAt, table.id),
    index('article_search').using('gin', table.search),
  ],
);
