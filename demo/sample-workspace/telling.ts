import type { CommandInput, CommandName } from '../../shared/contract/catalogue.ts';
import type { Actor } from '../../server/kernel/actor.ts';
import { articles, categories } from './articles.ts';
import type { SampleConversation, Step } from './plan.ts';
import type { RichStory } from './rich-stories.ts';
import type { Shop } from './shop.ts';

/** Does one step of a conversation, as whoever did it, when they did it. */
export async function tellStep(shop: Shop, conversation: SampleConversation, step: Step, index: number): Promise<void> {
  const { key } = conversation;
  const name = `${key}, step ${index}`;
  const before = conversation.steps.slice(0, index);
  const conversationId = shop.id(conversation.steps[0]!.at, key);
  const run = <N extends CommandName>(command: N, input: CommandInput<N>, actor: Actor) =>
    shop.run(name, step.at, command, input, actor);
  switch (step.kind) {
    case 'message': {
      const { text } = step;
      if (step.by !== 'contact')
        return void (await run('conversation.reply', { conversationId, text }, shop.actor(step.by)));
      const visitor = await shop.visitor(conversation, step.at);
      if (index > 0) return void (await run('conversation.reply', { conversationId, text }, visitor));
      const pageUrl = shop.address(conversation.page);
      return void (await run('conversation.start', { conversationId, text, pageUrl }, visitor));
    }
    case 'note':
      return void (await run('conversation.note', { conversationId, text: step.text }, shop.actor(step.by)));
    case 'assign': {
      const assigneeId = shop.team[step.to].id;
      return void (await run('conversation.assign', { conversationId, assigneeId }, shop.actor(step.by)));
    }
    case 'snooze': {
      const until = step.until.toISOString();
      return void (await run('conversation.snooze', { conversationId, until }, shop.actor(step.by)));
    }
    case 'close':
      return void (await run('conversation.close', { conversationId }, shop.actor(step.by)));
    case 'read': {
      const seq = before.filter(({ kind }) => kind !== 'seen').length;
      return void (await run('conversation.markRead', { conversationId, seq }, shop.actor(step.by)));
    }
    case 'seen': {
      const seq = before.filter(({ kind }) => kind === 'message').length;
      return void (await run(
        'conversation.markRead',
        { conversationId, seq },
        await shop.visitor(conversation, step.at),
      ));
    }
  }
}

/** Writes the knowledge base, an article a day in the shop's first weeks: what most people ask came last. */
export async function writeArticles(shop: Shop): Promise<ReadonlyMap<string, string>> {
  const { mara, ines } = shop.team;
  const ids: Partial<Record<string, string>> = {};
  const bySlug = new Map<string, string>();
  for (const [key, name] of Object.entries(categories)) {
    const made = await shop.run(`category ${key}`, shop.dayAfterFounding(1), 'articleCategory.create', { name }, mara);
    ids[key] = made.categoryId;
  }
  for (const [index, { slug, title, text, category, published }] of articles.entries()) {
    const [author, when] = [index % 3 ? ines : mara, shop.dayAfterFounding(index + 2)];
    const input = { slug, title, text, categoryId: ids[category] ?? null };
    const { articleId } = await shop.run(`article ${slug}`, when, 'article.create', input, author);
    bySlug.set(slug, articleId);
    if (published) await shop.run(`publishing ${slug}`, when, 'article.publish', { articleId }, author);
  }
  return bySlug;
}

/** Tells one of the newest conversations, in which more is sent than words. */
export async function tellRichStory(
  shop: Shop,
  { key, name, email, page, turns }: RichStory,
  index: number,
  articleIds: ReadonlyMap<string, string>,
): Promise<void> {
  const began = shop.now.getTime() - (index * 20 + 15) * 60_000;
  const conversationId = shop.id(new Date(began), key);
  const person = { key, name, email, phone: null };
  const visitor = await shop.visitor({ person, inbox: 'support', page }, new Date(began));
  let partId = '';
  for (const [number, turn] of turns.entries()) {
    const when = new Date(began + number * 2 * 60_000);
    const run = <N extends CommandName>(command: N, input: CommandInput<N>, actor: Actor) =>
      shop.run(`${key}, turn ${number}`, when, command, input, actor);
    if ('answers' in turn) {
      const { answers: blockId, answer } = turn;
      await run('conversation.answer', { conversationId, partId, blockId, answer }, visitor);
    } else if ('closes' in turn) {
      await run('conversation.close', { conversationId }, shop.team[turn.by]);
    } else if (turn.by === 'contact') {
      await run('conversation.start', { conversationId, text: turn.text, pageUrl: shop.address(page) }, visitor);
    } else {
      const articles = (turn.articles ?? []).flatMap((slug) => articleIds.get(slug) ?? []);
      const references = articles.map((articleId) => ({ type: 'article' as const, articleId }));
      const message = { conversationId, text: turn.text, blocks: [...references, ...turn.blocks] };
      ({ partId } = await run('conversation.reply', message, shop.team[turn.by]));
    }
  }
}
