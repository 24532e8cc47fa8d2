import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, until } from '../../page.ts';
import { openPanel } from './open-panel.ts';

const isHere = (): boolean => !!customElements.get('parlour-widget-thread');

// In this order: what draws messages is here for all that come after it.
describe('the first message, before what draws messages is here', () => {
  it('is accessible, stands there at once and says that it waits', async () => {
    const opened = await openPanel();
    opened.client.becomes('offline');
    await opened.settle();
    const { chat, navigation } = opened.panel;
    const { conversationId } = navigation;
    chat!.send(conversationId!, 'Do you ship\nto Norway?');
    await opened.panel.updateComplete;
    const written = opened.panel.renderRoot.querySelector('parlour-widget-greeting')!;
    expect(isHere(), 'it was still missing').to.equal(false);
    await written.updateComplete;
    const texts = (part: string): string[] =>
      [...written.renderRoot.querySelectorAll(part)].map(({ textContent }) => textContent!.trim());
    expect(texts('.mine .bubble')).to.deep.equal(['Do you ship\nto Norway?']);
    expect(texts('.status')).to.deep.equal(['Waiting for a connection']);
    expect(opened.greeting).to.contain('Hello');
    await expectAccessible(opened.host);
    await until(isHere, 'it is fetched when something is written');
    await opened.settle();
    expect(opened.bubbles).to.deep.equal(['Do you shipto Norway?']);
    expect(opened.statuses).to.deep.equal(['Waiting for a connection']);
  });
});
