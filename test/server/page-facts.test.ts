/** What a page says of its visitor's conversations and doings. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { CommandInput } from '../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { refused, startTestServer } from './harness.ts';
import { makeVisitor, setUp, startConversation } from './people.ts';

const server = await startTestServer();
const office = await setUp(server);

const claimed = async (conversationId: string): Promise<object | undefined> =>
  (await server.ask('conversation.get', { conversationId }, office.owner)).conversation.claimedProperties;

it('goes with the first message, changes by name, and is taken away with null', async () => {
  const visitor = await makeVisitor(office);
  const conversationId = uuidv7();
  const properties = { order: 'K-1042', items: 3, gift: true };
  await server.execute('conversation.start', { conversationId, text: 'Hello', properties }, visitor.actor);
  assert.deepEqual(await claimed(conversationId), properties);
  const change = { conversationId, properties: { items: 4, gift: null } };
  await server.execute('conversation.setProperties', change, visitor.actor);
  assert.deepEqual(await claimed(conversationId), { order: 'K-1042', items: 4 });
});

it('is no news when it is what was said before', async () => {
  const visitor = await makeVisitor(office);
  const conversationId = await startConversation(office, visitor);
  const say = (properties: CommandInput<'conversation.setProperties'>['properties']) =>
    server.execute('conversation.setProperties', { conversationId, properties }, visitor.actor);
  const news = async (): Promise<number> => {
    const [row] = await server.running.connections.sql<{ count: number }[]>`
      select count(*)::int from parlour.event_log where name = 'conversation.propertiesChanged' and conversation_id = ${conversationId}`;
    return row!.count;
  };
  await say({ order: 'K-1042', gift: true });
  await say({ gift: true, paid: null });
  assert.equal(await news(), 1);
  await say({ gift: false });
  assert.equal(await news(), 2);
});

it('is of that visitor’s conversations alone, and never more than 50', async () => {
  const [visitor, other] = [await makeVisitor(office), await makeVisitor(office)];
  const conversationId = await startConversation(office, visitor);
  const properties = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`fact ${index}`, index]));
  await refused(server.execute('conversation.setProperties', { conversationId, properties }, other.actor), 'not_found');
  await server.execute('conversation.setProperties', { conversationId, properties }, visitor.actor);
  const more = { conversationId, properties: { another: true } };
  await refused(server.execute('conversation.setProperties', more, visitor.actor), 'invalid');
  assert.equal(Object.keys((await claimed(conversationId)) ?? {}).length, 50);
});

it('is nothing that a visitor reads back', async () => {
  const visitor = await makeVisitor(office);
  const conversationId = await startConversation(office, visitor);
  const change = { conversationId, properties: { secret: 'K-1042' } };
  await server.execute('conversation.setProperties', change, visitor.actor);
  const snapshot = await server.http('GET', '/api/v1/visitor', undefined, visitor.headers);
  assert.equal(snapshot.status, 200);
  assert.ok(!snapshot.text.includes('K-1042'));
});

it('shows on the timeline what was said of a doing, and keeps it out of the log', async () => {
  const visitor = await makeVisitor(office);
  const conversationId = await startConversation(office, visitor);
  const metadata = { order: 'K-1042', price: 48, gift: true };
  await server.execute('visitor.track', { name: 'ordered', metadata }, visitor.actor);
  await server.execute('visitor.track', { name: 'looked' }, visitor.actor);
  const { contact } = await server.ask('conversation.get', { conversationId }, office.owner);
  const { entries } = await server.ask('contact.timeline', { contactId: contact.id }, office.owner);
  const [looked, ordered] = entries.filter(({ name }) => name === 'visitor.tracked');
  assert.deepEqual(ordered?.facts['metadata'], metadata);
  assert.deepEqual([looked?.facts['name'], looked?.facts['metadata']], ['looked', undefined]);
  const [kept] = await server.running.connections.sql<{ facts: string }[]>`
    select facts::text from parlour.event_log where name = 'visitor.tracked' and facts->>'name' = 'ordered' and contact_id = ${contact.id}`;
  assert.ok(kept && !kept.facts.includes('K-1042'));
  const tooMuch = { name: 'ordered', metadata: { note: 'x'.repeat(501) } };
  const answer = await server.http('POST', '/api/v1/visitor/events', tooMuch, visitor.headers);
  assert.equal(answer.status, 400);
});
