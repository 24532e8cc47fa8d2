/** What the visitors of a workspace may ask for together. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import type { Actor } from '../../server/kernel/actor.ts';
import { Limits, usualLimits } from '../../server/policy/limits.ts';
import { SharedLimit } from '../../server/policy/shared-limit.ts';
import { isRefusal, refused, startTestServer } from './harness.ts';
import { makeVisitor, setUp } from './people.ts';
import { closeSockets, visitorSocket } from './test-socket.ts';

after(closeSockets);

const visitorOf = (workspaceId: string): Actor => ({ kind: 'visitor', workspaceId, id: uuidv7(), channelId: uuidv7() });

describe('the limit of a workspace', () => {
  it('is for all of its visitors together, and for nobody else: its team can answer, and so can other workspaces', async () => {
    const limits = new Limits({ ...usualLimits, workspaceVisitorCommands: [3, 60] });
    const [flooded, other] = [uuidv7(), uuidv7()];
    for (let count = 0; count < 3; count++) await limits.command(visitorOf(flooded));
    await refused(limits.command(visitorOf(flooded)), 'rate_limited', /wait \d+ s/);
    await limits.command({ kind: 'teammate', workspaceId: flooded, id: uuidv7(), role: 'agent', inboxIds: 'all' });
    await limits.command({ kind: 'api-key', workspaceId: flooded, id: uuidv7(), scopes: ['write'] });
    await limits.command(visitorOf(other));
  });

  it('is not used up by what one visitor is refused', async () => {
    const limits = new Limits({ ...usualLimits, visitorCommands: [1, 60], workspaceVisitorCommands: [2, 60] });
    const workspaceId = uuidv7();
    const hasty = visitorOf(workspaceId);
    await limits.command(hasty);
    for (let count = 0; count < 5; count++) await refused(limits.command(hasty), 'rate_limited');
    await limits.command(visitorOf(workspaceId));
  });

  it('lets in as much again once its time is over', () => {
    const limit = new SharedLimit([2, 10]);
    const startedAt = 1_000;
    const waits = [0, 1, 2, 9_999, 10_000, 10_001, 10_002].map((ms) => limit.take('one', startedAt + ms));
    assert.deepEqual(waits, [0, 0, 9_998, 1, 0, 0, 9_998]);
    assert.equal(limit.take('another', startedAt + 10_003), 0);
  });

  it('is told as a refusal that says when to come back, over HTTP and over a socket', async () => {
    const strict = await startTestServer({ limits: { workspaceVisitorCommands: [2, 60] } });
    const office = await setUp(strict);
    const say = async () => {
      const { headers } = await makeVisitor(office);
      return strict.http('POST', '/api/v1/conversations', { conversationId: uuidv7(), text: 'Hi' }, headers);
    };
    assert.deepEqual([(await say()).status, (await say()).status], [200, 200]);
    const late = await say();
    isRefusal(late, 429, 'rate_limited', /wait \d+ s/);
    assert.ok(Number(late.headers.get('retry-after')) > 0);
    assert.ok(late.body.error.retryAfterMs > 0);
    const socket = await visitorSocket(office, await makeVisitor(office));
    const nack = await socket.nack('command', 'conversation.start', { conversationId: uuidv7(), text: 'Hi' });
    assert.equal(nack.code, 'rate_limited');
    assert.ok(nack.retryAfterMs! > 0);
    await strict.close();
  });
});
