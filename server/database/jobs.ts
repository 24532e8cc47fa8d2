import { setTimeout as sleep } from 'node:timers/promises';
import type { Runner } from 'graphile-worker';
import type { CommandInput, CommandName } from '../../shared/contract/catalogue.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Sql } from './connection.ts';

/** A command as the queue holds it. */
export type QueuedCommand = {
  workspaceId: string;
  commandId: string;
  command: CommandName;
  input: CommandInput<CommandName>;
};

type Log = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

/** Graphile Worker's own version: its tables are looked at again only when it changes. */
export const WORKER_VERSION = '0.17.3';

/** A job gives up after about a day of growing pauses; what failed so long needs a person, and stays in the queue's table to be seen. */
const MOST_ATTEMPTS = 20;

/** Puts a command into the queue, within the caller's transaction. */
export async function enqueue(
  sql: Sql,
  job: QueuedCommand & { runAt?: Date | undefined; key?: string | undefined },
): Promise<void> {
  const { runAt, key, ...payload } = job;
  await sql`select graphile_worker.add_job('execute', ${JSON.stringify(payload)}::text::json,
    run_at => coalesce(${runAt ?? null}::timestamptz, now()), job_key => ${key ?? null}::text, max_attempts => ${MOST_ATTEMPTS})`;
}

/** The queue itself, which takes a tenth of a second to load and is not needed to answer. */
export const loadQueue = () => import('graphile-worker');

/** Makes or renews the queue's tables. */
export async function migrateJobs(url: string, log: Log): Promise<void> {
  const { runMigrations, Logger } = await loadQueue();
  await runMigrations({ connectionString: url, logger: new Logger(() => forward(log)) });
}

/** Loading the worker takes the thread for a tenth of a second: whoever has waited for the server is answered first. */
const FIRST_MS = 150;
/** A database that was lost is back in about this time. */
const RESTART_MS = 1_000;
/** No command works for nearly so long; who holds a job longer has been killed. */
const ABANDONED_AFTER_S = 60;

/**
 * A worker that was killed leaves its jobs locked, and the queue itself waits four hours before it gives them to another. A command is executed once
 * however often it is asked for (D1), so it does no harm to take a job from a worker that lives after all.
 */
async function freeJobs(sql: Sql, heldForS: number): Promise<void> {
  await sql`select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs
    where locked_at <= now() - make_interval(secs => ${heldForS})`;
}

/** What is done, by the names of jobs. */
export type JobTasks = Record<string, (payload: unknown) => Promise<void>>;

export type JobWorker = {
  /** Resolves once jobs are being worked on, or `stop` came first. */
  ready: Promise<void>;
  stop(): Promise<void>;
};

/**
 * Works on the queue from now on. Loaded after the server is ready: no visitor waits for it.
 * @param tasks what each kind of job does; a DomainError ends the job, anything else is tried again later.
 */
export function startJobs({ url, sql }: { url: string; sql: Sql }, tasks: JobTasks, log: Log): JobWorker {
  let runner: Runner | undefined;
  let stopped = false;
  const stopping = new AbortController();
  /** The worker gives itself up when it loses the database at a bad moment; the next one takes over what it held. */
  const begin = async (): Promise<void> => {
    for (; !stopped; await sleep(RESTART_MS)) {
      try {
        // Whoever starts may be following a killed server: what that one held is taken up at once.
        await freeJobs(sql, 0);
        const next = await runWorker(url, tasks, log);
        runner = next;
        next.promise
          .catch((error: unknown) => log.warn({ error }, 'the worker of the job queue ended'))
          .finally(() => {
            if (stopped || runner !== next) return;
            log.warn({}, 'working on the job queue is begun anew');
            begun = begin();
          });
        return;
      } catch (error) {
        log.warn({ error }, 'jobs cannot be worked on; it is tried again in a second');
      }
    }
  };
  let begun = sleep(FIRST_MS, undefined, { signal: stopping.signal }).then(begin, () => undefined);
  const watch = setInterval(() => {
    freeJobs(sql, ABANDONED_AFTER_S).catch((error: unknown) =>
      log.warn({ error }, 'abandoned jobs could not be looked for; they are in a minute'),
    );
  }, ABANDONED_AFTER_S * 1_000);
  return {
    ready: begun,
    async stop() {
      stopped = true;
      stopping.abort();
      clearInterval(watch);
      await begun;
      const last = runner;
      runner = undefined;
      // One that has just ended by itself cannot be stopped, and need not be.
      await last?.stop().catch(() => undefined);
    },
  };
}

async function runWorker(url: string, tasks: JobTasks, log: Log): Promise<Runner> {
  const [{ run, Logger }, { default: pg }] = await Promise.all([loadQueue(), import('pg')]);
  const pgPool = new pg.Pool({ connectionString: url, max: 5 });
  // An idle connection that the database ends is replaced at the next use; a pool nobody listens to would end the process over it.
  const lost = (error: Error) => log.warn({ error }, 'a connection of the job queue was lost');
  pgPool.on('error', lost);
  pgPool.on('connect', (client) => client.on('error', lost));
  const starting = run({
    pgPool,
    // Each holds a connection while it works; commands are short.
    concurrency: 4,
    noHandleSignals: true,
    // LISTEN wakes it at once for jobs that are due; polling finds those that become due.
    pollInterval: 1_000,
    // With a delay, be it none, a database that is lost while a job is being settled ends the worker; without one, the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: new Logger(() => forward(log)),
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, work]) => [
        name,
        async (payload) => {
          try {
            await work(payload);
          } catch (error) {
            if (!(error instanceof DomainError) || error.code === 'unavailable') throw error;
            const { command } = payload as Partial<QueuedCommand>;
            log.warn({ job: command ?? name, code: error.code }, `a job was refused: ${error.message}`);
          }
        },
      ]),
    ),
  });
  // The pool goes with its worker, however that ends.
  const ended = starting.then((runner) => runner.promise);
  void ended.catch(() => undefined).then(() => pgPool.end());
  return starting;
}

/** The queue chats at length; only what an operator should see gets through. */
function forward(log: Log) {
  return (level: string, message: string) => {
    if (level === 'error') log.error({}, message);
    else if (level === 'warning') log.warn({}, message);
  };
}
