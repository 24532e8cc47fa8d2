import type { ReactiveController, ReactiveControllerHost } from 'lit';

const minuteMs = 60_000;

/** Renders its element again each minute, so that "5 minutes ago" stays true. One timer for all elements of the page. */
export class MinuteClock implements ReactiveController {
  static readonly #running = new Set<MinuteClock>();
  static #timer: ReturnType<typeof setInterval> | undefined;

  /** Unix milliseconds of the last tick. */
  now = Date.now();
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.now = Date.now();
    MinuteClock.#running.add(this);
    MinuteClock.#timer ??= setInterval(() => {
      for (const clock of MinuteClock.#running) clock.#tick();
    }, minuteMs);
  }

  hostDisconnected(): void {
    MinuteClock.#running.delete(this);
    if (MinuteClock.#running.size > 0) return;
    clearInterval(MinuteClock.#timer);
    MinuteClock.#timer = undefined;
  }

  #tick(): void {
    this.now = Date.now();
    this.#host.requestUpdate();
  }
}
