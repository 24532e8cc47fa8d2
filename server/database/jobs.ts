import type { CommandInput, CommandName } from '../../shared/contract/catalogue.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Sql } from './connection.ts';

/** A command as the queue holds it. */
export type QueuedCommand = { workspaceId: string; commandId: string; command: CommandName; input: CommandInput<CommandName> };

type Log = { info(details: object, message: string): void; warn(details: object, message: string): void; error(details: object, message: string): void };

/** Graphile Worker's own version: its tables are looked at again only when it changes. */
export const WORKER_VERSION = '0.17.3';

/** A job gives up after about a day of growing pauses; what failed so long needs a person, and stays in the queue's table to be seen. */
const MOST_ATTEMPTS = 20;

/** Puts a command into the queue, within the caller's transaction. */
export async function enqueue(sql: Sql, job: QueuedCommand & { runAt?: Date | undefined; key?: string | undefined }): Promise<void> {
  const { runAt, key, ...payload } = job;
  await sql`select graphile_worker.add_job('execute', ${JSON.stringify(payload)}::text::json,
    run_at => coalesce(${runAt ?? null}::timestamptz, now()), job_key => ${key ?? null}::text, max_attempts => ${MOST_ATTEMPTS})`;
}

/** Makes or renews the queue's tables. */
export async function migrateJobs(url: string, log: Log): Promise<void> {
  const { runMigrations, Logger } = await import('graphile-worker');
  await runMigrations({ connectionString: url, logger: new Logger(() => forward(log)) });
}

/**
 * Starts working on the queue. Loaded after the server is ready: no visitor waits for it.
 * @param execute runs a command as the system; a DomainError ends the job, anything else is tried again later.
 */
export async function startJobs(url: string, execute: (job: QueuedCommand) => Promise<void>, log: Log): Promise<{ stop(): Promise<void> }> {
  const { run, Logger } = await import('graphile-worker');
  const runner = await run({
    connectionString: url,
    // Each holds a connection while it works; commands are short.
    concurrency: 4,
    maxPoolSize: 5,
    noHandleSignals: true,
    // LISTEN wakes it at once for jobs that are due; polling finds those that become due.
    pollInterval: 1_000,
    logger: new Logger(() => forward(log)),
    taskList: {
      async execute(payload) {
        const job = payload as QueuedCommand;
        try {
          await execute(job);
        } catch (error) {
          if (!(error instanceof DomainError) || error.code === 'unavailable') throw error;
          log.warn({ command: job.command, code: error.code }, `a job was refused: ${error.message}`);
        }
      },
    },
  });
  return { stop: () => runner.stop() };
}

/** The queue chats at length; only what an operator should see gets through. */
function forward(log: Log) {
  return (level: string, message: string) => {
    if (level === 'error') log.error({}, message);
    else if (level === 'warning') log.warn({}, message);
  };
}
