import { expectAccessible } from '../../accessible.ts';
import { afterEach, describe, expect, it, until } from '../../page.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { refusal } from '../fake-visitor-client.ts';
import { ada, conversationId, samplePart, sampleSnapshot, sampleVisitorConversation } from '../sample.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

const talk = [samplePart(1, 'Is the mug dishwasher safe?'), samplePart(2, 'It is!', { author: ada })];

function menuOf(opened: OpenPanel): HTMLElement {
  const header = opened.panel.renderRoot.querySelector('parlour-widget-header')!;
  return header.renderRoot.querySelector<HTMLElement>('parlour-widget-menu')!;
}

/** A visitor with a conversation, and the menu over it. */
async function withMenu(changes: Parameters<typeof sampleSnapshot>[0] = {}, status: 'open' | 'closed' = 'open') {
  const opened = await openPanel();
  opened.client.threads.set(conversationId, talk);
  const conversation = sampleVisitorConversation({ publicSeq: 2, readSeq: 2, status });
  await opened.welcome(sampleSnapshot({ conversations: [conversation], ...changes }));
  await until(() => menuOf(opened).shadowRoot && !menuOf(opened).hidden, 'the menu has come');
  const root = menuOf(opened).shadowRoot!;
  const find = <E extends HTMLElement>(selector: string): E => root.querySelector<E>(selector)!;
  const settle = () => opened.settle();
  const items = () => [...root.querySelectorAll<HTMLElement>('[role=menuitem]')];
  return {
    opened,
    root,
    find,
    items,
    settle,
    open: async () => {
      find('.more').click();
      await settle();
    },
    choose: async (name: string) => {
      find('.more').click();
      await settle();
      items()
        .find(({ textContent }) => textContent?.includes(name))!
        .click();
      await settle();
    },
    press: async (key: string) => {
      const at = (root.activeElement ?? find('.more')) as HTMLElement;
      at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
      await settle();
    },
  };
}

describe('the menu in the head', () => {
  it('is accessible closed, open, asking, and after', async () => {
    const { opened, open, choose, find, press } = await withMenu({ mailsTranscripts: true });
    await expectAccessible(opened.host);
    await open();
    await expectAccessible(opened.host);
    await press('Escape');
    await choose('End chat');
    await expectAccessible(opened.host);
    await press('Escape');
    await choose('Email');
    find<HTMLFormElement>('form').requestSubmit();
    await opened.settle();
    expect(find('.wrong').textContent).to.contain('Please write an email address');
    await expectAccessible(opened.host);
  });

  it('is not there before there is a conversation', async () => {
    const opened = await openPanel();
    await opened.welcome();
    expect(menuOf(opened).hidden).to.equal(true);
  });

  it('offers only what makes sense', async () => {
    const names = (items: HTMLElement[]): string[] => items.map(({ textContent }) => (textContent ?? '').trim());
    const full = await withMenu({ mailsTranscripts: true });
    await full.open();
    expect(names(full.items())).to.deep.equal(['Download transcript', 'Email transcript', 'End chat']);
    for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
    const ended = await withMenu({}, 'closed');
    await ended.open();
    expect(names(ended.items())).to.deep.equal(['Download transcript']);
  });

  it('is worked by the keyboard, and gives the focus back', async () => {
    const { opened, root, find, items, open, press } = await withMenu({ mailsTranscripts: true });
    await open();
    const [first, second, last] = items();
    expect(root.activeElement).to.equal(first);
    await press('ArrowDown');
    expect(root.activeElement).to.equal(second);
    await press('End');
    expect(root.activeElement).to.equal(last);
    await press('ArrowDown');
    expect(root.activeElement).to.equal(first);
    await press('ArrowUp');
    expect(root.activeElement).to.equal(last);
    await press('Home');
    expect(root.activeElement).to.equal(first);
    await press('Escape');
    expect(items().length).to.equal(0);
    expect(root.activeElement).to.equal(find('.more'));
    expect(find('.more').getAttribute('aria-expanded')).to.equal('false');
    expect(opened.panel.open, 'the panel stays').to.equal(true);
  });

  it('closes when something else is pressed', async () => {
    const { items, open, settle } = await withMenu();
    await open();
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await settle();
    expect(items().length).to.equal(0);
  });

  it('asks once before it ends the chat', async () => {
    const { opened, find, choose, press, settle } = await withMenu();
    await choose('End chat');
    expect(opened.client.commands.some(({ name }) => name === 'conversation.end')).to.equal(false);
    await press('Escape');
    await choose('End chat');
    find('[data-first]').click();
    const asked = opened.client.last('conversation.end');
    expect(asked.input).to.deep.equal({ conversationId });
    asked.resolve({});
    await until(() => !find('.sheet'), 'it has closed');
    opened.client.hearConversation(
      sampleVisitorConversation({ publicSeq: 2, readSeq: 2, status: 'closed' }),
      'conversation.closed',
    );
    await settle();
    const header = opened.panel.renderRoot.querySelector('parlour-widget-header')!;
    const standing = header.renderRoot.querySelector('parlour-widget-standing')!;
    const said = [...standing.renderRoot.querySelectorAll('[role=status] p')].map((line) => line.textContent);
    expect(said).to.deep.equal(['This chat has ended', 'Write a message to reopen it.']);
  });

  it('has the transcript sent, and says what became of it', async () => {
    const { opened, find, choose } = await withMenu({ mailsTranscripts: true });
    await choose('Email');
    find<HTMLInputElement>('input').value = 'jo@visitor.example';
    find<HTMLFormElement>('form').requestSubmit();
    await opened.settle();
    const asked = opened.client.last('conversation.emailTranscript');
    expect(asked.input).to.include({ conversationId, email: 'jo@visitor.example' });
    expect(asked.input).to.include.keys('language', 'timeZone');
    asked.reject(refusal('That was asked for several times within the last hour.'));
    await until(() => find('[role=status]'), 'it says so');
    expect(find('[role=status]').textContent).to.contain('several times');
  });

  it('gathers a long conversation page by page, shows how far it is, and can be stopped', async () => {
    const { opened, find, choose, settle } = await withMenu();
    const many = Array.from({ length: 450 }, (_, index) => samplePart(index + 1, `Message ${index + 1}`));
    opened.client.threads.clear();
    await choose('Download');
    const asked = () =>
      opened.client.queries.filter(({ name, input }) => name === 'conversation.parts' && input['limit'] === 200);
    await until(() => asked().length === 1, 'the newest are asked for');
    asked()[0]!.resolve({ parts: many.slice(250), more: true });
    await until(() => asked().length === 2, 'then those before them');
    expect(asked()[1]!.input).to.include({ before: 251 });
    await settle();
    expect(find('.ask').textContent).to.contain('Collecting messages: 200 of 450');
    expect(find<HTMLProgressElement>('progress').value).to.equal(200);
    await expectAccessible(opened.host);
    find('[data-first]').click();
    asked()[1]!.resolve({ parts: many.slice(50, 250), more: true });
    await settle();
    expect(asked().length).to.equal(2);
    expect(find('.sheet')).to.equal(null);
  });
});

describe('the downloaded transcript', () => {
  const createObjectURL = URL.createObjectURL.bind(URL);
  afterEach(() => {
    URL.createObjectURL = createObjectURL;
    // Its own; what it inherits shows again.
    Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
  });

  it('names its files, and links to none: a link would soon lead nowhere', async () => {
    const saved: Blob[] = [];
    URL.createObjectURL = (blob) => {
      saved.push(blob as Blob);
      return createObjectURL(blob);
    };
    HTMLAnchorElement.prototype.click = () => {};
    const { opened, choose } = await withMenu();
    const attachments = [{ id: uuidv7(), name: 'receipt.pdf', type: 'application/pdf', size: 1000 }];
    opened.client.threads.set(conversationId, [samplePart(1, 'Your receipt', { attachments })]);
    await choose('Download');
    await until(() => saved.length === 1, 'it is saved');
    const text = await saved[0]!.text();
    expect(text).to.contain('📎 receipt.pdf');
    expect(text).to.not.contain('href');
  });
});

describe('the place in line', () => {
  it('is said below the head, follows the line, and goes', async () => {
    const { opened, settle } = await withMenu({ queue: { [conversationId]: 3 } });
    const header = opened.panel.renderRoot.querySelector('parlour-widget-header')!;
    const said = () =>
      header.renderRoot.querySelector('parlour-widget-standing')!.renderRoot.querySelector('[role=status]')!
        .textContent;
    expect(said()).to.equal('You are number 3 in line');
    await expectAccessible(opened.host);
    opened.client.hearSignal({ type: 'signal', name: 'queue', conversationId, position: 1 });
    await settle();
    expect(said()).to.equal('You are next in line');
    opened.client.hearSignal({ type: 'signal', name: 'queue', conversationId, position: null });
    await settle();
    expect(said()).to.equal('');
  });
});
