import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { HeardTab } from '../../../widget/panel/attention/heard-tab.ts';
import { afterEach, describe, expect, it } from '../../page.ts';

const open: HeardTab[] = [];
let listener: BroadcastChannel | undefined;
afterEach(() => {
  for (const tab of open.splice(0)) tab.destroy();
  listener?.close();
});

function tabs(): { pages: EventTarget[]; all: HeardTab[] } {
  const key = uuidv7();
  const pages = [1, 2, 3].map(() => new EventTarget());
  const all = pages.map((page) => new HeardTab(key, page));
  open.push(...all);
  // Made after theirs, it hears after them what they tell each other.
  listener = new BroadcastChannel(`parlour:${key}:heard`);
  return { pages, all };
}

const ask = (all: HeardTab[], news: string, looking = -1): Promise<boolean[]> =>
  Promise.all(all.map((tab, index) => tab.isHeardHere(news, index === looking)));

/** Until all of them know; how long that takes is for the browser to say. */
async function use(page: EventTarget | undefined): Promise<void> {
  const told = new Promise((resolve) => listener?.addEventListener('message', resolve, { once: true }));
  page?.dispatchEvent(new Event('pointerdown'));
  await told;
}

describe('a sound, of several tabs', () => {
  it('is heard from one', async () => {
    const { all } = tabs();
    expect((await ask(all, 'a')).filter(Boolean)).to.have.length(1);
    expect((await ask(all, 'b')).filter(Boolean)).to.have.length(1);
  });

  it('is heard from the one that was used last', async () => {
    const { all, pages } = tabs();
    await use(pages[1]);
    expect(await ask(all, 'a')).to.deep.equal([false, true, false]);
    await use(pages[2]);
    expect(await ask(all, 'b')).to.deep.equal([false, false, true]);
    await use(pages[1]);
    expect(await ask(all, 'c')).to.deep.equal([false, true, false]);
  });

  it('is heard from another once that one is gone', async () => {
    const { all, pages } = tabs();
    await use(pages[1]);
    all[1]?.destroy();
    const left = all.filter((_, index) => index !== 1);
    expect((await ask(left, 'a')).filter(Boolean)).to.have.length(1);
  });

  it('is heard from none while the visitor looks at the chat in any', async () => {
    const { all, pages } = tabs();
    await use(pages[0]);
    expect((await ask(all, 'a', 2)).slice(1)).to.deep.equal([false, false]);
    await use(pages[2]);
    expect(await ask(all, 'b', 2)).to.deep.equal([false, false, false]);
  });
});
