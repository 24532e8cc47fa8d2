import type { ServerFrame } from '../../shared/wire/frames.ts';
import { SharedFrame, type Frame } from './frame-socket.ts';

/** What the hub sends to: a socket, as far as it is concerned. */
export type Listener = {
  /** @param isEvents whether rule 7 counts it */
  send(frame: Frame, isEvents: boolean): void;
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
    const text = JSON.stringify(frame);
    const isEvents = frame.type === 'events';
    if (!(held instanceof Set)) {
      if (held !== except) held.send(text, isEvents);
      return;
    }
    const shared = new SharedFrame(text);
    for (const listener of held) if (listener !== except) listener.send(shared, isEvents);
  }
}
