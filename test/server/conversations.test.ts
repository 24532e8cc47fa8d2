/** What happens to conversations: routing, visibility, snoozing, closing, reading. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Conversation } from '../../shared/contract/conversation.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { parseMarkdown } from '../../shared/state/markdown.ts';
import { refused, startTestServer, TestClock, until } from './harness.ts';
import { actingAs, makeInbox, makeTeammate, makeVisitor, settled, setUp, startConversation } from './people.ts';
import type { Office } from './people.ts';
import { closeSockets, TestSocket } from './test-socket.ts';
import { signingSecret, teammateToken } from './tokens.ts';

after(closeSockets);
const clock = new TestClock();
const server = await startTestServer({ clock });
const office = await setUp(server);
const { owner } = office;

const get = async (conversationId: string): Promise<Conversation> =>
  (await server.ask('conversation.get', { conversationId }, owner)).conversation;
const begin = async (where: Office): Promise<string> => startConversation(where, await makeVisitor(where));

describe('routing by rotation', () => {
  it('is fair while forty conversations begin at once, and passes over who is away', async () => {
    const shop = await makeInbox(office, 'rotate');
    const present = await Promise.all(
      ['A', 'B', 'C'].map((name) => makeTeammate(shop, { name, inboxIds: [shop.inboxId] })),
    );
    const away = await makeTeammate(shop, { name: 'D', inboxIds: [shop.inboxId] });
    for (const teammate of [away, owner])
      await server.execute('teammate.setAvailability', { available: false }, teammate);
    const ids = await Promise.all(Array.from({ length: 40 }, () => begin(shop)));
    await settled(server);
    const counts = new Map<string | null, number>();
    for (const id of ids) {
      const { assigneeId } = await get(id);
      counts.set(assigneeId, (counts.get(assigneeId) ?? 0) + 1);
    }
    assert.deepEqual(new Set(counts.keys()), new Set(present.map(({ id }) => id)));
    assert.deepEqual(
      [...counts.values()].sort((one, other) => one - other),
      [13, 13, 14],
    );
    await server.execute('teammate.setAvailability', { available: true }, owner);
  });

  it('leaves a conversation unassigned when nobody is on, or the inbox does not rotate', async () => {
    const shop = await makeInbox(office, 'rotate');
    await server.execute('teammate.setAvailability', { available: false }, owner);
    const lonely = await begin(shop);
    await settled(server);
    assert.equal((await get(lonely)).assigneeId, null);
    await server.execute('teammate.setAvailability', { available: true }, owner);
    const manual = await begin(await makeInbox(office));
    await settled(server);
    assert.equal((await get(manual)).assigneeId, null);
  });

  it('takes nothing away from whoever was faster by hand', async () => {
    const shop = await makeInbox(office);
    const mine = await begin(shop);
    await settled(server);
    const colleague = await makeTeammate(shop, { inboxIds: [shop.inboxId] });
    await server.execute('conversation.assign', { conversationId: mine, assigneeId: colleague.id }, owner);
    await server.execute('inbox.update', { inboxId: shop.inboxId, routing: 'rotate' }, owner);
    await server.execute(
      'conversation.route',
      { conversationId: mine },
      { kind: 'system', workspaceId: office.workspaceId },
    );
    assert.equal((await get(mine)).assigneeId, colleague.id);
  });
});

describe('an agent', () => {
  it('sees the conversations of their inboxes and no others, in lists, counts, threads, timelines and commands', async () => {
    const [mine, theirs] = [await makeInbox(office), await makeInbox(office)];
    const agent = await makeTeammate(office, { inboxIds: [mine.inboxId] });
    const visitor = await makeVisitor(mine);
    const seen = await startConversation(mine, visitor);
    const hidden = await begin(theirs);
    const contactId = (await get(seen)).contactId;
    await server.execute('contact.merge', { contactId, sourceId: (await get(hidden)).contactId }, owner);

    const { conversations } = await server.ask('conversation.list', { limit: 100 }, agent);
    assert.deepEqual(
      conversations.map(({ id }) => id),
      [seen],
    );
    assert.deepEqual((await server.ask('conversation.list', { inboxId: theirs.inboxId }, agent)).conversations, []);
    const counts = await server.ask('conversation.counts', {}, agent);
    assert.deepEqual([counts.open.all, counts.unread], [1, 1]);
    await refused(server.ask('conversation.get', { conversationId: hidden }, agent), 'not_found');
    await refused(server.ask('conversation.parts', { conversationId: hidden }, agent), 'not_found');
    const { entries } = await server.ask('contact.timeline', { contactId }, agent);
    assert.ok(entries.some(({ conversationId }) => conversationId === seen));
    assert.ok(!entries.some(({ conversationId }) => conversationId === hidden));
    assert.ok(
      (await server.ask('contact.timeline', { contactId }, owner)).entries.some(
        ({ conversationId }) => conversationId === hidden,
      ),
    );
    for (const [name, input] of [
      ['conversation.reply', { text: 'x' }],
      ['conversation.note', { text: 'x' }],
      ['conversation.assign', { assigneeId: agent.id }],
      ['conversation.snooze', { until: '2099-01-01T00:00:00.000Z' }],
      ['conversation.close', {}],
      ['conversation.reopen', {}],
      ['conversation.markRead', { seq: 1 }],
      ['conversation.markUnread', {}],
    ] as const) {
      await refused(server.execute(name, { conversationId: hidden, ...input } as never, agent), 'not_found');
    }
    assert.equal((await get(hidden)).seq, 1);
    assert.deepEqual(
      (await server.ask('inbox.list', {}, agent)).inboxes.map(({ id }) => id),
      [mine.inboxId],
    );
    assert.deepEqual(
      (await server.ask('channel.list', {}, agent)).channels.map(({ id }) => id),
      [mine.channelId],
    );
  });

  it('hears of an inbox as soon as they join it, and no more once they have left', async () => {
    const shop = await makeInbox(office);
    const agent = await makeTeammate(office);
    const secret = await signingSecret(office);
    const connect = async () => {
      const socket = new TestSocket(server);
      await socket.hello({
        kind: 'token',
        token: teammateToken(server, { secret, workspaceId: office.workspaceId, subject: agent.id }),
      });
      return socket;
    };
    const hears = async (socket: TestSocket): Promise<boolean> => {
      const id = await begin(shop);
      // Told to everybody after the conversation was: whoever hears this has heard of the other, if ever.
      await server.execute('workspace.rename', { name: `After ${id}` }, owner);
      await until('the rename is told', () =>
        socket.events.some(({ records }) => records.workspace?.name === `After ${id}`),
      );
      return socket.events.some(({ records }) => records.conversation?.id === id);
    };
    const outside = await connect();
    assert.equal(await hears(outside), false);
    await server.execute('inbox.addMember', { inboxId: shop.inboxId, teammateId: agent.id }, owner);
    await outside.closed();
    const inside = await connect();
    assert.equal(await hears(inside), true);
    await server.execute('inbox.removeMember', { inboxId: shop.inboxId, teammateId: agent.id }, owner);
    await inside.closed();
    assert.equal(await hears(await connect()), false);
    assert.deepEqual((await actingAs(server, office.workspaceId, agent.id)).inboxIds, new Set());
  });
});

describe('two tabs of one visitor', () => {
  it('begin one conversation at the same moment: it holds what was written in both, once each', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = uuidv7();
    const texts = ['From one tab.', 'From the other.'];
    const commands = texts.map((text, tab) => {
      const input = { conversationId, text, properties: { [`tab${tab}`]: true } };
      const id = uuidv7();
      return () => server.execute('conversation.start', input, visitor.actor, id);
    });
    const results = await Promise.all(commands.map((carryOut) => carryOut()));
    assert.deepEqual(
      results.map(({ publicSeq }) => publicSeq).sort((one, other) => one - other),
      [1, 2],
    );
    // Neither heard of the answer, and both ask again (D1).
    assert.deepEqual(await Promise.all(commands.map((carryOut) => carryOut())), results);
    const { parts } = await server.ask('conversation.parts', { conversationId, limit: 10 }, visitor.actor);
    assert.deepEqual(parts.map(({ id }) => id).sort(), results.map(({ partId }) => partId).sort());
    assert.deepEqual((await get(conversationId)).claimedProperties, { tab0: true, tab1: true });
  });

  it('know more of it together than it has room for: the message comes all the same, with what fits', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = uuidv7();
    const facts = (tab: string): Record<string, string> =>
      Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${tab} ${index}`, tab]));
    const say = (text: string, properties: Record<string, string>): Promise<unknown> =>
      server.execute('conversation.start', { conversationId, text, properties }, visitor.actor);
    await say('From one tab.', facts('one'));
    await say('From the other.', { ...facts('other'), 'one 0': 'other' });
    const { claimedProperties = {}, publicSeq } = await get(conversationId);
    assert.equal(publicSeq, 2);
    assert.equal(Object.keys(claimedProperties).length, 50);
    assert.deepEqual(claimedProperties, {
      ...facts('one'),
      'one 0': 'other',
      ...Object.fromEntries(Object.entries(facts('other')).slice(0, 20)),
    });
  });

  it('and nobody else writes into it by beginning one of the same id', async () => {
    const conversationId = await begin(office);
    const other = await makeVisitor(office);
    const input = { conversationId, text: 'Mine?' };
    await refused(server.execute('conversation.start', input, other.actor), 'conflict');
    assert.equal((await get(conversationId)).publicSeq, 1);
  });
});

describe('snoozing', () => {
  it('ends by itself when the time has come', async () => {
    const id = await begin(office);
    await server.running.jobsReady;
    const moment = new Date(clock.now().getTime() + 1_500).toISOString();
    await server.execute('conversation.snooze', { conversationId: id, until: moment }, owner);
    const awake = await until('it wakes', async () => {
      const held = await get(id);
      return held.status === 'open' ? held : undefined;
    });
    assert.equal(awake.snoozedUntil, null);
    const { parts } = await server.ask('conversation.parts', { conversationId: id }, owner);
    assert.deepEqual(
      parts.map((part) => 'activity' in part && part.activity?.name),
      [undefined, 'snoozed', 'reopened'],
    );
    assert.ok(parts.at(-1)!.createdAt >= moment, 'not before');
  });

  it('brings it back unread, for nobody may be looking when it wakes', async () => {
    const id = await begin(office);
    await server.execute('conversation.reply', { conversationId: id, text: 'We will see tomorrow.' }, owner);
    const read = await get(id);
    assert.equal(read.readSeq, read.seq);
    const until = new Date(clock.now().getTime() + 3_600_000).toISOString();
    await server.execute('conversation.snooze', { conversationId: id, until }, owner);
    await server.execute(
      'conversation.wake',
      { conversationId: id, until },
      { kind: 'system', workspaceId: office.workspaceId },
    );
    const awake = await get(id);
    assert.equal(awake.status, 'open');
    assert.ok(awake.readSeq < awake.inboundSeq, 'unread');
  });

  it('ends though the database is of another time than the server', async () => {
    const behind = new TestClock();
    behind.advance(-60_000);
    const slow = await startTestServer({ clock: behind });
    const there = await setUp(slow);
    const id = await begin(there);
    await slow.execute(
      'conversation.snooze',
      { conversationId: id, until: new Date(behind.now().getTime() + 50_000).toISOString() },
      there.owner,
    );
    await until(
      'it wakes',
      async () =>
        (await slow.ask('conversation.get', { conversationId: id }, there.owner)).conversation.status === 'open',
    );
    await slow.close();
  });

  it('ends when the contact writes, not when a teammate does, and the alarm that follows means nothing', async () => {
    const visitor = await makeVisitor(office);
    const id = await startConversation(office, visitor);
    await server.execute('conversation.snooze', { conversationId: id, until: '2099-01-01T00:00:00.000Z' }, owner);
    await server.execute('conversation.reply', { conversationId: id, text: 'We will see.' }, owner);
    assert.equal((await get(id)).status, 'snoozed');
    await server.execute('conversation.reply', { conversationId: id, text: 'And?' }, visitor.actor);
    assert.deepEqual([(await get(id)).status, (await get(id)).snoozedUntil], ['open', null]);
    const { seq } = await server.execute(
      'conversation.wake',
      { conversationId: id, until: '2099-01-01T00:00:00.000Z' },
      { kind: 'system', workspaceId: office.workspaceId },
    );
    assert.equal(seq, (await get(id)).seq);
  });

  it('sleeps through what the contact writes, where it is to: that is unread, and the alarm ends it', async () => {
    const shop = await makeInbox(office);
    const visitor = await makeVisitor(shop);
    const id = await startConversation(shop, visitor);
    await server.execute('conversation.markRead', { conversationId: id, seq: 1 }, owner);
    const until = new Date(clock.now().getTime() + 3_600_000).toISOString();
    await server.execute('conversation.snooze', { conversationId: id, until, wakesOnReply: false }, owner);
    await server.execute('conversation.reply', { conversationId: id, text: 'Anybody?' }, visitor.actor);
    const asleep = await get(id);
    assert.deepEqual(
      [asleep.status, asleep.snoozedUntil, asleep.wakesOnReply, asleep.inboundSeq, asleep.readSeq],
      ['snoozed', until, false, 3, 1],
    );
    const system = { kind: 'system', workspaceId: office.workspaceId } as const;
    await server.execute('conversation.wake', { conversationId: id, until }, system);
    assert.deepEqual([(await get(id)).status, (await get(id)).wakesOnReply], ['open', true]);
    // The next one is as it is chosen then.
    await server.execute('conversation.snooze', { conversationId: id, until }, owner);
    assert.equal((await get(id)).wakesOnReply, true);
    await server.execute('conversation.reply', { conversationId: id, text: 'Hello?' }, visitor.actor);
    assert.equal((await get(id)).status, 'open');
  });

  it('can be put off: only the last alarm counts', async () => {
    const id = await begin(office);
    const at = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
    await server.execute('conversation.snooze', { conversationId: id, until: at(1_000) }, owner);
    await server.execute('conversation.snooze', { conversationId: id, until: at(3_600_000) }, owner);
    const other = await begin(office);
    await server.execute('conversation.snooze', { conversationId: other, until: at(1_100) }, owner);
    await until('a later alarm has rung', async () => (await get(other)).status === 'open');
    assert.equal((await get(id)).status, 'snoozed');
  });
});

describe('changing a conversation', () => {
  it('closes once, reopens once, and by a message of the contact', async () => {
    const visitor = await makeVisitor(office);
    const id = await startConversation(office, visitor);
    const one = { conversationId: id };
    // With the question how it was.
    assert.deepEqual(await server.execute('conversation.close', one, owner), { seq: 3 });
    assert.deepEqual(await server.execute('conversation.close', one, owner), { seq: 3 });
    assert.notEqual((await get(id)).closedAt, null);
    await server.execute('conversation.reply', { ...one, text: 'One more thing.' }, visitor.actor);
    assert.deepEqual([(await get(id)).status, (await get(id)).closedAt, (await get(id)).seq], ['open', null, 5]);
    assert.deepEqual(await server.execute('conversation.reopen', one, owner), { seq: 5 });
  });

  it('gives it to one of two who take it at the same moment', async () => {
    const id = await begin(office);
    const member = { inboxIds: [office.inboxId] };
    const pair = await Promise.all([makeTeammate(office, member), makeTeammate(office, member)]);
    const results = await Promise.allSettled(
      pair.map(({ id: assigneeId }) =>
        server.execute('conversation.assign', { conversationId: id, assigneeId, expectedAssigneeId: null }, owner),
      ),
    );
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const loser = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    await refused(Promise.reject(loser.reason as Error), 'conflict', /Somebody else/);
    const winner = pair[results.findIndex(({ status }) => status === 'fulfilled')]!;
    assert.equal((await get(id)).assigneeId, winner.id);
  });

  it('gives it away with a note: its new owner finds it unread, and its visitor hears nothing', async () => {
    const shop = await makeInbox(office);
    const visitor = await makeVisitor(shop);
    const id = await startConversation(shop, visitor);
    const colleague = await makeTeammate(shop, { inboxIds: [shop.inboxId] });
    await server.execute('conversation.markRead', { conversationId: id, seq: 1 }, owner);
    const [commandId, input] = [
      uuidv7(),
      { conversationId: id, assigneeId: colleague.id, note: 'She asks for *you*.' },
    ] as const;
    const answer = await server.execute('conversation.assign', input, owner, commandId);
    assert.deepEqual(answer, { seq: 3 });
    assert.deepEqual(await server.execute('conversation.assign', input, owner, commandId), answer);
    const held = await get(id);
    assert.deepEqual(
      [held.assigneeId, held.seq, held.publicSeq, held.inboundSeq, held.readSeq],
      [colleague.id, 3, 1, 1, 0],
    );
    const { parts } = await server.ask('conversation.parts', { conversationId: id }, owner);
    assert.deepEqual(
      parts.map((part) => ('kind' in part ? [part.kind, part.publicSeq, part.author.kind] : part)),
      [
        ['message', 1, 'contact'],
        ['activity', null, 'teammate'],
        ['note', null, 'teammate'],
      ],
    );
    assert.equal(parts[2]!.id, commandId);
    assert.deepEqual(parts[2]!.body, parseMarkdown(input.note));
    assert.equal((await server.ask('conversation.parts', { conversationId: id }, visitor.actor)).parts.length, 1);
    // To oneself there is nothing to tell.
    await server.execute('conversation.markRead', { conversationId: id, seq: 3 }, owner);
    await server.execute('conversation.assign', { conversationId: id, assigneeId: owner.id, note: 'Mine.' }, owner);
    assert.deepEqual([(await get(id)).seq, (await get(id)).readSeq], [5, 3]);
  });

  it('takes no empty note, and none to an owner who is refused', async () => {
    const shop = await makeInbox(office);
    const id = await begin(shop);
    const stranger = await makeTeammate(office);
    for (const note of ['', ' \n'])
      await refused(
        server.execute('conversation.assign', { conversationId: id, assigneeId: owner.id, note }, owner),
        'invalid',
      );
    const toStranger = { conversationId: id, assigneeId: stranger.id, note: 'For you.' };
    await refused(server.execute('conversation.assign', toStranger, owner), 'invalid');
    assert.equal((await get(id)).seq, 1);
  });

  it('gives it to nobody who could not see it', async () => {
    const id = await begin(office);
    const outsider = await makeTeammate(office);
    await refused(
      server.execute('conversation.assign', { conversationId: id, assigneeId: outsider.id }, owner),
      'invalid',
      /member/,
    );
    await refused(
      server.execute('conversation.assign', { conversationId: id, assigneeId: uuidv7() }, owner),
      'not_found',
    );
    assert.equal((await get(id)).seq, 1);
  });

  it('keeps marks of reading: they only move forward, an answer reads, and unread means the last message', async () => {
    const visitor = await makeVisitor(office);
    const id = await startConversation(office, visitor);
    const mark = (seq: number, by = owner as Parameters<typeof server.execute>[2]) =>
      server.execute('conversation.markRead', { conversationId: id, seq }, by);
    assert.deepEqual(await mark(2_000_000), { readSeq: 1 });
    assert.deepEqual(await mark(0), { readSeq: 1 });
    await server.execute('conversation.reply', { conversationId: id, text: 'Yes.' }, owner);
    assert.equal((await get(id)).contactReadSeq, 1);
    assert.deepEqual(await mark(9, visitor.actor), { readSeq: 2 });
    await server.execute('conversation.reply', { conversationId: id, text: 'Good.' }, visitor.actor);
    assert.deepEqual([(await get(id)).inboundSeq, (await get(id)).readSeq], [3, 2]);
    await mark(3);
    assert.deepEqual(await server.execute('conversation.markUnread', { conversationId: id }, owner), { readSeq: 2 });
    await server.execute('conversation.reply', { conversationId: id, text: 'Bye.' }, owner);
    assert.equal((await get(id)).readSeq, 4);
  });
});

describe('what a visitor is told of being read', () => {
  const told = async (visitor: Awaited<ReturnType<typeof makeVisitor>>, id: string): Promise<number | undefined> => {
    const { conversations } = await server.ask('visitor.snapshot', {}, visitor.actor);
    return conversations.find((held) => held.id === id)?.teamReadSeq;
  };

  it('counts as they count, never tells of notes, and is never taken back', async () => {
    const visitor = await makeVisitor(office);
    const id = await startConversation(office, visitor);
    await server.execute('conversation.note', { conversationId: id, text: 'A note.' }, owner);
    await server.execute('conversation.reply', { conversationId: id, text: 'Hello?' }, visitor.actor);
    await server.execute('conversation.note', { conversationId: id, text: 'Another.' }, owner);
    assert.equal(await told(visitor, id), 0);
    await server.execute('conversation.markRead', { conversationId: id, seq: 2 }, owner);
    assert.equal(await told(visitor, id), 1);
    await server.execute('conversation.markRead', { conversationId: id, seq: 4 }, owner);
    assert.equal(await told(visitor, id), 2);
    await server.execute('conversation.markUnread', { conversationId: id }, owner);
    assert.equal(await told(visitor, id), 2);
  });

  it('follows from an answer, too', async () => {
    const visitor = await makeVisitor(office);
    const id = await startConversation(office, visitor);
    await server.execute('conversation.reply', { conversationId: id, text: 'Yes.' }, owner);
    assert.equal(await told(visitor, id), 2);
  });
});

describe('leaving an inbox', () => {
  it('puts what an agent had open there back into the queue, and leaves what an admin has', async () => {
    const shop = await makeInbox(office);
    const agent = await makeTeammate(shop, { name: 'Leaving agent', inboxIds: [shop.inboxId] });
    const theirs = await begin(shop);
    const mine = await begin(shop);
    await server.execute('conversation.assign', { conversationId: theirs, assigneeId: agent.id }, owner);
    await server.execute('conversation.assign', { conversationId: mine, assigneeId: owner.id }, owner);
    await server.execute('inbox.removeMember', { inboxId: shop.inboxId, teammateId: agent.id }, owner);
    assert.equal((await get(theirs)).assigneeId, null);
    assert.equal((await get(mine)).assigneeId, owner.id);
    await refused(
      server.execute('conversation.assign', { conversationId: theirs, assigneeId: agent.id }, owner),
      'invalid',
      /not a member/,
    );
  });
});
