import type { CommandInput, CommandName, EventFacts, EventName } from '../../shared/contract/catalogue.ts';
import type { EventRow } from './operation.ts';

/** A command to execute as the system, now or later. It is durable and retried; its id follows from the event, so it happens once. */
export type Job<N extends CommandName = CommandName> = {
  command: N;
  input: CommandInput<N>;
  runAt?: Date;
  /** A later job with the same key takes this one's place. */
  key?: string;
};

type AnyJob = { [N in CommandName]: Job<N> }[CommandName];
export type Reaction<N extends EventName> = (event: Omit<EventRow, 'facts'> & { facts: EventFacts<N> }) => AnyJob[];

/** What a module does when something has happened, read from the log with a durable cursor (D4). */
export type Reactions = { [N in EventName]?: Reaction<N> };
