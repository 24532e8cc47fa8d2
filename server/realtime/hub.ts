/** What the hub sends to: a socket, as far as it is concerned. */
export type Listener = { send(frame: string): void };

/** Who listens to what, in this process. Topics are made in audience.ts. */
export class Hub<L extends Listener> {
  readonly #topics = new Map<string, Set<L>>();

  join(topic: string, listener: L): void {
    let listeners = this.#topics.get(topic);
    if (!listeners) this.#topics.set(topic, (listeners = new Set()));
    listeners.add(listener);
  }

  leave(topic: string, listener: L): void {
    const listeners = this.#topics.get(topic);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#topics.delete(topic);
  }

  listeners(topic: string): ReadonlySet<L> {
    return this.#topics.get(topic) ?? none;
  }

  /** One frame to everyone on a topic, written to JSON once. */
  send(topic: string, frame: object): void {
    const listeners = this.#topics.get(topic);
    if (!listeners) return;
    const text = JSON.stringify(frame);
    for (const listener of listeners) listener.send(text);
  }
}

const none: ReadonlySet<never> = new Set();
