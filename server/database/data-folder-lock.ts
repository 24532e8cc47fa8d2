import { randomBytes } from 'node:crypto';
import { link, lstat, realpath, rename, unlink } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DataFolderError } from '../kernel/startup-error.ts';
import { fitsSocketPath, shortSocketName } from './socket-folder.ts';

/**
 * Takes the data folder for this process, so that no second server works on the same database, secret and uploads.
 *
 * The lock is a listening Unix socket in the folder. The kernel closes it however the process ends, so there is no
 * process id to be reused and no heartbeat to wait for, and another container that mounts the same folder finds it too.
 * (Where the folder's path is too long for a socket or its file system has none, the socket is in the folder for
 * temporary files, and guards this machine or container only.)
 *
 * @throws DataFolderError naming the process that holds the folder.
 */
export async function lockDataFolder(dir: string): Promise<{ release(): Promise<void> }> {
  const folder = await realpath(dir);
  const inFolder = join(folder, 'server.lock');
  if (fitsSocketPath(draftName(inFolder))) {
    try {
      return await takeLock(folder, inFolder);
    } catch (error) {
      if (!hasCode(error, 'EOPNOTSUPP', 'ENOTSUP', 'EPERM', 'EINVAL', 'ENOSYS')) throw error;
    }
  }
  return takeLock(folder, `${shortSocketName(folder)}.lock`);
}

async function takeLock(folder: string, path: string): Promise<{ release(): Promise<void> }> {
  const draft = draftName(path);
  const server = await listen(draft);
  try {
    const own = (await lstat(draft)).ino;
    await claim(folder, path, draft);
    return {
      async release() {
        if ((await inodeOf(path)) === own) await unlink(path);
        await new Promise<void>((resolve) => server.close(() => resolve()));
      },
    };
  } catch (error) {
    await new Promise<void>((resolve) => server.close(() => resolve()));
    throw error;
  }
}

/** Gives the listening socket its public name, which only one process can do at a time. */
async function claim(folder: string, path: string, draft: string): Promise<void> {
  for (;;) {
    const found = await inodeOf(path);
    if (found === undefined) {
      try {
        await link(draft, path);
        await unlink(draft);
        return;
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
        continue;
      }
    }
    const holder = await askHolder(path);
    if (holder) {
      throw new DataFolderError(
        `Another Parlour server${holder.description} is already using the data folder ${folder}: stop it first, or give this one its own folder in DATA_DIR.`,
      );
    }
    await removeDead(path, found);
  }
}

/** Moves the socket of an ended process away. Should another starter have put a living one there meanwhile, puts it back. */
async function removeDead(path: string, dead: number): Promise<void> {
  const aside = draftName(path);
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if ((await inodeOf(aside)) !== dead) {
    try {
      await link(aside, path);
    } catch (error) {
      // A third starter was quicker still; the database's own lock decides between the two.
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
  await unlink(aside);
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(JSON.stringify({ pid: process.pid, host: hostname() }));
    });
    server.once('error', reject);
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** Who listens behind the lock; undefined when nobody does any more. A holder too busy to answer still holds it. */
function askHolder(path: string): Promise<{ description: string } | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    let connected = false;
    let answer = '';
    const finish = (): void => {
      socket.destroy();
      resolve({ description: describe(answer) });
    };
    socket.setTimeout(1000, finish);
    socket.setEncoding('utf8');
    socket.on('connect', () => (connected = true));
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('end', finish);
    socket.on('error', (error) => {
      if (connected || hasCode(error, 'EAGAIN')) finish();
      else if (hasCode(error, 'ECONNREFUSED', 'ENOENT', 'ENOTSOCK')) resolve(undefined);
      else if (hasCode(error, 'EACCES')) resolve({ description: ' of another account' });
      else reject(error);
    });
  });
}

function describe(answer: string): string {
  try {
    const { pid, host } = JSON.parse(answer) as { pid?: unknown; host?: unknown };
    return ` (process ${Number(pid)}${host === hostname() ? '' : ` on ${String(host)}`})`;
  } catch {
    // The holder is alive but did not answer in time: refusing matters more than naming it.
    return '';
  }
}

function draftName(path: string): string {
  return `${path}.${randomBytes(4).toString('hex')}`;
}

async function inodeOf(path: string): Promise<number | undefined> {
  try {
    return (await lstat(path)).ino;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
