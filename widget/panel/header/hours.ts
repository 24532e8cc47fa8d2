import { msg, str } from '@lit/localize';
import type { Availability } from '../../../shared/contract/schedule.ts';
import { spoken } from '../../../shared/ui/language.ts';
import { clockText, dayNumber } from '../../../shared/ui/clock.ts';
import type { Reader } from '../../../shared/ui/clock.ts';
import { isOpenAt } from '../is-open-at.ts';

/**
 * "Open until 17:00", "Back tomorrow at 09:00", "Back Monday at 09:00", in the browser's zone.
 * @param now Unix time in milliseconds.
 */
export function hoursText(availability: Availability, now: number, reader: Pick<Reader, 'locale'> = {}): string {
  const open = isOpenAt(availability, now);
  const at = open === availability.open ? availability.changesAt : null;
  if (!at) return open ? msg('We are here') : msg('We are away right now');
  const days = dayNumber(at) - dayNumber(now);
  const time = clockText(at, reader);
  const day = days > 0 ? dayWord(at, days) : '';
  if (open) return day ? msg(str`Open until ${day} at ${time}`) : msg(str`Open until ${time}`);
  return day ? msg(str`Back ${day} at ${time}`) : msg(str`Back at ${time}`);
}

function dayWord(at: string, days: number): string {
  if (days === 1) return msg('tomorrow');
  const name = days < 7 ? ({ weekday: 'long' } as const) : ({ day: 'numeric', month: 'long' } as const);
  // The locale is one of the sentence's language, and writes its numbers as the clock does.
  return new Intl.DateTimeFormat(spoken.locale, name).format(new Date(at));
}
