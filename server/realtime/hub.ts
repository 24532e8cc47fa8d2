import type { ServerFrame } from '../../shared/wire/frames.ts';

/** What the hub sends to: a socket, as far as it is concerned. */
export type Listener = {
  /** @param frame JSON text in UTF-8, shared by all who get it @param isEvents whether rule 7 counts it */
  send(frame: Buffer, isEvents: boolean): void;
};

/** Who listens to what, in this process. Topics are made in audience.ts. */
export class Hub<L extends Listener> {
  /** One listener stands alone, several in a set: nearly every topic is a visitor's own, and a set a visitor is memory. */
  readonly #topics = new Map<string, L | Set<L>>();

  join(topic: string, listener: L): void {
    const held = this.#topics.get(topic);
    if (held === undefined) this.#topics.set(topic, listener);
    else if (held instanceof Set) held.add(listener);
    else if (held !== listener) this.#topics.set(topic, new Set([held, listener]));
  }

  leave(topic: string, listener: L): void {
    const held = this.#topics.get(topic);
    if (held instanceof Set) held.delete(listener);
    if (held === listener || (held instanceof Set && held.size === 0)) this.#topics.delete(topic);
  }

  /** One frame to everyone on a topic, written and encoded once. @param except hears nothing of it */
  send(topic: string, frame: ServerFrame, except?: L): void {
    const held = this.#topics.get(topic);
    if (held === undefined) return;
    const bytes = Buffer.from(JSON.stringify(frame));
    for (const listener of held instanceof Set ? held : [held])
      if (listener !== except) listener.send(bytes, frame.type === 'events');
  }
}
