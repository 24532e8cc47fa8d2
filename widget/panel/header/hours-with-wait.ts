import { msg, str } from '@lit/localize';
import type { Availability } from '../../../shared/contract/schedule.ts';
import { spoken } from '../../../shared/ui/language.ts';
import type { Reader } from '../../../shared/ui/clock.ts';
import { hoursText } from './hours.ts';
import { isOpenAt } from '../is-open-at.ts';

/** "Back Monday at 09:00, in 14 hours"; of those who are here as `hoursText` says it. */
export function hoursWithWait(availability: Availability, now: number, reader: Pick<Reader, 'locale'> = {}): string {
  const hours = hoursText(availability, now, reader);
  const { open, changesAt } = availability;
  if (open || !changesAt || isOpenAt(availability, now)) return hours;
  const minutes = Math.max(1, Math.round((Date.parse(changesAt) - now) / 60_000));
  const [count, unit] = minutes < 60 ? ([minutes, 'minute'] as const) : inHours(Math.round(minutes / 60));
  const wait = new Intl.RelativeTimeFormat(spoken.locale).format(count, unit);
  return msg(str`${hours}, ${wait}`);
}

function inHours(hours: number): [number, 'hour' | 'day'] {
  return hours < 48 ? [hours, 'hour'] : [Math.round(hours / 24), 'day'];
}
