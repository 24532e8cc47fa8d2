import type { ServerFrame } from '../../shared/wire/frames.ts';

/** What the hub sends to: a socket, as far as it is concerned. */
export type Listener = {
  /** @param frame JSON text in UTF-8, shared by all who get it @param isEvents whether rule 7 counts it */
  send(frame: Buffer, isEvents: boolean): void;
};

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

  /** One frame to everyone on a topic, written and encoded once. @param except hears nothing of it */
  send(topic: string, frame: ServerFrame, except?: L): void {
    const listeners = this.#topics.get(topic);
    if (!listeners) return;
    const bytes = Buffer.from(JSON.stringify(frame));
    for (const listener of listeners) if (listener !== except) listener.send(bytes, frame.type === 'events');
  }
}
