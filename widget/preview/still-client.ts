import type { ClientHandlers, ConnectionStatus, VisitorClient } from '../../shared/client/client.ts';
import { RequestError } from '../../shared/client/client.ts';
import type { ErrorBody } from '../../shared/contract/error.ts';
import type { VisitorSnapshot } from '../../shared/contract/visitor.ts';
import type { VisitorEvent } from '../../shared/wire/frames.ts';

type Handlers = ClientHandlers<VisitorEvent, VisitorSnapshot>;

const refused = (code: ErrorBody['code']): Promise<never> =>
  Promise.reject(new RequestError({ code, message: 'This is a preview: nothing is sent.' }));
const unsent = (): Promise<never> => refused('unavailable');

/** A line to nowhere: it welcomes with what it was given and sends nothing. */
export class StillClient implements VisitorClient {
  status: ConnectionStatus = 'connecting';
  readonly refusal: ErrorBody | null = null;
  readonly snapshot: VisitorSnapshot;
  readonly #handlers = new Map<string, Set<(...values: never[]) => void>>();

  constructor(snapshot: VisitorSnapshot) {
    this.snapshot = snapshot;
  }

  connect(): void {
    this.status = 'online';
    for (const hear of this.#handlers.get('status') ?? []) (hear as Handlers['status'])('online', null);
    for (const hear of this.#handlers.get('welcome') ?? []) (hear as Handlers['welcome'])(this.snapshot, false);
  }

  close(): void {
    this.#handlers.clear();
  }

  execute = unsent;
  query = unsent;
  // Else a file would wait for a server.
  credentials = (): Promise<never> => refused('unsupported');

  typing(): void {
    // Nobody would see it.
  }

  on<K extends keyof Handlers>(kind: K, handler: Handlers[K]): () => void {
    const handlers = this.#handlers.get(kind) ?? new Set();
    this.#handlers.set(kind, handlers.add(handler));
    return () => handlers.delete(handler);
  }
}
