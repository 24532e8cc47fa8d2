import { createVisitorClient } from '../../../shared/client/connection.ts';
import { ownSurroundings } from '../../../shared/client/surroundings.ts';
import { LaterUnsent } from '../../../widget/panel/later-unsent.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { VisitorChat } from '../../../widget/panel/visitor-chat.ts';
import { visitorRecord } from '../../../widget/panel/visitor-memory.ts';
import { afterEach, beforeEach, describe, expect, it, until } from '../../page.ts';
import { conversationId } from '../sample.ts';
import { SmallServer } from './small-server.ts';

let server: SmallServer;
let visitor: string;
const tabs: Tab[] = [];

/** What tells a page that it freezes, or is left. */
class Place extends EventTarget {
  visibilityState = 'visible' as const;
}

class Tab {
  readonly window = new Place();
  readonly document = new Place();
  readonly chat: VisitorChat;
  readonly statuses: string[] = [];
  /** Of each welcome: whether what was missed came with it. */
  readonly recoveries: boolean[] = [];

  constructor(sharedAs = visitor, identity?: string) {
    const surroundings = {
      ...ownSurroundings(),
      WebSocket: server.WebSocket,
      canStream: false,
      window: this.window,
      document: this.document,
      random: () => 0.1,
    };
    const client = createVisitorClient(
      { server: 'https://parlour.example', channelKey: 'key', token: `pv_${'a'.repeat(43)}`, sharedAs, identity },
      surroundings,
    );
    client.on('status', (status) => this.statuses.push(status));
    client.on('welcome', (_, recovered) => this.recoveries.push(recovered));
    this.chat = new VisitorChat(
      client,
      () => 'https://shop.example/',
      new LaterUnsent(sharedAs, visitorRecord(sharedAs)),
    );
    tabs.push(this);
    this.chat.connect();
    this.chat.show(conversationId);
  }

  get status(): string {
    return this.chat.connection.status;
  }

  get texts(): string[] {
    const { parts } = this.chat.threadOf(conversationId).thread;
    return parts.map(({ body }) => JSON.stringify(body).match(/"text":"([^"]*)"/)?.[1] ?? '');
  }

  /** The stars that were given. */
  get stars(): number | undefined {
    const given = this.chat.threadOf(conversationId).thread.parts[0]?.answers?.['stars']?.answer;
    return given?.type === 'rating' ? given.score : undefined;
  }

  get pending(): number {
    return this.chat.threadOf(conversationId).thread.pending.length;
  }

  async online(): Promise<this> {
    await until(
      () => this.status === 'online' && this.chat.threadOf(conversationId).thread.loaded,
      'the tab is online',
    );
    return this;
  }

  write(text: string): void {
    this.chat.send(conversationId, text);
  }

  close(): void {
    this.chat.destroy();
    tabs.splice(tabs.indexOf(this), 1);
  }
}

const said = (): string[] => server.parts.map(({ body }) => JSON.stringify(body).match(/"text":"([^"]*)"/)?.[1] ?? '');

/** All tabs show what the server has: each once, in its order. */
async function agree(): Promise<void> {
  await until(
    () => tabs.every(({ texts, pending }) => !pending && texts.join() === said().join()),
    `all tabs show ${said().join()}`,
  ).catch((error: Error) => {
    throw new Error(`${error.message}; they show ${tabs.map(({ texts }) => texts.join()).join(' | ')}`);
  });
}

async function open(count: number): Promise<Tab[]> {
  const opened: Tab[] = [];
  for (let index = 0; index < count; index += 1) opened.push(await new Tab().online());
  return opened;
}

describe('several tabs of one visitor', () => {
  beforeEach(() => {
    server = new SmallServer();
    visitor = `key:${uuidv7()}:`;
    server.say('Welcome');
  });
  afterEach(() => {
    for (const tab of Array.from(tabs)) tab.close();
  });

  for (const count of [2, 5]) {
    it(`have one socket for ${count} of them, and each hears everything once, in order, and every answer of its own`, async () => {
      const opened = await open(count);
      expect(server.sockets).to.equal(1);
      for (const [index, tab] of opened.entries()) {
        tab.write(`from ${index}`);
        server.say(`to ${index}`);
      }
      await agree();
      expect(server.parts).to.have.length(1 + 2 * count);
      expect(server.commands).to.have.length(new Set(server.commands).size);
      expect(server.hellos).to.have.length(1);
    });
  }

  it('opened all at once have one socket', async () => {
    const opened = [1, 2, 3, 4, 5].map(() => new Tab());
    await Promise.all(opened.map((tab) => tab.online()));
    expect(server.sockets).to.equal(1);
    server.say('Hello to all');
    await agree();
  });

  it('go on at once when the one with the line closes, with what was said meanwhile and nothing said twice', async () => {
    const [first, second, third] = await open(3);
    first?.close();
    server.say('While nobody had a line');
    second?.write('From the second');
    third?.write('From the third');
    await agree();
    expect(server.sockets).to.equal(1);
    expect(server.hellos.at(-1)?.resume?.heads).to.deep.equal({ [conversationId]: 1 });
    for (const tab of [second, third]) expect(tab?.statuses).to.not.include('offline');
    second?.close();
    server.say('Again');
    await agree();
    expect(third?.statuses).to.not.include('offline');
    expect(server.sockets).to.equal(1);
  });

  it('lose nothing that was underway through a tab that closed: it goes out under the same id', async () => {
    const [first, second] = await open(2);
    server.isDeaf = true;
    second?.write('Underway');
    await until(() => server.commands.length === 1, 'it is with the server');
    first?.close();
    server.isDeaf = false;
    await agree();
    expect(new Set(server.commands).size).to.equal(1);
    expect(said()).to.deep.equal(['Welcome', 'Underway']);
  });

  for (const kept of ['frozen', 'kept aside for the way back'] as const) {
    it(`go on without one that is ${kept}, which comes back as one of them`, async () => {
      const [first, second] = await open(2);
      if (kept === 'frozen') first?.document.dispatchEvent(new Event('freeze'));
      else first?.window.dispatchEvent(new Event('pagehide'));
      await until(() => server.hellos.length === 2, 'the second has a line');
      server.say('While the first was away');
      second?.write('From the second');
      await until(() => second?.texts.length === 3, 'the second hears');
      expect(first?.texts).to.deep.equal(['Welcome']);
      expect(server.sockets).to.equal(1);
      if (kept === 'frozen') first?.document.dispatchEvent(new Event('resume'));
      else first?.window.dispatchEvent(new Event('pageshow'));
      await agree();
      first?.write('I am back');
      await agree();
      expect(server.sockets).to.equal(1);
    });
  }

  it('hear on their way back what was answered while they were frozen, though it takes no place', async () => {
    const [first, second] = await open(2);
    second?.document.dispatchEvent(new Event('freeze'));
    server.rate(4);
    await until(() => first?.stars === 4, 'the one with the line hears it');
    expect(second?.stars).to.equal(undefined);
    second?.document.dispatchEvent(new Event('resume'));
    await until(() => second?.stars === 4, 'the other hears it too');
    expect(server.hellos).to.have.length(1);
    await agree();
  });

  it('keep what they hold when the line moves, and hear what was answered meanwhile', async () => {
    const [first, , third] = await open(3);
    server.say('Meanwhile');
    await agree();
    first?.close();
    server.rate(5);
    await until(() => tabs.every(({ stars }) => stars === 5), 'all hear it');
    expect(third?.recoveries).to.deep.equal([false, true]);
    await agree();
  });

  it('take the line from one that holds it and says nothing', async () => {
    const dead = new AbortController();
    const lost = new Promise<string>((resolve) => {
      const held = navigator.locks.request(
        `parlour:${visitor}`,
        () => new Promise<void>((end) => (dead.signal.onabort = () => end())),
      );
      held.then(
        () => resolve('kept'),
        () => resolve('taken'),
      );
    });
    const [second, third] = [new Tab(), new Tab()];
    await until(() => tabs.every(({ status }) => status === 'online'), 'they are online');
    expect(await lost).to.equal('taken');
    expect(server.sockets).to.equal(1);
    second.write('From the second');
    third.write('From the third');
    await agree();
  });

  it('all know that the server is gone, keep what is written, and send it once when it is back', async () => {
    const opened = await open(3);
    server.kill();
    await until(() => tabs.every(({ status }) => status === 'offline'), 'all are offline');
    for (const [index, tab] of opened.entries()) tab.write(`offline ${index}`);
    server.isUp = true;
    opened[0]?.window.dispatchEvent(new Event('online'));
    await agree();
    expect(server.sockets).to.equal(1);
    expect([...said()].sort()).to.deep.equal(['Welcome', 'offline 0', 'offline 1', 'offline 2']);
  });

  it('are refused together', async () => {
    await open(3);
    server.refuse(4401);
    await until(() => tabs.every(({ status }) => status === 'refused'), 'all are refused');
  });

  it('who are two visitors never share', async () => {
    const other = `key:${uuidv7()}:`;
    await open(2);
    await new Tab(other).online();
    expect(server.sockets).to.equal(2);
  });

  it('prove who they are on a line of their own, and share again once that is done', async () => {
    await open(2);
    const proving = new Tab(visitor, 'a.proof.of');
    await until(() => server.hellos.length === 2 && server.sockets === 1, 'the proof was shown');
    expect(server.hellos.map(({ credential }) => 'identity' in credential)).to.deep.equal([false, true]);
    await proving.online();
    proving.write('It is me');
    await agree();
    expect(server.sockets).to.equal(1);
  });

  for (const missing of ['locks', 'BroadcastChannel'] as const) {
    it(`have a line each where the browser has no ${missing}`, async () => {
      const place = missing === 'locks' ? navigator : window;
      const own = Object.getOwnPropertyDescriptor(place, missing);
      Object.defineProperty(place, missing, { configurable: true, value: undefined });
      try {
        await open(2);
        expect(server.sockets).to.equal(2);
        server.say('Hello to both');
        await agree();
      } finally {
        if (own) Object.defineProperty(place, missing, own);
        else Reflect.deleteProperty(place, missing);
      }
    });
  }

  it('leave no lock behind when they are gone', async () => {
    const opened = await open(3);
    for (const tab of opened) tab.close();
    await until(() => server.sockets === 0, 'the socket is closed');
    const { held = [], pending = [] } = await navigator.locks.query();
    expect([...held, ...pending].filter(({ name }) => name?.includes(visitor))).to.deep.equal([]);
  });
});
