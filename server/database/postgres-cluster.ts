import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DataFolderError, StartupError } from '../kernel/startup-error.ts';
import { closedFolderOnPath, type PostgresAccount } from './postgres-account.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';

/** The only role, a superuser: whoever may enter the socket's folder is the server or root. */
export const databaseUser = 'parlour';

/** All that Postgres may know of our environment: no PG… variable meant for another one, no secret. */
export const postgresEnvironment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Makes sure there is a cluster of the right version that the account can get at, making one if there is none.
 * @param meanwhile runs while it is made, which takes the best part of a second.
 */
export async function ensureCluster(
  clusterFolder: string,
  binaries: PostgresBinaries,
  account: PostgresAccount,
  meanwhile: () => void,
): Promise<void> {
  const closed = await closedFolderOnPath(dirname(clusterFolder), account);
  if (closed) {
    throw new DataFolderError(
      `The embedded database runs as user id ${account.uid}, because Postgres refuses to run as root, and that user may not enter ${closed}: allow it with \`chmod o+x ${closed}\`, choose a DATA_DIR elsewhere, or start the server as an ordinary user.`,
    );
  }
  const version = await readVersion(clusterFolder);
  if (version === undefined) return createCluster(clusterFolder, binaries, account, meanwhile);
  if (version !== String(binaries.major)) {
    throw new DataFolderError(
      `The database in ${clusterFolder} was made by Postgres ${version}, but this server brings Postgres ${binaries.major}: start the version of the server you used before and move the data with pg_dump, or run a Postgres ${version} on it and set DATABASE_URL.`,
    );
  }
}

/** Made under another name and renamed when it is complete and on disk, so that a crash leaves no half cluster behind. */
async function createCluster(
  clusterFolder: string,
  binaries: PostgresBinaries,
  account: PostgresAccount,
  meanwhile: () => void,
): Promise<void> {
  const parent = dirname(clusterFolder);
  const draftPrefix = `${basename(clusterFolder)}.draft-`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(draftPrefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
  const draft = join(parent, draftPrefix + randomBytes(4).toString('hex'));
  await mkdir(draft, { mode: 0o700 });
  if (account.other) await chown(draft, account.uid, account.gid);

  const target = ['-D', draft];
  const settings = ['--username', databaseUser, '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C'];
  // Postgres' own C.UTF-8 sorts and compares the same on every system and through every upgrade of its libraries.
  const locale = ['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'];
  // A log file is filled with zeros and synced before its first use, and every commit waits meanwhile: 70 ms for one of the usual 16 MB.
  const logFiles = ['--wal-segsize', '1'];
  // One call for the whole file system, where there is one, in a fraction of the time of a call for each of 1,000 files.
  const syncMethod = process.platform === 'linux' ? ['--sync-method', 'syncfs'] : [];
  const words = [...target, ...settings, ...locale, ...logFiles, ...syncMethod, '--no-instructions'];
  const made = runInitdb(binaries, account, words);
  meanwhile();
  await made;
  try {
    await rename(draft, clusterFolder);
  } catch {
    // Something without a PG_VERSION is in the way, perhaps a file or the rest of a cluster: not ours to remove.
    await rm(draft, { recursive: true, force: true });
    throw new DataFolderError(
      `${clusterFolder} exists but is not a database: move it away, or put back what is missing from it.`,
    );
  }
  const folder = await open(parent, 'r');
  await folder.sync();
  await folder.close();
}

function runInitdb(binaries: PostgresBinaries, account: PostgresAccount, words: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(binaries.initdb, words, {
      // The account may not be able to enter the folder we were started from.
      cwd: '/',
      env: postgresEnvironment,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(account.other ? { uid: account.uid, gid: account.gid } : {}),
    });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output = (output + chunk).slice(-2000)));
    child.on('error', (error) => reject(cannotRun(binaries.initdb, error)));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else {
        reject(
          new StartupError(
            `The embedded database could not be made: ${output.trim() || `initdb ended with ${code}`}. Mend that, or set DATABASE_URL to a Postgres of your own.`,
          ),
        );
      }
    });
  });
}

/** A program that is there but "not found" lacks its loader: the binaries are made for glibc. */
export function cannotRun(program: string, error: Error): StartupError {
  const code = 'code' in error ? error.code : undefined;
  const reason =
    code === 'ENOENT'
      ? 'it needs a system with glibc (Alpine Linux, for one, has musl)'
      : code === 'EACCES'
        ? `running ${program} is not permitted; perhaps its file system is mounted noexec`
        : error.message;
  return new StartupError(
    `The embedded Postgres cannot run here: ${reason}. Set DATABASE_URL to a Postgres of your own, for example DATABASE_URL=postgres://user:password@localhost:5432/parlour.`,
  );
}

async function readVersion(clusterFolder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(clusterFolder, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw error;
  }
}
