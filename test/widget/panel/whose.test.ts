import type { ParlourWidget } from '../../../widget/api/page-api.ts';
import { startWidget } from '../../../widget/loader/start-widget.ts';
import { mountPanel } from '../../../widget/panel/panel.ts';
import { visitorToken } from '../../../widget/panel/visitor-memory.ts';
import { describe, expect, it, until } from '../../page.ts';
import { FakeVisitorClient } from '../fake-visitor-client.ts';
import { sampleConfiguration, sampleSnapshot } from '../sample.ts';
import { OpenPanel, openPanel } from './open-panel.ts';

const proofOf = (sub: string): { token: string } => ({ token: `x.${btoa(JSON.stringify({ sub }))}.x` });

/** A widget in the page; each panel that stands up has a line of its own. */
function start(): { widget: ParlourWidget; clients: FakeVisitorClient[] } {
  const clients: FakeVisitorClient[] = [];
  startWidget(sampleConfiguration(), `${location.origin}/widget.js`, async () => ({
    mountPanel: (port) =>
      mountPanel(port, () => {
        const client = new FakeVisitorClient();
        clients.push(client);
        return client;
      }),
  }));
  return { widget: window.Parlour as ParlourWidget, clients };
}

/** What was said of the visitor on a line. */
const described = (client: FakeVisitorClient | undefined): unknown[] =>
  (client?.commands ?? []).filter(({ name }) => name === 'visitor.describe').map(({ input }) => input);

async function welcomed(clients: FakeVisitorClient[], count: number): Promise<void> {
  await until(() => clients.length === count && clients.at(-1)?.connected === 1, 'a line of its own connects');
  clients.at(-1)?.welcome(sampleSnapshot());
}

describe('what the page says of a visitor', () => {
  it('goes with them, and what it says right after it names the next one is of that one', async () => {
    const { widget, clients } = start();
    const first = widget.identify(proofOf('ada'));
    await welcomed(clients, 1);
    await first;
    widget.setProperties({ email: 'ada@example.com', plan: 'studio' });
    await widget.setConversationProperties({ order: 1 });
    await until(() => described(clients[0]).length === 1, 'it is told');
    const second = widget.identify(proofOf('bob'));
    widget.setProperties({ plan: 'free' });
    await welcomed(clients, 2);
    await second;
    await until(() => described(clients[1]).length > 0, 'it is told');
    expect(described(clients[0])).to.deep.equal([{ email: 'ada@example.com', properties: { plan: 'studio' } }]);
    for (const said of described(clients[1])) expect(said).to.deep.equal({ properties: { plan: 'free' } });
    expect(widget.known).to.deep.equal({ plan: 'free' });
  });

  it('stays when they are named again, and when they are named at last', async () => {
    const { widget, clients } = start();
    widget.setProperties({ plan: 'studio' });
    for (const count of [1, 2]) {
      const named = widget.identify(proofOf('ada'));
      await welcomed(clients, count);
      await named;
      await until(() => described(clients[count - 1]).length > 0, 'it is told');
      expect(described(clients[count - 1])).to.deep.equal([{ properties: { plan: 'studio' } }]);
    }
  });

  it('is of whoever is named while the one before signs out', async () => {
    const { widget, clients } = start();
    const first = widget.identify(proofOf('ada'));
    await welcomed(clients, 1);
    await first;
    widget.setProperties({ email: 'ada@example.com' });
    const left = widget.logout().catch(() => undefined);
    const second = widget.identify(proofOf('bob'));
    widget.setProperties({ plan: 'free' });
    await welcomed(clients, 2);
    await Promise.all([left, second]);
    expect(clients.map(({ closed }) => closed > 0)).to.deep.equal([true, false]);
    await until(() => described(clients[1]).length > 0, 'it is told');
    for (const said of described(clients[1])) expect(said).to.deep.equal({ properties: { plan: 'free' } });
  });
});

describe('what the page says of the next conversation', () => {
  const begun = async (opened: OpenPanel): Promise<unknown> => {
    await opened.welcome();
    await opened.send('Hello');
    return opened.client.last('conversation.start').input['properties'];
  };

  /** A widget whose chat is open in a tab where a page said something of the visitor whose token ends so. */
  function startAfter(properties: object): {
    widget: ParlourWidget;
    clients: FakeVisitorClient[];
    opened: () => OpenPanel;
  } {
    const whose = visitorToken('ch_sample').slice(-8);
    sessionStorage.setItem('parlour:ch_sample:about', JSON.stringify({ whose, said: properties }));
    const { widget, clients } = start();
    return { widget, clients, opened: () => new OpenPanel(clients.at(-1)!) };
  }

  it('goes on to the next page of the same visitor', async () => {
    const { widget, clients, opened } = startAfter({ order: 1 });
    await widget.setConversationProperties({ cart: 2 });
    await widget.open();
    await until(() => clients.length === 1, 'the chat opens');
    expect(await begun(opened())).to.deep.equal({ order: 1, cart: 2 });
  });

  it('reaches nobody else, whom the page names only after it said more', async () => {
    localStorage.setItem('parlour:ch_sample:who', 'ada');
    const { widget, clients, opened } = startAfter({ order: 1 });
    await widget.setConversationProperties({ cart: 2 });
    const named = widget.identify(proofOf('bob'));
    await welcomed(clients, 1);
    await named;
    await widget.open();
    expect(await begun(opened())).to.deep.equal({ cart: 2 });
  });

  it('reaches nobody else, where another tab signed them out', async () => {
    const { widget, clients, opened } = startAfter({ order: 1 });
    await widget.setConversationProperties({ cart: 2 });
    // As the other tab's page does it; somebody new is made up at the next need.
    localStorage.clear();
    await widget.open();
    visitorToken('ch_sample');
    await until(() => clients.length === 1, 'the chat opens');
    expect(await begun(opened())).to.equal(undefined);
    expect(sessionStorage.getItem('parlour:ch_sample:about')).to.equal(null);
  });

  it('broken in what the browser keeps, is nothing, and keeps nobody from writing', async () => {
    visitorToken('ch_sample');
    sessionStorage.setItem('parlour:ch_sample:about', '{"whose":');
    const opened = await openPanel();
    expect(await begun(opened)).to.equal(undefined);
  });
});
