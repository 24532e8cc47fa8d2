import type {
  CommandInput,
  CommandName,
  CommandResult,
  QueryInput,
  QueryName,
  QueryResult,
} from '../contract/catalogue.ts';
import type { ErrorBody } from '../contract/error.ts';
import type { VisitorSnapshot } from '../contract/visitor.ts';
import type { WorkspaceSnapshot } from '../contract/workspace.ts';
import type { SignalFrame, VisitorEvent, WorkspaceEvent } from '../wire/frames.ts';

/**
 * How the line stands. `connecting`: the first attempt, or the line moves to another tab. `online`: welcomed. `offline`: lost, trying again
 * by itself; with a `refusal` something else than the server answers, such as a network that asks for a sign-in.
 * `refused`: the server will not have us as we are (`refusal` says why); only `connect()` tries again. `closed`: by us.
 */
export type ConnectionStatus = 'connecting' | 'online' | 'offline' | 'refused' | 'closed';

/** A command or query the server refused, with its sentence for people. */
export class RequestError extends Error {
  readonly code: ErrorBody['code'];
  readonly fields: Record<string, string>;
  constructor(body: ErrorBody) {
    super(body.message);
    this.name = 'RequestError';
    this.code = body.code;
    this.fields = body.fields ?? {};
  }
}

/** What each subscription hears. `Event` and `Snapshot` follow from who is connected: a teammate or a visitor. */
export type ClientHandlers<Event, Snapshot> = {
  status: (status: ConnectionStatus, refusal: ErrorBody | null) => void;
  /** After every welcome. `recovered: false` means: throw away threads and lists, and fetch them again. */
  welcome: (snapshot: Snapshot, recovered: boolean) => void;
  /** Durable facts, in the order the server sent them; the same one may come twice (D8). */
  events: (events: readonly Event[]) => void;
  /** Ephemeral: typing, presence. */
  signal: (signal: SignalFrame) => void;
};

/**
 * One end of the wire: asks (commands, queries), hears (events, signals). Elements get it through context, tests put a fake in its
 * place. Commands wait in the outbox while the line is down and go out once, in order, when it is back; they resolve after the
 * server has committed (D1, D2) and reject with a RequestError only when the server refused for good.
 */
export interface Client<Event, Snapshot> {
  readonly status: ConnectionStatus;
  readonly refusal: ErrorBody | null;
  readonly snapshot: Snapshot | null;
  connect(): void;
  /** Close the line and forget the outbox's waiters. */
  close(): void;
  /** Run a command. `id` is made when left out; give one to know your own message in the events. */
  execute<N extends CommandName>(name: N, input: CommandInput<N>, id?: string): Promise<CommandResult<N>>;
  /** Read something; rejects with `unavailable` when the line is down for longer than 15 seconds. */
  query<N extends QueryName>(name: N, input: QueryInput<N>): Promise<QueryResult<N>>;
  /** What a request beside the line says of who asks: for files, which are too large for a frame. */
  credentials(): Promise<{ server: string; headers: Record<string, string> }>;
  /** Say that this end is typing. Coalesced to one frame in three seconds; dropped when the line is down. */
  typing(conversationId: string): void;
  /** Hear one kind of news; the returned function stops it. */
  on<K extends keyof ClientHandlers<Event, Snapshot>>(kind: K, handler: ClientHandlers<Event, Snapshot>[K]): () => void;
}

export type WorkspaceClient = Client<WorkspaceEvent, WorkspaceSnapshot>;
export type VisitorClient = Client<VisitorEvent, VisitorSnapshot>;
