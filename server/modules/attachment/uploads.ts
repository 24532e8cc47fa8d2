import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Attachment } from '../../../shared/contract/attachment.ts';
import type { Database } from '../../database/connection.ts';
import { actorKey, type Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/errors.ts';
import { safeFileName } from './file-name.ts';
import { detectType, HEAD_BYTES, isPicture, UNKNOWN_TYPE, type FileType } from './file-type.ts';
import { PictureCleaner } from './picture.ts';
import { toAttachment, type AttachmentRow } from './queries.ts';
import { attachment } from './schema.ts';
import { randomName, type AttachmentStorage } from './storage.ts';

/** A file on its way in. */
export type Upload = {
  /** Made by the client: the same one again is the same file. */
  id: string;
  actor: Actor;
  /** As the sender's machine calls it. */
  name: string;
  /** In bytes, if the sender says so beforehand. */
  announced: number | null;
  chunks: AsyncIterable<Uint8Array>;
  /** Says that so many bytes have come; throws when that is too much for one sender. */
  spend: (bytes: number) => Promise<void>;
};

/** A file that is in no message a day after it was uploaded never will be. */
const UNSENT_MS = 24 * 3_600_000;

/** Takes files in, and puts away what came to nothing. */
export class Uploads {
  readonly #db: Database;
  readonly #storage: AttachmentStorage;
  readonly #clock: Clock;
  readonly #pictures = new PictureCleaner();
  readonly maxBytes: number;

  constructor(parts: { db: Database; storage: AttachmentStorage; clock: Clock; maxBytes: number }) {
    this.#db = parts.db;
    this.#storage = parts.storage;
    this.#clock = parts.clock;
    this.maxBytes = parts.maxBytes;
  }

  /**
   * Stores a file while it comes in. What breaks off leaves nothing behind, and may be sent again under the same id.
   * Pictures are drawn anew, so that they do not tell where and by what they were taken.
   * @throws too_large, id_reused, unavailable, and what `spend` throws
   */
  async take(upload: Upload): Promise<Attachment> {
    const uploader = actorKey(upload.actor);
    const name = safeFileName(upload.name);
    if (upload.announced !== null && upload.announced > this.maxBytes) throw this.#tooLarge();
    const held = await this.#find(upload);
    if (held?.uploadedAt) return sameFile(held, uploader, name, upload.announced);
    if (held && held.uploader !== uploader) throw reused();
    const storedAs = randomName();
    await this.#begin(upload, held, { uploader, name, storedAs });
    try {
      const head = new Head();
      await this.#storage.write(storedAs, this.#measured(upload, head));
      const done = await this.#finish(upload, storedAs, head, await this.#look(storedAs, head, uploader));
      if (!done) throw new DomainError('conflict', 'This file was sent again meanwhile. The newer one counts.');
      return toAttachment(done);
    } catch (error) {
      await this.#forget(upload, storedAs);
      throw error;
    }
  }

  /** Removes what was uploaded and not sent for a day. The file goes before its row, so that nothing is left that no row tells of. */
  async removeUnsent(): Promise<number> {
    const before = new Date(this.#clock.now().getTime() - UNSENT_MS);
    return this.#db.transaction(async (tx) => {
      const unsent = and(isNull(attachment.partId), lt(attachment.createdAt, before));
      const rows = await tx.select().from(attachment).where(unsent).limit(1_000).for('update', { skipLocked: true });
      for (const row of rows) {
        await this.#storage.remove(row.storedAs);
        await tx.delete(attachment).where(at(row));
      }
      return rows.length;
    });
  }

  async #find({ id, actor }: Upload): Promise<AttachmentRow | null> {
    const [row] = await this.#db
      .select()
      .from(attachment)
      .where(at({ workspaceId: actor.workspaceId, id }));
    return row ?? null;
  }

  /** The row comes first. An upload that broke off without our knowing is followed by this one, and its file removed. */
  async #begin(
    { id, actor }: Upload,
    before: AttachmentRow | null,
    made: { uploader: string; name: string; storedAs: string },
  ): Promise<void> {
    const { workspaceId } = actor;
    const unsized = { size: 0, type: UNKNOWN_TYPE, createdAt: this.#clock.now() };
    if (before) {
      const still = and(at(before), eq(attachment.storedAs, before.storedAs), isNull(attachment.uploadedAt));
      const taken = await this.#db
        .update(attachment)
        .set({ ...made, ...unsized })
        .where(still)
        .returning({ id: attachment.id });
      if (taken.length === 0) throw busy();
      return this.#storage.remove(before.storedAs);
    }
    const row = { workspaceId, id, ...made, ...unsized };
    const inserted = await this.#db
      .insert(attachment)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: attachment.id });
    if (inserted.length === 0) throw busy();
  }

  /**
   * What a file is. Of a picture only what is seen is kept; what only looks like one, or cannot be drawn in time, is kept as it came, as
   * a run of bytes.
   */
  async #look(storedAs: string, head: Head, uploader: string): Promise<FileType & { size: number }> {
    const found = detectType(head.bytes());
    if (!isPicture(found.type)) return { ...found, size: head.size };
    const { type } = found;
    const picture = { type, size: head.size, read: () => this.#bytesOf(storedAs) };
    const clean = await this.#pictures.clean(picture, uploader);
    if (!clean) return { type: UNKNOWN_TYPE, size: head.size };
    await this.#storage.replace(storedAs, clean.bytes);
    return { type, width: clean.width, height: clean.height, size: clean.bytes.length };
  }

  async #bytesOf(storedAs: string): Promise<Uint8Array> {
    const file = await this.#storage.read(storedAs);
    return new Uint8Array(await new Response(file?.body ?? null).arrayBuffer());
  }

  async #finish(
    { id, actor }: Upload,
    storedAs: string,
    head: Head,
    found: FileType & { size: number },
  ): Promise<AttachmentRow | null> {
    const own = and(at({ workspaceId: actor.workspaceId, id }), eq(attachment.storedAs, storedAs));
    const { type, size, width = null, height = null } = found;
    const [row] = await this.#db
      .update(attachment)
      .set({ type, width, height, size, sentSize: head.size, uploadedAt: this.#clock.now() })
      .where(own)
      .returning();
    return row ?? null;
  }

  async #forget({ id, actor }: Upload, storedAs: string): Promise<void> {
    await this.#storage.remove(storedAs);
    const own = and(at({ workspaceId: actor.workspaceId, id }), eq(attachment.storedAs, storedAs));
    await this.#db.delete(attachment).where(own);
  }

  async *#measured({ chunks, spend, announced }: Upload, head: Head): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      head.add(chunk);
      if (head.size > this.maxBytes) throw this.#tooLarge();
      await spend(chunk.length);
      yield chunk;
    }
    if (head.size === 0) throw new DomainError('invalid', 'This file is empty. Choose another one.');
    if (announced !== null && announced !== head.size)
      throw new DomainError('invalid', 'Not all of this file arrived. Send it again.');
  }

  #tooLarge(): DomainError {
    const most = Math.floor((this.maxBytes / 1024 ** 2) * 10) / 10;
    return new DomainError('too_large', `A file may have ${most} MiB at most, and this one has more.`);
  }
}

function at({ workspaceId, id }: Pick<AttachmentRow, 'workspaceId' | 'id'>) {
  return and(eq(attachment.workspaceId, workspaceId), eq(attachment.id, id));
}

/** The answer that was given before, if this is what was sent before. */
function sameFile(held: AttachmentRow, uploader: string, name: string, announced: number | null): Attachment {
  const same =
    held.uploader === uploader &&
    held.name === name &&
    (announced === null || announced === (held.sentSize ?? held.size));
  if (!same) throw reused();
  return toAttachment(held);
}

const reused = () =>
  new DomainError('id_reused', 'This id was used before for another file. Make a new id for a new file.');
const busy = () => new DomainError('unavailable', 'This file is being sent already. Try again shortly.');

/** The beginning of a file, and how long all of it is. */
class Head {
  size = 0;
  readonly #pieces: Uint8Array[] = [];

  add(chunk: Uint8Array): void {
    if (this.size < HEAD_BYTES) this.#pieces.push(chunk.slice(0, HEAD_BYTES - this.size));
    this.size += chunk.length;
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#pieces);
  }
}
