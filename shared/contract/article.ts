import * as v from 'valibot';
import { articleBody as body } from './body.ts';
import { command, event, query } from './definition.ts';
import { anyText, id, instant, line, pageCursor, pageSize, text } from './primitives.ts';

export const articleStatus = v.picklist(['draft', 'published']);
export type ArticleStatus = v.InferOutput<typeof articleStatus>;

/** What an article is called in an address: `shipping-abroad`. */
const slug = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(80),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters and digits, with single hyphens between them'),
);

/** A language by its BCP 47 tag, such as `en` or `pt-BR`. */
export const language = v.pipe(
  v.string(),
  v.maxLength(35),
  v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en or pt-BR'),
);

/** The source of an article. A request may be 64 KiB, and a letter may be three bytes. */
const articleText = text(20_000);
const title = line(160);

/** A page of the knowledge base without its text: what a list shows. */
export const articleSummary = v.strictObject({
  id,
  slug,
  title,
  language,
  categoryId: v.nullable(id),
  status: articleStatus,
  /** Who wrote it; null when it was a program. */
  authorId: v.nullable(id),
  createdAt: instant,
  updatedAt: instant,
  /** Since when visitors may read it; null for a draft. */
  publishedAt: v.nullable(instant),
});
export type ArticleSummary = v.InferOutput<typeof articleSummary>;

/** A page of the knowledge base: its Markdown source, and the block tree read from that. */
export const article = v.strictObject({ ...articleSummary.entries, text: v.string(), body });
export type Article = v.InferOutput<typeof article>;

/** A shelf of the knowledge base. */
export const articleCategory = v.strictObject({ id, name: line(80), createdAt: instant });
export type ArticleCategory = v.InferOutput<typeof articleCategory>;

/** An article found, as visitors see it. */
export const articleHit = v.strictObject({
  id,
  slug,
  title,
  language,
  category: v.nullable(v.string()),
  /** One line of its text, around what was found. */
  excerpt: v.string(),
});
export type ArticleHit = v.InferOutput<typeof articleHit>;

/** A published article, as visitors see it. */
export const helpArticle = v.strictObject({
  id,
  slug,
  title,
  language,
  category: v.nullable(v.string()),
  body,
  updatedAt: instant,
});
export type HelpArticle = v.InferOutput<typeof helpArticle>;

const one = v.strictObject({ articleId: id });
const oneCategory = v.strictObject({ categoryId: id });
const nothing = v.strictObject({});

export const articleCommands = {
  'article.create': command({
    summary:
      'Write an article of the knowledge base, as a draft. The text is Markdown, with headings from `#` to `####`. Without a slug the title makes one.',
    http: 'POST /articles',
    input: v.strictObject({
      title,
      text: articleText,
      slug: v.optional(slug),
      language: v.optional(language, 'en'),
      categoryId: v.optional(v.nullable(id), null),
    }),
    result: v.strictObject({ articleId: id, slug }),
  }),
  'article.update': command({
    summary: 'Change an article. What is left out stays; what is published changes for readers at once.',
    http: 'PATCH /articles/{articleId}',
    input: v.strictObject({
      articleId: id,
      title: v.optional(title),
      text: v.optional(articleText),
      slug: v.optional(slug),
      language: v.optional(language),
      categoryId: v.optional(v.nullable(id)),
    }),
    result: nothing,
  }),
  'article.publish': command({
    summary: 'Let visitors find and read an article.',
    http: 'POST /articles/{articleId}/publish',
    input: one,
    result: nothing,
  }),
  'article.unpublish': command({
    summary: 'Take an article back to a draft: visitors no longer find or read it.',
    http: 'POST /articles/{articleId}/unpublish',
    input: one,
    result: nothing,
  }),
  'article.delete': command({
    summary: 'Delete an article for good.',
    http: 'DELETE /articles/{articleId}',
    input: one,
    result: nothing,
  }),
  'articleCategory.create': command({
    summary: 'Make a category for articles.',
    http: 'POST /article-categories',
    input: v.strictObject({ name: line(80) }),
    result: oneCategory,
  }),
  'articleCategory.update': command({
    summary: 'Rename a category.',
    http: 'PATCH /article-categories/{categoryId}',
    input: v.strictObject({ categoryId: id, name: line(80) }),
    result: nothing,
  }),
  'articleCategory.delete': command({
    summary: 'Delete a category. Its articles stay, without one.',
    http: 'DELETE /article-categories/{categoryId}',
    input: oneCategory,
    result: nothing,
  }),
};

export const articleQueries = {
  'article.list': query({
    summary: 'Articles, drafts among them, the one changed last first.',
    http: 'GET /articles',
    input: v.strictObject({
      status: v.optional(articleStatus),
      categoryId: v.optional(id),
      cursor: pageCursor,
      limit: pageSize,
    }),
    result: v.strictObject({ articles: v.array(articleSummary), next: v.nullable(v.string()) }),
  }),
  'article.get': query({
    summary: 'One article with its source.',
    http: 'GET /articles/{articleId}',
    input: one,
    result: v.strictObject({ article }),
  }),
  'articleCategory.list': query({
    summary: 'The categories of articles, by name.',
    http: 'GET /article-categories',
    input: nothing,
    result: v.strictObject({ categories: v.array(articleCategory) }),
  }),
  'article.search': query({
    summary:
      'Published articles that answer some words, best first; the last word may be half typed. Without words: the ones published last. Those in the language named come first.',
    http: 'GET /help/articles',
    input: v.strictObject({
      text: v.optional(anyText(200), ''),
      language: v.optional(language, 'en'),
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)), 6),
    }),
    result: v.strictObject({ articles: v.array(articleHit) }),
  }),
  'article.read': query({
    summary: 'A published article.',
    http: 'GET /help/articles/{articleId}',
    input: one,
    result: v.strictObject({ article: helpArticle }),
  }),
};

export const articleEvents = {
  'article.created': event({ summary: 'An article was written.', facts: one }),
  'article.updated': event({ summary: 'An article changed.', facts: one }),
  'article.published': event({ summary: 'An article was published.', facts: one }),
  'article.unpublished': event({ summary: 'An article was taken back to a draft.', facts: one }),
  'article.deleted': event({ summary: 'An article was deleted.', facts: one }),
  'articleCategory.created': event({ summary: 'A category for articles was made.', facts: oneCategory }),
  'articleCategory.updated': event({ summary: 'A category for articles was renamed.', facts: oneCategory }),
  'articleCategory.deleted': event({ summary: 'A category for articles was deleted.', facts: oneCategory }),
};
