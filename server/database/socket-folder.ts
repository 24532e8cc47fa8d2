import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, rmdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderError } from '../kernel/startup-error.ts';
import type { PostgresAccount } from './postgres-account.ts';

/** Kernels cut or refuse socket paths past 104 (macOS) or 108 (Linux) bytes, the closing zero included. */
const longestSocketPath = 99;

/** Whether a Unix socket can have this path everywhere. */
export function fitsSocketPath(path: string): boolean {
  return Buffer.byteLength(path) <= longestSocketPath;
}

/** A short path among the temporary files that belongs to one data folder, for sockets that cannot be in it. */
export function shortSocketName(folder: string): string {
  const name = `parlour-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  const path = join(tmpdir(), name);
  return fitsSocketPath(join(path, '.s.PGSQL.5432')) ? path : join('/tmp', name);
}

/**
 * The folder for the database's socket, open to its owner alone: inside the data folder, where nobody else can
 * have put anything, or where that cannot hold sockets (long path, some shared mounts), among the temporary files.
 */
export async function prepareSocketFolder(dataDir: string, account: PostgresAccount): Promise<string> {
  const inside = join(dataDir, 'run');
  if (fitsSocketPath(join(inside, '.s.PGSQL.5432'))) {
    await makePrivate(inside, account);
    if (await holdsSockets(inside)) return inside;
  }
  const outside = `${shortSocketName(dataDir)}-${account.uid}`;
  await makePrivate(outside, account);
  return outside;
}

/** Takes the folder away after a start that failed, unless a database that is there after all has its socket in it. */
export async function removeUnused(socketFolder: string): Promise<void> {
  // Whatever keeps it there, being mounted or somebody else's by now, must not hide why the start failed.
  await rmdir(socketFolder).catch(() => undefined);
}

async function makePrivate(folder: string, account: PostgresAccount): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
    if (process.getuid?.() !== account.uid) await chown(folder, account.uid, account.gid);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const found = await lstat(folder);
  // Whoever owns the folder could stand in for the database.
  if (!found.isDirectory() || found.uid !== account.uid) {
    throw new DataFolderError(
      `The folder ${folder} for the database's socket belongs to another account (user id ${found.uid}, expected ${account.uid}): remove it and start again.`,
    );
  }
  if (found.mode & 0o077) await chmod(folder, 0o700);
}

function holdsSockets(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(join(folder, `.t${process.pid}`), () => server.close(() => resolve(true)));
  });
}
