import type {
  CommandInput,
  CommandName,
  CommandResult,
  QueryInput,
  QueryName,
  QueryResult,
} from '../contract/catalogue.ts';
import type { ErrorBody } from '../contract/error.ts';
import { uuidv7 } from '../contract/uuid.ts';
import type { VisitorSnapshot } from '../contract/visitor.ts';
import type { WorkspaceSnapshot } from '../contract/workspace.ts';
import type {
  ClientFrame,
  Credential,
  ServerFrame,
  VisitorEvent,
  WelcomeFrame,
  WorkspaceEvent,
} from '../wire/frames.ts';
import { toFull } from '../wire/brief-event.ts';
import type { BriefEvent } from '../wire/brief-event.ts';
import { MAX_FRAME_BYTES, PROTOCOL } from '../wire/protocol.ts';
import { headsBookmark, positionBookmark } from './bookmark.ts';
import type { Bookmark } from './bookmark.ts';
import { RequestError } from './client.ts';
import type { Client, ClientHandlers, ConnectionStatus, VisitorClient, WorkspaceClient } from './client.ts';
import { Line } from './line.ts';
import type { LineEvents } from './line.ts';
import { Outbox } from './outbox.ts';
import { Questions } from './questions.ts';
import { ownSurroundings } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import { Tabs } from './tabs/tabs.ts';
import { jsonText } from './json-text.ts';
import { webPage } from './web-page.ts';

export type { Surroundings } from './surroundings.ts';

/** A reader sees one typing signal for 6 s, so more than one in this time tells nothing new (rule 10). */
const TYPING_EVERY_MS = 3_000;

/** What differs between a teammate's and a visitor's end of the wire. */
type Side<Event, Snapshot> = {
  server: string;
  credential: () => Promise<Credential>;
  /** Whether asking for the credential again may give a better one. */
  renewable: boolean;
  bookmark: Bookmark<Event>;
  snapshotIn: (frame: WelcomeFrame) => Snapshot | undefined;
  tabs?: Tabs | undefined;
};

export type WorkspaceClientOptions = {
  /** The server's origin. */
  server: string;
  /** Gives a teammate token; asked again whenever a new one is needed. Without it the server's own cookie counts. */
  getToken?: (() => Promise<string>) | undefined;
};

export type VisitorClientOptions = {
  /** The server's origin. */
  server: string;
  channelKey: string;
  token: string;
  /** The page the visitor is on. */
  pageUrl?: (() => string) | undefined;
  /** The site's proof of who the visitor is; shown until the server has welcomed them once. */
  identity?: string | undefined;
  /** Names the visitor among those of this browser: all tabs with the same name share one line. */
  sharedAs?: string | undefined;
};

/** A teammate's client. Nothing happens before `connect()`. */
export function createWorkspaceClient(
  { server, getToken }: WorkspaceClientOptions,
  surroundings: Partial<Surroundings> = {},
): WorkspaceClient {
  const side: Side<WorkspaceEvent, WorkspaceSnapshot> = {
    server,
    credential: async () => (getToken ? { kind: 'token', token: await getToken() } : { kind: 'cookie' }),
    renewable: getToken !== undefined,
    bookmark: positionBookmark(),
    snapshotIn: ({ workspace }) => workspace,
  };
  return new WorkspaceConnection(side, { ...ownSurroundings(), ...surroundings });
}

/** A visitor's client. Nothing happens before `connect()`. */
export function createVisitorClient(
  { server, channelKey, token, pageUrl, identity, sharedAs }: VisitorClientOptions,
  surroundings: Partial<Surroundings> = {},
): VisitorClient {
  let proof = identity;
  const side: Side<VisitorEvent, VisitorSnapshot> = {
    server,
    credential: async () => ({
      kind: 'visitor',
      channelKey,
      token,
      ...webPage(pageUrl?.()),
      ...(proof === undefined ? {} : { identity: proof }),
    }),
    renewable: false,
    tabs: sharedAs === undefined ? undefined : new Tabs(sharedAs),
    bookmark: headsBookmark(),
    snapshotIn({ visitor }) {
      // By the next line it may have expired, and the session is theirs already.
      proof = undefined;
      return visitor;
    },
  };
  return new Connection(side, { ...ownSurroundings(), ...surroundings });
}

type Handlers<Event, Snapshot> = {
  [K in keyof ClientHandlers<Event, Snapshot>]: Set<ClientHandlers<Event, Snapshot>[K]>;
};

class Connection<Event, Snapshot> implements Client<Event, Snapshot>, LineEvents {
  status: ConnectionStatus = 'closed';
  refusal: ErrorBody | null = null;
  snapshot: Snapshot | null = null;
  readonly #side: Side<Event, Snapshot>;
  readonly #surroundings: Surroundings;
  readonly #line: Line;
  readonly #outbox: Outbox;
  readonly #questions: Questions;
  readonly #handlers: Handlers<Event, Snapshot> = {
    status: new Set(),
    welcome: new Set(),
    events: new Set(),
    signal: new Set(),
  };
  /** Names the log that the bookmark is a place in; empty: there is nothing to go on from. */
  #epoch = '';
  /** `events` frames heard on this line (rule 7). */
  #heard = 0;
  #typed = { conversationId: '', at: 0 };

  constructor(side: Side<Event, Snapshot>, surroundings: Surroundings) {
    this.#side = side;
    this.#surroundings = surroundings;
    const send = (frame: string): boolean => this.#isOnline() && this.#line.send(frame);
    this.#outbox = new Outbox(send, surroundings);
    this.#questions = new Questions(send, surroundings);
    this.#line = new Line(side.server, this, surroundings, side.tabs);
  }

  connect(): void {
    if (this.status !== 'closed' && this.status !== 'refused') return;
    this.#turn('connecting');
    this.#line.open();
  }

  close(): void {
    this.#line.close();
    this.#outbox.clear();
    this.#questions.clear();
    // Whoever listens after the next connect() starts from nothing, so there is nothing to go on from.
    this.#epoch = '';
    this.#turn('closed');
  }

  execute<N extends CommandName>(name: N, input: CommandInput<N>, id: string = uuidv7()): Promise<CommandResult<N>> {
    const frame = jsonText({ type: 'command', id, name, input } satisfies ClientFrame);
    // The server would end the line for it (rule 14), again and again.
    if (new TextEncoder().encode(frame).length > MAX_FRAME_BYTES) {
      return Promise.reject(new RequestError({ code: 'too_large', message: 'This is too long to be sent.' }));
    }
    return this.#outbox.add(id, laneOf(name, input), frame) as Promise<CommandResult<N>>;
  }

  query<N extends QueryName>(name: N, input: QueryInput<N>): Promise<QueryResult<N>> {
    if (this.status === 'refused' && this.refusal) return Promise.reject(new RequestError(this.refusal));
    const id = uuidv7();
    return this.#questions.ask(id, jsonText({ type: 'query', id, name, input } satisfies ClientFrame)) as Promise<
      QueryResult<N>
    >;
  }

  async credentials(): Promise<{ server: string; headers: Record<string, string> }> {
    const credential = await this.#side.credential();
    const headers = 'token' in credential ? { authorization: `Bearer ${credential.token}` } : {};
    return { server: this.#side.server, headers };
  }

  typing(conversationId: string): void {
    const at = this.#surroundings.now();
    if (this.status !== 'online') return;
    if (this.#typed.conversationId === conversationId && at - this.#typed.at < TYPING_EVERY_MS) return;
    this.#typed = { conversationId, at };
    this.#line.send(jsonText({ type: 'signal', name: 'typing', conversationId } satisfies ClientFrame));
  }

  on<K extends keyof ClientHandlers<Event, Snapshot>>(
    kind: K,
    handler: ClientHandlers<Event, Snapshot>[K],
  ): () => void {
    this.#handlers[kind].add(handler);
    return () => {
      this.#handlers[kind].delete(handler);
    };
  }

  async hello(): Promise<string> {
    const credential = await this.#side.credential();
    const resume = this.#epoch && { resume: { epoch: this.#epoch, ...this.#side.bookmark.read() } };
    return jsonText({ type: 'hello', protocol: PROTOCOL, credential, ...resume } satisfies ClientFrame);
  }

  get renewable(): boolean {
    return this.#side.renewable;
  }

  lost(how: 'connecting' | 'offline' | 'refused', error: ErrorBody | null): void {
    this.#outbox.rewind();
    this.#questions.rewind();
    if (error && how === 'refused') this.#questions.refuseAll(error);
    this.#turn(how, error);
  }

  received(frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        return this.#welcome(frame);
      case 'events': {
        this.#heard += 1;
        const events = frame.events as Event[];
        this.#side.bookmark.events(events);
        return this.#tell('events', (handler) => handler(events));
      }
      case 'ack':
        return this.#outbox.acknowledge(frame.id, frame.result);
      case 'answer':
        this.#side.bookmark.answer(frame.result);
        return this.#questions.answer(frame.id, frame.result);
      case 'nack':
        this.#outbox.refuse(frame.id, frame.error);
        return this.#questions.refuse(frame.id, frame.error);
      case 'signal':
        return this.#tell('signal', (handler) => handler(frame));
      case 'head':
        // Something sent was not heard here: have it sent again.
        if (frame.sent !== this.#heard) return this.#line.reopen();
        return this.#side.bookmark.head(frame.position);
      case 'error':
      case 'bye':
        // Of the line itself, which has seen them.
        return undefined;
    }
  }

  #welcome(frame: WelcomeFrame): void {
    const snapshot = this.#side.snapshotIn(frame);
    // Nothing to go on with; perhaps the next server is of one mind with this page.
    if (!snapshot) return this.#line.reopen();
    this.snapshot = snapshot;
    this.#epoch = frame.epoch;
    this.#heard = 0;
    this.#side.bookmark.welcome(frame);
    this.status = 'online';
    this.refusal = null;
    // What was written while the line was down goes before what the handlers are about to write.
    this.#outbox.flush();
    this.#questions.flush();
    this.#tell('status', (handler) => handler('online', null));
    // A handler may have closed the line again.
    if (!this.#isOnline()) return;
    this.#tell('welcome', (handler) => handler(snapshot, frame.recovered));
  }

  #isOnline(): boolean {
    return this.status === 'online';
  }

  #turn(status: ConnectionStatus, refusal: ErrorBody | null = null): void {
    if (status === this.status && refusal === this.refusal) return;
    this.status = status;
    this.refusal = refusal;
    this.#tell('status', (handler) => handler(status, refusal));
  }

  /** One handler that fails must not keep the news from the others, nor the failure from whoever reads the console. */
  #tell<K extends keyof ClientHandlers<Event, Snapshot>>(
    kind: K,
    say: (handler: ClientHandlers<Event, Snapshot>[K]) => void,
  ): void {
    for (const handler of Array.from(this.#handlers[kind])) {
      try {
        say(handler);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

/** Apart, so that visitors need not load what only teammates hear. */
class WorkspaceConnection extends Connection<WorkspaceEvent, WorkspaceSnapshot> {
  override received(frame: ServerFrame): void {
    const next = frame.type === 'welcome' ? frame.workspace : undefined;
    // Somebody else signed in in this browser while the line was down: what is in the outbox is not theirs to send.
    if (next && this.snapshot && next.me.id !== this.snapshot.me.id) {
      this.snapshot = null;
      this.close();
      return this.connect();
    }
    super.received(frame.type === 'events' ? { ...frame, events: (frame.events as BriefEvent[]).map(toFull) } : frame);
  }
}

/** What must stay in order of writing: what is about the same conversation or contact, else what has the same name. */
function laneOf(name: string, input: object): string {
  const { conversationId, contactId } = input as { conversationId?: string; contactId?: string };
  return conversationId ?? contactId ?? name;
}
