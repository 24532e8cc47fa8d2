import { RequestError } from '../../../shared/client/client.ts';
import { forgetVisitor } from '../../../widget/api/forget-visitor.ts';
import type { ParlourWidget } from '../../../widget/api/page-api.ts';
import { startWidget } from '../../../widget/loader/start-widget.ts';
import { mountPanel } from '../../../widget/panel/panel.ts';
import { visitorRecord } from '../../../widget/panel/visitor-memory.ts';
import { describe, expect, it, until } from '../../page.ts';
import { FakeVisitorClient } from '../fake-visitor-client.ts';
import { conversationId, sampleConfiguration, sampleSnapshot } from '../sample.ts';
import { OpenPanel, openPanel } from './open-panel.ts';

const proofOf = (sub: string): { token: string } => ({ token: `x.${btoa(JSON.stringify({ sub }))}.x` });

/**
 * A widget in the page; each panel that stands up has a line of its own.
 * @param connecting runs when one is made, before anything is said on it.
 */
function start(connecting?: () => void): {
  widget: ParlourWidget;
  clients: FakeVisitorClient[];
  /** As whom each line was made: the proof, and what the browser keeps of them. */
  made: [identity: string | undefined, record: string][];
} {
  const clients: FakeVisitorClient[] = [];
  const made: [string | undefined, string][] = [];
  startWidget(sampleConfiguration(), `${location.origin}/widget.js`, async () => ({
    mountPanel: (port) =>
      mountPanel(port, (_port, ...whose) => {
        const client = new FakeVisitorClient();
        made.push(whose);
        clients.push(client);
        connecting?.();
        return client;
      }),
  }));
  return { widget: window.Parlour as ParlourWidget, clients, made };
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
    void widget.setProperties({ email: 'ada@example.com', plan: 'studio' });
    await widget.setConversationProperties({ order: 1 });
    await until(() => described(clients[0]).length === 1, 'it is told');
    const second = widget.identify(proofOf('bob'));
    void widget.setProperties({ plan: 'free' });
    await welcomed(clients, 2);
    await second;
    await until(() => described(clients[1]).length > 0, 'it is told');
    expect(described(clients[0])).to.deep.equal([{ email: 'ada@example.com', properties: { plan: 'studio' } }]);
    for (const said of described(clients[1])) expect(said).to.deep.equal({ properties: { plan: 'free' } });
    expect(widget.known).to.deep.equal({ plan: 'free' });
  });

  it('stays when they are named again, and when they are named at last', async () => {
    const { widget, clients } = start();
    void widget.setProperties({ plan: 'studio' });
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
    void widget.setProperties({ email: 'ada@example.com' });
    const left = widget.logout().catch(() => undefined);
    const second = widget.identify(proofOf('bob'));
    void widget.setProperties({ plan: 'free' });
    await welcomed(clients, 2);
    await Promise.all([left, second]);
    expect(clients.map(({ closed }) => closed > 0)).to.deep.equal([true, false]);
    await until(() => described(clients[1]).length > 0, 'it is told');
    for (const said of described(clients[1])) expect(said).to.deep.equal({ properties: { plan: 'free' } });
  });
});

describe('the session of whoever was here when somebody else is named', () => {
  it('is ended, once more where the server could not be told while the network was away', async () => {
    const { widget, clients } = start();
    const first = widget.identify(proofOf('ada'));
    await welcomed(clients, 1);
    await first;
    const ended: (string | null)[] = [];
    const own = window.fetch.bind(window);
    window.fetch = async (_, { method, headers } = {}) => {
      ended.push(`${method} ${new Headers(headers).get('authorization')}`);
      if (ended.length === 1) throw new TypeError('Failed to fetch');
      return Response.json({});
    };
    try {
      const hers = `DELETE Bearer ${visitorRecord('ch_sample').slice(0, 46)}`;
      const second = widget.identify(proofOf('bob'));
      await welcomed(clients, 2);
      await second;
      await until(() => ended.length === 2, 'the server is told again');
      expect(ended).to.deep.equal([hers, hers]);
    } finally {
      window.fetch = own;
    }
  });
});

/** As another tab's page has the visitor leave. */
async function leaveElsewhere(): Promise<void> {
  const tab = document.createElement('iframe');
  document.body.append(tab);
  const { localStorage: theirs } = tab.contentWindow!;
  let heard = 0;
  const hear = ({ key }: StorageEvent): void => void (heard += Number(key === 'ch_sample'));
  addEventListener('storage', hear);
  theirs.setItem('ch_sample', '');
  theirs.removeItem('ch_sample');
  theirs.removeItem('parlour:ch_sample');
  await until(() => heard === 2, 'this page hears of it');
  removeEventListener('storage', hear);
  tab.remove();
}

describe('a proof that goes with somebody else’s session, which another tab has begun', () => {
  const theirs = new RequestError({ code: 'conflict', message: 'This chat belongs to somebody else.' });
  const refuse = async (clients: FakeVisitorClient[], count: number): Promise<void> => {
    await until(() => clients.length === count && clients.at(-1)?.connected === 1, 'a line of its own connects');
    clients.at(-1)?.becomes('refused', { code: theirs.code, message: theirs.message });
  };
  const seen = (): string | null | undefined => standing().panel()?.shadowRoot?.querySelector('section')?.textContent;
  const endOf = (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => 'done',
      ({ code }: { code: string }) => code,
    );

  it('is refused to a page that renews it, and the chat goes on as it was: nobody’s who came meanwhile', async () => {
    const { widget, clients, made } = start();
    const opening = widget.open();
    await welcomed(clients, 1);
    await opening;
    const first = widget.identify(proofOf('ada'));
    await welcomed(clients, 2);
    await first;
    const hers = visitorRecord('ch_sample');
    await leaveElsewhere();
    localStorage.removeItem('parlour:ch_sample:who');
    const others = visitorRecord('ch_sample');
    const again = endOf(widget.identify(proofOf('ada')));
    await refuse(clients, 3);
    await welcomed(clients, 4);
    expect(await again).to.equal('superseded');
    expect(made.slice(2)).to.deep.equal([
      [proofOf('ada').token, others],
      [undefined, hers],
    ]);
    expect(visitorRecord('ch_sample')).to.equal(others);
    await until(() => standing().panel()?.shadowRoot?.querySelector('parlour-widget-composer'), 'it can be written in');
    expect(seen()).not.to.contain('belongs to somebody else');
    const chat = new OpenPanel(clients[3]!);
    await chat.type('My knee again');
    const texts = Object.entries(sessionStorage).filter(([, text]) => text === 'My knee again');
    expect(texts.map(([name]) => name.split(':')[3])).to.deep.equal([hers.slice(-8)]);
    await chat.press();
    await until(() => clients[3]!.commands.some(({ name }) => name === 'conversation.start'), 'it is sent');
    expect(localStorage.getItem('parlour:ch_sample'), 'whoever came has had no conversation').to.equal(others);
  });

  it('is refused where somebody else comes again and again, and the chat goes on with nobody', async () => {
    const { widget, clients, made } = start();
    await widget.open();
    await welcomed(clients, 1);
    const named = endOf(widget.identify(proofOf('ada')));
    for (const count of [2, 3, 4]) await refuse(clients, count);
    await welcomed(clients, 5);
    expect(await named).to.equal('conflict');
    expect(made[4]![0]).to.equal(undefined);
    expect(new Set(made.map(([, record]) => record)).size).to.equal(4);
    await until(() => standing().panel()?.shadowRoot?.querySelector('parlour-widget-composer'), 'it can be written in');
    expect(seen()).not.to.contain('belongs to somebody else');
  });
});

describe('what the page said before it was known who is there', () => {
  it('reaches whoever this page’s visitor becomes, though another tab made them up', async () => {
    const { widget, clients } = start();
    await widget.setProperties({ email: 'ada@example.com', plan: 'studio' });
    visitorRecord('ch_sample');
    const opening = widget.open();
    await welcomed(clients, 1);
    await opening;
    await until(() => described(clients[0]).length === 1, 'it is told');
    expect(described(clients[0])).to.deep.equal([{ email: 'ada@example.com', properties: { plan: 'studio' } }]);
  });

  it('reaches nobody who comes after they left in another tab; what it says then does', async () => {
    const { widget, clients } = start();
    await widget.setProperties({ email: 'ada@example.com', plan: 'studio' });
    await leaveElsewhere();
    expect(widget.known).to.deep.equal({});
    await widget.setProperties({ plan: 'free' });
    const opening = widget.open();
    await welcomed(clients, 1);
    await opening;
    await until(() => described(clients[0]).length === 1, 'it is told');
    expect(described(clients[0])).to.deep.equal([{ properties: { plan: 'free' } }]);
  });

  it('is forgotten in other tabs by whatever forgets the visitor, which leaves nothing of it behind', async () => {
    const tab = document.createElement('iframe');
    document.body.append(tab);
    const heard: (string | null)[] = [];
    tab.contentWindow!.addEventListener('storage', ({ key }) => heard.push(key));
    await forgetVisitor('ch_sample');
    await until(() => heard.includes('ch_sample'), 'it is heard of');
    expect(Object.keys(localStorage)).to.deep.equal([]);
    tab.remove();
  });
});

describe('what the page says before the chat is opened', () => {
  it('makes no session where the panel only stands ready, and is told once when it opens', async () => {
    const { widget, clients } = start();
    const { root, panel } = standing();
    root.querySelector('button')!.dispatchEvent(new PointerEvent('pointerenter'));
    await until(panel, 'the panel stands ready');
    await widget.setProperties({ plan: 'studio' });
    await widget.update({ properties: { orders: 3 } });
    expect(clients).to.deep.equal([]);
    const opening = widget.open();
    await welcomed(clients, 1);
    await opening;
    await until(() => described(clients[0]).length > 0, 'it is told');
    await widget.setConversationProperties({ cart: 2 });
    expect(described(clients[0])).to.deep.equal([{ properties: { plan: 'studio', orders: 3 } }]);
  });

  it('may be ended twice in a row with the chat open, at any moment of the first ending', async () => {
    for (const wait of [0, 1, 2, 3, 5, 8]) {
      const { widget, clients } = start();
      await widget.open();
      await welcomed(clients, 1);
      const first = widget.logout().catch(() => undefined);
      for (let turn = 0; turn < wait; turn += 1) await Promise.resolve();
      const second = widget.logout().catch(() => undefined);
      await Promise.all([first, second]);
      await until(() => clients.at(-1)?.connected === 1, 'the last one connects');
      clients.at(-1)?.welcome(sampleSnapshot());
      await until(() => widget.isOpen, 'the chat is open');
      widget.destroy();
    }
  });

  it('makes no session for whoever comes after a logout', async () => {
    const { widget, clients } = start();
    const opening = widget.open();
    await welcomed(clients, 1);
    await opening;
    widget.close();
    await widget.logout().catch(() => undefined);
    await widget.setProperties({ plan: 'studio' });
    expect(clients).to.have.length(1);
    expect(widget.known).to.deep.equal({ plan: 'studio' });
  });

  it('is told once where it is said while the chat connects, and settles with that', async () => {
    let said: Promise<void> | undefined;
    const { widget, clients } = start(() => {
      said = widget.setProperties({ orders: 3 });
    });
    await widget.setProperties({ plan: 'studio' });
    void widget.open();
    await until(() => described(clients[0]).length > 0, 'it is told');
    await widget.setConversationProperties({ cart: 2 });
    expect(described(clients[0])).to.deep.equal([{ properties: { plan: 'studio', orders: 3 } }]);
    clients[0]!.last('visitor.describe').resolve({});
    await said;
  });
});

describe('what the page said that is not answered when its line is given up', () => {
  const endOf = (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => 'done',
      ({ code }: { code: string }) => code,
    );

  /** A widget whose chat is open, where something was said and is not answered. */
  async function underway(): Promise<{ widget: ParlourWidget; clients: FakeVisitorClient[]; end: Promise<unknown> }> {
    const { widget, clients } = start();
    const opening = widget.open();
    await welcomed(clients, 1);
    await opening;
    const end = endOf(widget.setProperties({ plan: 'studio' }));
    await until(() => described(clients[0]).length === 1, 'it is told');
    return { widget, clients, end };
  }

  it('is done where it stays known, for the next line says it', async () => {
    const { widget, clients, end } = await underway();
    const named = widget.identify(proofOf('ada'));
    expect(await end).to.equal('done');
    await welcomed(clients, 2);
    await named;
    await until(() => described(clients[1]).length > 0, 'it is told again');
    expect(described(clients[1])).to.deep.equal([{ properties: { plan: 'studio' } }]);
  });

  for (const leave of ['logout', 'destroy'] as const) {
    it(`is superseded by ${leave}`, async () => {
      const { widget, end } = await underway();
      void widget[leave]()?.catch(() => undefined);
      expect(await end).to.equal('superseded');
    });
  }

  it('is superseded by somebody else', async () => {
    const { widget, clients } = start();
    const first = widget.identify(proofOf('ada'));
    await welcomed(clients, 1);
    await first;
    const end = endOf(widget.setProperties({ plan: 'studio' }));
    await until(() => described(clients[0]).length === 1, 'it is told');
    const second = widget.identify(proofOf('bob'));
    expect(await end).to.equal('superseded');
    await welcomed(clients, 2);
    await second;
    expect(described(clients[1])).to.deep.equal([]);
  });

  it('is superseded too where it waits for what the chat says as it connects', async () => {
    let end: Promise<unknown> | undefined;
    const { widget, clients } = start(() => {
      end ??= endOf(widget.setProperties({ orders: 3 }));
    });
    await widget.setProperties({ plan: 'studio' });
    void widget.open();
    await until(() => described(clients[0]).length > 0, 'it is told');
    void widget.logout().catch(() => undefined);
    expect(await end).to.equal('superseded');
  });
});

describe('what the page asks of a line that is given up before it answers', () => {
  const asks: Record<string, (widget: ParlourWidget) => Promise<unknown>> = {
    track: (widget) => widget.track('looked'),
    setConversationProperties: (widget) => widget.setConversationProperties({ order: 'K-1042' }, conversationId),
  };
  const commands = { track: 'visitor.track', setConversationProperties: 'conversation.setProperties' } as const;
  const endOf = (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => 'done',
      ({ code }: { code: string }) => code,
    );

  for (const [method, ask] of Object.entries(asks)) {
    const underway = async (): Promise<{ widget: ParlourWidget; client: FakeVisitorClient; end: Promise<unknown> }> => {
      const { widget, clients } = start();
      const end = endOf(ask(widget));
      const name = commands[method as keyof typeof commands];
      await until(() => clients[0]?.commands.some((command) => command.name === name), 'it is asked');
      return { widget, client: clients[0]!, end };
    };

    for (const leave of ['logout', 'shutdown', 'destroy'] as const) {
      it(`${method} is superseded by ${leave}`, async () => {
        const { widget, end } = await underway();
        void widget[leave]()?.catch(() => undefined);
        expect(await end).to.equal('superseded');
      });
    }

    it(`${method} is superseded by who the visitor is, and done where it is answered before`, async () => {
      const { widget, client, end } = await underway();
      client.commands.at(-1)?.resolve({});
      expect(await end).to.equal('done');
      const second = endOf(ask(widget));
      await until(() => client.commands.length === 2, 'it is asked again');
      void widget.identify(proofOf('ada')).catch(() => undefined);
      expect(await second).to.equal('superseded');
    });

    it(`${method} is refused where the line is, now or later`, async () => {
      const { widget, client, end } = await underway();
      client.becomes('refused', { code: 'forbidden', message: 'Not from this site.' });
      expect(await end).to.equal('forbidden');
      expect(await endOf(ask(widget))).to.equal('forbidden');
    });

    it(`${method} is superseded where it waits in line behind another`, async () => {
      const { widget, end } = await underway();
      const next = endOf(ask(widget));
      await new Promise((resolve) => setTimeout(resolve));
      widget.destroy();
      expect([await end, await next]).to.deep.equal(['superseded', 'superseded']);
    });
  }
});

describe('a language that there is none of', () => {
  it('is refused with those that there are', async () => {
    const { widget } = start();
    const { code, message } = await widget.setLocale('fi').then(
      () => ({ code: 'done', message: '' }),
      (error: RequestError) => error,
    );
    expect(code).to.equal('invalid');
    expect(message).to.equal('locale must be one of ar, de, en, es, fr, it, ja, nl, pl, pt, tr, zh.');
  });
});

describe('what is given up when the widget is destroyed', () => {
  /** Noticed here before whatever a widget that was destroyed a moment ago still has at the window. */
  const rejections: PromiseRejectionEvent[] = [];
  addEventListener('unhandledrejection', (event) => void rejections.push(event), true);

  // The runner of these tests listens, too, as a site that reports its mistakes does: it fails a test that it hears of one in.
  it('is no uncaught error of a site that kept no promise, though the line itself was closed; another one is', async () => {
    rejections.length = 0;
    const { widget, clients } = start();
    void widget.track('looked');
    void widget.showArticle('00000000-0000-7000-8000-0000000000aa');
    const kept = widget.track('waited');
    const looked = async (): Promise<void> => {
      await widget.track('looked again');
    };
    void looked();
    await until(() => clients[0]?.commands.some(({ name }) => name === 'visitor.track'), 'it is asked');
    widget.destroy();
    await until(() => rejections.length === 4, 'the browser notices those that nobody waits for');
    expect(rejections.map(({ defaultPrevented }) => defaultPrevented)).to.deep.equal([true, true, true, true]);
    const own = new Error('a mistake of the site');
    const mistakes: unknown[] = [];
    const report = (event: PromiseRejectionEvent): void => {
      mistakes.push(event.reason, event.defaultPrevented);
      event.stopImmediatePropagation();
      event.preventDefault();
    };
    addEventListener('unhandledrejection', report, true);
    void Promise.reject(own);
    await until(() => mistakes.length > 0, 'what the site itself got wrong is told of');
    removeEventListener('unhandledrejection', report, true);
    expect(mistakes).to.deep.equal([own, false]);
    const reason: unknown = await kept.catch((error: unknown) => error);
    expect(reason, 'who comes back for it gets the reason').to.include({ code: 'superseded' });
  });

  it('reaches a site that waits for it', async () => {
    const { widget, clients } = start();
    const waiting = widget.track('looked').catch(({ code }: { code: string }) => code);
    await until(() => clients[0]?.commands.some(({ name }) => name === 'visitor.track'), 'it is asked');
    widget.destroy();
    expect(await waiting).to.equal('superseded');
  });
});

/** Where the widget stands in the page. */
function standing(): { root: ShadowRoot; panel: () => Element | null } {
  const root = document.querySelector('parlour-widget')!.shadowRoot!;
  return { root, panel: () => root.querySelector('parlour-widget-panel') };
}

describe('what the page says that the server will not have', () => {
  const refused = new RequestError({
    code: 'invalid',
    message: 'This could not be read: email must be an email address.',
    fields: { email: 'must be an email address' },
  });
  const whatOf = (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => 'done',
      ({ code, message }: RequestError) => `${code}: ${message}`,
    );

  /** A widget that is open, and the line behind it. */
  async function opened(): Promise<{ widget: ParlourWidget; client: FakeVisitorClient }> {
    const { widget, clients } = start();
    const opening = widget.open();
    await welcomed(clients, 1);
    await opening;
    return { widget, client: clients[0]! };
  }

  it('rejects with the reason, and is known no longer; what it takes resolves', async () => {
    const { widget, client } = await opened();
    const wrong = whatOf(widget.setProperties({ email: 'nobody', plan: 'studio' }));
    await until(() => described(client).length === 1, 'it is asked');
    client.last('visitor.describe').reject(refused);
    expect(await wrong).to.equal('invalid: This could not be read: email must be an email address.');
    expect(widget.known).to.deep.equal({});
    const right = whatOf(widget.setProperties({ plan: 'studio' }));
    await until(() => described(client).length === 2, 'it is asked');
    client.last('visitor.describe').resolve({});
    expect(await right).to.equal('done');
    expect(widget.known).to.deep.equal({ plan: 'studio' });
  });

  it('rejects and leaves known what was taken before it, which the rules hear of', async () => {
    const { widget, client } = await opened();
    const gold = widget.setProperties({ plan: 'gold', orders: 3 });
    await until(() => described(client).length === 1, 'it is asked');
    client.last('visitor.describe').resolve({});
    await gold;
    const seen: unknown[] = [];
    widget.look = () => void seen.push(widget.known['plan']);
    const wrong = whatOf(widget.setProperties({ plan: 'x'.repeat(2001), orders: 3 }));
    await until(() => described(client).length === 2, 'it is asked');
    client.last('visitor.describe').reject(refused);
    expect(await wrong).to.match(/^invalid/);
    expect(widget.known).to.deep.equal({ plan: 'gold', orders: 3 });
    expect(seen.at(-1)).to.equal('gold');
  });

  it('leaves known what was said while the chat connected and was taken then', async () => {
    const { widget, clients } = start();
    await widget.setProperties({ plan: 'gold' });
    const opening = widget.open();
    await welcomed(clients, 1);
    await opening;
    await until(() => described(clients[0]).length === 1, 'all is told');
    clients[0]!.last('visitor.describe').resolve({});
    const wrong = whatOf(widget.setProperties({ plan: 'x'.repeat(2001) }));
    await until(() => described(clients[0]).length === 2, 'it is asked');
    clients[0]!.last('visitor.describe').reject(refused);
    await wrong;
    expect(widget.known).to.deep.equal({ plan: 'gold' });
  });

  it('rejects as well where it is no object at all, or nothing that can be sent', async () => {
    const { widget, client } = await opened();
    for (const wrong of ['a text', null, ['a', 'list'], undefined, 7]) {
      expect(await whatOf(widget.setProperties(wrong as never))).to.match(
        /^invalid: setProperties\(\) needs an object/,
      );
    }
    client.execute = () => {
      throw new TypeError('Do not know how to serialize a BigInt');
    };
    expect(await whatOf(widget.setProperties({ orders: 3n } as never))).to.match(/^invalid: setProperties\(\) needs/);
    expect(widget.known).to.deep.equal({});
  });

  it('rejects as well before there is a chat, and nothing of it is known', async () => {
    const { widget, clients } = start();
    for (const wrong of ['a text', null, ['a', 'list'], undefined, 7]) {
      expect(await whatOf(widget.setProperties(wrong as never))).to.match(
        /^invalid: setProperties\(\) needs an object/,
      );
    }
    expect(widget.known).to.deep.equal({});
    // What is an object, though of a class of the page's own, is known.
    await widget.setProperties(Object.assign(Object.create({}) as object, { plan: 'studio' }));
    expect(widget.known).to.deep.equal({ plan: 'studio' });
    expect(clients).to.have.length(0);
  });

  it('is told in the console where nobody waits for it, and keeps the rest from nobody', async () => {
    const { warn } = console;
    const warned: unknown[] = [];
    Object.assign(console, { warn: (text: unknown) => warned.push(text) });
    const { widget, clients } = start();
    await widget.setProperties({ email: 'nobody', plan: 'studio' });
    const opening = widget.open();
    await welcomed(clients, 1);
    await opening;
    await until(() => described(clients[0]).length === 1, 'all is told');
    clients[0]!.last('visitor.describe').reject(refused);
    await until(() => described(clients[0]).length === 2, 'the rest is told');
    Object.assign(console, { warn });
    expect(described(clients[0])[1]).to.deep.equal({ properties: { plan: 'studio' } });
    expect(widget.known).to.deep.equal({ plan: 'studio' });
    expect(warned.join()).to.contain('email must be an email address');
  });
});

describe('one thing that cannot be said among all that is known when the chat connects', () => {
  const tooMany = new RequestError({
    code: 'invalid',
    message: 'This could not be read: properties must be at most 50.',
    fields: { properties: 'must be at most 50' },
  });

  /** All that was taken of these, on a line that refuses as the server does, and what the console was told. */
  async function takenOf(properties: object): Promise<{ taken: object; known: object; warned: unknown[] }> {
    const { warn } = console;
    const warned: unknown[] = [];
    Object.assign(console, { warn: (text: unknown) => warned.push(text) });
    let taken: object = {};
    const { widget, clients } = start(() => {
      clients[0]!.execute = async (_name, input) => {
        const { properties: said = {} } = input as { properties?: object };
        if (Object.values(said).some((value) => typeof value === 'bigint')) throw new TypeError('a BigInt');
        if (Object.keys(said).length > 50) throw tooMany;
        taken = { ...taken, ...said };
        return {} as never;
      };
    });
    await widget.setProperties(properties as never);
    const opening = widget.open();
    await welcomed(clients, 1);
    await opening;
    await until(() => 'last' in taken, 'the last is taken');
    Object.assign(console, { warn });
    return { taken, known: widget.known, warned };
  }

  it('is left out alone, and told in the console', async () => {
    const { taken, known, warned } = await takenOf({ plan: 'studio', orders: 3n, seats: 4, last: true });
    expect(taken).to.deep.equal({ plan: 'studio', seats: 4, last: true });
    expect(known).to.deep.equal({ plan: 'studio', seats: 4, last: true });
    expect(warned).to.have.length(1);
  });

  it('keeps nothing back where it is only more than can be said at once', async () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`p${index}`, index]));
    const { taken, known, warned } = await takenOf({ ...many, last: true });
    expect(taken).to.deep.equal({ ...many, last: true });
    expect(known).to.deep.equal({ ...many, last: true });
    expect(warned).to.deep.equal([]);
  });
});

describe('what the page says of the next conversation', () => {
  const begun = async (opened: OpenPanel): Promise<unknown> => {
    await opened.welcome();
    await opened.send('Hello');
    return opened.client.last('conversation.start').input['properties'];
  };

  /** A widget whose chat is open in a tab where a page said something of the visitor whose record ends so. */
  function startAfter(properties: object): {
    widget: ParlourWidget;
    clients: FakeVisitorClient[];
    opened: () => OpenPanel;
  } {
    const whose = visitorRecord('ch_sample').slice(-8);
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

  it('said before anybody was known, reaches whoever this page’s visitor becomes', async () => {
    const { widget, clients } = start();
    await widget.setConversationProperties({ order: 1 });
    const opening = widget.open();
    await until(() => clients.length === 1, 'the chat opens');
    await opening;
    expect(await begun(new OpenPanel(clients[0]!))).to.deep.equal({ order: 1 });
  });

  it('said before anybody was known, reaches nobody who comes after they left in another tab', async () => {
    const { widget, clients } = start();
    await widget.setConversationProperties({ order: 1 });
    await leaveElsewhere();
    const opening = widget.open();
    await until(() => clients.length === 1, 'the chat opens');
    await opening;
    expect(await begun(new OpenPanel(clients[0]!))).to.equal(undefined);
  });

  it('reaches nobody else, where another tab signed them out', async () => {
    const { widget, clients, opened } = startAfter({ order: 1 });
    await widget.setConversationProperties({ cart: 2 });
    // As the other tab's page does it; somebody new is made up at the next need.
    localStorage.clear();
    await widget.open();
    visitorRecord('ch_sample');
    await until(() => clients.length === 1, 'the chat opens');
    expect(await begun(opened())).to.equal(undefined);
    expect(sessionStorage.getItem('parlour:ch_sample:about')).to.equal(null);
  });

  it('broken in what the browser keeps, is nothing, and keeps nobody from writing', async () => {
    visitorRecord('ch_sample');
    sessionStorage.setItem('parlour:ch_sample:about', '{"whose":');
    const opened = await openPanel();
    expect(await begun(opened)).to.equal(undefined);
  });
});
