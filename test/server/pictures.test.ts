/** Pictures in messages: what is seen stays, what they tell beside it goes, and none can harm the server or be shown without being one. */
import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import type { Attachment } from '../../shared/contract/attachment.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { MOST_PICTURE_BYTES, PictureCleaner } from '../../server/modules/attachment/picture.ts';
import { isRefusal, startTestServer, type Answer } from './harness.ts';
import { makeVisitor, setUp } from './people.ts';

const server = await startTestServer();
const office = await setUp(server);
const visitor = await makeVisitor(office);

const send = (bytes: Uint8Array, id = uuidv7()): Promise<Answer> =>
  server.http('POST', '/api/v1/attachments?name=photo', bytes, {
    ...visitor.headers,
    'content-type': 'application/octet-stream',
    'idempotency-key': id,
  });

async function upload(bytes: Uint8Array): Promise<Attachment> {
  const answer = await send(bytes);
  assert.equal(answer.status, 200, answer.text);
  return answer.body as Attachment;
}

/** What whoever opens it gets. */
async function fetched({ id }: Attachment): Promise<{ bytes: Buffer; headers: Headers }> {
  const { links } = await server.ask('attachment.links', { attachmentIds: id }, visitor.actor);
  const answer = await fetch(`${server.url}${links[0]!.url}`);
  return { bytes: Buffer.from(await answer.arrayBuffer()), headers: answer.headers };
}

/** Red on the left, blue on the right. */
const halves = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#0000ff' } }).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: '#ff0000' } }, left: 0, top: 0 },
  ]);

/** As a telephone makes it: lying on its side, with the place and the camera written into it. */
const photo = await halves(40, 20)
  .jpeg()
  .withExif({
    IFD0: { Make: 'Contoso Optics', Software: 'Secret Firmware' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 18/1' },
  })
  .withMetadata({ orientation: 6 })
  .toBuffer();

async function frames(kind: 'gif' | 'webp'): Promise<Buffer> {
  const colours = ['#ff0000', '#00ff00', '#0000ff'];
  const each = await Promise.all(
    colours.map((background) =>
      sharp({ create: { width: 8, height: 6, channels: 4, background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(each, { join: { animated: true } })
    [kind]({ delay: [100, 100, 100] })
    .toBuffer();
}

/** A PNG of so many pixels, all the same: a few kilobytes. */
function blankPng(width: number, height: number): Buffer {
  const crcTable = Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
  });
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    let crc = 0xffffffff;
    for (const byte of body) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('a picture that is sent in', () => {
  it('does not tell where it was taken, nor by what, and stands upright', async () => {
    const before = await sharp(photo).metadata();
    assert.ok(before.exif?.includes('Contoso Optics'), 'the photo has something to tell');
    assert.equal(before.orientation, 6);
    const file = await upload(photo);
    assert.deepEqual([file.type, file.width, file.height], ['image/jpeg', 20, 40]);
    const { bytes, headers } = await fetched(file);
    assert.equal(file.size, bytes.length);
    assert.equal(headers.get('content-length'), String(bytes.length));
    const after = await sharp(bytes).metadata();
    assert.deepEqual(
      [after.exif, after.xmp, after.iptc, after.orientation],
      [undefined, undefined, undefined, undefined],
    );
    assert.doesNotMatch(bytes.toString('latin1'), /Contoso|Firmware|GPS|Exif/);
    // Turned by a quarter: what was on the left is at the top.
    const { data } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number) => [...data.subarray((y * 20 + x) * 3, (y * 20 + x) * 3 + 3)];
    const [top, bottom] = [pixel(10, 5), pixel(10, 35)];
    assert.ok(top[0]! > 200 && top[2]! < 60, `red at the top, not ${top.join()}`);
    assert.ok(bottom[2]! > 200 && bottom[0]! < 60, `blue at the bottom, not ${bottom.join()}`);
  });

  it('is the same file when it is sent again, by the size it was sent in', async () => {
    const id = uuidv7();
    const first = await send(photo, id);
    assert.notEqual((first.body as Attachment).size, photo.length);
    assert.deepEqual((await send(photo, id)).body, first.body);
    isRefusal(await send(Buffer.concat([photo, photo]), id), 409, 'id_reused');
  });

  for (const kind of ['gif', 'webp'] as const) {
    it(`still moves, as ${kind}`, async () => {
      const file = await upload(await frames(kind));
      assert.deepEqual([file.type, file.width, file.height], [`image/${kind}`, 8, 6]);
      const { pages } = await sharp((await fetched(file)).bytes).metadata();
      assert.equal(pages, 3);
    });
  }

  it('carries no second file behind it', async () => {
    const file = await upload(Buffer.concat([photo, Buffer.from('PK\x03\x04<script>alert(1)</script>', 'latin1')]));
    assert.equal(file.type, 'image/jpeg');
    assert.doesNotMatch((await fetched(file)).bytes.toString('latin1'), /script/);
  });

  it('is refused plainly where a few kilobytes unpack to gigabytes, and leaves nothing behind', async () => {
    const bomb = blankPng(20_000, 20_000);
    assert.ok(bomb.length < 100_000, `${bomb.length} bytes`);
    isRefusal(await send(bomb), 413, 'too_large', /50 million pixels/);
    const [row] = await server.running.connections.sql<{ count: number }[]>`
      select count(*)::int from parlour.attachment where uploaded_at is null`;
    assert.equal(row!.count, 0);
    assert.equal((await upload(blankPng(4_000, 3_000))).width, 4_000);
  });

  it('that is cut off or only looks like one is a file to save, and never fails its message', async () => {
    const png = await halves(400, 400).png().toBuffer();
    const noisy = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: '#fff',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .jpeg()
      .toBuffer();
    const broken = [
      png.subarray(0, png.length - 40),
      noisy.subarray(0, noisy.length / 2),
      Buffer.concat([png.subarray(0, 60), Buffer.alloc(200, 0xff)]),
      Buffer.from('GIF89a=1;alert(1)//'),
    ];
    for (const bytes of broken) {
      const file = await upload(bytes);
      assert.deepEqual([file.type, file.width, file.size], ['application/octet-stream', undefined, bytes.length]);
      const { headers } = await fetched(file);
      assert.match(headers.get('content-disposition')!, /^attachment/);
      const started = await server.execute(
        'conversation.start',
        { conversationId: uuidv7(), text: 'See', attachmentIds: [file.id] },
        visitor.actor,
      );
      assert.equal(started.seq, 1);
    }
  });

  it('is refused above 50 MiB before it is read, whatever other files may have', async () => {
    const read = (): never => assert.fail('it was read');
    const picture = { type: 'image/png', size: MOST_PICTURE_BYTES + 1, read };
    await assert.rejects(new PictureCleaner().clean(picture, 'visitor 1'), { code: 'too_large' });
  });

  it('does not stand behind all those of another sender, of whom only so many wait', async () => {
    const cleaner = new PictureCleaner();
    const order: string[] = [];
    const clean = (sender: string) =>
      cleaner.clean(
        {
          type: 'image/png',
          size: 1,
          read: async () => {
            order.push(sender);
            return new Uint8Array(1);
          },
        },
        sender,
      );
    const many = Array.from({ length: 18 }, () => clean('many'));
    const refusal = assert.rejects(clean('many'), { code: 'unavailable' });
    await Promise.all([...many, refusal, clean('one')]);
    assert.deepEqual(order.slice(0, 4), ['many', 'many', 'one', 'many']);
    assert.equal(order.length, 19);
    await clean('many');
    assert.equal(order.length, 20, 'who was refused may come again');
  });

  it('does not hold up what else the server does, however many come at once', async () => {
    const large = await halves(4_000, 3_000).jpeg().toBuffer();
    let answered = 0;
    const uploads = Promise.all([1, 2, 3, 4].map(() => send(large).then(() => (answered += 1))));
    await server.http('GET', '/api/v1/attachment-limits');
    assert.equal(answered, 0, 'a small question is answered first');
    await uploads;
    assert.equal(answered, 4);
  });
});
