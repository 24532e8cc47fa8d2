/** A dump restored into another cluster: transaction ids ahead of the cluster's own. */
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { startTestServer, until } from './harness.ts';
import { makeInbox, makeVisitor, setUp, startConversation } from './people.ts';
import { closeSockets, ownerSocket } from './test-socket.ts';
import { testDatabase } from '../cluster.ts';

after(closeSockets);

it('gives a restored log a new epoch, keeps it, and goes on routing and telling', async () => {
  const databaseUrl = await testDatabase();
  const first = await startTestServer({ databaseUrl });
  const office = await setUp(first);
  const shop = await makeInbox(office, 'rotate');
  const { sql } = first.running.connections;
  await startConversation(shop, await makeVisitor(shop));
  const [before] =
    await sql`select epoch, (select count(*)::int from parlour.event_log) as events from parlour.installation`;
  // As a restore leaves it: the old cluster had counted much further than this one.
  await sql`update parlour.event_log set xid = (xid::text::bigint + 5000000000)::text::xid8`;
  await sql`update parlour.reaction_cursor set xid = (xid::text::bigint + 5000000000)::text::xid8`;
  await first.close();

  const second = await startTestServer({ databaseUrl });
  const [now] = await second.running.connections.sql`
    select epoch, (select count(*)::int from parlour.event_log) as events from parlour.installation`;
  assert.notEqual(now!['epoch'], before!['epoch']);
  assert.ok(now!['events'] >= before!['events']);
  const again = { ...shop, server: second, page: { ...shop.page, origin: second.origin } };
  const teammate = await ownerSocket(again);
  const conversationId = await startConversation(again, await makeVisitor(again));
  await until('the new conversation has an owner', async () => {
    const { conversation } = await second.ask('conversation.get', { conversationId }, office.owner);
    return conversation.assigneeId !== null;
  });
  await until('the teammate has heard of it', () =>
    teammate.events.some(({ name }) => name === 'conversation.assigned'),
  );
});
