/** Rules 6, 11 and 13 of shared/wire/PROTOCOL.md: whoever lost the line has missed nothing, or is told so. */
import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { closeCodes } from '../../shared/wire/protocol.ts';
import { startTestServer, until } from './harness.ts';
import { makeInbox, makeTeammate, makeVisitor, setUp, startConversation, told } from './people.ts';
import { closeSockets, ownerSocket, TestSocket, visitorSocket } from './test-socket.ts';
import { signingSecret, teammateToken } from './tokens.ts';

afterEach(closeSockets);
const server = await startTestServer();
const office = await setUp(server);
const { owner } = office;

const write = (conversationId: string, text: string, by: Parameters<typeof server.execute>[2] = owner) =>
  server.execute('conversation.reply', { conversationId, text }, by);

describe('rule 6: a teammate resumes by position', () => {
  it('hears everything missed, in order, before anything newer', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const { welcome } = await ownerSocket(office);
    closeSockets();
    for (let count = 0; count < 150; count++) await write(conversationId, `missed ${count}`, visitor.actor);
    await server.execute('conversation.close', { conversationId }, owner); // which also asks the visitor how it was
    await server.execute('workspace.rename', { name: 'Renamed' }, owner);

    const socket = new TestSocket(server, office.page);
    const again = socket.hello({ kind: 'cookie' }, { epoch: welcome.epoch, position: welcome.position });
    const newer = write(conversationId, 'newer', visitor.actor);
    assert.equal((await again).recovered, true);
    await newer;
    await until('the newest is told', () => socket.events.some(({ records }) => records.part?.seq === 155));
    const seqs = socket.events.flatMap(({ records }) =>
      records.part?.conversationId === conversationId ? [records.part.seq] : [],
    );
    const missed = [...new Set(seqs)].filter((seq) => seq > 1);
    assert.deepEqual(
      missed,
      Array.from({ length: 154 }, (_, index) => index + 2),
    );
    assert.ok(
      socket.events.some(({ name, records }) => name === 'workspace.renamed' && records.workspace?.name === 'Renamed'),
    );
  });

  it('hears nothing from inboxes out of sight', async () => {
    const [mine, theirs] = [await makeInbox(office), await makeInbox(office)];
    const agent = await makeTeammate(office, { inboxIds: [mine.inboxId] });
    const secret = await signingSecret(office);
    const credential = () => ({
      kind: 'token' as const,
      token: teammateToken(server, { secret, workspaceId: office.workspaceId, subject: agent.id }),
    });
    // Joining would have them begin anew: it lies before the position they resume from.
    await told(server);
    const { epoch, position } = await new TestSocket(server).hello(credential());
    closeSockets();
    const seen = await startConversation(mine, await makeVisitor(mine));
    const hidden = await startConversation(theirs, await makeVisitor(theirs));
    const socket = new TestSocket(server);
    assert.equal((await socket.hello(credential(), { epoch, position })).recovered, true);
    await told(server);
    await socket.query('inbox.list', {});
    assert.ok(!socket.texts.some((text) => text.includes(hidden)));
    assert.ok(socket.texts.some((text) => text.includes(seen)));
  });

  it('begins anew after joining or leaving an inbox, since no event tells what stands in it', async () => {
    const shop = await makeInbox(office);
    const agent = await makeTeammate(office, { inboxIds: [office.inboxId] });
    const secret = await signingSecret(office);
    const connect = async (resume?: { epoch: string; position: string }) => {
      const socket = new TestSocket(server);
      const token = teammateToken(server, { secret, workspaceId: office.workspaceId, subject: agent.id });
      return { socket, welcome: await socket.hello({ kind: 'token', token }, resume) };
    };
    const { socket, welcome } = await connect();
    const member = { inboxId: shop.inboxId, teammateId: agent.id };
    await server.execute('inbox.addMember', member, owner);
    assert.equal(await socket.closed(), closeCodes.resync);
    const joined = await connect({ epoch: welcome.epoch, position: welcome.position });
    assert.equal(joined.welcome.recovered, false);
    assert.equal(joined.welcome.workspace?.inboxes.length, 2);
    joined.socket.cut();
    await server.execute('inbox.removeMember', member, owner);
    const left = await connect({ epoch: welcome.epoch, position: joined.welcome.position });
    assert.equal(left.welcome.recovered, false);
    assert.equal(left.welcome.workspace?.inboxes.length, 1);
  });

  it('is told to fetch again: another epoch, a position of another log, too much missed', async () => {
    const { welcome } = await ownerSocket(office);
    const { epoch, position } = welcome;
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    await Promise.all(Array.from({ length: 1_001 }, (_, count) => write(conversationId, `${count}`, visitor.actor)));
    await told(server);
    for (const resume of [
      { epoch: uuidv7(), position },
      { epoch, position: '99999999999999999999' },
      { epoch, position: '18446744073709551615' },
      { epoch, position },
      { epoch },
    ]) {
      const socket = await ownerSocket(office, resume);
      await socket.query('teammate.list', {});
      assert.equal(socket.welcome.recovered, false, JSON.stringify(resume));
      assert.deepEqual(socket.events, []);
    }
  });
});

describe('rule 6: a visitor resumes by the heads of their threads', () => {
  it('gets what was missed of each, without notes, and new threads whole', async () => {
    const visitor = await makeVisitor(office);
    const [one, other] = [await startConversation(office, visitor), await startConversation(office, visitor)];
    const { welcome } = await visitorSocket(office, visitor);
    closeSockets();
    await write(one, 'first answer');
    await server.execute('conversation.note', { conversationId: one, text: 'hidden' }, owner);
    await write(one, 'second answer');
    await told(server);
    const socket = await visitorSocket(office, visitor, { epoch: welcome.epoch, heads: { [one]: 1 } });
    assert.equal(socket.welcome.recovered, true);
    await socket.query('visitor.snapshot', {});
    const heard = socket.visitorEvents.map(({ part }) => [part?.conversationId, part?.publicSeq]);
    assert.deepEqual(
      heard.filter(([id]) => id === one),
      [
        [one, 2],
        [one, 3],
      ],
    );
    assert.deepEqual(
      heard.filter(([id]) => id === other),
      [[other, 1]],
    );
    assert.doesNotMatch(socket.texts.join(''), /hidden/);
  });

  it('gets a message it holds anew when it was answered elsewhere meanwhile', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const blocks = [{ type: 'buttons' as const, id: 'b', buttons: [{ id: 'yes', label: 'Yes' }] }];
    const asked = { conversationId, text: 'Shall we?', blocks };
    const { partId } = await server.execute('conversation.reply', asked, office.owner);
    const { welcome } = await visitorSocket(office, visitor);
    const answer = { type: 'button', buttonId: 'yes' } as const;
    await server.execute('conversation.answer', { conversationId, partId, blockId: 'b', answer }, visitor.actor);
    await told(server);
    const socket = await visitorSocket(office, visitor, { epoch: welcome.epoch, heads: { [conversationId]: 2 } });
    assert.equal(socket.welcome?.recovered, true);
    await socket.query('visitor.snapshot', {});
    assert.deepEqual(
      socket.visitorEvents.map(({ name, part }) => [name, part?.publicSeq]),
      [
        ['conversation.answered', 2],
        ['conversation.replied', 3],
      ],
    );
    assert.deepEqual(socket.visitorEvents[0]?.part?.answers?.['b']?.answer, answer);
  });

  it('hears nothing of threads that are not theirs, whatever heads they claim', async () => {
    const visitor = await makeVisitor(office);
    const theirs = await startConversation(office, await makeVisitor(office), 'between us');
    const { welcome } = await visitorSocket(office, visitor);
    const socket = await visitorSocket(office, visitor, {
      epoch: welcome.epoch,
      heads: { [theirs]: 0, [uuidv7()]: 2_000_000_000 },
    });
    await socket.query('visitor.snapshot', {});
    assert.equal(socket.welcome.recovered, true);
    assert.doesNotMatch(socket.texts.join(''), new RegExp(`between us|${theirs}`));
  });

  it('is told to fetch again after another epoch or more than the server replays', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const { welcome } = await visitorSocket(office, visitor);
    await Promise.all(Array.from({ length: 1_001 }, (_, count) => write(conversationId, `${count}`)));
    await told(server);
    closeSockets();
    for (const resume of [
      { epoch: welcome.epoch, heads: { [conversationId]: 1 } },
      { epoch: uuidv7(), heads: {} },
      { epoch: welcome.epoch },
    ]) {
      const socket = await visitorSocket(office, visitor, resume);
      await socket.query('visitor.snapshot', {});
      assert.equal(socket.welcome.recovered, false);
      assert.deepEqual(socket.events, []);
    }
  });
});

describe('rule 11: readers', () => {
  const long = 'All work and no play makes a dull test. '.repeat(200);

  it('a long replay does not count as slow reading', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const { welcome } = await ownerSocket(office);
    closeSockets();
    await Promise.all(Array.from({ length: 900 }, () => write(conversationId, long, visitor.actor)));
    const reader = new TestSocket(server, office.page);
    await reader.send({
      type: 'hello',
      protocol: 1,
      credential: { kind: 'cookie' },
      resume: { epoch: welcome.epoch, position: welcome.position },
    });
    // A train goes through a tunnel.
    reader.line.pause();
    setTimeout(() => reader.line.resume(), 300);
    await until(
      'all is told',
      () => reader.events.filter(({ records }) => records.part?.conversationId === conversationId).length >= 900,
    );
    assert.equal((await reader.next('welcome')).recovered, true);
    assert.equal(reader.closeCode, undefined);
  });

  it('one that reads nothing is let go, and misses nothing when it comes back', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    closeSockets();
    await until('nobody is left from before', () => server.running.realtime.size === 0);
    const slow = await ownerSocket(office);
    const bystander = await ownerSocket(office);
    const { line } = slow;
    line.pause();
    await until(
      'the slow reader is let go',
      async () => {
        await Promise.all(Array.from({ length: 40 }, () => write(conversationId, long, visitor.actor)));
        return server.running.realtime.size < 2;
      },
      60_000,
    );
    const { seq } = await write(conversationId, 'the last one', visitor.actor);
    await until('the bystander hears on', () => bystander.events.some(({ records }) => records.part?.seq === seq));
    assert.equal(bystander.closeCode, undefined);
    line.resume();
    // The line is cut behind the close frame, which may lie behind all that was not read.
    const code = await slow.closed();
    assert.ok(code === closeCodes.resync || code === 1006, String(code));
    const { epoch, position } = slow.welcome;
    const again = await ownerSocket(office, { epoch, position });
    if (again.welcome.recovered) {
      await until('it has it all', () => again.events.some(({ records }) => records.part?.seq === seq));
    } else {
      const { parts } = await again.query('conversation.parts', { conversationId, limit: 1 });
      assert.equal((parts[0] as { seq?: number }).seq, seq);
    }
  });
});

describe('rule 13: drain', () => {
  after(closeSockets);
  it('says bye with a time to come back and closes with 4000; another server on the database takes over', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const leaving = await startTestServer({ databaseUrl: server.databaseUrl });
    const there = { ...office, server: leaving, page: { cookie: office.cookie, origin: leaving.origin } };
    const sockets = [await ownerSocket(there), await visitorSocket(there, visitor)];
    const underway = sockets[0]!.command('conversation.reply', { conversationId, text: 'in the last moment' });
    await underway;
    await leaving.close();
    for (const socket of sockets) {
      const { retryAfterMs } = await socket.next('bye');
      assert.ok(retryAfterMs >= 500 && retryAfterMs <= 3_500);
      assert.equal(await socket.closed(), closeCodes.restart);
    }
    const { epoch, position } = sockets[0]!.welcome;
    const again = await ownerSocket(office, { epoch, position });
    assert.equal(again.welcome.recovered, true);
    assert.equal((await again.event('conversation.replied', conversationId)).records.part?.seq, 2);
  });
});
