import type { ParlourWidget } from '../../../widget/api/page-api.ts';
import { startWidget } from '../../../widget/loader/start-widget.ts';
import { mountPanel } from '../../../widget/panel/panel.ts';
import { describe, expect, it, until } from '../../page.ts';
import { FakeVisitorClient } from '../fake-visitor-client.ts';
import { sampleConfiguration } from '../sample.ts';
// Takes the widgets away after each test.
import './open-panel.ts';

const root = (): ShadowRoot => document.querySelector('parlour-widget')!.shadowRoot!;
const launcher = (): HTMLButtonElement => root().querySelector('button')!;
const alert = (): string | undefined => root().querySelector('[role=alert]')?.textContent ?? undefined;
const isShown = (): boolean => root().querySelector('parlour-widget-panel')?.open === true;

/** A widget whose loader carries as little as that of a channel with rules. An address that failed goes on failing, as some browsers have it. */
function start(network: { isDown: boolean }): ParlourWidget {
  const { name: _later, ...beginning } = sampleConfiguration();
  const failed = new Set<string>();
  startWidget(
    beginning as typeof beginning & { name: string },
    `${location.origin}/widget.js?channel=k`,
    async (from) => {
      if (!from.pathname.endsWith('configuration.js'))
        return { mountPanel: (port) => mountPanel(port, () => new FakeVisitorClient()) };
      if (network.isDown) failed.add(from.href);
      if (failed.has(from.href)) throw new TypeError('Failed to fetch dynamically imported module');
      return { default: sampleConfiguration() };
    },
  );
  return window.Parlour as ParlourWidget;
}

describe('what only the chat needs of its channel', () => {
  it('is asked for at another address once it failed: the chat opens where the network came back', async () => {
    const network = { isDown: true };
    const widget = start(network);
    launcher().dispatchEvent(new PointerEvent('pointerenter'));
    await new Promise((resolve) => setTimeout(resolve, 0));
    network.isDown = false;
    launcher().click();
    await until(isShown, 'the chat opens');
    expect(widget.isOpen).to.equal(true);
    expect(alert()).to.equal(undefined);
  });

  it('kept away closes the chat again and says so, and the next click tries anew', async () => {
    const network = { isDown: true };
    const widget = start(network);
    await widget.open();
    expect(widget.isOpen).to.equal(false);
    expect(alert()).to.equal('Chat could not load. Try again.');
    network.isDown = false;
    launcher().click();
    await until(isShown, 'the chat opens');
  });

  it('kept away has what the page asks of the chat reject as unavailable', async () => {
    const network = { isDown: true };
    const widget = start(network);
    const refusal: unknown = await widget.track('looked').catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'unavailable', message: 'Chat could not load. Try again.' });
    expect(alert()).to.equal(undefined);
  });
});
