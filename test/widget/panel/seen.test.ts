import type { VisitorPart } from '../../../shared/contract/part.ts';
import { afterEach, describe, expect, it, until } from '../../page.ts';
import { ada, conversationId, samplePart, sampleSnapshot, sampleVisitorConversation } from '../sample.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

const fromAda = (count: number, words = 'Message'): VisitorPart[] =>
  Array.from({ length: count }, (_, index) => samplePart(index + 1, `${words} ${index + 1}`, { author: ada }));

const list = ({ thread }: OpenPanel): HTMLElement => thread.renderRoot.querySelector('.scroll') as HTMLElement;

/** How far the server was told that the visitor has read, in order. */
const marks = ({ client }: OpenPanel): number[] =>
  client.commands.filter(({ name }) => name === 'conversation.markRead').map(({ input }) => input['seq'] as number);

/** The numbers of the messages of which the visitor sees the end. @param slack so many CSS pixels of it may lie beyond */
function ended(opened: OpenPanel, slack = 1): number[] {
  const view = list(opened).getBoundingClientRect();
  return [...list(opened).querySelectorAll('.messages > div')]
    .filter((row) => {
      const { bottom } = row.getBoundingClientRect();
      return bottom > view.top && bottom <= Math.min(view.bottom, innerHeight) + slack;
    })
    .map((row) => Number(/\d+/.exec(row.querySelector('.bubble')?.textContent ?? '')?.[0]));
}

/** How far below the top of what is in sight a message stands, in CSS pixels. */
function below(opened: OpenPanel, number: number): number {
  const bubbles = [...list(opened).querySelectorAll('.messages .bubble')];
  const bubble = bubbles.find(({ textContent }) => Number(/\d+/.exec(textContent)?.[0]) === number);
  return (bubble?.getBoundingClientRect().top ?? NaN) - list(opened).getBoundingClientRect().top;
}

/** Until what is in sight, and no more, is told. */
/** Rows that come above move the others by parts of a pixel: one that ends where the list does may have been in sight before that. */
const untilTold = (opened: OpenPanel, sentence: string): Promise<void> =>
  until(() => {
    const told = marks(opened).at(-1) ?? -1;
    return told >= ended(opened, 0).at(-1)! && told <= ended(opened, 2).at(-1)!;
  }, sentence);

function turn(visibility: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
  document.dispatchEvent(new Event('visibilitychange'));
}

const ownTimeout = globalThis.setTimeout;

/** What is told at most once a second is not told by that second being over: it never is. */
function holdSeconds(): void {
  globalThis.setTimeout = ((run: () => void, ms?: number) => ownTimeout(ms === 1000 ? () => {} : run, ms)) as never;
}

/** Scrolls to more than was told yet. @returns how far that is */
async function readOn(opened: OpenPanel): Promise<number> {
  await opened.welcomeWith(fromAda(60), 5);
  await until(() => marks(opened).length > 0, 'the first screenful is told');
  list(opened).scrollTop += 300;
  await new Promise((resolve) => list(opened).addEventListener('scroll', resolve, { once: true }));
  await until(() => ended(opened).length > 3, 'what was scrolled to is drawn');
  const last = ended(opened).at(-1)!;
  expect(last).to.be.above(marks(opened).at(-1)!);
  return last;
}

afterEach(() => {
  Reflect.deleteProperty(document, 'visibilityState');
  globalThis.setTimeout = ownTimeout;
});

describe('what a visitor has seen', () => {
  it('is what was in sight and nothing below it, and never less than before', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(fromAda(60), 35);
    await untilTold(opened, 'the first screenful is told');
    expect(marks(opened).at(-1)).to.be.within(37, 50);
    list(opened).scrollTop += 200;
    await untilTold(opened, 'what was scrolled to is told');
    const furthest = marks(opened).at(-1)!;
    expect(furthest).to.be.within(38, 55);
    list(opened).scrollTop = 0;
    await until(() => below(opened, 15) > 0, 'what is older is in sight');
    list(opened).scrollTop = list(opened).scrollHeight;
    await until(() => marks(opened).at(-1) === 60, 'all of it was seen');
    expect(marks(opened)).to.deep.equal([...marks(opened)].sort((one, other) => one - other));
    expect(new Set(marks(opened)).size).to.equal(marks(opened).length);
  });

  it('is told of someone who goes on reading about once a second', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(fromAda(60), 5);
    await until(() => marks(opened).length > 0, 'the first screenful is told');
    const begun = performance.now();
    while (ended(opened).at(-1) !== 60) {
      list(opened).scrollTop += 60;
      await new Promise((resolve) => list(opened).addEventListener('scroll', resolve, { once: true }));
      await until(() => ended(opened).length > 3, 'what was scrolled to is drawn');
    }
    await until(() => marks(opened).at(-1) === 60, 'the end is told');
    expect(marks(opened)).to.have.length.at.most(3 + (performance.now() - begun) / 1000);
  });

  it('is all of what fits, at once, and what comes while it is in sight', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(fromAda(4), 1);
    await until(() => marks(opened).length > 0, 'it is told');
    expect(marks(opened)).to.deep.equal([4]);
    opened.client.hearPart(samplePart(5, 'Message 5', { author: ada }), 1);
    await opened.settle();
    await until(() => marks(opened).at(-1) === 5, 'it is told');
  });

  it('is not what comes below while the visitor reads further up, until they go to it', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(fromAda(60));
    list(opened).scrollTop = 900;
    await until(() => ended(opened).length > 3 && ended(opened).at(-1)! < 50, 'what is there is drawn');
    opened.client.hearPart(samplePart(61, 'Message 61', { author: ada }), 60);
    await opened.settle();
    expect(marks(opened)).to.deep.equal([]);
    expect(opened.root.querySelector('i')?.textContent).to.equal('1');
    opened.thread.renderRoot.querySelector<HTMLButtonElement>('.news')?.click();
    await until(() => marks(opened).join() === '61', 'it was seen');
  });

  it('is of a message longer than the view its end, or as much of it as fits', async () => {
    const opened = await openPanel();
    const long = samplePart(2, `Message 2 ${'goes on and on '.repeat(400)}`, { author: ada });
    await opened.welcomeWith([samplePart(1, 'Hello'), long, samplePart(3, 'Message 3', { author: ada })], 1);
    await until(() => below(opened, 2) > 0, 'it begins with it');
    const row = [...list(opened).querySelectorAll('.messages > div')].at(1)!;
    const above = (): number => list(opened).getBoundingClientRect().top - row.getBoundingClientRect().top;
    expect(row.getBoundingClientRect().height).to.be.greaterThan(list(opened).clientHeight * 2);
    expect(above()).to.be.lessThan(0);
    expect(marks(opened)).to.deep.equal([]);
    list(opened).scrollTop += 100 + above();
    await until(() => marks(opened).join() === '2', 'a screenful of it was seen');
    expect(above()).to.be.within(0, 150);
  });

  it('is nothing in a page that nobody looks at, and what came there is where they go on', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(fromAda(20));
    turn('hidden');
    for (let seq = 21; seq <= 50; seq += 1) {
      opened.client.hearPart(samplePart(seq, `Message ${seq}`, { author: ada }), 20);
    }
    await opened.settle();
    expect(marks(opened)).to.deep.equal([]);
    turn('visible');
    await opened.settle();
    expect(below(opened, 21)).to.be.within(0, 80);
    await untilTold(opened, 'the first screenful is told');
    expect(marks(opened).at(-1)).to.be.below(40);
  });

  it('is told at once when they stop looking', async () => {
    for (const leave of [
      (opened: OpenPanel) => opened.launcher.click(),
      () => turn('hidden'),
      ({ panel }: OpenPanel) => panel.remove(),
      () => Object.values(window.Parlour?.widgets ?? {})[0]?.destroy(),
    ]) {
      const opened = await openPanel();
      holdSeconds();
      const last = await readOn(opened);
      leave(opened);
      await until(() => marks(opened).includes(last), 'it is told');
      globalThis.setTimeout = ownTimeout;
      Reflect.deleteProperty(document, 'visibilityState');
      for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
    }
  });

  it('is told where the page is left, before its line goes', async () => {
    const opened = await openPanel();
    const told: number[] = [];
    const goAway = (): void => void told.push(...marks(opened));
    // The line listens from when it is opened: before there is a thread.
    addEventListener('pagehide', goAway);
    holdSeconds();
    const last = await readOn(opened);
    dispatchEvent(new Event('pagehide'));
    removeEventListener('pagehide', goAway);
    expect(told.at(-1)).to.equal(last);
  });

  it('is not what a page’s own part has below the window', async () => {
    const opened = await openPanel();
    const space = document.createElement('div');
    space.style.blockSize = '3000px';
    document.body.append(space, opened.host);
    opened.panel.inline = true;
    opened.host.style.cssText = 'all:initial;display:block;block-size:640px';
    opened.panel.style.cssText = 'position:static;display:block';
    scrollTo(0, 0);
    await opened.settle();
    await opened.welcomeWith(fromAda(4), 1);
    expect(list(opened).getBoundingClientRect().top).to.be.greaterThan(innerHeight);
    expect(marks(opened)).to.deep.equal([]);
    opened.panel.scrollIntoView();
    await until(() => marks(opened).at(-1) === 4, 'it was seen');
    space.remove();
  });

  it('is not what a box of the page’s has scrolled away', async () => {
    const opened = await openPanel();
    const box = document.createElement('div');
    box.style.cssText = 'block-size:300px;overflow:auto';
    const space = document.createElement('div');
    space.style.blockSize = '320px';
    document.body.prepend(box);
    box.append(space, opened.host);
    opened.panel.inline = true;
    opened.host.style.cssText = 'all:initial;display:block;block-size:500px';
    opened.panel.style.cssText = 'position:static;display:block;block-size:500px;max-block-size:none';
    scrollTo(0, 0);
    await opened.settle();
    await opened.welcomeWith(fromAda(60), 1);
    await new Promise((resolve) => new IntersectionObserver(resolve).observe(opened.thread));
    expect(list(opened).getBoundingClientRect().top).to.be.within(300, innerHeight - 100);
    expect(marks(opened)).to.deep.equal([]);
    const shown = (slack: number): number =>
      [...list(opened).querySelectorAll('.messages > div')]
        .filter((row) => row.getBoundingClientRect().bottom <= box.getBoundingClientRect().bottom + slack)
        .map((row) => Number(/\d+/.exec(row.querySelector('.bubble')?.textContent ?? '')?.[0]))
        .at(-1)!;
    box.scrollTop = 320;
    await until(() => {
      const told = marks(opened).at(-1) ?? -1;
      return told >= shown(0) && told <= shown(2);
    }, 'what is in sight is told');
    expect(shown(2)).to.be.below(ended(opened).at(-1)!);
    box.remove();
  });
});

describe('a visitor who comes back', () => {
  const coming = async (count: number, read: number): Promise<OpenPanel> => {
    const opened = await openPanel();
    await opened.welcomeWith(fromAda(count), read);
    return opened;
  };

  it('goes on with the first message they have not read, however many pages of history that is', async () => {
    for (const unread of [80, 330]) {
      const opened = await coming(400, 400 - unread);
      const first = 400 - unread + 1;
      expect(below(opened, first)).to.be.within(0, 80);
      await untilTold(opened, 'the first screenful is told');
      expect(marks(opened).at(-1)).to.be.within(first, first + 20);
      expect(opened.thread.renderRoot.querySelector('.news')?.textContent).to.contain('New messages');
      for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
    }
  });

  it('sees nothing jump while what is older comes', async () => {
    const opened = await coming(2000, 1300);
    const before = below(opened, 1501);
    await until(() => opened.thread.thread.thread.parts.length > 500, 'what is older is here');
    await opened.settle();
    expect(Math.abs(below(opened, 1501) - before)).to.be.lessThan(2);
  });

  it('does not wait for all of ten thousand', async () => {
    const opened = await coming(2000, 0);
    const asked = opened.client.queries.filter(({ name }) => name === 'conversation.parts');
    // The last is for what stands above where they begin.
    expect(asked.map(({ input }) => input['limit'])).to.deep.equal([200, 200, 100, 50]);
    expect(below(opened, 1501)).to.be.within(0, 120);
  });

  it('goes on there also when the server wants everything read anew', async () => {
    const opened = await coming(60, 60);
    opened.client.threads.set(conversationId, fromAda(150));
    const { snapshot } = opened.client;
    const conversation = sampleVisitorConversation({ publicSeq: 150, readSeq: 60 });
    await opened.welcome({ ...snapshot!, conversations: [conversation] });
    await until(() => opened.thread.thread.thread.head === 150, 'it is read anew');
    await opened.settle();
    expect(below(opened, 61)).to.be.within(0, 80);
  });

  it('finds nothing of what was before, where the server wants that in the midst of many pages', async () => {
    const opened = await openPanel();
    const pages = (): typeof opened.client.queries =>
      opened.client.queries.filter(({ name }) => name === 'conversation.parts');
    const welcome = (publicSeq: number, readSeq: number): Promise<void> =>
      opened.welcome(sampleSnapshot({ conversations: [sampleVisitorConversation({ publicSeq, readSeq })] }));
    await welcome(300, 0);
    await until(() => pages().length === 1, 'the first page is asked for');
    pages()[0]!.resolve({ parts: fromAda(300).slice(100), more: true });
    await until(() => pages().length === 2, 'the next one is');
    opened.client.threads.set(conversationId, fromAda(20, 'Restored'));
    await welcome(20, 20);
    pages()[1]!.resolve({ parts: fromAda(100), more: false });
    await until(() => opened.thread?.thread.thread.loaded, 'the thread is shown');
    await opened.settle();
    expect(opened.thread.thread.thread.parts).to.deep.equal(fromAda(20, 'Restored'));
  });
});
