import type { Facts } from '../../shared/state/conditions.ts';
import { isOpenAt } from '../panel/is-open-at.ts';
import type { ParlourWidget } from '../api/page-api.ts';
import { kept } from './visitor-record.ts';

/** Somebody who comes back sooner is still on the same visit. */
const VISIT_MS = 1_800_000;
/** Time, depth and hours are looked at this often rather than listened to: a page scrolls far more often. */
const LOOK_MS = 1000;

/**
 * Tells what rules may ask of the page and of who is on it: at once, every second, at every change of address and when the pointer
 * leaves, until the widget is destroyed.
 * @returns what tells it again
 * @param sinceName where the time of the first visit is kept, if a rule asks for it.
 * @param mayKeep whether it may be; else it counts where it is.
 */
export function watchPage(
  widget: ParlourWidget,
  sinceName: string,
  language: string,
  judge: (facts: Facts) => void,
  mayKeep = true,
): () => void {
  let url = '';
  let arrivedAt = 0;
  const { documentElement } = document;
  const { navigation } = window as { navigation?: EventTarget };

  const look = (event?: Event): void => {
    const now = Date.now();
    if (url !== location.href) {
      url = location.href;
      arrivedAt = now;
    }
    judge({
      ...widget.known,
      url,
      path: location.pathname,
      // The shorter side: a phone on its side is a phone.
      device: Math.min(screen.width, screen.height) < 600 ? 'phone' : 'desktop',
      language,
      open: isOpenAt(widget.availability, now),
      seconds: (now - arrivedAt) / 1000,
      scroll: (100 * scrollY) / (documentElement.scrollHeight - innerHeight),
      // Upwards, to the tabs and the address.
      leaving: (event as MouseEvent | undefined)?.clientY! <= 0,
      get returning() {
        return now - +kept(sinceName, mayKeep ? now : NaN)! > VISIT_MS;
      },
    });
  };

  const timer = setInterval(look, LOOK_MS);
  documentElement.addEventListener('mouseleave', look);
  navigation?.addEventListener('currententrychange', look);
  look();
  widget.on('destroy', () => {
    clearInterval(timer);
    documentElement.removeEventListener('mouseleave', look);
    navigation?.removeEventListener('currententrychange', look);
  });
  return look;
}
