import { and, eq } from 'drizzle-orm';
import type { CommandName } from '../../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { parseArticle } from '../../../shared/state/markdown.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { OperationContext, Operations } from '../../kernel/operation.ts';
import { plainTextOf } from './plain-text.ts';
import { article, articleCategory } from './schema.ts';
import { slugOf } from './slug.ts';

type Names = Extract<CommandName, `article.${string}` | `articleCategory.${string}`>;

async function lock({ tx, workspaceId }: OperationContext, articleId: string): Promise<typeof article.$inferSelect> {
  const [row] = await tx
    .select()
    .from(article)
    .where(and(eq(article.workspaceId, workspaceId), eq(article.id, articleId)))
    .for('update');
  if (!row) throw notFound('article');
  return row;
}

async function mustHaveCategory({ tx, workspaceId }: OperationContext, categoryId: string | null | undefined) {
  if (!categoryId) return;
  // Held until the commit, so that it is not deleted between the look and the writing.
  const [row] = await tx
    .select({ id: articleCategory.id })
    .from(articleCategory)
    .where(and(eq(articleCategory.workspaceId, workspaceId), eq(articleCategory.id, categoryId)))
    .for('share');
  if (!row) throw notFound('category');
}

function contentOf(text: string) {
  const body = parseArticle(text);
  return { source: text, body, plainText: plainTextOf(body) };
}

function slugTaken(): DomainError {
  return new DomainError('conflict', 'Another article has this slug. Choose another one.', {
    fields: { slug: 'is taken' },
  });
}

/** Writes the row under the first free name: `shipping`, then `shipping-2`. A name the author chose is taken or refused. */
async function insertUnderFreeSlug(
  { tx }: OperationContext,
  row: Omit<typeof article.$inferInsert, 'slug'>,
  chosen: string | undefined,
): Promise<string> {
  const base = chosen ?? slugOf(row.title);
  for (let number = 1; number <= 100; number++) {
    const slug = number === 1 ? base : `${base}-${number}`;
    const [written] = await tx
      .insert(article)
      .values({ ...row, slug })
      .onConflictDoNothing()
      .returning({ slug: article.slug });
    if (written) return slug;
    if (chosen !== undefined) break;
  }
  throw slugTaken();
}

const keyOf = ({ workspaceId }: OperationContext, id: string) =>
  and(eq(article.workspaceId, workspaceId), eq(article.id, id));

const categoryKey = ({ workspaceId }: OperationContext, id: string) =>
  and(eq(articleCategory.workspaceId, workspaceId), eq(articleCategory.id, id));

export const articleOperations: Pick<Operations, Names> = {
  async 'article.create'(context, { title, text, slug: chosen, language, categoryId }) {
    const { actor, workspaceId, now, emit } = context;
    await mustHaveCategory(context, categoryId);
    const articleId = uuidv7(now.getTime());
    const row = {
      workspaceId,
      id: articleId,
      title,
      ...contentOf(text),
      language,
      categoryId,
      status: 'draft' as const,
      authorId: actor.kind === 'teammate' ? actor.id : null,
      createdAt: now,
      updatedAt: now,
    };
    const slug = await insertUnderFreeSlug(context, row, chosen);
    emit('article.created', { articleId });
    return { articleId, slug };
  },

  async 'article.update'(context, { articleId, title, text, slug, language, categoryId }) {
    const { tx, workspaceId, now, emit } = context;
    const held = await lock(context, articleId);
    await mustHaveCategory(context, categoryId);
    if (slug !== undefined && slug !== held.slug) {
      const [other] = await tx
        .select({ id: article.id })
        .from(article)
        .where(and(eq(article.workspaceId, workspaceId), eq(article.slug, slug)));
      if (other) throw slugTaken();
    }
    await tx
      .update(article)
      .set({
        ...(title === undefined ? {} : { title }),
        ...(text === undefined ? {} : contentOf(text)),
        ...(slug === undefined ? {} : { slug }),
        ...(language === undefined ? {} : { language }),
        ...(categoryId === undefined ? {} : { categoryId }),
        updatedAt: now,
      })
      .where(keyOf(context, articleId));
    emit('article.updated', { articleId });
    return {};
  },

  async 'article.publish'(context, { articleId }) {
    const held = await lock(context, articleId);
    if (held.status === 'published') return {};
    await context.tx
      .update(article)
      .set({ status: 'published', publishedAt: context.now })
      .where(keyOf(context, articleId));
    context.emit('article.published', { articleId });
    return {};
  },

  async 'article.unpublish'(context, { articleId }) {
    const held = await lock(context, articleId);
    if (held.status === 'draft') return {};
    await context.tx.update(article).set({ status: 'draft', publishedAt: null }).where(keyOf(context, articleId));
    context.emit('article.unpublished', { articleId });
    return {};
  },

  async 'article.delete'(context, { articleId }) {
    await lock(context, articleId);
    await context.tx.delete(article).where(keyOf(context, articleId));
    context.emit('article.deleted', { articleId });
    return {};
  },

  async 'articleCategory.create'({ tx, workspaceId, now, emit }, { name }) {
    const categoryId = uuidv7(now.getTime());
    await tx.insert(articleCategory).values({ workspaceId, id: categoryId, name, createdAt: now });
    emit('articleCategory.created', { categoryId });
    return { categoryId };
  },

  async 'articleCategory.update'(context, { categoryId, name }) {
    const changed = await context.tx
      .update(articleCategory)
      .set({ name })
      .where(categoryKey(context, categoryId))
      .returning({ id: articleCategory.id });
    if (changed.length === 0) throw notFound('category');
    context.emit('articleCategory.updated', { categoryId });
    return {};
  },

  async 'articleCategory.delete'(context, { categoryId }) {
    const { tx, workspaceId } = context;
    const gone = await tx
      .delete(articleCategory)
      .where(categoryKey(context, categoryId))
      .returning({ id: articleCategory.id });
    if (gone.length === 0) throw notFound('category');
    await tx
      .update(article)
      .set({ categoryId: null })
      .where(and(eq(article.workspaceId, workspaceId), eq(article.categoryId, categoryId)));
    context.emit('articleCategory.deleted', { categoryId });
    return {};
  },
};
