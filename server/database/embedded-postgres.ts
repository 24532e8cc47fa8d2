import { realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataFolderError } from '../kernel/startup-error.ts';
import { choosePostgresAccount } from './postgres-account.ts';
import { preparePostgresBinaries } from './postgres-binaries.ts';
import { postgresClient, socketAddress } from './postgres-client.ts';
import { databaseUser, ensureCluster } from './postgres-cluster.ts';
import { endOrphans } from './orphans.ts';
import {
  disownPostmasterFile,
  formatPostmasterArguments,
  readPostmasterArguments,
  readPostmasterFile,
  stateOfProcess,
} from './postmaster-file.ts';
import { adoptPostmaster, LaunchFailure, launchPostmaster, type Postmaster } from './postmaster.ts';
import { prepareSocketFolder, removeUnused } from './socket-folder.ts';

/** Where the supervisor writes; pino fits. */
export interface PostgresLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface EmbeddedPostgres {
  /** Address for `postgresClient` and for `pg`; stays the same through restarts of the database. */
  url: string;
  /** Whether a database left running by a killed server was taken over. */
  adopted: boolean;
  /** Ends sessions, shuts the database down and waits for it. Safe to call twice. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** The data folder, which must exist and be locked by the caller (`lockDataFolder`). */
  dataDir: string;
  log: PostgresLog;
  /** Server settings on top of ours, for tests. */
  settings?: Record<string, string>;
  /** Runs when there is nothing to do but to wait for Postgres: for long while a database is made, for a moment whenever it starts. */
  meanwhile?: (wait: 'making' | 'starting') => void;
}

const databaseName = 'parlour';

/** Given on the command line, where no configuration file and no ALTER SYSTEM can override them. */
const ownSettings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  // What an acknowledgement promises rests on these three.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // One process with a few small pools, not a fleet; a parallel query would want more shared memory than containers give.
  max_connections: '50',
  shared_buffers: '128MB',
  max_parallel_workers_per_gather: '0',
  // What they are anyway where log files have the usual size: else they would shrink with it, and a busy hour be one checkpoint after the other.
  max_wal_size: '1GB',
  min_wal_size: '80MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  cluster_name: 'parlour',
  // Errors reach whoever caused them. In a log they would show values from people's messages.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** How long leftovers of a killed database (a zombie, backends ending their last query) may keep a new one from starting. */
const leftoversMs = 30_000;

/** Those that end by themselves take less, recovery of a large cluster apart, which begins anew then. */
const orphansMs = 3_000;

/**
 * Runs Postgres in `DATA_DIR/postgres` and keeps it running: starts it, or takes over the one a killed server left; starts it
 * again when it ends by itself. It listens on a Unix socket in a private folder only and logs to `DATA_DIR/postgres.log`.
 * @throws StartupError with a sentence for whoever runs the server.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = await realpath(options.dataDir);
  const clusterFolder = join(dataDir, 'postgres');
  const account = await choosePostgresAccount(clusterFolder);
  const binaries = await preparePostgresBinaries(account);
  await ensureCluster(clusterFolder, binaries, account, () => options.meanwhile?.('making'));
  const socketFolder = await prepareSocketFolder(dataDir, account);
  const settings = { ...ownSettings, unix_socket_directories: socketFolder, ...options.settings };
  const words = [
    '-D',
    clusterFolder,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const launch = (): Promise<Postmaster> =>
    launchPostmaster({
      program: binaries.postgres,
      words,
      clusterFolder,
      account,
      logFile: join(dataDir, 'postgres.log'),
      meanwhile: () => options.meanwhile?.('starting'),
    });
  const supervisor = new Supervisor(clusterFolder, socketFolder, words, launch, options.log);
  const adopted = await supervisor.start().catch(async (error: unknown) => {
    await removeUnused(socketFolder);
    throw error;
  });
  return {
    url: socketAddress(socketFolder, databaseUser, databaseName),
    adopted,
    async stop() {
      await supervisor.stop();
      await rm(socketFolder, { recursive: true, force: true });
    },
  };
}

class Supervisor {
  readonly #clusterFolder: string;
  readonly #socketFolder: string;
  readonly #words: string[];
  readonly #launch: () => Promise<Postmaster>;
  readonly #log: PostgresLog;
  #postmaster: Postmaster | undefined;
  #stopped: Promise<void> | undefined;
  #recovery: Promise<void> = Promise.resolve();

  constructor(
    clusterFolder: string,
    socketFolder: string,
    words: string[],
    launch: () => Promise<Postmaster>,
    log: PostgresLog,
  ) {
    this.#clusterFolder = clusterFolder;
    this.#socketFolder = socketFolder;
    this.#words = words;
    this.#launch = launch;
    this.#log = log;
  }

  /** @returns whether a running database was adopted. */
  async start(): Promise<boolean> {
    const running = await this.#findRunning();
    const postmaster = running ?? (await this.#launchPastLeftovers());
    if (!running) await this.#openDatabase(postmaster);
    this.#log.info(
      `${running ? 'Took over the running' : 'Started the'} embedded Postgres (process ${postmaster.pid}).`,
    );
    this.#supervise(postmaster);
    return running !== undefined;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#shutDown();
    return this.#stopped;
  }

  async #shutDown(): Promise<void> {
    // Let a restart in progress come to its end: what is half started cannot be shut down in order.
    await this.#recovery;
    const postmaster = this.#postmaster;
    if (!postmaster) return;
    await endPostmaster(postmaster, this.#log);
    this.#postmaster = undefined;
  }

  #supervise(postmaster: Postmaster): void {
    this.#postmaster = postmaster;
    void postmaster.ended.then((how) => {
      if (this.#stopped) return;
      this.#postmaster = undefined;
      this.#log.warn(`The embedded Postgres (process ${postmaster.pid}) ended by itself (${how}); starting it again.`);
      this.#recovery = this.#startAgain();
    });
  }

  async #startAgain(): Promise<void> {
    for (let pauseMs = 100; !this.#stopped; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      try {
        const postmaster = await this.#launchPastLeftovers();
        this.#log.info(`The embedded Postgres runs again (process ${postmaster.pid}).`);
        this.#supervise(postmaster);
        return;
      } catch (error) {
        this.#log.error(error instanceof Error ? error.message : String(error));
        await sleep(pauseMs);
      }
    }
  }

  /** The postmaster of a killed server, if it runs with the settings and program we would use and answers; else ends it. */
  async #findRunning(): Promise<Postmaster | undefined> {
    for (;;) {
      const file = await readPostmasterFile(this.#clusterFolder);
      if (!file) return undefined;
      const state = await stateOfProcess(file.pid, this.#clusterFolder);
      if (state === 'gone' || state === 'dead' || state === 'other') return undefined;
      if (state === 'postmaster' && (file.status === 'starting' || file.status === 'stopping' || !file.status)) {
        await sleep(20);
        continue;
      }
      const same = (await readPostmasterArguments(this.#clusterFolder)) === formatPostmasterArguments(this.#words);
      if (same && (await this.#answers())) return adoptPostmaster(file.pid, this.#clusterFolder);
      if (state === 'hidden') return undefined;
      this.#log.warn(`Ending a database left running with other settings (process ${file.pid}).`);
      await endPostmaster(adoptPostmaster(file.pid, this.#clusterFolder), this.#log);
    }
  }

  async #launchPastLeftovers(): Promise<Postmaster> {
    const deadline = performance.now() + leftoversMs;
    for (let attempt = 1; ; attempt += 1) {
      const file = await readPostmasterFile(this.#clusterFolder);
      const state = file ? await stateOfProcess(file.pid, this.#clusterFolder) : 'gone';
      if (state === 'dead' || state === 'other') await disownPostmasterFile(this.#clusterFolder);
      try {
        return await this.#launch();
      } catch (error) {
        if (!(error instanceof LaunchFailure) || !error.leftovers || performance.now() > deadline) throw error;
        if (attempt === 1) this.#log.warn('Waiting for processes of the previous database to end.');
        if (performance.now() > deadline - leftoversMs + orphansMs) {
          const ended = await endOrphans(this.#clusterFolder);
          if (ended > 0)
            this.#log.warn(`Ended processes of the previous database that did not end by themselves (${ended}).`);
        }
        await sleep(50);
      }
    }
  }

  async #answers(): Promise<boolean> {
    try {
      await this.#ensureDatabase(false);
      return true;
    } catch (error) {
      this.#log.warn(`The running database does not answer: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }

  /** The database of a cluster that was just started. Where it cannot be used, nothing is left running. */
  async #openDatabase(postmaster: Postmaster): Promise<void> {
    try {
      await this.#ensureDatabase(true);
    } catch (error) {
      await endPostmaster(postmaster, this.#log);
      const reason = error instanceof Error ? error.message : String(error);
      throw new DataFolderError(
        `The embedded Postgres in ${this.#clusterFolder} runs, but its database "${databaseName}" cannot be used: ${reason}. Mend that, or put back a copy of the folder.`,
      );
    }
  }

  /**
   * Proves that the database answers, and makes it where there is none: a crash may have come between making the cluster and this, or
   * somebody dropped it.
   */
  async #ensureDatabase(isJustStarted: boolean): Promise<void> {
    try {
      await this.#ask(databaseName, 'select 1');
    } catch (error) {
      if (!isMissingDatabase(error)) throw error;
      if (isJustStarted && (await this.#isUntouched()) && (await this.#renameAdminDatabase())) return;
      // The one template that nobody can be connected to, which would be in the way.
      await this.#ask('template1', `create database ${databaseName} template template0`);
      this.#log.warn(`There was no database "${databaseName}" in ${this.#clusterFolder}: made an empty one.`);
    }
  }

  /**
   * Whether nobody has made anything in the cluster since it was made: no object has a number beyond those of Postgres' own. It is the last
   * checkpoint that says so, and a start begins with one.
   */
  async #isUntouched(): Promise<boolean> {
    const statement = 'select next_oid::bigint < 16384 as untouched from pg_control_checkpoint()';
    const [row] = await this.#ask('template1', statement);
    return row?.['untouched'] === true;
  }

  /**
   * The database that a new cluster has for administrators becomes ours: another would be 300 more files to make and to write out.
   * @returns false where that cannot be, because it is not there or somebody is connected to it.
   */
  async #renameAdminDatabase(): Promise<boolean> {
    try {
      await this.#ask('template1', `alter database postgres rename to ${databaseName}`);
      return true;
    } catch (error) {
      if (isMissingDatabase(error) || hasCode(error, '55006')) return false;
      throw error;
    }
  }

  async #ask(database: string, statement: string): Promise<Record<string, unknown>[]> {
    const sql = postgresClient(socketAddress(this.#socketFolder, databaseUser, database), {
      max: 1,
      connect_timeout: 5,
      fetch_types: false,
    });
    try {
      return await sql.unsafe(statement);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

/** Fast shutdown: sessions are cut, what is committed is written out. If that hangs, an immediate one, as safe as a crash. */
async function endPostmaster(postmaster: Postmaster, log: PostgresLog): Promise<void> {
  postmaster.signal('SIGINT');
  if (await endsWithin(postmaster, 30_000)) return;
  log.warn(`The embedded Postgres (process ${postmaster.pid}) takes too long to shut down; ending it at once.`);
  postmaster.signal('SIGQUIT');
  if (await endsWithin(postmaster, 10_000)) return;
  throw new DataFolderError(
    `The database process ${postmaster.pid} does not end: end it yourself (\`kill -QUIT ${postmaster.pid}\`) and start again.`,
  );
}

async function endsWithin(postmaster: Postmaster, limitMs: number): Promise<boolean> {
  const cancel = new AbortController();
  const ended = postmaster.ended.then(() => true);
  const late = sleep(limitMs, false, { signal: cancel.signal }).catch(() => false);
  const inTime = await Promise.race([ended, late]);
  cancel.abort();
  return inTime;
}

const isMissingDatabase = (error: unknown): boolean => hasCode(error, '3D000');

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
