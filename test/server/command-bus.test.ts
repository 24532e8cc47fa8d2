/** What becomes of a command that Postgres ends. */
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { openConnections } from '../../server/database/connection.ts';
import { CommandBus } from '../../server/kernel/command-bus.ts';
import type { EventRow, Operation } from '../../server/kernel/operation.ts';
import { change, lock } from '../../server/modules/conversation/locked.ts';
import { SECRET, startTestServer } from './harness.ts';
import { makeVisitor, settled, setUp, startConversation } from './people.ts';

const server = await startTestServer();
const office = await setUp(server);
const connections = openConnections(server.databaseUrl, () => undefined);
after(() => connections.close());

it('tries a command once more that Postgres ended because it and another waited for each other', async () => {
  const visitor = await makeVisitor(office);
  const ids = [await startConversation(office, visitor), await startConversation(office, visitor)];
  // Otherwise their routing may stand in the ring as a third.
  await settled(server);
  let tries = 0;
  let holding = 0;
  let bothHoldOne = (): void => undefined;
  const met = new Promise<void>((resolve) => (bothHoldOne = resolve));
  const close: Operation<'conversation.close'> = async (context, { conversationId }) => {
    tries += 1;
    const closed = await change(context, conversationId, (writer) => writer.close());
    holding += 1;
    if (holding === 2) bothHoldOne();
    await met;
    for (const id of ids) if (id !== conversationId) await lock(context, id);
    return closed;
  };
  const told: EventRow[] = [];
  const bus = new CommandBus({
    connections,
    operations: { 'conversation.close': close } as never,
    policy: () => undefined,
    publish: (rows) => void told.push(...rows),
    clock: server.clock,
    secret: SECRET,
  });
  const answers = await Promise.all(
    ids.map((conversationId) => bus.execute('conversation.close', { conversationId }, office.owner)),
  );
  assert.equal(tries, 3);
  assert.deepEqual(answers, [{ seq: 2 }, { seq: 2 }]);
  assert.equal(told.length, 2);
  assert.deepEqual(new Set(told.map(({ conversationId }) => conversationId)), new Set(ids));
});
