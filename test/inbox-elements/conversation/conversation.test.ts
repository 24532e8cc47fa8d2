import '../../../inbox-elements/elements.ts';
import type { AssignMenu } from '../../../inbox-elements/conversation/assign-menu.ts';
import type { ConversationElement } from '../../../inbox-elements/conversation/conversation.ts';
import { namesIn } from '../../../inbox-elements/conversation/names.ts';
import type { SnoozeMenu } from '../../../inbox-elements/conversation/snooze-menu.ts';
import type { ThreadElement } from '../../../inbox-elements/conversation/thread.ts';
import { toLocalField } from '../../../inbox-elements/conversation/snooze-times.ts';
import { RequestError } from '../../../shared/client/client.ts';
import type { Conversation } from '../../../shared/contract/conversation.ts';
import type { Part } from '../../../shared/contract/part.ts';
import { parseMarkdown } from '../../../shared/state/markdown.ts';
import { expectAccessible } from '../../accessible.ts';
import { afterEach, beforeEach, describe, expect, it, settled, until } from '../../page.ts';
import { FakeClient, refuse, sessionAround } from '../fake-client.ts';
import { expectNoLeak } from '../leaks.ts';
import {
  ids,
  sampleContact,
  sampleConversation,
  sampleEvent,
  sampleId,
  sampleInbox,
  sampleInstant,
  samplePart,
  sampleSnapshot,
  sampleTeammate,
} from '../sample.ts';

const contact = sampleContact();
const byContact = { kind: 'contact', id: contact.id } as const;
const byAda = { kind: 'teammate', id: ids.ada } as const;
/** Only who can see an inbox may be given its conversations. */
const everybody = [ids.ada, ids.ben, ids.cleo].map((teammateId) => ({ teammateId, role: 'agent' }) as const);
const byBen = { kind: 'teammate', id: ids.ben } as const;

/** A message of the contact unless said otherwise; its seq tells its id and its time. */
function message(seq: number, text = `Message ${seq}`, changes: Partial<Part> = {}): Part {
  const createdAt = sampleInstant(seq * 10);
  const body = parseMarkdown(text);
  return samplePart(text, { id: sampleId(3000 + seq), seq, publicSeq: seq, createdAt, body, ...changes });
}

function activity(seq: number, what: Part['activity'], author: Part['author'] = { kind: 'system' }): Part {
  return message(seq, '', { kind: 'activity', body: null, publicSeq: null, activity: what, author });
}

describe('<parlour-conversation>', () => {
  let client: FakeClient;
  let session: HTMLElement;
  let conversation: Conversation;
  let parts: Part[];

  beforeEach(() => {
    sessionStorage.clear();
    client = new FakeClient(sampleSnapshot({ inboxes: [sampleInbox({ members: everybody })] }));
    session = sessionAround(client);
    parts = [
      message(1),
      message(2, 'A **strong** word', { author: byBen }),
      message(3, 'Between us', { kind: 'note', publicSeq: null, author: byBen }),
      activity(4, { name: 'assigned', assigneeId: ids.ada, reason: 'rotation' }),
    ];
    conversation = sampleConversation({ seq: 4, inboundSeq: 1, readSeq: 1 });
    client.answers['conversation.get'] = () => ({ conversation, contact });
    client.answers['conversation.parts'] = ({ before, after, limit = 50 }) => {
      if (after !== undefined) return { parts: parts.filter(({ seq }) => seq > after), more: false };
      const older = parts.filter(({ seq }) => before === undefined || seq < before);
      return { parts: older.slice(-limit), more: older.length > limit };
    };
    client.outcomes['conversation.markRead'] = ({ seq }) => ({ readSeq: seq });
  });
  afterEach(() => session.remove());

  async function open(id: string | null = conversation.id): Promise<ConversationElement> {
    const element = document.createElement('parlour-conversation');
    element.style.blockSize = '520px';
    element.conversationId = id;
    session.append(element);
    await settled(element);
    return element;
  }

  async function full(): Promise<ConversationElement> {
    const element = await open();
    await until(() => element.shadowRoot!.querySelector('parlour-thread'), 'the thread');
    await settled(thread(element));
    return element;
  }

  const thread = (element: ConversationElement): ThreadElement => element.shadowRoot!.querySelector('parlour-thread')!;
  const inThread = (element: ConversationElement, selector: string) => [
    ...thread(element).shadowRoot!.querySelectorAll<HTMLElement>(selector),
  ];
  const scroller = (element: ConversationElement) => inThread(element, '.scroll')[0]!;
  const bubbles = (element: ConversationElement) => inThread(element, '.bubble').map((one) => one.textContent.trim());
  const announced = (element: ConversationElement) => inThread(element, '[role="log"] p').map((one) => one.textContent);
  const words = (node: Element) => (node.shadowRoot ?? node).textContent!.replace(/\s+/g, ' ').trim();
  const button = (root: ParentNode, name: string) =>
    [...root.querySelectorAll('button')].find(
      (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name,
    )!;
  const executed = (name: string) => client.executed.filter((one) => one.name === name);

  async function hear(
    element: ConversationElement,
    name: Parameters<typeof sampleEvent>[0],
    records: Parameters<typeof sampleEvent>[1],
  ): Promise<void> {
    client.hear(sampleEvent(name, records));
    await settled(element);
    await settled(thread(element));
  }

  async function arrives(element: ConversationElement, part: Part): Promise<void> {
    const inboundSeq = part.author.kind === 'contact' ? part.seq : conversation.inboundSeq;
    conversation = { ...conversation, seq: part.seq, inboundSeq };
    await hear(element, 'conversation.replied', { conversation, part });
  }

  async function send(element: ConversationElement, text: string): Promise<void> {
    const composer = element.shadowRoot!.querySelector('parlour-composer')!;
    const area = composer.shadowRoot!.querySelector('textarea')!;
    area.value = text;
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(composer);
    composer.send();
    await settled(element);
    await settled(thread(element));
  }

  it('is accessible with nothing chosen', async () => {
    const element = await open(null);
    expect(words(element)).to.contain('No conversation chosen');
    await expectAccessible(element);
  });

  it('is accessible while it loads', async () => {
    delete client.answers['conversation.get'];
    const element = await open();
    expect(element.shadowRoot!.querySelector('[aria-busy="true"]')).to.not.equal(null);
    await expectAccessible(element);
  });

  it('is accessible with a thread, a typist, a failed message and a refused action', async () => {
    client.outcomes['conversation.reply'] = () => refuse({ code: 'invalid', message: 'No.' });
    client.outcomes['conversation.close'] = () => refuse({ code: 'conflict', message: 'Not now.' });
    const element = await full();
    client.hearSignal({
      type: 'signal',
      name: 'typing',
      conversationId: conversation.id,
      from: { kind: 'visitor', id: sampleId(7) },
    });
    await send(element, 'Hello');
    button(element.shadowRoot!, 'Close').click();
    await until(() => words(element).includes('Not now.'), 'the refusal');
    await until(() => inThread(element, '.failed').length === 1, 'the failed message');
    expect(words(thread(element))).to.contain('Maya Lindqvist is typing…');
    await expectAccessible(element);
  });

  it('says by name who types, the team on its own side and the person at the keyboard never', async () => {
    const element = await full();
    const type = (kind: 'visitor' | 'teammate', id: string) =>
      client.hearSignal({ type: 'signal', name: 'typing', conversationId: conversation.id, from: { kind, id } });
    type('teammate', ids.ada);
    type('teammate', ids.ben);
    await settled(element);
    await settled(thread(element));
    const rows = () => inThread(element, '.typing').map((row) => [row.textContent.trim(), row.matches('.ours')]);
    expect(rows()).to.deep.equal([['Ben Castillo is typing…', true]]);
    type('visitor', sampleId(7));
    type('teammate', ids.cleo);
    await settled(element);
    await settled(thread(element));
    expect(rows()).to.deep.equal([
      ['Maya Lindqvist is typing…', false],
      ['Ben Castillo and Cleo Lind are typing…', true],
    ]);
    const [theirs, ours] = inThread(element, '.dots').map((dots) => dots.getBoundingClientRect());
    expect(theirs!.left).to.be.lessThan(ours!.left);
    await expectAccessible(element);
  });

  it('is accessible where the conversation is not to be seen, and gives away nothing', async () => {
    client.answers['conversation.get'] = () => refuse({ code: 'not_found', message: 'There is no such conversation.' });
    const element = await open();
    await until(() => words(element).includes('This conversation is not here'), 'the words');
    await expectAccessible(element);
  });

  it('is accessible where it cannot be loaded, and tries again', async () => {
    const answer = client.answers['conversation.get']!;
    client.answers['conversation.get'] = () => refuse({ code: 'unavailable', message: 'The line is down.' });
    const element = await open();
    await until(() => words(element).includes('The line is down.'), 'the reason');
    await expectAccessible(element);
    client.answers['conversation.get'] = answer;
    button(element.shadowRoot!, 'Try again').click();
    await until(() => element.shadowRoot!.querySelector('parlour-thread'), 'the thread');
  });

  it('shows messages by whom they are, notes as internal, and what happened in sentences', async () => {
    parts.push(
      activity(5, { name: 'snoozed', until: '2026-05-13T09:00:00.000Z' }, byBen),
      activity(6, { name: 'reopened', reason: 'timer' }),
      activity(7, { name: 'closed' }, byAda),
      activity(8, { name: 'reopened', reason: 'reply' }, byContact),
      activity(9, { name: 'assigned', assigneeId: ids.ben, reason: 'manual' }, byAda),
      activity(10, { name: 'assigned', assigneeId: ids.ben, reason: 'manual' }, byBen),
      activity(11, { name: 'assigned', assigneeId: null, reason: 'manual' }, byBen),
      activity(12, { name: 'closed' }, byAda),
      activity(13, { name: 'reopened', reason: 'manual' }, byAda),
      activity(14, { name: 'snoozed', until: '2026-05-13T09:00:00.000Z' }, byBen),
      message(15, 'Meanwhile', { kind: 'note', publicSeq: null, author: byBen }),
      activity(16, { name: 'reopened', reason: 'manual' }, byAda),
    );
    const element = await full();
    expect(bubbles(element)).to.deep.equal(['Message 1', 'A strong word', 'Between us', 'Meanwhile']);
    expect(inThread(element, '.bubble strong').map(({ textContent }) => textContent)).to.deep.equal(['strong']);
    expect(inThread(element, '.theirs .author')[0]!.textContent).to.contain('Maya Lindqvist');
    expect(inThread(element, '.ours .author')[0]!.textContent).to.contain('Ben Castillo');
    expect(words(inThread(element, '.note')[0]!)).to.contain('Note – only your team sees this');
    const happened = inThread(element, '.activity span').map(({ textContent }) => textContent);
    expect(happened[0]).to.equal('Assigned to you by rotation');
    expect(happened[1]).to.match(/^Ben Castillo snoozed this until .*13/);
    expect(happened.pop()).to.equal('You unsnoozed this');
    expect(happened.pop()).to.match(/^Ben Castillo snoozed this until/);
    expect(happened.slice(2)).to.deep.equal([
      'Back from snooze',
      'You closed this · after 1 hr 10 min',
      'Reopened by a reply',
      'You assigned this to Ben Castillo',
      'Ben Castillo took this on',
      'Ben Castillo unassigned this',
      'You closed this · after 40 min',
      'You reopened this',
    ]);
  });

  it('signs what nobody wrote with the name of the workspace, and says that it was automatic', async () => {
    parts = [message(1), message(2, 'We are away.', { author: { kind: 'system' } })];
    const element = await full();
    expect(inThread(element, '.ours .author')[0]!.textContent.trim()).to.equal('Fern & Field · automatic message');
    expect(namesIn(null, 'Maya', null).author({ kind: 'system' })).to.equal('Automatic message');
  });

  it('puts messages of one author within minutes under one name, and separates days', async () => {
    const at = (minutes: number) => ({ createdAt: sampleInstant(minutes) });
    parts = [
      message(1, 'a', at(0)),
      message(2, 'b', at(1)),
      message(3, 'c', at(30)),
      message(4, 'd', { ...at(31), author: byAda }),
      message(5, 'e', { ...at(24 * 60), author: byAda }),
    ];
    conversation = { ...conversation, seq: 5, inboundSeq: 3, readSeq: 3 };
    const element = await full();
    expect(inThread(element, '.message').map((one) => one.querySelector('.author') !== null)).to.deep.equal([
      true,
      false,
      true,
      true,
      true,
    ]);
    expect(inThread(element, '.day')).to.have.length(2);
  });

  it('sets apart what was new when it was opened, and tells what the contact has seen', async () => {
    parts = [message(1), message(2, 'Ours', { author: byAda }), message(3)];
    conversation = { ...conversation, seq: 3, inboundSeq: 3, readSeq: 2, contactReadSeq: 2, assigneeId: ids.ben };
    const element = await full();
    expect(inThread(element, '.new')[0]!.nextElementSibling!.textContent).to.contain('Message 3');
    expect(inThread(element, '.seen')).to.have.length(1);
    expect(inThread(element, '.message')[1]!.querySelector('.seen')).to.not.equal(null);
  });

  it("opens at its end, loads older pages as it is scrolled, and holds the reader's place", async () => {
    parts = Array.from({ length: 130 }, (_, index) => message(index + 1));
    const element = await full();
    const box = scroller(element);
    await until(() => box.scrollHeight - box.scrollTop - box.clientHeight < 2, 'its end is in sight');
    expect(bubbles(element)).to.have.length(50);
    const place = inThread(element, '[data-part-id]')[0]!;
    box.scrollTop = 200;
    const before = place.getBoundingClientRect().top;
    await until(() => bubbles(element).length === 100, 'the older page');
    expect(Math.abs(place.getBoundingClientRect().top - before)).to.be.below(100);
    expect(box.scrollTop).to.be.above(1000);
    await until(() => {
      box.scrollTop = 0;
      return bubbles(element).length === 130;
    }, 'the oldest page');
    expect(bubbles(element)[0]).to.equal('Message 1');
  });

  it('follows what arrives while at its end, and leads to it with a pill while not', async () => {
    parts = Array.from({ length: 40 }, (_, index) => message(index + 1));
    const element = await full();
    const box = scroller(element);
    const fromEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight;
    await arrives(element, message(41));
    await until(() => fromEnd() < 2, 'the new message is in sight');
    box.scrollTop = 300;
    await until(() => !thread(element).atEnd, 'the reader has scrolled up');
    await arrives(element, message(42));
    await arrives(element, message(43));
    expect(fromEnd()).to.be.above(200);
    const pill = inThread(element, '.pill')[0]!;
    expect(words(pill)).to.equal('2 new messages');
    pill.click();
    await settled(thread(element));
    expect(fromEnd()).to.be.below(2);
    expect(inThread(element, '.pill')).to.have.length(0);
  });

  it("announces each message of others once, and neither old ones nor one's own", async () => {
    parts = Array.from({ length: 60 }, (_, index) => message(index + 1));
    const element = await full();
    expect(announced(element)).to.deep.equal([]);
    await arrives(element, message(61, 'News'));
    await arrives(element, message(61, 'News'));
    await arrives(element, message(62, 'Mine', { author: byAda }));
    scroller(element).scrollTop = 0;
    await until(() => bubbles(element).length === 62, 'the older page');
    expect(announced(element)).to.deep.equal(['Maya Lindqvist: News']);
  });

  it('announces the question how it was in words, and a comment as one', async () => {
    parts = [message(1)];
    const element = await full();
    const body: Part['body'] = [{ type: 'rating', id: 'how', prompt: '', scale: 'stars' }];
    await arrives(element, message(2, '', { body, author: { kind: 'system' } }));
    expect(announced(element).at(-1)).to.contain('How was this conversation?').and.not.to.contain('☆');
    const rated = (seq: number, commented?: true) =>
      activity(seq, { name: 'rated', score: 4, ...(commented && { commented }) }, message(1).author);
    await arrives(element, rated(3));
    await arrives(element, rated(4, true));
    expect(announced(element).slice(-2)).to.deep.equal([
      'Maya Lindqvist rated this 4 of 5',
      'Maya Lindqvist commented on the rating',
    ]);
  });

  it('shows nothing beyond a gap until it is filled', async () => {
    const element = await full();
    const [five, six] = [message(5), message(6)];
    let answer: (() => void) | null = null;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    client.answers['conversation.parts'] = async () => {
      await answered;
      return { parts: [five, six], more: false };
    };
    await arrives(element, six);
    expect(bubbles(element)).to.not.contain('Message 6');
    expect(client.queried.at(-1)).to.deep.equal({
      name: 'conversation.parts',
      input: { conversationId: conversation.id, after: 4, limit: 50 },
    });
    answer!();
    await until(() => bubbles(element).includes('Message 6'), 'what was held back');
    expect(bubbles(element).slice(-2)).to.deep.equal(['Message 5', 'Message 6']);
  });

  it("shows one's own message at once, and as one with the event that confirms it", async () => {
    const element = await full();
    await send(element, 'On *its* way');
    // As it was written, until the server has read its Markdown.
    expect(bubbles(element).at(-1)).to.equal('On *its* way');
    expect(inThread(element, '.pending')).to.have.length(1);
    const { id } = executed('conversation.reply')[0]!;
    await arrives(element, message(5, 'On its way', { id, author: byAda }));
    expect(bubbles(element).filter((one) => one === 'On its way')).to.have.length(1);
    expect(inThread(element, '.pending')).to.have.length(0);
  });

  it('says that a message waits while the line is down', async () => {
    const element = await full();
    client.becomes('offline');
    await send(element, 'Later');
    expect(words(inThread(element, '.pending')[0]!)).to.contain('Goes out when the line is back');
    client.becomes('online');
    await settled(element);
    await settled(thread(element));
    expect(words(inThread(element, '.pending')[0]!)).to.contain('Sending…');
  });

  it('offers a refused message again under the same id, or to discard it', async () => {
    client.outcomes['conversation.reply'] = () => refuse({ code: 'forbidden', message: 'You may not.' });
    const element = await full();
    await send(element, 'Hello');
    await until(() => inThread(element, '.failed').length === 1, 'the failed message');
    expect(words(inThread(element, '.failed')[0]!)).to.contain('Not sent. You may not.');
    let answer = (): void => undefined;
    client.outcomes['conversation.reply'] = async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return refuse({ code: 'forbidden', message: 'You may not.' });
    };
    button(thread(element).shadowRoot!, 'Try again').click();
    await until(() => inThread(element, '.failed').length === 0, 'it is tried again');
    answer();
    await until(() => inThread(element, '.failed').length === 1, 'it failed again');
    const [first, again] = executed('conversation.reply');
    expect(again).to.deep.equal(first);
    button(thread(element).shadowRoot!, 'Discard').click();
    await settled(element);
    await settled(thread(element));
    expect(bubbles(element)).to.not.contain('Hello');
  });

  it('still shows what is not sent after another conversation was looked at', async () => {
    const element = await full();
    await send(element, 'Unsent');
    element.conversationId = sampleId(299);
    await settled(element);
    element.conversationId = conversation.id;
    await until(
      () => element.shadowRoot!.querySelector('parlour-thread') && bubbles(element).includes('Unsent'),
      'the message',
    );
  });

  describe('reading', () => {
    const unread = () => {
      conversation = { ...conversation, seq: 5, inboundSeq: 5, readSeq: 1 };
      parts.push(message(5));
    };

    it('marks as read what is in sight when the conversation is mine, once for each message', async () => {
      unread();
      const element = await full();
      await until(() => executed('conversation.markRead').length === 1, 'it is marked');
      expect(executed('conversation.markRead')[0]!.input).to.deep.equal({ conversationId: conversation.id, seq: 5 });
      element.requestUpdate();
      await settled(element);
      expect(executed('conversation.markRead')).to.have.length(1);
      await arrives(element, message(6));
      expect(executed('conversation.markRead')).to.have.length(2);
    });

    it('marks what nobody owns, and leaves alone what another teammate owns', async () => {
      unread();
      conversation = { ...conversation, assigneeId: ids.ben };
      const element = await full();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(executed('conversation.markRead')).to.have.length(0);
      conversation = { ...conversation, seq: 6, assigneeId: null };
      await hear(element, 'conversation.assigned', { conversation });
      await until(() => executed('conversation.markRead').length === 1, 'it is marked');
    });

    it('says whose reading counts where the button cannot mark as unread', async () => {
      unread();
      conversation = { ...conversation, assigneeId: ids.ben };
      const element = await full();
      const unreadButton = button(element.shadowRoot!, 'Mark as unread');
      const why = 'Unread until Ben Castillo reads it, or somebody answers';
      expect([unreadButton.disabled, unreadButton.title]).to.deep.equal([true, why]);
      await expectAccessible(element);
      conversation = { ...conversation, readSeq: 5 };
      await hear(element, 'conversation.read', { conversation });
      expect([unreadButton.disabled, unreadButton.title]).to.deep.equal([false, 'Mark as unread']);
    });

    it('marks once more what comes with a note while it stands open', async () => {
      unread();
      const element = await full();
      await until(() => executed('conversation.markRead').length === 1, 'it is marked');
      conversation = { ...conversation, seq: 6, readSeq: 5, assigneeId: ids.ben };
      await hear(element, 'conversation.assigned', { conversation });
      conversation = { ...conversation, seq: 8, readSeq: 4, assigneeId: ids.ada };
      await hear(element, 'conversation.assigned', { conversation });
      await until(() => executed('conversation.markRead').length === 2, 'it is marked again');
    });

    it('does not mark what is out of sight', async () => {
      unread();
      session.style.display = 'none';
      await full();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(executed('conversation.markRead')).to.have.length(0);
      session.style.display = '';
      await until(() => executed('conversation.markRead').length === 1, 'it is marked once it is seen');
    });

    it('does not mark what stands behind a modal dialog, in whichever shadow tree, until that closes', async () => {
      const element = await full();
      const host = document.createElement('div');
      const dialog = document.createElement('dialog');
      dialog.textContent = 'Settings';
      host.attachShadow({ mode: 'open' }).append(dialog);
      session.append(host);
      dialog.showModal();
      unread();
      await hear(element, 'conversation.replied', { conversation, part: parts.at(-1)! });
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(bubbles(element)).to.contain('Message 5');
      expect(executed('conversation.markRead')).to.have.length(0);
      dialog.close();
      await until(() => executed('conversation.markRead').length === 1, 'it is marked once the dialog is gone');
    });

    it('does not mark what its page has made inert', async () => {
      unread();
      session.inert = true;
      await full();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(executed('conversation.markRead')).to.have.length(0);
      session.inert = false;
      await until(() => executed('conversation.markRead').length === 1, 'it is marked');
    });

    it('marks what is shown inside a modal dialog of its page', async () => {
      unread();
      const dialog = document.createElement('dialog');
      document.body.append(dialog);
      dialog.append(session);
      dialog.showModal();
      await full();
      await until(() => executed('conversation.markRead').length === 1, 'it is marked');
      dialog.remove();
    });

    it('leaves unread what somebody has marked so, until the contact writes again', async () => {
      unread();
      const element = await full();
      await until(() => executed('conversation.markRead').length === 1, 'it is marked');
      conversation = { ...conversation, readSeq: 5 };
      await hear(element, 'conversation.read', { conversation });
      button(element.shadowRoot!, 'Mark as unread').click();
      expect(executed('conversation.markUnread')).to.have.length(1);
      conversation = { ...conversation, readSeq: 4 };
      await hear(element, 'conversation.markedUnread', { conversation });
      expect(executed('conversation.markRead')).to.have.length(1);
      await arrives(element, message(6));
      expect(executed('conversation.markRead')).to.have.length(2);
    });
  });

  describe('actions', () => {
    const assignMenu = (element: ConversationElement): AssignMenu =>
      element.shadowRoot!.querySelector('parlour-assign-menu')!;
    const snoozeMenu = (element: ConversationElement): SnoozeMenu =>
      element.shadowRoot!.querySelector('parlour-snooze-menu')!;

    async function unfold(menu: AssignMenu | SnoozeMenu): Promise<HTMLElement> {
      // The menus are fetched after what shows the thread.
      await until(() => menu.shadowRoot?.querySelector('button'), 'the menu');
      menu.shadowRoot!.querySelector('button')!.focus();
      menu.shadowRoot!.querySelector('button')!.click();
      await until(() => menu.shadowRoot!.activeElement?.closest('.menu'), 'focus is in the menu');
      return menu.shadowRoot!.querySelector<HTMLElement>('.menu')!;
    }
    const options = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>('[role="option"]')];
    const optionNames = (menu: HTMLElement) => options(menu).map((one) => one.querySelector('.grow')!.textContent);

    it('closes and reopens, each offered when it makes sense', async () => {
      const element = await full();
      expect(button(element.shadowRoot!, 'Reopen')).to.equal(undefined);
      button(element.shadowRoot!, 'Close').focus();
      button(element.shadowRoot!, 'Close').click();
      const asked = { conversationId: conversation.id, expectedInboundSeq: 4 };
      expect(executed('conversation.close')[0]!.input).to.deep.equal(asked);
      conversation = { ...conversation, seq: 5, status: 'closed' };
      await hear(element, 'conversation.closed', { conversation });
      expect(element.shadowRoot!.querySelector('[part="status"]')!.textContent).to.contain('Closed');
      expect(element.shadowRoot!.activeElement).to.equal(button(element.shadowRoot!, 'Reopen'));
      // The second of two quick clicks does not undo the first.
      button(element.shadowRoot!, 'Reopen').dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }));
      expect(executed('conversation.reopen')).to.have.length(0);
      button(element.shadowRoot!, 'Reopen').click();
      expect(executed('conversation.reopen')).to.have.length(1);
    });

    it('closes with a last message, and tries that again as it was', async () => {
      client.outcomes['conversation.close'] = () => refuse({ code: 'unavailable', message: 'Not now.' });
      const element = await full();
      const composer = element.shadowRoot!.querySelector('parlour-composer')!;
      expect(composer.withClose).to.equal(true);
      const area = composer.shadowRoot!.querySelector('textarea')!;
      area.value = 'It is on its way.';
      area.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await settled(composer);
      composer.send({ closes: true });
      await until(() => inThread(element, '.bubble').at(-1)?.textContent.includes('It is on its way.'), 'the message');
      const [first] = executed('conversation.close');
      const asked = { conversationId: conversation.id, message: 'It is on its way.' };
      expect(first!.input).to.deep.equal({ ...asked, expectedInboundSeq: 4 });
      await until(() => button(thread(element).shadowRoot!, 'Try again'), 'a way to try again');
      button(thread(element).shadowRoot!, 'Try again').click();
      expect(executed('conversation.close')[1]).to.deep.equal(first);
      // By then the person has seen what came in between, and means that.
      await until(() => button(thread(element).shadowRoot!, 'Try again'), 'another way to try again');
      await arrives(element, message(5, 'Wait! One more.'));
      button(thread(element).shadowRoot!, 'Try again').click();
      expect(executed('conversation.close')[2]).to.deep.equal({
        ...first,
        input: { ...asked, expectedInboundSeq: 5 },
      });
      conversation = { ...conversation, seq: 6, status: 'closed' };
      await hear(element, 'conversation.closed', { conversation });
      await settled(composer);
      expect(composer.withClose).to.equal(false);
    });

    it('takes back a snooze by a word of its own', async () => {
      conversation = { ...conversation, status: 'snoozed', snoozedUntil: sampleInstant(600) };
      const element = await full();
      expect(button(element.shadowRoot!, 'Reopen')).to.equal(undefined);
      button(element.shadowRoot!, 'Unsnooze').click();
      expect(executed('conversation.reopen')).to.have.length(1);
      conversation = { ...conversation, seq: 5, status: 'open', snoozedUntil: null };
      await hear(element, 'conversation.reopened', { conversation });
      expect(button(element.shadowRoot!, 'Unsnooze')).to.equal(undefined);
      // Not where a second press would close it.
      expect(element.shadowRoot!.activeElement).to.equal(snoozeMenu(element));
      expect(snoozeMenu(element).shadowRoot!.activeElement?.getAttribute('part')).to.equal('button');
    });

    it('closes what is snoozed, and offers no snooze of what is closed', async () => {
      conversation = { ...conversation, status: 'snoozed', snoozedUntil: sampleInstant(600) };
      const element = await full();
      await expectAccessible(element);
      button(element.shadowRoot!, 'Close').click();
      expect(executed('conversation.close')).to.have.length(1);
      expect(snoozeMenu(element)).to.not.equal(null);
      conversation = { ...conversation, seq: 5, status: 'closed', snoozedUntil: null };
      await hear(element, 'conversation.closed', { conversation });
      expect(snoozeMenu(element)).to.equal(null);
      expect(button(element.shadowRoot!, 'Unsnooze')).to.equal(undefined);
      await expectAccessible(element);
    });

    it('shows the whole name beside the moment a snooze ends, however narrow it is', async () => {
      conversation = { ...conversation, status: 'snoozed', snoozedUntil: sampleInstant(600) };
      const element = await full();
      element.style.inlineSize = '340px';
      const name = element.shadowRoot!.querySelector('[part="name"]')!;
      expect(name.textContent).to.equal('Maya Lindqvist');
      expect(name.scrollWidth).to.be.at.most(name.clientWidth);
      const status = element.shadowRoot!.querySelector('[part="status"]')!;
      expect(status.getBoundingClientRect().right).to.be.at.most(element.getBoundingClientRect().right);
    });

    it('shows all of the moment a snooze ends where it must not end before', async () => {
      const snoozedUntil = sampleInstant(600);
      conversation = { ...conversation, status: 'snoozed', snoozedUntil, wakesOnReply: false, assigneeId: ids.ben };
      const element = await full();
      const status = element.shadowRoot!.querySelector('[part="status"]')!;
      // Such widths have a list and a contact beside it, with the actions beside the name, below it, and on a phone.
      for (const width of [720, 393, 340]) {
        element.style.inlineSize = `${width}px`;
        const box = status.getBoundingClientRect();
        expect(box.right).to.be.at.most(element.shadowRoot!.querySelector('.who')!.getBoundingClientRect().right);
        expect(status.scrollWidth).to.be.at.most(status.clientWidth);
      }
    });

    it('takes the initials of somebody known by address from what is theirs in it', async () => {
      const known = sampleContact({ name: null, email: 'kw@example.com' });
      client.answers['conversation.get'] = () => ({ conversation, contact: known });
      const element = await full();
      expect(element.shadowRoot!.querySelector('.avatar')!.textContent.trim()).to.equal('K');
    });

    it('keeps its actions at the end where they go below a long name', async () => {
      conversation = { ...conversation, status: 'snoozed', snoozedUntil: sampleInstant(600) };
      const element = await full();
      element.style.inlineSize = '644px';
      const header = element.shadowRoot!.querySelector('[part="header"]')!;
      const actions = header.querySelector('[part="actions"]')!.getBoundingClientRect();
      expect(actions.top).to.be.at.least(header.querySelector('[part="name"]')!.getBoundingClientRect().bottom);
      const end = header.getBoundingClientRect().right - parseFloat(getComputedStyle(header).paddingRight);
      expect(actions.right).to.be.closeTo(end, 1);
    });

    it('is accessible with the teammates unfolded, and offers them with oneself first', async () => {
      conversation = { ...conversation, assigneeId: ids.ben };
      const element = await full();
      const menu = await unfold(assignMenu(element));
      await settled(assignMenu(element));
      expect(optionNames(menu)).to.deep.equal(['Assign to me', 'Ben Castillo', 'Cleo Lind', 'Unassign']);
      await expectAccessible(element);
    });

    it('marks as there who is online and not away', async () => {
      client.hearSignal({ type: 'signal', name: 'presence', teammateId: ids.cleo, online: true });
      const element = await full();
      const menu = await unfold(assignMenu(element));
      const marked = options(menu).filter((option) => option.querySelector('.presence.online'));
      expect(marked.map((option) => option.querySelector('.grow')!.textContent)).to.deep.equal(['You', 'Ben Castillo']);
    });

    it('gives the focus back to the button whose menu is closed with nothing chosen', async () => {
      const element = await full();
      for (const menu of [assignMenu(element), snoozeMenu(element)]) {
        const panel = await unfold(menu);
        await until(() => panel.contains(menu.shadowRoot!.activeElement), 'the focus goes into it');
        // As Escape does.
        panel.hidePopover();
        await settled(menu);
        expect(menu.shadowRoot!.activeElement?.getAttribute('part'), menu.localName).to.equal('button');
      }
    });

    it('assigns whom the person finds by typing, on condition that nobody was faster', async () => {
      const element = await full();
      const menu = await unfold(assignMenu(element));
      const field = menu.querySelector('input')!;
      field.value = 'CLEO';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await settled(assignMenu(element));
      expect(optionNames(menu)).to.deep.equal(['Cleo Lind']);
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      expect(executed('conversation.assign')[0]!.input).to.deep.equal({
        conversationId: conversation.id,
        assigneeId: ids.cleo,
        expectedAssigneeId: ids.ada,
      });
      expect(menu.matches(':popover-open')).to.equal(false);
      expect(assignMenu(element).shadowRoot!.activeElement?.matches('[popovertarget]')).to.equal(true);
    });

    it('takes the owner away, and asks nothing when the owner stays', async () => {
      const element = await full();
      options(await unfold(assignMenu(element)))[0]!.click();
      expect(executed('conversation.assign')).to.have.length(0);
      options(await unfold(assignMenu(element)))
        .at(-1)!
        .click();
      expect(executed('conversation.assign')[0]!.input).to.include({ assigneeId: null });
    });

    async function annotate(
      menu: HTMLElement,
      element: ConversationElement,
      text: string,
    ): Promise<HTMLTextAreaElement> {
      const note = menu.querySelector('textarea')!;
      note.value = text;
      note.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await settled(assignMenu(element));
      return note;
    }

    it('gives a note along, to whoever is clicked', async () => {
      const element = await full();
      const menu = await unfold(assignMenu(element));
      await annotate(menu, element, 'She asks for *you*.');
      await expectAccessible(element);
      options(menu)[1]!.click();
      expect(executed('conversation.assign')[0]!.input).to.deep.equal({
        conversationId: conversation.id,
        assigneeId: ids.ben,
        expectedAssigneeId: ids.ada,
        note: 'She asks for *you*.',
      });
      expect((await unfold(assignMenu(element))).querySelector('textarea')!.value).to.equal('');
    });

    it('says before Enter in the note whom it goes to, and takes Shift+Enter for a new line', async () => {
      const element = await full();
      const menu = await unfold(assignMenu(element));
      const search = menu.querySelector('input')!;
      search.value = 'cleo';
      search.dispatchEvent(new InputEvent('input', { bubbles: true }));
      const note = await annotate(menu, element, 'Yours, I think.');
      expect(button(menu, 'Assign to Cleo Lind')).to.not.equal(undefined);
      const press = (changes: KeyboardEventInit) =>
        note.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...changes }));
      press({ shiftKey: true });
      press({ isComposing: true });
      expect(executed('conversation.assign')).to.have.length(0);
      press({});
      expect(executed('conversation.assign')[0]!.input).to.include({ assigneeId: ids.cleo, note: 'Yours, I think.' });
    });

    it('sends a note to the owner there is, and no note of white space', async () => {
      const element = await full();
      const menu = await unfold(assignMenu(element));
      await annotate(menu, element, '  ');
      options(menu)[0]!.click();
      expect(executed('conversation.assign')).to.have.length(0);
      await annotate(await unfold(assignMenu(element)), element, 'Still mine.');
      button(menu, 'Add note').click();
      expect(executed('conversation.assign')[0]!.input).to.include({ assigneeId: ids.ada, note: 'Still mine.' });
    });

    it('keeps a note through a refusal, but not for another conversation', async () => {
      client.outcomes['conversation.assign'] = () =>
        refuse({ code: 'conflict', message: 'Somebody else changed the owner.' });
      const element = await full();
      const menu = await unfold(assignMenu(element));
      await annotate(menu, element, 'She asks for you.');
      options(menu)[1]!.click();
      await until(() => assignMenu(element).note === 'She asks for you.', 'the note is back');
      conversation = sampleConversation({ id: sampleId(4242), seq: 4, inboundSeq: 1, readSeq: 1 });
      element.conversationId = conversation.id;
      await until(() => assignMenu(element)?.conversationId === conversation.id, 'the other conversation');
      await settled(assignMenu(element));
      expect(assignMenu(element).note).to.equal('');
    });

    it('tells who was faster', async () => {
      client.outcomes['conversation.assign'] = () =>
        refuse({ code: 'conflict', message: 'Somebody else changed the owner.' });
      const element = await full();
      const menu = await unfold(assignMenu(element));
      conversation = { ...conversation, seq: 5, assigneeId: ids.ben };
      await hear(element, 'conversation.assigned', { conversation });
      await settled(assignMenu(element));
      options(menu)[2]!.click();
      await until(() => words(element).includes('Somebody was faster: Ben Castillo owns this now.'), 'the sentence');
    });

    it('is accessible with the moments unfolded, and snoozes until one of them', async () => {
      const nineTomorrow = (): string => {
        const at = new Date();
        at.setDate(at.getDate() + 1);
        at.setHours(9, 0, 0, 0);
        return at.toISOString();
      };
      const element = await full();
      const before = nineTomorrow();
      const menu = await unfold(snoozeMenu(element));
      await expectAccessible(element);
      const tomorrow = [...menu.querySelectorAll('button')].find(({ textContent }) =>
        textContent.includes('Tomorrow'),
      )!;
      tomorrow.click();
      const { until: moment, ...rest } = executed('conversation.snooze')[0]!.input as { until: string };
      expect(rest).to.deep.equal({ conversationId: conversation.id, wakesOnReply: true });
      // Two only where midnight passes meanwhile.
      expect([before, nineTomorrow()]).to.include(moment);
    });

    it("snoozes until any moment of the reader's own clock, if it is in the future, and says which it is", async () => {
      const element = await full();
      const menu = await unfold(snoozeMenu(element));
      const field = menu.querySelector<HTMLInputElement>('[part="field"]')!;
      const choose = async (at: Date) => {
        field.value = toLocalField(at);
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await settled(snoozeMenu(element));
        menu.querySelector('form')!.requestSubmit();
      };
      await choose(new Date(Date.now() - 3_600_000));
      expect(words(menu)).to.contain('Choose a moment in the future.');
      expect(executed('conversation.snooze')).to.have.length(0);
      const at = new Date(2040, 2, 5, 9, 30);
      await choose(at);
      expect(executed('conversation.snooze')[0]!.input).to.deep.equal({
        conversationId: conversation.id,
        until: at.toISOString(),
        wakesOnReply: true,
      });
    });

    it('lets a snooze go on whatever the contact writes, for that once, and says so', async () => {
      client.outcomes['conversation.snooze'] = () => ({ seq: 5 });
      const element = await full();
      const snoozed = async () => {
        const menu = await unfold(snoozeMenu(element));
        const wakes = menu.querySelector<HTMLInputElement>('[role="switch"]')!;
        expect(wakes.checked).to.equal(true);
        return { menu, wakes };
      };
      const { menu, wakes } = await snoozed();
      wakes.click();
      menu.querySelector<HTMLElement>('.menu-item')!.click();
      expect(executed('conversation.snooze')[0]!.input).to.include({ wakesOnReply: false });
      await settled(snoozeMenu(element));
      const snoozedUntil = sampleInstant(600);
      conversation = { ...conversation, seq: 5, status: 'snoozed', snoozedUntil, wakesOnReply: false };
      await hear(element, 'conversation.snoozed', { conversation });
      expect(element.shadowRoot!.querySelector('[part="status"]')!.textContent).to.contain('even on a reply');
      await snoozed();
    });

    it("says in the field's words when the moment chosen comes", async () => {
      const element = await full();
      const menu = await unfold(snoozeMenu(element));
      const field = menu.querySelector<HTMLInputElement>('[part="field"]')!;
      field.value = '2040-03-05T09:30';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await settled(snoozeMenu(element));
      expect(words(menu)).to.match(/Comes back on .*2040/);
    });

    it('shows a refusal until it is dismissed', async () => {
      client.outcomes['conversation.close'] = () => refuse({ code: 'conflict', message: 'Not now.' });
      const element = await full();
      button(element.shadowRoot!, 'Close').click();
      await until(() => words(element).includes('Not now.'), 'the refusal');
      button(element.shadowRoot!, 'Dismiss').click();
      await settled(element);
      expect(words(element)).to.not.contain('Not now.');
    });

    it('closes over nothing that it does not show yet', async () => {
      const element = await full();
      // Its message is still on its way.
      client.answers['conversation.parts'] = () => new Promise(() => undefined);
      conversation = { ...conversation, seq: 6, inboundSeq: 6 };
      await hear(element, 'conversation.replied', { conversation, part: message(6) });
      button(element.shadowRoot!, 'Close').click();
      const asked = { conversationId: conversation.id, expectedInboundSeq: 4 };
      expect(executed('conversation.close')[0]!.input).to.deep.equal(asked);
    });

    describe('until it is done', () => {
      const badge = (element: ConversationElement) =>
        element.shadowRoot!.querySelector('[part="status"]')?.textContent.trim();
      const conflict = { code: 'conflict', message: 'A new message came in.' } as const;

      /** Answers the close when it is told to. */
      function holdClose(): { done(seq: number): void; refused(): void } {
        let settle: { resolve: (result: { seq: number }) => void; reject: (error: Error) => void };
        client.outcomes['conversation.close'] = () =>
          new Promise((resolve, reject) => {
            settle = { resolve, reject };
          });
        return {
          done: (seq) => settle.resolve({ seq }),
          refused: () => settle.reject(new RequestError(conflict)),
        };
      }

      it('says at once that a close is under way, until it shows', async () => {
        const answer = holdClose();
        const element = await full();
        button(element.shadowRoot!, 'Close').click();
        await settled(element);
        expect(badge(element)).to.equal('Closing…');
        await until(() => executed('conversation.close').length === 1, 'it is asked');
        await Promise.resolve();
        answer.done(5);
        // The event comes after the answer: it must not look open in between.
        await new Promise((resolve) => setTimeout(resolve));
        await settled(element);
        expect(badge(element)).to.equal('Closing…');
        conversation = { ...conversation, seq: 5, status: 'closed' };
        await hear(element, 'conversation.closed', { conversation });
        expect(badge(element)).to.equal('Closed');
      });

      it('says that a close waits for the line, takes no second one, and is accessible so', async () => {
        const answer = holdClose();
        const element = await full();
        client.becomes('offline');
        const close = button(element.shadowRoot!, 'Close');
        close.focus();
        close.click();
        await settled(element);
        expect(badge(element)).to.equal('Closes when the line is back');
        expect(close.getAttribute('aria-disabled')).to.equal('true');
        expect(element.shadowRoot!.activeElement).to.equal(close);
        await expectAccessible(element);
        close.click();
        expect(executed('conversation.close')).to.have.length(1);
        client.becomes('online');
        await settled(element);
        expect(badge(element)).to.equal('Closing…');
        answer.refused();
        await until(() => words(element).includes(conflict.message), 'why it stays open');
        expect(badge(element)).to.equal('Open');
        expect(close.getAttribute('aria-disabled')).to.equal('false');
      });

      it('says so of the conversation that it is about, in whichever element shows that', async () => {
        client.answers['conversation.get'] = ({ conversationId }) => ({
          conversation: { ...conversation, id: conversationId },
          contact,
        });
        const answer = holdClose();
        const [here, elsewhere] = [conversation.id, sampleId(4001)];
        const first = await full();
        client.becomes('offline');
        button(first.shadowRoot!, 'Close').click();
        first.conversationId = elsewhere;
        await until(() => badge(first) === 'Open', 'the other one');
        first.remove();
        const element = await open(here);
        await until(() => badge(element) === 'Closes when the line is back', 'it still waits');
        // Refused while another one is looked at: it is to be read there, once.
        element.conversationId = elsewhere;
        await until(() => badge(element) === 'Open', 'the other one');
        answer.refused();
        element.conversationId = here;
        await until(() => words(element).includes(conflict.message), 'the refusal');
        expect(badge(element)).to.equal('Open');
        element.conversationId = elsewhere;
        await until(() => badge(element) === 'Open', 'the other one again');
        expect(words(element)).to.not.contain(conflict.message);
        element.conversationId = here;
        await until(() => badge(element) === 'Open', 'this one again');
        expect(words(element)).to.not.contain(conflict.message);
      });

      it('says why it was refused to whoever comes to it after that, until they have read it', async () => {
        const answer = holdClose();
        const before = await full();
        client.becomes('offline');
        button(before.shadowRoot!, 'Close').click();
        await settled(before);
        before.remove();
        answer.refused();
        // Nothing shows it, and it is there a few turns of the microtasks later.
        await new Promise((resolve) => setTimeout(resolve));
        const element = await open();
        await until(() => words(element).includes(conflict.message), 'the refusal');
        element.remove();
        expect(words(await full())).to.not.contain(conflict.message);
      });

      it('says that a last message closes with it, and no more when that is refused', async () => {
        const answer = holdClose();
        const element = await full();
        client.becomes('offline');
        const composer = element.shadowRoot!.querySelector('parlour-composer')!;
        const area = composer.shadowRoot!.querySelector('textarea')!;
        area.value = 'Goodbye.';
        area.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await settled(composer);
        composer.send({ closes: true });
        await until(() => badge(element) === 'Closes when the line is back', 'the badge');
        await until(() => executed('conversation.close').length === 1, 'it is asked');
        answer.refused();
        await until(() => badge(element) === 'Open', 'it stays open');
        expect(words(thread(element))).to.contain(`Not sent. ${conflict.message}`);
      });

      it('says that a snooze waits, and of several changes the last', async () => {
        const element = await full();
        client.becomes('offline');
        const menu = await unfold(snoozeMenu(element));
        menu.querySelector<HTMLButtonElement>('[part="option"]')!.click();
        await until(() => badge(element) === 'Snoozes when the line is back', 'the badge');
        button(element.shadowRoot!, 'Close').click();
        await until(() => badge(element) === 'Closes when the line is back', 'the other badge');
        expect(client.executed.map(({ name }) => name)).to.deep.equal(['conversation.snooze', 'conversation.close']);
        // Somebody else has closed it: nothing is to come any more.
        conversation = { ...conversation, seq: 5, status: 'closed' };
        await hear(element, 'conversation.closed', { conversation });
        expect(badge(element)).to.equal('Closed');
      });

      for (const [status, name] of [
        ['closed', 'Reopen'],
        ['snoozed', 'Unsnooze'],
      ] as const) {
        it(`says that ${name} waits, and takes no second one`, async () => {
          conversation = { ...conversation, status, snoozedUntil: status === 'snoozed' ? sampleInstant(600) : null };
          const element = await full();
          client.becomes('offline');
          button(element.shadowRoot!, name).click();
          await until(() => badge(element) === 'Opens when the line is back', 'the badge');
          await expectAccessible(element);
          button(element.shadowRoot!, name)?.click();
          expect(executed('conversation.reopen')).to.have.length(1);
        });
      }
    });

    it('leads back to the list where the page shows one panel at a time', async () => {
      const element = await full();
      let back = 0;
      element.addEventListener('parlour-back', () => (back += 1));
      const leads = button(element.shadowRoot!, 'Back to the list');
      expect(getComputedStyle(leads).display).to.equal('none');
      element.withBack = true;
      await settled(element);
      expect(getComputedStyle(leads).display).to.not.equal('none');
      leads.click();
      expect(back).to.equal(1);
    });
  });

  it('links only to addresses that a browser opens as a page', async () => {
    conversation = { ...conversation, sourceUrl: 'javascript:alert(1)' };
    const element = await full();
    expect(element.shadowRoot!.querySelector('.origin a')).to.equal(null);
    conversation = { ...conversation, seq: 5, sourceUrl: 'https://shop.example/oak?x=1' };
    await hear(element, 'conversation.replied', { conversation });
    const link = element.shadowRoot!.querySelector<HTMLAnchorElement>('.origin a')!;
    expect(link.href).to.equal('https://shop.example/oak?x=1');
    // The channel beside it says which site.
    expect(words(link)).to.contain('/oak').and.not.contain('shop.example');
    expect(link.title).to.equal('https://shop.example/oak?x=1');
  });

  it('fetches its thread again after a welcome that did not recover, and keeps what is not sent', async () => {
    const element = await full();
    await send(element, 'Unsent');
    parts = [message(1), message(2, 'Replaced')];
    conversation = { ...conversation, seq: 5 };
    client.welcome(undefined, false);
    await until(() => bubbles(element).includes('Replaced'), 'the fresh thread');
    expect(bubbles(element)).to.deep.equal(['Message 1', 'Replaced', 'Unsent']);
  });

  it('fetches again with the line what could not be fetched without it', async () => {
    const element = await full();
    const answer = client.answers['conversation.parts']!;
    client.answers['conversation.parts'] = () => refuse({ code: 'unavailable', message: 'No line.' });
    client.welcome(undefined, false);
    await until(() => words(element).includes('No line.'), 'why the thread is old');
    parts = [message(1), message(2, 'Said meanwhile')];
    client.answers['conversation.parts'] = answer;
    client.welcome(undefined, true);
    await until(() => bubbles(element).includes('Said meanwhile'), 'the fresh thread');
    expect(words(element)).to.not.contain('No line.');
    const asked = client.queried.length;
    client.welcome(undefined, true);
    await settled(element);
    expect(client.queried.length).to.equal(asked);
  });

  it('fills a gap with the line that could not be filled without it', async () => {
    const element = await full();
    const answer = client.answers['conversation.parts']!;
    client.answers['conversation.parts'] = () => refuse({ code: 'unavailable', message: 'No line.' });
    parts = [...parts, message(5), message(6)];
    await arrives(element, message(6));
    await until(() => words(element).includes('No line.'), 'why the thread ends early');
    expect(bubbles(element)).to.not.contain('Message 6');
    client.answers['conversation.parts'] = answer;
    client.welcome(undefined, true);
    await until(() => bubbles(element).includes('Message 6'), 'what was held back');
    expect(bubbles(element).slice(-2)).to.deep.equal(['Message 5', 'Message 6']);
    expect(words(element)).to.not.contain('No line.');
  });

  it('keeps the size of what an embedder puts into its header, on a phone too', async () => {
    conversation = { ...conversation, assigneeId: ids.ben };
    const element = await full();
    element.style.inlineSize = '390px';
    const menu = element.shadowRoot!.querySelector('parlour-assign-menu')!;
    menu.teammates = [sampleTeammate({ id: ids.ben, name: 'Benedikta Castillo-Featherstonehaugh' })];
    element.style.inlineSize = '390px';
    const own = document.createElement('button');
    own.slot = 'actions';
    own.textContent = 'i';
    own.style.inlineSize = '40px';
    own.style.blockSize = '40px';
    element.append(own);
    await settled(element);
    expect(own.getBoundingClientRect().width).to.equal(40);
    const { right } = element.getBoundingClientRect();
    const row = element.shadowRoot!.querySelector('.actions')!;
    for (const one of [own, ...[...row.children].filter(({ tagName }) => tagName !== 'SLOT')]) {
      const box = one.getBoundingClientRect();
      expect(box.right).to.be.at.most(right);
      expect(Math.abs(box.top + box.height / 2 - (own.getBoundingClientRect().top + 20))).to.be.below(2);
    }
    await expectAccessible(element);
  });

  it('shows what is said while it fetches its thread again', async () => {
    const element = await full();
    const old = { parts: [message(1), message(2)], more: false };
    let answer = (_page: typeof old): void => undefined;
    client.answers['conversation.parts'] = () => new Promise((resolve) => (answer = resolve));
    client.welcome(undefined, false);
    await Promise.resolve();
    const said = message(3, 'Just now');
    client.hear(sampleEvent('conversation.replied', { conversation: { ...conversation, seq: 5 }, part: said }));
    answer(old);
    await until(() => bubbles(element).includes('Message 2'), 'the fresh thread');
    expect(bubbles(element)).to.deep.equal(['Message 1', 'Message 2', 'Just now']);
  });

  it('leaves nothing behind', async () => {
    await expectNoLeak(
      () => {
        const element = document.createElement('parlour-conversation');
        element.conversationId = conversation.id;
        session.append(element);
        return element;
      },
      async (element) => {
        const shown = element as ConversationElement;
        await until(() => shown.shadowRoot!.querySelector('parlour-thread'), 'the thread');
        client.hearSignal({
          type: 'signal',
          name: 'typing',
          conversationId: conversation.id,
          from: { kind: 'visitor', id: sampleId(7) },
        });
        // The menus are fetched after what shows the thread.
        const unfolds = () =>
          shown.shadowRoot!.querySelector('parlour-snooze-menu')!.shadowRoot?.querySelector('button');
        await until(unfolds, 'the menu');
        unfolds()!.click();
      },
    );
    expect(client.listeners).to.equal(4);
  });
});
