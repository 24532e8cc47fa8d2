/** Off hours by a bot: a program answers what comes, and people are given the rest once somebody is there. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { doorOf } from '../../shared/state/doors.ts';
import { botExample } from '../../server/http/docs-bot.ts';
import { handOver } from '../../server/modules/routing/hand-over.ts';
import { refused, startTestServer, TestClock, until } from './harness.ts';
import { makeApiKey, makeInbox, makeTeammate, makeVisitor, setUp, startConversation } from './people.ts';
import type { Office } from './people.ts';

const clock = new TestClock();
const server = await startTestServer({ clock });
const house = await setUp(server);

const weekdays = [1, 2, 3, 4, 5].map((day) => ({ day, fromMinute: 540, toMinute: 1020 }));
const hours = { timeZone: 'UTC', spans: weekdays };
/** A Wednesday. */
const night = new Date('2031-04-30T03:00:00.000Z');
const lastMoment = new Date('2031-04-30T08:59:59.999Z');
const opening = new Date('2031-04-30T09:00:00.000Z');

/** An inbox of its own with a bot for the night, and one who works in it by day. */
async function newOffice(settings: object = {}) {
  clock.freeze(night);
  const office = await makeInbox(house);
  const change = { routing: 'rotate', schedule: hours, offHours: { mode: 'bot' }, ...settings } as const;
  await server.execute('inbox.update', { inboxId: office.inboxId, ...change }, office.owner);
  await server.execute('inbox.removeMember', { inboxId: office.inboxId, teammateId: office.owner.id }, office.owner);
  const colleague = await makeTeammate(office, { inboxIds: [office.inboxId] });
  return { office, colleague };
}

async function begin(office: Office, text?: string) {
  const visitor = await makeVisitor(office, office.channelKey, office.channelId);
  return { visitor, id: await startConversation(office, visitor, text) };
}

const get = async (conversationId: string) =>
  (await server.ask('conversation.get', { conversationId }, house.owner)).conversation;

/** A look at how things stand, as the server takes one every few seconds. */
const look = (): Promise<void> => handOver(server.running.connections.db, server.running.commandBus, clock.now());

/** What the reaction to a new conversation does. */
const route = (office: Office, conversationId: string) =>
  server.execute('conversation.route', { conversationId }, { kind: 'system', workspaceId: office.workspaceId });

describe('while a bot stands in', () => {
  it('visitors simply write: no form is before them, nothing is said by itself, and nobody is given it', async () => {
    const { office } = await newOffice();
    const { visitor, id } = await begin(office, 'Anybody?');
    const { doors } = await server.ask('visitor.snapshot', {}, visitor.actor);
    assert.equal(doors.offHours.mode, 'bot');
    assert.equal(doorOf(doors, false, 'en'), null);
    assert.deepEqual(await route(office, id), { assigneeId: null });
    await look();
    const { parts } = await server.ask('conversation.parts', { conversationId: id }, house.owner);
    assert.deepEqual(
      parts.map(({ author }) => author.kind),
      ['contact'],
    );
    assert.equal((await get(id)).assigneeId, null);
  });

  it('a key that may write answers, with buttons too, and the conversation stays with nobody', async () => {
    const { office } = await newOffice();
    const { visitor, id } = await begin(office);
    const reader = await makeApiKey(office, ['read']);
    await refused(server.execute('conversation.reply', { conversationId: id, text: 'No' }, reader.actor), 'forbidden');
    const { headers, actor } = await makeApiKey(office, ['read', 'write']);
    const blocks = [{ type: 'buttons', id: 'b', buttons: [{ id: 'one', label: 'One' }] }];
    const path = `/api/v1/conversations/${id}/replies`;
    const answer = await server.http('POST', path, { text: 'Which?', blocks }, headers);
    assert.equal(answer.status, 200, answer.text);
    const { parts } = await server.ask('conversation.parts', { conversationId: id }, house.owner);
    assert.deepEqual(parts.at(-1)?.author, { kind: 'api-key', id: actor.id });
    const seen = await server.ask('conversation.parts', { conversationId: id }, visitor.actor);
    assert.deepEqual(seen.parts.at(-1)?.author, { kind: 'workspace' });
    assert.equal((await get(id)).assigneeId, null);
  });

  it('what is begun by day is routed as ever', async () => {
    const { office, colleague } = await newOffice();
    clock.freeze(opening);
    const { id } = await begin(office);
    await route(office, id);
    assert.equal((await get(id)).assigneeId, colleague.id);
  });
});

describe('once somebody is there', () => {
  it('what waits is given to people, at the minute the hours begin and not before', async () => {
    const { office, colleague } = await newOffice();
    const { id } = await begin(office);
    clock.freeze(lastMoment);
    await look();
    assert.equal((await get(id)).assigneeId, null);
    clock.freeze(opening);
    await look();
    assert.equal((await get(id)).assigneeId, colleague.id);
  });

  it('also where it is a chat that is turned on, rather than the hours', async () => {
    const { office, colleague } = await newOffice({ schedule: null });
    await server.execute('teammate.setAvailability', { available: false }, colleague);
    const { id } = await begin(office);
    await route(office, id);
    await look();
    assert.equal((await get(id)).assigneeId, null);
    await server.execute('teammate.setAvailability', { available: true }, colleague);
    await look();
    assert.equal((await get(id)).assigneeId, colleague.id);
  });

  it('what the bot has answered stays where it is, until its visitor writes again', async () => {
    const { office, colleague } = await newOffice();
    const { visitor, id } = await begin(office);
    const { actor } = await makeApiKey(office, ['write']);
    await server.execute('conversation.reply', { conversationId: id, text: 'Within 30 days.' }, actor);
    clock.freeze(opening);
    await look();
    assert.equal((await get(id)).assigneeId, null);
    await server.execute('conversation.reply', { conversationId: id, text: 'And then?' }, visitor.actor);
    await look();
    assert.equal((await get(id)).assigneeId, colleague.id);
  });

  it('what is closed, or was somebody’s and let go, is left as it is', async () => {
    const { office, colleague } = await newOffice();
    const [closed, letGo] = [await begin(office), await begin(office)];
    await server.execute('conversation.close', { conversationId: closed.id }, house.owner);
    for (const assigneeId of [colleague.id, null])
      await server.execute('conversation.assign', { conversationId: letGo.id, assigneeId }, house.owner);
    clock.freeze(opening);
    await look();
    assert.deepEqual([(await get(closed.id)).assigneeId, (await get(letGo.id)).assigneeId], [null, null]);
  });

  it('an inbox that gives out nothing goes on giving out nothing, and one without a bot does as before', async () => {
    const { office } = await newOffice({ routing: 'unassigned' });
    const { office: plain } = await newOffice({ offHours: { mode: 'message' } });
    const [first, second] = [await begin(office), await begin(plain)];
    await until('the second has found its owner', async () => (await get(second.id)).assigneeId !== null);
    clock.freeze(opening);
    await look();
    assert.equal((await get(first.id)).assigneeId, null);
  });

  it('two servers that look at the same moment give each conversation one owner', async () => {
    const { office } = await newOffice();
    await makeTeammate(office, { inboxIds: [office.inboxId], name: 'Ilse' });
    const { id } = await begin(office);
    clock.freeze(opening);
    await Promise.all([look(), look(), look()]);
    const { parts } = await server.ask('conversation.parts', { conversationId: id }, house.owner);
    assert.equal(parts.filter((part) => 'activity' in part && part.activity?.name === 'assigned').length, 1);
  });
});

describe('the bot of the documentation', () => {
  const file = fileURLToPath(new URL('../../demo/bot/night-bot.mjs', import.meta.url));

  it('is the one of the demo, letter by letter', async () => {
    assert.equal(await readFile(file, 'utf8'), `${botExample}\n`);
  });

  it('answers by its buttons through the night, and leaves to people whom a person was asked for', async () => {
    const { office, colleague } = await newOffice();
    const { visitor, id } = await begin(office, 'Hello?');
    const { secret } = await makeApiKey(office, ['read', 'write']);
    const running = spawn(process.execPath, [file], {
      env: { ...process.env, PARLOUR_URL: server.url, PARLOUR_KEY: secret },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    running.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    after(() => running.kill());
    const last = async () => {
      assert.equal(complaint, '');
      return (await server.ask('conversation.parts', { conversationId: id }, visitor.actor)).parts.at(-1)!;
    };
    await until('it asks what it is about', async () => (await last()).author.kind === 'workspace');
    const asked = await last();
    const choice = (index: number) => ({
      conversationId: id,
      partId: asked.id,
      blockId: 'topic',
      answer: { type: 'button' as const, buttonId: `choice-${index}` },
    });
    await server.execute('conversation.answer', choice(1), visitor.actor);
    await until('it answers', async () => (await get(id)).lastMessage.preview.startsWith('Gladly'));
    await server.execute('conversation.reply', { conversationId: id, text: 'A person, please' }, visitor.actor);
    const other = await begin(office, 'And me?');
    await until('it has looked again', async () => (await get(other.id)).lastMessage.authorKind === 'api-key');
    assert.equal((await get(id)).lastMessage.preview, 'A person, please');
    clock.freeze(opening);
    await look();
    assert.equal((await get(id)).assigneeId, colleague.id);
    running.kill();
  });
});
