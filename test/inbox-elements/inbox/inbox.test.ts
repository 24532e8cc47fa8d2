import '../../../inbox-elements/elements.ts';
import type { ConversationSelectEvent } from '../../../inbox-elements/inbox/conversation-select-event.ts';
import type { InboxElement } from '../../../inbox-elements/inbox/inbox.ts';
import type { InboxFilterEvent } from '../../../inbox-elements/inbox/inbox-filter-event.ts';
import type { QueryInput } from '../../../shared/contract/catalogue.ts';
import type { Conversation } from '../../../shared/contract/conversation.ts';
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
  sampleInstant,
  sampleSnapshot,
  samplePart,
} from '../sample.ts';

const none = { mine: 0, unassigned: 0, all: 0 };

/** Number 1 is the newest. Odd numbers are Ada's and unread, even ones nobody's and read. */
function numbered(number: number, changes: Partial<Conversation> = {}): Conversation {
  return sampleConversation({
    id: sampleId(1000 + number),
    contactId: sampleId(100 + number),
    assigneeId: number % 2 ? ids.ada : null,
    readSeq: number % 2 ? 2 : 3,
    lastMessage: { preview: `Words of ${number}`, authorKind: 'contact', at: sampleInstant(10_000 - number) },
    ...changes,
  });
}

const contactOf = (
  { contactId }: Conversation,
  name: string | null = `Contact ${parseInt(contactId.slice(-4), 16) - 100}`,
) => sampleContact({ id: contactId, name, email: null });

describe('<parlour-inbox>', () => {
  let client: FakeClient;
  let session: HTMLElement;
  let held: Conversation[];

  beforeEach(() => {
    client = new FakeClient();
    session = sessionAround(client);
    held = [1, 2, 3].map((number) => numbered(number));
    client.answers['conversation.list'] = (input) => page(input);
    client.answers['conversation.counts'] = () => ({
      open: { mine: 2, unassigned: 1, all: 3, missed: 1 },
      snoozed: none,
      closed: { ...none, all: 1234 },
      unread: 2,
      unreadByInbox: { [ids.support]: 2 },
    });
  });
  afterEach(() => session.remove());

  /** As the server would answer, ten at a time. */
  function page({ status = 'open', assignee = 'all', cursor }: QueryInput<'conversation.list'>) {
    const matching = held.filter(
      (one) =>
        one.status === status && (assignee === 'all' || one.assigneeId === (assignee === 'mine' ? ids.ada : null)),
    );
    const from = Number(cursor ?? 0);
    const conversations = matching.slice(from, from + 10);
    const next = from + 10 < matching.length ? String(from + 10) : null;
    return { conversations, contacts: conversations.map((one) => contactOf(one)), next };
  }

  async function open(attributes: Record<string, string> = {}): Promise<InboxElement> {
    const element = document.createElement('parlour-inbox');
    element.style.blockSize = '500px';
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    session.append(element);
    await settled(element);
    return element;
  }

  async function full(attributes?: Record<string, string>): Promise<InboxElement> {
    const element = await open(attributes);
    await until(() => rows(element).length > 0, 'rows are shown');
    return element;
  }

  const rows = (element: InboxElement) => [...element.shadowRoot!.querySelectorAll<HTMLElement>('[role="option"]')];
  const names = (element: InboxElement) => rows(element).map((row) => row.querySelector('.name')!.textContent);
  const focused = (element: InboxElement) => element.shadowRoot!.activeElement as HTMLElement | null;
  const text = (element: InboxElement) => element.shadowRoot!.textContent.replace(/\s+/g, ' ');
  const button = (element: InboxElement, name: string) =>
    [...element.shadowRoot!.querySelectorAll('button')].find((one) => one.textContent.trim().startsWith(name))!;
  const key = (element: InboxElement, name: string) =>
    focused(element)!.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));

  it('is accessible while it loads', async () => {
    delete client.answers['conversation.list'];
    const element = await open();
    expect(element.shadowRoot!.querySelector('[aria-busy="true"]')).to.not.equal(null);
    await expectAccessible(element);
  });

  it('is accessible with rows, one of them chosen, unread and typing', async () => {
    const element = await full({ 'conversation-id': held[0]!.id });
    client.hearSignal({
      type: 'signal',
      name: 'typing',
      conversationId: held[0]!.id,
      from: { kind: 'visitor', id: sampleId(7) },
    });
    await settled(element);
    expect(rows(element)[0]!.textContent).to.contain('Typing…');
    await expectAccessible(element);
  });

  it('is accessible when a filter holds nothing, and says why in its own words', async () => {
    const element = await open({ status: 'snoozed' });
    await until(() => text(element).includes('Nothing is snoozed'), 'the words for snoozed');
    await expectAccessible(element);
    held = [];
    button(element, 'Open').click();
    await until(() => text(element).includes('All caught up'), 'the words for open and all');
    button(element, 'Mine').click();
    await until(() => text(element).includes('Nothing waits for you'), 'the words for open and mine');
  });

  it('says to a teammate who is in no inbox that they are, whatever the filter', async () => {
    held = [];
    client.welcome(sampleSnapshot({ inboxes: [] }));
    const element = await open();
    await until(() => text(element).includes('You are in no inbox yet'), 'why there is nothing');
    button(element, 'Mine').click();
    await until(() => text(element).includes('You are in no inbox yet'), 'why there is nothing of one’s own');
    await expectAccessible(element);
    client.welcome(sampleSnapshot());
    await until(() => text(element).includes('Nothing waits for you'), 'the words for mine');
  });

  it('says of a filter that holds nothing where others are that they are elsewhere', async () => {
    const none = { mine: 0, unassigned: 0, all: 3 };
    client.answers['conversation.counts'] = () => ({
      open: { ...none, missed: 0 },
      snoozed: none,
      closed: none,
      unread: 0,
      unreadByInbox: {},
    });
    held = [];
    const element = await open({ status: 'closed', assignee: 'unassigned' });
    await until(() => text(element).includes('All of them have an owner'), 'the words for closed and unassigned');
    expect(text(element)).to.not.contain('Nothing closed yet');
    button(element, 'Mine').click();
    await until(() => text(element).includes('None of them is yours'), 'the words for closed and mine');
    button(element, 'Snoozed').click();
    await until(() => text(element).includes('None of them is yours'), 'the words for snoozed and mine');
    expect(text(element)).to.not.contain('Nothing is snoozed');
  });

  it('is accessible when the list cannot be loaded, says the reason, and tries again', async () => {
    const answer = client.answers['conversation.list']!;
    client.answers['conversation.list'] = () => refuse({ code: 'unavailable', message: 'The line is down.' });
    const element = await open();
    await until(() => text(element).includes('The line is down.'), 'the reason');
    await expectAccessible(element);
    client.answers['conversation.list'] = answer;
    button(element, 'Try again').click();
    await until(() => rows(element).length === 3, 'the rows');
  });

  for (const direction of ['ltr', 'rtl'] as const) {
    it(`stands names and previews beside the face where the page reads ${direction}, whatever they are written in`, async () => {
      const element = await open({ dir: direction });
      await until(() => rows(element).length > 0, 'rows are shown');
      const [row] = rows(element) as [HTMLElement];
      const face = row.querySelector('.avatar')!.getBoundingClientRect();
      for (const part of ['.name', '.preview']) {
        const range = document.createRange();
        range.selectNodeContents(row.querySelector(part)!);
        const box = range.getBoundingClientRect();
        const gap = direction === 'ltr' ? box.left - face.right : face.left - box.right;
        expect(gap, part).to.be.within(0, 24);
      }
    });
  }

  it('says ages and counts in the order of their words in a page that reads the other way', async () => {
    const at = new Date(Date.now() - 300_000).toISOString();
    held = [numbered(1, { lastMessage: { preview: 'Hello', authorKind: 'contact', at } })];
    const element = await full({ dir: 'rtl' });
    await until(() => text(element).includes(' unread'), 'the count');
    for (const [part, words] of [
      ['.unread-count', /^\d+ unread$/],
      ['.time', /^\d+ \w+$/],
    ] as const) {
      const shown = [...element.shadowRoot!.querySelector(part)!.childNodes].find(
        (one): one is Text => one instanceof Text && one.data.trim() !== '',
      )!;
      expect(shown.data.trim()).to.match(words);
      const leftOf = (at: number): number => {
        const range = document.createRange();
        range.setStart(shown, at);
        range.setEnd(shown, at + 1);
        return range.getBoundingClientRect().left;
      };
      expect(leftOf(0), part).to.be.below(leftOf(shown.data.trim().length - 1));
    }
  });

  it('holds the piles in one line however narrow it is, and each of them in reach', async () => {
    const element = await full();
    await until(() => text(element).includes(' unread'), 'the counts');
    element.style.inlineSize = '240px';
    const filter = element.shadowRoot!.querySelector<HTMLElement>('.filter')!;
    const piles = [...filter.querySelectorAll<HTMLElement>('.choice')];
    expect(new Set(piles.map(({ offsetTop }) => offsetTop)).size).to.equal(1);
    const missed = piles.at(-1)!;
    expect(missed.getBoundingClientRect().right).to.be.above(filter.getBoundingClientRect().right);
    filter.scrollLeft = filter.scrollWidth;
    expect(missed.getBoundingClientRect().right).to.be.below(filter.getBoundingClientRect().right);
  });

  it('cuts off how long a row is snoozed where it has no room, and stays inside of the list', async () => {
    const snoozedUntil = sampleInstant(30 * 24 * 60);
    held = [numbered(1, { status: 'snoozed', snoozedUntil, wakesOnReply: false })];
    const element = await open({ status: 'snoozed' });
    element.style.inlineSize = '240px';
    await until(() => rows(element).length > 0, 'rows are shown');
    const words = rows(element)[0]!.querySelector('[part="row-snoozed"] .words')!;
    expect(words.textContent).to.contain('even on a reply');
    expect(words.getBoundingClientRect().right).to.be.at.most(element.getBoundingClientRect().right);
    await expectAccessible(element);
  });

  it('shows who, what, whose and what is unread', async () => {
    held = [
      numbered(1),
      numbered(2, { contactId: '01900000-0000-7000-8000-00000000abcd' }),
      numbered(3, {
        assigneeId: ids.ben,
        lastMessage: { preview: 'On its way', authorKind: 'teammate', authorId: ids.ada, at: sampleInstant() },
      }),
      numbered(4, {
        lastMessage: { preview: 'Sure', authorKind: 'teammate', authorId: ids.ben, at: sampleInstant(-1) },
      }),
      numbered(5, { lastMessage: { preview: 'Shipped', authorKind: 'api-key', at: sampleInstant(-2) } }),
      numbered(6, { lastMessage: { preview: 'We are off', authorKind: 'system', at: sampleInstant(-3) } }),
    ];
    client.answers['conversation.list'] = () => ({
      conversations: held,
      contacts: [contactOf(held[0]!), contactOf(held[1]!, null), ...held.slice(2).map((one) => contactOf(one))],
      next: null,
    });
    const element = await full();
    expect(names(element)).to.deep.equal([
      'Contact 1',
      'Visitor ABCD',
      'Contact 3',
      'Contact 4',
      'Contact 5',
      'Contact 6',
    ]);
    const words = rows(element).map((row) => row.textContent.replace(/\s+/g, ' '));
    expect(words[0]).to.contain('Words of 1').and.contain('Unread').and.contain('You');
    expect(words[1]).to.contain('Unassigned').and.not.contain('Unread');
    expect(words[2]).to.contain('You: On its way');
    expect(words[2]).to.contain('Ben Castillo');
    expect(words[3]).to.contain('Ben: Sure');
    expect(words[4]).to.contain('A program: Shipped');
    expect(words[5]).to.contain('Automatic message: We are off');
  });

  it('says who of the team spoke last as messages come, and goes on saying so when more happens', async () => {
    const element = await full();
    const preview = () => rows(element)[0]!.querySelector('.preview')!.textContent;
    const at = sampleInstant(20_000);
    const answered = {
      ...held[1]!,
      seq: 4,
      lastMessage: { preview: 'Just sent', authorKind: 'teammate', at },
    } satisfies Conversation;
    const author = { kind: 'teammate', id: ids.ben } as const;
    const part = samplePart('Just sent', { conversationId: answered.id, seq: 4, author, createdAt: at });
    client.hear(sampleEvent('conversation.replied', { conversation: answered, part }));
    await settled(element);
    expect(preview()).to.equal('Ben: Just sent');
    client.hear(sampleEvent('conversation.read', { conversation: { ...answered, readSeq: 4 } }));
    await settled(element);
    expect(preview()).to.equal('Ben: Just sent');
    const later = { ...answered, seq: 5, lastMessage: { ...answered.lastMessage, at: sampleInstant(20_001) } };
    client.hear(sampleEvent('conversation.replied', { conversation: later, part }));
    await settled(element);
    expect(preview()).to.equal('Team: Just sent');
  });

  it('marks what came while nobody was there, until somebody has answered', async () => {
    held = [
      numbered(1, { begunOff: true }),
      numbered(2, { begunOff: true, firstRepliedAt: sampleInstant() }),
      numbered(3, { begunOff: false }),
    ];
    const element = await full();
    const missed = rows(element).map((row) => row.querySelector('[part="row-missed"]')?.textContent.trim() ?? '');
    expect(missed).to.deep.equal(['Missed', '', '']);
  });

  it('asks for what its filters say, shows how many there are, and tells the page of a change', async () => {
    const element = await full();
    const changes: InboxFilterEvent[] = [];
    element.addEventListener('parlour-filter', (event) => changes.push(event));
    await until(() => text(element).includes('2 unread'), 'the counts');
    expect(button(element, 'Unassigned').textContent).to.contain('1');
    expect(button(element, 'Closed').textContent).to.contain('1.2K');
    button(element, 'Unassigned').click();
    await until(() => rows(element).length === 1, 'the unassigned one');
    expect(names(element)).to.deep.equal(['Contact 2']);
    expect(element.getAttribute('assignee')).to.equal('unassigned');
    expect(changes.map(({ status, assignee }) => [status, assignee])).to.deep.equal([['open', 'unassigned']]);
    element.inboxId = ids.sales;
    await settled(element);
    expect(client.queried.at(-2)).to.deep.include({ name: 'conversation.list' });
    expect(client.queried.at(-2)!.input).to.include({ inboxId: ids.sales, assignee: 'unassigned', status: 'open' });
  });

  it('shows what was missed as a pile of its own, and lets a conversation go once somebody has answered', async () => {
    held = [numbered(1, { begunOff: true }), numbered(2), numbered(3, { begunOff: true })];
    client.answers['conversation.list'] = (input) => {
      const { conversations, ...rest } = page(input);
      return {
        ...rest,
        conversations: conversations.filter(({ begunOff }) => input.category !== 'missed' || begunOff),
      };
    };
    const element = await full();
    await until(() => /Missed\s*1/.test(button(element, 'Missed').textContent), 'how many were missed');
    button(element, 'Missed').click();
    await until(() => rows(element).length === 2, 'the missed ones');
    expect(names(element)).to.deep.equal(['Contact 1', 'Contact 3']);
    expect(element.getAttribute('category')).to.equal('missed');
    expect(button(element, 'Missed').getAttribute('aria-pressed')).to.equal('true');
    expect(button(element, 'All').getAttribute('aria-pressed')).to.equal('false');
    await expectAccessible(element);
    const answered = { ...held[0]!, seq: 4, firstRepliedAt: sampleInstant(), readSeq: 4 };
    client.hear(sampleEvent('conversation.replied', { conversation: answered }));
    await settled(element);
    expect(names(element)).to.deep.equal(['Contact 3']);
    button(element, 'Snoozed').click();
    await settled(element);
    expect(element.hasAttribute('category')).to.equal(false);
    expect(text(element)).to.not.contain('Missed');
  });

  it('takes a new conversation in at the top, moves one up, and lets one go, as events come', async () => {
    const element = await full();
    const fresh = numbered(0);
    client.hear(sampleEvent('conversation.started', { conversation: fresh, contact: contactOf(fresh) }));
    await settled(element);
    expect(names(element)).to.deep.equal(['Contact 0', 'Contact 1', 'Contact 2', 'Contact 3']);
    const late = { preview: 'Again', authorKind: 'contact' as const, at: sampleInstant(20_000) };
    client.hear(
      sampleEvent('conversation.replied', { conversation: { ...held[2]!, seq: 4, inboundSeq: 4, lastMessage: late } }),
    );
    await settled(element);
    expect(names(element)).to.deep.equal(['Contact 3', 'Contact 0', 'Contact 1', 'Contact 2']);
    client.hear(sampleEvent('conversation.closed', { conversation: { ...held[0]!, seq: 4, status: 'closed' } }));
    await settled(element);
    expect(names(element)).to.deep.equal(['Contact 3', 'Contact 0', 'Contact 2']);
  });

  it('asks once for the contact of a row that a message alone brought in', async () => {
    const element = await full();
    const fresh = numbered(0);
    client.answers['contact.get'] = () => ({ contact: contactOf(fresh) });
    client.hear(sampleEvent('conversation.replied', { conversation: fresh }));
    client.hear(sampleEvent('conversation.replied', { conversation: { ...fresh, seq: fresh.seq + 1 } }));
    await until(() => names(element)[0] === 'Contact 0', 'the name');
    expect(client.queried.filter(({ name }) => name === 'contact.get')).to.have.length(1);
  });

  it('keeps what an event said over an older page that arrives after it', async () => {
    let answer: (() => void) | null = null;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    client.answers['conversation.list'] = async (input) => {
      const before = page(input);
      await answered;
      return before;
    };
    const element = await open();
    client.hear(sampleEvent('conversation.closed', { conversation: { ...held[0]!, seq: 4, status: 'closed' } }));
    answer!();
    await until(() => rows(element).length > 0, 'the rows');
    expect(names(element)).to.deep.equal(['Contact 2', 'Contact 3']);
  });

  it('leaves focus on its row when others move above it, and on the next one when it goes', async () => {
    const element = await full();
    rows(element)[1]!.focus();
    const fresh = numbered(0);
    client.hear(sampleEvent('conversation.started', { conversation: fresh, contact: contactOf(fresh) }));
    const late = { preview: 'Again', authorKind: 'contact' as const, at: sampleInstant(20_000) };
    client.hear(sampleEvent('conversation.replied', { conversation: { ...held[1]!, seq: 4, lastMessage: late } }));
    await settled(element);
    expect(names(element)[0]).to.equal('Contact 2');
    expect(focused(element)?.dataset['id']).to.equal(held[1]!.id);
    client.hear(sampleEvent('conversation.closed', { conversation: { ...held[1]!, seq: 5, status: 'closed' } }));
    await settled(element);
    expect(focused(element)?.dataset['id']).to.equal(fresh.id);
  });

  it('is walked by arrow keys, Home and End, with one stop for Tab', async () => {
    const element = await full();
    element.focus();
    expect(focused(element)).to.equal(rows(element)[0]);
    key(element, 'ArrowDown');
    expect(focused(element)).to.equal(rows(element)[1]);
    key(element, 'End');
    expect(focused(element)).to.equal(rows(element)[2]);
    key(element, 'ArrowDown');
    expect(focused(element)).to.equal(rows(element)[2]);
    key(element, 'Home');
    await settled(element);
    expect(rows(element).map(({ tabIndex }) => tabIndex)).to.deep.equal([0, -1, -1]);
  });

  it('chooses by click and by Enter, tells the page, and obeys when the page objects', async () => {
    const element = await full();
    const chosen: string[] = [];
    element.addEventListener('parlour-select', (event) => chosen.push(event.conversationId));
    rows(element)[1]!.click();
    await settled(element);
    expect(element.conversationId).to.equal(held[1]!.id);
    expect(rows(element)[1]!.getAttribute('aria-selected')).to.equal('true');
    element.addEventListener('parlour-select', (event: ConversationSelectEvent) => event.preventDefault());
    rows(element)[2]!.focus();
    key(element, 'Enter');
    await settled(element);
    expect(chosen).to.deep.equal([held[1]!.id, held[2]!.id]);
    expect(element.conversationId).to.equal(held[1]!.id);
  });

  it('fetches page after page as it is scrolled, each once', async () => {
    held = Array.from({ length: 95 }, (_, number) => numbered(number + 1));
    const element = await full();
    const asked = () => client.queried.filter(({ name }) => name === 'conversation.list').length;
    await until(() => asked() >= 2, 'what is just out of sight is fetched ahead');
    await settled(element);
    expect(asked()).to.be.below(10);
    const list = element.shadowRoot!.querySelector('.list')!;
    const seen = new Set<string | null>();
    await until(() => {
      list.scrollTop += 900;
      for (const name of names(element)) seen.add(name);
      return seen.has('Contact 95');
    }, 'the last page');
    expect(asked()).to.equal(10);
    expect(seen.size).to.equal(95);
  });

  describe('of ten thousand conversations', () => {
    beforeEach(() => {
      held = Array.from({ length: 10_000 }, (_, number) => numbered(number + 1));
      client.answers['conversation.list'] = () => ({
        conversations: held,
        contacts: held.map((one) => contactOf(one)),
        next: null,
      });
    });

    it('draws only the rows near the view, each in its place', async () => {
      const element = await full();
      const list = element.shadowRoot!.querySelector('.list')!;
      const expectInPlace = () => {
        const box = list.getBoundingClientRect();
        const seen = rows(element).filter((row) => {
          const { top, bottom } = row.getBoundingClientRect();
          return bottom > box.top && top < box.bottom;
        });
        // Without a gap from the upper edge of the view to the lower.
        expect(seen[0]!.getBoundingClientRect().top).to.be.at.most(box.top);
        expect(seen.at(-1)!.getBoundingClientRect().bottom).to.be.at.least(box.bottom - 1);
        return seen.map((row) => Number(row.getAttribute('aria-posinset')));
      };
      expect(rows(element).length).to.be.below(80);
      expect(rows(element)[0]!.getAttribute('aria-setsize')).to.equal('10000');
      expectInPlace();
      const rowHeight = rows(element)[0]!.getBoundingClientRect().height;
      expect(list.scrollHeight).to.be.closeTo(10_000 * rowHeight, 20);
      for (const [scrollTop, place] of [
        [4000.5 * rowHeight, 4001],
        [list.scrollHeight, 10_000],
      ] as const) {
        list.scrollTop = scrollTop;
        await until(
          () => rows(element).some((row) => row.getAttribute('aria-posinset') === String(place)),
          `row ${place}`,
        );
        expect(expectInPlace()).to.contain(place);
        expect(rows(element).length).to.be.below(80);
      }
    });

    it('is walked to its ends by keys', async () => {
      const element = await full();
      element.focus();
      key(element, 'End');
      await until(() => focused(element)?.dataset['id'] === held.at(-1)!.id, 'the last row has focus');
      key(element, 'ArrowUp');
      await until(() => focused(element)?.dataset['id'] === held.at(-2)!.id, 'the one before has focus');
      key(element, 'Home');
      await until(() => focused(element)?.dataset['id'] === held[0]!.id, 'the first row has focus');
    });

    it('knows where the keys were after scrolling far away from there', async () => {
      const element = await full();
      rows(element)[2]!.focus();
      const list = element.shadowRoot!.querySelector('.list')!;
      list.scrollTop = 200_000;
      await until(
        () => !rows(element).some(({ dataset }) => dataset['id'] === held[2]!.id),
        'the row is no longer drawn',
      );
      expect(focused(element)?.getAttribute('role')).to.equal('listbox');
      key(element, 'ArrowDown');
      await until(() => focused(element)?.dataset['id'] === held[3]!.id, 'the next row has focus');
    });
  });

  it('shows until when a conversation is put away', async () => {
    held = [numbered(1, { status: 'snoozed', snoozedUntil: '2031-05-12T09:00:00.000Z' })];
    const element = await full({ status: 'snoozed' });
    expect(text(element)).to.match(/Until .*12.*/);
  });

  it('asks for the counts at once, and after a burst of events once more', async () => {
    await full();
    const asked = () => client.queried.filter(({ name }) => name === 'conversation.counts').length;
    const before = asked();
    const replied = (seq: number) =>
      client.hear(sampleEvent('conversation.replied', { conversation: { ...held[0]!, seq } }));
    for (let seq = 4; seq < 9; seq += 1) {
      replied(seq);
      expect(asked()).to.equal(before + 1);
    }
    await until(() => asked() > before + 1, 'the counts are asked for again');
    replied(9);
    expect(asked()).to.equal(before + 2);
  });

  it('fetches again after a welcome that did not recover, and not after one that did', async () => {
    const element = await full();
    const asked = () => client.queried.filter(({ name }) => name === 'conversation.list').length;
    client.welcome(undefined, true);
    await settled(element);
    expect(asked()).to.equal(1);
    held = [numbered(9)];
    client.welcome(undefined, false);
    await until(() => names(element)[0] === 'Contact 9', 'the fresh list');
    expect(rows(element).length).to.equal(1);
  });

  it('fetches again with the line what could not be fetched without it, from the top', async () => {
    held = Array.from({ length: 12 }, (_, index) => numbered(index + 1));
    const element = await full();
    const { 'conversation.list': list, 'conversation.counts': counts } = client.answers;
    client.answers['conversation.list'] = () => refuse({ code: 'unavailable', message: 'No line.' });
    client.answers['conversation.counts'] = () => refuse({ code: 'unavailable', message: 'No line.' });
    client.welcome(undefined, false);
    await until(() => text(element).includes('No line.'), 'why the list is old');
    held = [numbered(30)];
    client.answers['conversation.list'] = list!;
    client.answers['conversation.counts'] = counts!;
    const before = client.queried.length;
    client.welcome(undefined, true);
    await until(() => names(element)[0] === 'Contact 30', 'the fresh list');
    expect(rows(element).length).to.equal(1);
    expect(text(element)).to.not.contain('No line.');
    expect(client.queried.slice(before).map(({ name }) => name)).to.deep.equal([
      'conversation.list',
      'conversation.counts',
    ]);
  });

  it('does not mark as unread again what was read while an older page was on its way', async () => {
    const unread = numbered(1, { seq: 3, inboundSeq: 3, readSeq: 2 });
    held = [unread];
    const element = await full();
    expect(rows(element)[0]!.matches('.unread')).to.equal(true);
    held = [unread, numbered(2)];
    let send = (): void => undefined;
    client.answers['conversation.list'] = (input) => {
      const old = page(input);
      return new Promise((resolve) => (send = () => resolve(old)));
    };
    client.welcome(undefined, false);
    await Promise.resolve();
    client.hear(sampleEvent('conversation.read', { conversation: { ...unread, readSeq: 3 } }));
    send();
    await until(() => rows(element).length === 2, 'the page');
    expect(rows(element)[0]!.matches('.unread')).to.equal(false);
  });

  it('is moved within the page without fetching again', async () => {
    const element = await full();
    const place = document.createElement('div');
    session.append(place);
    const before = client.queried.length;
    place.append(element);
    await settled(element);
    expect(client.queried.length).to.equal(before);
    client.hear(sampleEvent('conversation.closed', { conversation: { ...held[0]!, seq: 4, status: 'closed' } }));
    await settled(element);
    expect(names(element)).to.deep.equal(['Contact 2', 'Contact 3']);
  });

  it('leaves nothing behind', async () => {
    await expectNoLeak(
      () => {
        const element = document.createElement('parlour-inbox');
        session.append(element);
        return element;
      },
      async (element) => {
        await until(() => rows(element as InboxElement).length === 3, 'rows');
        client.hearSignal({
          type: 'signal',
          name: 'typing',
          conversationId: held[0]!.id,
          from: { kind: 'visitor', id: sampleId(7) },
        });
        client.hear(sampleEvent('conversation.replied', { conversation: { ...held[0]!, seq: 9 } }));
      },
    );
    // The session's own four.
    expect(client.listeners).to.equal(4);
  });
});
