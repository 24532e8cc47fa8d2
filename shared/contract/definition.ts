import type * as v from 'valibot';

export type Schema = v.GenericSchema;

/** A method and a path below /api/v1; `{name}` takes the value of the input's field of that name. */
export type HttpBinding = `${'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'} /${string}`;

/** A request to change something. Every way in (HTTP, socket, job, seed) executes it by its name. */
export type CommandDefinition<I extends Schema = Schema, R extends Schema = Schema> = {
  summary: string;
  /** `null`: the system's own, from jobs and from other commands; not reachable from outside. */
  http: HttpBinding | null;
  input: I;
  result: R;
};

/** A request to read something: no effect, no event. */
export type QueryDefinition<I extends Schema = Schema, R extends Schema = Schema> = {
  summary: string;
  http: HttpBinding;
  input: I;
  result: R;
};

/** A durable fact. `facts` is what the log keeps: ids and changed facts, never bodies or personal data (D4). */
export type EventDefinition<F extends Schema = Schema> = { summary: string; facts: F };

export function command<const I extends Schema, const R extends Schema>(
  definition: CommandDefinition<I, R>,
): CommandDefinition<I, R> {
  return definition;
}

export function query<const I extends Schema, const R extends Schema>(
  definition: QueryDefinition<I, R>,
): QueryDefinition<I, R> {
  return definition;
}

export function event<const F extends Schema>(definition: EventDefinition<F>): EventDefinition<F> {
  return definition;
}
