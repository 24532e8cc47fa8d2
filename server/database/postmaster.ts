import { spawn } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '../kernel/startup-error.ts';
import type { PostgresAccount } from './postgres-account.ts';
import { cannotRun, postgresEnvironment } from './postgres-cluster.ts';
import { readPostmasterFile, stateOfProcess } from './postmaster-file.ts';

/** A running main process of Postgres. */
export interface Postmaster {
  pid: number;
  /** Resolves when it has ended, with how, in words. */
  ended: Promise<string>;
  /** Does nothing once it has ended. */
  signal(name: 'SIGINT' | 'SIGQUIT'): void;
}

/** Postgres ended before it was ready. */
export class LaunchFailure extends StartupError {
  override name = 'LaunchFailure';
  /** Whether processes of the previous one were in the way, which pass. */
  readonly leftovers: boolean;

  constructor(log: string, logFile: string) {
    const reason = /(?:FATAL|PANIC): {2}(.*)/.exec(log)?.[1] ?? log.trim().split('\n').slice(-3).join(' ').trim();
    super(`The embedded Postgres does not start: ${reason || 'it gave no reason'}. More is in ${logFile}.`);
    this.leftovers = /lock file ".*" already exists|pre-existing shared memory block/.test(log);
  }
}

export interface Launch {
  program: string;
  words: string[];
  clusterFolder: string;
  account: PostgresAccount;
  logFile: string;
  /** Runs once its process is there. */
  meanwhile: () => void;
}

/** Starts Postgres and waits until it takes connections, through a recovery if need be. */
export async function launchPostmaster(launch: Launch): Promise<Postmaster> {
  const { program, words, clusterFolder, account, logFile } = launch;
  await setOldLogAside(logFile);
  const log = await open(logFile, 'a', 0o600);
  const logStart = (await log.stat()).size;
  const child = spawn(program, words, {
    cwd: '/',
    env: postgresEnvironment,
    stdio: ['ignore', log.fd, log.fd],
    // In a session of its own: Ctrl-C in a terminal is for the server, which ends the database last.
    detached: true,
    ...(account.other ? { uid: account.uid, gid: account.gid } : {}),
  });
  let running = true;
  const ended = new Promise<string>((resolve, reject) => {
    child.once('error', (error) => reject(cannotRun(program, error)));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  }).finally(() => (running = false));
  child.unref();
  // One that fails to run at all is reported by the race below; no second report by Node.
  ended.catch(() => undefined);
  await log.close();
  launch.meanwhile();

  const { pid } = child;
  while (running && pid !== undefined) {
    const file = await readPostmasterFile(clusterFolder);
    if (file?.pid === pid && file.status === 'ready') {
      return { pid, ended, signal: (name) => void (running && child.kill(name)) };
    }
    await Promise.race([sleep(5), ended]);
  }
  await ended;
  throw new LaunchFailure((await readFile(logFile)).subarray(logStart).toString(), logFile);
}

/** Takes charge of a Postgres that is not our child, so that its end has to be watched for. */
export function adoptPostmaster(pid: number, clusterFolder: string): Postmaster {
  const isRunning = async (): Promise<boolean> => {
    const state = await stateOfProcess(pid, clusterFolder);
    return state === 'postmaster' || (state === 'hidden' && (await readPostmasterFile(clusterFolder))?.pid === pid);
  };
  const ended = (async () => {
    while (await isRunning()) await sleep(100, undefined, { ref: false });
    return 'seen missing';
  })();
  return {
    pid,
    ended,
    signal(name) {
      try {
        process.kill(pid, name);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
    },
  };
}

/** Postgres says little here, but for years. */
async function setOldLogAside(logFile: string): Promise<void> {
  try {
    if ((await stat(logFile)).size > 5 * 1024 * 1024) await rename(logFile, `${logFile}.1`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
