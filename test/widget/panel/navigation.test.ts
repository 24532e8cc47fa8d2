import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { VisitorConversation } from '../../../shared/contract/conversation.ts';
import { visitorFrom } from '../../../shared/state/visitor.ts';
import type { VisitorState } from '../../../shared/state/visitor.ts';
import { ReadEvent, SelectEvent } from '../../../widget/panel/home/home-events.ts';
import { Navigation } from '../../../widget/panel/frame/navigation.ts';
import { UNNAMED } from '../../../widget/panel/visitor-memory.ts';
import { sampleConfiguration, sampleId, sampleInstant, sampleSnapshot, sampleVisitorConversation } from '../sample.ts';

const configuration = sampleConfiguration();
const first = sampleId(7);
const [older, newer] = [sampleId(3), sampleId(4)];

/** What the browser keeps; of whoever has had a conversation it ends in a plus. */
const storage: Record<string, string> = {};
Object.assign(globalThis, { localStorage: storage });

const known = (): void => void (storage[`parlour:${configuration.key}`] = 'pv_+');

const conversation = (id: string, minutes: number, changes: Partial<VisitorConversation> = {}): VisitorConversation => {
  const said = { preview: 'Hello', authorKind: 'visitor', at: sampleInstant(minutes) } as const;
  return sampleVisitorConversation({ id, lastMessage: said, ...changes });
};

const answered: Partial<VisitorConversation> = {
  publicSeq: 2,
  lastMessage: { preview: 'Yes', authorKind: 'teammate', at: sampleInstant(30) },
};

const visitorWith = (...conversations: VisitorConversation[]): VisitorState =>
  visitorFrom(sampleSnapshot({ conversations }));

/** A chat, which says what was asked of it. */
function chatWith(visitor: VisitorState | null, unsentIn?: string) {
  const shown: string[] = [];
  const begun: string[] = [];
  const show = (id: string): void => void shown.push(id);
  const begin = (id: string): void => void begun.push(id);
  return { visitor, unsentIn, show, begin, shown, begun };
}

type Chat = ReturnType<typeof chatWith>;

/** A panel that is drawn whenever it is asked to be. */
function panelWith(chat: Chat | null, startAtHome = false) {
  const panel = {
    configuration: { ...configuration, startAtHome },
    chat,
    // The token, and the id of the first conversation.
    record: `pv_${'x'.repeat(43)}${first}`,
    isWriting: false,
    drawn: 0,
    requestUpdate: (): void => void (panel.drawn += 1),
  };
  return { panel, navigation: new Navigation(panel) };
}

/** Where somebody is who opens the chat. */
function opened(chat: Chat, startAtHome = false): Navigation {
  const { navigation } = panelWith(chat, startAtHome);
  navigation.decide(chat);
  return navigation;
}

beforeEach(() => {
  delete storage[`parlour:${configuration.key}`];
});

describe('before there is a chat', () => {
  test('somebody new is at a conversation without a name; whoever is known, or is shown around first, is not', () => {
    const somebody = panelWith(null).navigation;
    somebody.wait();
    assert.equal(somebody.conversationId, UNNAMED);
    const guest = panelWith(null, true).navigation;
    guest.wait();
    assert.equal(guest.conversationId, null);
    known();
    const friend = panelWith(null).navigation;
    friend.wait();
    assert.equal(friend.conversationId, null);
  });

  test('what was begun goes on, under the name that every tab gives to the first conversation', () => {
    const chat = chatWith(null);
    const { navigation } = panelWith(chat);
    navigation.wait();
    assert.equal(navigation.goOn(chat, UNNAMED), first);
    assert.equal(navigation.conversationId, first);
    assert.deepEqual(chat.begun, [first]);
    assert.equal(navigation.goOn(chat, newer), newer);
  });
});

describe('whoever opens the chat', () => {
  test('begins a conversation, where there is none', () => {
    const chat = chatWith(visitorWith());
    assert.equal(opened(chat).conversationId, first);
    assert.deepEqual(chat.begun, [first]);
  });

  test('is shown around first where the site owner wants it, unless they are known', () => {
    const chat = chatWith(visitorWith());
    assert.equal(opened(chat, true).conversationId, null);
    known();
    assert.notEqual(opened(chat, true).conversationId, null);
    // What became of somebody known, only the server knows.
    assert.deepEqual([chat.begun.length, chat.shown.length], [0, 1]);
  });

  test('is at their only conversation', () => {
    const chat = chatWith(visitorWith(conversation(older, 1)));
    assert.equal(opened(chat).conversationId, older);
    assert.deepEqual(chat.shown, [older]);
  });

  test('is at the list of several, unless the newest holds an answer', () => {
    const several = chatWith(visitorWith(conversation(older, 1), conversation(newer, 2)));
    assert.equal(opened(several).conversationId, null);
    const one = chatWith(visitorWith(conversation(older, 1), conversation(newer, 2, answered)));
    assert.equal(opened(one).conversationId, newer);
  });

  test('is at what waits to be sent', () => {
    const chat = chatWith(visitorWith(conversation(older, 1), conversation(newer, 2)), older);
    assert.equal(opened(chat).conversationId, older);
  });

  test('stays where they are writing', () => {
    const chat = chatWith(visitorWith(conversation(older, 1), conversation(newer, 2)), newer);
    const { panel, navigation } = panelWith(chat);
    navigation.conversationId = first;
    panel.isWriting = true;
    navigation.decide(chat);
    assert.equal(navigation.conversationId, first);
  });

  test('is taken on when it is known what there is, and then nowhere else until the next look', () => {
    const chat: Chat = { ...chatWith(null) };
    const { panel, navigation } = panelWith(chat);
    navigation.decide(chat);
    assert.equal(navigation.conversationId, first);
    chat.visitor = visitorWith(conversation(older, 1));
    navigation.decide(chat);
    assert.equal(navigation.conversationId, older);
    chat.visitor = visitorWith(conversation(older, 1), conversation(newer, 2));
    navigation.decide(chat);
    assert.equal(navigation.conversationId, older);
    panel.isWriting = true;
    navigation.leave();
    panel.isWriting = false;
    navigation.decide(chat);
    assert.equal(navigation.conversationId, older, 'what is being written is not lost sight of');
    navigation.leave();
    navigation.decide(chat);
    assert.equal(navigation.conversationId, null);
  });
});

describe('a visitor who goes elsewhere', () => {
  test('is at what they chose, or at a new conversation, and no article lies over it', () => {
    const chat = chatWith(visitorWith(conversation(older, 1)));
    const { panel, navigation } = panelWith(chat);
    navigation.articleId = newer;
    navigation.select(new SelectEvent(older));
    assert.deepEqual([navigation.conversationId, navigation.articleId], [older, null]);
    navigation.select(new SelectEvent(null));
    assert.equal(chat.shown.length, 2);
    assert.notEqual(navigation.conversationId, first, 'it is not their first');
    assert.equal(panel.drawn, 2);
  });

  test('goes back from an article to what it lies over, from there to the list', () => {
    const { panel, navigation } = panelWith(chatWith(visitorWith()));
    navigation.conversationId = older;
    navigation.read(new ReadEvent(newer));
    assert.deepEqual([navigation.conversationId, navigation.articleId], [older, newer]);
    navigation.goBack();
    assert.deepEqual([navigation.conversationId, navigation.articleId], [older, null]);
    navigation.goBack();
    assert.equal(navigation.conversationId, null);
    assert.equal(panel.drawn, 3);
  });

  test('is at a conversation where the list could not be fetched: the one they were at, the newest, or a new one', () => {
    const chat = chatWith(visitorWith(conversation(older, 1), conversation(newer, 2)));
    const { navigation } = panelWith(chat);
    navigation.avoidHome(chat);
    assert.equal(navigation.conversationId, newer);
    navigation.conversationId = older;
    navigation.read(new ReadEvent(sampleId(9)));
    navigation.avoidHome(chat);
    assert.deepEqual([navigation.conversationId, navigation.articleId], [older, null]);
    const nobody = chatWith(visitorWith());
    const { navigation: other } = panelWith(nobody);
    other.avoidHome(nobody);
    assert.equal(other.conversationId, first);
  });
});
