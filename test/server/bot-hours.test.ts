/** Off hours by a bot: a program answers what comes, and people are given the rest once somebody is there. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Actor } from '../../server/kernel/actor.ts';
import { doorOf } from '../../shared/state/doors.ts';
import { botExample } from '../../server/http/docs-bot.ts';
import { findAlerts } from '../../server/modules/alert/watch.ts';
import { HandingOver } from '../../server/modules/routing/hand-over.ts';
import { usualReplyTime } from '../../server/modules/visitor/reply-time.ts';
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

const { connections, commandBus } = server.running;

/**
 * What gives out, as the server has one, but at the opening and with something happening before each turn. The server's own clock stays where it is,
 * so that its own looks do nothing meanwhile.
 */
function givingAtOpening(beforeTurn: (conversationId: string) => unknown) {
  const warnings: object[] = [];
  const log = { warn: (details: object) => void warnings.push(details) };
  const later = { now: () => opening };
  const bus: Pick<typeof commandBus, 'execute'> = {
    async execute(name, input, by, options) {
      await beforeTurn((input as { conversationId: string }).conversationId);
      return commandBus.execute(name, input, by, { ...options, clock: later });
    },
  };
  return { warnings, giving: new HandingOver({ db: connections.db, bus, clock: later, log }) };
}

/** A look at how things stand, as the server takes one every few seconds. */
async function look(): Promise<void> {
  const log = { warn: ({ error }: { error?: unknown }) => assert.ifError(error) };
  await new HandingOver({ db: connections.db, bus: commandBus, clock, log }).look();
}

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

describe('what a bot answered', () => {
  it('is missed all the same, until a teammate answers', async () => {
    const { office, colleague } = await newOffice();
    const { id } = await begin(office);
    const { actor } = await makeApiKey(office, ['write']);
    const missed = async () => {
      const query = { category: 'missed', inboxId: office.inboxId } as const;
      return (await server.ask('conversation.list', query, house.owner)).conversations.map((one) => one.id);
    };
    await server.execute('conversation.reply', { conversationId: id, text: 'Within 30 days.' }, actor);
    assert.deepEqual(await missed(), [id]);
    assert.equal((await get(id)).firstRepliedAt, null);
    await server.execute('conversation.reply', { conversationId: id, text: 'Good morning.' }, colleague);
    assert.deepEqual(await missed(), []);
  });

  it('is alerted to once its visitor writes again', async () => {
    const { office, colleague } = await newOffice();
    await server.execute('teammate.setAlerts', { missed: true }, colleague);
    const { visitor, id } = await begin(office);
    const { actor } = await makeApiKey(office, ['write']);
    await server.execute('conversation.reply', { conversationId: id, text: 'Within 30 days.' }, actor);
    await server.execute('conversation.reply', { conversationId: id, text: 'A person, please' }, visitor.actor);
    await findAlerts(connections.db, clock);
    const rows = await connections.sql<{ reason: string }[]>`
      select reason from parlour.alert where conversation_id = ${id} and teammate_id = ${colleague.id}`;
    assert.deepEqual([...rows], [{ reason: 'missed' }]);
  });

  it('promises nothing of how soon the team replies', async () => {
    const { office, colleague } = await newOffice();
    const { actor } = await makeApiKey(office, ['write']);
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push((await begin(office)).id);
    for (const id of ids) await server.execute('conversation.reply', { conversationId: id, text: 'At once.' }, actor);
    clock.freeze(new Date(night.getTime() + 5 * 3_600_000));
    for (const id of ids) await server.execute('conversation.reply', { conversationId: id, text: 'Hello.' }, colleague);
    assert.equal(await usualReplyTime(connections.db, office.workspaceId, office.inboxId, clock.now()), 'day');
  });

  it('is answered where the program writes for somebody: by day, or into what a teammate has', async () => {
    const { office, colleague } = await newOffice({ routing: 'unassigned' });
    const { actor } = await makeApiKey(office, ['write']);
    const nightly = await begin(office);
    await server.execute('conversation.assign', { conversationId: nightly.id, assigneeId: colleague.id }, house.owner);
    clock.freeze(opening);
    const daily = await begin(office);
    for (const { id } of [nightly, daily]) {
      await server.execute('conversation.reply', { conversationId: id, text: 'From the till.' }, actor);
      assert.equal((await get(id)).firstRepliedAt, opening.toISOString());
    }
  });
});

describe('giving out what bots left', () => {
  it('takes nothing from a teammate who answers it without having it', async () => {
    const { office } = await newOffice();
    const { visitor, id } = await begin(office);
    await server.execute('conversation.reply', { conversationId: id, text: 'I am up early.' }, house.owner);
    await server.execute('conversation.reply', { conversationId: id, text: 'How kind!' }, visitor.actor);
    clock.freeze(opening);
    await look();
    assert.equal((await get(id)).assigneeId, null);
  });

  it('leaves alone what was answered or closed between the look and the turn', async () => {
    const { office } = await newOffice();
    const [byTeammate, byBot, closed] = [(await begin(office)).id, (await begin(office)).id, (await begin(office)).id];
    const { actor } = await makeApiKey(office, ['write']);
    const reply = (conversationId: string, by: Actor) =>
      server.execute('conversation.reply', { conversationId, text: 'Here I am.' }, by);
    const happened = new Map([
      [byTeammate, () => reply(byTeammate, house.owner)],
      [byBot, () => reply(byBot, actor)],
      [closed, () => server.execute('conversation.close', { conversationId: closed }, house.owner)],
    ]);
    const seen = new Set<string>();
    const { giving, warnings } = givingAtOpening((id) => {
      seen.add(id);
      return happened.get(id)?.();
    });
    await giving.look();
    assert.deepEqual(warnings, []);
    for (const id of happened.keys()) {
      assert.ok(seen.has(id), 'the look had found it');
      assert.equal((await get(id)).assigneeId, null);
    }
  });

  it('goes on after one that cannot be given, and says which', async () => {
    const { office, colleague } = await newOffice();
    const [first, second] = [(await begin(office)).id, (await begin(office)).id];
    const error = new Error('a deadlock');
    const { giving, warnings } = givingAtOpening((id) => {
      if (id === first) throw error;
    });
    await giving.look();
    assert.deepEqual(warnings, [{ error, conversationId: first }]);
    assert.deepEqual([(await get(first)).assigneeId, (await get(second)).assigneeId], [null, colleague.id]);
  });

  it('looks once at a time, and is stopped between two turns', async () => {
    const { office, colleague } = await newOffice();
    const [first, second] = [(await begin(office)).id, (await begin(office)).id];
    const own: string[] = [];
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const { giving } = givingAtOpening(async (id) => {
      if (id !== first && id !== second) return;
      own.push(id);
      await held;
    });
    const looks = [giving.look(), giving.look()];
    await until('the look has begun to give', () => own.length > 0);
    let isStopped = false;
    const stopped = giving.stop().then(() => (isStopped = true));
    await get(first);
    assert.equal(isStopped, false);
    goOn();
    await Promise.all([stopped, ...looks]);
    assert.deepEqual(own, [first]);
    assert.deepEqual([(await get(first)).assigneeId, (await get(second)).assigneeId], [colleague.id, null]);
  });

  it('strands nothing when the inbox has no bot any more, and touches nothing that was begun without one', async () => {
    const { office, colleague } = await newOffice();
    const { id } = await begin(office);
    const [message, form] = [await newOffice({ offHours: { mode: 'message' } }), await newOffice()];
    await server.execute('teammate.setAvailability', { available: false }, message.colleague);
    const left = await begin(message.office);
    assert.deepEqual(await route(message.office, left.id), { assigneeId: null });
    const toForm = { inboxId: form.office.inboxId, offHours: { mode: 'form' } } as const;
    const lead = await begin(form.office);
    for (const one of [office, message.office]) {
      const mode = one === office ? 'message' : 'bot';
      await server.execute('inbox.update', { inboxId: one.inboxId, offHours: { mode } }, house.owner);
    }
    await server.execute('inbox.update', toForm, house.owner);
    await look();
    assert.equal((await get(id)).assigneeId, null, 'nobody is there yet');
    await server.execute('teammate.setAvailability', { available: true }, message.colleague);
    clock.freeze(opening);
    await look();
    assert.equal((await get(id)).assigneeId, colleague.id);
    assert.equal((await get(lead.id)).assigneeId, form.colleague.id);
    assert.equal((await get(left.id)).assigneeId, null);
  });
});

describe('the bot of the documentation', () => {
  const file = fileURLToPath(new URL('../../demo/bot/night-bot.mjs', import.meta.url));

  /** Starts it; what it complains of goes into `complaints`. */
  function run({ url, secret, inboxId }: { url: string; secret: string; inboxId: string }, complaints: string[]) {
    const env = { ...process.env, PARLOUR_URL: url, PARLOUR_KEY: secret, PARLOUR_INBOX: inboxId };
    const running = spawn(process.execPath, [file], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    running.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
    after(() => running.kill());
    return running;
  }

  it('is the one of the demo, letter by letter', async () => {
    assert.equal(await readFile(file, 'utf8'), `${botExample}\n`);
  });

  it('answers by its buttons through the night, and leaves to people whom a person was asked for', async () => {
    const { office, colleague } = await newOffice();
    const { visitor, id } = await begin(office, 'Hello?');
    const { secret } = await makeApiKey(office, ['read', 'write']);
    const complaints: string[] = [];
    const running = run({ url: server.url, secret, inboxId: office.inboxId }, complaints);
    const last = async () => {
      assert.deepEqual(complaints, []);
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

  it('answers every page of its inbox and no other, each message once, through hiccups, lost answers and old news', async () => {
    const { office } = await newOffice();
    const { office: other } = await newOffice();
    const ids = [(await begin(office)).id, (await begin(office)).id];
    const foreign = await begin(other);
    const { secret } = await makeApiKey(office, ['read', 'write']);
    const news = new Map<string, string>();
    const names: unknown[] = [];
    let asked = 0;
    /** A poor line: the first request fails, each list is told a second time as it was, and each first reply arrives without an answer. */
    const line = createServer((request, response) => {
      void (async () => {
        const { method = 'GET', headers } = request;
        const url = (request.url ?? '').replace('limit=100', 'limit=1');
        asked += 1;
        if (asked === 1) return response.writeHead(503).end('a hiccup');
        const old = news.get(url);
        news.delete(url);
        if (old !== undefined) return response.end(old);
        const body = method === 'POST' ? await text(request) : undefined;
        const name = String(headers['idempotency-key'] ?? '');
        const passed = { authorization: headers.authorization!, ...(name && { 'idempotency-key': name }) };
        const answer = await server.http(method, url, body && JSON.parse(body), passed);
        if (method === 'GET') news.set(url, answer.text);
        else if (names.push(name) && names.indexOf(name) === names.length - 1) return response.destroy();
        return response.writeHead(answer.status).end(answer.text);
      })();
    });
    await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
    after(() => line.close());
    const complaints: string[] = [];
    const { port } = line.address() as AddressInfo;
    const running = run({ url: `http://127.0.0.1:${port}`, secret, inboxId: office.inboxId }, complaints);
    await until('each was answered, and tried again', () => names.length >= 4);
    running.kill();
    assert.equal(new Set(names).size, 2);
    for (const id of ids) {
      const { parts } = await server.ask('conversation.parts', { conversationId: id }, house.owner);
      assert.deepEqual(
        parts.map(({ author }) => author.kind),
        ['contact', 'api-key'],
      );
    }
    assert.equal((await get(foreign.id)).lastMessage.authorKind, 'contact');
    assert.match(complaints.join(''), /503 a hiccup/);
  });
});
