/** Files of messages: sent in, given to one message, fetched by those who may see it, and harmless whatever is in them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { after, describe, it } from 'node:test';
import sharp from 'sharp';
import type { Attachment } from '../../shared/contract/attachment.ts';
import type { Part, VisitorPart } from '../../shared/contract/part.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { contentDisposition, safeFileName } from '../../server/modules/attachment/file-name.ts';
import { detectType } from '../../server/modules/attachment/file-type.ts';
import type { Actor } from '../../server/kernel/actor.ts';
import { isRefusal, refused, startTestServer, until } from './harness.ts';
import type { Answer } from './harness.ts';
import { makeApiKey, makeForeignOffice, makeTeammate, makeVisitor, setUp, startConversation } from './people.ts';
import type { Visitor } from './people.ts';
import { closeSockets, ownerSocket, visitorSocket } from './test-socket.ts';

const MIB = 1024 ** 2;

after(closeSockets);
const server = await startTestServer();
const office = await setUp(server);
const { owner } = office;

/** Drawn anew it is the same bytes. */
const png = await sharp({ create: { width: 2, height: 3, channels: 3, background: '#0f766e' } })
  .png()
  .toBuffer();
const pdf = Buffer.from('%PDF-1.7\nthe rest of a document');

type Sender = { headers: Record<string, string> };
const teammate: Sender = { headers: office.page };

function send(
  sender: Sender,
  bytes: Uint8Array,
  { name = 'photo.png', id = uuidv7() }: { name?: string; id?: string } = {},
): Promise<Answer> {
  const headers = { ...sender.headers, 'content-type': 'application/octet-stream', 'idempotency-key': id };
  return server.http('POST', `/api/v1/attachments?name=${encodeURIComponent(name)}`, bytes, headers);
}

async function upload(sender: Sender, bytes: Uint8Array = png, name = 'photo.png'): Promise<Attachment> {
  const answer = await send(sender, bytes, { name });
  assert.equal(answer.status, 200, answer.text);
  return answer.body as Attachment;
}

async function linkFor(attachmentId: string, actor: Actor): Promise<string | undefined> {
  const { links } = await server.ask('attachment.links', { attachmentIds: attachmentId }, actor);
  return links[0]?.url;
}

async function storedFiles(): Promise<string[]> {
  const found = await readdir(`${server.dataDir}/attachments`, { recursive: true }).catch(() => []);
  return found.filter((name) => name.length > 3);
}

async function rows(): Promise<number> {
  const [row] = await server.running.connections.sql<{ count: number }[]>`select count(*)::int from parlour.attachment`;
  return row!.count;
}

async function lastPart(conversationId: string): Promise<Part> {
  const { parts } = await server.ask('conversation.parts', { conversationId }, owner);
  return (parts as Part[]).at(-1)!;
}

/** An upload whose sender goes away after the first bytes. */
async function breakOff(visitor: Visitor, id: string): Promise<void> {
  const held = (await storedFiles()).length;
  const sending = plainRequest(`${server.url}/api/v1/attachments?name=half.png`, {
    method: 'POST',
    headers: { ...visitor.headers, 'idempotency-key': id, 'content-length': String(MIB) },
  });
  const failed = once(sending, 'error');
  sending.write(png);
  await until('half of it is there', async () => (await storedFiles()).length > held);
  sending.destroy();
  await failed;
}

describe('sending a file in', () => {
  it('a visitor, a teammate on the server’s own page and a program may; who is nobody may not', async () => {
    const visitor = await makeVisitor(office);
    const key = await makeApiKey(office, ['write']);
    for (const sender of [visitor, teammate, key]) {
      const file = await upload(sender);
      assert.deepEqual(file, {
        id: file.id,
        name: 'photo.png',
        type: 'image/png',
        size: png.length,
        width: 2,
        height: 3,
      });
    }
    isRefusal(await send({ headers: {} }, png), 401, 'unauthenticated');
    const reader = await makeApiKey(office, ['read']);
    isRefusal(await send(reader, png), 403, 'forbidden');
    isRefusal(await send({ headers: { ...office.page, origin: 'https://evil.example' } }, png), 403, 'origin_refused');
  });

  it('says what may be sent before anything is', async () => {
    const { body } = await server.http('GET', '/api/v1/attachment-limits');
    assert.deepEqual(body, { maxBytes: 10 * MIB, maxPerMessage: 10 });
  });

  it('the same id again is the same file and is stored once; for another file it is refused', async () => {
    const visitor = await makeVisitor(office);
    const id = uuidv7();
    const first = await send(visitor, png, { id });
    const before = await storedFiles();
    const again = await send(visitor, png, { id });
    assert.deepEqual(again.body, first.body);
    assert.deepEqual(await storedFiles(), before);
    isRefusal(await send(visitor, Buffer.concat([png, png]), { id }), 409, 'id_reused');
    isRefusal(await send(visitor, png, { id, name: 'other.png' }), 409, 'id_reused');
    isRefusal(await send(await makeVisitor(office), png, { id }), 409, 'id_reused');
  });

  it('one that breaks off leaves nothing behind, and goes through when it is sent again', async () => {
    const visitor = await makeVisitor(office);
    const [files, held] = [(await storedFiles()).length, await rows()];
    const id = uuidv7();
    await breakOff(visitor, id);
    await until('the half file is gone', async () => (await storedFiles()).length === files && (await rows()) === held);
    assert.equal((await send(visitor, png, { id })).status, 200);
    assert.equal((await storedFiles()).length, files + 1);
  });

  it('too large is refused, announced or not, and nothing stays of it', async () => {
    const visitor = await makeVisitor(office);
    const [files, held] = [(await storedFiles()).length, await rows()];
    const large = Buffer.alloc(10 * MIB + 1, 1);
    isRefusal(await send(visitor, large), 413, 'too_large', /10 MiB/);
    const chunked = await fetch(`${server.url}/api/v1/attachments?name=large`, {
      method: 'POST',
      headers: { ...visitor.headers, 'idempotency-key': uuidv7() },
      body: new Blob([large]).stream(),
      duplex: 'half',
    } as RequestInit);
    assert.equal(chunked.status, 413);
    assert.equal((await send(visitor, large.subarray(1))).status, 200, 'the largest allowed');
    assert.equal((await storedFiles()).length, files + 1);
    assert.equal(await rows(), held + 1);
  });

  it('an empty file, and one without a name for the request, are refused in plain words', async () => {
    const visitor = await makeVisitor(office);
    isRefusal(await send(visitor, Buffer.alloc(0)), 400, 'invalid', /empty/);
    isRefusal(await send(visitor, png, { id: 'no id' }), 400, 'invalid');
  });

  it('a visitor may send so many files and so many bytes in an hour; a teammate is not bound by that', async () => {
    const strict = await startTestServer({
      limits: { visitorUploads: [3, 3_600], visitorUploadBytes: [1_000, 3_600] },
    });
    const there = await setUp(strict);
    const at = (sender: Sender, bytes: Uint8Array) =>
      strict.http('POST', '/api/v1/attachments?name=x', bytes, { ...sender.headers, 'idempotency-key': uuidv7() });
    const [busy, heavy] = [await makeVisitor(there), await makeVisitor(there)];
    for (let count = 0; count < 3; count++) assert.equal((await at(busy, png)).status, 200);
    isRefusal(await at(busy, png), 429, 'rate_limited');
    assert.equal((await at(heavy, Buffer.alloc(900, 1))).status, 200);
    isRefusal(await at(heavy, Buffer.alloc(900, 1)), 429, 'rate_limited');
    for (let count = 0; count < 5; count++) assert.equal((await at({ headers: there.page }, pdf)).status, 200);
  });

  it('what was never put into a message is removed after a day, file and row; what was stays', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const [sent, unsent] = [await upload(visitor), await upload(visitor)];
    await server.execute('conversation.reply', { conversationId, text: '', attachmentIds: [sent.id] }, visitor.actor);
    const files = (await storedFiles()).length;
    assert.equal(await server.running.uploads.removeUnsent(), 0, 'nothing is a day old');
    server.clock.advance(25 * 3_600_000);
    const removed = await server.running.uploads.removeUnsent();
    assert.ok(removed >= 1);
    assert.equal((await storedFiles()).length, files - removed);
    assert.equal(await linkFor(unsent.id, visitor.actor), undefined);
    const link = await linkFor(sent.id, visitor.actor);
    assert.equal((await server.http('GET', link!)).status, 200);
    server.clock.advance(-25 * 3_600_000);
  });
});

describe('messages with files', () => {
  it('start, reply and note carry them, in the order named, to those who may see the message', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = uuidv7();
    const first = await upload(visitor);
    await server.execute(
      'conversation.start',
      { conversationId, text: 'Look', attachmentIds: [first.id] },
      visitor.actor,
    );
    const [two, one] = [await upload(teammate, pdf, 'b.pdf'), await upload(teammate, pdf, 'a.pdf')];
    await server.execute('conversation.reply', { conversationId, text: '', attachmentIds: [one.id, two.id] }, owner);
    const secret = await upload(teammate, pdf, 'secret.pdf');
    await server.execute('conversation.note', { conversationId, text: '', attachmentIds: [secret.id] }, owner);

    const { parts } = await server.ask('conversation.parts', { conversationId }, owner);
    const shown = (parts as Part[]).map((part) => part.attachments?.map(({ name }) => name));
    assert.deepEqual(shown, [['photo.png'], ['a.pdf', 'b.pdf'], ['secret.pdf']]);
    const theirs = await server.ask('conversation.parts', { conversationId }, visitor.actor);
    assert.deepEqual(
      (theirs.parts as VisitorPart[]).map((part) => part.attachments?.map(({ name }) => name)),
      [['photo.png'], ['a.pdf', 'b.pdf']],
    );
    assert.ok(await linkFor(one.id, visitor.actor));
    assert.equal(await linkFor(secret.id, visitor.actor), undefined, 'a note’s file is the team’s');
    assert.ok(await linkFor(secret.id, owner));
    const { conversations } = await server.ask('conversation.list', {}, owner);
    assert.equal(conversations.find(({ id }) => id === conversationId)?.lastMessage.preview, '📎 a.pdf, b.pdf');
  });

  it('may be the last word, without any other', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const invoice = await upload(teammate, pdf, 'invoice.pdf');
    const input = { conversationId, message: '', attachmentIds: [invoice.id] };
    await server.execute('conversation.close', input, owner);
    assert.ok(await linkFor(invoice.id, visitor.actor));
    const { conversation } = await server.ask('conversation.get', { conversationId }, owner);
    assert.deepEqual([conversation.status, conversation.lastMessage.preview], ['closed', '📎 invoice.pdf']);
    await refused(server.execute('conversation.close', input, owner), 'conflict');
  });

  it('name a message without words in lists, whether it begins the conversation or goes on with it', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = uuidv7();
    const socket = await ownerSocket(office);
    const heard = (preview: string) =>
      until(`the list says ${preview}`, () =>
        socket.events.find(({ records }) => {
          const { conversation } = records;
          return conversation?.id === conversationId && conversation.lastMessage.preview === preview;
        }),
      );
    const first = await upload(visitor);
    await server.execute('conversation.start', { conversationId, text: '', attachmentIds: [first.id] }, visitor.actor);
    await heard('📎 photo.png');
    const second = await upload(teammate, pdf, 'invoice.pdf');
    await server.execute('conversation.reply', { conversationId, text: '', attachmentIds: [second.id] }, owner);
    await heard('📎 invoice.pdf');
  });

  it('name no other message that came with them and reads alike', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const [one, two] = [await upload(visitor), await upload(visitor, pdf, 'bill.pdf')];
    const send = (text: string, files: { id: string }[] = []) =>
      server.execute(
        'conversation.reply',
        { conversationId, text, ...(files.length > 0 && { attachmentIds: files.map(({ id }) => id) }) },
        visitor.actor,
      );
    // What comes while the first is on its way is written together.
    await Promise.all([send('Wait'), send('', [one]), send('📎')]);
    const preview = async () => {
      const { conversations } = await server.ask('conversation.list', {}, owner);
      return conversations.find(({ id }) => id === conversationId)?.lastMessage.preview;
    };
    assert.equal(await preview(), '📎');
    await Promise.all([send('Wait'), send('📎'), send('', [two])]);
    assert.equal(await preview(), '📎 bill.pdf');
  });

  it('both ends hear of them as they are sent', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const [theirs, ours] = [await visitorSocket(office, visitor), await ownerSocket(office)];
    const file = await upload(visitor);
    const partId = uuidv7();
    await server.execute(
      'conversation.reply',
      { conversationId, text: 'x', attachmentIds: [file.id] },
      visitor.actor,
      partId,
    );
    for (const socket of [theirs, ours]) {
      const heard = await until('the message is heard', () =>
        (socket.events as { part?: VisitorPart; records?: { part?: Part } }[])
          .map((event) => event.part ?? event.records?.part)
          .find((part) => part?.id === partId),
      );
      assert.deepEqual(heard.attachments, [file]);
    }
  });

  it('a file goes into one message, of whoever sent it in, once it is whole; else only that message fails', async () => {
    const [visitor, other] = [await makeVisitor(office), await makeVisitor(office)];
    const conversationId = await startConversation(office, visitor);
    const [own, foreign] = [await upload(visitor), await upload(other)];
    const reply = (text: string, attachmentIds?: string[]) =>
      server.execute(
        'conversation.reply',
        { conversationId, text, ...(attachmentIds ? { attachmentIds } : {}) },
        visitor.actor,
      );
    // Together: they meet in one batch.
    const outcomes = await Promise.allSettled([
      reply('one'),
      reply('two', [foreign.id]),
      reply('three', [own.id]),
      reply('four', [uuidv7()]),
      reply('five', [own.id]),
      reply('six'),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'rejected', 'fulfilled'],
    );
    await refused(reply('again', [foreign.id]), 'conflict', /Attach it again/);
    const { parts } = await server.ask('conversation.parts', { conversationId }, owner);
    assert.deepEqual(
      (parts as Part[]).map(({ seq }) => seq),
      [1, 2, 3, 4],
    );
    assert.deepEqual((parts as Part[]).filter((part) => part.attachments).length, 1);
    await refused(
      server.execute('conversation.note', { conversationId, text: '', attachmentIds: [own.id] }, owner),
      'conflict',
    );
  });

  it('a retry of the command is the same message', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const file = await upload(visitor);
    const input = { conversationId, text: '', attachmentIds: [file.id] };
    const id = uuidv7();
    const first = await server.execute('conversation.reply', input, visitor.actor, id);
    assert.deepEqual(await server.execute('conversation.reply', input, visitor.actor, id), first);
    assert.deepEqual((await lastPart(conversationId)).attachments, [file]);
  });

  it('neither words nor files are refused, and so are eleven files and the same one twice', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const with_ = (text: string, attachmentIds?: string[]) =>
      server.execute(
        'conversation.reply',
        { conversationId, text, ...(attachmentIds ? { attachmentIds } : {}) },
        visitor.actor,
      );
    await refused(with_(' '), 'invalid', /text must not be empty/);
    await refused(with_('x', []), 'invalid');
    await refused(
      with_(
        'x',
        Array.from({ length: 11 }, () => uuidv7()),
      ),
      'invalid',
      /at most 10/,
    );
    const file = await upload(visitor);
    await refused(with_('x', [file.id, file.id]), 'invalid', /twice/);
  });
});

describe('fetching a file', () => {
  it('is for those who see the conversation, and for its sender before it is sent', async () => {
    const [visitor, other] = [await makeVisitor(office), await makeVisitor(office)];
    const conversationId = await startConversation(office, visitor);
    const file = await upload(visitor);
    assert.ok(await linkFor(file.id, visitor.actor), 'unsent: its sender');
    assert.equal(await linkFor(file.id, owner), undefined, 'unsent: nobody else');
    await server.execute('conversation.reply', { conversationId, text: '', attachmentIds: [file.id] }, visitor.actor);
    const stranger = await makeTeammate(office, { inboxIds: [] });
    const foreign = await makeForeignOffice(office);
    for (const actor of [visitor.actor, owner]) assert.ok(await linkFor(file.id, actor));
    for (const actor of [other.actor, stranger, foreign.owner, foreign.visitor.actor])
      assert.equal(await linkFor(file.id, actor), undefined);
  });

  it('a link holds for an hour at most, is the same for a while, and cannot be made up', async () => {
    const visitor = await makeVisitor(office);
    const file = await upload(visitor);
    server.clock.freeze(new Date('2026-03-01T10:10:00Z'));
    const { links } = await server.ask('attachment.links', { attachmentIds: file.id }, visitor.actor);
    const [link] = links;
    assert.ok(link);
    assert.equal(link.expiresAt, '2026-03-01T11:00:00.000Z');
    server.clock.advance(19 * 60_000);
    assert.equal(await linkFor(file.id, visitor.actor), link.url);
    const answer = await server.http('GET', link.url);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('cache-control'), 'private, max-age=1860, immutable');
    server.clock.advance(31 * 60_000);
    isRefusal(await server.http('GET', link.url), 404, 'not_found');
    const fresh = (await linkFor(file.id, visitor.actor))!;
    assert.equal((await server.http('GET', fresh)).status, 200);
    for (const position of [0, 20, 45, 60]) {
      const token = fresh.split('/').at(-1)!;
      const forged = token.slice(0, position) + (token[position] === 'A' ? 'B' : 'A') + token.slice(position + 1);
      isRefusal(await server.http('GET', `/api/v1/attachments/${forged}`), 404, 'not_found');
    }
  });

  it('a picture comes as one; the same for saving; everything else only for saving; nothing may run', async () => {
    const visitor = await makeVisitor(office);
    const hostile: [string, Buffer][] = [
      ['a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
      ['a.html', Buffer.from('<!doctype html><script>alert(1)</script>')],
      ['a.png', Buffer.from('<html><script>alert(1)</script>')],
      ['a.js', Buffer.from('alert(1)')],
      ['a.xml', Buffer.from('<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><a/>')],
      ['a.gif', Buffer.from('GIF89a=1;alert(1)//')],
    ];
    for (const [name, bytes] of [['a.png', png] as [string, Buffer], ['a.pdf', pdf] as [string, Buffer], ...hostile]) {
      const file = await upload(visitor, bytes, name);
      const url = (await linkFor(file.id, visitor.actor))!;
      const [shown, saved] = [await server.http('GET', url), await server.http('GET', `${url}?download`)];
      for (const answer of [shown, saved]) {
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
        assert.equal(answer.headers.get('content-security-policy'), "default-src 'none'; sandbox");
        assert.equal(answer.headers.get('content-length'), String(bytes.length));
        assert.match(answer.headers.get('content-type')!, /^(image\/(png|gif)|application\/(pdf|octet-stream))$/);
      }
      const inline = file.type.startsWith('image/');
      assert.match(shown.headers.get('content-disposition')!, inline ? /^inline/ : /^attachment/);
      assert.match(saved.headers.get('content-disposition')!, /^attachment/);
      if (hostile.some(([, held]) => held === bytes)) assert.equal(file.type, 'application/octet-stream');
    }
  });
});

describe('names of files', () => {
  const hostile: [given: string, shown: string][] = [
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\system32\\config', 'config'],
    ['invoice\u202Egnp.exe', 'invoicegnp.exe'],
    ['a\u0000b\u0007c\u007F.txt', 'abc.txt'],
    [`${'x'.repeat(4_000)}.pdf`, `${'x'.repeat(116)}.pdf`],
    ['CON', '_CON'],
    ['lpt1.txt', '_lpt1.txt'],
    ['', 'file'],
    ['...', 'file'],
    ['.htaccess', 'htaccess'],
    ['cafe\u0301 \u{1F600} Übersicht.png', 'café \u{1F600} Übersicht.png'],
    ['"a\'b<c>|d:e*f?`.txt', '_a_b_c__d_e_f__.txt'],
    ['one\r\nSet-Cookie: x=1\r\n.txt', 'oneSet-Cookie_ x=1.txt'],
    ['zero\u200Bwidth\uFEFF.md', 'zerowidth.md'],
    ['half \uD83D.png', 'half .png'],
    ['trailing. . .', 'trailing'],
  ];

  for (const [given, shown] of hostile) {
    it(`${JSON.stringify(given.slice(0, 40))} is kept as ${JSON.stringify(shown.slice(0, 40))}`, () => {
      assert.equal(safeFileName(given), shown);
      const header = contentDisposition('attachment', shown);
      assert.doesNotMatch(header, /[^\x20-\x7e]/);
      assert.match(header, /^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.~%!$&+^`|#-]*$/);
    });
  }

  it('none of them reaches the disk, and each can be fetched under its harmless name', async () => {
    const visitor = await makeVisitor(office);
    for (const [given, shown] of hostile) {
      // Half a character cannot travel in an address.
      if (/\p{Cs}/u.test(given)) continue;
      const file = await upload(visitor, pdf, given);
      assert.equal(file.name, shown);
      const { headers } = await server.http('GET', (await linkFor(file.id, visitor.actor))!);
      assert.equal(headers.get('content-disposition'), contentDisposition('attachment', file.name));
    }
    for (const stored of await storedFiles()) assert.match(stored, /^[0-9a-f]{2}\/[0-9a-f]{40}$/);
  });
});

describe('types of files', () => {
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108003000400301220002110103110100', 'hex');
  const gif = Buffer.from('47494638396105000700', 'hex');
  const webp = Buffer.concat([
    Buffer.from('RIFF\x10\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0', 'latin1'),
    Buffer.from('0f00001f0000', 'hex'),
  ]);
  const known: [string, Buffer, object][] = [
    ['PNG', png, { type: 'image/png', width: 2, height: 3 }],
    ['JPEG', jpeg, { type: 'image/jpeg', width: 64, height: 48 }],
    ['GIF', gif, { type: 'image/gif', width: 5, height: 7 }],
    ['WebP', webp, { type: 'image/webp', width: 16, height: 32 }],
    ['PDF', pdf, { type: 'application/pdf' }],
    ['ZIP', Buffer.from('PK\x03\x04rest', 'latin1'), { type: 'application/zip' }],
    ['MP4', Buffer.from('\0\0\0\x18ftypisom', 'latin1'), { type: 'video/mp4' }],
  ];
  for (const [name, bytes, found] of known) {
    it(`${name} is known by its first bytes`, () => assert.deepEqual(detectType(bytes), found));
  }

  it('whatever is cut off or unknown is a run of bytes', () => {
    const cut = known.flatMap(([, bytes]) => [bytes.subarray(0, 3), bytes.subarray(0, 1)]);
    for (const bytes of [
      ...cut,
      Buffer.alloc(0),
      png.subarray(0, 20),
      gif.subarray(0, 8),
      jpeg.subarray(0, 12),
      Buffer.from('<svg/>'),
    ])
      assert.deepEqual(detectType(bytes), { type: 'application/octet-stream' }, bytes.toString('hex'));
  });
});
