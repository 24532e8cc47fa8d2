import { tokenIn, visitorRecord } from '../../../widget/panel/visitor-memory.ts';
import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, until } from '../../page.ts';
import { refusal } from '../fake-visitor-client.ts';
import {
  ada,
  ben,
  conversationId,
  sampleConfiguration,
  sampleId,
  samplePart,
  sampleSnapshot,
  sampleVisitorConversation,
} from '../sample.ts';
import { openPanel } from './open-panel.ts';

const talk = [
  samplePart(1, 'Is the mug dishwasher safe?'),
  samplePart(2, 'It is!', { author: ada }),
  samplePart(3, 'Let it cool first.', { author: ada }),
];

/** An instant on a day with a short name, whatever day it is: beside a way back and two faces the longest take a second line. */
function onShortDay(): string {
  const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
  const days = [2, 3, 4, 5, 6].find((count) => [1, 5].includes(inDays(count).getDay()))!;
  return inDays(days).toISOString();
}

describe('the panel', () => {
  it('is accessible when somebody new opens it', async () => {
    const { host, ...opened } = await openPanel();
    await until(() => opened.client.connected === 1, 'the chat connects');
    await expectAccessible(host);
  });

  it('is accessible while it loads, with a conversation, a typing teammate and unread messages', async () => {
    localStorage.setItem('parlour:ch_sample', `pv_${'a'.repeat(43)}+`);
    const opened = await openPanel();
    await customElements.whenDefined('parlour-widget-thread');
    await opened.settle();
    expect(opened.thread.renderRoot.querySelector('[role=status]')?.textContent).to.contain('Loading messages');
    await expectAccessible(opened.host);
    await opened.welcomeWith(talk);
    opened.client.hearSignal({ type: 'signal', name: 'typing', conversationId, from: ada });
    await until(() => !!opened.thread.renderRoot.querySelector('.typing'), 'somebody is seen to write');
    expect(opened.thread.renderRoot.querySelector('.typing')?.textContent).to.contain('Ada is writing');
    await expectAccessible(opened.host);
  });

  it('is accessible when the line is down, with a message waiting and one that failed', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(talk);
    await opened.send('This will fail');
    opened.client.last('conversation.reply').reject(refusal('You may not write here.'));
    opened.client.becomes('offline');
    await opened.send('This will wait');
    expect(opened.panel.renderRoot.textContent).to.contain('No connection');
    expect(opened.statuses.join())
      .to.contain('Not sent. You may not write here.')
      .and.contain('Waiting for a connection');
    await expectAccessible(opened.host);
  });

  it('says of nobody that they are here while the line is down, and moves nothing else by that', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(talk);
    const { renderRoot } = opened.panel.renderRoot.querySelector('parlour-widget-header')!;
    const said = (): string => renderRoot.querySelector('[part=hours]')!.textContent;
    const height = (): number => renderRoot.querySelector('[part=header]')!.getBoundingClientRect().height;
    expect(said()).to.equal('We are here');
    const before = height();
    opened.client.becomes('offline');
    await opened.settle();
    expect(said()).to.equal('');
    expect(getComputedStyle(renderRoot.querySelector('[part=hours]')!).visibility).to.equal('hidden');
    expect(Math.abs(height() - before)).to.be.lessThan(0.5);
    opened.client.becomes('online');
    await opened.settle();
    expect(said()).to.equal('We are here');
    // When somebody is back is known without a line.
    const away = { open: false, changesAt: null };
    await opened.welcome(sampleSnapshot({ availability: away }));
    opened.client.becomes('offline');
    await opened.settle();
    expect(said()).to.equal('We are away right now');
  });

  it('closes by a launcher that says so while it is open, in words where it has some', async () => {
    const opened = await openPanel({ launcherLabel: 'Ask us' });
    const { launcher } = opened;
    expect([launcher.textContent, launcher.ariaLabel]).to.deep.equal(['Close chat', 'Close chat']);
    launcher.click();
    expect([launcher.textContent, launcher.ariaLabel]).to.deep.equal(['Ask us', 'Ask us, online']);
  });

  it('is accessible when the server refuses it, says why, and tries again', async () => {
    const opened = await openPanel();
    opened.client.becomes('refused', { code: 'not_found', message: 'There is no such chat.' });
    await opened.settle();
    expect(opened.panel.renderRoot.querySelector('[role=alert]')?.textContent).to.contain('There is no such chat.');
    await expectAccessible(opened.host);
    opened.panel.renderRoot.querySelector<HTMLButtonElement>('.notice button')?.click();
    expect(opened.client.connected).to.equal(2);
  });

  it('moves nothing when the server says who is there, and says nothing off hours that it would take back', async () => {
    const availability = { open: false, changesAt: null };
    const opened = await openPanel({ availability });
    const header = opened.panel.renderRoot.querySelector('parlour-widget-header')!;
    const words = (): string =>
      opened.panel.renderRoot.querySelector('parlour-widget-greeting')?.renderRoot.textContent ?? '';
    const { height } = header.getBoundingClientRect();
    expect(height).to.be.greaterThan(100);
    expect(words().trim()).to.equal('');
    await opened.welcome(sampleSnapshot({ availability }));
    expect(header.renderRoot.querySelectorAll('.faces .disc')).to.have.length(2);
    expect(header.getBoundingClientRect().height).to.be.closeTo(height, 1);
    expect(words()).to.contain('We are away right now.');
  });

  it('says who answers while somebody does off hours, moves nothing for it, and says again later when they are back', async () => {
    const opened = await openPanel();
    const changesAt = onShortDay();
    const conversation = sampleVisitorConversation({ publicSeq: 1 });
    // Their clock may be hours off: what was written long ago can look new, and what is new old.
    const asked = samplePart(1, 'Back tomorrow!', { author: ada, createdAt: new Date().toISOString() });
    opened.client.threads.set(conversation.id, [asked]);
    await opened.welcome(sampleSnapshot({ availability: { open: false, changesAt }, conversations: [conversation] }));
    const header = opened.panel.renderRoot.querySelector('parlour-widget-header')!;
    const hours = (): HTMLElement => header.renderRoot.querySelector('[part=hours]') as HTMLElement;
    await until(() => opened.panel.chat?.threadOf(conversation.id).thread.loaded, 'the thread is here');
    await opened.settle();
    expect(hours().textContent).to.match(/^Back .+, in (48 hours|[2-6] days)$/);
    // Too narrow for all of that.
    header.style.inlineSize = '260px';
    const { height } = header.getBoundingClientRect();
    opened.client.hearSignal({
      type: 'signal',
      name: 'typing',
      conversationId,
      from: { kind: 'teammate', id: ben.id },
    });
    await until(() => hours().textContent === 'Ben is answering', 'who writes is there');
    const createdAt = new Date(Date.now() - 3 * 3_600_000).toISOString();
    opened.client.hearPart({ ...samplePart(2, 'I am.'), author: { ...ben, name: 'Benedict' }, createdAt });
    opened.client.hearPart({ ...samplePart(3, 'We answer soon.'), author: { kind: 'workspace' }, createdAt });
    await opened.settle();
    // By the name they have now.
    expect(hours().textContent).to.equal('Ben is answering');
    expect(hours().className).to.equal('hours open');
    expect(header.getBoundingClientRect().height).to.equal(height);
    await expectAccessible(opened.host);
    opened.panel.now = Date.now() + 4 * 60_000;
    await opened.settle();
    expect(hours().textContent).to.match(/^Back /);
    opened.panel.now = Date.now();
    opened.client.hearPart({ ...samplePart(4, 'Me too.'), author: ada, createdAt });
    await until(() => hours().textContent === 'Ada is answering', 'who has written is there');
    opened.client.hearConversation({ ...conversation, publicSeq: 4, status: 'closed' }, 'conversation.closed');
    opened.client.hearConversation({ ...conversation, publicSeq: 4 }, 'conversation.reopened');
    await until(() => hours().textContent?.startsWith('Back '), 'who has closed it may have gone');
  });

  it('is accessible as a list of conversations, the last one first, with what is new marked', async () => {
    const opened = await openPanel();
    const older = sampleVisitorConversation({
      id: sampleId(71),
      lastMessage: { preview: 'Older', authorKind: 'teammate', at: '2026-03-01T08:00:00.000Z' },
      publicSeq: 2,
    });
    await opened.welcome(sampleSnapshot({ conversations: [older, sampleVisitorConversation()] }));
    await until(() => opened.panel.renderRoot.querySelector('parlour-widget-home')?.shadowRoot, 'the list is here');
    await opened.settle();
    const rows = [
      ...(opened.panel.renderRoot.querySelector('parlour-widget-home')?.renderRoot.querySelectorAll('li:has(button)') ??
        []),
    ];
    expect(rows.map((row) => row.textContent?.includes('New'))).to.deep.equal([false, true]);
    await expectAccessible(opened.host);
    rows[1]?.querySelector('button')?.click();
    await opened.settle();
    expect(opened.thread.conversationId).to.equal(sampleId(71));
  });

  it('goes straight to the only conversation', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(talk);
    expect(opened.thread.conversationId).to.equal(conversationId);
    expect(opened.bubbles).to.deep.equal(['Is the mug dishwasher safe?', 'It is!', 'Let it cool first.']);
  });

  it('calls a teammate by the name they have now, also on what they wrote before', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(talk);
    const names = (): (string | null)[] =>
      [...opened.thread.renderRoot.querySelectorAll('.messages .theirs .name')].map(({ textContent }) => textContent);
    expect(names()).to.deep.equal(['Ada']);
    const conversation = sampleVisitorConversation({ publicSeq: 3, readSeq: 3 });
    const team = [{ id: ada.id, name: 'Augusta', available: true }];
    opened.client.welcome(sampleSnapshot({ conversations: [conversation], team }), true);
    await until(() => names().join() === 'Augusta', 'the name is another');
    expect(opened.thread.renderRoot.querySelector('.messages')?.textContent).not.to.contain('Ada');
    expect(opened.bubbles).to.have.length(3);
  });

  it('focuses the field when it opens, closes at Escape, and gives the focus back', async () => {
    const opened = await openPanel();
    expect(opened.composer.renderRoot.querySelector(':focus')).to.equal(opened.field);
    opened.field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await opened.settle();
    expect(opened.panel.open).to.equal(false);
    expect(opened.root.activeElement).to.equal(opened.launcher);
    expect(opened.launcher.getAttribute('aria-expanded')).to.equal('false');
  });

  it('says its name and its hours each on a line, whoever is there and whichever way the chat reads', async () => {
    const opened = await openPanel({ name: 'Kilnmere & Daughters' });
    const team = [1, 2, 3].map((number) => ({ id: sampleId(20 + number), name: `Ada ${number}`, available: false }));
    const changesAt = onShortDay();
    const conversation = sampleVisitorConversation();
    opened.client.threads.set(conversation.id, [samplePart(1, 'Hello')]);
    await opened.welcome(
      sampleSnapshot({ team, availability: { open: false, changesAt }, conversations: [conversation] }),
    );
    const header = opened.panel.renderRoot.querySelector('parlour-widget-header')!;
    const part = (name: string): HTMLElement => header.shadowRoot?.querySelector(`[part=${name}]`) as HTMLElement;
    await until(() => header.shadowRoot?.querySelectorAll('.avatar').length === 1, 'there is a face, and no crowd');
    for (const direction of ['ltr', 'rtl']) {
      (opened.panel.renderRoot.querySelector('.card') as HTMLElement).dir = direction;
      expect(part('hours').getBoundingClientRect().height).to.be.lessThan(24);
      const [name, hours] = [part('name').getBoundingClientRect(), part('hours').getBoundingClientRect()];
      expect(name.height).to.be.lessThan(30);
      const side = direction === 'ltr' ? 'left' : 'right';
      expect(Math.abs(name[side] - hours[side]), direction).to.be.lessThan(1);
    }
  });

  it('leaves Escape to an input method', async () => {
    const opened = await openPanel();
    opened.field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, isComposing: true }),
    );
    expect(opened.panel.open).to.equal(true);
  });

  it('survives being moved in the page', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(talk);
    const place = document.createElement('div');
    document.body.append(place);
    place.append(opened.host);
    opened.client.hearPart(samplePart(4, 'Still there?', { author: ada }));
    await opened.settle();
    expect(opened.bubbles.at(-1)).to.equal('Still there?');
    expect(opened.client.closed).to.equal(0);
    opened.host.remove();
    place.remove();
  });

  it('counts what is unread on the launcher, and says that it is read when it is seen', async () => {
    const opened = await openPanel();
    const heard: number[] = [];
    const parlour = window.Parlour?.widgets?.[sampleConfiguration().key];
    parlour?.on('unread', ({ detail }) => heard.push(detail));
    await opened.welcomeWith(talk);
    parlour?.close();
    await opened.settle();
    opened.client.hearPart(samplePart(4, 'One more thing', { author: ada }), 3);
    await opened.settle();
    expect(opened.root.querySelector('i')?.textContent).to.equal('1');
    expect(opened.launcher.getAttribute('aria-label')).to.equal('Open chat, 1 unread');
    expect(parlour?.unreadCount).to.equal(1);
    expect(opened.client.commands.some(({ name }) => name === 'conversation.markRead')).to.equal(false);
    await parlour?.open();
    await opened.settle();
    await until(() => opened.client.commands.some(({ name }) => name === 'conversation.markRead'), 'it is seen');
    expect(opened.client.last('conversation.markRead').input).to.deep.equal({ conversationId, seq: 4 });
    opened.client.last('conversation.markRead').resolve({ readSeq: 4 });
    await until(() => parlour?.unreadCount === 0, 'nothing is unread');
    expect(heard).to.deep.equal([1, 0]);
  });

  it('remembers in the browser that there is a conversation, with a token it made itself', async () => {
    const opened = await openPanel();
    await opened.welcome();
    const record = localStorage.getItem('parlour:ch_sample') as string;
    expect(tokenIn(record)).to.match(/^pv_[A-Za-z0-9_-]{43}$/);
    expect(visitorRecord('ch_sample')).to.equal(record);
    opened.client.hearPart(samplePart(1, 'Hello'));
    expect(localStorage.getItem('parlour:ch_sample')).to.equal(`${record}+`);
    expect(visitorRecord('ch_sample')).to.equal(record);
  });
});
