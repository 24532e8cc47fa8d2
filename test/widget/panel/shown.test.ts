import type { ParlourWidget } from '../../../widget/api/page-api.ts';
import { RequestError } from '../../../shared/client/client.ts';
import { describe, expect, it, until } from '../../page.ts';
import { conversationId, sampleSnapshot, sampleVisitorConversation } from '../sample.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

const unknown = '0198c0de-0000-7000-8000-00000000abcd';

/** A visitor with one conversation, and what the page may do. */
async function opened(): Promise<[OpenPanel, ParlourWidget]> {
  const panel = await openPanel();
  panel.client.threads.set(conversationId, []);
  await panel.welcome(sampleSnapshot({ help: true, conversations: [sampleVisitorConversation()] }));
  return [panel, window.Parlour as ParlourWidget];
}

const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code,
  );

const article = ({ panel }: OpenPanel): Element | null => panel.renderRoot.querySelector('parlour-widget-article');

/** Answers what is asked of an article, now and when it is drawn. */
async function answerArticle({ client }: OpenPanel, count: number, error?: 'not_found' | 'invalid'): Promise<void> {
  const asked = () => client.queries.filter(({ name }) => name === 'article.read');
  await until(() => asked().length >= count, 'the article is asked for');
  if (error) return asked()[count - 1]?.reject(new RequestError({ code: error, message: 'No.' }));
  const found = { id: unknown, slug: 'a', title: 'Care', language: 'en', category: null, body: 'Rinse.' };
  asked()[count - 1]?.resolve({ article: { ...found, updatedAt: '2026-01-01T00:00:00.000Z' } });
}

describe('what a page has shown', () => {
  it('is refused as not found where this visitor has no such conversation, and the chat stays where it was', async () => {
    const [panel, widget] = await opened();
    expect(panel.panel.conversationId).to.equal(conversationId);
    for (const id of [unknown, 'no id at all']) expect(await codeOf(widget.showConversation(id))).to.equal('not_found');
    expect(panel.panel.conversationId).to.equal(conversationId);
    expect(await codeOf(widget.showConversation(conversationId))).to.equal('done');
  });

  it('is refused as not found where there is no such article, and no empty article is shown', async () => {
    const [panel, widget] = await opened();
    for (const [index, error] of (['not_found', 'invalid'] as const).entries()) {
      const code = codeOf(widget.showArticle(unknown));
      await answerArticle(panel, index + 1, error);
      expect(await code).to.equal('not_found');
      await panel.settle();
      expect(article(panel)).to.equal(null);
    }
  });

  it('is the list without an id, also from an article that lies over a conversation', async () => {
    const [panel, widget] = await opened();
    const shown = codeOf(widget.showArticle(unknown));
    await answerArticle(panel, 1);
    expect(await shown).to.equal('done');
    await panel.settle();
    expect(!!article(panel)).to.equal(true);
    expect(await codeOf(widget.showConversation())).to.equal('done');
    await panel.settle();
    expect(article(panel)).to.equal(null);
    expect(panel.panel.conversationId).to.equal(null);
    expect(await codeOf(widget.showConversation())).to.equal('done');
    expect(panel.panel.conversationId).to.equal(null);
  });
});

describe('what was read before the first message', () => {
  it('goes on standing above it', async () => {
    const panel = await openPanel();
    const offHours = { mode: 'message' as const, text: 'Gone fishing.', form: null };
    const away = { open: false, changesAt: null };
    await panel.welcome(sampleSnapshot({ availability: away, doors: { ...sampleSnapshot().doors, offHours } }));
    expect(panel.greeting).to.equal('Gone fishing.');
    await panel.send('Is anybody there?');
    await until(() => panel.bubbles.some((text) => text.includes('Is anybody there?')), 'it is shown');
    expect(panel.greeting).to.equal('Gone fishing.');
  });
});

describe('the colour', () => {
  it('is the page’s where it gives the element one, else the channel’s, whatever is inherited', async () => {
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
    try {
      sheet.replaceSync(':root{--parlour-accent:#00f}');
      const { host } = await openPanel({ css: ':host{--parlour-accent:#f00}' });
      const accent = (): string => getComputedStyle(host).getPropertyValue('--parlour-accent');
      expect(accent()).to.equal('#f00');
      sheet.replaceSync('parlour-widget{--parlour-accent:#00f}');
      expect(accent()).to.equal('#00f');
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    }
  });
});
