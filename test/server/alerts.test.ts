/** Alerts by email: to whom, once until the team has read on, and needless ones not at all. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { alertSender } from '../../server/modules/alert/sending.ts';
import { findAlerts } from '../../server/modules/alert/watch.ts';
import { startTestServer, until } from './harness.ts';
import { makeTeammate, makeVisitor, setUp, startConversation } from './people.ts';

type Letter = { to: string; text: string };
const letters: Letter[] = [];
const post = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map(({ address }) => address).join();
      letters.push({ to, text: Buffer.concat(chunks).toString('utf8').replaceAll('=\r\n', '') });
      done();
    });
  },
});
await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve));
const { port } = post.server.address() as { port: number };
after(() => new Promise<void>((resolve) => post.close(() => resolve())));

const server = await startTestServer({
  mail: { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Tide & Ember <chat@tide.example>' },
  // Who looks here, and when, is for the tests to say.
  alertPauseMs: 3_600_000,
});
const office = await setUp(server);
const { owner, inboxId } = office;
const { db, sql } = server.running.connections;

const look = () => findAlerts(db, server.clock);
const lettersTo = ({ email }: { email: string }) => letters.filter(({ to }) => to === email);

/** Every alert is settled. */
async function posted(): Promise<void> {
  await look();
  await until('no alert waits', async () => {
    const [row] = await sql<{ waiting: number }[]>`
      select count(*)::int as waiting from parlour.alert where state in ('waiting', 'attempting')`;
    return row!.waiting === 0;
  });
}

type Person = Awaited<ReturnType<typeof makeTeammate>>;
let watcher: Person;
let idle: Person;
let outsider: Person;

before(async () => {
  await server.running.jobsReady;
  watcher = await makeTeammate(office, { name: 'Wanda', inboxIds: [inboxId] });
  idle = await makeTeammate(office, { name: 'Ida', inboxIds: [inboxId] });
  outsider = await makeTeammate(office, { name: 'Otto', role: 'admin' });
  for (const who of [owner, watcher, idle]) await server.execute('teammate.setAvailability', { available: false }, who);
  await server.execute('teammate.setAlerts', { missed: true, yours: true }, watcher);
  await server.execute('teammate.setAlerts', { missed: true }, outsider);
  await server.execute('teammate.setAvailability', { available: false }, outsider);
});

describe('alerts', () => {
  it('tell members who want it of a missed conversation, once until the team has read on', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor, 'Where is my <b>parcel</b>?');
    await posted();
    assert.equal(lettersTo(watcher).length, 1);
    const [letter] = lettersTo(watcher);
    assert.match(letter!.text, /Subject: .*Missed.conversation/);
    assert.match(letter!.text, new RegExp(`/app#/conversation/${conversationId}`));
    const asPage = letter!.text.slice(letter!.text.indexOf('text/html'));
    assert.match(asPage, /&lt;b&gt;parcel/, 'what a visitor writes is no markup');
    assert.deepEqual([lettersTo(idle), lettersTo(outsider)], [[], []], 'who has not asked, and who is no member');
    await server.execute('conversation.reply', { conversationId, text: 'Hello?' }, visitor.actor);
    await posted();
    assert.equal(lettersTo(watcher).length, 1, 'more of the same is no news');
    await server.execute('conversation.markRead', { conversationId, seq: 99 }, idle);
    await server.execute('conversation.reply', { conversationId, text: 'Anybody?' }, visitor.actor);
    await posted();
    assert.equal(lettersTo(watcher).length, 2);
    await server.execute('conversation.reply', { conversationId, text: 'Here I am' }, idle);
    await server.execute('conversation.reply', { conversationId, text: 'At last' }, visitor.actor);
    await posted();
    assert.equal(lettersTo(watcher).length, 2, 'answered: missed no longer');
  });

  it('tell of a message in a conversation of theirs, while their chat is off', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor, 'About my order');
    await posted();
    await server.execute('conversation.reply', { conversationId, text: 'A moment' }, idle);
    await server.execute('conversation.assign', { conversationId, assigneeId: watcher.id }, owner);
    const before = lettersTo(watcher).length;
    await server.execute('teammate.setAvailability', { available: true }, watcher);
    await server.execute('conversation.reply', { conversationId, text: 'Take your time' }, visitor.actor);
    await posted();
    assert.equal(lettersTo(watcher).length, before, 'their chat is on');
    await server.execute('teammate.setAvailability', { available: false }, watcher);
    await posted();
    assert.equal(lettersTo(watcher).length, before + 1);
    assert.match(lettersTo(watcher).at(-1)!.text, /Subject: .*New.message/);
    await server.execute('conversation.assign', { conversationId, assigneeId: idle.id }, owner);
    await server.execute('conversation.markRead', { conversationId, seq: 99 }, owner);
    await server.execute('conversation.reply', { conversationId, text: 'Still there?' }, visitor.actor);
    await posted();
    assert.equal(lettersTo(watcher).length, before + 1, 'it is somebody else’s now');
  });

  it('count the hours as off too: a teammate who left their chat on is told when they are over', async () => {
    const visitor = await makeVisitor(office);
    await server.execute('teammate.setAvailability', { available: true }, watcher);
    const before = lettersTo(watcher).length;
    await server.execute('inbox.update', { inboxId, schedule: { timeZone: 'Europe/Berlin', spans: [] } }, owner);
    await startConversation(office, visitor, 'Good night');
    await posted();
    assert.equal(lettersTo(watcher).length, before + 1);
    await server.execute('inbox.update', { inboxId, schedule: null }, owner);
    await server.execute('teammate.setAvailability', { available: false }, watcher);
  });

  it('do not tell of what did not come through the web chat’s visitors, of what is old, nor what was read meanwhile', async () => {
    const visitor = await makeVisitor(office);
    await server.execute('teammate.setAlerts', { missed: false }, watcher);
    const conversationId = await startConversation(office, visitor, 'Early');
    server.clock.advance(2 * 3_600_000);
    await server.execute('teammate.setAlerts', { missed: true }, watcher);
    const before = lettersTo(watcher).length;
    await posted();
    assert.equal(lettersTo(watcher).length, before, 'two hours old');
    server.clock.advance(-2 * 3_600_000);
    // Read between the alert and its mail.
    const alertId = uuidv7();
    await sql`insert into parlour.alert (workspace_id, teammate_id, conversation_id, after_seq, id, reason, state, created_at)
      values (${office.workspaceId}, ${watcher.id}, ${conversationId}, 0, ${alertId}, 'missed', 'waiting', now())`;
    await server.execute('conversation.markRead', { conversationId, seq: 99 }, idle);
    await sql`select graphile_worker.add_job('sendAlert', ${JSON.stringify({ workspaceId: office.workspaceId, alertId })}::text::json)`;
    await posted();
    const [row] = await sql<{ state: string }[]>`select state from parlour.alert where id = ${alertId}`;
    assert.equal(row!.state, 'needless');
    assert.equal(lettersTo(watcher).length, before);
  });

  it('are found behind however many that are none', async () => {
    const late = await makeTeammate(office, { name: 'Lena', inboxIds: [inboxId] });
    await server.execute('teammate.setAlerts', { missed: true }, late);
    await server.execute('teammate.setAvailability', { available: false }, late);
    const visitors = await Promise.all(Array.from({ length: 3 }, () => makeVisitor(office)));
    const ids = await Promise.all(visitors.map((visitor) => startConversation(office, visitor, 'Behind')));
    // Within the hours and with their chat on, the watcher is told of none of them.
    const spans = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, fromMinute: 0, toMinute: 1440 }));
    await server.execute('teammate.setAvailability', { available: true }, watcher);
    await server.execute('inbox.update', { inboxId, schedule: { timeZone: 'UTC', spans } }, owner);
    // One at a time, so that each that is none stands before the next.
    await findAlerts(db, server.clock, 1);
    const rows = await sql<{ who: string }[]>`
      select teammate_id as who from parlour.alert where conversation_id = any(${ids}::uuid[])`;
    assert.deepEqual(
      rows.map(({ who }) => who),
      [late.id, late.id, late.id],
    );
    await server.execute('teammate.setAlerts', { missed: false }, late);
    await server.execute('inbox.update', { inboxId, schedule: null }, owner);
    await server.execute('teammate.setAvailability', { available: false }, watcher);
    await posted();
  });

  it('of what nobody has taken on go to those whom the inbox tells: everyone, its admins, nobody', async () => {
    const lead = await makeTeammate(office, { name: 'Lea', inboxIds: [inboxId] });
    await server.execute('inbox.addMember', { inboxId, teammateId: lead.id, role: 'admin' }, owner);
    await server.execute('teammate.setAlerts', { missed: true, yours: true }, lead);
    await server.execute('teammate.setAvailability', { available: false }, lead);
    const toldOf = async (conversationId: string) => {
      await posted();
      const rows = await sql<{ who: string; reason: string }[]>`
        select teammate_id as who, reason from parlour.alert where conversation_id = ${conversationId}`;
      return new Map(rows.map(({ who, reason }) => [who, reason]));
    };
    const missed = async () => toldOf(await startConversation(office, await makeVisitor(office), 'Anybody?'));
    assert.deepEqual([...(await missed()).keys()].toSorted(), [lead.id, watcher.id].toSorted(), 'by default');
    await server.execute('inbox.update', { inboxId, notifies: 'admins' }, owner);
    assert.deepEqual([...(await missed())], [[lead.id, 'missed']]);
    await server.execute('inbox.update', { inboxId, notifies: 'nobody' }, owner);
    assert.deepEqual([...(await missed())], []);
    const theirs = await startConversation(office, await makeVisitor(office), 'For you');
    await server.execute('conversation.assign', { conversationId: theirs, assigneeId: watcher.id }, owner);
    assert.deepEqual(
      [...(await toldOf(theirs))],
      [[watcher.id, 'yours']],
      'what is theirs is told by their own choice',
    );
    await server.execute('teammate.setAlerts', { yours: false }, watcher);
    const missedAndTheirs = await startConversation(office, await makeVisitor(office), 'For you too');
    await server.execute('conversation.assign', { conversationId: missedAndTheirs, assigneeId: watcher.id }, owner);
    assert.deepEqual([...(await toldOf(missedAndTheirs))], [[watcher.id, 'missed']]);
    await server.execute('teammate.setAlerts', { yours: true }, watcher);
    await server.execute('teammate.setAlerts', { missed: false, yours: false }, lead);
    await server.execute('inbox.update', { inboxId, notifies: 'everyone' }, owner);
    await posted();
  });

  it('wait for the database, and go out once it is back', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor, 'Hiccup');
    const alertId = uuidv7();
    await sql`insert into parlour.alert (workspace_id, teammate_id, conversation_id, after_seq, id, reason, state, created_at)
      values (${office.workspaceId}, ${watcher.id}, ${conversationId}, 0, ${alertId}, 'missed', 'waiting', now())`;
    let fails = true;
    const sent: string[] = [];
    const sender = alertSender({
      db,
      clock: {
        now() {
          if (fails) throw new Error('the connection is gone');
          return server.clock.now();
        },
      },
      send: async ({ to }) => {
        sent.push(to);
        return { state: 'sent' };
      },
      publicUrl: server.url,
      log: { warn: () => undefined },
    });
    await assert.rejects(sender.run({ workspaceId: office.workspaceId, alertId }), /connection is gone/);
    fails = false;
    await sender.run({ workspaceId: office.workspaceId, alertId });
    assert.deepEqual(sent, [watcher.email]);
  });

  it('are one however many servers look at the same moment', async () => {
    const visitor = await makeVisitor(office);
    const before = lettersTo(watcher).length;
    await startConversation(office, visitor, 'Once');
    const made = await Promise.all(Array.from({ length: 4 }, look));
    assert.equal(
      made.reduce((sum, count) => sum + count, 0),
      1,
    );
    await posted();
    assert.equal(lettersTo(watcher).length, before + 1);
  });
});
