import type { RawData } from 'ws';
import type { ErrorBody } from '../../shared/contract/error.ts';
import { clientFrame, type Credential, type ParsedClientFrame, type ServerFrame } from '../../shared/wire/frames.ts';
import { closeCodes, HEARTBEAT_MS, PROTOCOL } from '../../shared/wire/protocol.ts';
import { DomainError, parse, toErrorBody } from '../kernel/errors.ts';
import type { Identity } from '../policy/authenticate.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Frame, FrameSocket } from './frame-socket.ts';
import type { Listener } from './hub.ts';

/** A slow reader may have this much waiting when more is to come (D11). */
const MOST_BUFFERED = 1024 * 1024;
const LONGEST_UNDRAINED_MS = 10_000;
const HELLO_WITHIN_MS = 10_000;
/** Two missed heartbeats, and a little for the road (rule 12). */
const LONGEST_SILENCE_MS = 2 * HEARTBEAT_MS + 5_000;

/** What a connection asks of the server around it. */
export type ConnectionHost = {
  /** Who is this? @throws DomainError */
  identify(upgrade: Upgrade, credential: Credential): Promise<Identity>;
  /** Sends the welcome and what was missed, and starts the flow of events. */
  welcome(connection: Connection, hello: Extract<ParsedClientFrame, { type: 'hello' }>): Promise<void>;
  command(connection: Connection, frame: Extract<ParsedClientFrame, { type: 'command' }>): Promise<unknown>;
  query(connection: Connection, frame: Extract<ParsedClientFrame, { type: 'query' }>): Promise<unknown>;
  typing(connection: Connection, conversationId: string): Promise<void>;
  /** Says where the log stands, as every so often, to one that asks. */
  beat(connection: Connection): void;
  gone(connection: Connection): void;
  /** Whether a command is batched, and so may overlap with the ones before it. */
  isBatched(name: string): boolean;
  report(error: unknown): void;
};

/** What the upgrade request told. */
export type Upgrade = { cookie: string | undefined; origin: string | undefined; sameOrigin: boolean; address: string };

/** One socket: frames in order, hello first, commands in the order of arrival. Timers are the server's: one sweep for all. */
export class Connection implements Listener {
  /** Told to whoever identifies the connection, and then forgotten: an idle socket should hold little. */
  #upgrade: Upgrade | null;
  /** What it listens to. */
  topics: readonly string[] = [];
  identity: Identity | null = null;
  /** Whether it counts as somebody's presence: not before the welcome. */
  present = false;
  readonly #socket: FrameSocket;
  readonly #host: ConnectionHost;
  readonly #openedAt: number;
  #heardAt: number;
  #undrainedSince: number | null = null;
  #greeted = false;
  /** How many events frames this socket was sent (rule 7). */
  #sent = 0;
  /** Frames that arrive for us while the replay is being read go after it. */
  #held: { frame: Frame; isEvents: boolean }[] | null = [];
  /** The last command that was not batched: what comes after it waits for it. */
  #barrier: Promise<unknown> | null = null;
  #inFlight: Set<Promise<unknown>> | null = null;

  constructor(socket: FrameSocket, upgrade: Upgrade, host: ConnectionHost, now: number) {
    this.#socket = socket;
    this.#upgrade = upgrade;
    this.#host = host;
    this.#openedAt = now;
    this.#heardAt = now;
    socket.on('message', (data: RawData, isBinary: boolean) => this.#receive(data, isBinary));
    socket.on('close', () => host.gone(this));
    // ws closes by itself after a protocol error (1009 for a frame that is too large); there is nothing to add.
    socket.on('error', () => undefined);
  }

  get actor(): Actor | null {
    return this.identity?.actor ?? null;
  }

  /** An events frame or signal from the hub, already JSON. */
  send(frame: Frame, isEvents: boolean): void {
    if (this.#held) this.#held.push({ frame, isEvents });
    else this.#write(frame, isEvents);
  }

  sendFrame(frame: ServerFrame): void {
    this.#write(JSON.stringify(frame), frame.type === 'events');
  }

  /** An events frame of the replay, already JSON. Resolves once the reader has taken it, or is gone. */
  async sendAndDrain(text: string): Promise<void> {
    if (this.#socket.readyState !== 1) return;
    this.#sent += 1;
    await new Promise<void>((resolve) => this.#socket.sendAtOnce(text, resolve));
    this.#undrainedSince = null;
  }

  /** The heartbeat (rule 12). Not before the replay is out: it says that everything up to the position was sent. */
  sendHead(position: string): void {
    if (this.#held === null) this.sendFrame({ type: 'head', position, sent: this.#sent });
  }

  /** The replay has been sent: let through what came meanwhile. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const { frame, isEvents } of held) this.#write(frame, isEvents);
  }

  close(code: number, error?: ErrorBody): void {
    if (error) this.sendFrame({ type: 'error', error });
    this.#socket.close(code);
  }

  /** Drops the line without a word: for a peer that no longer answers. */
  terminate(): void {
    this.#socket.terminate();
  }

  /** Called every few seconds. @param now monotonic milliseconds @param wallNow Unix milliseconds */
  sweep(now: number, wallNow: number): void {
    if (!this.#greeted && now - this.#openedAt > HELLO_WITHIN_MS) {
      // Not a broken peer: a tab that was frozen while it connected. It may come back as it is.
      this.close(closeCodes.silent, {
        code: 'invalid',
        message: 'The first frame must be a hello, within 10 seconds.',
      });
    } else if (now - this.#heardAt > LONGEST_SILENCE_MS) {
      this.#socket.close(closeCodes.silent);
      this.terminate();
    } else if (this.identity?.expiresAt && this.identity.expiresAt < wallNow) {
      this.close(closeCodes.unauthenticated, {
        code: 'expired',
        message: 'The token has expired. Come back with a fresh one.',
      });
    }
    this.#checkDrain(now);
  }

  #checkDrain(now: number): void {
    // What this turn sent has not been offered to the reader yet.
    this.#socket.leave();
    if (this.#socket.bufferedAmount === 0) this.#undrainedSince = null;
    else if (this.#undrainedSince === null) this.#undrainedSince = now;
    else if (now - this.#undrainedSince > LONGEST_UNDRAINED_MS) this.#resync();
  }

  /** The peer reads too slowly: it comes back and resumes, rather than missing something silently. */
  #resync(): void {
    this.#socket.close(closeCodes.resync);
    this.terminate();
  }

  #write(frame: Frame, isEvents: boolean): void {
    if (this.#socket.readyState !== 1) return;
    // Slow is who leaves much, not who is sent much at once: cut for the size of an answer, they would come back and ask for the same.
    if (this.#socket.bufferedAmount > MOST_BUFFERED) {
      this.#socket.leave();
      if (this.#socket.bufferedAmount > MOST_BUFFERED) return this.#resync();
    }
    if (isEvents) this.#sent += 1;
    this.#socket.send(frame);
  }

  #receive(data: RawData, isBinary: boolean): void {
    // Closed by us, and the peer has not taken note yet: what it says now counts no more.
    if (this.#socket.readyState !== 1) return;
    this.#heardAt = performance.now();
    let frame: ParsedClientFrame;
    try {
      if (isBinary) throw new DomainError('invalid', 'Frames are JSON text.');
      frame = parse(clientFrame, parseJson(data));
    } catch (error) {
      this.close(closeCodes.protocol, toErrorBody(error));
      return;
    }
    void this.#handle(frame).catch((error: unknown) => this.#host.report(error));
  }

  async #handle(frame: ParsedClientFrame): Promise<void> {
    if (frame.type === 'hello') return this.#hello(frame);
    if (!this.identity) {
      const message = this.#greeted
        ? 'After the hello, wait for the welcome before sending anything else.'
        : 'The first frame must be a hello.';
      this.close(closeCodes.protocol, { code: 'invalid', message });
      return;
    }
    switch (frame.type) {
      case 'beat':
        return this.#host.beat(this);
      case 'signal':
        return this.#host.typing(this, frame.conversationId);
      case 'query':
        return this.#answer(frame.id, 'answer', this.#host.query(this, frame));
      case 'command':
        return this.#command(frame);
    }
  }

  async #hello(frame: Extract<ParsedClientFrame, { type: 'hello' }>): Promise<void> {
    if (this.#greeted) {
      this.close(closeCodes.protocol, { code: 'invalid', message: 'There can only be one hello on a connection.' });
      return;
    }
    this.#greeted = true;
    try {
      if (frame.protocol !== PROTOCOL) {
        throw new DomainError(
          'unsupported',
          `This server speaks protocol ${PROTOCOL}. Reload the page to get the matching script.`,
        );
      }
      const upgrade = this.#upgrade!;
      this.#upgrade = null;
      this.identity = await this.#host.identify(upgrade, frame.credential);
      await this.#host.welcome(this, frame);
    } catch (error) {
      const body = toErrorBody(error);
      if (!(error instanceof DomainError)) this.#host.report(error);
      const retry = body.code === 'internal' || body.code === 'unavailable' || body.code === 'rate_limited';
      const mayReturn = body.code === 'unauthenticated' || body.code === 'expired';
      this.close(retry ? closeCodes.restart : mayReturn ? closeCodes.unauthenticated : closeCodes.protocol, body);
    }
  }

  async #answer(id: string, type: 'ack' | 'answer', work: Promise<unknown>): Promise<void> {
    try {
      this.sendFrame({ type, id, result: await work } as ServerFrame);
    } catch (error) {
      if (!(error instanceof DomainError)) this.#host.report(error);
      this.sendFrame({ type: 'nack', id, error: toErrorBody(error) });
    }
  }

  /** Batched commands overlap, in order; any other waits for all before it, and all after wait for it. */
  async #command(frame: Extract<ParsedClientFrame, { type: 'command' }>): Promise<void> {
    const inFlight = (this.#inFlight ??= new Set());
    const isBatched = this.#host.isBatched(frame.name);
    const before = isBatched ? this.#barrier : inFlight.size > 0 ? Promise.allSettled(inFlight) : null;
    const run = () => this.#host.command(this, frame);
    const work = before === null ? run() : before.then(run, run);
    inFlight.add(work);
    if (!isBatched) this.#barrier = work;
    await this.#answer(frame.id, 'ack', work);
    inFlight.delete(work);
    if (this.#barrier === work) this.#barrier = null;
  }
}

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(String(data));
  } catch (error) {
    // Only a syntax error can come from JSON.parse; the peer hears that it sent no JSON.
    throw new DomainError('invalid', 'Frames are JSON text.', {
      fields: { frame: error instanceof Error ? 'is not JSON' : 'is unreadable' },
    });
  }
}
