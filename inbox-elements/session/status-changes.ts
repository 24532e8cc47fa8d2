import { RequestError } from '../../shared/client/client.ts';
import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { CommandInput } from '../../shared/contract/catalogue.ts';
import type { Conversation } from '../../shared/contract/conversation.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';

export type StatusCommand = 'conversation.close' | 'conversation.reopen' | 'conversation.snooze';

/** A change of a conversation's status that this teammate has asked for. */
export type StatusChange = {
  id: string;
  name: StatusCommand;
  input: CommandInput<StatusCommand>;
  delivered: Promise<unknown>;
  /** Where it stands in the conversation, once the server has carried it out: what shows that may come later. */
  seq?: number;
};

/** Closes, reopenings and snoozes from the moment somebody presses for them until they show: they may wait for the line. */
export class StatusChanges {
  /** Why the server refused the last one, by conversation: stays until somebody has read it there. */
  readonly refusals = new Map<string, string>();
  /** Told of each, to keep it for the next page. */
  keep: ((change: StatusChange) => void) | undefined;
  readonly #client: WorkspaceClient;
  readonly #changed: () => void;
  #asked: StatusChange[] = [];

  /** @param changed called whenever there is something else to show */
  constructor(client: WorkspaceClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** What the server has not answered, in the order of asking. */
  get unsettled(): readonly StatusChange[] {
    return this.#asked.filter(({ seq }) => !seq);
  }

  /** What is still to come of a conversation; of several the last. */
  of({ id, seq }: Conversation): StatusCommand | undefined {
    return this.#asked.findLast((one) => one.input.conversationId === id && !(one.seq! <= seq))?.name;
  }

  ask<N extends StatusCommand>(name: N, input: CommandInput<N>, id = uuidv7()): void {
    const { conversationId } = input;
    const delivered = this.#client.execute(name, input, id);
    const change: StatusChange = { id, name, input, delivered };
    this.#asked = [...this.unsettled, change];
    this.refusals.delete(conversationId);
    this.keep?.(change);
    this.#changed();
    void delivered
      .then(
        ({ seq }) => {
          change.seq = seq;
        },
        (error: unknown) => {
          if (!(error instanceof RequestError)) throw error;
          this.#asked = this.#asked.filter((one) => one !== change);
          this.refusals.set(conversationId, error.message);
        },
      )
      .finally(this.#changed);
  }

  /** Another teammate is on the line. */
  forget(): void {
    this.#asked = [];
    this.refusals.clear();
    this.#changed();
  }
}
