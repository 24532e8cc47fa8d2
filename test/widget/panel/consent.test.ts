import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, until } from '../../page.ts';
import type { ParlourWidget } from '../../../widget/api/page-api.ts';
import { startWidget } from '../../../widget/loader/start-widget.ts';
import type { WidgetConsent } from '../../../widget/panel/consent/widget-consent.ts';
import { speak } from '../../../widget/languages/language.ts';
import { mountPanel } from '../../../widget/panel/panel.ts';
import { FakeVisitorClient } from '../fake-visitor-client.ts';
import { sampleConfiguration, sampleSnapshot } from '../sample.ts';
// Takes the widgets away after each test.
import './open-panel.ts';

/** A widget whose owner wants visitors to be asked, opened. */
async function asked(changes: Parameters<typeof sampleConfiguration>[0] = {}, search = '') {
  const clients: FakeVisitorClient[] = [];
  startWidget(
    sampleConfiguration({ askConsent: true, ...changes }),
    `${location.origin}/widget.js${search}`,
    async () => ({
      mountPanel: (port) =>
        mountPanel(port, () => {
          const client = new FakeVisitorClient();
          clients.push(client);
          return client;
        }),
    }),
  );
  const host = document.querySelector('parlour-widget')!;
  const root = host.shadowRoot!;
  const widget = window.Parlour as ParlourWidget;
  const card = (): WidgetConsent | null => root.querySelector('parlour-widget-consent');
  const panel = () => root.querySelector('parlour-widget-panel');
  const button = (words: string): HTMLElement =>
    [...card()!.renderRoot.querySelectorAll<HTMLElement>('button')].find(({ textContent }) =>
      textContent?.includes(words),
    )!;
  return { clients, host, root, widget, card, panel, button };
}

async function opened(changes: Parameters<typeof sampleConfiguration>[0] = {}, search = '') {
  const all = await asked(changes, search);
  all.root.querySelector('button')!.click();
  await until(() => all.card()?.configuration, 'they are asked');
  await all.card()!.updateComplete;
  return all;
}

const proofOf = (sub: string): string => `x.${btoa(JSON.stringify({ sub }))}.x`;

describe('consent before the chat', () => {
  it('is accessible, with the words and the link of the site owner', async () => {
    const { host, card } = await opened({
      consentText: 'May we?',
      privacyUrl: 'https://shop.example/privacy',
      logoUrl: 'https://shop.example/logo.png',
    });
    expect(card()!.renderRoot.querySelector('.words')?.textContent).to.equal('May we?');
    expect(card()!.renderRoot.querySelector('a')?.href).to.equal('https://shop.example/privacy');
    const header = card()!.renderRoot.querySelector('parlour-widget-header')!;
    await header.updateComplete;
    expect(!!header.renderRoot.querySelector('img'), 'nothing is fetched from elsewhere').to.equal(false);
    await expectAccessible(host);
  });

  it('looks as the page says that a chat looks', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`parlour-widget::part(card) { padding-top: 3px }
      parlour-widget::part(header) { background-color: rgb(1, 2, 3) }
      parlour-widget::part(name) { color: rgb(4, 5, 6) }
      parlour-widget::part(hours) { color: rgb(7, 8, 9) }
      parlour-widget::part(close) { color: rgb(10, 11, 12) }`);
    document.adoptedStyleSheets.push(sheet);
    const { card } = await opened();
    const header = card()!.renderRoot.querySelector('parlour-widget-header')!;
    await header.updateComplete;
    const look = (root: ParentNode, part: string): CSSStyleDeclaration =>
      getComputedStyle(root.querySelector(`[part=${part}]`)!);
    expect(look(card()!.renderRoot as ShadowRoot, 'card').paddingTop).to.equal('3px');
    const inHeader = header.renderRoot as ShadowRoot;
    expect(look(inHeader, 'header').backgroundColor).to.equal('rgb(1, 2, 3)');
    expect(look(inHeader, 'name').color).to.equal('rgb(4, 5, 6)');
    expect(look(inHeader, 'hours').color).to.equal('rgb(7, 8, 9)');
    expect(look(inHeader, 'close').color).to.equal('rgb(10, 11, 12)');
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((held) => held !== sheet);
  });

  it('takes the focus in a language that had to be fetched too, and leaves no room for faces', async () => {
    const { root, card } = await opened({}, '?language=de');
    expect(card()!.renderRoot.textContent).to.contain('Bevor wir chatten');
    await until(() => root.activeElement === card(), 'the card has the focus');
    const header = card()!.renderRoot.querySelector('parlour-widget-header')!;
    await header.updateComplete;
    expect(!!header.renderRoot.querySelector('.faces')).to.equal(false);
    await speak(`${location.origin}/widget.js?language=en`);
  });

  it('comes before anything is kept or sent; who declines finds the page as it was', async () => {
    const { clients, root, card, panel, button, widget } = await opened();
    await until(() => root.activeElement === card(), 'the card has the focus');
    button('No, thank you').click();
    await card()!.updateComplete;
    expect(card()!.open).to.equal(false);
    expect(widget.isOpen).to.equal(false);
    expect(root.activeElement === root.querySelector('button')).to.equal(true);
    expect(!!panel()).to.equal(false);
    expect(clients.length).to.equal(0);
    expect(Object.keys(localStorage)).to.deep.equal([]);
  });

  it('closes by Escape, and is asked again at the next click', async () => {
    const { card, root, widget } = await opened();
    card()!
      .renderRoot.querySelector('section')!
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    expect(widget.isOpen).to.equal(false);
    root.querySelector('button')!.click();
    await until(() => card()!.open, 'it stands there again');
  });

  it('once given lets the chat begin, and is not asked for again', async () => {
    const first = await opened();
    first.button('I agree').click();
    await until(() => first.clients[0]?.connected === 1, 'the chat connects');
    expect(!!first.card()).to.equal(false);
    expect(first.panel()?.open).to.equal(true);
    first.widget.destroy();
    const second = await asked();
    second.root.querySelector('button')!.click();
    await until(() => second.clients[0]?.connected === 1, 'the chat connects at once');
    expect(!!second.card()).to.equal(false);
  });

  it('may be given by the page, and what the page asked for meanwhile is done then', async () => {
    const { clients, widget, panel, card } = await asked();
    void widget.setProperties({ plan: 'studio' });
    const tracked = widget.track('looked');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(clients.length).to.equal(0);
    expect(!!card()).to.equal(false);
    await widget.setConsent(true);
    await until(() => clients[0]?.commands.some(({ name }) => name === 'visitor.track'), 'it is told');
    clients[0]!.last('visitor.track').resolve({});
    await tracked;
    expect(clients[0]!.last('visitor.describe').input).to.deep.equal({ properties: { plan: 'studio' } });
    expect(panel()?.open).to.equal(false);
  });

  it('given by whoever comes next tells nothing of who left without giving it', async () => {
    const { clients, widget } = await asked();
    const named = widget.identify({ token: proofOf('ada') }).catch((error: { code: string }) => error.code);
    await new Promise((resolve) => setTimeout(resolve, 50));
    void widget.setProperties({ email: 'ada@example.com' });
    await widget.logout();
    expect(await named).to.equal('superseded');
    void widget.setProperties({ plan: 'studio' });
    await widget.setConsent(true);
    void widget.track('looked');
    await until(() => clients.at(-1)?.commands.some(({ name }) => name === 'visitor.track'), 'it is told');
    expect(clients.length).to.equal(1);
    await until(() => clients[0]!.commands.some(({ name }) => name === 'visitor.describe'), 'and what is known');
    const told = clients[0]!.commands.filter(({ name }) => name === 'visitor.describe').map(({ input }) => input);
    expect(told).to.deep.equal([{ properties: { plan: 'studio' } }]);
  });

  it('taken back ends the wait for who they are, and nothing said of them is kept', async () => {
    const { clients, widget } = await asked();
    await widget.setConsent(true);
    await widget.setConversationProperties({ order: 1 });
    const named = widget.identify({ token: proofOf('ada') }).catch((error: { code: string }) => error.code);
    await until(() => clients.at(-1)?.connected === 1, 'it asks the server');
    await widget.setConsent(false).catch(() => undefined);
    expect(await named).to.equal('superseded');
    await widget.setConsent(true);
    await widget.open();
    await until(() => clients.length === 2 && clients[1]?.connected === 1, 'the next one connects');
    clients[1]!.welcome(sampleSnapshot());
    await widget.startConversation('Hello');
    const panel = document.querySelector('parlour-widget')!.shadowRoot!.querySelector('parlour-widget-panel')!;
    const composer = panel.renderRoot.querySelector('parlour-widget-composer')!;
    await composer.updateComplete;
    composer.renderRoot
      .querySelector('textarea')!
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    await until(() => clients[1]!.commands.some(({ name }) => name === 'conversation.start'), 'it begins');
    expect('properties' in clients[1]!.last('conversation.start').input).to.equal(false);
  });

  it('is not waited for by how the chat looks and what it speaks, and what the page chose stays', async () => {
    const { clients, root, widget, panel } = await opened();
    await widget.setTheme('dark');
    await widget.update({ color: '#aa0033', position: 'left' });
    const wrong = await widget.setLocale('xx').catch((error: { code: string }) => error.code);
    expect(wrong).to.equal('invalid');
    const accent = (): string => getComputedStyle(root.host).getPropertyValue('--parlour-accent');
    expect(accent()).to.equal('#aa0033');
    expect(clients.length).to.equal(0);
    expect(Object.keys(localStorage)).to.deep.equal([]);
    await widget.setConsent(true);
    await until(() => panel()?.open, 'the chat is there');
    await widget.update({ offsetBlock: 40 });
    expect(accent()).to.equal('#aa0033');
    expect(getComputedStyle(root.host).getPropertyValue('--parlour-color-scheme')).to.equal('dark');
  });

  it('is asked for when the page wants the chat shown', async () => {
    const { widget, card, clients } = await asked();
    void widget.startConversation('Hello');
    await until(() => card()?.open, 'they are asked');
    expect(clients.length).to.equal(0);
  });

  it('taken back wipes what is kept, and stands before the chat again', async () => {
    const { clients, button, widget, card, panel } = await opened();
    button('I agree').click();
    await until(() => clients[0]?.connected === 1, 'the chat connects');
    clients[0]!.welcome(sampleSnapshot());
    expect(Object.keys(localStorage).length).to.be.greaterThan(0);
    // The server is not there: what is kept here goes all the same.
    await widget.setConsent(false).catch(() => undefined);
    expect(Object.keys(localStorage)).to.deep.equal([]);
    expect(clients[0]!.closed).to.equal(1);
    expect(!!panel()).to.equal(false);
    await until(() => card()?.open, 'they are asked again');
  });

  it('leaves nothing behind when the widget goes', async () => {
    const { widget, root, host } = await opened();
    widget.destroy();
    expect(host.isConnected).to.equal(false);
    await until(() => !root.querySelector('parlour-widget-consent'), 'the card has gone');
  });
});
