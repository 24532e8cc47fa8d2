import '../../../inbox-elements/elements.ts';
import type { ConversationElement } from '../../../inbox-elements/conversation/conversation.ts';
import { SendEvent } from '../../../inbox-elements/composer/composer-events.ts';
import { Session } from '../../../inbox-elements/session/session.ts';
import { StatusChanges } from '../../../inbox-elements/session/status-changes.ts';
import { UnsentMessages } from '../../../inbox-elements/session/unsent-messages.ts';
import { UnsentCommands } from '../../../shared/client/unsent.ts';
import type { UnsentCommand } from '../../../shared/client/unsent.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { beforeEach, describe, expect, it, mount, settled, until } from '../../page.ts';
import { FakeClient, refuse } from '../fake-client.ts';
import { ids, sampleContact, sampleConversation, samplePart, sampleSnapshot, sampleTeammate } from '../sample.ts';

const conversation = sampleConversation();
const another = sampleConversation({ id: uuidv7() });
const part = samplePart('Do the bowls stack?', { conversationId: conversation.id });
/** How far the conversation is shown. */
const seen = part.seq;

describe('what a teammate has written or pressed for and the server has not settled', () => {
  let workspaceId = '';

  beforeEach(() => {
    sessionStorage.clear();
    workspaceId = uuidv7();
  });

  /** A page of a teammate's: its session, its line and the conversation that it shows. */
  class Page {
    readonly client = new FakeClient(null, 'connecting');
    readonly session = new Session();
    readonly shown: ConversationElement = document.createElement('parlour-conversation');
    readonly #me: string;

    constructor(me: string) {
      this.#me = me;
      Object.assign(this.client.answers, {
        'conversation.get': ({ conversationId }) => ({
          conversation: conversationId === another.id ? another : conversation,
          contact: sampleContact(),
        }),
        'conversation.parts': () => ({ parts: [part], more: false }),
      } satisfies FakeClient['answers']);
      this.session.createClient = () => this.client;
      this.shown.conversationId = conversation.id;
      this.session.append(this.shown);
    }

    static async open(me = ids.ada): Promise<Page> {
      const page = new Page(me);
      await mount(page.session);
      page.welcome();
      await until(() => page.session.unsent, 'it looks for what was left');
      await until(() => page.#composer, 'the conversation');
      return page;
    }

    welcome(me = this.#me): void {
      const { workspace } = sampleSnapshot();
      this.client.welcome(
        sampleSnapshot({ workspace: { ...workspace, id: workspaceId }, me: sampleTeammate({ id: me }) }),
      );
    }

    get #thread() {
      return this.shown.shadowRoot!.querySelector('parlour-thread');
    }

    get #composer() {
      return this.shown.shadowRoot!.querySelector('parlour-composer');
    }

    get waiting(): string[] {
      return [...(this.#thread?.shadowRoot?.querySelectorAll('.pending .bubble') ?? [])].map((one) =>
        one.textContent.trim(),
      );
    }

    get commands() {
      return this.client.executed.filter(({ name }) => name !== 'conversation.markRead');
    }

    get notice(): string | undefined {
      return this.shown.shadowRoot!.querySelector('[part="notice"] p')?.textContent;
    }

    get badge(): string | undefined {
      return this.shown.shadowRoot!.querySelector('[part="status"]')?.textContent.trim();
    }

    async write(text: string, kind: 'reply' | 'note' = 'reply', closes = false): Promise<void> {
      const composer = this.#composer!;
      await settled(composer);
      composer.kind = kind;
      await settled(composer);
      const area = composer.shadowRoot!.querySelector('textarea')!;
      area.value = text;
      area.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await settled(composer);
      composer.send({ closes });
    }

    press(label: string): void {
      const { shadowRoot } = this.#thread!;
      [...this.shown.shadowRoot!.querySelectorAll('button'), ...shadowRoot!.querySelectorAll('button')]
        .find((one) => one.textContent.trim() === label)!
        .click();
    }

    /** Everything of the page goes, what the browser keeps stays. */
    async leave(): Promise<void> {
      this.session.remove();
      await until(() => this.client.closed > 0, 'the line is closed');
    }
  }

  async function kept(me = ids.ada): Promise<UnsentCommand[]> {
    const store = indexedDB.open(`parlour:${workspaceId}.${me}`);
    await new Promise((resolve) => (store.onsuccess = resolve));
    const { result } = store;
    const all =
      result.objectStoreNames.contains('unsent') && result.transaction('unsent').objectStore('unsent').getAll();
    if (all) await new Promise((resolve) => (all.onsuccess = resolve));
    result.close();
    return all ? (all.result as UnsentCommand[]) : [];
  }

  const isKept = (count: number) => until(async () => (await kept()).length === count, `${count} are kept`);

  it('stands in its conversation again on the next page, and goes out as the same commands in the order of writing', async () => {
    const before = await Page.open();
    before.client.becomes('offline');
    await before.write('A reply');
    await before.write('A note', 'note');
    await isKept(2);
    const sent = before.commands;
    expect(sent.map(({ name }) => name)).to.deep.equal(['conversation.reply', 'conversation.note']);
    await before.leave();

    const after = await Page.open();
    await until(() => after.waiting.length === 2, 'both stand there');
    expect(after.waiting).to.deep.equal(['A reply', 'A note']);
    expect(after.commands).to.deep.equal(sent);
  });

  it('waits for the conversation that it belongs to, and says there why it was refused', async () => {
    const before = await Page.open();
    await before.write('Elsewhere');
    await isKept(1);
    await before.leave();

    const refusing = async (): Promise<Page> => {
      const page = new Page(ids.ada);
      page.shown.conversationId = another.id;
      page.client.outcomes['conversation.reply'] = () => refuse({ code: 'forbidden', message: 'You may not.' });
      await mount(page.session);
      page.welcome();
      await until(() => page.commands.length === 1, 'it goes out');
      expect(page.waiting).to.deep.equal([]);
      return page;
    };
    // Nobody has read there that it was refused.
    const unread = await refusing();
    await unread.leave();
    const after = await refusing();
    expect(after.commands).to.deep.equal(unread.commands);
    after.shown.conversationId = conversation.id;
    await until(() => after.waiting.length === 1, 'it is shown');
    expect(after.shown.shadowRoot!.querySelector('parlour-thread')!.shadowRoot!.textContent).to.contain('You may not.');
    await isKept(0);
  });

  it('is forgotten once the server has taken it or has refused it for good, and kept again with the next try', async () => {
    const page = await Page.open();
    page.client.outcomes['conversation.note'] = (_input, id) => ({ partId: id, seq: 2 });
    await page.write('Taken', 'note');
    page.client.outcomes['conversation.reply'] = () => refuse({ code: 'forbidden', message: 'You may not.' });
    await page.write('Refused');
    await until(() => page.commands.length === 2, 'both are sent');
    await isKept(0);
    delete page.client.outcomes['conversation.reply'];
    page.press('Try again');
    await isKept(1);
    expect(page.waiting).to.include('Refused');
  });

  it('is nobody else’s to send, neither on the next page nor when somebody else comes back on the line', async () => {
    const before = await Page.open(ids.ada);
    before.client.becomes('offline');
    await before.write('By Ada');
    await isKept(1);
    await before.leave();

    const after = await Page.open(ids.ben);
    await after.write('By Ben');
    await until(async () => (await kept(ids.ben)).length === 1, 'Ben’s is kept as his');
    expect(after.commands.map(({ input }) => (input as { text: string }).text)).to.deep.equal(['By Ben']);
    await isKept(1);

    after.welcome(ids.ada);
    await until(() => after.commands.length === 2, 'Ada’s goes out as hers');
    await until(() => after.waiting.length === 1, 'Ben’s is shown no more');
    expect(after.waiting).to.deep.equal(['By Ada']);
    await after.session.unsent!.forget();
    expect(await kept(ids.ada)).to.deep.equal([]);
    expect(await kept(ids.ben)).to.have.length(1);
  });

  it('is left to the tab that has written it, and taken over once when that is gone', async () => {
    const writer = await Page.open();
    await writer.write('From one tab');
    await isKept(1);
    const [one, other] = [await Page.open(), await Page.open()];
    const through = new UnsentCommands(`${workspaceId}.${ids.ada}:`);
    await through.adopt(() => expect.fail('it is free'));
    through.close();
    expect([...one.commands, ...other.commands]).to.deep.equal([]);
    await writer.leave();
    await until(() => one.commands.length + other.commands.length > 0, 'one takes it over');
    expect([...one.commands, ...other.commands]).to.deep.equal(writer.commands);
    await until(() => [...one.waiting, ...other.waiting].length === 1, 'and shows it');
  });

  it('closes on the next page what was closed without a line, after the reply before it, and says so there', async () => {
    const before = await Page.open();
    before.client.becomes('offline');
    await before.write('Goodbye then.');
    before.press('Close');
    await isKept(2);
    const sent = before.commands;
    expect(sent.map(({ name }) => name)).to.deep.equal(['conversation.reply', 'conversation.close']);
    expect(sent[1]!.input).to.deep.equal({ conversationId: conversation.id, expectedInboundSeq: seen });
    await before.leave();

    const after = await Page.open();
    await until(() => after.badge === 'Closing…', 'it says so');
    expect(after.commands).to.deep.equal(sent);
    after.client.becomes('offline');
    await until(() => after.badge === 'Closes when the line is back', 'it waits again');
  });

  it('says on the next page why it is not closed, and does not close it on the one after that', async () => {
    const before = await Page.open();
    before.client.becomes('offline');
    before.press('Close');
    await isKept(1);
    await before.leave();

    const after = new Page(ids.ada);
    after.shown.conversationId = another.id;
    after.client.outcomes['conversation.close'] = () => refuse({ code: 'conflict', message: 'A new message came in.' });
    await mount(after.session);
    after.welcome();
    await until(() => after.commands.length === 1, 'it goes out');
    await isKept(0);
    await until(() => after.badge, 'another conversation');
    expect(after.notice).to.equal(undefined);
    after.shown.conversationId = conversation.id;
    await until(() => after.notice === 'A new message came in.', 'the reason');
    expect(after.badge).to.equal('Open');
  });

  it('closes with a last message over nothing that was not seen when it was written', async () => {
    const before = await Page.open();
    before.client.becomes('offline');
    await before.write('Goodbye then.', 'reply', true);
    await isKept(1);
    const sent = before.commands;
    const input = { conversationId: conversation.id, message: 'Goodbye then.', expectedInboundSeq: seen };
    expect(sent.map((one) => one.input)).to.deep.equal([input]);
    await before.leave();

    const after = await Page.open();
    await until(() => after.badge === 'Closing…', 'it says so');
    expect(after.commands).to.deep.equal(sent);
  });

  it('keeps what was pressed for before it was fetched', async () => {
    const page = new Page(ids.ada);
    const { client } = page;
    const changes = new StatusChanges(client, () => undefined);
    changes.ask('conversation.close', { conversationId: conversation.id });
    page.welcome();
    const unsent = new UnsentMessages(page.session, client, changes, [], () => undefined);
    await isKept(1);
    unsent.close();
  });

  it('keeps what was written before it was fetched, and no longer than until it is settled', async () => {
    const page = new Page(ids.ada);
    await mount(page.session);
    const [message, note] = [
      { id: uuidv7(), text: 'At once' },
      { id: uuidv7(), text: 'Ask Mara' },
    ];
    let settle = (): void => undefined;
    const waits = new Promise<void>((resolve) => (settle = resolve));
    page.session.dispatchEvent(new SendEvent(conversation.id, { ...message, kind: 'reply' }, waits));
    page.session.dispatchEvent(new SendEvent(conversation.id, { ...note, kind: 'note' }, Promise.resolve()));
    page.welcome();
    await until(() => page.session.unsent, 'it is fetched');
    await isKept(1);
    await page.leave();

    const after = await Page.open();
    await until(() => after.waiting.length > 0, 'it is there again');
    expect(after.waiting).to.deep.equal(['At once']);
    settle();
  });

  it('is nobody else’s to keep who comes on the line before that is fetched', async () => {
    const page = new Page(ids.ada);
    await mount(page.session);
    page.welcome();
    const byAda = { id: uuidv7(), text: 'By Ada', kind: 'reply' } as const;
    page.session.dispatchEvent(new SendEvent(conversation.id, byAda, new Promise(() => undefined)));
    page.welcome(ids.ben);
    await until(() => page.session.unsent, 'it is fetched');
    const byBen = { ...byAda, id: uuidv7(), text: 'By Ben' };
    page.session.dispatchEvent(new SendEvent(conversation.id, byBen, new Promise(() => undefined)));
    await until(async () => (await kept(ids.ben)).length > 0, 'Ben’s is kept');
    expect((await kept(ids.ben)).map(({ input }) => (input as { text: string }).text)).to.deep.equal(['By Ben']);
  });

  it('shows nobody else what somebody has pressed for', async () => {
    const page = await Page.open(ids.ada);
    page.client.becomes('offline');
    page.press('Close');
    await until(() => page.badge === 'Closes when the line is back', 'it waits');
    await isKept(1);
    page.welcome(ids.ben);
    await until(() => page.badge === 'Open', 'it is not Ben’s');
    await isKept(1);
  });
});
