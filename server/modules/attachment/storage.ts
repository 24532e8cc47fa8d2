import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DomainError } from '../../kernel/errors.ts';

/** Where the bytes of uploaded files are. Names are the server's own; nothing a sender says reaches it. */
export type AttachmentStorage = {
  /** Takes everything the chunks bring, and returns only when it would survive a loss of power. What fails leaves a part behind, for `remove`. */
  write(storedAs: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Puts other bytes in place of a file's, all at once: whoever reads meanwhile gets the old ones or the new ones. */
  replace(storedAs: string, bytes: Uint8Array): Promise<void>;
  /** @returns null when there is no such file */
  read(storedAs: string): Promise<{ size: number; body: ReadableStream<Uint8Array> } | null>;
  /** Of one that is not there it is nothing to do. */
  remove(storedAs: string): Promise<void>;
};

/** 160 random bits in letters that every file system tells apart. */
export function randomName(): string {
  return randomBytes(20).toString('hex');
}

/** Files in a folder, two levels deep, so that no folder grows beyond what tools can list. Servers that share a database must share it. */
export function folderStorage(folder: string): AttachmentStorage {
  const place = (storedAs: string): { dir: string; file: string } => {
    if (!/^[0-9a-f]{40}$/.test(storedAs)) throw new Error('not a name of this storage');
    const dir = join(folder, storedAs.slice(0, 2));
    return { dir, file: join(dir, storedAs) };
  };
  return {
    async write(storedAs, chunks) {
      const { dir, file } = place(storedAs);
      const handle = await makeFile(dir, file);
      try {
        for await (const chunk of chunks) await handle.writeFile(chunk);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    async replace(storedAs, bytes) {
      const { dir, file } = place(storedAs);
      await rm(asNew(file), { force: true });
      const handle = await makeFile(dir, asNew(file));
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(asNew(file), file);
    },
    async read(storedAs) {
      const { file } = place(storedAs);
      const size = await stat(file).then(
        (found) => found.size,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return null;
          throw error;
        },
      );
      if (size === null) return null;
      return { size, body: Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array> };
    },
    async remove(storedAs) {
      const { file } = place(storedAs);
      await rm(asNew(file), { force: true });
      await rm(file, { force: true });
    },
  };
}

/** Where bytes wait that take a file's place. */
const asNew = (file: string): string => `${file}.new`;

async function makeFile(dir: string, file: string) {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return await open(file, 'wx', 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR'].includes(code)) throw error;
    throw new DomainError(
      'unavailable',
      'Files cannot be stored on the server at the moment. Its operator can look at the folder named in DATA_DIR.',
    );
  }
}
