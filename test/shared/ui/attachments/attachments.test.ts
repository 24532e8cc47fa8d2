import { html } from 'lit';
import { UnsentCommands, askBeside } from '../../../../shared/client/unsent.ts';
import { RequestError } from '../../../../shared/client/client.ts';
import type { ConnectionStatus } from '../../../../shared/client/client.ts';
import type { FileLine } from '../../../../shared/client/uploads.ts';
import type { Attachment } from '../../../../shared/contract/attachment.ts';
import { elements as attachmentElements } from '../../../../shared/ui/attachments/attachment-elements.ts';
import type { AttachmentList } from '../../../../shared/ui/attachments/attachment-list.ts';
import type { AttachmentTray } from '../../../../shared/ui/attachments/attachment-tray.ts';
import { fillTray } from '../../../../shared/ui/attachments/fill-tray.ts';
import { fileText, sizeText } from '../../../../shared/ui/attachments/file-text.ts';
import { define } from '../../../../shared/ui/define.ts';
import { expectAccessible } from '../../../accessible.ts';
import { afterEach, beforeEach, describe, expect, it, mount, settled, until } from '../../../page.ts';
import { FileServer } from './file-server.ts';

define(attachmentElements);

const photo: Attachment = {
  id: 'photo',
  name: 'teapot.png',
  type: 'image/png',
  size: 141_000,
  width: 640,
  height: 420,
};
const invoice: Attachment = { id: 'invoice', name: 'Invoice.pdf', type: 'application/pdf', size: 1_200_000 };
const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

/** A line on which links are given for these, and which counts the questions. */
class Line implements FileLine {
  readonly asked: string[] = [];
  readonly #heard = new Set<(status: ConnectionStatus) => void>();
  readonly #links: Record<string, string>;

  constructor(links: Record<string, string> = {}) {
    this.#links = links;
  }

  async credentials() {
    return { server: location.origin, headers: {} };
  }

  on(kind: string, handler: (...news: never[]) => void): () => void {
    if (kind === 'status') this.#heard.add(handler as () => void);
    return () => this.#heard.delete(handler as () => void);
  }

  get listeners(): number {
    return this.#heard.size;
  }

  /** It is back. */
  returns(): void {
    for (const hear of this.#heard) hear('online');
  }

  async query(_name: string, input: object): Promise<never> {
    const ids = (input as { attachmentIds: string }).attachmentIds;
    this.asked.push(ids);
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const links = ids.split(',').flatMap((id) => {
      const url = this.#links[id];
      return url ? { attachmentId: id, url, expiresAt } : [];
    });
    return { links } as never;
  }
}

/** A line that is down. */
const broken: FileLine = {
  credentials: async () => ({ server: location.origin, headers: {} }),
  on: () => () => undefined,
  query: () => Promise.reject(new RequestError({ code: 'unavailable', message: 'The server cannot be reached.' })),
};

const list = (attachments: readonly Attachment[], files: FileLine | null) =>
  mount<AttachmentList>(html`<parlour-attachments .attachments=${attachments} .files=${files}></parlour-attachments>`);
const tray = (files: FileLine) =>
  mount<AttachmentTray>(
    html`<parlour-attachment-tray .conversationId=${'one'} .files=${files}></parlour-attachment-tray>`,
  );

const file = (name: string): File => new File(['what it holds'], name);

function rows(element: AttachmentTray): string[] {
  return [...element.renderRoot.querySelectorAll('li .title')].map(({ textContent }) => textContent ?? '');
}

describe('the files of a message', () => {
  it('are accessible with links, without them, and while the line is down', async () => {
    const links = { photo: pixel, invoice: '/api/v1/attachments/token' };
    for (const line of [new Line(links), new Line(), broken, null]) {
      const element = await list([photo, invoice], line);
      await settled(element);
      await expectAccessible(element);
      element.remove();
    }
  });

  it('show a picture in the room it will take, and name everything else with its size', async () => {
    const line = new Line({ photo: pixel, invoice: '/api/v1/attachments/token' });
    const element = await list([photo, invoice], line);
    const { height } = element.renderRoot.querySelector('.picture')!.getBoundingClientRect();
    await until(() => element.renderRoot.querySelector('img'), 'the picture has a link');
    expect(element.renderRoot.querySelector('.picture')!.getBoundingClientRect().height).to.equal(height);
    const link = element.renderRoot.querySelector('a')!;
    expect(link.textContent).to.contain('Invoice.pdf').and.to.contain(sizeText(1_200_000));
    expect(new URL(link.href).pathname + new URL(link.href).search).to.equal('/api/v1/attachments/token?download');
  });

  it('of several messages are asked for together, and not again while their links hold', async () => {
    const line = new Line({ photo: pixel, invoice: '/x' });
    const [one, other] = await Promise.all([list([photo], line), list([invoice], line)]);
    await until(() => one.renderRoot.querySelector('img') && other.renderRoot.querySelector('a'), 'both have links');
    one.dispatchEvent(new Event('pointerenter'));
    await settled(one);
    expect(line.asked).to.deep.equal(['photo,invoice']);
  });

  it('a picture that cannot be drawn is a file like others', async () => {
    const element = await list([photo], new Line({ photo: '/no-such-picture' }));
    await until(() => element.renderRoot.querySelector('a.file'), 'it is a row');
    expect(element.renderRoot.textContent).to.contain('teapot.png');
  });
});

describe('files on their way into a message', () => {
  it('are accessible while there are none, and where the server does not take them', async () => {
    const element = await tray(new Line());
    element.add([file('a.txt'), file('b.txt')]);
    await settled(element);
    await expectAccessible(element);
    await until(() => element.renderRoot.querySelectorAll('.wrong').length === 2, 'both have failed');
    await expectAccessible(element);
  });

  it('say why they failed, hold the message back, and can be tried again or taken out', async () => {
    const element = await tray(new Line());
    element.add([file('a.txt')]);
    expect(element.busy).to.equal(true);
    await until(() => element.renderRoot.querySelector('.wrong'), 'it has failed');
    expect(element.renderRoot.querySelector('.wrong')!.textContent).to.match(/^[A-Z].*\.$/);
    expect(element.busy).to.equal(true);
    expect(element.renderRoot.querySelector('[aria-label="Try again: a.txt"]')).to.not.equal(null);
    element.renderRoot.querySelector<HTMLButtonElement>('[aria-label="Remove a.txt"]')!.click();
    await settled(element);
    expect(rows(element)).to.deep.equal([]);
    expect(element.busy).to.equal(false);
  });

  describe('on a line that comes and goes', () => {
    const server = new FileServer();
    afterEach(() => server.close());

    const added = async (line: Line, name = 'a.txt'): Promise<AttachmentTray> => {
      const element = await tray(line);
      element.add([file(name)]);
      return element;
    };
    const more = (element: AttachmentTray) => element.renderRoot.querySelector('.more')?.textContent;
    const arrived = (element: AttachmentTray) => until(() => element.attachments.length === 1, 'it has arrived');

    it('wait while there is none, and go on by themselves when it is back', async () => {
      server.open();
      server.answer = null;
      const line = new Line();
      const element = await added(line);
      await until(() => more(element) === 'Waiting for a connection', 'it is seen to wait');
      expect(element.busy).to.equal(true);
      expect(element.renderRoot.querySelector('[role=alert], [aria-label^="Try again"]')).to.equal(null);
      const said = (): string | null | undefined => element.renderRoot.querySelector('[role=status]')?.textContent;
      expect(said(), 'who listens hears it').to.equal('Waiting for a connection');
      await expectAccessible(element);
      server.answer = 'takes';
      line.returns();
      await arrived(element);
      await settled(element);
      expect(element.busy).to.equal(false);
      expect(more(element)).to.equal(fileText(file('a.txt')));
      expect(said()).to.equal(undefined);
      expect(new Set(server.ids).size, 'under one name').to.equal(1);
    });

    it('wait as long however often there is no answer', async () => {
      server.open();
      const line = new Line();
      server.answer = { status: 502, body: '<h1>Bad gateway</h1>' };
      const element = await added(line);
      for (let tries = 1; tries <= 6; tries++) {
        await until(() => server.ids.length >= tries, 'it is tried');
        line.returns();
      }
      expect(element.renderRoot.querySelector('.wrong')).to.equal(null);
      server.answer = 'takes';
      line.returns();
      await arrived(element);
    });

    it('that are too many at once go on as soon as the server said, not before', async () => {
      server.open();
      const error = { code: 'rate_limited', message: 'That was a lot at once.', retryAfterMs: 300 };
      server.answer = { status: 429, body: JSON.stringify({ error }) };
      const line = new Line();
      const element = await added(line);
      await until(() => more(element) === error.message, 'it is said');
      const { length } = server.ids;
      server.answer = 'takes';
      line.returns();
      await arrived(element);
      expect(server.ids.length).to.equal(length + 1);
      // From one request to the next: what the page sees of it comes later, the later the busier the machine is.
      const [refusedAt, triedAt] = server.times.slice(-2);
      expect(triedAt! - refusedAt!).to.be.greaterThan(290);
    });

    it('that are too many for this hour are refused, and can be tried again', async () => {
      server.open();
      const error = {
        code: 'rate_limited',
        message: 'Too much at once. Please wait 59 minutes.',
        retryAfterMs: 3_540_000,
      };
      server.answer = { status: 429, body: JSON.stringify({ error }) };
      const element = await added(new Line());
      await until(() => element.renderRoot.querySelector('.wrong'), 'it is refused');
      expect(element.renderRoot.querySelector('.wrong')!.textContent).to.equal(error.message);
      server.answer = 'takes';
      element.renderRoot.querySelector<HTMLButtonElement>('[aria-label^="Try again"]')!.click();
      await arrived(element);
    });

    for (const [what, answer, says] of [
      ['type', { status: 415, body: '{"error":{"code":"unsupported","message":"Not this kind."}}' }, /Not this kind/],
      ['size, by something before the server', { status: 413, body: '<h1>Too large</h1>' }, /too large/],
    ] as const) {
      it(`are refused for good for their ${what}`, async () => {
        server.open();
        server.answer = answer;
        const element = await added(new Line());
        await until(() => element.renderRoot.querySelector('.wrong'), 'it is refused');
        expect(element.renderRoot.querySelector('.wrong')!.textContent).to.match(says);
        expect(element.renderRoot.querySelector('[aria-label^="Try again"]')).to.equal(null);
      });
    }

    it('are refused at once where they are empty, without a question to the server', async () => {
      server.open();
      const element = await tray(new Line());
      element.add([new File([], 'empty.txt'), file('full.txt')]);
      await arrived(element);
      await until(() => element.renderRoot.querySelector('.wrong'), 'it is refused');
      expect(element.renderRoot.querySelector('.wrong')!.textContent).to.equal(
        'This file is empty. Choose another one.',
      );
      expect(element.renderRoot.querySelector('[aria-label^="Try again"]')).to.equal(null);
      expect(element.busy).to.equal(false);
      expect(server.ids.length).to.equal(1);
    });

    it('hold nothing back once they are refused for good, and do not go along', async () => {
      server.open();
      const element = await added(new Line(), 'good.txt');
      await arrived(element);
      server.answer = { status: 415, body: '{"error":{"code":"unsupported","message":"Not this kind."}}' };
      element.add([file('bad.txt')]);
      expect(element.busy).to.equal(true);
      await until(() => element.renderRoot.querySelector('.wrong'), 'it is refused');
      expect(element.busy).to.equal(false);
      expect(element.take().map(({ name }) => name)).to.deep.equal(['good.txt']);
      await settled(element);
      expect(rows(element)).to.deep.equal([]);
    });

    it('are brought into sight where they are refused below others', async () => {
      server.open();
      const element = await tray(new Line());
      element.add(['1', '2', '3', '4', '5'].map(file));
      await until(() => element.attachments.length === 5, 'they have arrived');
      server.answer = { status: 415, body: '{"error":{"code":"unsupported","message":"Not this kind."}}' };
      element.add([file('bad.txt')]);
      const wrong = await until(() => element.renderRoot.querySelector('.wrong'), 'it is refused').then(() =>
        element.renderRoot.querySelector('.wrong')!,
      );
      const [row, list] = [wrong.closest('li')!, wrong.closest('ul')!].map((one) => one.getBoundingClientRect());
      expect(row!.bottom).to.be.at.most(list!.bottom + 1);
      expect(row!.top).to.be.at.least(list!.top - 1);
    });

    it('keep the space below their list also where it scrolls', async () => {
      server.open();
      const element = await tray(new Line());
      element.add(['1', '2', '3', '4', '5'].map(file));
      await until(() => element.attachments.length === 5, 'they have arrived');
      const list = element.renderRoot.querySelector('ul')!;
      expect(list.scrollHeight).to.be.greaterThan(list.clientHeight);
      // Rows are cut where the list ends: what is below it stays clear of them.
      const clear = element.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
      expect(clear).to.be.at.least(6);
    });

    for (const direction of ['rtl', 'ltr'] as const) {
      it(`have their names at the beginning of their rows in ${direction}, whatever they are written in`, async () => {
        server.open();
        const element = await tray(new Line());
        element.dir = direction;
        const names = ['a.txt', 'פתק'];
        element.add(names.map(file));
        await until(() => element.attachments.length === names.length, 'they have arrived');
        for (const title of element.renderRoot.querySelectorAll('.title')) {
          const text = document.createRange();
          text.selectNodeContents(title);
          const [drawn, row] = [text, title.parentElement!].map((one) => one.getBoundingClientRect());
          const off = direction === 'rtl' ? row!.right - drawn!.right : drawn!.left - row!.left;
          expect(Math.abs(off), title.textContent).to.be.below(1);
        }
      });
    }

    describe('and a page that is left', () => {
      const texts = new Map<string, string>();
      const draft = 'ch_tray:draft:somebody:';
      const recall = (name: string): string => texts.get(name) ?? '';
      const keep = (name: string, text: string): unknown => (text ? texts.set(name, text) : texts.delete(name));
      afterEach(async () => {
        texts.clear();
        await new UnsentCommands('ch_tray:').forget();
      });

      const kept = (line: FileLine | null, conversationId = 'one') =>
        mount<AttachmentTray>(
          html`<parlour-attachment-tray
            .conversationId=${conversationId}
            .draft=${draft}
            .recall=${recall}
            .keep=${keep}
            .files=${line}
          ></parlour-attachment-tray>`,
        );
      const contents = () =>
        askBeside('ch_tray', 'readonly', (store) => store.getAllKeys(IDBKeyRange.bound('file:', 'file:g')));

      it('are there again when they had arrived, and are not sent twice', async () => {
        server.open();
        const before = await kept(new Line());
        before.add([file('a.txt'), file('b.txt')]);
        await until(() => before.attachments.length === 2, 'they have arrived');
        const { attachments } = before;
        before.remove();
        const after = await kept(new Line());
        await settled(after);
        expect(rows(after)).to.deep.equal(['a.txt', 'b.txt']);
        expect(after.take()).to.deep.equal(attachments);
        expect(server.ids).to.have.length(2);
        expect(texts.size, 'what was sent is kept no more').to.equal(0);
      });

      it('go on under the same name when they were on their way, and are then kept no more', async () => {
        server.open();
        server.answer = null;
        const before = await kept(new Line());
        before.add([file('a.txt')]);
        await until(() => more(before) === 'Waiting for a connection', 'it waits');
        await until(async () => (await contents()).length === 1, 'it is kept');
        before.remove();
        server.answer = 'takes';
        const after = await kept(new Line());
        await arrived(after);
        expect(new Set(server.ids).size).to.equal(1);
        expect(after.attachments[0]!.size).to.equal(file('a.txt').size);
        await until(async () => (await contents()).length === 0, 'it is kept no more');
      });

      it('say so when they could not be kept, and hold the message back until they are taken out', async () => {
        server.open();
        server.answer = null;
        const before = await kept(new Line());
        before.add([file('a.txt')]);
        await until(async () => (await contents()).length === 1, 'it is kept');
        before.remove();
        await askBeside('ch_tray', 'readwrite', (store) => store.clear());
        const after = await kept(new Line());
        await until(() => after.renderRoot.querySelector('.wrong'), 'it is said');
        expect(after.renderRoot.querySelector('.wrong')!.textContent).to.contain('was not kept');
        expect(after.busy).to.equal(true);
        await expectAccessible(after);
        after.renderRoot.querySelector<HTMLButtonElement>('[aria-label="Remove a.txt"]')!.click();
        await settled(after);
        expect([after.busy, texts.size]).to.deep.equal([false, 0]);
      });

      it('are said to be gone once the server may have removed them', async () => {
        const id = '00000000-0000-7000-8000-000000000000';
        const old = { id, name: 'a.txt', size: 13, type: 'text/plain' };
        texts.set(`${draft}files`, JSON.stringify([{ ...old, attachment: old }]));
        const element = await kept(new Line());
        await until(() => element.renderRoot.querySelector('.wrong'), 'it is said');
        expect(element.attachments).to.deep.equal([]);
      });

      for (const broken of ['[{', 'null', '"a"', '{}', '[null, {}, {"id": 1}]'])
        it(`begin anew where what was kept of them is ${broken}`, async () => {
          server.open();
          texts.set(`${draft}files`, broken);
          const element = await kept(new Line());
          expect(element.busy).to.equal(false);
          element.add([file('a.txt')]);
          await arrived(element);
          expect(rows(element)).to.deep.equal(['a.txt']);
        });

      it('that were put in before there was a line go over it once there is one', async () => {
        server.open();
        const element = await kept(null, '-');
        element.add([file('a.txt')]);
        Object.assign(element, { conversationId: 'one', files: new Line() });
        await arrived(element);
        expect(recall(`${draft}files`)).to.contain('a.txt');
      });
    });

    it('wait no more once they are taken out', async () => {
      server.open();
      server.answer = null;
      const line = new Line();
      const element = await added(line);
      await until(() => more(element) === 'Waiting for a connection', 'it waits');
      element.renderRoot.querySelector<HTMLButtonElement>('[aria-label="Remove a.txt"]')!.click();
      await settled(element);
      expect(line.listeners).to.equal(0);
      expect(element.busy).to.equal(false);
    });

    it('wait for nothing when they are taken out before it is known who sends them', async () => {
      server.open();
      const line = new Line();
      let fail = (_reason: Error): void => undefined;
      line.credentials = () => new Promise((_resolve, reject) => (fail = reject));
      const element = await added(line);
      await settled(element);
      element.renderRoot.querySelector<HTMLButtonElement>('[aria-label="Remove a.txt"]')!.click();
      fail(new Error('The page does not know.'));
      // All that follows from it happens before the next task.
      await new Promise((resolve) => setTimeout(resolve));
      expect(line.listeners).to.equal(0);
    });
  });

  it('stay with their conversation', async () => {
    const element = await tray(new Line());
    element.add([file('a.txt')]);
    element.conversationId = 'other';
    await settled(element);
    expect(rows(element)).to.deep.equal([]);
    element.conversationId = 'one';
    await settled(element);
    expect(rows(element)).to.deep.equal(['a.txt']);
  });

  it('are taken in where they were dropped alone, and as long as that stands', async () => {
    const element = await tray(new Line());
    element.receive('drop', [file('late.txt')], 'before');
    element.receive('drop', [file('here.txt')], 'one');
    await settled(element);
    expect(rows(element)).to.deep.equal(['here.txt']);
    element.remove();
    element.receive('drop', [file('gone.txt')], 'one');
    document.body.append(element);
    await settled(element);
    expect(rows(element)).to.deep.equal(['here.txt']);
    element.remove();
  });

  it('are at most ten, which is said', async () => {
    const element = await tray(new Line());
    element.add(Array.from({ length: 12 }, (_, index) => file(`${index}.txt`)));
    await settled(element);
    expect(rows(element)).to.have.length(10);
    expect(element.renderRoot.querySelector('[role=alert]')!.textContent).to.equal('A message holds 10 files at most.');
  });

  it('come from a paste of files, not from one of text', async () => {
    const got: string[][] = [];
    const into = Object.assign(document.createElement('div'), {
      receive: (type: string, files: readonly File[]) => void got.push([type, ...files.map(({ name }) => name)]),
    });
    const paste = (with_: (data: DataTransfer) => void): ClipboardEvent => {
      const clipboardData = new DataTransfer();
      with_(clipboardData);
      return new ClipboardEvent('paste', { clipboardData, cancelable: true });
    };
    const picture = paste((data) => data.items.add(file('a.png')));
    const words = paste((data) => {
      data.setData('text/plain', 'words');
      data.items.add(file('words.png'));
    });
    const field = await mount<HTMLTextAreaElement>(html`<textarea
      aria-label="Message"
      @paste=${(event: Event) => fillTray(event, into)}
    ></textarea>`);
    for (const event of [picture, words]) field.dispatchEvent(event);
    await until(() => got.length > 0, 'the files came');
    expect(got).to.deep.equal([['paste', 'a.png']]);
    expect([picture.defaultPrevented, words.defaultPrevented]).to.deep.equal([true, false]);
  });

  describe('before there is a tray', () => {
    const real = window.setTimeout.bind(window);
    let pauses: number[];
    let goOn: (() => void) | undefined;

    beforeEach(() => {
      pauses = [];
      goOn = undefined;
      Object.assign(window, {
        setTimeout: (act: (...values: unknown[]) => void, pauseMs: number, ...values: unknown[]) => {
          pauses.push(pauseMs);
          goOn = () => act(...values);
        },
      });
    });
    afterEach(() => {
      window.setTimeout = real;
    });

    /** What takes files answers each time as the next of these: whether it is missing. */
    function dropping() {
      const got: string[] = [];
      const into = Object.assign(document.createElement('div'), {
        conversationId: 'a',
        receive: (_type: string, files: readonly File[], whose: string | undefined) =>
          void got.push(...files.map(({ name }) => name), whose!),
      });
      const answers: (string | void)[] = [];
      const drop = (): void => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(file('a.png'));
        const event = new DragEvent('drop', { dataTransfer });
        const field = document.createElement('textarea');
        field.addEventListener('drop', (heard) => fillTray(heard, into, async () => answers.shift()));
        field.dispatchEvent(event);
      };
      return { got, into, answers, drop };
    }
    const answered = async (): Promise<void> => {
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    };

    it('they wait for it, which is said: a minute at pauses that double, and then for the next intent', async () => {
      const { got, into, answers, drop } = dropping();
      answers.push(...Array.from({ length: 7 }, () => '?'));
      drop();
      await answered();
      expect([into.role, into.textContent]).to.deep.equal([
        'alert',
        'This is not possible at the moment. Try again later.',
      ]);
      for (let left = 6; left > 0; left -= 1) {
        goOn!();
        await answered();
      }
      expect(pauses).to.deep.equal([1_000, 2_000, 4_000, 8_000, 16_000, 32_000]);
      expect(got).to.deep.equal([]);
      drop();
      await answered();
      expect(got).to.deep.equal(['a.png', 'a']);
    });

    it('they are in it once it is here, with whose they are', async () => {
      const { got, into, answers, drop } = dropping();
      answers.push('?');
      drop();
      await answered();
      into.conversationId = 'b';
      goOn!();
      await answered();
      expect(got).to.deep.equal(['a.png', 'a']);
    });
  });
});

describe('the size of a file', () => {
  it('is written as people read it, with the ending they know it by', () => {
    expect([0, 1, 999, 1_000, 1_234_567, 10_485_760].map(sizeText)).to.deep.equal([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1 kB',
      '1.2 MB',
      '10 MB',
    ]);
    expect(fileText({ name: 'Invoice.pdf', size: 1_000 })).to.equal('PDF · 1 kB');
    expect(fileText({ name: 'README', size: 1_000 })).to.equal('1 kB');
  });
});
