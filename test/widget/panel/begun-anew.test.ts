import type { VisitorPart } from '../../../shared/contract/part.ts';
import { describe, expect, it, until } from '../../page.ts';
import { refusal } from '../fake-visitor-client.ts';
import { ada, conversationId, samplePart, sampleSnapshot, sampleVisitorConversation } from '../sample.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

const fromAda = (count: number): VisitorPart[] =>
  Array.from({ length: count }, (_, index) => samplePart(index + 1, `Message ${index + 1}`, { author: ada }));

const withOne = (publicSeq: number, readSeq: number): ReturnType<typeof sampleSnapshot> =>
  sampleSnapshot({ conversations: [sampleVisitorConversation({ publicSeq, readSeq })] });

const asked = ({ client }: OpenPanel, name: string): typeof client.queries =>
  client.queries.filter((query) => query.name === name);

/** Lets what was answered go as far as it does. */
const answered = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a line that begins anew', () => {
  it('says nothing of what was asked before and could not be answered', async () => {
    const opened = await openPanel();
    await opened.welcome(withOne(2, 0));
    await until(() => asked(opened, 'conversation.parts').length === 1, 'the thread is asked for');
    await opened.welcome(withOne(2, 0));
    await until(() => asked(opened, 'conversation.parts').length === 2, 'it is asked for anew');
    asked(opened, 'conversation.parts')[0]!.reject(refusal('Too much at once.'));
    await answered();
    expect(opened.panel.chat?.threadOf(conversationId).error).to.equal(null);
    asked(opened, 'conversation.parts')[1]!.resolve({ parts: fromAda(2), more: false });
    await until(() => opened.bubbles.length === 2, 'the thread is shown');
  });

  it('keeps what it begins with, whatever was asked before it', async () => {
    const opened = await openPanel();
    await opened.welcomeWith(fromAda(2));
    const { chat } = opened.panel;
    void chat?.refresh();
    await until(() => asked(opened, 'visitor.snapshot').length === 1, 'who is there is asked for');
    await opened.welcome(withOne(2, 2));
    asked(opened, 'visitor.snapshot')[0]!.resolve(sampleSnapshot());
    await answered();
    expect([...(chat?.visitor?.conversations.keys() ?? [])]).to.deep.equal([conversationId]);
  });

  it('is told what is read, also of as much as was read before it', async () => {
    const opened = await openPanel();
    const marks = (): unknown[] =>
      opened.client.commands.filter(({ name }) => name === 'conversation.markRead').map(({ input }) => input['seq']);
    await opened.welcomeWith(fromAda(4), 1);
    await until(() => marks().length === 1, 'what is in sight is told');
    opened.client.last('conversation.markRead').resolve({ readSeq: 4 });
    await answered();
    // As a server that went back to yesterday: less was written, and less was read.
    opened.client.threads.set(conversationId, fromAda(3));
    await opened.welcome(withOne(3, 1));
    await until(() => marks().length === 2, 'it is told again');
    expect(marks()).to.deep.equal([4, 3]);
  });
});
