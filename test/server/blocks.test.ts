/** Rich blocks: who may send which, and how a visitor answers them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CommandInput } from '../../shared/contract/catalogue.ts';
import type { Part, VisitorPart } from '../../shared/contract/part.ts';
import { blocksExample } from '../../server/http/docs-blocks.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { isRefusal, refused, startTestServer } from './harness.ts';
import { makeApiKey, makeVisitor, setUp, startConversation } from './people.ts';

type Blocks = NonNullable<CommandInput<'conversation.reply'>['blocks']>;

const server = await startTestServer();
const office = await setUp(server);
const { owner } = office;
const key = await makeApiKey(office, ['write']);

const size: Blocks[number] = {
  type: 'buttons',
  id: 'size',
  buttons: [
    { id: 's', label: 'Small *one*' },
    { id: 'l', label: 'Large' },
    { label: 'Sizes', href: 'https://shop.example/s' },
  ],
};
const about: Blocks[number] = {
  type: 'form',
  id: 'about',
  title: 'Your order',
  fields: [
    { key: 'email', label: '', kind: 'email', required: true },
    { key: 'order_number', label: 'Order number', kind: 'text', required: true },
    { key: 'gift', label: 'It is a gift', kind: 'checkbox', required: false },
  ],
};
const how: Blocks[number] = { type: 'rating', id: 'how', prompt: '', scale: 'stars' };

/** A conversation in which a teammate has sent these blocks. */
async function withBlocks(...blocks: Blocks) {
  const visitor = await makeVisitor(office);
  const conversationId = await startConversation(office, visitor);
  const { partId } = await server.execute('conversation.reply', { conversationId, text: 'Here:', blocks }, owner);
  const answer = (blockId: string, given: CommandInput<'conversation.answer'>['answer'], id?: string) =>
    server.execute('conversation.answer', { conversationId, partId, blockId, answer: given }, visitor.actor, id);
  const thread = async () => {
    const team = await server.ask('conversation.parts', { conversationId }, owner);
    const own = await server.ask('conversation.parts', { conversationId }, visitor.actor);
    const { conversation, contact } = await server.ask('conversation.get', { conversationId }, owner);
    return { parts: team.parts as Part[], own: own.parts as VisitorPart[], conversation, contact };
  };
  return { visitor, conversationId, partId, answer, thread };
}

const wordsOf = (part: Part | undefined): string =>
  (part?.body ?? [])
    .flatMap((block) => ('content' in block ? block.content.map((run) => ('text' in run ? run.text : '\n')) : []))
    .join('');

describe('sending blocks', () => {
  const post = async (blocks: unknown, more: object = {}, headers = key.headers) => {
    const conversationId = await startConversation(office, await makeVisitor(office));
    return server.http(
      'POST',
      `/api/v1/conversations/${conversationId}/replies`,
      { text: '', blocks, ...more },
      headers,
    );
  };

  it('a program sends every kind, with or without text', async () => {
    const card = { title: 'Teapot', text: 'Blue', picture: { url: 'https://shop.example/pot.jpg', alt: 'A teapot' } };
    const { articleId } = await server.execute(
      'article.create',
      { title: 'Returns', text: 'Send it **back**.' },
      owner,
    );
    await server.execute('article.publish', { articleId }, owner);
    const answer = await post([
      size,
      { type: 'card', id: 'pot', ...card, buttons: [{ id: 'buy', label: 'Buy' }] },
      { type: 'carousel', id: 'pots', cards: [card, { title: 'Cup' }] },
      about,
      { type: 'article', articleId },
    ]);
    assert.equal(answer.status, 200, answer.text);
    assert.equal((await post([how])).status, 200);
  });

  it('takes the example of the reference', async () => {
    assert.equal((await post(blocksExample)).status, 200);
  });

  it('keeps what an article was called when it was sent, and refuses one that visitors may not read', async () => {
    const { articleId } = await server.execute('article.create', { title: 'Glaze', text: 'It is *lead-free*.' }, owner);
    isRefusal(await post([{ type: 'article', articleId }]), 400, 'invalid', /Publish it first/);
    isRefusal(await post([size, { type: 'article', articleId: uuidv7() }]), 400, 'invalid', /no such article/);
    await server.execute('article.publish', { articleId }, owner);
    const { thread, visitor, conversationId } = await withBlocks({ type: 'article', articleId });
    await server.execute('article.update', { articleId, title: 'Another' }, owner);
    const { own, conversation } = await thread();
    const expected = { type: 'article', articleId, title: 'Glaze', excerpt: 'It is lead-free.' };
    assert.deepEqual(own.at(-1)?.body.at(-1), expected);
    assert.match(conversation.lastMessage.preview, /Glaze/);
    await refused(
      server.execute('conversation.reply', { conversationId, text: 'x', blocks: [size] }, visitor.actor),
      'invalid',
      /for teammates and programs/,
    );
  });

  it('shows a file of the message in a card, and no other', async () => {
    const picture = { attachmentId: uuidv7(), alt: '' };
    const bad = await post([{ type: 'card', id: 'c', title: 'Pot', picture }]);
    isRefusal(bad, 400, 'invalid');
    assert.match(bad.body.error.fields['blocks'], /attachmentIds/);
  });

  const choices = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `b${index}`, label: `B ${index}` }));
  const wrong: [string, unknown, RegExp][] = [
    ['no block', [], /must hold a block/],
    ['too many blocks', Array.from({ length: 6 }, (_, index) => ({ ...how, id: `r${index}` })), /at most 5/],
    ['two blocks of one id', [size, { ...how, id: 'size' }], /two blocks alike/],
    ['a block of no known kind', [{ type: 'video', id: 'v' }], /./],
    ['a button that does nothing', [{ ...size, buttons: [{ label: 'Hm' }] }], /answer \{id, label\} or a link/],
    [
      'two buttons of one id',
      [{ ...size, buttons: [...choices(2), { id: 'b1', label: 'C' }] }],
      /two choices the same id/,
    ],
    ['no button', [{ ...size, buttons: [] }], /must hold a button/],
    ['eleven buttons', [{ ...size, buttons: choices(11) }], /at most 10/],
    ['a script for a link', [{ ...size, buttons: [{ label: 'X', href: 'javascript:alert(1)' }] }], /./],
    ['a data link', [{ ...size, buttons: [{ label: 'X', href: 'data:text/html,x' }] }], /./],
    [
      'a picture without https',
      [{ type: 'card', id: 'c', title: 'T', picture: { url: 'http://a.example/x.png', alt: '' } }],
      /./,
    ],
    ['a card without title', [{ type: 'card', id: 'c', title: ' ' }], /empty/],
    ['a card with four buttons', [{ type: 'card', id: 'c', title: 'T', buttons: choices(4) }], /at most 3/],
    ['a carousel of one', [{ type: 'carousel', id: 'c', cards: [{ title: 'T' }] }], /at least 2/],
    [
      'a carousel of eleven',
      [{ type: 'carousel', id: 'c', cards: choices(11).map(({ label }) => ({ title: label })) }],
      /at most 10/,
    ],
    ['a form that asks nothing', [{ type: 'form', id: 'f', fields: [] }], /must ask something/],
    ['a scale of its own', [{ ...how, scale: 'smileys' }], /./],
    ['a NUL character', [{ type: 'card', id: 'c', title: 'T', text: 'a\0b' }], /NUL character/],
    ['half a character in a question', [{ ...how, prompt: 'How was it? \ud83d' }], /half a character/],
    ['half a character in a link', [{ ...size, buttons: [{ label: 'X', href: 'https://a.example/\ud83d' }] }], /./],
    ['an unknown key', [{ ...how, html: '<b>' }], /./],
  ];
  for (const [situation, blocks, words] of wrong) {
    it(`refuses ${situation}, naming the field`, async () => {
      const answer = await post(blocks);
      isRefusal(answer, 400, 'invalid');
      const fields = Object.entries(answer.body.error.fields as Record<string, string>);
      assert.ok(fields.length > 0 && fields.every(([name]) => name.startsWith('blocks')), answer.text);
      assert.match(fields.map(([, sentence]) => sentence).join(), words);
    });
  }
});

describe('answering', () => {
  it('a button is the visitor’s message too: its label, unread, and it reopens', async () => {
    const { answer, thread, conversationId, partId } = await withBlocks(size);
    await server.execute('conversation.close', { conversationId }, owner);
    await answer('size', { type: 'button', buttonId: 's' });
    const { parts, own, conversation } = await thread();
    assert.equal(wordsOf(parts.at(-1)), 'Small *one*', 'a label is not Markdown');
    assert.equal(parts.at(-1)?.author.kind, 'contact');
    assert.equal(conversation.status, 'open');
    assert.ok(conversation.inboundSeq > conversation.readSeq);
    for (const part of [parts.find(({ id }) => id === partId), own.find(({ id }) => id === partId)]) {
      assert.deepEqual(part?.answers?.['size']?.answer, { type: 'button', buttonId: 's' });
    }
  });

  it('takes one answer a block, and the same one again for the same', async () => {
    const { answer, thread } = await withBlocks(size, how);
    const id = uuidv7();
    const first = await answer('size', { type: 'button', buttonId: 'l' }, id);
    assert.deepEqual(await answer('size', { type: 'button', buttonId: 'l' }, id), first);
    await refused(answer('size', { type: 'button', buttonId: 's' }), 'conflict', /answered already/);
    const { parts } = await thread();
    assert.equal(parts.filter((part) => wordsOf(part) === 'Large').length, 1);
  });

  it('of two answers at once one counts', async () => {
    const { answer, thread } = await withBlocks(size);
    const both = [answer('size', { type: 'button', buttonId: 'l' }), answer('size', { type: 'button', buttonId: 's' })];
    const settled = await Promise.allSettled(both);
    assert.deepEqual(settled.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const { parts } = await thread();
    assert.equal(parts.filter(({ author }) => author.kind === 'contact').length, 2);
  });

  it('a form is read by its fields, claimed like the form before a chat, and shown as a message', async () => {
    const { answer, thread } = await withBlocks(about);
    const bad = answer('about', { type: 'form', values: { email: 'nobody', order_number: ' ' } });
    await assert.rejects(bad, (error: { fields?: Record<string, string> }) => {
      assert.deepEqual(Object.keys(error.fields ?? {}).sort(), ['answer.values.email', 'answer.values.order_number']);
      return true;
    });
    await refused(answer('about', { type: 'form', values: { order_number: 'a\0b' } }), 'invalid', /half a character/);
    const values = { email: 'Jo@Visitor.example', order_number: 'K-1042', gift: true, made_up: 'x' };
    await answer('about', { type: 'form', values });
    const { parts, contact, conversation } = await thread();
    assert.equal(contact.claimedEmail, 'jo@visitor.example');
    assert.equal(contact.email, null, 'a claim is no proof');
    assert.equal(contact.properties['order_number'], 'K-1042');
    assert.equal(contact.properties['made_up'], undefined);
    assert.match(wordsOf(parts.at(-1)), /jo@visitor\.example.*Order number\nK-1042.*It is a gift\n✓/s);
    assert.ok(conversation.inboundSeq > conversation.readSeq);
    await refused(answer('about', { type: 'form', values }), 'conflict');
  });

  it('a rating is kept with the conversation, may be changed, and reopens nothing', async () => {
    const { answer, thread, conversationId } = await withBlocks(how);
    await server.execute('conversation.close', { conversationId }, owner);
    await answer('how', { type: 'rating', score: 2 });
    await answer('how', { type: 'rating', score: 4, comment: ' Quick! ' });
    const { parts, own, conversation } = await thread();
    assert.equal(conversation.status, 'closed');
    assert.equal(conversation.rating?.score, 4);
    assert.equal(conversation.rating?.comment, 'Quick!');
    assert.equal(conversation.lastMessage.preview, '★★★★☆ Quick!');
    assert.deepEqual(
      parts.map(({ activity }) => activity).filter((one) => one?.name === 'rated'),
      [
        { name: 'rated', score: 2 },
        { name: 'rated', score: 4 },
      ],
    );
    assert.equal(own.at(-1)?.answers?.['how']?.answer.type, 'rating');
    await answer('how', { type: 'rating', score: 4, comment: 'Very quick!' });
    const said = (await thread()).parts.at(-1)?.activity;
    assert.deepEqual(said, { name: 'rated', score: 4, commented: true }, 'words are no second rating');
    for (const score of [0, 6, 2.5]) await refused(answer('how', { type: 'rating', score }), 'invalid');
    for (const comment of ['a\0b', 'cut \ud83d'])
      await refused(answer('how', { type: 'rating', score: 4, comment }), 'invalid', /half a character/);
  });

  it('a rating while it goes on is no last word: who was answered does not wait again', async () => {
    await server.execute('inbox.update', { inboxId: office.inboxId, showQueuePosition: true }, owner);
    const { answer, thread, visitor } = await withBlocks(how);
    await answer('how', { type: 'rating', score: 4 });
    const { conversation } = await thread();
    assert.equal(conversation.rating?.score, 4);
    assert.deepEqual(
      [conversation.status, conversation.assigneeId, conversation.lastMessage.authorKind],
      ['open', null, 'teammate'],
    );
    assert.equal((await server.ask('visitor.snapshot', {}, visitor.actor)).queue, undefined);
  });

  it('takes an answer to a block whose id is a name that every object has', async () => {
    const { answer, thread } = await withBlocks({ ...size, id: 'constructor' });
    await answer('constructor', { type: 'button', buttonId: 's' });
    assert.ok((await thread()).own.some(({ answers }) => Object.hasOwn(answers ?? {}, 'constructor')));
    await refused(answer('constructor', { type: 'button', buttonId: 's' }), 'conflict');
  });

  it('refuses what does not fit the block, and a button that is not there', async () => {
    const { answer } = await withBlocks(size, about, how);
    await refused(answer('size', { type: 'rating', score: 5 }), 'invalid');
    await refused(answer('how', { type: 'button', buttonId: 's' }), 'invalid');
    await refused(answer('about', { type: 'button', buttonId: 's' }), 'invalid');
    await refused(answer('size', { type: 'button', buttonId: 'xl' }), 'invalid');
    await refused(answer('colour', { type: 'button', buttonId: 's' }), 'not_found');
  });

  it('is for the visitor of the conversation alone, and for messages they can see', async () => {
    const { conversationId, partId, visitor } = await withBlocks(size);
    const input = { conversationId, partId, blockId: 'size', answer: { type: 'button', buttonId: 's' } } as const;
    const stranger = await makeVisitor(office);
    const theirs = await startConversation(office, stranger);
    await refused(server.execute('conversation.answer', input, stranger.actor), 'not_found');
    await refused(
      server.execute('conversation.answer', { ...input, conversationId: theirs }, stranger.actor),
      'not_found',
    );
    await refused(server.execute('conversation.answer', input, owner), 'forbidden');
    await refused(server.execute('conversation.answer', input, key.actor), 'forbidden');
    const note = await server.execute('conversation.note', { conversationId, text: 'Hm.' }, owner);
    await refused(server.execute('conversation.answer', { ...input, partId: note.partId }, visitor.actor), 'not_found');
  });
});
