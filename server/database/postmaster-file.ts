import { execFile } from 'node:child_process';
import { chown, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a running Postgres says about itself in `postmaster.pid`; fields it has not written yet are empty. */
export interface PostmasterFile {
  pid: number;
  socketFolder: string;
  status: 'starting' | 'ready' | 'stopping' | '';
}

/** Undefined when there is no such file, or nothing in it yet. */
export async function readPostmasterFile(clusterFolder: string): Promise<PostmasterFile | undefined> {
  const text = await readIfThere(join(clusterFolder, 'postmaster.pid'));
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const status = lines[7]?.trim() ?? '';
  return {
    pid,
    socketFolder: lines[4] ?? '',
    status: status === 'ready' || status === 'starting' || status === 'stopping' ? status : '',
  };
}

/**
 * What a process is to a cluster: its `postmaster`; `gone`; `dead`, a zombie nobody has collected; `other`, a process that
 * got the number later; `hidden`, alive but not to be looked at.
 */
export type ProcessState = 'postmaster' | 'gone' | 'dead' | 'other' | 'hidden';

/** Looks a process up by its command line, because a process id alone may have been reused since. */
export async function stateOfProcess(pid: number, clusterFolder: string): Promise<ProcessState> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return 'gone';
  }
  return process.platform === 'linux' ? stateFromProc(pid, clusterFolder) : stateFromPs(pid, clusterFolder);
}

async function stateFromProc(pid: number, clusterFolder: string): Promise<ProcessState> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name before the state is in parentheses and may itself hold some.
    if (/^[ZX]/.test(status.slice(status.lastIndexOf(')') + 2))) return 'dead';
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    return words[words.indexOf('-D') + 1] === clusterFolder ? 'postmaster' : 'other';
  } catch {
    // Ended while we looked, or a /proc that shows only one's own processes. Killing or replacing it needs proof.
    return 'hidden';
  }
}

async function stateFromPs(pid: number, clusterFolder: string): Promise<ProcessState> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,command=', '-p', String(pid)]);
    if (stdout.trimStart().startsWith('Z')) return 'dead';
    return stdout.includes(`-D ${clusterFolder} `) ? 'postmaster' : 'other';
  } catch {
    // ps exits with 1 when the process has ended meanwhile.
    return 'hidden';
  }
}

/**
 * Tells the next Postgres that the process in `postmaster.pid` is not one. Postgres refuses to start as long as the process
 * exists, be it a zombie or a stranger with a reused id, unless it is its own parent: so we put ourselves there. Deleting
 * the file instead would also delete the shared memory key, by which Postgres notices orphans still writing.
 */
export async function disownPostmasterFile(clusterFolder: string): Promise<void> {
  const path = join(clusterFolder, 'postmaster.pid');
  const text = await readIfThere(path);
  if (text === undefined) return;
  const { uid, gid } = await stat(path);
  const draft = `${path}.draft`;
  await writeFile(draft, text.replace(/^.*/, String(process.pid)), { mode: 0o600 });
  await chown(draft, uid, gid);
  await rename(draft, path);
}

/** The command line, without the program, with which Postgres was last started there. */
export async function readPostmasterArguments(clusterFolder: string): Promise<string | undefined> {
  const text = await readIfThere(join(clusterFolder, 'postmaster.opts'));
  return text?.slice(text.indexOf(' ')).trim();
}

/** The same command line as Postgres writes it. */
export function formatPostmasterArguments(words: string[]): string {
  return words.map((word) => `"${word}"`).join(' ');
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
