/** Examples of the commands on conversations: see `examples.ts`. */
import type { CommandInput, CommandName } from '../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { makeInbox, makeVisitor, settled, startConversation } from './people.ts';
import { address, elsewhere, later, open, said, workers } from './scene.ts';
import type { By, Example, Examples, Step } from './scene.ts';
import type { Stage } from './stage.ts';

/** An example that takes nothing but a conversation in some state. */
function onConversation(situation: string, by: By, ...steps: Step[]) {
  return {
    situation,
    by,
    arrange: async (stage: Stage) => {
      const held = await open(stage, ...steps);
      return { ...held, input: { conversationId: held.conversationId } };
    },
    other: elsewhere<{ conversationId: string }>,
  };
}

const reply = (situation: string, by: By, ...steps: Step[]): Example<'conversation.reply'> => ({
  situation,
  by,
  arrange: async (stage) => {
    const held = await open(stage, ...steps);
    return { ...held, input: { conversationId: held.conversationId, text: 'It **is** dishwasher safe.' } };
  },
  other: said,
});

const lastWord = (situation: string, ...steps: Step[]): Example<'conversation.close'> => ({
  situation,
  by: workers,
  arrange: async (stage) => {
    const held = await open(stage, ...steps);
    return { ...held, input: { conversationId: held.conversationId, message: 'It is **on its way**.' } };
  },
  other: (input) => ({ ...input, message: 'It is not.' }),
});

const rows = [
  {
    type: 'buttons',
    id: 'size',
    buttons: [
      { id: 's', label: 'Small' },
      { id: 'l', label: 'Large *one*' },
    ],
  },
  {
    type: 'form',
    id: 'about',
    fields: [
      { key: 'email', label: '', kind: 'email', required: true },
      { key: 'order_number', label: 'Order', kind: 'text', required: false },
    ],
  },
  { type: 'rating', id: 'how', prompt: 'How was it?', scale: 'stars' },
] satisfies CommandInput<'conversation.reply'>['blocks'];

const answer = (
  situation: string,
  blockId: string,
  given: CommandInput<'conversation.answer'>['answer'],
  ...steps: Step[]
): Example<'conversation.answer'> => ({
  situation,
  by: ['visitor', 'system'],
  arrange: async (stage) => {
    const held = await open(stage);
    const { conversationId } = held;
    const message = { conversationId, text: 'Which one?', blocks: rows };
    const { partId } = await stage.server.execute('conversation.reply', message, stage.office.owner);
    if (steps.includes('closed'))
      await stage.server.execute('conversation.close', { conversationId }, stage.office.owner);
    return { ...held, input: { conversationId, partId, blockId, answer: given } };
  },
  other: (input) => ({ ...input, answer: { type: 'rating', score: 2 } }),
});

export const conversationExamples: Pick<Examples, Extract<CommandName, `conversation.${string}`>> = {
  'conversation.start': [
    {
      situation: 'a first message',
      by: ['visitor', 'writing key', 'system'],
      arrange: async ({ office }, by) => {
        const input = {
          conversationId: uuidv7(),
          text: 'Do you ship to *Norway*?',
          pageUrl: 'https://shop.example/teapot',
        };
        const program = { ...input, channelId: office.channelId, contact: { email: address(), name: 'Jo Tan' } };
        return { conversationId: input.conversationId, input: by === 'visitor' ? input : program };
      },
      other: said,
    },
    {
      situation: 'the first message of a second tab, which began at the same moment',
      by: ['visitor'],
      arrange: async (stage) => {
        const held = await open(stage);
        return { ...held, input: { conversationId: held.conversationId, text: 'And to Sweden?' } };
      },
      other: said,
    },
    {
      situation: 'a form before the first message, while nobody is there',
      by: ['visitor'],
      arrange: async ({ office, server }) => {
        const changes = { schedule: { timeZone: 'UTC', spans: [] }, offHours: { mode: 'form' as const } };
        await server.execute('inbox.update', { inboxId: office.inboxId, ...changes }, office.owner);
        const conversationId = uuidv7();
        const form = { kind: 'off-hours', answers: { name: 'Jo Tan', email: address() } } as const;
        return { conversationId, input: { conversationId, text: 'Call me when you are back.', form } };
      },
      other: said,
    },
  ],
  'conversation.setProperties': [
    {
      situation: 'the page says which order it is about',
      by: ['visitor', 'system'],
      arrange: async (stage) => {
        const held = await open(stage);
        return { ...held, input: { conversationId: held.conversationId, properties: { order: 'K-1042', paid: true } } };
      },
      other: ({ conversationId }) => ({ conversationId, properties: { order: null } }),
    },
  ],
  'conversation.reply': [
    reply('a teammate answers', [...workers, 'visitor']),
    reply('a teammate answers after a note', ['owner'], 'noted'),
    reply('the visitor writes again', ['visitor'], 'read'),
    reply('the visitor writes into a closed one', ['visitor'], 'closed'),
    reply('the visitor writes into a snoozed one', ['visitor'], 'snoozed'),
    {
      ...reply('the visitor writes into a snoozed one that sleeps on', ['visitor']),
      arrange: async (stage) => {
        const { conversationId, ...held } = await open(stage, 'read');
        const snooze = { conversationId, until: later(stage, 3_600), wakesOnReply: false };
        await stage.server.execute('conversation.snooze', snooze, stage.office.owner);
        return { ...held, conversationId, input: { conversationId, text: 'Are you there?' } };
      },
    },
    reply('a teammate writes into a closed one', ['owner'], 'closed'),
    {
      situation: 'a teammate sends choices below the text',
      by: workers,
      arrange: async (stage) => {
        const held = await open(stage);
        return { ...held, input: { conversationId: held.conversationId, text: 'Which one?', blocks: rows } };
      },
      other: said,
    },
  ],
  'conversation.answer': [
    answer('a button', 'size', { type: 'button', buttonId: 'l' }),
    answer('a button in a closed one', 'size', { type: 'button', buttonId: 's' }, 'closed'),
    answer('a form', 'about', { type: 'form', values: { email: 'Jo@Visitor.example', order_number: 'K-1042' } }),
    answer('a rating after the end', 'how', { type: 'rating', score: 4, comment: 'Quick!' }, 'closed'),
  ],
  'conversation.autoRespond': [
    {
      situation: 'nobody is there',
      by: ['system'],
      arrange: async (stage) => {
        const held = await open(stage);
        return { ...held, input: { conversationId: held.conversationId, text: 'We are back on Monday.' } };
      },
      other: said,
    },
  ],
  'conversation.note': [
    {
      situation: 'a word among colleagues',
      by: workers,
      arrange: async (stage) => {
        const held = await open(stage);
        return { ...held, input: { conversationId: held.conversationId, text: 'She asked last week too.' } };
      },
      other: said,
    },
  ],
  'conversation.assign': [
    {
      situation: 'nobody has it',
      by: workers,
      arrange: async (stage) => {
        const held = await open(stage);
        return {
          ...held,
          input: { conversationId: held.conversationId, assigneeId: stage.agent.id, expectedAssigneeId: null },
        };
      },
      other: (input) => ({ ...input, assigneeId: null }),
    },
    {
      situation: 'with a note, to whoever finds it unread for that',
      by: workers,
      arrange: async (stage) => {
        const held = await open(stage, 'read');
        const { conversationId } = held;
        return { ...held, input: { conversationId, assigneeId: stage.office.owner.id, note: 'She asks for *you*.' } };
      },
      other: (input) => ({ ...input, note: 'She asks for nobody.' }),
    },
    {
      situation: 'it is let go',
      by: workers,
      arrange: async (stage) => {
        const held = await open(stage, 'assigned');
        return { ...held, input: { conversationId: held.conversationId, assigneeId: null } };
      },
      other: elsewhere,
    },
  ],
  'conversation.route': [
    {
      situation: 'an inbox that rotates, and a member who is on',
      by: ['system'],
      arrange: async ({ office, server }) => {
        const other = await makeInbox(office);
        const conversationId = await startConversation(other, await makeVisitor(other));
        await settled(server);
        await server.execute('inbox.update', { inboxId: other.inboxId, routing: 'rotate' }, office.owner);
        return { conversationId, input: { conversationId } };
      },
      other: elsewhere,
    },
  ],
  'conversation.snooze': [
    {
      situation: 'until tomorrow',
      by: workers,
      arrange: async (stage) => {
        const held = await open(stage, 'read');
        return { ...held, input: { conversationId: held.conversationId, until: later(stage, 86_400) } };
      },
      other: elsewhere,
    },
    {
      situation: 'until tomorrow, whatever the contact writes',
      by: workers,
      arrange: async (stage) => {
        const { conversationId, ...held } = await open(stage, 'snoozed');
        return { ...held, conversationId, input: { conversationId, until: later(stage, 86_400), wakesOnReply: false } };
      },
      other: (input) => ({ ...input, wakesOnReply: true }),
    },
  ],
  'conversation.wake': [
    {
      situation: 'a snooze that has run out',
      by: ['system'],
      arrange: async (stage) => {
        const held = await open(stage, 'snoozed');
        const { conversationId } = held;
        const { conversation } = await stage.server.ask('conversation.get', { conversationId }, stage.office.owner);
        return { ...held, input: { conversationId, until: conversation.snoozedUntil! } };
      },
      other: elsewhere,
    },
  ],
  'conversation.close': [
    onConversation('an open one', workers, 'assigned'),
    onConversation('a snoozed one', workers, 'snoozed'),
    lastWord('a last message', 'read'),
    {
      situation: 'one whose every message was seen',
      by: workers,
      arrange: async (stage) => {
        const held = await open(stage, 'noted');
        return { ...held, input: { conversationId: held.conversationId, expectedInboundSeq: 1 } };
      },
      other: ({ conversationId }) => ({ conversationId, expectedInboundSeq: 2 }),
    },
    lastWord('a last message into a closed one', 'closed'),
  ],
  'conversation.end': [
    onConversation('the visitor has what they came for', ['visitor', 'system'], 'assigned'),
    onConversation('one that was put away', ['visitor', 'system'], 'snoozed'),
  ],
  'conversation.emailTranscript': [
    {
      situation: 'a visitor who wants to keep it',
      by: ['visitor'],
      arrange: async (stage) => {
        const held = await open(stage);
        const { conversationId } = held;
        await stage.server.execute('conversation.reply', { conversationId, text: 'Yes.' }, stage.office.owner);
        return { ...held, input: { conversationId, email: address() } };
      },
      other: (input) => ({ ...input, email: address() }),
    },
  ],
  'conversation.reopen': [
    onConversation('a closed one', workers, 'closed'),
    onConversation('a snoozed one', workers, 'snoozed'),
  ],
  'conversation.markRead': [
    {
      situation: 'the team reads it',
      by: workers,
      arrange: async (stage) => {
        const held = await open(stage, 'noted');
        return { ...held, input: { conversationId: held.conversationId, seq: 2 } };
      },
      other: (input) => ({ ...input, seq: 1 }),
    },
    {
      situation: 'the visitor reads the answer',
      by: ['visitor'],
      arrange: async (stage) => {
        const held = await open(stage);
        const { conversationId } = held;
        await stage.server.execute('conversation.reply', { conversationId, text: 'Yes.' }, stage.office.owner);
        return { ...held, input: { conversationId, seq: 2 } };
      },
      other: (input) => ({ ...input, seq: 1 }),
    },
  ],
  'conversation.markUnread': [onConversation('one that was read', workers, 'read')],
};
