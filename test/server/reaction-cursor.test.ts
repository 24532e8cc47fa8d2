/** D4: the reactions' cursor goes on by itself. */
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { ReactionRunner } from '../../server/database/reaction-runner.ts';
import { startTestServer, until } from './harness.ts';
import { makeVisitor, setUp, startConversation } from './people.ts';
import { closeSockets } from './test-socket.ts';

after(closeSockets);
const server = await startTestServer();
const office = await setUp(server);
const { sql } = server.running.connections;

const ahead = async (): Promise<number> => {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int from parlour.event_log as entry, parlour.reaction_cursor as cursor
    where (entry.xid, entry.id) > (cursor.xid, cursor.id)`;
  return row!.count;
};

it('leaves events behind that nothing waits for, so that no look goes through them again', async () => {
  const conversationId = await startConversation(office, await makeVisitor(office));
  await until('all is read', async () => (await ahead()) === 0);
  const text = 'One more';
  for (let left = 3; left > 0; left -= 1) {
    await server.execute('conversation.reply', { conversationId, text }, office.owner);
  }
  await until('the replies are left behind', async () => (await ahead()) === 0);
});

it('stands still while there is nothing new: an idle server writes nothing', async () => {
  await until('all is read', async () => (await ahead()) === 0);
  const [before] = await sql`select xmin::text as version from parlour.reaction_cursor`;
  // What has no entry in the log moves transactions on, and nothing else.
  for (let left = 3; left > 0; left -= 1) await sql`select pg_current_xact_id()`;
  const runner = new ReactionRunner(sql, [], { error: ({ error }: { error?: unknown }) => assert.fail(String(error)) });
  runner.start();
  await runner.stop();
  const [now] = await sql`select xmin::text as version from parlour.reaction_cursor`;
  assert.deepEqual(now, before);
});
