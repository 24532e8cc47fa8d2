import { ContextProvider } from '@lit/context';
import { clientContext } from '../../inbox-elements/context/client-context.ts';
import { connectionContext } from '../../inbox-elements/context/connection-context.ts';
import { directoryContext } from '../../inbox-elements/context/directory-context.ts';
import { statusChangesContext } from '../../inbox-elements/context/status-changes-context.ts';
import { StatusChanges } from '../../inbox-elements/session/status-changes.ts';
import { RequestError } from '../../shared/client/client.ts';
import type { ClientHandlers, ConnectionStatus, WorkspaceClient } from '../../shared/client/client.ts';
import type {
  CommandInput,
  CommandName,
  CommandResult,
  QueryInput,
  QueryName,
  QueryResult,
} from '../../shared/contract/catalogue.ts';
import type { ErrorBody } from '../../shared/contract/error.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import type { WorkspaceSnapshot } from '../../shared/contract/workspace.ts';
import { applyPresence, applyToDirectory, directoryFrom } from '../../shared/state/directory.ts';
import type { SignalFrame, WorkspaceEvent } from '../../shared/wire/frames.ts';
import { sampleSnapshot } from './sample.ts';

type Handlers = ClientHandlers<WorkspaceEvent, WorkspaceSnapshot>;
type Outcomes = {
  [N in CommandName]?: (input: CommandInput<N>, id: string) => CommandResult<N> | Promise<CommandResult<N>>;
};
type Answers = { [N in QueryName]?: (input: QueryInput<N>) => QueryResult<N> | Promise<QueryResult<N>> };

export type Executed = { name: CommandName; input: unknown; id: string };

/**
 * A line without a wire: commands and queries are answered by the functions put into `outcomes` and `answers` (one without
 * stays unanswered, as on a slow line), and the test says what is heard. Everything asked is kept in `executed` and `queried`.
 */
export class FakeClient implements WorkspaceClient {
  status: ConnectionStatus;
  refusal: ErrorBody | null = null;
  snapshot: WorkspaceSnapshot | null;
  readonly executed: Executed[] = [];
  readonly queried: { name: QueryName; input: unknown }[] = [];
  readonly typed: string[] = [];
  readonly outcomes: Outcomes = {};
  readonly answers: Answers = {};
  connected = 0;
  closed = 0;
  #handlers = new Map<keyof Handlers, Set<(...values: never[]) => void>>();

  constructor(snapshot: WorkspaceSnapshot | null = sampleSnapshot(), status: ConnectionStatus = 'online') {
    this.snapshot = snapshot;
    this.status = status;
  }

  /** How many subscriptions stand: 0 after everything that subscribed has gone. */
  get listeners(): number {
    return [...this.#handlers.values()].reduce((sum, set) => sum + set.size, 0);
  }

  connect(): void {
    this.connected += 1;
  }

  close(): void {
    this.closed += 1;
  }

  execute<N extends CommandName>(name: N, input: CommandInput<N>, id: string = uuidv7()): Promise<CommandResult<N>> {
    this.executed.push({ name, input, id });
    const outcome = this.outcomes[name];
    return outcome ? answered(() => outcome(input, id)) : new Promise(() => undefined);
  }

  query<N extends QueryName>(name: N, input: QueryInput<N>): Promise<QueryResult<N>> {
    this.queried.push({ name, input });
    const answer = this.answers[name];
    return answer ? answered(() => answer(input)) : new Promise(() => undefined);
  }

  async credentials(): Promise<{ server: string; headers: Record<string, string> }> {
    return { server: location.origin, headers: {} };
  }

  typing(conversationId: string): void {
    this.typed.push(conversationId);
  }

  on<K extends keyof Handlers>(kind: K, handler: Handlers[K]): () => void {
    const handlers = this.#handlers.get(kind) ?? new Set();
    this.#handlers.set(kind, handlers.add(handler));
    return () => handlers.delete(handler);
  }

  hear(...events: WorkspaceEvent[]): void {
    this.#each('events', (handler) => handler(events));
  }

  hearSignal(signal: SignalFrame): void {
    this.#each('signal', (handler) => handler(signal));
  }

  becomes(status: ConnectionStatus, refusal: ErrorBody | null = null): void {
    this.status = status;
    this.refusal = refusal;
    this.#each('status', (handler) => handler(status, refusal));
  }

  welcome(snapshot: WorkspaceSnapshot = sampleSnapshot(), recovered = false): void {
    this.snapshot = snapshot;
    this.becomes('online');
    this.#each('welcome', (handler) => handler(snapshot, recovered));
  }

  #each<K extends keyof Handlers>(kind: K, call: (handler: Handlers[K]) => void): void {
    // A copy: who subscribes while hearing hears the next one.
    for (const handler of new Set(this.#handlers.get(kind))) call(handler as Handlers[K]);
  }
}

/** A microtask later, as over a wire; what the function throws becomes a rejection. */
async function answered<T>(answer: () => T | Promise<T>): Promise<T> {
  await Promise.resolve();
  return answer();
}

/** For an outcome or answer that refuses. */
export function refuse(body: ErrorBody): never {
  throw new RequestError(body);
}

/**
 * A plain element that provides the four contexts to what is put into it, as a session does: the directory follows what
 * the client hears. The element is in the document; `remove()` takes it out and unsubscribes.
 */
export function sessionAround(client: FakeClient): HTMLElement & { remove(): void } {
  const host = document.createElement('div');
  new ContextProvider(host, { context: clientContext, initialValue: client });
  const connection = new ContextProvider(host, {
    context: connectionContext,
    initialValue: { status: client.status, refusal: client.refusal },
  });
  const directory = new ContextProvider(host, {
    context: directoryContext,
    initialValue: client.snapshot ? directoryFrom(client.snapshot) : null,
  });
  const changes: StatusChanges = new StatusChanges(client, () => asked.setValue(changes, true));
  const asked = new ContextProvider(host, { context: statusChangesContext, initialValue: changes });
  const stops = [
    client.on('status', (status, refusal) => connection.setValue({ status, refusal })),
    client.on('welcome', (snapshot) => directory.setValue(directoryFrom(snapshot))),
    client.on('events', (events) => {
      if (directory.value) directory.setValue(events.reduce(applyToDirectory, directory.value));
    }),
    client.on('signal', (signal) => {
      if (directory.value) directory.setValue(applyPresence(directory.value, signal));
    }),
  ];
  document.body.append(host);
  const remove = host.remove.bind(host);
  return Object.assign(host, {
    remove() {
      for (const stop of stops) stop();
      remove();
    },
  });
}
