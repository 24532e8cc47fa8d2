/** A network that asks for a sign-in first and until then answers in the server's place is not taken for the server. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { createVisitorClient } from '../../shared/client/connection.ts';
import type { VisitorClient } from '../../shared/client/client.ts';
import type { Surroundings } from '../../shared/client/surroundings.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { CaptivePortal } from '../captive-portal.ts';
import { UpgradeRefusingProxy } from '../upgrade-refusing-proxy.ts';
import { startTestServer, until } from './harness.ts';
import { makeVisitor, setUp, startConversation } from './people.ts';

const server = await startTestServer();
const office = await setUp(server);
const visitor = await makeVisitor(office);
const closing: (() => unknown)[] = [];
after(async () => {
  for (const close of closing) await close();
});

/** A visitor behind a portal; over HTTP where another proxy before it refuses every upgrade. */
async function behind(isHttp: boolean): Promise<{ portal: CaptivePortal; client: VisitorClient }> {
  const portal = await CaptivePortal.start(server.url);
  const proxy = isHttp ? await UpgradeRefusingProxy.start(portal.url) : null;
  const client = createVisitorClient(
    { server: proxy?.url ?? portal.url, channelKey: office.channelKey, token: visitor.token },
    { WebSocket: WebSocket as unknown as Surroundings['WebSocket'], random: () => 0.1 },
  );
  closing.push(
    () => client.close(),
    () => proxy?.stop(),
    () => portal.stop(),
  );
  client.connect();
  await until('it is online', () => client.status === 'online');
  return { portal, client };
}

async function texts(conversationId: string): Promise<string[]> {
  const { parts } = await server.ask('conversation.parts', { conversationId }, office.owner);
  return parts.map(({ body }) => JSON.stringify(body).match(/"text":"([^"]*)"/)?.[1] ?? '').slice(1);
}

describe('behind a portal', () => {
  for (const isHttp of [false, true]) {
    for (const mode of ['page', 'redirect'] as const) {
      const way = isHttp ? 'HTTP' : 'a WebSocket';
      it(`that answers by a ${mode}, a line over ${way} says so, and what waits arrives once when it opens`, async () => {
        const conversationId = await startConversation(office, visitor);
        const { portal, client } = await behind(isHttp);
        const told: string[] = [];
        client.on('status', (status, error) => told.push(`${status} ${error?.message ?? ''}`));
        portal.close(mode);
        const sent = ['One', 'Two'].map((text) =>
          client.execute('conversation.reply', { conversationId, text }, uuidv7()),
        );
        await until('it says what answers', () => told.at(-1)?.startsWith('offline Something else') ?? false, 15_000);
        assert.ok(portal.answered.includes('POST /stream'));
        assert.ok(!told.some((one) => one.startsWith('online') || one.startsWith('refused')), told.join());
        assert.deepEqual(await texts(conversationId), []);
        portal.mode = 'open';
        const acknowledged = await Promise.all(sent);
        assert.deepEqual(await texts(conversationId), ['One', 'Two']);
        assert.deepEqual(
          acknowledged.map(({ publicSeq }) => publicSeq),
          [2, 3],
        );
        assert.equal(client.status, 'online');
        assert.equal(client.refusal, null);
      });
    }
  }
});
