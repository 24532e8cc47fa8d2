import type { ParlourError, ParlourWidget } from '../../../widget/api/page-api.ts';
import type { Panel, PanelModule } from '../../../widget/launcher/panel-port.ts';
import { startWidget } from '../../../widget/loader/start-widget.ts';
import { mountPanel } from '../../../widget/panel/panel.ts';
import { expectAccessible } from '../../accessible.ts';
import { expectNoLeak } from '../../inbox-elements/leaks.ts';
import { afterEach, describe, expect, it, settled, until } from '../../page.ts';
import { FakeVisitorClient } from '../fake-visitor-client.ts';
import { ada, sampleConfiguration, samplePart, sampleSnapshot } from '../sample.ts';

const address = `${location.origin}/widget.js?channel=ch_sample`;

/** A panel that only notes what is asked of it. */
class NotingPanel implements Panel {
  readonly asked: string[] = [];
  connect = (): void => void this.asked.push('connect');
  open = (): void => void this.asked.push('open');
  close = (): void => void this.asked.push('close');
  destroy = (): void => void this.asked.push('destroy');
  ask = async (method: string): Promise<void> => void this.asked.push(method);
}

class Importer {
  readonly addresses: string[] = [];
  readonly panel = new NotingPanel();
  fails = false;
  import = async (from: URL): Promise<PanelModule> => {
    this.addresses.push(from.href);
    if (this.fails) throw new TypeError('Failed to fetch dynamically imported module');
    return { mountPanel: () => this.panel };
  };
}

const hosts = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('parlour-widget')];
const buttonOf = (host = hosts()[0]): HTMLButtonElement =>
  host?.shadowRoot?.querySelector('button') as HTMLButtonElement;
const badgeOf = (host = hosts()[0]): HTMLElement => host?.shadowRoot?.querySelector('i') as HTMLElement;
const parlour = (): ParlourWidget => window.Parlour as ParlourWidget;

function start(changes: Parameters<typeof sampleConfiguration>[0] = {}): Importer {
  const importer = new Importer();
  startWidget(sampleConfiguration(changes), address, importer.import);
  return importer;
}

afterEach(() => {
  for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
  window.Parlour = undefined;
  localStorage.clear();
});

describe('the loader', () => {
  it('is accessible: closed, with unread messages, away, and when the chat could not be loaded', async () => {
    const importer = start();
    await expectAccessible(hosts()[0] as HTMLElement);
    expect(buttonOf().getAttribute('aria-label')).to.equal('Open chat, online');
    expect(buttonOf().getBoundingClientRect().width).to.be.at.least(48);
    importer.fails = true;
    await parlour().open();
    expect(badgeOf().textContent).to.equal('Chat could not load. Try again.');
    expect(badgeOf().role).to.equal('alert');
    await expectAccessible(hosts()[0] as HTMLElement);
    parlour().destroy();
    start({ availability: { open: false, changesAt: null } });
    expect(buttonOf().getAttribute('aria-label')).to.equal('Open chat');
    await expectAccessible(hosts()[0] as HTMLElement);
  });

  it('fetches nothing before the first intent, and the panel once', async () => {
    const { addresses, panel } = start();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(addresses).to.deep.equal([]);
    buttonOf().dispatchEvent(new PointerEvent('pointerenter'));
    buttonOf().focus();
    expect(addresses).to.deep.equal([`${location.origin}/assets/panel.js`]);
    expect(panel.asked).to.deep.equal([]);
    buttonOf().click();
    await until(() => panel.asked.length > 0, 'the panel is opened');
    expect(panel.asked).to.deep.equal(['open']);
    expect(addresses).to.have.length(1);
  });

  it('tries again under another address after the panel could not be loaded', async () => {
    const importer = start();
    importer.fails = true;
    await parlour().open();
    expect(parlour().isOpen).to.equal(false);
    importer.fails = false;
    buttonOf().click();
    await until(() => importer.panel.asked.includes('open'), 'the panel is opened');
    expect(new Set(importer.addresses)).to.have.length(2);
    expect(badgeOf().hidden).to.equal(true);
  });

  it('does not open what was closed again, or removed, while it was on its way', async () => {
    const importer = start();
    const opening = parlour().open();
    parlour().close();
    await opening;
    expect(importer.panel.asked).to.deep.equal([]);
    const again = parlour().open();
    parlour().destroy();
    await again;
    expect(importer.panel.asked).to.deep.equal([]);
  });

  it('looks for answers by itself only when the visitor has had a conversation', async () => {
    localStorage.setItem('parlour:ch_known', `pv_${'a'.repeat(43)}+`);
    localStorage.setItem('parlour:ch_new', `pv_${'a'.repeat(43)}`);
    const known = start({ key: 'ch_known' });
    const fresh = start({ key: 'ch_new' });
    await until(() => known.panel.asked.length > 0, 'the panel connects');
    expect(known.panel.asked).to.deep.equal(['connect']);
    expect(fresh.addresses).to.deep.equal([]);
  });

  it('does not look into storage while the page begins: that waits for another process', async () => {
    const storage = Object.getOwnPropertyDescriptor(window, 'localStorage') as PropertyDescriptor;
    let looks = 0;
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        looks += 1;
        return storage.get?.call(window) as unknown;
      },
    });
    try {
      start();
      expect(looks).to.equal(0);
      await until(() => looks > 0, 'it is looked whether the visitor has had a conversation');
    } finally {
      Object.defineProperty(window, 'localStorage', storage);
    }
  });

  it('says by a code why it could not wipe what it keeps, where the chat that does it cannot be loaded', async () => {
    const importer = start();
    importer.fails = true;
    const { code, message } = await parlour()
      .destroy({ wipe: true })
      .then(
        () => ({ code: 'done', message: '' }),
        (error: ParlourError) => error,
      );
    expect([code, message]).to.deep.equal(['unavailable', 'Chat could not load. Try again.']);
  });

  it('stands in pages without a head, and in pages without a body', async () => {
    for (const part of ['head', 'body'] as const) {
      const { documentElement, [part]: removed } = document;
      removed.remove();
      expect(documentElement.childElementCount).to.equal(1);
      start({ key: `ch_without_${part}` });
      const { length } = hosts();
      parlour().destroy();
      documentElement[part === 'head' ? 'prepend' : 'append'](removed);
      expect(length, part).to.equal(1);
    }
  });

  it('tolerates being included twice', () => {
    start();
    const first = window.Parlour;
    start();
    expect(hosts()).to.have.length(1);
    expect(window.Parlour).to.equal(first);
  });

  it('lets several channels stand on one page, one above the other', () => {
    start({ key: 'ch_one' });
    start({ key: 'ch_two' });
    expect(hosts()).to.have.length(2);
    const [one, two] = hosts().map((host) => buttonOf(host).getBoundingClientRect());
    expect(two?.bottom).to.be.lessThan(one?.top ?? 0);
    expect(Object.keys(parlour().widgets)).to.deep.equal(['ch_one', 'ch_two']);
    parlour().destroy();
    expect(hosts()).to.have.length(1);
    expect(parlour()).to.equal(parlour().widgets.ch_two);
  });

  it('takes nothing from the widget that came after it when it is destroyed once more', () => {
    start();
    const first = parlour();
    first.destroy();
    start();
    const second = parlour();
    first.destroy();
    expect(parlour()).to.equal(second);
    second.destroy();
    expect(hosts()).to.have.length(0);
    expect(window.Parlour).to.equal(undefined);
  });

  it('runs the calls that a page made before it came', async () => {
    const stub = Object.assign((...call: unknown[]) => stub.q.push(call), { q: [] as unknown[][] });
    window.Parlour = stub as unknown as NonNullable<Window['Parlour']>;
    const heard: string[] = [];
    stub('on', 'open', () => heard.push('open'));
    stub('hide');
    stub('open');
    const importer = start();
    await until(() => importer.panel.asked.includes('open'), 'the queued call opens it');
    expect(heard).to.deep.equal(['open']);
    expect(buttonOf().checkVisibility()).to.equal(false);
    parlour()('show');
    expect(buttonOf().checkVisibility()).to.equal(true);
  });

  it('tells listeners, until they are taken off', async () => {
    start();
    const heard: string[] = [];
    const listener = (): void => void heard.push('open');
    parlour().on('open', listener);
    parlour().on('close', () => heard.push('close'));
    await parlour().open();
    parlour().toggle();
    parlour().off('open', listener);
    parlour().toggle();
    expect(heard).to.deep.equal(['open', 'close']);
  });

  it('leaves nothing of itself in the page when it is destroyed', async () => {
    start();
    parlour().destroy();
    expect(hosts()).to.have.length(0);
    expect(window.Parlour).to.equal(undefined);
  });

  it('leaves no node, listener, timer, observer or socket, however often it comes and goes', async () => {
    await expectNoLeak(
      () => {
        const client = new FakeVisitorClient();
        startWidget(
          sampleConfiguration({ availability: { open: true, changesAt: new Date(Date.now() + 60_000).toISOString() } }),
          address,
          async () => ({
            mountPanel: (port) => mountPanel(port, () => client),
          }),
        );
        return Object.assign(document.createElement('div'), {
          client,
          remove(this: HTMLElement) {
            parlour().destroy();
            expect(client.listeners).to.equal(0);
            expect(client.closed).to.equal(1);
            HTMLElement.prototype.remove.call(this);
          },
        });
      },
      async (element) => {
        await parlour().open();
        const { client } = element as unknown as { client: FakeVisitorClient };
        client.welcome(sampleSnapshot());
        client.hearPart(samplePart(1, 'Hello'));
        client.hearSignal({
          type: 'signal',
          name: 'typing',
          conversationId: samplePart(1, '').conversationId,
          from: ada,
        });
        const panel = hosts()[0]?.shadowRoot?.querySelector('parlour-widget-panel');
        if (panel) await settled(panel);
      },
    );
  });

  it('closes its real line, too', async () => {
    await expectNoLeak(
      () => {
        startWidget(sampleConfiguration(), address, async () => ({ mountPanel }));
        return Object.assign(document.createElement('div'), {
          remove(this: HTMLElement) {
            parlour().destroy();
            HTMLElement.prototype.remove.call(this);
          },
        });
      },
      () => parlour().open(),
    );
  });
});
