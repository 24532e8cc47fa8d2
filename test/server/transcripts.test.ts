/** Transcripts by email, taken by a real mail server. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { dropOldTranscripts, transcriptSender } from '../../server/modules/transcript/sending.ts';
import { MailServer } from '../mail-server.ts';
import { isRefusal, refused, startTestServer, TestClock, until } from './harness.ts';
import type { TestServer, TestServerOptions } from './harness.ts';
import { makeVisitor, setUp, startConversation } from './people.ts';
import type { Office, Visitor } from './people.ts';

const FROM = 'Tide & Ember <chat@tide.example>';

/** An answer of the mail server that is no yes. */
function smtpError(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

async function houseWith(smtpUrl: string, options: TestServerOptions = {}): Promise<[TestServer, Office]> {
  const server = await startTestServer({ ...options, mail: { smtpUrl, from: FROM } });
  return [server, await setUp(server)];
}

const mails = await MailServer.open();
const clock = new TestClock();
const [server, office] = await houseWith(`smtp://127.0.0.1:${mails.port}`, { clock });

/** What became of a transcript, by the command that asked for it. */
async function stateOf(house: TestServer, id: string) {
  const { sql } = house.running.connections;
  const [row] = await sql<{ state: string; email: string | null; attempts: number }[]>`
    select state, email, attempts from parlour.transcript where id = ${id}`;
  return row;
}

async function ask(
  house: TestServer,
  visitor: Visitor,
  conversationId: string,
  email: string,
  more: { language?: string; timeZone?: string } = {},
): Promise<string> {
  const id = uuidv7();
  await house.execute('conversation.emailTranscript', { conversationId, email, ...more }, visitor.actor, id);
  return id;
}

/** A conversation that somebody of the team has answered in. */
async function answeredConversation(there: Office, visitor: Visitor, text?: string): Promise<string> {
  const conversationId = await startConversation(there, visitor, text);
  await there.server.execute('conversation.reply', { conversationId, text: 'One moment.' }, there.owner);
  return conversationId;
}

/** A transcript as it stands in the database, with no job for it yet. */
async function noted(state: string, visitor: Visitor, conversationId: string, email: string, createdAt: Date) {
  const id = uuidv7();
  await server.running.connections
    .sql`insert into parlour.transcript (workspace_id, id, conversation_id, session_id, email, email_hash, language, time_zone, state, created_at)
    values (${office.workspaceId}, ${id}, ${conversationId}, ${visitor.actor.id}, ${email}, ${`hash of ${email}`}, 'en', 'UTC', ${state}, ${createdAt})`;
  return id;
}

const mailTo = (address: string) =>
  until(`a mail to ${address}`, () => mails.mails.find(({ to }) => to.includes(address)));

describe('a transcript by email', () => {
  it('holds what the visitor sees, in their language and zone, and nothing of the team’s own', async () => {
    const visitor = await makeVisitor(office);
    clock.freeze(new Date('2026-03-09T22:30:00.000Z'));
    const conversationId = await startConversation(office, visitor, 'Grüße aus *Köln* – <b>geht</b> das?');
    await server.execute('conversation.note', { conversationId, text: 'Vorsicht, Geheimnis' }, office.owner);
    await server.execute(
      'conversation.reply',
      { conversationId, text: 'Ja, [hier](https://tide.example/x).' },
      office.owner,
    );
    await ask(server, visitor, conversationId, 'jo@koeln.example', {
      language: 'de-DE',
      timeZone: 'Asia/Tokyo',
    });
    const mail = await mailTo('jo@koeln.example');
    assert.equal(mail.subject, 'Ihre Unterhaltung mit Tide & Ember');
    assert.equal(mail.from, 'chat@tide.example');
    assert.match(mail.text, /^Sie, 10\.03\.2026, 07:30\nGrüße aus Köln – <b>geht<\/b> das\?$/m);
    assert.match(mail.text, /^Mara, .*\nJa, hier \(https:\/\/tide\.example\/x\)\.$/m);
    assert.match(mail.html, /Grüße aus <em>Köln<\/em> – &lt;b&gt;geht&lt;\/b&gt; das\?/);
    assert.match(mail.html, /<a href="https:\/\/tide\.example\/x"/);
    assert.doesNotMatch(mail.raw + mail.text + mail.html, /Geheimnis|Lindqvist|assigned|mara@/);
  });

  it('says by its headers that a machine wrote it, and when, under one name for good', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await answeredConversation(office, visitor);
    const id = await ask(server, visitor, conversationId, 'heads@jo.example');
    const mail = await mailTo('heads@jo.example');
    assert.deepEqual(mail.header('Message-ID'), [`<transcript.${id}@tide.example>`]);
    assert.deepEqual(mail.header('Auto-Submitted'), ['auto-generated']);
    assert.deepEqual(mail.header('From'), ['"Tide & Ember" <chat@tide.example>']);
    assert.deepEqual(mail.header('To'), ['heads@jo.example']);
    assert.equal(new Date(mail.header('Date')[0]!).getTime(), Math.floor(clock.now().getTime() / 1000) * 1000);
    assert.match(mail.header('Content-Type')[0]!, /^multipart\/alternative/);
    assert.doesNotMatch(mail.raw, /^(List-|Bcc|Precedence)/im);
    await until('it is settled', async () => (await stateOf(server, id))?.state === 'sent');
    assert.equal((await stateOf(server, id))?.email, null, 'the address is forgotten');
  });

  it('lets no name begin a header of its own', async () => {
    const name = 'Tide"; <x@evil.example>, =?utf-8?q?=0D=0ABcc:?=\u2028Bcc: all@evil.example';
    await server.execute('workspace.rename', { name }, office.owner);
    const visitor = await makeVisitor(office);
    const conversationId = await answeredConversation(office, visitor);
    await ask(server, visitor, conversationId, 'names@jo.example');
    const mail = await mailTo('names@jo.example');
    assert.deepEqual(mail.header('Bcc'), []);
    assert.deepEqual(mail.to, ['names@jo.example']);
    assert.equal(mail.header('Subject').length, 1);
    assert.match(mail.subject, /^Your conversation with Tide"; <x@evil\.example>/);
    await server.execute('workspace.rename', { name: 'Tide & Ember' }, office.owner);
  });

  it('runs from right to left where the language does', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await answeredConversation(office, visitor, 'هل إبريق الشاي متوفر؟');
    await ask(server, visitor, conversationId, 'rtl@jo.example', { language: 'ar', timeZone: 'Africa/Cairo' });
    const mail = await mailTo('rtl@jo.example');
    assert.match(mail.html, /<html lang="ar" dir="rtl">/);
    assert.match(mail.html, /هل إبريق الشاي متوفر؟/);
    assert.match(mail.subject, /محادثتك مع/);
  });

  it('names files, with links that fetch them', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await answeredConversation(office, visitor);
    const fileId = uuidv7();
    const sent = await server.http(
      'POST',
      `/api/v1/attachments?name=${encodeURIComponent('Maße "neu" <1>.txt')}`,
      'eins',
      {
        ...visitor.headers,
        'content-type': 'text/plain',
        'idempotency-key': fileId,
      },
    );
    assert.equal(sent.status, 200, sent.text);
    await server.execute(
      'conversation.reply',
      { conversationId, text: '', attachmentIds: [String(sent.body.id)] },
      visitor.actor,
    );
    await ask(server, visitor, conversationId, 'files@jo.example');
    const mail = await mailTo('files@jo.example');
    const [, url = ''] = /Maße .*?\.txt \((http[^)]+)\)/.exec(mail.text) ?? [];
    const fetched = await fetch(url.replace('localhost', '127.0.0.1'));
    assert.equal(await fetched.text(), 'eins');
    assert.match(mail.html, /<a href="http[^"]+" [^>]*>Maße [^<]*\.txt<\/a>/);
  });

  it('is nothing for other visitors, nor for those who ask too often', async () => {
    const [visitor, stranger] = [await makeVisitor(office), await makeVisitor(office)];
    const conversationId = await answeredConversation(office, visitor);
    await refused(ask(server, stranger, conversationId, 'a@jo.example'), 'not_found');
    for (let count = 0; count < 3; count += 1) await ask(server, visitor, conversationId, 'often@jo.example');
    await refused(ask(server, visitor, conversationId, 'often@jo.example'), 'conflict', /several times/);
    for (let count = 0; count < 2; count += 1) await ask(server, visitor, conversationId, `o${count}@jo.example`);
    await refused(ask(server, visitor, conversationId, 'o9@jo.example'), 'conflict');
    const other = await makeVisitor(office);
    const theirs = await answeredConversation(office, other);
    await refused(ask(server, other, theirs, 'often@jo.example'), 'conflict');
    clock.advance(3_600_001);
    await ask(server, other, theirs, 'often@jo.example');
  });

  it('carries nothing to anybody as long as only the visitor and the machine have written', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor, 'Buy my pills');
    const system = { kind: 'system', workspaceId: office.workspaceId } as const;
    await server.execute('conversation.autoRespond', { conversationId, text: 'We are away.' }, system);
    await refused(ask(server, visitor, conversationId, 'victim@jo.example'), 'conflict', /answered/);
    await server.execute('conversation.reply', { conversationId, text: 'Yes?' }, office.owner);
    await ask(server, visitor, conversationId, 'victim@jo.example');
  });

  it('is counted right when many ask at the same moment', async () => {
    const visitors = await Promise.all(Array.from({ length: 8 }, () => makeVisitor(office)));
    const asking = visitors.map(async (visitor) => [visitor, await answeredConversation(office, visitor)] as const);
    const held = await Promise.all(asking);
    const asked = await Promise.allSettled(
      held.map(([visitor, conversationId]) => ask(server, visitor, conversationId, 'flooded@jo.example')),
    );
    assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 3);
  });

  it('is refused when the workspace has sent very many, whoever asks and for whom', async () => {
    clock.advance(3_600_001);
    const visitor = await makeVisitor(office);
    const conversationId = await answeredConversation(office, visitor);
    const before = Array.from({ length: 200 }, (_, index) =>
      noted('sent', visitor, conversationId, `${index}@many.example`, clock.now()),
    );
    await Promise.all(before);
    const other = await makeVisitor(office);
    const theirs = await answeredConversation(office, other);
    await refused(ask(server, other, theirs, 'one-more@jo.example'), 'conflict', /Too many/);
    clock.advance(3_600_001);
    await ask(server, other, theirs, 'one-more@jo.example');
  });

  it('takes one address, and nothing that is none', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await answeredConversation(office, visitor);
    for (const email of ['a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', 'Jo <a@b.example>', 'jo', ''])
      await refused(ask(server, visitor, conversationId, email), 'invalid', /email/);
  });

  it('is offered only where the server sends mail', async () => {
    const without = await startTestServer({ mail: null });
    const there = await setUp(without);
    const visitor = await makeVisitor(there);
    const conversationId = await startConversation(there, visitor);
    assert.equal((await without.ask('visitor.snapshot', {}, visitor.actor)).mailsTranscripts, undefined);
    await refused(ask(without, visitor, conversationId, 'a@jo.example'), 'unsupported', /download/);
    const headers = { authorization: `Bearer ${visitor.token}`, origin: 'https://shop.example' };
    const asked = { email: 'a@jo.example', timeZone: 'Europe/Berlin', language: 'en' };
    const path = `/api/v1/conversations/${conversationId}/transcript`;
    isRefusal(await without.http('POST', path, asked, headers), 415, 'unsupported', /download/);
    const served = await makeVisitor(office);
    assert.equal((await server.ask('visitor.snapshot', {}, served.actor)).mailsTranscripts, true);
  });
});

describe('a mail server that does not take it', () => {
  it('at once is asked again, and then has it once', async () => {
    let calls = 0;
    const grey = await MailServer.open({
      onRcptTo(_address, _session, done) {
        calls += 1;
        done(calls === 1 ? smtpError(451, 'Greylisted, come back later') : null);
      },
    });
    const [house, there] = await houseWith(`smtp://127.0.0.1:${grey.port}`);
    const visitor = await makeVisitor(there);
    const id = await ask(house, visitor, await answeredConversation(there, visitor), 'grey@jo.example');
    await until('it waits for another time', async () => ((await stateOf(house, id))?.attempts ?? 0) >= 1);
    await until('it is sent', async () => (await stateOf(house, id))?.state === 'sent', 20_000);
    assert.equal((await stateOf(house, id))?.attempts, 2);
    assert.equal(grey.mails.length, 1);
  });

  it('for good is not asked again, and the thread says nothing of it', async () => {
    let calls = 0;
    const strict = await MailServer.open({
      onRcptTo(_address, _session, done) {
        calls += 1;
        done(smtpError(550, 'No such person here'));
      },
    });
    const [house, there] = await houseWith(`smtp://127.0.0.1:${strict.port}`);
    const visitor = await makeVisitor(there);
    const conversationId = await answeredConversation(there, visitor);
    const id = await ask(house, visitor, conversationId, 'gone@jo.example');
    await until('it is given up', async () => (await stateOf(house, id))?.state === 'refused');
    assert.equal(calls, 1);
    const { parts } = await house.ask('conversation.parts', { conversationId }, there.owner);
    assert.equal(parts.length, 2);
  });

  it('and hangs up after it has all of it may have taken it: it is not sent twice', async () => {
    let calls = 0;
    const rude = await MailServer.open({
      onData(stream, session) {
        calls += 1;
        stream.resume();
        stream.on('end', () => {
          // As a server that dies before it answers.
          (session as unknown as { connection?: unknown }).connection = null;
        });
      },
      socketTimeout: 500,
    });
    const [house, there] = await houseWith(`smtp://127.0.0.1:${rude.port}`);
    const visitor = await makeVisitor(there);
    const id = await ask(house, visitor, await answeredConversation(there, visitor), 'rude@jo.example');
    await until('nobody knows', async () => (await stateOf(house, id))?.state === 'unknown', 30_000);
    assert.equal(calls, 1);
  });

  it('unless it is spoken to in secret and knows the sender, is given both', async () => {
    const said: string[] = [];
    const proper = await MailServer.open({
      authOptional: false,
      disabledCommands: [],
      onAuth({ username, password }, session, done) {
        said.push(`${username} ${password} ${session.secure ? 'secret' : 'open'}`);
        done(null, { user: username });
      },
    });
    const [house, there] = await houseWith(
      `smtp://post%40tide.example:p%40ss:w%2Ford@127.0.0.1:${proper.port}/?tls.rejectUnauthorized=false`,
    );
    const visitor = await makeVisitor(there);
    const id = await ask(house, visitor, await answeredConversation(there, visitor), 'tls@jo.example');
    await until('it is sent', async () => (await stateOf(house, id))?.state === 'sent');
    assert.deepEqual(said, ['post@tide.example p@ss:w/ord secret']);
  });
});

describe('a transcript that somebody was sending when the server was killed', () => {
  it('is left unsent rather than sent twice', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await answeredConversation(office, visitor);
    const { sql } = server.running.connections;
    const id = uuidv7();
    await sql`insert into parlour.transcript (workspace_id, id, conversation_id, session_id, email, email_hash, language, time_zone, state, attempts, created_at)
      values (${office.workspaceId}, ${id}, ${conversationId}, ${visitor.actor.id}, 'killed@jo.example', 'x', 'en', 'UTC', 'attempting', 1, now())`;
    const payload = JSON.stringify({ workspaceId: office.workspaceId, transcriptId: id });
    await sql`select graphile_worker.add_job('sendTranscript', ${payload}::text::json)`;
    await until('it is settled', async () => (await stateOf(server, id))?.state === 'unknown');
    assert.ok(!mails.mails.some(({ to }) => to.includes('killed@jo.example')));
  });
});

describe('a transcript while the database fails', () => {
  it('is still to be sent when what it says could not be read, and is sent then', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await answeredConversation(office, visitor);
    const id = await noted('waiting', visitor, conversationId, 'hiccup@jo.example', clock.now());
    const sent: string[] = [];
    let fails = true;
    const sender = transcriptSender({
      db: server.running.connections.db,
      clock: {
        now() {
          if (fails) throw new Error('the connection is gone');
          return clock.now();
        },
      },
      send: async ({ to }) => {
        sent.push(to);
        return { state: 'sent' };
      },
      attachmentLinks: { make: () => ({ token: 'none' }) },
      publicUrl: server.url,
      log: { warn: () => undefined },
    });
    const job = { workspaceId: office.workspaceId, transcriptId: id };
    await assert.rejects(sender.run(job), /connection is gone/);
    assert.equal((await stateOf(server, id))?.state, 'waiting');
    fails = false;
    await sender.run(job);
    assert.deepEqual(sent, ['hiccup@jo.example']);
    assert.equal((await stateOf(server, id))?.state, 'sent');
  });
});

describe('what is kept of transcripts', () => {
  it('goes a day after they are settled, and with those that nobody will send', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await answeredConversation(office, visitor);
    const now = clock.now();
    const kept = async (state: string, hours: number): Promise<() => Promise<boolean>> => {
      const at = new Date(now.getTime() - hours * 3_600_000);
      const id = await noted(state, visitor, conversationId, `${state}${hours}@old.example`, at);
      return async () => (await stateOf(server, id)) !== undefined;
    };
    const rows = await Promise.all([kept('sent', 23), kept('sent', 25), kept('waiting', 47), kept('waiting', 49)]);
    await dropOldTranscripts(server.running.connections.db, now);
    assert.deepEqual(await Promise.all(rows.map((isKept) => isKept())), [true, false, true, false]);
  });
});
