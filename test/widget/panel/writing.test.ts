import { RequestError } from '../../../shared/client/client.ts';
import { MAX_MESSAGE_LENGTH } from '../../../shared/contract/limits.ts';
import { elements as attachmentElements } from '../../../shared/ui/attachments/attachment-elements.ts';
import { define } from '../../../shared/ui/define.ts';
import type { ParlourWidget } from '../../../widget/api/page-api.ts';
import { SelectEvent } from '../../../widget/panel/home/home-events.ts';
import { startWidget } from '../../../widget/loader/start-widget.ts';
import { mountPanel } from '../../../widget/panel/panel.ts';
import { firstConversation, ownerName, tokenIn, visitorRecord } from '../../../widget/panel/visitor-memory.ts';
import { describe, expect, it, settled, until } from '../../page.ts';
import { FakeVisitorClient, refusal } from '../fake-visitor-client.ts';
import { ada, sampleConfiguration, samplePart, sampleSnapshot, sampleVisitorConversation } from '../sample.ts';
import { OpenPanel, openPanel } from './open-panel.ts';

const parlour = (): ParlourWidget => window.Parlour as ParlourWidget;

describe('writing', () => {
  it('starts a conversation with the first message and replies with the next', async () => {
    const opened = await openPanel();
    await opened.welcome();
    await opened.send('Hello');
    await opened.send('Anybody there?');
    const [start, reply] = opened.client.commands;
    expect(start?.name).to.equal('conversation.start');
    expect(start?.input.text).to.equal('Hello');
    expect(start?.input.pageUrl).to.equal(location.href);
    expect(reply?.name).to.equal('conversation.reply');
    expect(reply?.input).to.deep.equal({ conversationId: start?.input.conversationId, text: 'Anybody there?' });
    expect(opened.bubbles).to.deep.equal(['Hello', 'Anybody there?']);
    expect(opened.field.value).to.equal('');
  });

  it('begins the same conversation in two tabs that write at the same moment; another one is another', async () => {
    const [one, other] = [await openPanel(), await openPanel({ as: 'other' })];
    for (const tab of [one, other]) await tab.welcome();
    for (const tab of [one, other]) await tab.type('Hello');
    for (const tab of [one, other]) await tab.press();
    const [first, second] = [one, other].map(({ client }) => client.last('conversation.start'));
    expect(second?.input.conversationId).to.equal(first?.input.conversationId);
    expect(second?.id).to.not.equal(first?.id);
    const id = first?.input.conversationId as string;
    await one.welcome(sampleSnapshot({ conversations: [sampleVisitorConversation({ id })] }));
    one.panel.renderRoot.querySelector('section')?.dispatchEvent(new SelectEvent(null));
    await one.settle();
    await one.send('Something else');
    expect(one.client.last('conversation.start').input.conversationId).to.not.equal(id);
  });

  describe('begins its first conversation as whoever was here when its line was made', () => {
    const record = 'parlour:ch_sample';
    const begin = async (tab: OpenPanel): Promise<string> => {
      tab.panel.renderRoot.querySelector('section')?.dispatchEvent(new SelectEvent(null));
      await tab.settle();
      await tab.send('Hello');
      return tab.client.last('conversation.start').input['conversationId'] as string;
    };

    it('though another tab has named somebody else since', async () => {
      const tab = await openPanel({ startAtHome: true });
      await tab.welcome();
      const own = localStorage.getItem(record)!;
      localStorage.removeItem(record);
      const other = visitorRecord('ch_sample');
      expect(await begin(tab))
        .to.equal(firstConversation(own))
        .and.not.equal(firstConversation(other));
      expect(localStorage.getItem(record)?.startsWith(other)).to.equal(true);
    });

    it('though another tab has wiped what was kept, and keeps nothing anew', async () => {
      const tab = await openPanel({ startAtHome: true });
      await tab.welcome();
      const own = localStorage.getItem(record)!;
      localStorage.removeItem(record);
      expect(await begin(tab)).to.equal(firstConversation(own));
      expect(localStorage.getItem(record)).to.equal(null);
    });

    it('under an id that has nothing of their token', async () => {
      const tab = await openPanel();
      await tab.send('Hello');
      const id = tab.client.last('conversation.start').input['conversationId'] as string;
      const bytes = id
        .replaceAll('-', '')
        .match(/../g)!
        .map((byte) => Number.parseInt(byte, 16));
      const token = tokenIn(localStorage.getItem(record)!);
      expect(token)
        .to.have.length(46)
        .and.not.contain(String.fromCharCode(...bytes.slice(9)));
      expect(localStorage.getItem(record)).to.equal(`${token}${id}+`);
    });

    it('also where the browser has kept only a token for long: then under an id of its own', async () => {
      const token = `pv_${'a'.repeat(43)}`;
      localStorage.setItem(record, token);
      const [one, other] = [await openPanel(), await openPanel({ as: 'other' })];
      const ids = [await begin(one), await begin(other)];
      expect(ids[0])
        .to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
        .and.not.equal(ids[1]);
      expect(localStorage.getItem(record)).to.equal(`${token}+`);
      expect([tokenIn(visitorRecord('ch_sample')), ownerName('ch_sample', visitorRecord('ch_sample'))]).to.deep.equal([
        token,
        'ch_sample:aaaaaaaa:',
      ]);
    });
  });

  it('moves to a conversation of another id where somebody else has this one, with all that was written', async () => {
    const opened = await openPanel();
    await opened.welcome();
    await opened.send('Hello');
    await opened.send('Anybody there?');
    const first = opened.client.last('conversation.start');
    first.reject(new RequestError({ code: 'conflict', message: 'There is a conversation with this id already.' }));
    opened.client.last('conversation.reply').reject(new RequestError({ code: 'not_found', message: 'No such thing.' }));
    await until(
      () => opened.statuses.filter((status) => status.includes('Try again')).length === 2,
      'both have failed',
    );
    opened.thread.renderRoot.querySelector<HTMLButtonElement>('.status button')!.click();
    await opened.settle();
    const again = opened.client.last('conversation.start');
    const { conversationId } = again.input;
    expect(conversationId).to.not.equal(first.input['conversationId']);
    expect(again.id).to.not.equal(first.id);
    expect([again.input['text'], opened.client.last('conversation.reply').input]).to.deep.equal([
      'Hello',
      { conversationId, text: 'Anybody there?' },
    ]);
    expect(opened.panel.navigation.conversationId).to.equal(conversationId);
    expect(opened.bubbles).to.deep.equal(['Hello', 'Anybody there?']);
    expect(opened.statuses.join()).to.not.contain('Try again');
    expect(opened.panel.chat?.unsentIn).to.equal(conversationId);
  });

  it('can begin before the server has answered', async () => {
    const opened = await openPanel();
    await opened.send('Hello');
    await opened.welcome();
    expect(opened.bubbles).to.deep.equal(['Hello']);
  });

  /** A panel in which somebody writes before there is a chat behind the field. */
  async function writtenEarly(texts: string[], changes: Parameters<typeof sampleConfiguration>[0] = {}) {
    const client = new FakeVisitorClient();
    startWidget(sampleConfiguration(changes), `${location.origin}/widget.js`, async () => ({
      mountPanel: (port) => mountPanel(port, () => client),
    }));
    const opened = new OpenPanel(client);
    opened.launcher.click();
    // No task comes in between, so no chat either.
    const isFocused = (): boolean => !!opened.panel?.shadowRoot?.activeElement;
    for (let turn = 0; turn < 1_000 && !isFocused(); turn += 1) await Promise.resolve();
    const { field } = opened;
    expect(opened.panel.chat).to.equal(null);
    for (const text of texts) {
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    }
    expect(opened.panel.chat).to.equal(null);
    return { client, opened, field };
  }

  it('off hours greets nobody as if somebody were there who wrote before there was a chat', async () => {
    const availability = { open: false, changesAt: null };
    const { opened } = await writtenEarly(['Hello'], { availability, greeting: 'How can we help?' });
    await until(() => opened.bubbles.join() === 'Hello', 'it is shown');
    expect(opened.thread.greeting).to.equal('');
    await opened.welcome(sampleSnapshot({ availability }));
    expect(opened.thread.greeting).to.equal('');
  });

  it('can begin before there is a chat behind the field: what was sent is held for it', async () => {
    const { client, opened, field } = await writtenEarly(['Hello', 'Anybody there?']);
    await until(() => client.commands.length === 2, 'both are sent');
    expect(client.commands.map(({ name, input }) => [name, input.text])).to.deep.equal([
      ['conversation.start', 'Hello'],
      ['conversation.reply', 'Anybody there?'],
    ]);
    expect(opened.field).to.equal(field);
    expect(opened.composer.renderRoot.querySelector(':focus')).to.equal(field);
    await until(() => opened.bubbles.join() === 'Hello,Anybody there?', 'they are shown, in order');
  });

  it('makes a new line with Shift+Enter and sends with Enter', async () => {
    const opened = await openPanel();
    await opened.type('First line');
    expect(await opened.press({ shiftKey: true })).to.equal(false);
    expect(opened.client.commands).to.have.length(0);
    expect(await opened.press()).to.equal(true);
    expect(opened.client.commands).to.have.length(1);
  });

  it('does not send with the Enter that confirms a word of an input method', async () => {
    const opened = await openPanel();
    await opened.type('にほん');
    expect(await opened.press({ isComposing: true })).to.equal(false);
    expect(await opened.press({ keyCode: 229 } as KeyboardEventInit)).to.equal(false);
    expect(opened.client.commands).to.have.length(0);
    await opened.press();
    expect(opened.client.last('conversation.start').input.text).to.equal('にほん');
  });

  for (const hasFailed of [false, true]) {
    const when = hasFailed ? 'after it failed' : 'while it was on its way';
    it(`does not send on its own without a file that was taken out ${when}, though Enter was pressed`, async () => {
      define(attachmentElements);
      const opened = await openPanel();
      await opened.welcome();
      await opened.type('As attached');
      const tray = opened.composer.renderRoot.querySelector('parlour-attachment-tray')!;
      tray.add([new File(['what it holds'], 'a.txt')]);
      await settled(tray);
      await opened.press();
      if (hasFailed) await until(() => tray.renderRoot.querySelector('.wrong'), 'it has failed');
      // Once more, over what failed.
      await opened.press();
      tray.renderRoot.querySelector<HTMLButtonElement>('[aria-label="Remove a.txt"]')!.click();
      await opened.settle();
      expect(opened.client.commands).to.deep.equal([]);
      expect(opened.field.value).to.equal('As attached');
      await opened.press();
      expect(opened.client.last('conversation.start').input['text']).to.equal('As attached');
    });
  }

  it('sends nothing that is only white space', async () => {
    const opened = await openPanel();
    await opened.send('  \n ');
    expect(opened.client.commands).to.have.length(0);
  });

  it('says when a message is as long as it may be', async () => {
    const opened = await openPanel();
    expect(opened.field.maxLength).to.equal(MAX_MESSAGE_LENGTH);
    await opened.type('x'.repeat(MAX_MESSAGE_LENGTH - 7));
    expect(opened.composer.renderRoot.querySelector('[role=status]')?.textContent).to.contain('Characters left: 7');
    await opened.type('x'.repeat(MAX_MESSAGE_LENGTH));
    expect(opened.composer.renderRoot.querySelector('[role=status]')?.textContent).to.contain('at most');
  });

  it('shows a message once: while it is sent, and when it is a part', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([samplePart(1, 'Hello')]);
    await opened.send('Is it safe?');
    expect(opened.statuses.at(-1)).to.equal('Sending');
    const row = opened.thread.renderRoot.querySelector('.messages')?.lastElementChild;
    const { id } = opened.client.last('conversation.reply');
    opened.client.last('conversation.reply').resolve({ partId: id, seq: 2, publicSeq: 2 });
    opened.client.hearPart(samplePart(2, 'Is it safe?', { id }));
    opened.client.hearPart(samplePart(2, 'Is it safe?', { id }));
    await opened.settle();
    expect(opened.bubbles).to.deep.equal(['Hello', 'Is it safe?']);
    expect(opened.statuses.at(-1)).to.contain('Sent');
    // The same node, so that a screen reader does not read it twice.
    expect(opened.thread.renderRoot.querySelector('.messages')?.lastElementChild).to.equal(row);
  });

  it('keeps a message whose turn has not come in place when an answer overtakes it', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([samplePart(1, 'Hello')]);
    await opened.send('Is it safe?');
    const row = opened.thread.renderRoot.querySelector('.messages')?.lastElementChild;
    opened.client.hearPart(samplePart(2, 'Good morning', { author: ada }));
    await opened.settle();
    expect(opened.bubbles).to.deep.equal(['Hello', 'Good morning', 'Is it safe?']);
    expect(opened.thread.renderRoot.querySelector('.messages')?.lastElementChild).to.equal(row);
  });

  it('says why a message failed, and sends the same one again', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([samplePart(1, 'Hello')]);
    await opened.send('Is it safe?');
    const first = opened.client.last('conversation.reply');
    first.reject(refusal('You may not write here.'));
    await opened.settle();
    const alert = opened.thread.renderRoot.querySelector('[role=alert]');
    expect(alert?.textContent).to.contain('Not sent. You may not write here.');
    alert?.querySelector('button')?.click();
    await opened.settle();
    const second = opened.client.last('conversation.reply');
    expect(second).to.not.equal(first);
    expect(second.id).to.equal(first.id);
    expect(second.input).to.deep.equal(first.input);
    expect(opened.statuses.at(-1)).to.equal('Sending');
    expect(opened.bubbles).to.deep.equal(['Hello', 'Is it safe?']);
  });

  it('starts the conversation again when the first message failed', async () => {
    const opened = await openPanel();
    await opened.welcome();
    await opened.send('Hello');
    const first = opened.client.last('conversation.start');
    first.reject(refusal('Too many conversations.'));
    await opened.settle();
    opened.thread.renderRoot.querySelector<HTMLButtonElement>('[role=alert] button')?.click();
    const second = opened.client.last('conversation.start');
    expect(second).to.not.equal(first);
    expect([second.id, second.input]).to.deep.equal([first.id, first.input]);
  });

  it('says what the page knows of a conversation once, and what it says after that of the next one', async () => {
    const opened = await openPanel();
    await opened.welcome();
    await parlour().setConversationProperties({ order: 1 });
    await opened.send('Hello');
    await parlour().setConversationProperties({ order: 2 });
    const first = opened.client.last('conversation.start');
    expect(first.input.properties).to.deep.equal({ order: 1 });
    first.resolve({});
    await opened.settle();
    opened.panel.renderRoot.querySelector('section')?.dispatchEvent(new SelectEvent(null));
    await opened.settle();
    await opened.send('Another thing');
    const second = opened.client.last('conversation.start');
    expect(second === first).to.equal(false);
    expect(second.input.properties).to.deep.equal({ order: 2 });
  });

  it('tells the page when what it knows of a conversation is more than can be said, and the visitor can write', async () => {
    const opened = await openPanel();
    await opened.welcome();
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, index]));
    const wrong = [
      many,
      { nested: {} },
      { '': 1 },
      { long: 'x'.repeat(2001) },
      { ['x'.repeat(61)]: 1 },
      ['list'],
      'no',
    ];
    for (const properties of wrong) {
      const refused = await parlour()
        .setConversationProperties(properties as never)
        .catch((error: unknown) => error);
      expect((refused as RequestError).code, JSON.stringify(properties).slice(0, 40)).to.equal('invalid');
    }
    const said = { at: new Date(0), left: undefined, none: null, act() {}, isNew: true, order: 1 };
    await parlour().setConversationProperties(said as never);
    await opened.send('Hello');
    const { properties } = opened.client.last('conversation.start').input;
    expect(properties).to.deep.equal({ at: '1970-01-01T00:00:00.000Z', isNew: true, order: 1 });
  });

  it('says it again when the start was refused, unless that is what was refused', async () => {
    const opened = await openPanel();
    await opened.welcome();
    await parlour().setConversationProperties({ order: 1, plan: 'old' });
    await opened.send('Hello');
    await parlour().setConversationProperties({ plan: 'new' });
    const again = (): void => opened.thread.renderRoot.querySelector<HTMLButtonElement>('[role=alert] button')?.click();
    opened.client.last('conversation.start').reject(refusal('Too many conversations.'));
    await opened.settle();
    again();
    await opened.settle();
    const second = opened.client.last('conversation.start');
    expect(second.input.properties).to.deep.equal({ order: 1, plan: 'new' });
    const fields = { 'properties.order': 'is too much' };
    second.reject(new RequestError({ code: 'invalid', message: 'No.', fields }));
    await opened.settle();
    again();
    await opened.settle();
    const third = opened.client.last('conversation.start');
    expect(third === second).to.equal(false);
    expect('properties' in third.input).to.equal(false);
  });

  it('gives a failed reply another name when it has become the start', async () => {
    const opened = await openPanel();
    await opened.welcome();
    await opened.send('Hello');
    await opened.send('Anybody?');
    const start = opened.client.last('conversation.start');
    const reply = opened.client.last('conversation.reply');
    start.reject(refusal('No.'));
    reply.reject(refusal('There is no such conversation.'));
    await opened.settle();
    opened.thread.renderRoot.querySelectorAll<HTMLButtonElement>('[role=alert] button')[1]?.click();
    await opened.settle();
    const again = opened.client.last('conversation.start');
    expect(again.input.text).to.equal('Anybody?');
    expect(again.id).to.not.equal(reply.id);
    expect(opened.bubbles).to.deep.equal(['Hello', 'Anybody?']);
  });

  it('tells the team that the visitor is writing, once the conversation exists', async () => {
    const opened = await openPanel();
    await opened.welcome();
    await opened.type('H');
    expect(opened.client.typed).to.deep.equal([]);
    await opened.press();
    const { id, input } = opened.client.last('conversation.start');
    const started = String(input.conversationId);
    opened.client.hearPart(samplePart(1, 'H', { id, conversationId: started }));
    await opened.type('He');
    expect(opened.client.typed).to.deep.equal([started]);
  });
});
