import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Article, ArticleSummary } from '../../../shared/contract/article.ts';
import type { QueryName } from '../../../shared/contract/catalogue.ts';
import { cutPage, decodeCursor } from '../../database/page.ts';
import { notFound } from '../../kernel/errors.ts';
import type { QueryHandlers } from '../../kernel/query-bus.ts';
import { article, articleCategory } from './schema.ts';
import { searchArticles } from './search.ts';

type Names = Extract<QueryName, `article.${string}` | `articleCategory.${string}`>;
type ArticleRow = typeof article.$inferSelect;

function toSummary(row: Omit<ArticleRow, 'source' | 'body' | 'plainText' | 'search' | 'workspaceId'>): ArticleSummary {
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    language: row.language,
    categoryId: row.categoryId,
    status: row.status,
    authorId: row.authorId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
  };
}

function toArticle(row: ArticleRow): Article {
  return { ...toSummary(row), text: row.source, body: row.body };
}

const summaryColumns = {
  id: article.id,
  slug: article.slug,
  title: article.title,
  language: article.language,
  categoryId: article.categoryId,
  status: article.status,
  authorId: article.authorId,
  createdAt: article.createdAt,
  updatedAt: article.updatedAt,
  publishedAt: article.publishedAt,
};

export const articleQueryHandlers: Pick<QueryHandlers, Names> = {
  async 'article.list'({ db, workspaceId }, { status, categoryId, cursor, limit }) {
    const from = cursor === undefined ? undefined : decodeCursor(cursor);
    const rows = await db
      .select(summaryColumns)
      .from(article)
      .where(
        and(
          eq(article.workspaceId, workspaceId),
          status ? eq(article.status, status) : undefined,
          categoryId ? eq(article.categoryId, categoryId) : undefined,
          from
            ? sql`(${article.updatedAt}, ${article.id}) < (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(article.updatedAt), desc(article.id))
      .limit(limit + 1);
    const page = cutPage(rows, limit, (row) => ({ at: row.updatedAt, id: row.id }));
    return { articles: page.rows.map(toSummary), next: page.next };
  },

  async 'article.get'({ db, workspaceId }, { articleId }) {
    const [row] = await db
      .select()
      .from(article)
      .where(and(eq(article.workspaceId, workspaceId), eq(article.id, articleId)));
    if (!row) throw notFound('article');
    return { article: toArticle(row) };
  },

  async 'articleCategory.list'({ db, workspaceId }) {
    const rows = await db
      .select()
      .from(articleCategory)
      .where(eq(articleCategory.workspaceId, workspaceId))
      .orderBy(asc(articleCategory.name), asc(articleCategory.id));
    return { categories: rows.map(({ id, name, createdAt }) => ({ id, name, createdAt: createdAt.toISOString() })) };
  },

  async 'article.search'({ db, workspaceId }, input) {
    return { articles: await searchArticles(db, workspaceId, input) };
  },

  async 'article.read'({ db, workspaceId }, { articleId }) {
    const [row] = await db
      .select({
        id: article.id,
        slug: article.slug,
        title: article.title,
        language: article.language,
        category: articleCategory.name,
        body: article.body,
        updatedAt: article.updatedAt,
      })
      .from(article)
      .leftJoin(
        articleCategory,
        and(eq(articleCategory.workspaceId, article.workspaceId), eq(articleCategory.id, article.categoryId)),
      )
      .where(and(eq(article.workspaceId, workspaceId), eq(article.id, articleId), eq(article.status, 'published')));
    if (!row) throw notFound('article');
    return { article: { ...row, updatedAt: row.updatedAt.toISOString() } };
  },
};

export { excerptOf, hasPublishedArticles, searchArticles } from './search.ts';
