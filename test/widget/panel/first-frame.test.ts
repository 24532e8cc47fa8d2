import { expectAccessible } from '../../accessible.ts';
import { afterEach, describe, expect, it, until } from '../../page.ts';
import type { ParlourWidget } from '../../../widget/api/page-api.ts';
import { startWidget } from '../../../widget/loader/start-widget.ts';
import { mountPanel } from '../../../widget/panel/panel.ts';
import type { WidgetPanel } from '../../../widget/panel/frame/widget-panel.ts';
import { FakeVisitorClient } from '../fake-visitor-client.ts';
import { sampleConfiguration, sampleSnapshot } from '../sample.ts';

const requestAnimationFrame = window.requestAnimationFrame.bind(window);
const timeout = window.setTimeout.bind(window);
const held: (() => void)[] = [];

/** Nothing that waits for a frame to be drawn goes on before `draw`. */
function holdFrames(): void {
  window.requestAnimationFrame = (act) => held.push(() => act(performance.now()));
  // Who waits for a frame waits no longer than this, for pages that draw none.
  window.setTimeout = ((act: () => void, ms?: number, ...more: unknown[]) =>
    ms === 100 ? held.push(act) : timeout(act, ms, ...more)) as typeof window.setTimeout;
}

async function draw(): Promise<void> {
  Object.assign(window, { requestAnimationFrame, setTimeout: timeout });
  for (const act of held.splice(0)) act();
  await new Promise((resolve) => timeout(resolve, 50));
}

/** A widget in the page; frames are held from here on. */
function start(changes: Parameters<typeof sampleConfiguration>[0] = {}) {
  const client = new FakeVisitorClient();
  startWidget(sampleConfiguration(changes), `${location.origin}/widget.js`, async () => ({
    mountPanel: (port) => mountPanel(port, () => client),
  }));
  holdFrames();
  const host = document.querySelector<HTMLElement>('parlour-widget')!;
  const root = host.shadowRoot!;
  const panel = (): WidgetPanel | null => root.querySelector('parlour-widget-panel');
  const card = (): HTMLElement | null | undefined => panel()?.shadowRoot?.querySelector('section');
  return {
    client,
    host,
    root,
    panel,
    card,
    launcher: root.querySelector('button')!,
    widget: window.Parlour as ParlourWidget,
  };
}

const escape = (from: Element): boolean =>
  from.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));

afterEach(async () => {
  await draw();
  for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
  localStorage.clear();
  sessionStorage.clear();
});

// In this order: what the chat behind the card brings is there for all that come after it.
describe('the first frame', () => {
  it('is accessible: a card and a field, before there is a head, a greeting or a chat', async () => {
    const { host, launcher, panel, card, client } = start();
    launcher.focus();
    launcher.click();
    await until(() => panel()?.shadowRoot?.activeElement, 'the field has the focus');
    for (const part of ['header', 'greeting']) {
      expect(!!customElements.get(`parlour-widget-${part}`), `no ${part} yet`).to.equal(false);
      expect(!!card()?.querySelector(`parlour-widget-${part}`), `a place for the ${part}`).to.equal(true);
    }
    expect(card()?.ariaLabel ?? card()?.getAttribute('aria-label')).to.equal('Chat with Kilnmere');
    Object.assign(window, { requestAnimationFrame, setTimeout: timeout });
    await expectAccessible(host);
    expect(client.connected, 'it still was the first frame').to.equal(0);
  });

  it('closes by Escape from the field, gives the focus back, and nothing goes online', async () => {
    const { launcher, panel, client, root, widget } = start();
    launcher.focus();
    launcher.click();
    await until(() => panel()?.shadowRoot?.activeElement, 'the field has the focus');
    escape(panel()!.shadowRoot!.activeElement!.shadowRoot!.activeElement!);
    expect(widget.isOpen).to.equal(false);
    expect(root.activeElement === launcher).to.equal(true);
    await draw();
    expect(panel()!.open).to.equal(false);
    expect(client.connected).to.equal(0);
  });

  it('has the focus also where the home comes first, which is still on its way, and closes by Escape', async () => {
    const { launcher, panel, card, client, root, widget } = start({ startAtHome: true });
    launcher.focus();
    launcher.click();
    await until(() => root.activeElement === panel(), 'the launcher has the focus no longer');
    expect(!!customElements.get('parlour-widget-home')).to.equal(false);
    expect(panel()!.shadowRoot!.activeElement === card()).to.equal(true);
    escape(card()!);
    expect(widget.isOpen).to.equal(false);
    expect(root.activeElement === launcher).to.equal(true);
    await draw();
    const again = widget.open();
    await draw();
    await again;
    client.welcome(sampleSnapshot());
    const home = () => panel()!.shadowRoot!.querySelector('parlour-widget-home');
    await customElements.whenDefined('parlour-widget-home');
    await until(() => home() && panel()!.shadowRoot!.activeElement === home(), 'the home takes it when it is there');
  });

  it('takes the focus of somebody known, too, of whom it is not yet known what there is', async () => {
    localStorage.setItem('parlour:ch_sample', `pv_${'a'.repeat(43)}+`);
    const { launcher, panel, root } = start();
    launcher.focus();
    launcher.click();
    await until(() => root.activeElement === panel(), 'the launcher has the focus no longer');
  });
});

describe('opening', () => {
  it('settles when it was closed before the chat stood, and nothing goes online', async () => {
    const { panel, client, widget } = start();
    const opening = widget.open();
    await until(() => panel()?.open, 'the card is there');
    widget.close();
    await draw();
    await opening;
    expect([widget.isOpen, panel()!.open, client.connected]).to.deep.equal([false, false, 0]);
    const again = widget.open();
    await draw();
    await again;
    expect([widget.isOpen, panel()!.open, client.connected]).to.deep.equal([true, true, 1]);
  });

  it('settles when the widget was destroyed in the first frame, and nothing goes online', async () => {
    const { panel, client, widget, root } = start();
    const opening = widget.open();
    await until(() => panel()?.open, 'the card is there');
    widget.destroy();
    await opening;
    await draw();
    expect(!!root.querySelector('parlour-widget-panel')).to.equal(false);
    expect(client.connected).to.equal(0);
  });

  it('settles when the widget was destroyed before what it needs of its channel came, and nothing goes online', async () => {
    const client = new FakeVisitorClient();
    let give: (value: object) => void = () => undefined;
    const { name: _later, ...configuration } = sampleConfiguration();
    startWidget(
      configuration as ReturnType<typeof sampleConfiguration>,
      `${location.origin}/widget.js?channel=ch_sample`,
      async (from) =>
        from.pathname === '/configuration.js'
          ? new Promise((resolve) => (give = resolve))
          : { mountPanel: (port) => mountPanel(port, () => client) },
    );
    const widget = window.Parlour as ParlourWidget;
    const opening = widget.open();
    await new Promise((resolve) => timeout(resolve, 50));
    widget.destroy();
    give({ default: { name: 'Kilnmere' } });
    await opening;
    await draw();
    expect(client.connected).to.equal(0);
  });
});
