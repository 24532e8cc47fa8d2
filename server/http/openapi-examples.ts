import type { CommandInput, CommandName } from '../../shared/contract/catalogue.ts';

export const exampleId = '01970d2e-5f00-7c3a-9b1e-2f6d8a40c511';
const otherId = '01970d2f-0a10-7e55-8d27-6b1c93e0f2a4';
const conversationId = exampleId;

/** An input for each command that can be reached over HTTP, as the reference shows it. */
export const examples: { readonly [N in CommandName]?: CommandInput<N> } = {
  'workspace.create': {
    name: 'Ember & Clay',
    ownerName: 'Ada Marlow',
    email: 'ada@shop.example',
    password: 'a long sentence is best',
    timeZone: 'Europe/Berlin',
  },
  'workspace.rename': { name: 'Ember & Clay' },
  'workspace.rotateSigningSecret': {},
  'workspace.rotateIdentitySecret': {},
  'teammate.create': { name: 'Noor Haddad', email: 'noor@shop.example', role: 'agent', inboxIds: [otherId] },
  'teammate.rename': { name: 'Noor Haddad-Lind' },
  'teammate.changePassword': { current: 'the one before it', password: 'a long sentence is best' },
  'teammate.setAvailability': { available: false },
  'teammate.setAlerts': { missed: true, yours: true },
  'inbox.create': {
    name: 'Orders',
    routing: 'rotate',
    schedule: { timeZone: 'Europe/Berlin', spans: [{ day: 1, fromMinute: 540, toMinute: 1020 }] },
  },
  'inbox.update': { inboxId: exampleId, routing: 'unassigned' },
  'inbox.addMember': { inboxId: exampleId, teammateId: otherId, role: 'agent' },
  'inbox.removeMember': { inboxId: exampleId, teammateId: otherId },
  'channel.create': {
    inboxId: exampleId,
    name: 'Shop',
    settings: { greeting: 'Hello! How can we help?', allowedOrigins: ['https://shop.example'] },
  },
  'channel.update': { channelId: exampleId, settings: { color: '#0f766e', position: 'left' } },
  'apiKey.create': { name: 'Order sync', scopes: ['read', 'write'] },
  'apiKey.revoke': { apiKeyId: exampleId },
  'visitor.startSession': {
    channelKey: 'the-key-of-the-channel',
    token: 'pv_Jq3mX0c7n5Rk2vT9bW8yLd4hZsE6uAfPgQi1oNxCtMY',
    pageUrl: 'https://shop.example/teapots',
  },
  'visitor.identify': { token: 'a-JWT-of-your-server' },
  'visitor.describe': { name: 'Mira Okafor', email: 'mira@home.example', properties: { plan: 'studio', orders: 3 } },
  'visitor.track': { name: 'added-to-basket', metadata: { piece: 'Moss planter', price: 48 } },
  'visitor.endSession': {},
  'article.create': {
    title: 'Sending a piece back',
    text: 'You have **30 days**.\n\n## How\n\nWrite to us first, and we send a label.',
    categoryId: otherId,
  },
  'article.update': { articleId: exampleId, text: 'You have **60 days**.' },
  'article.publish': { articleId: exampleId },
  'article.unpublish': { articleId: exampleId },
  'article.delete': { articleId: exampleId },
  'articleCategory.create': { name: 'Shipping and returns' },
  'articleCategory.update': { categoryId: exampleId, name: 'Returns' },
  'articleCategory.delete': { categoryId: exampleId },
  'contact.create': { name: 'Mira Okafor', email: 'mira@home.example' },
  'contact.update': { contactId: exampleId, phone: '+49 30 123456', leadStatus: 'connected', ownerId: otherId },
  'contact.merge': { contactId: exampleId, sourceId: otherId },
  'conversation.start': {
    conversationId: exampleId,
    text: 'Is the teapot back in stock?',
    channelId: otherId,
    contact: { name: 'Mira Okafor', email: 'mira@home.example' },
  },
  'conversation.setProperties': { conversationId, properties: { order: 'K-1042', coupon: null } },
  'conversation.reply': {
    conversationId,
    text: 'It is, and **yours is set aside**. Shall we send it?',
    blocks: [
      {
        type: 'buttons',
        id: 'send',
        buttons: [
          { id: 'yes', label: 'Yes, please' },
          { id: 'no', label: 'I pick it up' },
          { label: 'What it costs', href: 'https://shop.example/shipping' },
        ],
      },
    ],
  },
  'conversation.answer': {
    conversationId,
    partId: otherId,
    blockId: 'send',
    answer: { type: 'button', buttonId: 'yes' },
  },
  'conversation.note': { conversationId, text: 'Asked the workshop: two left.' },
  'conversation.assign': { conversationId, assigneeId: otherId, expectedAssigneeId: null, note: 'She asks for *you*.' },
  'conversation.snooze': { conversationId, until: '2030-01-31T09:00:00.000Z' },
  'conversation.close': { conversationId, expectedInboundSeq: 12, message: 'It is on its way. **Enjoy it!**' },
  'conversation.end': { conversationId },
  'conversation.emailTranscript': {
    conversationId,
    email: 'jo@example.com',
    language: 'de',
    timeZone: 'Europe/Berlin',
  },
  'conversation.reopen': { conversationId },
  'conversation.markRead': { conversationId, seq: 12 },
  'conversation.markUnread': { conversationId },
};
