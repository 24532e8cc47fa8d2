import type { ParlourWidget } from '../../../widget/api/page-api.ts';
import { RequestError } from '../../../shared/client/client.ts';
import { defaultWebChatSettings } from '../../../shared/contract/channel.ts';
import { launcherStyles } from '../../../shared/state/launcher-styles.ts';
import { afterEach, beforeEach, describe, expect, it, until } from '../../page.ts';
import type { VisitorConversation } from '../../../shared/contract/conversation.ts';
import { readFirst } from '../../../widget/panel/frame/messages-view.ts';
import { conversationId, samplePart, sampleSnapshot, sampleVisitorConversation } from '../sample.ts';
import { SelectEvent } from '../../../widget/panel/home/home-events.ts';
import { keptUnsent } from './kept-unsent.ts';
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
    expect(panel.panel.navigation.conversationId).to.equal(conversationId);
    for (const id of [unknown, 'no id at all']) expect(await codeOf(widget.showConversation(id))).to.equal('not_found');
    expect(panel.panel.navigation.conversationId).to.equal(conversationId);
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
    expect(panel.panel.navigation.conversationId).to.equal(null);
    expect(await codeOf(widget.showConversation())).to.equal('done');
    expect(panel.panel.navigation.conversationId).to.equal(null);
  });
});

describe('what was read before the first message', () => {
  const availability = { open: false, changesAt: null };
  const offHours = { mode: 'message' as const, text: 'Gone fishing.', form: null };
  const away = sampleSnapshot({ availability, doors: { ...sampleSnapshot().doors, offHours } });

  const keptOfIt = (): string[] => Object.keys(sessionStorage).filter((name) => name.includes(':first:'));

  /** Begins a conversation off hours. */
  async function begun(): Promise<[OpenPanel, VisitorConversation]> {
    const panel = await openPanel();
    await panel.welcome(away);
    await panel.send('Is anybody there?');
    const { id: messageId, input, resolve } = panel.client.last('conversation.start');
    const id = String(input['conversationId']);
    panel.client.hearPart(samplePart(1, 'Is anybody there?', { id: messageId, conversationId: id }), 1);
    // Else the next page would send it again, and go to it first.
    await keptUnsent(1);
    resolve({ conversationId: id, seq: 1, publicSeq: 1 });
    await keptUnsent(0);
    await panel.settle();
    expect(panel.greeting).to.equal('Gone fishing.');
    return [panel, sampleVisitorConversation({ id })];
  }

  /** What stands above the first message in the next page of the tab. */
  async function readAgain(conversation: VisitorConversation): Promise<string> {
    for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
    for (const id of Object.keys(readFirst)) delete readFirst[id];
    const panel = await openPanel();
    panel.client.threads.set(conversation.id, [
      samplePart(1, 'Is anybody there?', { conversationId: conversation.id }),
    ]);
    await panel.welcome(sampleSnapshot({ conversations: [conversation] }));
    await until(() => panel.bubbles.length === 1, 'the conversation is shown');
    return panel.greeting;
  }

  it('stands above it after a reload, too', async () => {
    const [, conversation] = await begun();
    expect(await readAgain(conversation)).to.equal('Gone fishing.');
    expect(await readAgain(conversation)).to.equal('Gone fishing.');
    const another = sampleVisitorConversation();
    expect(await readAgain(another)).to.equal('Hello! How can we help?');
  });

  it('is forgotten with its visitor, and where nothing can be kept it goes on standing for the page', async () => {
    const [panel] = await begun();
    expect(keptOfIt()).to.have.length(1);
    await (window.Parlour as ParlourWidget).logout().catch(() => undefined);
    expect(keptOfIt()).to.deep.equal([]);
    await panel.settle();
    expect(keptOfIt()).to.deep.equal([]);
    for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
    const own = Object.getOwnPropertyDescriptor(window, 'sessionStorage') as PropertyDescriptor;
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    try {
      const [denied] = await begun();
      denied.panel.requestUpdate();
      await denied.settle();
      expect(denied.greeting).to.equal('Gone fishing.');
    } finally {
      Object.defineProperty(window, 'sessionStorage', own);
    }
  });

  it('is kept of nobody who wrote during opening hours: it is the greeting', async () => {
    const panel = await openPanel();
    await panel.welcome();
    await panel.send('Hello');
    expect(panel.greeting).to.equal('Hello! How can we help?');
    expect(keptOfIt()).to.deep.equal([]);
  });

  it('goes on standing above it', async () => {
    const panel = await openPanel();
    await panel.welcome(away);
    expect(panel.greeting).to.equal('Gone fishing.');
    await panel.send('Is anybody there?');
    await until(() => panel.bubbles.some((text) => text.includes('Is anybody there?')), 'it is shown');
    expect(panel.greeting).to.equal('Gone fishing.');
  });
});

describe('the colour', () => {
  const sheet = new CSSStyleSheet();
  const upon = (element: Element): string[] => {
    const { backgroundColor, color } = getComputedStyle(element);
    return [backgroundColor, color];
  };
  const black = 'rgb(0, 0, 0)';

  /** What the launcher and the panel's send button wear. */
  async function worn(page: string, color?: string): Promise<{ launcher: string[]; accent: string; text: string }> {
    sheet.replaceSync(page);
    const settings = { ...defaultWebChatSettings, color: color ?? null };
    const { launcher, panel } = await openPanel({ css: launcherStyles(settings), ...(color && { color }) });
    const probe = document.createElement('i');
    panel.renderRoot.append(probe);
    probe.style.cssText = 'background:var(--_accent);color:var(--_on-accent)';
    const [accent = '', text = ''] = upon(probe);
    return { launcher: upon(launcher), accent, text };
  }

  beforeEach(() => void document.adoptedStyleSheets.push(sheet));
  afterEach(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  });

  it('is the channel’s, with a text that can be read upon it', async () => {
    const light = await worn('', '#f5c542');
    expect(light.launcher).to.deep.equal(['rgb(245, 197, 66)', black]);
    expect([light.accent, light.text]).to.deep.equal(light.launcher);
  });

  it('is white upon a dark one', async () => {
    const dark = await worn('', '#2f6f5e');
    expect(dark.launcher).to.deep.equal(['rgb(47, 111, 94)', 'rgb(255, 255, 255)']);
    expect([dark.accent, dark.text]).to.deep.equal(dark.launcher);
  });

  it('is the page’s where it set one for all that is on it, with its text', async () => {
    const own = await worn(':root{--parlour-accent:#00f;--parlour-on-accent:#ff0}', '#f5c542');
    expect(own.launcher).to.deep.equal(['rgb(0, 0, 255)', 'rgb(255, 255, 0)']);
    expect([own.accent, own.text]).to.deep.equal(own.launcher);
  });

  it('has white upon it where the page set no text, whatever could be read upon the channel’s', async () => {
    const { launcher, accent, text } = await worn('body{--parlour-accent:#00f}html{--parlour-accent:#123}', '#f5c542');
    // Beside the body, it hears what the root says.
    expect(launcher[0]).to.equal('rgb(17, 34, 51)');
    expect(accent).to.equal(launcher[0]);
    for (const color of [launcher[1], text]) expect(color).to.match(/^(rgb\(255, 255, 255\)|color\(srgb 1 1 1\))$/);
  });
});

describe('a conversation that is not loaded', () => {
  it('is shown without a line with a field to write in, and what is written waits', async () => {
    const panel = await openPanel();
    const other = sampleVisitorConversation({ id: unknown });
    await panel.welcome(sampleSnapshot({ conversations: [sampleVisitorConversation(), other] }));
    const home = () => panel.panel.renderRoot.querySelector('parlour-widget-home');
    await customElements.whenDefined('parlour-widget-home');
    await until(() => home()?.shadowRoot?.querySelector('li button'), 'the list is shown');
    panel.client.becomes('offline');
    panel.panel.renderRoot.querySelector('section')?.dispatchEvent(new SelectEvent(unknown));
    await panel.settle();
    expect(!!panel.composer).to.equal(true);
    expect(panel.composer.checkVisibility()).to.equal(true);
    await panel.send('Are you there?');
    await until(() => panel.bubbles.join() === 'Are you there?', 'it stands there');
    expect(panel.statuses.join()).to.contain('Waiting for a connection');
    // Nothing stands above it that may have been followed by what is not here.
    expect(panel.thread.renderRoot.querySelectorAll('.bubble').length).to.equal(1);
    expect(panel.client.last('conversation.reply').input).to.deep.equal({
      conversationId: unknown,
      text: 'Are you there?',
    });
  });
});
