import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { commands, queries, type CommandName, type QueryName } from '../../shared/contract/catalogue.ts';
import type { VisitorSnapshot } from '../../shared/contract/visitor.ts';
import type { Credential, SignalFrame } from '../../shared/wire/frames.ts';
import { closeCodes, HEARTBEAT_MS } from '../../shared/wire/protocol.ts';
import type { Connections } from '../database/connection.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { CommandBus } from '../kernel/command-bus.ts';
import { DomainError, notFound } from '../kernel/errors.ts';
import type { QueryBus } from '../kernel/query-bus.ts';
import { findTyped, type TypedConversation } from '../modules/conversation/queries.ts';
import { isVisiting, visitorSnapshot } from '../modules/visitor/queries.ts';
import { workspaceSnapshot } from '../modules/workspace/queries.ts';
import { refuseUpgrade } from '../http/refuse-upgrade.ts';
import type { Authenticator, Identity } from '../policy/authenticate.ts';
import type { Limits } from '../policy/limits.ts';
import { seesConversation } from '../policy/visibility.ts';
import { Connection, type ConnectionHost, type Upgrade } from './connection.ts';
import { inboxTopics, topicsOf } from './audience.ts';
import type { Hub } from './hub.ts';
import type { Presence } from './presence.ts';
import type { Publisher } from './publisher.ts';
import { QueueWatch } from './queue-watch.ts';
import { inFrames, NO_POSITION, replay } from './resume.ts';
import { StandingWatch } from './standing-watch.ts';
import { StreamSocket } from './stream-socket.ts';
import { WebSocketLine } from './web-socket-line.ts';

/** No frame of ours is larger: a message of 10,000 characters is at most 40 kB of UTF-8. */
const LARGEST_FRAME = 64 * 1024;
const SWEEP_MS = 5_000;
/** Sockets are let go over this long, so that a restarted server is not met by everyone at once (D13). */
const DRAIN_MS = 3_000;

export type RealtimeParts = {
  connections: Connections;
  commandBus: CommandBus;
  queryBus: QueryBus;
  authenticator: Authenticator;
  limits: Limits;
  clock: Clock;
  publicUrl: string;
  /** Path of the panel's module, as built. */
  panel: string;
  mailsTranscripts: boolean;
  epoch: string;
  log: { error(details: object, message: string): void };
  hub: Hub<Connection>;
  publisher: Publisher<Connection>;
  presence: Presence;
  heartbeatMs?: number | undefined;
  /** The least time between two readings of one line of visitors; left out: as the watch has it. */
  queuePauseMs?: number | undefined;
};

/** Sockets, and what goes over them. Knows commands and queries by name only. */
export class Realtime implements ConnectionHost {
  readonly #parts: RealtimeParts;
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: LARGEST_FRAME,
    // Compression costs 300 kB a socket and saves little on small frames.
    perMessageDeflate: false,
  });
  readonly #connections = new Set<Connection>();
  readonly #streams = new Map<string, StreamSocket>();
  #sweepTimer: NodeJS.Timeout | undefined;
  #headTimer: NodeJS.Timeout | undefined;
  #draining = false;
  readonly #queues: QueueWatch;
  readonly #standing: StandingWatch;

  constructor(parts: RealtimeParts) {
    this.#parts = parts;
    const { connections, clock, hub, log, queuePauseMs } = parts;
    this.#queues = new QueueWatch({
      db: connections.db,
      clock,
      send: (topic, signal) => hub.send(topic, signal),
      log,
      pauseMs: queuePauseMs,
    });
    this.#standing = new StandingWatch({
      db: connections.db,
      clock,
      hub,
      open: this.#connections,
      endSession: (sessionHash) => this.endSession(sessionHash),
    });
    parts.publisher.onRows = async (rows) => {
      await this.#standing.notice(rows);
      this.#queues.notice(rows);
    };
  }

  start(): void {
    this.#sweepTimer = setInterval(() => {
      const [now, wallNow] = [performance.now(), this.#parts.clock.now().getTime()];
      for (const connection of this.#connections) connection.sweep(now, wallNow);
    }, SWEEP_MS);
    this.#headTimer = setInterval(() => this.#sendHeads(), this.#parts.heartbeatMs ?? HEARTBEAT_MS);
  }

  /** How many sockets are open. */
  get size(): number {
    return this.#connections.size;
  }

  /** Takes over an upgrade to /ws. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, upgrade: Upgrade): void {
    if (this.#draining) {
      refuseUpgrade(socket, '503 Service Unavailable', 'Stopping', 2);
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#connections.add(new Connection(new WebSocketLine(webSocket, socket), upgrade, this, performance.now()));
    });
  }

  get isDraining(): boolean {
    return this.#draining;
  }

  /** Takes over a request to /stream, whose answer has begun. */
  stream(response: ServerResponse, upgrade: Upgrade): StreamSocket {
    const socket = new StreamSocket(response, upgrade.origin);
    this.#streams.set(socket.key, socket);
    socket.on('close', () => this.#streams.delete(socket.key));
    this.#connections.add(new Connection(socket, upgrade, this, performance.now()));
    return socket;
  }

  /** The stream that somebody who knows its key may send up. */
  streamOf(key: string): StreamSocket | undefined {
    return this.#streams.get(key);
  }

  /** Lets every socket go, spread over a few seconds, each with a hint when to come back (D13). */
  async drain(): Promise<void> {
    this.#draining = true;
    this.#queues.stop();
    clearInterval(this.#sweepTimer);
    clearInterval(this.#headTimer);
    const open = [...this.#connections];
    const pause = Math.min(DRAIN_MS / Math.max(open.length, 1), 50);
    for (const connection of open) {
      connection.sendFrame({ type: 'bye', retryAfterMs: 500 + Math.round(Math.random() * DRAIN_MS) });
      connection.close(closeCodes.restart);
      if (open.length > 1) await new Promise((resolve) => setTimeout(resolve, pause));
    }
    const deadline = performance.now() + 1_000;
    while (this.#connections.size > 0 && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
    for (const connection of this.#connections) connection.terminate();
  }

  /** Ends the sockets of a sign-in that was signed out. */
  endSession(sessionHash: string): void {
    for (const connection of this.#connections) {
      const { actor } = connection;
      if (actor?.kind === 'teammate' && actor.sessionHash === sessionHash) {
        const message = 'You have been signed out. Please sign in again.';
        connection.close(closeCodes.unauthenticated, { code: 'unauthenticated', message });
      }
    }
  }

  // What connections ask for.

  async identify(upgrade: Upgrade, credential: Credential): Promise<Identity> {
    const { authenticator, limits } = this.#parts;
    await limits.hello(upgrade.address);
    if (credential.kind === 'visitor') return authenticator.byChannel(credential, upgrade.origin);
    if (credential.kind === 'token') return authenticator.byTeammateToken(credential.token);
    if (!upgrade.sameOrigin) {
      throw new DomainError(
        'origin_refused',
        'A sign-in cookie counts only on the server’s own pages. Other sites mint a teammate token.',
      );
    }
    return authenticator.bySignIn(upgrade.cookie);
  }

  async welcome(connection: Connection, hello: Parameters<ConnectionHost['welcome']>[1]): Promise<void> {
    const { connections, clock, epoch, publicUrl, panel, mailsTranscripts, presence } = this.#parts;
    const actor = connection.actor!;
    // A session that ended while the hello was being read has not found this connection; one that ends from here on does.
    if (actor.kind === 'teammate' && !(await this.#standing.isSignedIn(actor)))
      throw new DomainError('unauthenticated', 'Your sign-in has run out. Please sign in again.');
    if (actor.kind === 'visitor' && !(await isVisiting(connections.db, actor)))
      throw new DomainError('unauthenticated', 'You have signed out of this chat.');
    // Joined before the log is read: what is committed from here on is held back and follows the replay.
    this.#join(connection);
    const now = clock.now();
    const { position, recovered, events } = await replay(connections, epoch, actor, hello.resume, now);
    const base = { type: 'welcome', epoch: epoch, position, recovered } as const;
    if (actor.kind === 'teammate') {
      if (!this.#connections.has(connection)) return;
      connection.present = true;
      presence.arrive(actor.workspaceId, actor.id);
      const workspace = await workspaceSnapshot(
        connections.db,
        actor,
        { publicUrl, sendsMail: mailsTranscripts, whoIsOnline: (id) => presence.online(id) },
        now,
      );
      connection.sendFrame({ ...base, as: 'teammate', workspace });
    } else if (actor.kind === 'visitor') {
      const visitor = await visitorSnapshot(connections.db, actor, { panel, mailsTranscripts }, now);
      connection.sendFrame({ ...base, as: 'visitor', visitor });
      this.#queues.answered(actor, visitor.queue);
    }
    // One after the other: all at once, a long replay would look like a slow reader (D11), who would come back to the same replay for ever.
    for (const frame of inFrames(events)) await connection.sendAndDrain(frame);
    connection.release();
  }

  async command(connection: Connection, frame: { id: string; name: string; input: unknown }): Promise<unknown> {
    const actor = connection.actor!;
    if (!Object.hasOwn(commands, frame.name)) throw notFound('command');
    await this.#parts.limits.command(actor, frame.name);
    return this.#parts.commandBus.execute(frame.name as CommandName, frame.input as never, actor, { id: frame.id });
  }

  async query(connection: Connection, frame: { name: string; input: unknown }): Promise<unknown> {
    const actor = connection.actor!;
    if (!Object.hasOwn(queries, frame.name)) throw notFound('query');
    await this.#parts.limits.query(actor);
    const answer = await this.#parts.queryBus.ask(frame.name as QueryName, frame.input as never, actor);
    if (actor.kind === 'visitor' && frame.name === 'visitor.snapshot')
      this.#queues.answered(actor, (answer as VisitorSnapshot).queue);
    return answer;
  }

  async typing(connection: Connection, conversationId: string): Promise<void> {
    const actor = connection.actor!;
    if (!(await this.#parts.limits.signal(actor))) return;
    const held = await findTyped(this.#parts.connections.db, actor.workspaceId, conversationId);
    if (!held || !seesConversation(actor, held)) return;
    const signal = typingSignal(actor, held);
    if (!signal) return;
    const { hub } = this.#parts;
    for (const topic of inboxTopics(actor.workspaceId, held.inboxId)) hub.send(topic, signal, connection);
    if (actor.kind !== 'teammate') return;
    hub.send(`contact:${held.contactId}`, signal, connection);
    if (held.sessionId) hub.send(`visitor:${held.sessionId}`, signal, connection);
  }

  gone(connection: Connection): void {
    this.#connections.delete(connection);
    for (const topic of connection.topics) this.#parts.hub.leave(topic, connection);
    connection.topics = [];
    const { actor } = connection;
    if (connection.present && actor?.kind === 'teammate') this.#parts.presence.leave(actor.workspaceId, actor.id);
  }

  isBatched(name: string): boolean {
    return this.#parts.commandBus.isBatched(name);
  }

  report(error: unknown): void {
    this.#parts.log.error({ error }, 'a frame could not be handled');
  }

  // What the server does of itself.

  #join(connection: Connection): void {
    const { actor } = connection;
    if (!this.#connections.has(connection)) return;
    const wanted = actor ? topicsOf(actor) : [];
    for (const topic of connection.topics) if (!wanted.includes(topic)) this.#parts.hub.leave(topic, connection);
    for (const topic of wanted) this.#parts.hub.join(topic, connection);
    connection.topics = wanted;
  }

  #sendHeads(): void {
    for (const connection of this.#connections) this.beat(connection);
  }

  beat(connection: Connection): void {
    connection.sendHead(connection.actor?.kind === 'teammate' ? this.#parts.publisher.position : NO_POSITION);
  }
}

/** Who is typing, as others may know it; nobody else has a keyboard here. */
function typingSignal(actor: Actor, held: TypedConversation): SignalFrame | null {
  if (actor.kind !== 'visitor' && actor.kind !== 'teammate') return null;
  const id = actor.kind === 'visitor' ? held.contactId : actor.id;
  return { type: 'signal', name: 'typing', conversationId: held.id, from: { kind: actor.kind, id } };
}
