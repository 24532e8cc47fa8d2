/** The knowledge base: what the team writes, and what visitors find and read of it. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { QueryInput } from '../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { excerptOf } from '../../server/modules/article/search.ts';
import { slugOf } from '../../server/modules/article/slug.ts';
import { inWords } from '../../server/modules/visitor/reply-time.ts';
import { refused, startTestServer } from './harness.ts';
import { makeForeignOffice, makeInbox, makeVisitor, setUp, startConversation } from './people.ts';
import { closeSockets, visitorSocket } from './test-socket.ts';

after(closeSockets);
const server = await startTestServer();
const office = await setUp(server);
const foreign = await makeForeignOffice(office);
const visitor = await makeVisitor(office);
const { owner } = office;

interface Written {
  title: string;
  text: string;
  slug?: string;
  language?: string;
}

const write = async (input: Written): Promise<string> =>
  (await server.execute('article.create', input, owner)).articleId;

async function publish(input: Written): Promise<string> {
  const articleId = await write(input);
  await server.execute('article.publish', { articleId }, owner);
  return articleId;
}

const find = async (input: QueryInput<'article.search'>): Promise<string[]> =>
  (await server.ask('article.search', input, visitor.actor)).articles.map(({ title }) => title);

describe('an article', () => {
  it('keeps its Markdown, is read as blocks, and can be changed part by part', async () => {
    const articleId = await write({ title: 'Care', text: 'Wash by **hand**.' });
    await server.execute('article.update', { articleId, title: 'Caring for glazes' }, owner);
    const { article } = await server.ask('article.get', { articleId }, owner);
    assert.equal(article.title, 'Caring for glazes');
    assert.equal(article.text, 'Wash by **hand**.');
    assert.deepEqual(article.body, [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Wash by ' },
          { type: 'text', text: 'hand', strong: true },
          { type: 'text', text: '.' },
        ],
      },
    ]);
    assert.equal(article.authorId, owner.id);
    await server.execute('article.update', { articleId, text: 'Wash by machine.' }, owner);
    assert.equal((await server.ask('article.get', { articleId }, owner)).article.slug, 'care');
  });

  it('has headings, found and quoted by their words without their marks', async () => {
    const articleId = await publish({ title: 'Firing', text: '## Stoneware\n\nSlowly, at **1240** degrees.' });
    const { article } = await server.ask('article.read', { articleId }, visitor.actor);
    assert.deepEqual(article.body[0], { type: 'heading', level: 2, content: [{ type: 'text', text: 'Stoneware' }] });
    const { articles } = await server.ask('article.search', { text: 'stoneware' }, visitor.actor);
    assert.deepEqual(
      articles.map(({ excerpt }) => excerpt),
      ['Stoneware · Slowly, at 1240 degrees.'],
    );
    await server.execute('article.unpublish', { articleId }, owner);
  });

  it('has a slug of its own: made from the title, numbered where that is taken, refused where the author chose one that is', async () => {
    const text = 'Text.';
    const made = await Promise.all(
      Array.from({ length: 4 }, () => server.execute('article.create', { title: 'Größe & Maß', text }, owner)),
    );
    assert.deepEqual(made.map(({ slug }) => slug).toSorted(), [
      'grosse-mass',
      'grosse-mass-2',
      'grosse-mass-3',
      'grosse-mass-4',
    ]);
    await refused(server.execute('article.create', { title: 'X', text, slug: 'grosse-mass' }, owner), 'conflict');
    const articleId = await write({ title: 'Other', text });
    await refused(server.execute('article.update', { articleId, slug: 'grosse-mass-2' }, owner), 'conflict');
    assert.equal(slugOf('陶器の手入れ'), 'article');
    // Another workspace's names are its own affair.
    const theirs = await server.execute('article.create', { title: 'Größe & Maß', text }, foreign.owner);
    assert.equal(theirs.slug, 'grosse-mass');
  });

  it('is read and found by visitors only while it is published, and in its own workspace only', async () => {
    const articleId = await write({ title: 'Kintsugi', text: 'Mending with gold.' });
    const read = () => server.ask('article.read', { articleId }, visitor.actor);
    await refused(read(), 'not_found');
    assert.deepEqual(await find({ text: 'kintsugi' }), []);
    await server.execute('article.publish', { articleId }, owner);
    assert.equal((await read()).article.title, 'Kintsugi');
    assert.deepEqual(await find({ text: 'kintsugi' }), ['Kintsugi']);
    await refused(server.ask('article.read', { articleId }, foreign.visitor.actor), 'not_found');
    assert.deepEqual((await server.ask('article.search', { text: 'kintsugi' }, foreign.visitor.actor)).articles, []);
    await refused(server.execute('article.unpublish', { articleId }, foreign.owner), 'not_found');
    await server.execute('article.unpublish', { articleId }, owner);
    await refused(read(), 'not_found');
    assert.deepEqual(await find({ text: 'kintsugi' }), []);
    await server.execute('article.delete', { articleId }, owner);
    await refused(server.ask('article.get', { articleId }, owner), 'not_found');
  });

  it('loses its category when that is deleted, and takes none of another workspace', async () => {
    const { categoryId } = await server.execute('articleCategory.create', { name: 'Orders' }, owner);
    const input = { title: 'Invoices', text: 'By mail.', categoryId };
    const { articleId } = await server.execute('article.create', input, owner);
    await server.execute('article.publish', { articleId }, owner);
    const seen = async () => (await server.ask('article.read', { articleId }, visitor.actor)).article.category;
    assert.equal(await seen(), 'Orders');
    await server.execute('articleCategory.update', { categoryId, name: 'Money' }, owner);
    assert.equal(await seen(), 'Money');
    await refused(server.execute('article.create', input, foreign.owner), 'not_found');
    await server.execute('articleCategory.delete', { categoryId }, owner);
    assert.equal(await seen(), null);
  });

  it('tells visitors nothing of who wrote it or when it was drafted', async () => {
    const articleId = await publish({ title: 'Secrets', text: 'None.' });
    const socket = await visitorSocket(office, visitor);
    const { article } = await socket.query('article.read', { articleId });
    assert.deepEqual(
      Object.keys(article as object).toSorted(),
      ['body', 'category', 'id', 'language', 'slug', 'title', 'updatedAt'].toSorted(),
    );
    await refused(server.ask('article.get', { articleId }, visitor.actor), 'forbidden');
    await refused(server.ask('article.list', {}, visitor.actor), 'forbidden');
  });

  it('is listed in pages, once each, the one changed last first', async () => {
    const { categoryId } = await server.execute('articleCategory.create', { name: 'Long list' }, owner);
    const ids: string[] = [];
    for (let count = 0; count < 7; count++) {
      const input = { title: `Number ${count}`, text: 'Text.', categoryId };
      ids.push((await server.execute('article.create', input, owner)).articleId);
    }
    const listed: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await server.ask('article.list', { categoryId, limit: 3, ...(cursor ? { cursor } : {}) }, owner);
      listed.push(...page.articles.map(({ id }) => id));
      cursor = page.next;
    }
    assert.deepEqual(listed, ids.toReversed());
    const drafts = await server.ask('article.list', { categoryId, status: 'published' }, owner);
    assert.deepEqual(drafts.articles, []);
  });
});

describe('search', () => {
  it('finds other forms of a word, half a word, several words, and words of a sentence', async () => {
    await publish({ title: 'Sending things back', text: 'You may return a mug within thirty days, unwashed.' });
    await publish({ title: 'Vouchers', text: 'A gift card is valid for three years.' });
    assert.deepEqual(await find({ text: 'returned mugs' }), ['Sending things back']);
    assert.deepEqual(await find({ text: 'vouch' }), ['Vouchers']);
    assert.deepEqual(await find({ text: 'gift ca' }), ['Vouchers']);
    assert.deepEqual(await find({ text: 'how long does my gift voucher stay valid??' }), ['Vouchers']);
    assert.deepEqual(await find({ text: 'zzzxq' }), []);
  });

  it('puts a word in the title before the same word in the text', async () => {
    await publish({ title: 'Opening times', text: 'From nine, with a word on porcelain.' });
    await publish({ title: 'Porcelain', text: 'Fired twice.' });
    assert.deepEqual(await find({ text: 'porcelain' }), ['Porcelain', 'Opening times']);
  });

  it('knows the words of each language, puts the reader’s first, and finds what is written without spaces', async () => {
    await publish({ title: 'Rücksendungen', text: 'Die zerbrochenen Tassen ersetzen wir.', language: 'de' });
    await publish({ title: 'Tassen', text: 'A German word.', language: 'en' });
    await publish({ title: '陶器の手入れ', text: '食器洗い機で洗えます。', language: 'ja' });
    assert.deepEqual(await find({ text: 'zerbrochene' }), ['Rücksendungen']);
    assert.deepEqual(await find({ text: 'tassen', language: 'de-AT' }), ['Rücksendungen', 'Tassen']);
    assert.deepEqual(await find({ text: 'tassen', language: 'en' }), ['Tassen', 'Rücksendungen']);
    assert.deepEqual(await find({ text: '洗い機', language: 'ja' }), ['陶器の手入れ']);
  });

  it('takes whatever is typed for words, never for an operator', async () => {
    for (const text of [
      "'",
      ':*',
      '!',
      'a & | b',
      "it's",
      '%',
      '_',
      '\\',
      '(((',
      '<->',
      '   ',
      '😀',
      "'; drop table x;",
    ]) {
      await find({ text });
    }
    assert.deepEqual(await find({ text: '%' }), []);
    assert.deepEqual(await find({ text: '\\' }), []);
  });

  it('without words answers with what was published last, and no more than asked for', async () => {
    await publish({ title: 'Brand new', text: 'Just now.' });
    assert.deepEqual(await find({ limit: 1 }), ['Brand new']);
  });

  it('quotes the text around what was found', () => {
    const text = `${'Some words go before. '.repeat(10)}The kiln is opened on Friday. ${'Others come after. '.repeat(20)}`;
    const excerpt = excerptOf(text.trim(), ['kiln']);
    assert.match(excerpt, /^….*The kiln is opened on Friday\..*…$/);
    assert.ok(excerpt.length <= 142, excerpt);
    assert.equal(excerptOf('Short.', ['else']), 'Short.');
  });

  it('parts what is no sentence from what follows it: headings, and the items of a list', async () => {
    const text =
      'Not in the dishwasher.\n\n- no steel wool\n- no *bleach*\n\n## The grip\n\nTake it off.\n\nThen rinse.';
    await publish({ title: 'Zircon care', text });
    const { articles } = await server.ask('article.search', { text: 'zircon' }, visitor.actor);
    assert.equal(
      articles[0]?.excerpt,
      'Not in the dishwasher. no steel wool · no bleach · The grip · Take it off. Then rinse.',
    );
    assert.equal(excerptOf(`${'x'.repeat(137)} · ${'kiln '.repeat(30)}`, []), `${'x'.repeat(137)}…`);
  });

  it('is open to programs over HTTP', async () => {
    const answer = await server.http('GET', '/api/v1/help/articles?text=vouchers&limit=2', undefined, visitor.headers);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.body.articles[0].title, 'Vouchers');
  });
});

describe('the home', () => {
  it('promises a reply time only from enough replies of its own inbox', async () => {
    const shop = await makeInbox(office);
    const guest = await makeVisitor(shop);
    const promise = async () => {
      // What is known is kept for some minutes.
      server.clock.advance(6 * 60_000);
      return (await server.ask('visitor.home', {}, guest.actor)).replyTime;
    };
    const answered = async (afterMs: number) => {
      const conversationId = await startConversation(shop, await makeVisitor(shop));
      server.clock.advance(afterMs);
      await server.execute('conversation.reply', { conversationId, text: 'Hello!' }, owner);
    };
    for (let count = 0; count < 4; count++) await answered(2 * 60_000);
    assert.equal(await promise(), null);
    await answered(2 * 60_000);
    assert.equal(await promise(), 'minutes');
    // One that took a weekend does not change what is usual; most of them do.
    await answered(60 * 60 * 60_000);
    assert.equal(await promise(), 'minutes');
    for (let count = 0; count < 8; count++) await answered(40 * 60_000);
    assert.equal(await promise(), 'hour');
    const quiet = await makeVisitor(await makeInbox(office));
    assert.equal((await server.ask('visitor.home', {}, quiet.actor)).replyTime, null);
  });

  it('says it in words that hold', () => {
    const minutes = (count: number) => inWords(count * 60_000);
    assert.deepEqual(
      [minutes(1), minutes(10), minutes(11), minutes(60), minutes(61), minutes(1440), minutes(1441)],
      ['minutes', 'minutes', 'hour', 'hour', 'day', 'day', null],
    );
  });

  it('offers a few articles, and the snapshot says whether there are any', async () => {
    const { articles } = await server.ask('visitor.home', {}, visitor.actor);
    assert.ok(articles.length > 0 && articles.length <= 4);
    assert.equal((await server.ask('visitor.snapshot', {}, visitor.actor)).help, true);
    assert.equal((await server.ask('visitor.snapshot', {}, foreign.visitor.actor)).help, false);
    assert.equal((await server.ask('visitor.home', {}, foreign.visitor.actor)).articles.length, 0);
    const id = uuidv7();
    await refused(server.ask('article.read', { articleId: id }, visitor.actor), 'not_found');
  });
});
