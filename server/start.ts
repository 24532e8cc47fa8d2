import { createApp } from './app.ts';
import { readAssets } from './assets.ts';
import { openConnections, type Connections } from './database/connection.ts';
import { prepareDatabase } from './database/prepare.ts';
import { ReactionRunner } from './database/reaction-runner.ts';
import { dropOldReceipts } from './database/receipts.ts';
import { startJobs, type QueuedCommand } from './database/jobs.ts';
import { systemClock, type Clock } from './kernel/clock.ts';
import { CommandBus } from './kernel/command-bus.ts';
import { QueryBus } from './kernel/query-bus.ts';
import { deriveKey } from './kernel/secrets.ts';
import { alertSender } from './modules/alert/sending.ts';
import { ALERT_JOB, dropOldAlerts, findAlerts } from './modules/alert/watch.ts';
import { AttachmentLinks } from './modules/attachment/links.ts';
import { folderStorage } from './modules/attachment/storage.ts';
import { Uploads } from './modules/attachment/uploads.ts';
import type { MailJob } from './mail/mail-sender.ts';
import { createMailer, type MailSettings } from './mail/mailer.ts';
import { TRANSCRIPT_JOB } from './modules/transcript/operations.ts';
import { dropOldTranscripts, transcriptSender } from './modules/transcript/sending.ts';
import { HandingOver } from './modules/routing/hand-over.ts';
import { allOperations, allQueries, allReactions } from './modules/registry.ts';
import { Authenticator } from './policy/authenticate.ts';
import { checkCommand } from './policy/commands.ts';
import { Limits, type LimitNumbers } from './policy/limits.ts';
import { checkQuery } from './policy/queries.ts';
import type { Connection } from './realtime/connection.ts';
import { Hub } from './realtime/hub.ts';
import { Presence } from './realtime/presence.ts';
import { Publisher } from './realtime/publisher.ts';
import { Realtime } from './realtime/realtime.ts';
import { WakeUps } from './realtime/wake-ups.ts';
import { openFrontDoor } from './http/front-door.ts';
import { describeUpgrade } from './http/request-origin.ts';

export type Log = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

export type ServerOptions = {
  databaseUrl: string;
  /** The installation's secret, at least 32 characters. */
  secret: string;
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Origin under which browsers reach the server; left out: what it listens on. */
  publicUrl?: string | undefined;
  /** The folder the build made: client/, demo/, server/migrations/. */
  distDir: string;
  /** The folder that uploaded files are kept in, below `attachments`. */
  dataDir: string;
  /** The largest file that may be attached, in bytes; left out: 10 MiB. */
  maxAttachmentBytes?: number | undefined;
  log: Log;
  clock?: Clock;
  limits?: LimitNumbers;
  /** How often sockets hear where the log stands, in milliseconds; left out: as the protocol says. */
  heartbeatMs?: number | undefined;
  /** How mail is sent; left out: it is not, and nobody is offered any. */
  mail?: MailSettings | undefined;
  /** The least time between two readings of one line of waiting visitors, in milliseconds. */
  queuePauseMs?: number | undefined;
  /** How often messages are looked for that somebody wants to be alerted to, in milliseconds. */
  alertPauseMs?: number | undefined;
};

export type RunningServer = {
  /** Where it listens, such as http://localhost:3000. */
  url: string;
  publicUrl: string;
  connections: Connections;
  commandBus: CommandBus;
  queryBus: QueryBus;
  /** What the set-up form must show, as long as there is no workspace. */
  setUpToken: string;
  realtime: Realtime;
  publisher: Publisher<Connection>;
  uploads: Uploads;
  /** Resolves once jobs are being worked on; the server answers before that. */
  jobsReady: Promise<unknown>;
  /** Unready → no more upgrades → sockets let go → requests and jobs finished (D13). */
  close(): Promise<void>;
};

/** The composition root: everything is made here and handed to what needs it. Resolves when the server answers. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { databaseUrl, secret, log, clock = systemClock } = options;
  const [{ epoch }, assets] = await Promise.all([
    prepareDatabase(databaseUrl, `${options.distDir}/server/migrations`, log),
    readAssets(options.distDir),
  ]);
  const connections = openConnections(databaseUrl, (notice) => log.info({ notice }, 'notice from the database'));
  const hub = new Hub<Connection>();
  const presence = new Presence((workspaceId, signal) => hub.send(`workspace:${workspaceId}`, signal));
  const publisher = new Publisher({ connections, hub, clock, log });
  const reactions = new ReactionRunner(connections.sql, allReactions, log);
  const wakeUps = new WakeUps(databaseUrl, connections.sql, log, () => {
    publisher.wake();
    reactions.wake();
  });
  const server: { address?: string } = {};
  const publicUrl = () => options.publicUrl ?? server.address ?? '';
  const commandBus = new CommandBus({
    connections,
    operations: allOperations(secret, options.mail !== undefined),
    policy: checkCommand,
    clock,
    secret,
    publish(rows, known) {
      publisher.publish(rows, known);
      reactions.notice(rows);
      wakeUps.ring();
    },
  });

  const limits = new Limits(options.limits);
  const storage = folderStorage(`${options.dataDir}/attachments`);
  const maxBytes = options.maxAttachmentBytes ?? USUAL_ATTACHMENT_BYTES;
  const uploads = new Uploads({ db: connections.db, storage, clock, maxBytes });
  const attachmentLinks = new AttachmentLinks(secret);
  const http = await openFrontDoor(options);
  server.address = http.address;
  const queryBus = new QueryBus({
    db: connections.db,
    handlers: allQueries({
      panel: assets.panel,
      mailsTranscripts: options.mail !== undefined,
      attachmentLinks,
      publicUrl: publicUrl(),
      whoIsOnline: (id) => presence.online(id),
    }),
    policy: checkQuery,
    clock,
  });
  const authenticator = new Authenticator({ connections, bus: commandBus, clock, secret, publicUrl: publicUrl() });
  const realtime = new Realtime({
    connections,
    commandBus,
    queryBus,
    authenticator,
    limits,
    clock,
    epoch,
    log,
    hub,
    publisher,
    presence,
    publicUrl: publicUrl(),
    panel: assets.panel,
    mailsTranscripts: options.mail !== undefined,
    queuePauseMs: options.queuePauseMs,
    heartbeatMs: options.heartbeatMs,
  });
  const setUpToken = deriveKey(secret, 'set-up').toString('base64url');
  const state = { ready: false };
  const app = createApp({
    connections,
    commandBus,
    queryBus,
    authenticator,
    limits,
    clock,
    assets,
    log,
    setUpToken,
    realtime,
    uploads,
    storage,
    attachmentLinks,
    publicUrl: publicUrl(),
    isReady: () => state.ready,
  });
  await publisher.start();
  realtime.start();
  reactions.start();
  http.serve(app.fetch, (request, socket, head) => {
    realtime.upgrade(request, socket, head, describeUpgrade(request, publicUrl()));
  });
  state.ready = true;

  const send = options.mail && createMailer(options.mail);
  const sending = send && { db: connections.db, clock, send, publicUrl: publicUrl(), log };
  const transcripts = sending && transcriptSender({ ...sending, attachmentLinks });
  const alerts = sending && alertSender(sending);
  const jobs = startJobs(
    { url: databaseUrl, sql: connections.sql },
    {
      execute: (job) => executeAsSystem(commandBus, job as QueuedCommand),
      // Without mail settings those that were asked for before wait for the next start with them.
      ...(transcripts && { [TRANSCRIPT_JOB]: (job) => transcripts.run(job as MailJob) }),
      ...(alerts && { [ALERT_JOB]: (job) => alerts.run(job as MailJob) }),
    },
    log,
  );
  const removeUnsent = (): void => {
    uploads
      .removeUnsent()
      .catch((error: unknown) => log.warn({ error }, 'files that were never sent could not be removed'));
  };
  const housekeeping = setInterval(() => {
    dropOldReceipts(connections.sql, clock.now()).catch((error: unknown) =>
      log.warn({ error }, 'old receipts could not be dropped'),
    );
    removeUnsent();
    dropOldAlerts(connections.db, clock.now()).catch((error: unknown) =>
      log.warn({ error }, 'old alerts could not be dropped'),
    );
    dropOldTranscripts(connections.db, clock.now()).catch((error: unknown) =>
      log.warn({ error }, 'old transcripts could not be dropped'),
    );
  }, 3_600_000);
  const watching =
    alerts &&
    setInterval(() => {
      findAlerts(connections.db, clock).catch((error: unknown) =>
        log.warn({ error }, 'alerts could not be looked for; they are again shortly'),
      );
    }, options.alertPauseMs ?? ALERTS_MS);
  const handingOver = new HandingOver({ db: connections.db, bus: commandBus, clock, log });
  const looking = setInterval(() => void handingOver.look(), HAND_OVER_MS);
  wakeUps.start();

  return {
    url: http.address,
    publicUrl: publicUrl(),
    connections,
    commandBus,
    queryBus,
    setUpToken,
    realtime,
    publisher,
    uploads,
    jobsReady: jobs.ready,
    async close() {
      state.ready = false;
      clearInterval(housekeeping);
      clearInterval(watching);
      clearInterval(looking);
      const closed = new Promise((resolve) => http.server.close(resolve));
      await realtime.drain();
      http.server.closeIdleConnections();
      let deadline: NodeJS.Timeout | undefined;
      await Promise.race([closed, new Promise((resolve) => (deadline = setTimeout(resolve, 5_000)))]);
      clearTimeout(deadline);
      http.server.closeAllConnections();
      await handingOver.stop();
      await jobs.stop();
      await reactions.stop();
      await publisher.stop();
      await wakeUps.stop();
      await connections.close();
    },
  };
}

/** A photo of a telephone, a few pages of a scan. */
const USUAL_ATTACHMENT_BYTES = 10 * 1024 ** 2;

/** Mail takes longer than this anyway, and a burst of messages is one alert. */
const ALERTS_MS = 10_000;

/** Opening hours begin at the minute; nobody who has waited through the night minds these seconds. */
const HAND_OVER_MS = 10_000;

async function executeAsSystem(bus: CommandBus, job: QueuedCommand): Promise<void> {
  await bus.execute(job.command, job.input, { kind: 'system', workspaceId: job.workspaceId }, { id: job.commandId });
}
