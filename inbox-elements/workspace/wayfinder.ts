import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { hashOf, home, parentOf, placeOf, stepsTo } from './place.ts';
import type { Place } from './place.ts';

/** Marks history entries that we pushed: going back from one of them stays within the app. */
type Entry = { parlourPushed?: boolean } | null;

/**
 * Keeps the place. Where the workspace owns the page it is kept in the address, so that reload, links and the browser's Back
 * work: a panel deeper is a new entry, and so are the settings; another conversation in place of this one is not. Elsewhere the host's address is left
 * alone and the place lives here.
 */
export class Wayfinder implements ReactiveController {
  place: Place = home;
  /** The browser goes back a moment after it was told to: told twice meanwhile, it would leave the app. */
  #isGoingBack = false;
  readonly #host: ReactiveControllerHost;
  readonly #ownsPage: () => boolean;

  constructor(host: ReactiveControllerHost, ownsPage: () => boolean) {
    this.#host = host;
    this.#ownsPage = ownsPage;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('popstate', this.#read);
    this.#read();
  }

  hostDisconnected(): void {
    window.removeEventListener('popstate', this.#read);
  }

  go(place: Place): void {
    if (hashOf(place) === hashOf(this.place)) return;
    if (this.#ownsPage()) {
      const further = stepsTo(place) - stepsTo(this.place);
      const entry = history.state as Entry;
      if (further > 0) history.pushState({ parlourPushed: true }, '', hashOf(place));
      else history.replaceState(further === 0 ? entry : null, '', hashOf(place));
    }
    this.#arrive(place);
  }

  /** One step back, through the browser's history where it leads there. */
  up(): void {
    if (stepsTo(this.place) === 0) return;
    if (!this.#ownsPage() || !(history.state as Entry)?.parlourPushed) this.go(parentOf(this.place));
    else if (!this.#isGoingBack) {
      this.#isGoingBack = true;
      history.back();
    }
  }

  #read = (): void => {
    this.#isGoingBack = false;
    if (!this.#ownsPage()) return;
    const place = placeOf(location.hash);
    // Settings stand in front of wherever one is.
    this.#arrive(place.settings ? { ...this.place, settings: place.settings } : place);
  };

  #arrive(place: Place): void {
    this.place = place;
    this.#host.requestUpdate();
  }
}
