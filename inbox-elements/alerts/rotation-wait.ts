import type { Directory } from '../../shared/state/directory.ts';
import type { WorkspaceEvent } from '../../shared/wire/frames.ts';

/** The turn is taken right after the beginning. What has no owner by then has nobody who could take one. */
const PATIENCE_MS = 5_000;

type Waiting = { started: WorkspaceEvent; cancel: () => void };

/** Runs something after the patience. @returns what prevents it */
type Pause = (act: () => void) => () => void;

const pause: Pause = (act) => {
  const timer = setTimeout(act, PATIENCE_MS);
  return () => clearTimeout(timer);
};

/** Holds back that a conversation was begun until rotation has said whose it is, so that nobody is told of what is another's a moment later. */
export class RotationWait {
  readonly #waiting = new Map<string, Waiting>();
  readonly #tell: (event: WorkspaceEvent) => void;
  readonly #pause: Pause;

  constructor(tell: (event: WorkspaceEvent) => void, wait = pause) {
    this.#tell = tell;
    this.#pause = wait;
  }

  /** @returns whether it is told later, or with another, or not at all */
  takes(event: WorkspaceEvent, directory: Directory): boolean {
    const { conversation } = event.records;
    if (!conversation) return false;
    const { id, inboxId, assigneeId, firstRepliedAt, status } = conversation;
    const waiting = this.#waiting.get(id);
    if (waiting) {
      const { started } = waiting;
      waiting.started = { ...started, records: { ...started.records, conversation } };
      // What somebody has dealt with already is no news.
      if (firstRepliedAt !== null || status !== 'open') this.#end(id);
      else if (assigneeId !== null) this.#settle(id);
      return true;
    }
    const rotates = directory.inboxes.get(inboxId)?.routing === 'rotate';
    if (event.name !== 'conversation.started' || assigneeId !== null || !rotates) return false;
    this.#waiting.set(id, { started: event, cancel: this.#pause(() => this.#settle(id)) });
    return true;
  }

  stop(): void {
    for (const id of this.#waiting.keys()) this.#end(id);
  }

  #settle(id: string): void {
    const waiting = this.#waiting.get(id);
    this.#end(id);
    if (waiting) this.#tell(waiting.started);
  }

  #end(id: string): void {
    this.#waiting.get(id)?.cancel();
    this.#waiting.delete(id);
  }
}
