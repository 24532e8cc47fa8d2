import type { ArticleHit } from '../../../shared/contract/article.ts';
import type { VisitorSnapshot } from '../../../shared/contract/visitor.ts';
import type { WidgetArticle } from '../../../widget/panel/home/widget-article.ts';
import type { WidgetHelp } from '../../../widget/panel/home/widget-help.ts';
import type { WidgetHome } from '../../../widget/panel/home/widget-home.ts';
import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, settled, until } from '../../page.ts';
import { refusal } from '../fake-visitor-client.ts';
import {
  ada,
  ben,
  conversationId,
  sampleId,
  sampleInstant,
  samplePart,
  sampleSnapshot,
  sampleVisitorConversation,
} from '../sample.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

const hit = (number: number, title: string): ArticleHit => ({
  id: sampleId(500 + number),
  slug: `article-${number}`,
  title,
  language: 'en',
  category: 'Orders',
  excerpt: `About ${title}, in one line.`,
});
const shipping = hit(1, 'Shipping');
const returns = hit(2, 'Returns');

const readable = {
  ...shipping,
  excerpt: undefined,
  body: [
    { type: 'paragraph', content: [{ type: 'text', text: 'Within three days.' }] },
    { type: 'paragraph', content: [{ type: 'link', text: 'Harmless', href: 'javascript:alert(1)' }] },
  ],
  updatedAt: sampleInstant(),
};

const older = sampleVisitorConversation({
  id: sampleId(71),
  publicSeq: 2,
  lastMessage: { preview: 'An older answer', authorKind: 'teammate', at: '2026-03-01T08:00:00.000Z' },
});

/** The home of a widget, with what it asked for answered. */
class OpenHome {
  readonly opened: OpenPanel;

  constructor(opened: OpenPanel) {
    this.opened = opened;
  }

  get home(): WidgetHome {
    return this.opened.panel.renderRoot.querySelector('parlour-widget-home') as WidgetHome;
  }

  get help(): WidgetHelp {
    return this.home.renderRoot.querySelector('parlour-widget-help') as WidgetHelp;
  }

  get article(): WidgetArticle {
    return this.opened.panel.renderRoot.querySelector('parlour-widget-article') as WidgetArticle;
  }

  get field(): HTMLInputElement {
    return this.help.renderRoot.querySelector('input') as HTMLInputElement;
  }

  get results(): HTMLElement[] {
    return [...this.help.renderRoot.querySelectorAll<HTMLElement>('.row')];
  }

  get titles(): string[] {
    return this.results.map((row) => row.querySelector('.title')?.textContent ?? '');
  }

  get news(): string {
    return this.help.renderRoot.querySelector('[role=status]')?.textContent?.trim() ?? '';
  }

  get back(): HTMLElement | null | undefined {
    return this.opened.panel.renderRoot
      .querySelector('parlour-widget-header')
      ?.renderRoot.querySelector('.round:not(:last-child)');
  }

  async settle(): Promise<void> {
    await this.opened.settle();
    await settled(this.home);
    if (this.help) await settled(this.help);
  }

  /** The last question of a name. */
  asked(name: string) {
    const question = this.opened.client.queries.filter((one) => one.name === name).at(-1);
    if (!question) throw new Error(`${name} was not asked`);
    return question;
  }

  async type(words: string): Promise<void> {
    this.field.value = words;
    this.field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await settled(this.help);
  }

  async find(words: string, articles: ArticleHit[]): Promise<void> {
    const { queries } = this.opened.client;
    const before = queries.length;
    await this.type(words);
    await until(() => queries.length > before, 'the words are asked for');
    this.asked('article.search').resolve({ articles });
    await until(() => this.titles.join() === articles.map(({ title }) => title).join(), 'they are shown');
  }

  async read(index: number): Promise<void> {
    this.results[index]?.click();
    await this.settle();
    this.asked('article.read').resolve({ article: readable });
    await until(() => this.article.renderRoot.querySelector('h3'), 'the article is shown');
  }
}

async function openHome(changes: Partial<VisitorSnapshot> = {}, replyTime: string | null = 'hour'): Promise<OpenHome> {
  const opened = await openPanel({ startAtHome: true });
  const home = new OpenHome(opened);
  await opened.welcome(sampleSnapshot({ help: true, ...changes }));
  await until(() => home.home?.shadowRoot, 'the home is here');
  await until(() => opened.client.queries.some(({ name }) => name === 'visitor.home'), 'it asks for more');
  home.asked('visitor.home').resolve({ replyTime, articles: [shipping, returns] });
  await home.settle();
  await until(() => !home.help || home.titles.length === 2, 'suggestions are shown');
  return home;
}

describe('the home', () => {
  it('is accessible with nothing in it, with everything, while it searches, with no result and with an error', async () => {
    const bare = await openHome({ help: false, team: [] }, null);
    await expectAccessible(bare.opened.host);
    window.Parlour?.widgets?.['ch_sample']?.destroy();
    const home = await openHome({ conversations: [older, sampleVisitorConversation()] });
    await expectAccessible(home.opened.host);
    await home.type('ship');
    await expectAccessible(home.opened.host);
    await home.find('nothing', []);
    await expectAccessible(home.opened.host);
    await home.type('broken');
    await until(() => home.asked('article.search').input['text'] === 'broken', 'asked');
    home.asked('article.search').reject(refusal('No.'));
    await until(() => home.help.renderRoot.querySelector('[role=alert]'), 'the error is told');
    await expectAccessible(home.opened.host);
  });

  it('greets, and says who is there and how soon somebody answers, in more than colours', async () => {
    const { home } = await openHome();
    const text = home.renderRoot.textContent ?? '';
    expect(text).to.contain('Hello! How can we help?').and.contain('Usually replies within an hour');
    const people = [...home.renderRoot.querySelectorAll('.team li')].map((person) =>
      person.textContent?.replaceAll(/\s+/g, ' ').trim(),
    );
    expect(people.map((person) => person?.replace(/^\S /, ''))).to.deep.equal([
      `${ada.name} is here`,
      `${ben.name} is away`,
    ]);
    expect([...home.renderRoot.querySelectorAll('.presence')].map(({ className }) => className)).to.deep.equal([
      'presence online',
      'presence',
    ]);
  });

  it('says outside opening hours when somebody is back and how long that is, and shows nobody as here', async () => {
    const changesAt = new Date(Date.now() + 3 * 60 * 60_000).toISOString();
    const { home, opened } = await openHome({ availability: { open: false, changesAt } });
    expect(home.renderRoot.querySelector('[part=hours]')?.textContent).to.match(/^Back .+, in 3 hours$/);
    expect(home.renderRoot.querySelector('.team')?.textContent).to.not.contain('is here');
    expect(home.renderRoot.querySelector('.presence.online')).to.equal(null);
    await expectAccessible(opened.host);
  });

  it('promises nothing that is not known', async () => {
    const { home } = await openHome({}, null);
    expect(home.renderRoot.querySelector('[part=promise]')).to.equal(null);
  });

  it('is where somebody new begins only where the site owner wants that', async () => {
    const opened = await openPanel();
    await opened.welcome(sampleSnapshot({ help: true }));
    expect(opened.composer).to.not.equal(null);
    expect(opened.composer.renderRoot.querySelector(':focus')).to.equal(opened.field);
    const home = new OpenHome(opened);
    expect(home.back?.getAttribute('aria-label')).to.equal('Help');
    expect(home.back?.title, 'shown to a pointer, too').to.equal('Help');
    home.back?.click();
    await until(() => home.home?.shadowRoot, 'the home is here');
    await opened.settle();
    expect(opened.panel.renderRoot.querySelector('parlour-widget-composer')).to.equal(null);
  });

  it('says of nobody whether they are here while the line is down', async () => {
    const { home, opened } = await openHome();
    const height = (): number => home.renderRoot.querySelector('.welcome')!.getBoundingClientRect().height;
    const before = height();
    opened.client.becomes('offline');
    await opened.settle();
    const people = [...home.renderRoot.querySelectorAll('.team li')].map(({ textContent }) => textContent);
    expect(people.join())
      .to.contain(ada.name)
      .and.not.match(/is (here|away)/);
    expect(home.renderRoot.querySelector('.presence')).to.equal(null);
    expect(home.renderRoot.querySelector('[part=hours]')?.textContent).to.equal('');
    expect(Math.abs(height() - before)).to.be.lessThan(0.5);
    await expectAccessible(opened.host);
  });

  it('leads to a new conversation with the field in focus', async () => {
    const home = await openHome();
    const button = home.home.renderRoot.querySelector<HTMLElement>('.foot button');
    expect(button?.textContent?.trim()).to.equal('Start a conversation');
    button?.click();
    await home.opened.settle();
    await until(() => home.opened.composer?.renderRoot.querySelector(':focus'), 'the field has the focus');
  });

  it('offers no way to a home with nothing in it', async () => {
    const opened = await openPanel();
    await opened.welcome(sampleSnapshot());
    expect(new OpenHome(opened).back).to.equal(null);
  });
});

describe('the search for help', () => {
  it('says at once that it has no line, and shows what it finds when that is back', async () => {
    const home = await openHome();
    home.opened.client.becomes('offline');
    await home.type('return');
    const alert = () => home.help.renderRoot.querySelector('[role=alert]');
    await until(alert, 'the visitor is told');
    expect(alert()?.textContent).to.contain('The search is not available right now.');
    await expectAccessible(home.opened.host);
    home.opened.client.becomes('online');
    home.asked('article.search').resolve({ articles: [returns] });
    await until(() => home.titles.join() === 'Returns', 'it is found');
    expect(alert()).to.equal(null);
  });

  it('asks once for what was typed in one go, in the language spoken, and says how many it found', async () => {
    const home = await openHome();
    // In one go, however slow the machine is: no task comes in between.
    for (const words of ['s', 'sh', 'ship']) void home.type(words);
    await home.find('shippin', [shipping]);
    const asked = home.opened.client.queries.filter(({ name }) => name === 'article.search');
    expect(asked.map(({ input }) => input)).to.deep.equal([{ text: 'shippin', language: 'en', limit: 8 }]);
    expect(home.news).to.equal('1 article found');
    await home.find('x', [shipping, returns]);
    expect(home.news).to.equal('2 articles found');
    await home.find('zzz', []);
    expect(home.news).to.contain('Nothing found for “zzz”');
  });

  it('shows the answer to the newest words, whichever comes last', async () => {
    const home = await openHome();
    const { queries } = home.opened.client;
    await home.type('first');
    await until(() => queries.at(-1)?.input['text'] === 'first', 'asked');
    const slow = home.asked('article.search');
    await home.find('second', [returns]);
    slow.resolve({ articles: [shipping] });
    await home.settle();
    expect(home.titles).to.deep.equal(['Returns']);
  });

  it('empties at the first Escape and closes the chat at the next', async () => {
    const home = await openHome();
    const escape = () =>
      home.field.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }),
      );
    await home.find('returns', [returns]);
    escape();
    await home.settle();
    expect(home.field.value).to.equal('');
    expect(home.titles).to.deep.equal(['Shipping', 'Returns']);
    expect(home.opened.panel.open).to.equal(true);
    escape();
    await home.settle();
    expect(home.opened.panel.open).to.equal(false);
  });

  it('says that it failed, and tries again', async () => {
    const home = await openHome();
    await home.type('returns');
    await until(() => home.opened.client.queries.at(-1)?.name === 'article.search', 'asked');
    home.asked('article.search').reject(refusal('No.'));
    await until(() => home.help.renderRoot.querySelector('[role=alert]'), 'the error is told');
    home.help.renderRoot.querySelector<HTMLElement>('[role=alert] button')?.click();
    home.asked('article.search').resolve({ articles: [returns] });
    await until(() => home.titles.join() === 'Returns', 'it worked');
    expect(home.help.renderRoot.querySelector('[role=alert]')).to.equal(null);
  });
});

describe('an article', () => {
  it('is accessible while it loads, when it is here and when it is not', async () => {
    const home = await openHome();
    home.results[0]?.click();
    await home.settle();
    expect(home.article.renderRoot.querySelector('[role=status]')?.textContent).to.contain('Loading');
    await expectAccessible(home.opened.host);
    home.asked('article.read').reject(refusal('No.'));
    await until(() => home.article.renderRoot.querySelector('[role=alert]'), 'the error is told');
    await expectAccessible(home.opened.host);
    home.article.renderRoot.querySelector('button')?.click();
    home.asked('article.read').resolve({ article: readable });
    await until(() => home.article.renderRoot.querySelector('h3'), 'the article is shown');
    await expectAccessible(home.opened.host);
  });

  it('is read from its title, draws no dangerous link, and leads back to where it was opened', async () => {
    const home = await openHome();
    await home.find('ship', [returns, shipping]);
    await home.read(1);
    const { article, opened } = home;
    expect(article.renderRoot.querySelector(':focus')?.textContent).to.equal('Shipping');
    expect(article.renderRoot.querySelector('.body-text')?.textContent)
      .to.contain('Within three days.')
      .and.contain('Harmless');
    expect(article.renderRoot.querySelector('a')).to.equal(null);
    expect(home.back?.getAttribute('aria-label')).to.equal('Back');
    home.back?.click();
    await home.settle();
    expect(home.article).to.equal(null);
    expect(home.field.value).to.equal('ship');
    await until(() => home.help.renderRoot.querySelector(':focus') === home.results[1], 'the focus is where it was');
    expect(opened.panel.open).to.equal(true);
  });

  it('has headings below its title, and no hole in their outline', async () => {
    const home = await openHome();
    home.results[0]?.click();
    await home.settle();
    const heading = (level: number, text: string) => ({ type: 'heading', level, content: [{ type: 'text', text }] });
    const body = [heading(3, 'How'), ...readable.body, heading(3, 'Then'), heading(2, 'When'), heading(4, 'At night')];
    home.asked('article.read').resolve({ article: { ...readable, body } });
    await until(() => home.article.renderRoot.querySelector('h4'), 'the article is shown');
    const outline = [...home.article.renderRoot.querySelectorAll('h1,h2,h3,h4,h5,h6')];
    expect(outline.map(({ localName, textContent }) => `${localName} ${textContent}`)).to.deep.equal([
      'h3 Shipping',
      'h4 How',
      'h5 Then',
      'h4 When',
      'h5 At night',
    ]);
    expect(home.article.renderRoot.querySelector('.body-text p')?.textContent).to.equal('Within three days.');
    await expectAccessible(home.opened.host);
  });

  it('leads to somebody who knows more', async () => {
    const home = await openHome();
    await home.read(0);
    home.article.renderRoot.querySelector<HTMLElement>('.more button')?.click();
    await home.opened.settle();
    expect(home.article).to.equal(null);
    await until(() => home.opened.composer?.renderRoot.querySelector(':focus'), 'the field has the focus');
  });

  it('lies over a conversation without losing what is written there', async () => {
    const opened = await openPanel();
    const home = new OpenHome(opened);
    await opened.welcomeWith([samplePart(1, 'Hello?')]);
    await opened.type('Half a sentence');
    const { ReadEvent } = await import('../../../widget/panel/home/home-events.ts');
    opened.thread.dispatchEvent(new ReadEvent(shipping.id));
    await until(() => home.article?.shadowRoot, 'the article is on its way');
    home.asked('article.read').resolve({ article: readable });
    await until(() => home.article.renderRoot.querySelector('h3'), 'the article is shown');
    expect(getComputedStyle(opened.composer).display).to.equal('none');
    // What comes meanwhile is not seen.
    opened.client.hearPart(samplePart(2, 'Hello!', { author: ada }), 1);
    await opened.settle();
    expect(opened.client.commands.some(({ name }) => name === 'conversation.markRead')).to.equal(false);
    home.back?.click();
    await opened.settle();
    expect(opened.field.value).to.equal('Half a sentence');
    await until(() => opened.client.commands.some(({ name }) => name === 'conversation.markRead'), 'it is seen');
    expect(opened.client.last('conversation.markRead').input).to.deep.equal({ conversationId, seq: 2 });
    expect(opened.thread.conversationId).to.equal(conversationId);
  });
});

describe('who joins', () => {
  const lines = ({ thread }: OpenPanel): string[] =>
    [...thread.renderRoot.querySelectorAll('.day')]
      .map((line) => line.textContent ?? '')
      .filter((text) => text.includes('joined'));

  it('is told once for everybody of the team who writes, and not for words of the workspace', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([
      samplePart(1, 'Hello?'),
      samplePart(2, 'Somebody will be with you.', { author: { kind: 'workspace' } }),
      samplePart(3, 'Hi!', { author: ada }),
      samplePart(4, 'I can help', { author: ben }),
      samplePart(5, 'So can I', { author: ada }),
    ]);
    expect(lines(opened)).to.deep.equal(['Ada joined', 'Ben joined']);
  });
});
