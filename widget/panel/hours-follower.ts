import type { Availability } from '../../shared/contract/schedule.ts';
import { isOpenAt } from './is-open-at.ts';

/** The longest a browser's timer can wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** All open windows learn of the new hours at the same moment; they need not all ask at the same moment. */
const SPREAD_MS = 10_000;

/** Tells at once when the opening hours turn over, and a little later asks for what comes after. */
export class HoursFollower {
  /** To ask the server what comes next. */
  onTurn: () => void = () => {};
  readonly #tell: (availability: Availability) => void;
  #availability: Availability | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (availability: Availability) => void) {
    this.#tell = tell;
  }

  follow(availability: Availability): void {
    if (availability === this.#availability) return;
    this.#availability = availability;
    this.#look(availability);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #look(availability: Availability): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    const open = isOpenAt(availability, now);
    const turned = open !== availability.open;
    this.#tell(turned ? { open, changesAt: null } : availability);
    if (turned) this.#timer = setTimeout(() => this.onTurn(), Math.random() * SPREAD_MS);
    else if (availability.changesAt) {
      this.#timer = setTimeout(
        () => this.#look(availability),
        Math.min(Date.parse(availability.changesAt) - now, LONGEST_TIMER_MS),
      );
    }
  }
}
