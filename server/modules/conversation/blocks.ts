import type { BlocksInput, RichBlock } from '../../../shared/contract/block.ts';
import type { Sql } from '../../database/connection.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import { excerptOf } from '../article/queries.ts';

/** What a message says of an article, by workspace and id. */
export type SentArticles = ReadonlyMap<string, { title: string; excerpt: string }>;

type Sending = { actor: Actor; input: { blocks?: BlocksInput | undefined } };

const keyOf = (workspaceId: string, articleId: string): string => `${workspaceId} ${articleId}`;
const noArticles: SentArticles = new Map();
const none: readonly RichBlock[] = [];

/** Reads the published articles that messages name. Most name none, and then nothing is asked. */
export async function findSentArticles(sql: Sql, items: readonly Sending[]): Promise<SentArticles> {
  const wanted = items.flatMap(({ actor, input }) =>
    (input.blocks ?? []).flatMap((block) =>
      block.type === 'article' ? { workspaceId: actor.workspaceId, id: block.articleId } : [],
    ),
  );
  if (wanted.length === 0) return noArticles;
  const rows = await sql<{ workspace_id: string; id: string; title: string; plain_text: string }[]>`
    select workspace_id, id, title, plain_text from parlour.article
    where workspace_id = any(${wanted.map((one) => one.workspaceId)}::uuid[]) and id = any(${wanted.map((one) => one.id)}::uuid[])
      and status = 'published'`;
  return new Map(
    rows.map((row) => [keyOf(row.workspace_id, row.id), { title: row.title, excerpt: excerptOf(row.plain_text, []) }]),
  );
}

/**
 * A message's rich blocks as they are kept.
 * @returns the refusal when a visitor sends them, or an article cannot be read by visitors
 */
export function readBlocks({ actor, input }: Sending, articles: SentArticles): readonly RichBlock[] | DomainError {
  const { blocks } = input;
  if (!blocks) return none;
  if (actor.kind === 'visitor') {
    return new DomainError('invalid', 'A visitor writes text; blocks are for teammates and programs.', {
      fields: { blocks: 'is not for visitors' },
    });
  }
  const read: RichBlock[] = [];
  for (const [index, block] of blocks.entries()) {
    const found = block.type === 'article' ? articles.get(keyOf(actor.workspaceId, block.articleId)) : undefined;
    if (block.type !== 'article') read.push(block);
    else if (found) read.push({ ...block, ...found });
    else return noArticle(index);
  }
  return read;
}

const noArticle = (index: number) =>
  new DomainError('invalid', 'There is no such article, or visitors may not read it yet. Publish it first.', {
    fields: { [`blocks.${index}.articleId`]: 'is no published article' },
  });
