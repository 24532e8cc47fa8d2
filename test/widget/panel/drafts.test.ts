import type { ParlourWidget } from '../../../widget/api/page-api.ts';
import { elements as attachmentElements } from '../../../shared/ui/attachments/attachment-elements.ts';
import { define } from '../../../shared/ui/define.ts';
import { FileServer } from '../../shared/ui/attachments/file-server.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { inMemory, visitorRecord } from '../../../widget/panel/visitor-memory.ts';
import { SelectEvent } from '../../../widget/panel/home/home-events.ts';
import { afterEach, beforeEach, describe, expect, it, until } from '../../page.ts';
import { ada, conversationId, samplePart, sampleSnapshot, sampleVisitorConversation } from '../sample.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

const other = uuidv7();

/** As a reload: everything of the page goes, what the browser keeps stays. */
async function reload(): Promise<OpenPanel> {
  for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
  const opened = await openPanel();
  await opened.settle();
  return opened;
}

async function goTo(opened: OpenPanel, id: string | null): Promise<void> {
  opened.panel.renderRoot.querySelector('section')?.dispatchEvent(new SelectEvent(id));
  await opened.settle();
}

const kept = (): string[] => Object.values(sessionStorage).map(String);

// As the line does, which these chats have none of.
beforeEach(() => void visitorRecord('ch_sample'));
afterEach(() => inMemory.clear());

describe('what is being written', () => {
  it('is there again after a reload, before there is a conversation', async () => {
    const before = await openPanel();
    await before.welcome();
    await before.type('Half a sent');
    const after = await reload();
    expect(after.field.value).to.equal('Half a sent');
    await after.welcome();
    expect(after.field.value).to.equal('Half a sent');
    await after.send('Half a sentence');
    expect(after.client.last('conversation.start').input.text).to.equal('Half a sentence');
    expect((await reload()).field.value).to.equal('');
    expect(kept()).to.deep.equal([]);
  });

  it('has its files again after a reload', async () => {
    define(attachmentElements);
    const server = new FileServer();
    server.open();
    try {
      const before = await openPanel();
      await before.welcome();
      await before.type('See the attached file');
      const trayIn = (opened: OpenPanel) => opened.composer.renderRoot.querySelector('parlour-attachment-tray')!;
      trayIn(before).add([new File(['what it holds'], 'a.txt')]);
      await until(() => trayIn(before).attachments.length === 1, 'it has arrived');
      const after = await reload();
      await after.welcome();
      await until(() => trayIn(after).attachments.length === 1, 'it is there again');
      expect(after.field.value).to.equal('See the attached file');
      await after.press();
      expect(after.client.last('conversation.start').input.attachmentIds).to.deep.equal(server.ids);
      expect(kept()).to.deep.equal([]);
    } finally {
      server.close();
    }
  });

  it('stays with its conversation, over a reload too', async () => {
    const both = sampleSnapshot({
      conversations: [
        sampleVisitorConversation({ publicSeq: 1, readSeq: 1 }),
        sampleVisitorConversation({ id: other, publicSeq: 1, readSeq: 1 }),
      ],
    });
    const begin = async (opened: OpenPanel): Promise<void> => {
      opened.client.threads.set(conversationId, [samplePart(1, 'One')]);
      opened.client.threads.set(other, [samplePart(1, 'Other', { conversationId: other })]);
      await opened.welcome(both);
      await until(
        () => opened.panel.renderRoot.querySelector('parlour-widget-home, parlour-widget-composer'),
        'it is shown',
      );
    };
    const before = await openPanel();
    await begin(before);
    await goTo(before, conversationId);
    await before.type('In the one');
    await goTo(before, other);
    expect(before.field.value).to.equal('');
    await before.type('In the other');
    await goTo(before, null);
    expect(before.field.value).to.equal('');
    const after = await reload();
    await begin(after);
    await goTo(after, conversationId);
    expect(after.field.value).to.equal('In the one');
    await goTo(after, other);
    expect(after.field.value).to.equal('In the other');
  });

  it('goes along when its conversation begins meanwhile', async () => {
    const opened = await openPanel();
    await opened.welcome();
    await opened.send('Hello');
    await opened.type('And another th');
    const { id, input } = opened.client.last('conversation.start');
    const started = String(input.conversationId);
    opened.client.hearPart(samplePart(1, 'Hello', { id, conversationId: started }));
    await opened.settle();
    expect(opened.field.value).to.equal('And another th');
    expect(kept()).to.deep.equal(['And another th']);
    await goTo(opened, null);
    expect(opened.field.value).to.equal('');
    await goTo(opened, started);
    expect(opened.field.value).to.equal('And another th');
  });

  it('is kept as long as the page lives where storage is denied', async () => {
    const own = Object.getOwnPropertyDescriptor(window, 'sessionStorage') as PropertyDescriptor;
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('Denied', 'SecurityError');
      },
    });
    try {
      const before = await openPanel();
      await before.welcome();
      await before.type('Written without storage');
      expect((await reload()).field.value).to.equal('Written without storage');
    } finally {
      Object.defineProperty(window, 'sessionStorage', own);
    }
  });

  it('goes on in the same place when the page says who the visitor is', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([samplePart(1, 'Hello', { author: ada })]);
    await opened.type('In the middle of a');
    const token = `x.${btoa(JSON.stringify({ sub: 'ada' }))}.x`;
    const panel = opened.panel;
    const identified = (window.Parlour as unknown as { identify(proof: object): Promise<void> }).identify({ token });
    await until(() => opened.panel && opened.panel !== panel, 'the chat begins anew');
    await until(() => opened.composer?.text === 'In the middle of a', 'what was written is in the field');
    await opened.welcomeWith([samplePart(1, 'Hello', { author: ada })]);
    await identified;
    await opened.settle();
    expect(opened.field.value).to.equal('In the middle of a');
    await opened.press();
    expect(opened.client.last('conversation.reply').input).to.deep.include({
      conversationId,
      text: 'In the middle of a',
    });
  });

  it('is nothing to somebody else', async () => {
    localStorage.setItem('parlour:ch_sample:who', 'bob');
    const opened = await openPanel();
    await opened.welcome();
    await opened.type('A secret of Bob');
    const panel = opened.panel;
    const token = `x.${btoa(JSON.stringify({ sub: 'ada' }))}.x`;
    void (window.Parlour as unknown as { identify(proof: object): Promise<void> }).identify({ token });
    await until(() => opened.panel && opened.panel !== panel && opened.composer, 'the chat begins anew');
    await opened.welcome();
    expect(opened.field.value).to.equal('');
    expect(kept()).to.deep.equal([]);
  });
});

/** Names in the browser's database that begin so: unsent commands with the channel's key, kept files with `file:`. */
function unsent(beginning = 'ch_sample:'): Promise<IDBValidKey[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('parlour:ch_sample', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('unsent');
    opening.onerror = () => reject(opening.error as Error);
    opening.onsuccess = () => {
      const keys = opening.result.transaction('unsent').objectStore('unsent').getAllKeys();
      keys.onsuccess = () => {
        opening.result.close();
        resolve(keys.result.filter((key) => String(key).startsWith(beginning)));
      };
    };
  });
}

describe('what the browser keeps of a visitor', () => {
  it('is all gone when they sign out and the widget leaves', async () => {
    const opened = await openPanel();
    await opened.welcome();
    await opened.send('Never taken');
    await opened.type('Never sent');
    for (const part of ['who', 'sound', 'since', 'greeting-1']) localStorage.setItem(`parlour:ch_sample:${part}`, '1');
    localStorage.setItem('theirs', '1');
    const names = (): string[] => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort();
    expect(names()).to.have.length(7);
    let stored: IDBValidKey[] = [];
    await until(() => {
      void unsent().then((keys) => (stored = keys));
      return stored.length > 0;
    }, 'the message is kept');
    // There is no server to tell.
    await (window.Parlour as unknown as { shutdown(): Promise<void> }).shutdown().catch(() => undefined);
    expect(names()).to.deep.equal(['theirs']);
    expect(await unsent()).to.deep.equal([]);
    expect(document.querySelector('parlour-widget')).to.equal(null);
  });

  for (const [leaves, how] of Object.entries({
    'they sign out': () =>
      (window.Parlour as unknown as { shutdown(): Promise<void> }).shutdown().catch(() => undefined),
    'the page takes the chat away and has it forgotten': () =>
      (window.Parlour as ParlourWidget).destroy({ wipe: true }),
  }))
    it(`holds no file any more when ${leaves}`, async () => {
      define(attachmentElements);
      const server = new FileServer();
      server.open();
      server.answer = null;
      try {
        const opened = await openPanel();
        await opened.welcome();
        const tray = opened.composer.renderRoot.querySelector('parlour-attachment-tray')!;
        tray.add([new File(['what it holds'], 'a.txt')]);
        await until(async () => (await unsent('file:')).length === 1, 'it is kept');
        expect(kept().join()).to.contain('a.txt');
        await how();
        expect(await unsent('')).to.deep.equal([]);
        expect(kept()).to.deep.equal([]);
      } finally {
        server.close();
      }
    });
});
