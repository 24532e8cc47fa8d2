import '../../../inbox-elements/elements.ts';
import type { ComposerElement } from '../../../inbox-elements/composer/composer.ts';
import type { SendEvent } from '../../../inbox-elements/composer/composer-events.ts';
import { elements as attachmentElements } from '../../../shared/ui/attachments/attachment-elements.ts';
import { define } from '../../../shared/ui/define.ts';
import { expectAccessible } from '../../accessible.ts';
import { afterEach, beforeEach, describe, expect, it, settled, until } from '../../page.ts';
import { FakeClient, refuse, sessionAround } from '../fake-client.ts';
import { expectNoLeak } from '../leaks.ts';
import { RequestError } from '../../../shared/client/client.ts';
import { ids, sampleId, sampleSnapshot, sampleTeammate } from '../sample.ts';

const first = sampleId(201);
const second = sampleId(202);

describe('<parlour-composer>', () => {
  let client: FakeClient;
  let session: HTMLElement;

  beforeEach(() => {
    sessionStorage.clear();
    client = new FakeClient();
    session = sessionAround(client);
    client.outcomes['conversation.reply'] = (_input, id) => ({ partId: id, seq: 4, publicSeq: 3 });
    client.outcomes['conversation.note'] = (_input, id) => ({ partId: id, seq: 4 });
  });
  afterEach(() => session.remove());

  async function open(kind?: 'reply' | 'note'): Promise<ComposerElement> {
    const element = document.createElement('parlour-composer');
    element.conversationId = first;
    if (kind) element.kind = kind;
    session.append(element);
    await settled(element);
    return element;
  }

  const area = (element: ComposerElement) => element.shadowRoot!.querySelector('textarea')!;
  const sendButton = (element: ComposerElement) => element.shadowRoot!.querySelector('[part="send"]')!;
  const hint = (element: ComposerElement) => element.shadowRoot!.querySelector('#hint')!.textContent.trim();
  /** Where its words are. */
  const inked = (element: Element): DOMRect => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()?.nodeValue?.trim() === '');
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    return range.getBoundingClientRect();
  };
  const tab = (element: ComposerElement, name: string) =>
    [...element.shadowRoot!.querySelectorAll<HTMLElement>('[role="tab"]')].find(
      (one) => one.textContent.trim() === name,
    )!;

  async function write(element: ComposerElement, text: string): Promise<void> {
    area(element).value = text;
    area(element).dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(element);
  }

  async function press(
    element: ComposerElement,
    changes: KeyboardEventInit & { keyCode?: number } = {},
  ): Promise<boolean> {
    const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...changes });
    const wentOn = area(element).dispatchEvent(event);
    await settled(element);
    return wentOn;
  }

  for (const kind of ['reply', 'note'] as const) {
    it(`is accessible writing a ${kind}`, async () => {
      const element = await open(kind);
      await expectAccessible(element);
      await write(element, 'Hello');
      await expectAccessible(element);
    });
  }

  it('is accessible when the text is too long, says by how much, and does not send it', async () => {
    const element = await open();
    await write(element, 'a'.repeat(10_003));
    expect(hint(element)).to.equal('A message may have 10,000 characters; this one has 3 too many.');
    await expectAccessible(element);
    await press(element);
    expect(client.executed).to.have.length(0);
    await write(element, 'a'.repeat(9_900));
    expect(hint(element)).to.equal('100 characters left');
  });

  it('sends a reply on Enter, and says so with the id the message will have', async () => {
    const element = await open();
    const sent: SendEvent[] = [];
    element.addEventListener('parlour-send', (event) => sent.push(event));
    await write(element, 'Hello');
    expect(await press(element)).to.equal(false);
    expect(client.executed).to.deep.equal([
      { name: 'conversation.reply', input: { conversationId: first, text: 'Hello' }, id: sent[0]!.id },
    ]);
    expect(sent[0]!).to.include({ text: 'Hello', kind: 'reply' });
    expect(area(element).value).to.equal('');
  });

  it('sends on Ctrl+Enter and Cmd+Enter too', async () => {
    const element = await open();
    await write(element, 'One');
    await press(element, { ctrlKey: true });
    await write(element, 'Two');
    await press(element, { metaKey: true });
    expect(client.executed.map(({ input }) => (input as { text: string }).text)).to.deep.equal(['One', 'Two']);
  });

  it('leaves Shift+Enter, and the Enter that ends a word of an input method, to the field', async () => {
    const element = await open();
    await write(element, 'にほ');
    expect(await press(element, { shiftKey: true })).to.equal(true);
    expect(await press(element, { isComposing: true })).to.equal(true);
    expect(await press(element, { keyCode: 229 })).to.equal(true);
    expect(client.executed).to.have.length(0);
  });

  it('sends on its own when its files have come, if Enter was pressed before and nothing was written since', async () => {
    const element = await open();
    let busy = true;
    const tray = element.shadowRoot!.querySelector('parlour-attachment-tray')!;
    Object.defineProperties(tray, { busy: { get: () => busy }, take: { value: () => [] } });
    const change = async (underway: boolean) => {
      busy = underway;
      tray.dispatchEvent(new Event('parlour-attachments-change', { bubbles: true }));
      await settled(element);
    };
    await write(element, 'With a picture');
    await press(element);
    await change(true);
    expect(client.executed).to.have.length(0);
    await change(false);
    expect(client.executed.map(({ input }) => input)).to.deep.equal([
      { conversationId: first, text: 'With a picture' },
    ]);
    expect(area(element).value).to.equal('');
    await change(true);
    await write(element, 'Another');
    await press(element);
    await write(element, 'Another, not ready yet');
    await change(false);
    await change(true);
    await press(element);
    element.conversationId = second;
    await settled(element);
    await change(false);
    expect(client.executed).to.have.length(1);
  });

  for (const [when, waitsFor] of [
    ['while it was on its way', ''],
    ['after it failed', '.wrong'],
  ] as const) {
    it(`does not send on its own without a file that was taken out ${when}, though Enter was pressed`, async () => {
      define(attachmentElements);
      const element = await open();
      const tray = element.shadowRoot!.querySelector('parlour-attachment-tray')!;
      const remove = () => tray.renderRoot.querySelector<HTMLButtonElement>('[aria-label="Remove a.txt"]')!;
      await write(element, 'As attached');
      tray.add([new File(['what it holds'], 'a.txt')]);
      await settled(tray);
      await press(element);
      if (waitsFor) await until(() => tray.renderRoot.querySelector(waitsFor), 'it has failed');
      // Once more, over what failed.
      await press(element);
      remove().click();
      await settled(element);
      expect(client.executed).to.have.length(0);
      expect(area(element).value).to.equal('As attached');
      await press(element);
      expect(client.executed.map(({ input }) => input)).to.deep.equal([{ conversationId: first, text: 'As attached' }]);
    });
  }

  it('does not send on its own after one of its files failed and another went through', async () => {
    const element = await open();
    let busy = true;
    const tray = element.shadowRoot!.querySelector('parlour-attachment-tray')!;
    Object.defineProperties(tray, { busy: { get: () => busy }, take: { value: () => [] } });
    await write(element, 'As attached');
    await press(element);
    tray.dispatchEvent(new CustomEvent('parlour-attachments-change', { detail: true }));
    busy = false;
    tray.dispatchEvent(new CustomEvent('parlour-attachments-change', { detail: false }));
    await settled(element);
    expect(client.executed).to.have.length(0);
  });

  it('sends nothing but white space', async () => {
    const element = await open();
    await write(element, ' \n ');
    await press(element);
    expect(client.executed).to.have.length(0);
  });

  it('keeps the text when the page objects to sending it', async () => {
    const element = await open();
    element.addEventListener('parlour-before-send', (event) => {
      if (event.text.includes('secret') && event.kind === 'reply') event.preventDefault();
    });
    await write(element, 'the secret');
    await press(element);
    expect(client.executed).to.have.length(0);
    expect(area(element).value).to.equal('the secret');
  });

  it('writes a note in the note mode, and signals typing only in the reply mode', async () => {
    const element = await open();
    await write(element, 'For the customer');
    expect(client.typed).to.deep.equal([first]);
    tab(element, 'Note').click();
    await settled(element);
    expect(element.getAttribute('kind')).to.equal('note');
    expect(area(element).value).to.equal('');
    await write(element, 'For us');
    expect(client.typed).to.deep.equal([first]);
    await press(element);
    expect(client.executed[0]).to.deep.include({
      name: 'conversation.note',
      input: { conversationId: first, text: 'For us' },
    });
    tab(element, 'Reply').click();
    await settled(element);
    expect(area(element).value).to.equal('For the customer');
  });

  it('changes between reply and note by arrow keys', async () => {
    const element = await open();
    tab(element, 'Reply').focus();
    tab(element, 'Reply').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }),
    );
    await until(() => element.shadowRoot!.activeElement === tab(element, 'Note'), 'focus is on the other tab');
    expect(element.kind).to.equal('note');
  });

  it('keeps a draft for each conversation, and through a reload', async () => {
    const element = await open();
    await write(element, 'Half a sentence');
    element.conversationId = second;
    await settled(element);
    expect(area(element).value).to.equal('');
    tab(element, 'Note').click();
    await settled(element);
    await write(element, 'A note');
    element.conversationId = first;
    await settled(element);
    expect(area(element).value).to.equal('Half a sentence');
    expect(element.kind).to.equal('reply');
    element.conversationId = second;
    await settled(element);
    expect(area(element).value).to.equal('A note');
    expect(element.kind).to.equal('note');
    element.remove();
    const reloaded = await open();
    expect(area(reloaded).value).to.equal('Half a sentence');
    expect(sendButton(reloaded).getAttribute('aria-disabled')).to.equal('false');
  });

  it('keeps a draft from whoever signs in next, and for who wrote it', async () => {
    const element = await open();
    await write(element, 'Between us');
    element.remove();
    const another = sessionAround(new FakeClient({ ...sampleSnapshot(), me: sampleTeammate({ id: ids.ben }) }));
    const theirs = document.createElement('parlour-composer');
    theirs.conversationId = first;
    another.append(theirs);
    await settled(theirs);
    expect(area(theirs).value).to.equal('');
    // The same element, under another session.
    await write(theirs, 'Not yours');
    session.append(theirs);
    await settled(theirs);
    expect(area(theirs).value).to.equal('Between us');
    another.remove();
  });

  it('keeps what was written before the line stood, and takes up a draft once it does', async () => {
    const element = await open();
    await write(element, 'Half a sentence');
    element.remove();
    const late = new FakeClient(null, 'connecting');
    const around = sessionAround(late);
    const [empty, written] = [document.createElement('parlour-composer'), document.createElement('parlour-composer')];
    empty.conversationId = first;
    written.conversationId = second;
    around.append(empty, written);
    await settled(written);
    await write(written, 'At once');
    late.welcome();
    await settled(written);
    expect(area(empty).value).to.equal('Half a sentence');
    expect(sendButton(empty).getAttribute('aria-disabled')).to.equal('false');
    expect(area(written).value).to.equal('At once');
    around.remove();
  });

  it('shows what was written before the line stood to nobody else, where it never did', async () => {
    const connecting = sessionAround(new FakeClient(null, 'connecting'));
    session.remove();
    session = connecting;
    await write(await open(), 'For my eyes');
    session.remove();
    const late = new FakeClient(null, 'connecting');
    session = sessionAround(late);
    const theirs = await open();
    expect(area(theirs).value).to.equal('');
    late.welcome({ ...sampleSnapshot(), me: sampleTeammate({ id: ids.ben }) });
    await settled(theirs);
    expect(area(theirs).value).to.equal('');
  });

  it('puts what was written before the line stood below the draft that was there', async () => {
    const element = await open();
    await write(element, 'Half a sentence');
    tab(element, 'Note').click();
    await settled(element);
    await write(element, 'A note');
    session.remove();
    const late = new FakeClient(null, 'connecting');
    session = sessionAround(late);
    const again = await open();
    await write(again, 'The rest');
    late.welcome();
    await settled(again);
    expect(area(again).value).to.equal('Half a sentence\n\nThe rest');
    tab(again, 'Note').click();
    await settled(again);
    expect(area(again).value).to.equal('A note');
    session.remove();
    session = sessionAround(client);
    expect(area(await open()).value).to.equal('A note');
  });

  it('gives a refused reply back as a reply, though a note is being written by then', async () => {
    const element = await open();
    let refuseIt = (): void => undefined;
    client.outcomes['conversation.reply'] = () =>
      new Promise((_resolve, reject) => {
        refuseIt = () => reject(new RequestError({ code: 'invalid', message: 'Too long.' }));
      });
    await write(element, 'For the customer');
    await press(element);
    tab(element, 'Note').click();
    await settled(element);
    await write(element, 'For us alone');
    refuseIt();
    await until(() => hint(element) === 'Too long.', 'it is refused');
    expect(element.kind).to.equal('reply');
    expect(area(element).value).to.equal('For the customer');
    tab(element, 'Note').click();
    await settled(element);
    expect(area(element).value).to.equal('For us alone');
  });

  describe('with a way to close', () => {
    async function closing(): Promise<ComposerElement> {
      const element = await open();
      element.withClose = true;
      await settled(element);
      return element;
    }
    const closeButton = (element: ComposerElement) =>
      element.shadowRoot!.querySelector<HTMLButtonElement>('[part="send-and-close"]');

    it('offers it while a reply is written, never with a note, and is accessible with it', async () => {
      const element = await closing();
      expect(closeButton(element)).to.equal(null);
      await write(element, 'It is on its way.');
      expect(closeButton(element)!.textContent!.trim()).to.equal('Send and close');
      await expectAccessible(element);
      tab(element, 'Note').click();
      await settled(element);
      await write(element, 'She is hard to please.');
      expect(closeButton(element)).to.equal(null);
      await press(element, { shiftKey: true, ctrlKey: true });
      element.send({ closes: true });
      expect(client.executed.map(({ name }) => name)).to.deep.equal(['conversation.note']);
    });

    for (const inlineSize of ['820px', '553px', '374px', '344px']) {
      it(`says it in words ${inlineSize} wide, and what the keys do on one line or not at all`, async () => {
        const element = await closing();
        element.style.inlineSize = inlineSize;
        await write(element, 'It is on its way.');
        const words = inked(closeButton(element)!);
        const edge = closeButton(element)!.getBoundingClientRect();
        const card = (): DOMRect => element.shadowRoot!.querySelector('[part="composer"]')!.getBoundingClientRect();
        expect(words.width).to.be.greaterThan(60);
        expect(words.left).to.be.at.least(edge.left);
        expect(words.right).to.be.at.most(edge.right);
        expect(edge.left).to.be.at.least(card().left);
        expect(edge.right).to.be.at.most(card().right);
        expect(hint(element)).to.equal('Enter to send, Shift + Enter for a new line');
        const line = element.shadowRoot!.querySelector('#hint')!.getBoundingClientRect();
        const text = inked(element.shadowRoot!.querySelector('#hint')!);
        expect(line.height).to.be.lessThan(24);
        const isSeen = text.top < line.bottom;
        expect(isSeen).to.equal(inlineSize === '820px');
        if (isSeen) expect(text.right).to.be.at.most(line.right + 1);
        await expectAccessible(element);
        // What is wrong, and how much room is left, is seen whole.
        await write(element, 'a'.repeat(9_900));
        const left = inked(element.shadowRoot!.querySelector('#hint')!);
        expect(left.bottom).to.be.at.most(card().bottom);
        expect(left.right).to.be.at.most(card().right);
        expect(left.height).to.be.lessThan(24);
      });
    }

    it('sends what is written as the last message, files and all, and keeps the focus', async () => {
      const element = await closing();
      const sent: SendEvent[] = [];
      element.addEventListener('parlour-send', (event) => sent.push(event));
      const tray = element.shadowRoot!.querySelector('parlour-attachment-tray')!;
      Object.defineProperties(tray, { busy: { value: false }, take: { value: () => [{ id: second, name: 'a.txt' }] } });
      await write(element, 'It is on its way.');
      closeButton(element)!.focus();
      closeButton(element)!.click();
      await settled(element);
      const message = 'It is on its way.';
      expect(client.executed).to.have.length(1);
      expect(client.executed[0]).to.deep.equal({
        name: 'conversation.close',
        input: { conversationId: first, message, attachmentIds: [second] },
        id: sent[0]!.id,
      });
      expect(sent[0]!.closes).to.equal(true);
      expect(area(element).value).to.equal('');
      expect(element.shadowRoot!.activeElement).to.equal(area(element));
    });

    it('does so on Ctrl+Shift+Enter and Cmd+Shift+Enter', async () => {
      const element = await closing();
      for (const keys of [{ ctrlKey: true }, { metaKey: true }]) {
        await write(element, 'Goodbye.');
        expect(await press(element, { ...keys, shiftKey: true })).to.equal(false);
      }
      expect(client.executed.map(({ name }) => name)).to.deep.equal(['conversation.close', 'conversation.close']);
    });

    it('still closes when its files have come', async () => {
      const element = await closing();
      let busy = true;
      const tray = element.shadowRoot!.querySelector('parlour-attachment-tray')!;
      Object.defineProperties(tray, { busy: { get: () => busy }, take: { value: () => [] } });
      element.seenSeq = 7;
      await write(element, 'With a picture');
      closeButton(element)!.click();
      expect(client.executed).to.have.length(0);
      // What the contact wrote meanwhile was not seen by whoever pressed.
      element.seenSeq = 8;
      busy = false;
      tray.dispatchEvent(new Event('parlour-attachments-change', { bubbles: true }));
      await settled(element);
      expect(client.executed.map(({ name, input }) => [name, input])).to.deep.equal([
        ['conversation.close', { conversationId: first, message: 'With a picture', expectedInboundSeq: 7 }],
      ]);
    });
  });

  it('gives the text back and says why when the server refuses, unless the page shows that itself', async () => {
    client.outcomes['conversation.reply'] = () =>
      refuse({ code: 'not_found', message: 'There is no such conversation.' });
    const element = await open();
    await write(element, 'Hello');
    await press(element);
    await until(() => hint(element) === 'There is no such conversation.', 'the reason');
    expect(area(element).value).to.equal('Hello');
    element.addEventListener('parlour-send-failed', (event) => event.preventDefault());
    await press(element);
    await settled(element);
    expect(area(element).value).to.equal('');
  });

  it('grows with its text and shrinks again', async () => {
    const element = await open();
    const low = area(element).offsetHeight;
    await write(element, 'one\ntwo\nthree\nfour\nfive');
    expect(area(element).offsetHeight).to.be.above(low);
    await write(element, '');
    expect(area(element).offsetHeight).to.equal(low);
  });

  it('leaves nothing behind', async () => {
    await expectNoLeak(
      () => {
        const element = document.createElement('parlour-composer');
        element.conversationId = first;
        session.append(element);
        return element;
      },
      async (element) => {
        await write(element as ComposerElement, 'Hello');
        await press(element as ComposerElement);
      },
    );
    expect(client.listeners).to.equal(4);
  });
});
