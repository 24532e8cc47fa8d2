import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { startTestServer } from './harness.ts';
import { makeVisitor, setUp, startConversation } from './people.ts';
import { closeSockets, ownerSocket, visitorSocket } from './test-socket.ts';

after(closeSockets);
const server = await startTestServer();
const office = await setUp(server);

it('runs the whole path: a visitor writes, a teammate hears, the answer comes back', async () => {
  const visitor = await makeVisitor(office);
  const [teammate, browser] = await Promise.all([ownerSocket(office), visitorSocket(office, visitor)]);
  const conversationId = await startConversation(office, visitor);
  const heard = await teammate.event('conversation.started');
  assert.equal(heard.records.conversation?.id, conversationId);
  const answer = await teammate.command('conversation.reply', { conversationId, text: 'Yes.' });
  assert.equal(answer.publicSeq, 2);
  const { part } = (await browser.event('conversation.replied')) as unknown as { part: { author: unknown } };
  assert.deepEqual(part.author, { kind: 'teammate', id: office.owner.id, name: 'Mara' });
});
