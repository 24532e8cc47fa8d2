import type { Hono } from 'hono';
import { MAX_ATTACHMENTS } from '../../../shared/contract/limits.ts';
import type { AppParts } from '../../app.ts';
import { API, identify, noStore, readKey } from '../../http/api.ts';
import { addressOf } from '../../http/request-origin.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import { allows, attachmentUpload } from '../../policy/commands.ts';
import { contentDisposition } from './file-name.ts';
import { isPicture } from './file-type.ts';
import { linkedFile } from './queries.ts';

/** Nothing in a file may run, load or be taken for another kind, whatever it holds. */
const HARMLESS = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Whoever has the address may show the picture: the pages that carry the chat are on other origins.
  'cross-origin-resource-policy': 'cross-origin',
};

/** Sending files in and fetching them. Apart from the catalogue, because a file is no JSON: the body is the file itself. */
export function serveAttachments(app: Hono, parts: AppParts): void {
  const { uploads, attachmentLinks, storage, limits, connections, clock } = parts;

  app.get(`${API}/attachment-limits`, (context) =>
    context.json({ maxBytes: uploads.maxBytes, maxPerMessage: MAX_ATTACHMENTS }, 200, noStore),
  );

  app.post(`${API}/attachments`, async (context) => {
    const { actor } = await identify(context, parts);
    if (!allows(attachmentUpload, actor)) throw new DomainError('forbidden', 'You may not send files here.');
    await limits.command(actor);
    const id = readKey(context);
    const name = context.req.query('name') ?? '';
    const announced = Number(context.req.header('content-length') ?? Number.NaN);
    const body = context.req.raw.body;
    if (!body) throw new DomainError('invalid', 'This file is empty. Choose another one.');
    await limits.upload(actor);
    const file = await uploads.take({
      id,
      actor,
      name,
      announced: Number.isSafeInteger(announced) ? announced : null,
      chunks: chunksOf(body),
      spend: (bytes) => limits.uploadedBytes(actor, addressOf(context), bytes),
    });
    return context.json(file, 200, noStore);
  });

  app.get(`${API}/attachments/:token`, async (context) => {
    const now = clock.now();
    const linked = attachmentLinks.read(context.req.param('token'), now);
    const row = linked && (await linkedFile(connections.db, linked));
    const file = row && (await storage.read(row.storedAs));
    if (row && !file) parts.log.error({ attachmentId: row.id }, 'a file is missing in the storage');
    if (!linked || !row || !file) throw notFound('file, or this link to it has run out');
    const inline = isPicture(row.type) && context.req.query('download') === undefined;
    return context.body(file.body, 200, {
      ...HARMLESS,
      'content-type': row.type,
      'content-length': String(file.size),
      'content-disposition': contentDisposition(inline ? 'inline' : 'attachment', row.name),
      'cache-control': `private, max-age=${Math.floor((linked.until - now.getTime()) / 1000)}, immutable`,
    });
  });
}

/** A sender who goes away in the middle is no fault of the server's. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    // Node's streams of bytes are iterable; the DOM's types do not know it.
    yield* body as unknown as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError('invalid', 'The file broke off on its way. Send it again.');
  }
}
