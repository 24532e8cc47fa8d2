import {
  queries,
  type ParsedQueryInput,
  type QueryInput,
  type QueryName,
  type QueryResult,
} from '../../shared/contract/catalogue.ts';
import type { Database } from '../database/connection.ts';
import type { Actor } from './actor.ts';
import type { Clock } from './clock.ts';
import { parse } from './errors.ts';

/** What a query reads with. */
export type QueryContext = { db: Database; actor: Actor; workspaceId: string; now: Date };
export type QueryHandler<N extends QueryName> = (
  context: QueryContext,
  input: ParsedQueryInput<N>,
) => Promise<QueryResult<N>>;
/** Every query's handler: forgetting one does not compile. */
export type QueryHandlers = { [N in QueryName]: QueryHandler<N> };
export type QueryPolicy = (name: QueryName, actor: Actor) => void;

/** The one way to read: validate → policy → handler. */
export class QueryBus {
  readonly #parts: { db: Database; handlers: QueryHandlers; policy: QueryPolicy; clock: Clock };

  constructor(parts: { db: Database; handlers: QueryHandlers; policy: QueryPolicy; clock: Clock }) {
    this.#parts = parts;
  }

  /** @throws DomainError with a sentence for the user, when refused. */
  async ask<N extends QueryName>(name: N, input: QueryInput<N>, actor: Actor): Promise<QueryResult<N>> {
    const { db, handlers, policy, clock } = this.#parts;
    const parsed = parse(queries[name].input, input) as ParsedQueryInput<N>;
    policy(name, actor);
    return handlers[name]({ db, actor, workspaceId: actor.workspaceId, now: clock.now() }, parsed);
  }
}
