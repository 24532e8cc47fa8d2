/** Examples of the commands of the knowledge base. */
import { nobody, renamed, workers, administrators } from './scene.ts';
import type { Examples } from './scene.ts';
import type { Stage } from './stage.ts';

const shipping = { title: 'Shipping abroad', text: 'We ship to **every** country of the EU.\n\n- wrapped in straw' };

/** A draft by the owner. */
export async function draftArticle({ server, office }: Stage, changes: Partial<typeof shipping> = {}): Promise<string> {
  return (await server.execute('article.create', { ...shipping, ...changes }, office.owner)).articleId;
}

export async function publishedArticle(stage: Stage, changes: Partial<typeof shipping> = {}): Promise<string> {
  const articleId = await draftArticle(stage, changes);
  await stage.server.execute('article.publish', { articleId }, stage.office.owner);
  return articleId;
}

async function category({ server, office }: Stage): Promise<string> {
  return (await server.execute('articleCategory.create', { name: 'Orders' }, office.owner)).categoryId;
}

const another = () => ({ articleId: nobody });
const anotherCategory = () => ({ categoryId: nobody });

export const articleExamples: Pick<Examples, Extract<keyof Examples, `article${string}`>> = {
  'article.create': [
    {
      situation: 'a draft in a category',
      by: workers,
      arrange: async (stage) => ({ input: { ...shipping, language: 'en', categoryId: await category(stage) } }),
      other: (input) => ({ ...input, title: 'Another title' }),
    },
  ],
  'article.update': [
    {
      situation: 'a published article is corrected',
      by: workers,
      arrange: async (stage) => ({ input: { articleId: await publishedArticle(stage), title: 'Shipping, anywhere' } }),
      other: (input) => ({ ...input, title: 'Another title' }),
    },
  ],
  'article.publish': [
    {
      situation: 'a draft is done',
      by: workers,
      arrange: async (stage) => ({ input: { articleId: await draftArticle(stage) } }),
      other: another,
    },
  ],
  'article.unpublish': [
    {
      situation: 'an article is out of date',
      by: workers,
      arrange: async (stage) => ({ input: { articleId: await publishedArticle(stage) } }),
      other: another,
    },
  ],
  'article.delete': [
    {
      situation: 'nobody needs it any more',
      by: workers,
      arrange: async (stage) => ({ input: { articleId: await publishedArticle(stage) } }),
      other: another,
    },
  ],
  'articleCategory.create': [
    {
      situation: 'a first shelf',
      by: administrators,
      arrange: async () => ({ input: { name: 'Orders' } }),
      other: renamed,
    },
  ],
  'articleCategory.update': [
    {
      situation: 'a better name',
      by: administrators,
      arrange: async (stage) => ({ input: { categoryId: await category(stage), name: 'Orders and parcels' } }),
      other: renamed,
    },
  ],
  'articleCategory.delete': [
    {
      situation: 'a shelf with an article on it',
      by: administrators,
      arrange: async (stage) => {
        const categoryId = await category(stage);
        await stage.server.execute('article.create', { ...shipping, categoryId }, stage.office.owner);
        return { input: { categoryId } };
      },
      other: anotherCategory,
    },
  ],
};
