/** A client of the wire that does nothing by itself: what a test sends is sent, what comes is kept. */
import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type {
  CommandInput,
  CommandName,
  CommandResult,
  QueryInput,
  QueryName,
  QueryResult,
} from '../../shared/contract/catalogue.ts';
import { toFull } from '../../shared/wire/brief-event.ts';
import type { ErrorBody } from '../../shared/contract/error.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import type {
  Credential,
  Resume,
  ServerFrame,
  VisitorEvent,
  WelcomeFrame,
  WorkspaceEvent,
} from '../../shared/wire/frames.ts';
import type { Office, Visitor } from './people.ts';
import { until } from './harness.ts';
import type { TestServer } from './harness.ts';

type Frame<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;

/** For `next('signal', …)`: the server may tell of places in the queue or of opening hours at the same moment. */
export const isTyping = (frame: Frame<'signal'>): boolean => frame.name === 'typing';

/** A nack. */
export class RequestRefused extends Error {
  readonly body: ErrorBody;

  constructor(body: ErrorBody) {
    super(`${body.code}: ${body.message}`);
    this.body = body;
  }
}

const open = new Set<TestSocket>();

export class TestSocket {
  /** Everything that came, in order. */
  readonly frames: ServerFrame[] = [];
  /** The same, as it was written. */
  readonly texts: string[] = [];
  closeCode: number | undefined;
  readonly #socket: WebSocket;
  readonly #opened: Promise<void>;
  #read = 0;

  constructor(server: TestServer, headers: Record<string, string> = {}) {
    this.#socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, { headers });
    this.#opened = new Promise((resolve, reject) => {
      this.#socket.once('open', resolve);
      this.#socket.once('error', reject);
    });
    this.#socket.on('error', () => {});
    this.#socket.on('message', (data) => {
      this.texts.push(String(data));
      const frame = JSON.parse(String(data)) as ServerFrame;
      this.frames.push(frame);
      if (frame.type === 'events')
        this.events.push(
          ...frame.events.map((event) => ('records' in event ? toFull(event) : event) as WorkspaceEvent),
        );
    });
    this.#socket.on('close', (code) => {
      this.closeCode = code;
      open.delete(this);
    });
    open.add(this);
  }

  /** The connection below, for tests of what a bad line does. */
  get line(): Socket {
    return (this.#socket as unknown as { _socket: Socket })._socket;
  }

  async send(frame: unknown): Promise<void> {
    await this.#opened;
    this.#socket.send(typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame));
  }

  async hello(credential: Credential, resume?: Resume): Promise<WelcomeFrame> {
    await this.send({ type: 'hello', protocol: 1, credential, ...(resume ? { resume } : {}) });
    return this.next('welcome');
  }

  /** The next frame of this kind that no test has taken yet; what lies before it is passed over. */
  async next<T extends ServerFrame['type']>(
    type: T,
    wanted: (frame: Frame<T>) => boolean = () => true,
  ): Promise<Frame<T>> {
    return until(`a frame "${type}"`, () => {
      while (this.#read < this.frames.length) {
        const frame = this.frames[this.#read++]!;
        if (frame.type === type && wanted(frame as Frame<T>)) return frame as Frame<T>;
      }
      if (this.closeCode !== undefined)
        assert.fail(`closed with ${this.closeCode} before "${type}": ${this.texts.at(-1)}`);
      return undefined;
    });
  }

  /** Sends a command and gives what answers it. */
  async command<N extends CommandName>(name: N, input: CommandInput<N>, id = uuidv7()): Promise<CommandResult<N>> {
    const from = this.frames.length;
    await this.send({ type: 'command', id, name, input });
    return (await this.#settled(id, from)) as CommandResult<N>;
  }

  async query<N extends QueryName>(name: N, input: QueryInput<N>): Promise<QueryResult<N>> {
    const id = uuidv7();
    await this.send({ type: 'query', id, name, input });
    return (await this.#settled(id)) as QueryResult<N>;
  }

  /** The refusal of a command or query. */
  async nack(type: 'command' | 'query', name: string, input: unknown, id = uuidv7()): Promise<ErrorBody> {
    const from = this.frames.length;
    await this.send({ type, id, name, input });
    const frame = await this.answerTo(id, from);
    assert.equal(frame.type, 'nack', JSON.stringify(frame));
    return (frame as Frame<'nack'>).error;
  }

  /** @param from how many frames to pass over: an id may be answered more than once. */
  async answerTo(id: string, from = 0): Promise<Frame<'ack'> | Frame<'answer'> | Frame<'nack'>> {
    return until(`an answer to ${id}`, () =>
      this.frames
        .slice(from)
        .find((frame) => (frame.type === 'ack' || frame.type === 'answer' || frame.type === 'nack') && frame.id === id),
    ) as never;
  }

  async #settled(id: string, from = 0): Promise<unknown> {
    const frame = await this.answerTo(id, from);
    if (frame.type === 'nack') throw new RequestRefused(frame.error);
    return frame.result;
  }

  /** Every event so far, as teammates hear them. */
  readonly events: WorkspaceEvent[] = [];

  /** Every event so far, as a visitor hears them. */
  get visitorEvents(): VisitorEvent[] {
    return this.events as unknown as VisitorEvent[];
  }

  /** @param conversationId whose part it tells of; left out: any */
  async event(name: WorkspaceEvent['name'], conversationId?: string): Promise<WorkspaceEvent> {
    return until(`an event "${name}"`, () =>
      this.events.find(
        (event) => event.name === name && (!conversationId || event.records.part?.conversationId === conversationId),
      ),
    );
  }

  async closed(): Promise<number> {
    await until('the socket closes', () => this.closeCode !== undefined);
    return this.closeCode!;
  }

  close(): void {
    this.#socket.close();
  }

  /** The cable is pulled: nobody says goodbye. */
  cut(): void {
    this.#socket.terminate();
  }
}

export const openSockets = (): readonly TestSocket[] => [...open];

/** Lets every socket of the file go. */
export function closeSockets(): void {
  for (const socket of open) socket.cut();
}

/** The owner's app in a browser. */
export async function ownerSocket(office: Office, resume?: Resume): Promise<TestSocket & { welcome: WelcomeFrame }> {
  const socket = new TestSocket(office.server, office.page);
  const welcome = await socket.hello({ kind: 'cookie' }, resume);
  return Object.assign(socket, { welcome });
}

/** A widget on some page. */
export async function visitorSocket(
  office: Office,
  visitor: Visitor,
  resume?: Resume,
): Promise<TestSocket & { welcome: WelcomeFrame }> {
  const socket = new TestSocket(office.server, { origin: 'https://shop.example' });
  const welcome = await socket.hello({ kind: 'visitor', channelKey: office.channelKey, token: visitor.token }, resume);
  return Object.assign(socket, { welcome });
}
