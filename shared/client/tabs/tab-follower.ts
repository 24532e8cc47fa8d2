import { uuidv7 } from '../../contract/uuid.ts';
import type { ServerFrame } from '../../wire/frames.ts';
import { LOST } from '../wire.ts';
import type { Wire, WireEvents } from '../wire.ts';
import { jsonText } from '../json-text.ts';
import type { Asking, Telling } from './tab-messages.ts';

/** A tab that does not say a word for so long is frozen, or hangs. */
const PATIENCE_MS = 5_000;

/** A wire over the line of another tab. */
export class TabWire implements Wire {
  readonly #id = uuidv7();
  readonly #ask: (asking: Asking) => void;
  readonly #events: WireEvents;
  readonly #despair: () => void;
  #isWelcome = false;
  /** What was told to all before the welcome. */
  #early: string[] = [];
  #count: number | undefined;
  /** `events` frames that were handed on (rule 7). */
  #sent = 0;
  #isOver = false;
  #watch: ReturnType<typeof setTimeout> | undefined;

  /** @param despair is called when the other tab seems dead. */
  constructor(hello: string, events: WireEvents, ask: (asking: Asking) => void, despair: () => void) {
    this.#ask = ask;
    this.#events = events;
    this.#despair = despair;
    this.#say(hello);
  }

  send(frame: string): boolean {
    if (!this.#isWelcome || this.#isOver) return false;
    this.#say(frame);
    return true;
  }

  close(): void {
    this.#finish();
    this.#ask({ from: this.#id });
  }

  hear({ to, frames = [], count, ended }: Telling): void {
    if (this.#isOver || (to !== undefined && to !== this.#id)) return;
    clearTimeout(this.#watch);
    this.#watch = undefined;
    if (ended !== undefined) return this.#end(ended);
    if (count !== undefined && this.#count !== undefined && count !== this.#count + 1) return this.#end(LOST);
    this.#count = count ?? this.#count;
    if (to === undefined && !this.#isWelcome) return void this.#early.push(...frames);
    for (const frame of frames) this.#handOn(frame);
    // A welcome and what was missed come before what happened since the knock.
    if (this.#isWelcome) for (const frame of this.#early.splice(0)) this.#handOn(frame);
  }

  #handOn(text: string): void {
    if (this.#isOver) return;
    const frame = JSON.parse(text) as ServerFrame;
    if (frame.type === 'welcome') this.#isWelcome = true;
    if (frame.type === 'events') this.#sent += 1;
    // The line's own count is of what the server has sent to the tab that has it; what came from there was counted here.
    this.#events.heard(frame.type === 'head' ? jsonText({ ...frame, sent: this.#sent }) : text);
  }

  #say(frame: string): void {
    this.#ask({ from: this.#id, frame });
    this.#watch ??= setTimeout(this.#despair, PATIENCE_MS);
  }

  #end(code: number): void {
    this.#finish();
    this.#events.ended(code);
  }

  #finish(): void {
    this.#isOver = true;
    clearTimeout(this.#watch);
  }
}
