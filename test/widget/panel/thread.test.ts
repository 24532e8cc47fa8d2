import { spoken } from '../../../shared/ui/language.ts';
import { describe, expect, it, until } from '../../page.ts';
import { ada, ben, conversationId, samplePart, sampleVisitorConversation } from '../sample.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

const many = Array.from({ length: 120 }, (_, index) =>
  samplePart(index + 1, `Message ${index + 1}`, index % 3 ? { author: ada } : {}),
);

const list = (opened: OpenPanel): HTMLElement => opened.thread.renderRoot.querySelector('.scroll') as HTMLElement;
const fromEnd = (element: HTMLElement): number => element.scrollHeight - element.scrollTop - element.clientHeight;

const said = (opened: OpenPanel): (string | null)[] =>
  [...opened.thread.renderRoot.querySelectorAll('.said p')].map((line) => line.textContent);

describe('the thread', () => {
  it('begins with the greeting, and groups what one person writes under one name', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([
      samplePart(1, 'Hello'),
      samplePart(2, 'Good morning', { author: ada }),
      samplePart(3, 'How can I help?', { author: ada }),
      samplePart(4, 'I can, too', { author: ben }),
    ]);
    const { renderRoot } = opened.thread;
    expect(renderRoot.querySelector('.bubble')?.textContent).to.equal('Hello! How can we help?');
    const names = [...renderRoot.querySelectorAll('.messages .name')].map((name) => name.textContent);
    expect(names).to.deep.equal(['Ada', 'Ben']);
    // Each bubble says who wrote it to those who hear it alone.
    const said = [...renderRoot.querySelectorAll('.messages .column > .visually-hidden')].map((who) => who.textContent);
    expect(said).to.deep.equal(['You:', 'Ada:', 'Ada:', 'Ben:']);
  });

  it('separates days', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([
      samplePart(1, 'Hello', { createdAt: '2025-03-09T12:00:00.000Z' }),
      samplePart(2, 'Again', { createdAt: '2025-03-10T12:00:00.000Z' }),
      samplePart(3, 'And again', { createdAt: '2025-03-10T13:00:00.000Z' }),
    ]);
    expect(opened.thread.renderRoot.querySelectorAll('.day')).to.have.length(2);
  });

  it('says days in another language when the page chooses one meanwhile', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([samplePart(1, 'Hello', { createdAt: '2025-03-10T12:00:00.000Z' })]);
    const day = (): string => opened.thread.renderRoot.querySelector('.day')?.textContent ?? '';
    const before = { ...spoken };
    try {
      Object.assign(spoken, { language: 'en', locale: 'en-GB' });
      opened.thread.requestUpdate();
      await opened.settle();
      expect(day()).to.contain('March');
      Object.assign(spoken, { language: 'de', locale: 'de-DE' });
      opened.thread.requestUpdate();
      await opened.settle();
      expect(day()).to.contain('März');
    } finally {
      Object.assign(spoken, before);
    }
  });

  it('stands at its end, loads what is older when scrolled up, and does not jump', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(many);
    await until(() => fromEnd(list(opened)) < 2, 'it stands at its end');
    const held = (): number => opened.thread.thread.thread.parts.length;
    // The last page also brings the greeting, and takes the sign away that there is more.
    for (const count of [50, 100]) {
      expect(held()).to.equal(count);
      list(opened).scrollTop = 100;
      const inSight = (): HTMLElement | undefined =>
        [...opened.thread.renderRoot.querySelectorAll<HTMLElement>('.messages .bubble')].find(
          (bubble) => bubble.getBoundingClientRect().bottom > list(opened).getBoundingClientRect().top,
        );
      const first = count === 50 ? 'Message 7' : 'Message 2';
      await until(() => inSight()?.textContent?.startsWith(first), 'the first of the page is drawn');
      const row = inSight() as HTMLElement;
      // Within the list: the panel itself may still be on its way in.
      const place = (): number => row.getBoundingClientRect().top - list(opened).getBoundingClientRect().top;
      const before = place();
      await until(() => held() > count, 'what is older is here');
      await opened.settle();
      await new Promise((resolve) => requestAnimationFrame(resolve));
      expect(row.isConnected).to.equal(true);
      expect(Math.abs(place() - before)).to.be.lessThan(2);
    }
    expect(held()).to.equal(120);
    list(opened).scrollTop = 0;
    await until(() => opened.bubbles[0] === 'Message 1', 'the first message is drawn');
    expect(said(opened)).to.deep.equal([]);
  });

  it('draws of many messages those in sight, without a jump as they come and go, and keeps the one with the focus', async () => {
    const opened = await openPanel();
    const long = Array.from({ length: 180 }, (_, index) =>
      samplePart(index + 1, `Message ${index + 1} ${'and more '.repeat((index * 7) % 40)}`, {
        createdAt: new Date(Date.UTC(2026, 0, 1, 0, index * 3)).toISOString(),
        ...(index % 3 ? { author: ada } : {}),
      }),
    );
    await opened.welcomeWith(long);
    const scrolled = () => new Promise((resolve) => list(opened).addEventListener('scroll', resolve, { once: true }));
    const bubbles = (): HTMLElement[] => [
      ...opened.thread.renderRoot.querySelectorAll<HTMLElement>('.messages .bubble'),
    ];
    while (opened.thread.thread.thread.more) {
      const { length } = opened.thread.thread.thread.parts;
      list(opened).scrollTop = 0;
      await until(() => opened.thread.thread.thread.parts.length > length, 'what is older is here');
      await opened.settle();
      expect(bubbles()).to.have.length.lessThan(60);
    }
    list(opened).scrollTop = list(opened).scrollHeight;
    await until(() => bubbles().at(-1)?.textContent?.startsWith('Message 180'), 'the newest is drawn');
    for (let step = 0; step < 12; step += 1) {
      const { top, bottom } = list(opened).getBoundingClientRect();
      // Rows beyond what is in sight are drawn in tasks of their own, of which a slow machine may get none between two frames.
      await until(() => bubbles()[0]!.getBoundingClientRect().top < top - 137, 'what comes next is drawn');
      const [row] = bubbles().filter((bubble) => bubble.getBoundingClientRect().bottom > top + 150);
      const before = row!.getBoundingClientRect().top;
      list(opened).scrollTop -= 137;
      await scrolled();
      expect(row!.isConnected).to.equal(true);
      expect(Math.abs(row!.getBoundingClientRect().top - before - 137)).to.be.lessThan(2);
      expect(bubbles()[0]!.getBoundingClientRect().top).to.be.lessThan(top + 40);
      expect(bubbles().at(-1)!.getBoundingClientRect().bottom).to.be.greaterThan(bottom - 80);
      expect(bubbles()).to.have.length.lessThan(60);
    }
    const held = bubbles()[4]!;
    held.tabIndex = -1;
    held.focus();
    list(opened).scrollTop = 0;
    await until(() => bubbles()[0]?.textContent?.startsWith('Message 1 '), 'the first is drawn');
    expect((opened.thread.renderRoot as ShadowRoot).activeElement === held).to.equal(true);
    expect(bubbles().at(-1) === held).to.equal(true);
  });

  it('stays at its end when a message comes, and announces it once', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(many);
    opened.client.hearPart(samplePart(121, 'The newest', { author: ada }));
    await opened.settle();
    await until(() => fromEnd(list(opened)) < 2, 'it stands at its end');
    expect(said(opened)).to.deep.equal(['Ada: The newest']);
    opened.client.hearPart(samplePart(122, 'The very newest', { author: ada }));
    await opened.settle();
    expect(said(opened)).to.deep.equal(['Ada: The very newest']);
    // What is heard by itself is not heard again as a change of the list.
    expect(list(opened).getAttribute('aria-live')).to.equal('off');
    expect(opened.thread.renderRoot.querySelector('.news')).to.equal(null);
  });

  it('stays at its end when the composer gives room back and what was sent grows while it is drawn', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(many);
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const tray = document.createElement('div');
    tray.style.cssText = 'flex:none;block-size:130px';
    opened.composer.before(tray);
    await until(() => fromEnd(list(opened)) < 2, 'it stands at its end above the tray');
    await frame();
    tray.remove();
    // The scroll that this makes is heard before the growth is.
    void list(opened).scrollTop;
    const late = document.createElement('div');
    late.style.cssText = 'block-size:300px';
    opened.thread.renderRoot.querySelector('.messages > :last-child')?.append(late);
    await frame();
    await frame();
    await until(() => fromEnd(list(opened)) < 2, 'it stands at its end after that');
    late.style.blockSize = '700px';
    await frame();
    await until(() => fromEnd(list(opened)) < 2, 'it stays there as more grows');
  });

  it('begins at the first unread message where more is unread than fits', async () => {
    const opened = await openPanel();
    const coming = Array.from({ length: 60 }, (_, index) =>
      samplePart(index + 1, `Message ${index + 1}`, { author: ada }),
    );
    await opened.welcomeWith(coming, 35);
    const below = (words: string): number => {
      const bubbles = [...opened.thread.renderRoot.querySelectorAll('.messages .bubble')];
      const bubble = bubbles.find(({ textContent }) => textContent === words);
      return (bubble?.getBoundingClientRect().top ?? NaN) - list(opened).getBoundingClientRect().top;
    };
    await until(() => below('Message 36') >= 0 && below('Message 36') < 80, 'the first unread one is near the top');
    expect(opened.thread.renderRoot.querySelector('.news')?.textContent).to.contain('New messages');
    list(opened).scrollTop = list(opened).scrollHeight;
    await until(() => !opened.thread.renderRoot.querySelector('.news'), 'all of them were seen');

    opened.launcher.click();
    await until(() => !opened.panel.open, 'the panel is closed');
    for (let seq = 61; seq <= 90; seq += 1) opened.client.hearPart(samplePart(seq, `Message ${seq}`, { author: ada }));
    opened.client.hearConversation(sampleVisitorConversation({ publicSeq: 90, readSeq: 60 }), 'conversation.read');
    await opened.settle();
    opened.launcher.click();
    await until(() => below('Message 61') >= 0 && below('Message 61') < 80, 'they go on where they had read to');
  });

  it('says of the newest own message that it was sent, and that somebody has seen it', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([samplePart(1, 'Hello'), samplePart(2, 'Anybody?')]);
    expect(opened.statuses.map((status) => status.replace(/^.*(?:\s|[AP]M)/s, ''))).to.deep.equal(['Sent', 'Sent']);
    expect(said(opened)).to.deep.equal([]);
    const conversation = sampleVisitorConversation({ publicSeq: 2, readSeq: 2, teamReadSeq: 2 });
    opened.client.hearConversation(conversation, 'conversation.read');
    await opened.settle();
    expect(opened.statuses.map((status) => status.replace(/^.*(?:\s|[AP]M)/s, ''))).to.deep.equal(['Seen', 'Seen']);
    expect(said(opened)).to.deep.equal(['Seen']);
    await opened.send('One more thing');
    opened.client.hearPart(samplePart(3, 'One more thing', { id: opened.client.last('conversation.reply').id }));
    await opened.settle();
    opened.client.hearConversation({ ...conversation, publicSeq: 3 }, 'conversation.read');
    await opened.settle();
    expect(opened.statuses.map((status) => status.replace(/^.*(?:\s|[AP]M)/s, ''))).to.deep.equal([
      'Seen',
      'Seen',
      'Sent',
    ]);
    expect(said(opened)).to.deep.equal(['Sent']);
  });

  it('does not move somebody who reads further up, but says that there is something new', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(many);
    const drawn = (): Element[] => [...list(opened).querySelectorAll('.bubble')];
    // Before and after the list's own listener: the browser's part of the frame that shows the leap is long enough by itself.
    let before: Element[] = [];
    let drawnAtOnce: Element[] = [];
    opened.thread.renderRoot.addEventListener('scroll', () => (before = drawn()), { once: true, capture: true });
    list(opened).addEventListener('scroll', () => (drawnAtOnce = drawn()), { once: true });
    list(opened).scrollTop = 900;
    const { top, bottom } = list(opened).getBoundingClientRect();
    const inSight = (row: Element): boolean =>
      row.getBoundingClientRect().top > top + 50 && row.getBoundingClientRect().bottom < bottom;
    const leapt = (): boolean => before.length > 0;
    // It may be there before the leap is heard: rows that were still to be drawn when the list was made are drawn where it stands by then.
    await until(() => leapt() && drawn().some(inSight), 'what is there is drawn');
    expect(drawnAtOnce).to.deep.equal(before);
    const read = drawn().find(inSight)!;
    const place = read.getBoundingClientRect().top;
    opened.client.hearPart(samplePart(121, 'The newest', { author: ada }));
    await opened.settle();
    // Rows beyond what is in sight are drawn a little later: that, too, moves nothing.
    const drawnBelow = (): number =>
      drawn().at(-1)!.getBoundingClientRect().bottom - list(opened).getBoundingClientRect().bottom;
    await until(() => drawnBelow() > 300, 'what comes next is drawn');
    expect(Math.abs(read.getBoundingClientRect().top - place)).to.be.lessThan(2);
    const news = opened.thread.renderRoot.querySelector<HTMLButtonElement>('.news');
    expect(news?.textContent).to.contain('New messages');
    news?.click();
    await opened.settle();
    expect(fromEnd(list(opened))).to.be.lessThan(16);
    expect(opened.thread.renderRoot.querySelector('.news')).to.equal(null);
  });

  it('is drawn anew for a reader who is further up when everything is read anew', async () => {
    const opened = await openPanel();
    const long = Array.from({ length: 180 }, (_, index) => samplePart(index + 1, `Message ${index + 1}`));
    await opened.welcomeWith(long);
    while (opened.thread.thread.thread.more) {
      const { length } = opened.thread.thread.thread.parts;
      list(opened).scrollTop = 0;
      await until(() => opened.thread.thread.thread.parts.length > length, 'what is older is here');
      await opened.settle();
    }
    list(opened).scrollTop = list(opened).scrollHeight * 0.45;
    await until(() => opened.bubbles.some((text) => /Message [6-9]\d$/.test(text)), 'the middle is drawn');
    // The newest come, and what was read is not among them.
    await opened.welcomeWith(long);
    await until(() => opened.bubbles.length > 3 && !/Message \d\d?$/.test(opened.bubbles[0]!), 'the newest are drawn');
    // With the page before them, if they were shown near its end.
    expect(Number(opened.bubbles[0]!.slice('Message '.length))).to.be.greaterThan(80);
    expect(opened.thread.thread.thread.parts.at(-1)!.publicSeq).to.equal(180);
  });

  it('shows messages where it is put when it is moved', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(many);
    const inSight = (): boolean =>
      [...list(opened).querySelectorAll('.bubble')].some((bubble) => {
        const [one, all] = [bubble.getBoundingClientRect(), list(opened).getBoundingClientRect()];
        return one.bottom > all.top && one.top < all.bottom;
      });
    const { thread } = opened;
    thread.parentElement!.append(thread);
    expect(inSight()).to.equal(true);
    expect(fromEnd(list(opened))).to.be.lessThan(2);
    list(opened).scrollTop = 900;
    await until(inSight, 'what is there is drawn');
    thread.parentElement!.append(thread);
    expect(inSight()).to.equal(true);
  });

  it('shows nothing beyond a gap until the gap is filled', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([samplePart(1, 'One')]);
    opened.client.threads.set(conversationId, [
      samplePart(1, 'One'),
      samplePart(2, 'Two', { author: ada }),
      samplePart(3, 'Three', { author: ada }),
    ]);
    opened.client.hearPart(samplePart(3, 'Three', { author: ada }));
    expect(opened.client.queries.at(-1)?.input).to.include({ conversationId, after: 1 });
    await until(() => opened.bubbles.length === 3, 'the gap is filled');
    expect(opened.bubbles).to.deep.equal(['One', 'Two', 'Three']);
  });

  it('says when it could not be loaded, and tries again', async () => {
    const opened = await openPanel();
    const { refusal } = await import('../fake-visitor-client.ts');
    const { sampleSnapshot } = await import('../sample.ts');
    await opened.welcome(sampleSnapshot({ conversations: [sampleVisitorConversation()] }));
    opened.client.queries.at(-1)?.reject(refusal('The server is resting.'));
    await opened.settle();
    const alert = opened.thread.renderRoot.querySelector('[role=alert]');
    expect(alert?.textContent).to.contain('The server is resting.');
    opened.client.threads.set(conversationId, [samplePart(1, 'Hello')]);
    alert?.querySelector('button')?.click();
    await until(() => opened.bubbles.length === 1, 'the thread is shown');
  });

  it('keeps unsent messages when the server wants everything read anew', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([samplePart(1, 'Hello')]);
    await opened.send('Not yet there');
    await opened.welcomeWith([samplePart(1, 'Hello'), samplePart(2, 'Meanwhile', { author: ada })]);
    await until(() => opened.bubbles.length === 3, 'all are shown');
    expect(opened.bubbles).to.deep.equal(['Hello', 'Meanwhile', 'Not yet there']);
  });
});
