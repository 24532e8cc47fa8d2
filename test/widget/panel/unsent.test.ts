import { UnsentCommands } from '../../../shared/client/unsent.ts';
import type { UnsentCommand } from '../../../shared/client/unsent.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { describe, expect, it, until } from '../../page.ts';
import { FakeVisitorClient, refusal } from '../fake-visitor-client.ts';
import { conversationId, samplePart, sampleSnapshot, sampleVisitorConversation } from '../sample.ts';
import { LaterUnsent } from '../../../widget/panel/later-unsent.ts';
import type { UnsentStore } from '../../../widget/panel/later-unsent.ts';
import { VisitorChat } from '../../../widget/panel/visitor-chat.ts';
import { ownerName, visitorRecord } from '../../../widget/panel/visitor-memory.ts';
import { keptUnsent } from './kept-unsent.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

/** As a reload: everything of the page goes, what the browser keeps stays. @param count so many commands come back by themselves */
async function reload(count: number): Promise<OpenPanel> {
  for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
  const opened = await openPanel();
  await until(() => opened.client.connected > 0, 'the chat connects');
  // It does not wait for a storage that takes its time.
  await until(() => opened.client.commands.length >= count, `${count} came back`);
  await opened.settle();
  return opened;
}

const command = (text: string): UnsentCommand => ({ id: uuidv7(), name: 'conversation.reply', input: { text } });
const owner = (): string => `test:${uuidv7()}:`;

/** Everything asked of the storage of these owners before this is through. */
async function through(): Promise<void> {
  const last = new UnsentCommands(owner());
  await last.adopt(() => {});
  await last.drop('nothing');
  last.close();
}

async function left(whose: string): Promise<UnsentCommand[]> {
  const reader = new UnsentCommands(whose);
  const found: UnsentCommand[] = [];
  await reader.adopt((one) => found.push(one));
  reader.close();
  return found;
}

describe('what is not yet sent', () => {
  it('is waited for no longer where the chat ends while the browser’s storage does not answer', () => {
    const waits = new Set<unknown>();
    const [setTimeout, clearTimeout] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];
    window.setTimeout = ((run: () => void, ms?: number) => {
      const id = setTimeout(run, ms);
      waits.add(id);
      return id;
    }) as typeof window.setTimeout;
    window.clearTimeout = (id) => {
      waits.delete(id);
      clearTimeout(id);
    };
    try {
      const mute = {
        keep: () => undefined,
        drop: () => undefined,
        adopt: () => new Promise(() => {}),
        close: () => {},
      };
      const client = new FakeVisitorClient();
      const chat = new VisitorChat(client, () => '', mute as unknown as UnsentStore);
      chat.connect();
      expect(waits.size).to.equal(1);
      chat.destroy();
      expect(waits.size).to.equal(0);
    } finally {
      Object.assign(window, { setTimeout, clearTimeout });
    }
  });

  it('stands in the chat again after a reload, and goes out as the same commands in the order of writing', async () => {
    const before = await openPanel();
    await before.send('Hello');
    await new Promise((resolve) => setTimeout(resolve, 5));
    await before.send('Anybody there?');
    const sent = before.client.commands.map(({ id, name, input }) => ({ id, name, input }));
    await keptUnsent(2);
    const after = await reload(2);
    expect(after.bubbles).to.deep.equal(['Hello', 'Anybody there?']);
    expect(after.client.commands.map(({ id, name, input }) => ({ id, name, input }))).to.deep.equal(sent);
    after.client.becomes('offline');
    await after.settle();
    expect(after.statuses.at(-1)).to.equal('Waiting for a connection');
    await after.welcome();
    expect(after.bubbles).to.deep.equal(['Hello', 'Anybody there?']);
    expect(after.client.commands).to.have.length(2);
    await after.send('Still here');
    expect(after.client.commands.map(({ name }) => name)).to.deep.equal([
      'conversation.start',
      'conversation.reply',
      'conversation.reply',
    ]);
  });

  it('is shown in its conversation, though there is a newer one, and once only when it had arrived after all', async () => {
    const before = await openPanel();
    await before.welcomeWith([samplePart(1, 'Hello')]);
    await before.send('Is it safe?');
    const { id } = before.client.last('conversation.reply');
    await keptUnsent(1);
    const after = await reload(1);
    const newer = sampleVisitorConversation({ id: uuidv7(), publicSeq: 1, readSeq: 1 });
    after.client.threads.set(conversationId, [samplePart(1, 'Hello'), samplePart(2, 'Is it safe?', { id })]);
    const older = sampleVisitorConversation({ publicSeq: 2, readSeq: 2 });
    await after.welcome(sampleSnapshot({ conversations: [newer, older] }));
    await until(() => after.bubbles.length === 2, 'the thread is here');
    expect(after.bubbles).to.deep.equal(['Hello', 'Is it safe?']);
    expect(after.client.last('conversation.reply').id).to.equal(id);
  });

  it('is forgotten once the server has taken it, or has refused it for good', async () => {
    const before = await openPanel();
    await before.welcomeWith([samplePart(1, 'Hello')]);
    await before.send('Taken');
    await before.send('Refused');
    await keptUnsent(2);
    const [taken, refused] = before.client.commands.filter(({ name }) => name === 'conversation.reply');
    taken?.resolve({ partId: taken.id, seq: 2, publicSeq: 2 });
    refused?.reject(refusal('You may not write here.'));
    await keptUnsent(0);
    const after = await reload(0);
    expect(after.client.commands).to.have.length(0);
  });

  it('brings the chat back by itself on the next page, though there never was an answer', async () => {
    const before = await openPanel();
    await before.send('Hello');
    expect(Object.values(localStorage).filter((kept) => String(kept).endsWith('+'))).to.have.length(1);
  });
});

describe('where the program that keeps it did not come over the network', () => {
  /** Storage whose program comes as soon as the network is there. */
  function withoutNetwork() {
    const key = uuidv7();
    const network = { isThere: false, tries: 0, came: 0 };
    const unsent = new LaterUnsent(key, visitorRecord(key), async () => {
      network.tries += 1;
      if (!network.isThere) throw new TypeError('offline');
      const program = await import('../../../shared/client/unsent.ts');
      network.came += 1;
      return program;
    });
    return { unsent, network, whose: ownerName(key, visitorRecord(key)) };
  }

  for (const chance of ['the browser is online', 'the next is written', 'the line is back'] as const) {
    it(`it is kept once ${chance}, without what was settled meanwhile`, async () => {
      const { unsent, network, whose } = withoutNetwork();
      const [settled, waiting, next] = [command('settled'), command('waiting'), command('next')];
      unsent.keep(settled);
      unsent.keep(waiting);
      await unsent.drop(settled.id);
      expect(network.tries).to.be.greaterThan(0);
      network.isThere = true;
      if (chance === 'the browser is online') window.dispatchEvent(new Event('online'));
      else if (chance === 'the next is written') unsent.keep(next);
      else await unsent.adopt(() => {});
      const expected = chance === 'the next is written' ? [waiting, next] : [waiting];
      await until(() => network.came === 1, 'the program has come');
      await through();
      unsent.close();
      expect(await left(whose)).to.have.deep.members(expected);
    });
  }
});

describe('several tabs', () => {
  it('what one has written the other leaves to it, and takes over when the one is gone', async () => {
    const whose = owner();
    const [one, other] = [new UnsentCommands(whose), new UnsentCommands(whose)];
    const [first, second] = [command('first'), command('second')];
    one.keep(first);
    one.keep(second);
    const taken: UnsentCommand[] = [];
    await other.adopt((found) => taken.push(found));
    await other.adopt((found) => taken.push(found));
    expect(taken).to.deep.equal([]);
    await one.drop(first.id);
    one.close();
    await until(() => taken.length > 0, 'the other takes over');
    expect(taken).to.deep.equal([second]);
    await other.drop(second.id);
    other.close();
    expect(await left(whose)).to.deep.equal([]);
  });

  it('of two that find the same, one takes it', async () => {
    const whose = owner();
    const gone = new UnsentCommands(whose);
    const lost = command('lost');
    gone.keep(lost);
    await through();
    gone.close();
    const [one, other] = [new UnsentCommands(whose), new UnsentCommands(whose)];
    const taken: UnsentCommand[] = [];
    await Promise.all([one, other].map((tab) => tab.adopt((found) => taken.push(found))));
    expect(taken).to.deep.equal([lost]);
    one.close();
    other.close();
  });

  it('nobody takes what another visitor wrote', async () => {
    const [mine, yours] = [owner(), owner()];
    const writer = new UnsentCommands(mine);
    writer.keep(command('mine'));
    await through();
    writer.close();
    expect(await left(yours)).to.deep.equal([]);
    expect(await left(mine)).to.have.length(1);
  });
});

describe('where the browser denies', () => {
  const denied = (name: 'indexedDB' | 'locks', run: () => Promise<void>) => async (): Promise<void> => {
    const place = name === 'locks' ? navigator : window;
    const own = Object.getOwnPropertyDescriptor(place, name);
    Object.defineProperty(place, name, { configurable: true, value: undefined });
    await run().finally(() => (own ? Object.defineProperty(place, name, own) : Reflect.deleteProperty(place, name)));
  };

  it(
    'storage, the chat works and keeps what is written as long as the page lives',
    denied('indexedDB', async () => {
      const opened = await openPanel();
      await until(() => opened.client.connected > 0, 'the chat connects');
      await opened.send('Hello');
      await opened.welcome();
      expect(opened.bubbles).to.deep.equal(['Hello']);
      expect(opened.client.commands).to.have.length(1);
    }),
  );

  it('no answer from its storage, the chat connects all the same', async () => {
    indexedDB.open = () => ({}) as IDBOpenDBRequest;
    try {
      const opened = await openPanel();
      await opened.send('Hello');
      await until(() => opened.client.connected === 1, 'the chat connects');
      await opened.welcome();
      expect(opened.bubbles).to.deep.equal(['Hello']);
    } finally {
      Reflect.deleteProperty(indexedDB, 'open');
    }
  });

  it(
    'locks, what is left behind is found all the same',
    denied('locks', async () => {
      const whose = owner();
      const writer = new UnsentCommands(whose);
      const lost = command('lost');
      writer.keep(lost);
      await through();
      writer.close();
      expect(await left(whose)).to.deep.equal([lost]);
    }),
  );
});
