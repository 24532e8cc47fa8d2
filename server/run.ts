import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { pino, type Logger } from 'pino';
import { ensureDataFolder, readConfig, readOrCreateSecret, type Config } from './config.ts';
import { lockDataFolder } from './database/data-folder-lock.ts';
import { loadQueue } from './database/jobs.ts';
import { StartupError } from './kernel/startup-error.ts';
import { loggedError } from './logged-error.ts';
import { checkPort } from './port.ts';
import type { RunningServer } from './start.ts';

/** What a start may add of its own. */
export type RunOptions = {
  /**
   * Runs once the server answers, before its addresses are printed; what it returns is printed with them. Once `stop` is aborted it ends soon, by returning or by throwing
   * the signal's reason: the database is there until it has.
   */
  prepare?: (server: RunningServer, stop: AbortSignal) => Promise<string[]>;
};

/**
 * Runs a server until it is told to stop: configuration, database, server, its addresses, signals.
 * A mistake of whoever starts it is printed as a sentence, and the exit code is 1.
 */
export async function runServer(env: NodeJS.ProcessEnv, options: RunOptions = {}): Promise<void> {
  try {
    const config = readConfig(env);
    const log = pino({
      level: config.logLevel,
      base: null,
      redact: ['*.password', '*.token', '*.secret'],
      serializers: { error: loggedError },
    });
    await run(config, log, options);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function run(config: Config, log: Logger, options: RunOptions): Promise<void> {
  await ensureDataFolder(config.dataDir);
  const release: (() => Promise<void>)[] = [];
  const letGo = async () => {
    for (const step of release.reverse()) await step();
  };
  const stopping = new AbortController();
  try {
    if (config.databaseUrl === undefined) {
      const lock = await lockDataFolder(config.dataDir);
      release.push(() => lock.release());
    }
    await checkPort(config);
    const database =
      config.databaseUrl === undefined
        ? await startEmbedded(config, log)
        : { url: config.databaseUrl, stop: async () => {} };
    release.push(() => database.stop());
    const [{ startServer }, { makeOwner }, { printAddresses }] = await loadServer();
    const server = await startServer({
      databaseUrl: database.url,
      secret: await readOrCreateSecret(config),
      host: config.host,
      port: config.port,
      publicUrl: config.publicUrlGiven ? config.publicUrl : undefined,
      distDir: distDir(),
      dataDir: config.dataDir,
      maxAttachmentBytes: config.maxAttachmentBytes,
      mail: config.mail,
      log,
    });
    release.push(() => server.close());
    if (config.owner) await makeOwner(server, config.owner, log);
    let prepared: Promise<unknown> = Promise.resolve();
    stopOnSignal(async () => {
      stopping.abort();
      // Whether it failed is told below.
      await Promise.allSettled([prepared]);
      await letGo();
    }, log);
    const extra = options.prepare?.(server, stopping.signal) ?? Promise.resolve([]);
    prepared = extra.then((lines) => (stopping.signal.aborted ? undefined : printAddresses(server, lines)));
    await prepared;
  } catch (error) {
    // Whoever stops it lets go, and ends the process.
    if (stopping.signal.aborted) {
      if (error !== stopping.signal.reason) log.error({ error }, 'the start failed while it was being stopped');
      return;
    }
    await letGo();
    throw error;
  }
}

/** All but what starts a database. The embedded one is there to wait for: what this takes to load is not waited for besides. */
const loadServer = () => Promise.all([import('./start.ts'), import('./make-owner.ts'), import('./print-addresses.ts')]);

async function startEmbedded(config: Config, log: Logger) {
  const { startEmbeddedPostgres } = await import('./database/embedded-postgres.ts');
  const meanwhile = async (wait: 'making' | 'starting'): Promise<void> => {
    await loadServer();
    if (wait === 'making') await loadQueue();
  };
  return startEmbeddedPostgres({
    dataDir: config.dataDir,
    log,
    // What cannot be loaded is told when it is needed.
    meanwhile: (wait) => void meanwhile(wait).catch(() => undefined),
  });
}

/** The build: beside this file when built, below the project's root when run from source. */
function distDir(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const built = dirname(here);
  return existsSync(`${built}/client/manifest.json`) ? built : `${built}/dist`;
}

/** Signals closer together than this are one wish to stop. */
const ONE_KEYPRESS_MS = 1_000;

function stopOnSignal(letGo: () => Promise<void>, log: Logger): void {
  let stoppingSince: number | null = null;
  const stop = (signal: NodeJS.Signals) => {
    if (stoppingSince !== null) {
      // A terminal and npm both pass on one Ctrl-C; a second one, later, means: now.
      if (performance.now() - stoppingSince > ONE_KEYPRESS_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    log.info({ signal }, 'stopping');
    letGo().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
