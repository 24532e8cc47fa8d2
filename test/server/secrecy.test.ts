/** Rule 9 of shared/wire/PROTOCOL.md: whatever the team does among itself, the visitor receives the same. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestServer, until } from './harness.ts';
import { makeTeammate, makeVisitor, settled, setUp, told as allTold } from './people.ts';
import type { Visitor } from './people.ts';
import { closeSockets, isTyping, ownerSocket, visitorSocket } from './test-socket.ts';
import type { TestSocket } from './test-socket.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';

after(closeSockets);
const server = await startTestServer({ heartbeatMs: 100 });
const office = await setUp(server);
const colleague = await makeTeammate(office, { role: 'admin', name: 'Ada' });
const { owner } = office;
// Whoever waits is told their place by the clock, which is no secret of the team's.
await server.execute('inbox.update', { inboxId: office.inboxId, showQueuePosition: false }, owner);

/** What the team does among itself between two messages. */
const secrets: Record<string, (conversationId: string) => Promise<unknown>> = {
  'writes notes': async (conversationId) => {
    for (const text of ['careful', 'she is a journalist'])
      await server.execute('conversation.note', { conversationId, text }, colleague);
  },
  'hands it around': async (conversationId) => {
    for (const assigneeId of [colleague.id, owner.id, null])
      await server.execute('conversation.assign', { conversationId, assigneeId }, owner);
  },
  'reads its notes and forgets the whole': async (conversationId) => {
    await server.execute('conversation.note', { conversationId, text: 'between us' }, colleague);
    await server.execute('conversation.markRead', { conversationId, seq: 2 }, owner);
    await server.execute('conversation.markUnread', { conversationId }, owner);
  },
  'snoozes it, and takes it back by hand': async (conversationId) => {
    await server.execute('conversation.snooze', { conversationId, until: '2099-01-01T00:00:00.000Z' }, owner);
    await server.execute('conversation.reopen', { conversationId }, owner);
  },
  'snoozes it until the timer rings': async (conversationId) => {
    const until = '2099-01-01T00:00:00.000Z';
    await server.execute('conversation.snooze', { conversationId, until }, owner);
    await server.execute(
      'conversation.wake',
      { conversationId, until },
      { kind: 'system', workspaceId: office.workspaceId },
    );
  },
  'snoozes it until the visitor writes': async (conversationId) => {
    await server.execute('conversation.snooze', { conversationId, until: '2099-01-01T00:00:00.000Z' }, owner);
  },
  'renames the contact and the workspace': async (conversationId) => {
    const { contact } = await server.ask('conversation.get', { conversationId }, owner);
    await server.execute('contact.update', { contactId: contact.id, name: 'The journalist' }, owner);
    await server.execute('workspace.rename', { name: 'Tide & Ember' }, owner);
  },
};

/** Everything a visitor can get hold of, with names in place of what differs between two conversations anyway. */
async function everythingReceived(
  visitor: Visitor,
  between: (conversationId: string) => Promise<unknown>,
): Promise<string[]> {
  const names = new Map<string, string>();
  const plain = (text: string): string =>
    text
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => names.get(id) ?? names.set(id, `id ${names.size}`).get(id)!)
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'an instant');
  const socket = await visitorSocket(office, visitor);
  const conversationId = uuidv7();
  await socket.command('conversation.start', { conversationId, text: 'Hello?' });
  await until('heard', () => socket.visitorEvents.length >= 1);
  // That a message was seen is told; what the team reads of its own is not.
  await server.execute('conversation.markRead', { conversationId, seq: 1 }, owner);
  await until('heard that it was seen', () => socket.visitorEvents.length >= 2);
  await between(conversationId);
  // Each in a frame of its own: what is committed while something is told is told together.
  await allTold(server);
  const { partId } = await socket.command('conversation.reply', { conversationId, text: 'Anybody?' });
  await until('their own is told', () => socket.visitorEvents.some(({ part }) => part?.id === partId));
  const last = await server.execute('conversation.reply', { conversationId, text: 'Yes!' }, owner);
  await until('the answer came', () => socket.visitorEvents.some(({ part }) => part?.id === last.partId));
  await socket.query('conversation.parts', { conversationId });
  await socket.query('conversation.parts', { conversationId, after: 1, limit: 1 });
  await socket.query('visitor.snapshot', {});
  const heads = () => socket.frames.filter(({ type }) => type === 'head').length;
  const had = heads();
  await until('another head', () => heads() > had);
  const { epoch } = socket.welcome;
  socket.cut();
  const again = await visitorSocket(office, visitor, { epoch, heads: { [conversationId]: 0 } });
  await until('all is replayed', () => again.visitorEvents.length >= 3);
  await again.query('visitor.snapshot', {});
  again.cut();
  const rest = await server.http('GET', `/api/v1/conversations/${conversationId}/parts`, undefined, visitor.headers);
  const mine = await server.http('GET', '/api/v1/visitor', undefined, visitor.headers);
  // Heads come when they come; the last one counts all that was sent.
  const last2 = socket.texts.filter((text) => text.includes('"type":"head"')).at(-1)!;
  const texts = [...socket.texts, ...again.texts].filter((text) => !text.includes('"type":"head"'));
  return [...texts, last2, rest.text, mine.text].map(plain);
}

describe('rule 9: a visitor receives exactly the same when the team', () => {
  for (const [what, secret] of Object.entries(secrets)) {
    it(what, async () => {
      const visitors = [await makeVisitor(office), await makeVisitor(office)] as const;
      const teammate = await ownerSocket(office);
      const quiet = await everythingReceived(visitors[0], async () => {});
      let told = 0;
      const busy = await everythingReceived(visitors[1], async (conversationId) => {
        const before = teammate.events.length;
        await secret(conversationId);
        await until('the team hears of it', () => teammate.events.length > before);
        told = teammate.events.length - before;
        await settled(server);
        await sleep(20);
      });
      assert.ok(told > 0);
      assert.deepEqual(busy, quiet);
      teammate.cut();
    });
  }

  it('types, as far as a third visitor could tell', async () => {
    const [mine, other] = [await makeVisitor(office), await makeVisitor(office)];
    const [socket, bystander, teammate] = [
      await visitorSocket(office, mine),
      await visitorSocket(office, other),
      await ownerSocket(office),
    ];
    const conversationId = uuidv7();
    await socket.command('conversation.start', { conversationId, text: 'Hello?' });
    await teammate.send({ type: 'signal', name: 'typing', conversationId });
    const signal = await socket.next('signal', isTyping);
    assert.deepEqual(signal, {
      type: 'signal',
      name: 'typing',
      conversationId,
      from: { kind: 'teammate', id: owner.id },
    });
    await bystander.send({ type: 'signal', name: 'typing', conversationId });
    await bystander.query('visitor.snapshot', {});
    await socket.send({ type: 'signal', name: 'typing', conversationId });
    const heard = await until('the teammate sees who types', () =>
      teammate.frames.find((frame) => frame.type === 'signal' && frame.name === 'typing'),
    );
    assert.equal((heard as unknown as { from: { kind: string } }).from.kind, 'visitor');
    const typing = (line: TestSocket): number =>
      line.frames.filter((frame) => frame.type === 'signal' && isTyping(frame)).length;
    assert.equal(typing(bystander), 0);
    assert.equal(typing(socket), 1, 'nobody hears their own typing');
  });
});

describe('rule 7: head', () => {
  it('counts the events frames of this very socket, and tells visitors no position', async () => {
    const visitor = await makeVisitor(office);
    const [socket, teammate] = [await visitorSocket(office, visitor), await ownerSocket(office)];
    await socket.command('conversation.start', { conversationId: uuidv7(), text: 'Hello?' });
    await until('both heard', () => socket.events.length > 0 && teammate.events.length > 0);
    for (const line of [socket, teammate]) {
      await until('a head that counts them all', () => {
        const head = line.frames.filter((frame) => frame.type === 'head').at(-1);
        return head && 'sent' in head && head.sent === line.frames.filter(({ type }) => type === 'events').length;
      });
    }
    for (const frame of socket.frames) if (frame.type === 'head') assert.equal(frame.position, '0');
  });

  it('lets a teammate resume from any head and miss nothing', async () => {
    const visitor = await makeVisitor(office);
    const teammate = await ownerSocket(office);
    const conversationId = uuidv7();
    await server.execute('conversation.start', { conversationId, text: '0' }, visitor.actor);
    for (let round = 0; round < 30; round++) {
      await server.execute('conversation.reply', { conversationId, text: `${round}` }, visitor.actor);
      await sleep(10);
    }
    await allTold(server);
    const heads = teammate.frames.flatMap((frame, index) =>
      frame.type === 'head' ? [{ index, position: frame.position }] : [],
    );
    assert.ok(heads.length > 1);
    for (const { index, position } of heads) {
      const before = teammate.frames
        .slice(0, index)
        .flatMap((frame) => (frame.type === 'events' ? frame.events.map(({ id }) => id) : []));
      const again = await ownerSocket(office, { epoch: teammate.welcome.epoch, position });
      await again.query('teammate.list', {});
      const known = new Set([...before, ...again.events.map(({ id }) => id)]);
      assert.deepEqual(
        teammate.events.filter(({ id }) => !known.has(id)),
        [],
      );
      again.cut();
    }
  });
});
