import type { Availability } from '../../shared/contract/schedule.ts';

/**
 * Whether an availability read earlier means "open" now: once its moment has passed it has turned over.
 * @param now Unix time in milliseconds.
 */
export function isOpenAt({ open, changesAt }: Availability, now: number): boolean {
  // Without a moment to come there is no number, and nothing is at or above that.
  return open !== now >= Date.parse(`${changesAt}`);
}
