import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataFolderError, StartupError } from '../kernel/startup-error.ts';

/** The account the database runs under. */
export interface PostgresAccount {
  uid: number;
  gid: number;
  /** Whether it differs from the account of this process, which is then root. */
  other: boolean;
}

/** Accounts every system has and no person uses, best first. */
const unprivileged = ['nobody', 'daemon', 'postgres'];

/**
 * Postgres refuses to run as root. Under root its processes get the account that owns the existing cluster, else an
 * unprivileged one of the system; under anyone else they stay with that account.
 */
export async function choosePostgresAccount(clusterFolder: string): Promise<PostgresAccount> {
  const owner = await ownerOf(clusterFolder);
  const own = { uid: process.geteuid?.() ?? -1, gid: process.getegid?.() ?? -1 };
  if (own.uid !== 0) {
    if (owner && owner.uid !== own.uid) {
      throw new DataFolderError(
        `The database folder ${clusterFolder} belongs to user id ${owner.uid}, but the server runs as user id ${own.uid}: start it as that user, or hand the folder over with \`chown -R ${own.uid} ${clusterFolder}\`.`,
      );
    }
    return { ...own, other: false };
  }
  const candidate = await findUnprivileged();
  if (owner?.uid === 0) {
    throw new DataFolderError(
      `The database folder ${clusterFolder} belongs to root, and Postgres refuses to run as root: hand it over with \`chown -R ${candidate.uid}:${candidate.gid} ${clusterFolder}\`.`,
    );
  }
  return { ...(owner ?? candidate), other: true };
}

/** The nearest folder on the way to a path, itself included, that the account may not pass through. */
export async function closedFolderOnPath(path: string, account: PostgresAccount): Promise<string | undefined> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { uid, gid, mode } = await stat(folder);
    const mayPass = uid === account.uid ? mode & 0o100 : gid === account.gid ? mode & 0o010 : mode & 0o001;
    if (!mayPass) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

async function findUnprivileged(): Promise<{ uid: number; gid: number }> {
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of unprivileged) {
    const found = accounts.find((fields) => fields[0] === name);
    const [uid, gid] = [Number(found?.[2]), Number(found?.[3])];
    if (uid > 0 && Number.isInteger(gid)) return { uid, gid };
  }
  throw new StartupError(
    'Postgres refuses to run as root and this system has no account named nobody, daemon or postgres: start the server as an ordinary user, or set DATABASE_URL to a Postgres of your own.',
  );
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
