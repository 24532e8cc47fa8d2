/**
 * One example of every command, in the situations in which it does something: what is arranged, who may, with what input. The replay,
 * idempotency and policy tests all run on this table. A command without an example does not compile.
 */
import { eq } from 'drizzle-orm';
import { actorId } from '../../server/kernel/actor.ts';
import { hashPassword } from '../../server/modules/teammate/password.ts';
import { teammate } from '../../server/modules/teammate/schema.ts';
import { articleExamples } from './article-examples.ts';
import { conversationExamples } from './conversation-examples.ts';
import { founding, makeInbox, makeVisitor, PASSWORD, startConversation, visitorToken } from './people.ts';
import { identitySecret, identityToken } from './tokens.ts';
import {
  address,
  administrators,
  inboxAdministrators,
  makeInboxAdmin,
  nobody,
  open,
  people,
  renamed,
  workers,
} from './scene.ts';
import type { Examples } from './scene.ts';

export const examples: Examples = {
  'workspace.create': [
    { situation: 'a new installation', by: ['set-up'], arrange: async () => ({ input: founding }), other: renamed },
  ],
  'workspace.rename': [
    {
      situation: 'a new name',
      by: administrators,
      arrange: async () => ({ input: { name: `Firm ${address()}` } }),
      other: renamed,
    },
  ],
  'workspace.rotateSigningSecret': [
    {
      situation: 'a host app is connected',
      by: ['owner', 'system'],
      arrange: async () => ({ input: {} }),
      // It takes no input, so only another command's would be another; a field it does not know is refused before.
      other: (input) => input,
      shownOnce: 'secret',
    },
  ],
  'workspace.rotateIdentitySecret': [
    {
      situation: 'a site begins to identify its visitors',
      by: ['owner', 'system'],
      arrange: async () => ({ input: {} }),
      other: (input) => input,
      shownOnce: 'secret',
    },
  ],
  'teammate.create': [
    {
      situation: 'somebody new in an inbox',
      by: administrators,
      arrange: async ({ office }) => ({
        input: { name: 'Ines', email: address(), role: 'agent', inboxIds: [office.inboxId] },
      }),
      other: renamed,
    },
  ],
  'teammate.rename': [
    {
      situation: 'a new surname',
      by: people,
      arrange: async () => ({ input: { name: `Noor ${address()}` } }),
      other: renamed,
    },
  ],
  'teammate.changePassword': [
    {
      situation: 'a better one',
      by: people,
      arrange: async (stage, by) => {
        const passwordHash = await hashPassword(PASSWORD);
        const own = eq(teammate.id, actorId(await stage.actor(by))!);
        await stage.server.running.connections.db.update(teammate).set({ passwordHash }).where(own);
        return { input: { current: PASSWORD, password: 'another horse battery' } };
      },
      other: (input) => ({ ...input, password: 'a third horse battery' }),
    },
  ],
  'teammate.setAvailability': [
    {
      situation: 'off for lunch',
      by: people,
      arrange: async ({ server, agent }) => {
        await server.execute('teammate.setAvailability', { available: true }, agent);
        return { input: { available: false } };
      },
      other: ({ available }) => ({ available: !available }),
    },
  ],
  'teammate.setAlerts': [
    {
      situation: 'missed conversations wanted',
      by: people,
      arrange: async ({ server, agent }) => {
        await server.execute('teammate.setAlerts', { missed: false, yours: false }, agent);
        return { input: { missed: true } };
      },
      other: ({ missed }) => ({ missed: !missed }),
    },
  ],
  'inbox.create': [
    {
      situation: 'a second queue',
      by: administrators,
      arrange: async () => ({ input: { name: 'Wholesale' } }),
      other: renamed,
    },
  ],
  'inbox.update': [
    {
      situation: 'new opening hours',
      by: inboxAdministrators,
      arrange: async ({ office }) => ({
        input: {
          inboxId: office.inboxId,
          name: `Desk ${address()}`,
          schedule: { timeZone: 'Europe/Berlin', spans: [] },
        },
      }),
      other: renamed,
    },
    {
      situation: 'alerts to its admins alone',
      by: inboxAdministrators,
      arrange: async ({ office }) => ({
        input: { inboxId: office.inboxId, name: `Desk ${address()}`, notifies: 'admins' },
      }),
      other: renamed,
    },
  ],
  'inbox.addMember': [
    {
      situation: 'an agent joins an inbox that has a channel and conversations',
      by: inboxAdministrators,
      arrange: async (stage, by) => {
        const other = await makeInbox(stage.office);
        if (by === 'inbox admin') await makeInboxAdmin(stage, other);
        await startConversation(other, await makeVisitor(other));
        return { input: { inboxId: other.inboxId, teammateId: stage.agent.id } };
      },
      other: (input) => ({ ...input, role: 'admin' }),
    },
  ],
  'inbox.removeMember': [
    {
      situation: 'an agent leaves an inbox that has a channel and conversations',
      by: inboxAdministrators,
      arrange: async (stage, by) => {
        const other = await makeInbox(stage.office);
        if (by === 'inbox admin') await makeInboxAdmin(stage, other);
        await startConversation(other, await makeVisitor(other));
        const input = { inboxId: other.inboxId, teammateId: stage.agent.id };
        await stage.server.execute('inbox.addMember', input, stage.office.owner);
        return { input };
      },
      other: (input) => ({ ...input, teammateId: nobody }),
    },
  ],
  'channel.create': [
    {
      situation: 'another site',
      by: administrators,
      arrange: async ({ office }) => ({
        input: { inboxId: office.inboxId, name: 'Blog', settings: { position: 'left' } },
      }),
      other: renamed,
    },
  ],
  'channel.update': [
    {
      situation: 'a new colour',
      by: administrators,
      arrange: async ({ office }) => ({
        input: { channelId: office.channelId, name: `Chat ${address()}`, settings: { color: '#0f766e' } },
      }),
      other: renamed,
    },
    {
      situation: 'it moves to an inbox the agent does not see',
      by: administrators,
      arrange: async ({ office, server }) => {
        const { inboxId } = await makeInbox(office);
        const { channelId } = await server.execute(
          'channel.create',
          { inboxId: office.inboxId, name: 'Fair' },
          office.owner,
        );
        return { input: { channelId, inboxId } };
      },
      other: renamed,
    },
  ],
  'apiKey.create': [
    {
      situation: 'a program is connected',
      by: ['admin', 'owner', 'system'],
      arrange: async () => ({ input: { name: 'Import', scopes: ['read', 'write'] } }),
      other: renamed,
      shownOnce: 'secret',
    },
  ],
  'apiKey.revoke': [
    {
      situation: 'a key in use',
      by: ['admin', 'owner', 'system'],
      arrange: async ({ server, office }) => {
        const { apiKeyId } = await server.execute('apiKey.create', { name: 'Old', scopes: ['read'] }, office.owner);
        return { input: { apiKeyId } };
      },
      other: () => ({ apiKeyId: nobody }),
    },
  ],
  'visitor.startSession': [
    {
      situation: 'a browser opens the chat',
      by: ['stranger'],
      arrange: async ({ office }) => ({ input: { channelKey: office.channelKey, token: visitorToken() } }),
      other: (input) => ({ ...input, token: visitorToken() }),
    },
  ],
  'visitor.becomeContact': [
    {
      situation: 'a visitor who has not written yet',
      by: ['system'],
      arrange: async ({ office }) => ({ input: { sessionId: (await makeVisitor(office)).actor.id } }),
      other: () => ({ sessionId: nobody }),
    },
  ],
  'visitor.identify': [
    {
      situation: 'the site proves who a new visitor is',
      by: ['newcomer', 'visitor'],
      arrange: async ({ server, office }) => {
        const secret = await identitySecret(office);
        return {
          input: { token: identityToken(server, secret, { sub: address(), name: 'Jo Tan', email: address() }) },
        };
      },
      other: ({ token }) => ({ token: `${token}x` }),
    },
  ],
  'visitor.describe': [
    {
      situation: 'the page tells what it knows',
      by: ['newcomer', 'visitor'],
      arrange: async () => ({ input: { name: 'Jo Tan', email: address(), properties: { plan: 'studio' } } }),
      other: renamed,
    },
  ],
  'visitor.track': [
    {
      situation: 'something was put into a basket',
      by: ['newcomer', 'visitor'],
      arrange: async () => ({ input: { name: 'added-to-basket' } }),
      other: () => ({ name: 'paid' }),
    },
    {
      situation: 'something was put into a basket, with more about it',
      by: ['newcomer', 'visitor'],
      arrange: async () => ({ input: { name: 'added-to-basket', metadata: { piece: 'Moss planter', price: 48 } } }),
      other: () => ({ name: 'added-to-basket', metadata: { price: 49 } }),
    },
  ],
  'visitor.endSession': [
    {
      situation: 'signed out of the site',
      by: ['newcomer', 'visitor'],
      arrange: async () => ({ input: {} }),
      other: (input) => input,
    },
  ],
  'contact.create': [
    {
      situation: 'somebody new',
      by: workers,
      arrange: async () => ({ input: { name: 'Jo Tan', email: address() } }),
      other: renamed,
    },
    {
      situation: 'somebody known by email, whose name was not',
      by: workers,
      arrange: async ({ server, office }) => {
        const email = address();
        const { contactId } = await server.execute('contact.create', { email }, office.owner);
        return { contactId, input: { email, name: 'Jo Tan' } };
      },
      other: renamed,
    },
  ],
  'contact.update': [
    {
      situation: 'a visitor told their name and email',
      by: workers,
      arrange: async (stage) => {
        const held = await open(stage);
        return { ...held, input: { contactId: held.contactId, name: 'Jo Tan', email: address() } };
      },
      other: renamed,
    },
  ],
  'contact.claim': [
    {
      situation: 'a visitor filled in a form',
      by: ['system'],
      arrange: async (stage) => {
        const conversationId = await startConversation(stage.office, await makeVisitor(stage.office));
        const contactId = await stage.contactOf(conversationId);
        const consent = { text: 'You may keep this.', url: null };
        const answers = { name: 'Jo Tan', email: address(), company: 'Tan & Co' };
        return { conversationId, contactId, input: { contactId, answers, consent, lead: true } };
      },
      other: (input) => ({ ...input, lead: false }),
    },
  ],
  'contact.merge': [
    {
      situation: 'the visitor turns out to be somebody known',
      by: workers,
      arrange: async (stage) => {
        const office = stage.office;
        const visitor = await makeVisitor(office);
        const conversationId = await startConversation(office, visitor);
        const sourceId = await stage.contactOf(conversationId);
        const { contactId } = await stage.server.execute('contact.create', { email: address() }, office.owner);
        await stage.server.execute('contact.update', { contactId: sourceId, name: 'Jo Tan' }, office.owner);
        return { conversationId, contactId, input: { contactId, sourceId } };
      },
      other: ({ contactId }) => ({ contactId, sourceId: nobody }),
    },
  ],
  ...conversationExamples,
  ...articleExamples,
};
