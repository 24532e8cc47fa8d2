import { EmbedSnippet } from '../../../inbox-elements/snippet/snippet.ts';
import { define } from '../../../shared/ui/define.ts';
import { expectAccessible } from '../../accessible.ts';
import { afterEach, describe, expect, it, settled, until } from '../../page.ts';
import { FakeClient, sessionAround } from '../fake-client.ts';
import { expectNoLeak } from '../leaks.ts';
import { sampleChannel, sampleId, sampleSnapshot } from '../sample.ts';

define({ 'parlour-snippet': EmbedSnippet });

let session: HTMLElement | null = null;
afterEach(() => session?.remove());

async function snippetIn(client: FakeClient, channelId?: string): Promise<EmbedSnippet> {
  session = sessionAround(client);
  const element = new EmbedSnippet();
  if (channelId) element.channelId = channelId;
  session.append(element);
  await settled(element);
  return element;
}

const second = sampleChannel({ id: sampleId(32), name: 'Shop chat', key: 'ch_second' });
const twoChannels = sampleSnapshot({ channels: [sampleChannel(), second] });
const code = (element: Element): string => element.shadowRoot!.querySelector('code')?.textContent ?? '';

describe('<parlour-snippet>', () => {
  it('is accessible while nothing is known', async () => {
    await expectAccessible(await snippetIn(new FakeClient(null)));
  });

  it('is accessible without a channel', async () => {
    const element = await snippetIn(new FakeClient(sampleSnapshot({ channels: [] })));
    expect(element.shadowRoot!.textContent).to.contain('No chat channel is connected');
    await expectAccessible(element);
  });

  it('is accessible with one channel, and with a choice of two', async () => {
    await expectAccessible(await snippetIn(new FakeClient()));
    await expectAccessible(await snippetIn(new FakeClient(twoChannels)));
  });

  it('shows the one line a site needs, with its own server and channel', async () => {
    const element = await snippetIn(new FakeClient());
    expect(code(element)).to.equal(
      '<script async src="https://chat.fernandfield.example/widget.js?channel=ch_7Qm2xB4kT9w"></script>',
    );
    expect(element.shadowRoot!.querySelector('a')!.href).to.equal(
      'https://chat.fernandfield.example/demo/?channel=ch_7Qm2xB4kT9w',
    );
  });

  it('shows the address of the chat’s own page, and copies that from beside it', async () => {
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (text: string) => void copied.push(text) },
    });
    try {
      const root = (await snippetIn(new FakeClient(twoChannels), second.id)).shadowRoot!;
      const link = root.querySelector<HTMLAnchorElement>('[part="link"]')!;
      expect(link.href).to.equal('https://chat.fernandfield.example/chat/ch_second');
      expect(link.textContent).to.equal(link.href);
      const [ofSnippet, ofLink] = root.querySelectorAll<HTMLButtonElement>('.copy');
      ofLink!.click();
      await until(() => ofLink!.textContent.includes('Copied'), 'its button says so');
      expect(ofSnippet!.textContent.trim()).to.equal('Copy');
      expect(copied).to.deep.equal([link.href]);
    } finally {
      Reflect.deleteProperty(navigator, 'clipboard');
    }
  });

  it('shows the channel that is asked for, or that is chosen', async () => {
    expect(code(await snippetIn(new FakeClient(twoChannels), second.id))).to.contain('channel=ch_second');
    const element = await snippetIn(new FakeClient(twoChannels));
    const select = element.shadowRoot!.querySelector('select')!;
    select.value = second.id;
    select.dispatchEvent(new Event('change'));
    await settled(element);
    expect(code(element)).to.contain('channel=ch_second');
  });

  it('copies and says so', async () => {
    const copied: string[] = [];
    const original = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard')!;
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (text: string) => void copied.push(text) },
    });
    try {
      const element = await snippetIn(new FakeClient());
      element.shadowRoot!.querySelector<HTMLButtonElement>('.copy')!.click();
      await until(
        () => element.shadowRoot!.querySelector('.copy')!.textContent.includes('Copied'),
        'the button says so',
      );
      expect(copied).to.deep.equal([code(element)]);
      expect(element.shadowRoot!.querySelector('[role="status"]')!.textContent).to.equal('Copied to the clipboard');
      await expectAccessible(element);
    } finally {
      Reflect.deleteProperty(navigator, 'clipboard');
      expect(Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard')).to.deep.equal(original);
    }
  });

  it('leaves nothing behind, even while a copy is being confirmed', async () => {
    await expectNoLeak(
      () => {
        const around = sessionAround(new FakeClient());
        around.append(new EmbedSnippet());
        return around;
      },
      (around) =>
        (around.firstElementChild as EmbedSnippet).shadowRoot!.querySelector<HTMLButtonElement>('.copy')?.click(),
    );
  });
});
