/** How a conversation ends: by its visitor or by the team, and what is asked then. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { parseMarkdown } from '../../shared/state/markdown.ts';
import { refused, startTestServer, until } from './harness.ts';
import { makeInbox, makeVisitor, setUp, startConversation } from './people.ts';
import type { Office, Visitor } from './people.ts';
import { closeSockets, ownerSocket, visitorSocket } from './test-socket.ts';

after(closeSockets);
const server = await startTestServer();
const house = await setUp(server);

const visitorOf = (office: Office): Promise<Visitor> => makeVisitor(office, office.channelKey, office.channelId);

async function publicParts(conversationId: string, visitor: Visitor) {
  return (await server.ask('conversation.parts', { conversationId }, visitor.actor)).parts;
}

const isQuestion = ({ body }: { body: readonly { type: string }[] | null }): boolean =>
  !!body?.some(({ type }) => type === 'rating');

async function questions(conversationId: string, visitor: Visitor): Promise<number> {
  return (await publicParts(conversationId, visitor)).filter(isQuestion).length;
}

describe('a chat that its visitor ends', () => {
  it('is closed, and the team sees who did it', async () => {
    const visitor = await makeVisitor(house);
    const conversationId = await startConversation(house, visitor);
    const [owner, widget] = [await ownerSocket(house), await visitorSocket(house, visitor)];
    assert.deepEqual(await server.execute('conversation.end', { conversationId }, visitor.actor), {});
    const told = await until('the team hears of it', () =>
      owner.events.find(({ name, records }) => name === 'conversation.closed' && records.part),
    );
    assert.equal(told.records.conversation?.status, 'closed');
    assert.deepEqual(told.records.part?.activity, { name: 'closed', reason: 'visitor' });
    assert.equal(told.records.part?.author.kind, 'contact');
    const heard = await until('the visitor hears of it', () =>
      widget.visitorEvents.find(({ name }) => name === 'conversation.closed'),
    );
    assert.equal(heard.conversation.status, 'closed');
    assert.equal(heard.part, undefined);
  });

  it('is asked about in the name of the workspace, and nothing counts as unread for it', async () => {
    const visitor = await makeVisitor(house);
    const conversationId = await startConversation(house, visitor);
    await server.execute('conversation.end', { conversationId }, visitor.actor);
    const parts = await publicParts(conversationId, visitor);
    assert.deepEqual(parts.at(-1)?.body, [{ type: 'rating', id: 'rating', prompt: '', scale: 'stars' }]);
    assert.deepEqual(parts.at(-1)?.author, { kind: 'workspace' });
    const { conversations } = await server.ask('visitor.snapshot', {}, visitor.actor);
    assert.equal(conversations[0]?.lastMessage.authorKind, 'visitor');
    const { conversation } = await server.ask('conversation.get', { conversationId }, house.owner);
    assert.equal(conversation.firstRepliedAt, null, 'it is no answer');
  });

  it('ends once, opens again when they write, and is for nobody else to end', async () => {
    const [visitor, stranger] = [await makeVisitor(house), await makeVisitor(house)];
    const conversationId = await startConversation(house, visitor);
    await refused(server.execute('conversation.end', { conversationId }, stranger.actor), 'not_found');
    await refused(server.execute('conversation.end', { conversationId }, house.owner), 'forbidden');
    await server.execute('conversation.end', { conversationId }, visitor.actor);
    await server.execute('conversation.end', { conversationId }, visitor.actor);
    assert.equal((await publicParts(conversationId, visitor)).length, 2);
    await server.execute('conversation.reply', { conversationId, text: 'One more thing.' }, visitor.actor);
    const { conversation } = await server.ask('conversation.get', { conversationId }, house.owner);
    assert.equal(conversation.status, 'open');
  });
});

describe('a last message', () => {
  it('is read by the visitor before the end, and is an answer', async () => {
    const visitor = await makeVisitor(house);
    const conversationId = await startConversation(house, visitor);
    const [id, input] = [uuidv7(), { conversationId, message: 'It is **on its way**.' }];
    const answer = await server.execute('conversation.close', input, house.owner, id);
    assert.deepEqual(await server.execute('conversation.close', input, house.owner, id), answer);
    const said = await publicParts(conversationId, visitor);
    assert.deepEqual(said.slice(1).map(isQuestion), [false, true], 'the message, then the question');
    assert.equal(said[1]!.id, id);
    assert.deepEqual(said[1]!.body, parseMarkdown(input.message));
    const { conversation } = await server.ask('conversation.get', { conversationId }, house.owner);
    assert.equal(conversation.status, 'closed');
    assert.ok(conversation.firstRepliedAt);
    assert.deepEqual(
      [conversation.readSeq, conversation.lastMessage.preview, conversation.lastMessage.authorKind],
      [2, 'It is on its way.', 'teammate'],
    );
    const { parts } = await server.ask('conversation.parts', { conversationId }, house.owner);
    assert.deepEqual(
      parts.map((part) => ('kind' in part ? part.kind : part)),
      ['message', 'message', 'activity', 'message'],
    );
  });

  it('is sent into what is closed already, opens nothing, and is never empty', async () => {
    const visitor = await makeVisitor(house);
    const conversationId = await startConversation(house, visitor);
    await server.execute('conversation.close', { conversationId }, house.owner);
    await server.execute('conversation.close', { conversationId, message: 'One more word.' }, house.owner);
    const said = await publicParts(conversationId, visitor);
    assert.deepEqual(said.at(-1)?.body, parseMarkdown('One more word.'));
    const { conversation } = await server.ask('conversation.get', { conversationId }, house.owner);
    assert.equal(conversation.status, 'closed');
    for (const message of ['', ' \n'])
      await refused(server.execute('conversation.close', { conversationId, message }, house.owner), 'invalid');
  });
});

describe('closing what the contact has written into since', () => {
  const inboundOf = async (conversationId: string): Promise<number> =>
    (await server.ask('conversation.get', { conversationId }, house.owner)).conversation.inboundSeq;

  it('is refused and changes nothing, until it says that it has seen that message', async () => {
    const visitor = await makeVisitor(house);
    const conversationId = await startConversation(house, visitor);
    const expectedInboundSeq = await inboundOf(conversationId);
    await server.execute('conversation.reply', { conversationId, text: 'Wait! One more.' }, visitor.actor);
    const id = uuidv7();
    for (const more of [{}, { message: 'Goodbye.' }]) {
      const input = { conversationId, expectedInboundSeq, ...more };
      await refused(server.execute('conversation.close', input, house.owner, id), 'conflict', /A new message came in/);
    }
    const { conversation } = await server.ask('conversation.get', { conversationId }, house.owner);
    assert.deepEqual([conversation.status, conversation.seq, conversation.readSeq], ['open', 2, 0]);
    const input = { conversationId, expectedInboundSeq: conversation.inboundSeq, message: 'Goodbye.' };
    const answer = await server.execute('conversation.close', input, house.owner, id);
    // What comes after it does not make it another: the same command has the same answer.
    await server.execute('conversation.reply', { conversationId, text: 'Thanks!' }, visitor.actor);
    assert.deepEqual(await server.execute('conversation.close', input, house.owner, id), answer);
  });

  it('goes through where only the team has written', async () => {
    const visitor = await makeVisitor(house);
    const conversationId = await startConversation(house, visitor);
    const expectedInboundSeq = await inboundOf(conversationId);
    await server.execute('conversation.reply', { conversationId, text: 'It is on its way.' }, house.owner);
    await server.execute('conversation.note', { conversationId, text: 'Sent by Ben.' }, house.owner);
    await server.execute('conversation.close', { conversationId, expectedInboundSeq, message: 'Bye.' }, house.owner);
    const { conversation } = await server.ask('conversation.get', { conversationId }, house.owner);
    assert.equal(conversation.status, 'closed');
  });

  it('goes through from whoever does not say what they have seen', async () => {
    const visitor = await makeVisitor(house);
    const conversationId = await startConversation(house, visitor);
    await server.execute('conversation.reply', { conversationId, text: 'Wait! One more.' }, visitor.actor);
    await server.execute('conversation.close', { conversationId }, house.owner);
    const { conversation } = await server.ask('conversation.get', { conversationId }, house.owner);
    assert.equal(conversation.status, 'closed');
  });
});

describe('asking how it was', () => {
  it('also follows when a teammate closes', async () => {
    const visitor = await makeVisitor(house);
    const conversationId = await startConversation(house, visitor);
    await server.execute('conversation.close', { conversationId }, house.owner);
    assert.equal(await questions(conversationId, visitor), 1);
  });

  it('stands on the timeline as automatic, not as a reply of whoever closed', async () => {
    const visitor = await makeVisitor(house);
    const conversationId = await startConversation(house, visitor);
    await server.execute('conversation.reply', { conversationId, text: 'Here you are.' }, house.owner);
    await server.execute('conversation.close', { conversationId }, house.owner);
    const { contact } = await server.ask('conversation.get', { conversationId }, house.owner);
    const { entries } = await server.ask('contact.timeline', { contactId: contact.id }, house.owner);
    const replies = entries.filter(({ name }) => name === 'conversation.replied');
    assert.deepEqual(
      replies.map(({ facts }) => facts['automatic']),
      ['rating', undefined],
    );
  });

  async function rate(visitor: Visitor, conversationId: string, score: number, comment: string): Promise<void> {
    const [question] = (await publicParts(conversationId, visitor)).filter(isQuestion);
    const answer = { type: 'rating', score, comment } as const;
    const input = { conversationId, partId: question!.id, blockId: 'rating', answer };
    await server.execute('conversation.answer', input, visitor.actor);
  }

  /** What the timeline of a contact tells of ratings, the newest first. */
  async function ratingsTold(contactId: string): Promise<unknown[]> {
    const { entries } = await server.ask('contact.timeline', { contactId }, house.owner);
    return entries
      .filter(({ name }) => name === 'conversation.rated')
      .map(({ conversationId, facts }) => [conversationId, facts['score'], facts['comment']]);
  }

  async function contactOf(conversationId: string): Promise<string> {
    return (await server.ask('conversation.get', { conversationId }, house.owner)).contact.id;
  }

  it('stands on the timeline once when it was answered, changed and commented on: as it is now', async () => {
    const visitor = await makeVisitor(house);
    const conversationIds = [await startConversation(house, visitor), await startConversation(house, visitor)];
    for (const conversationId of conversationIds) {
      await server.execute('conversation.close', { conversationId }, house.owner);
      await rate(visitor, conversationId, 2, '');
      await rate(visitor, conversationId, 5, '');
      if (conversationId === conversationIds[0]) await rate(visitor, conversationId, 5, 'Quick!');
    }
    assert.deepEqual(await ratingsTold(await contactOf(conversationIds[0]!)), [
      [conversationIds[1], 5, undefined],
      [conversationIds[0], 5, 'Quick!'],
    ]);
  });

  it('stands there once, too, when the contact was merged into another before it was changed', async () => {
    const [visitor, other] = [await makeVisitor(house), await makeVisitor(house)];
    const conversationId = await startConversation(house, visitor);
    const contactId = await contactOf(await startConversation(house, other));
    const sourceId = await contactOf(conversationId);
    await server.execute('conversation.close', { conversationId }, house.owner);
    await rate(visitor, conversationId, 2, '');
    await server.execute('contact.merge', { contactId, sourceId }, house.owner);
    assert.deepEqual(await ratingsTold(contactId), [[conversationId, 2, undefined]]);
    await rate(visitor, conversationId, 5, 'Quick!');
    assert.deepEqual(await ratingsTold(contactId), [[conversationId, 5, 'Quick!']]);
    // Who they were tells what was said until then, and of words that came with another score nothing.
    assert.deepEqual(await ratingsTold(sourceId), [[conversationId, 2, undefined]]);
  });

  it('is left out where the inbox does not ask', async () => {
    const office = await makeInbox(house);
    await server.execute('inbox.update', { inboxId: office.inboxId, askForRating: false }, office.owner);
    const visitor = await visitorOf(office);
    const conversationId = await startConversation(office, visitor);
    await server.execute('conversation.end', { conversationId }, visitor.actor);
    assert.equal(await questions(conversationId, visitor), 0);
  });

  it('is not done twice in a row, nor of whoever has said it, nor where nobody reads it', async () => {
    const visitor = await makeVisitor(house);
    const conversationId = await startConversation(house, visitor);
    await server.execute('conversation.close', { conversationId }, house.owner);
    await server.execute('conversation.reopen', { conversationId }, house.owner);
    await server.execute('conversation.close', { conversationId }, house.owner);
    assert.equal(await questions(conversationId, visitor), 1);
    const [question] = (await publicParts(conversationId, visitor)).filter(isQuestion);
    await server.execute(
      'conversation.answer',
      { conversationId, partId: question!.id, blockId: 'rating', answer: { type: 'rating', score: 4, comment: '' } },
      visitor.actor,
    );
    await server.execute('conversation.reply', { conversationId, text: 'Again.' }, visitor.actor);
    await server.execute('conversation.end', { conversationId }, visitor.actor);
    assert.equal(await questions(conversationId, visitor), 1);
    const { conversation } = await server.ask('conversation.get', { conversationId }, house.owner);
    assert.equal(conversation.rating?.score, 4);

    const imported = uuidv7();
    const contact = { name: 'Jo Tan' };
    await server.execute(
      'conversation.start',
      { conversationId: imported, text: 'From elsewhere', channelId: house.channelId, contact },
      { kind: 'system', workspaceId: house.workspaceId },
    );
    await server.execute('conversation.close', { conversationId: imported }, house.owner);
    const { parts } = await server.ask('conversation.parts', { conversationId: imported }, house.owner);
    assert.equal(parts.filter(isQuestion).length, 0);
  });
});
