import { readdir, readFile, readlink, realpath } from 'node:fs/promises';

/**
 * Ends what a killed postmaster has left behind. Its processes end by themselves as soon as they notice, but one that waits for a lock of
 * another never does, and for as long as it lives no Postgres starts on the cluster. What was committed is on disk; it has nothing else.
 * Nothing is ended while a postmaster runs there. Only Linux tells who works in a folder; elsewhere it is left to whoever runs the server.
 * @returns how many processes were ended
 */
export async function endOrphans(clusterFolder: string): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const folder = await realpath(clusterFolder);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => titleOf(pid, folder)));
  const theirs = found.filter((one) => one !== undefined);
  // A postmaster bears the name of its program; the processes below it say what they do.
  if (theirs.some(({ title }) => !title.startsWith('postgres: '))) return 0;
  for (const { pid } of theirs) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
  return theirs.length;
}

/** What a process that works in a folder calls itself; undefined where it works elsewhere, has ended, or is not ours to look at. */
async function titleOf(pid: string, folder: string): Promise<{ pid: number; title: string } | undefined> {
  try {
    if ((await readlink(`/proc/${pid}/cwd`)) !== folder) return undefined;
    const title = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    return title ? { pid: Number(pid), title } : undefined;
  } catch {
    return undefined;
  }
}
