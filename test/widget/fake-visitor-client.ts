import { RequestError } from '../../shared/client/client.ts';
import type { ClientHandlers, ConnectionStatus, VisitorClient } from '../../shared/client/client.ts';
import type {
  CommandInput,
  CommandName,
  CommandResult,
  QueryInput,
  QueryName,
  QueryResult,
} from '../../shared/contract/catalogue.ts';
import type { ErrorBody } from '../../shared/contract/error.ts';
import type { VisitorConversation } from '../../shared/contract/conversation.ts';
import type { VisitorPart } from '../../shared/contract/part.ts';
import type { VisitorSnapshot } from '../../shared/contract/visitor.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import type { SignalFrame, VisitorEvent } from '../../shared/wire/frames.ts';
import { sampleVisitorConversation } from './sample.ts';

type Handlers = ClientHandlers<VisitorEvent, VisitorSnapshot>;

interface Asked {
  name: string;
  input: Record<string, unknown>;
  id: string;
  resolve: (result: unknown) => void;
  reject: (error: RequestError) => void;
}

/** A visitor's line without a wire: the test sees what is asked and says what is answered and heard. */
export class FakeVisitorClient implements VisitorClient {
  status: ConnectionStatus = 'connecting';
  refusal: ErrorBody | null = null;
  snapshot: VisitorSnapshot | null = null;
  readonly commands: Asked[] = [];
  readonly queries: Asked[] = [];
  readonly typed: string[] = [];
  connected = 0;
  closed = 0;
  /** Answers `conversation.parts` at once with pages of these, by conversation. */
  threads = new Map<string, VisitorPart[]>();
  #handlers = new Map<string, Set<(...values: never[]) => void>>();

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
    return new Promise((resolve, reject) => {
      this.commands.push({ name, input: input as Record<string, unknown>, id, resolve: resolve as never, reject });
    });
  }

  query<N extends QueryName>(name: N, input: QueryInput<N>): Promise<QueryResult<N>> {
    return new Promise((resolve, reject) => {
      this.queries.push({ name, input: input as Record<string, unknown>, id: '', resolve: resolve as never, reject });
      const { conversationId, before, after, limit = 50 } = input as Record<string, never>;
      const held = this.threads.get(conversationId ?? '');
      if (name !== 'conversation.parts' || !held) return;
      const inBounds = held.filter(({ publicSeq }) => publicSeq < (before ?? Infinity) && publicSeq > (after ?? 0));
      const parts = after === undefined ? inBounds.slice(-limit) : inBounds.slice(0, limit);
      resolve({ parts, more: inBounds.length > parts.length } as QueryResult<N>);
    });
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

  welcome(snapshot: VisitorSnapshot, recovered = false): void {
    this.snapshot = snapshot;
    this.becomes('online');
    this.#tell('welcome', snapshot, recovered);
  }

  becomes(status: ConnectionStatus, refusal: ErrorBody | null = null): void {
    this.status = status;
    this.refusal = refusal;
    this.#tell('status', status, refusal);
  }

  /** A part arrives, with the conversation as it then is. */
  hearPart(part: VisitorPart, readSeq = 0): void {
    const authorKind = part.author.kind === 'visitor' ? 'visitor' : 'teammate';
    const conversation = sampleVisitorConversation({
      id: part.conversationId,
      publicSeq: part.publicSeq,
      readSeq,
      lastMessage: { preview: 'preview', authorKind, at: part.createdAt },
    });
    const event: VisitorEvent = { id: uuidv7(), name: 'conversation.replied', at: part.createdAt, conversation, part };
    this.#tell('events', [event]);
  }

  /** Something about a conversation changes that is no part of its thread. */
  hearConversation(conversation: VisitorConversation, name: VisitorEvent['name']): void {
    this.#tell('events', [{ id: uuidv7(), name, at: conversation.lastMessage.at, conversation }]);
  }

  hearSignal(signal: SignalFrame): void {
    this.#tell('signal', signal);
  }

  /** The last command of a name. */
  last(name: CommandName): Asked {
    const found = this.commands.filter((command) => command.name === name).at(-1);
    if (!found)
      throw new Error(`${name} was not asked for; only ${this.commands.map((one) => one.name).join() || 'nothing'}`);
    return found;
  }

  #tell<K extends keyof Handlers>(kind: K, ...news: Parameters<Handlers[K]>): void {
    for (const handler of new Set(this.#handlers.get(kind))) handler(...(news as unknown as never[]));
  }
}

export function refusal(message: string): RequestError {
  return new RequestError({ code: 'forbidden', message });
}
