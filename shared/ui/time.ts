import { dayNumber, formatter } from './clock.ts';
import type { Instant, Reader } from './clock.ts';
import { spoken } from './language.ts';

export { clockText, dayNumber } from './clock.ts';
export type { Instant, Reader } from './clock.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

// One constant each rather than a table: a bundle keeps only those it uses.
const weekdayFormat: Intl.DateTimeFormatOptions = { weekday: 'long' };
const dayFormat: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };
const dayOfYearFormat: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };
const shortDayFormat: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const shortDayOfYearFormat: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const momentFormat: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
};
const momentOfYearFormat: Intl.DateTimeFormatOptions = { ...momentFormat, year: 'numeric' };
const momentOfWeekFormat: Intl.DateTimeFormatOptions = { weekday: 'short', hour: 'numeric', minute: '2-digit' };
const fullFormat: Intl.DateTimeFormatOptions = { dateStyle: 'full', timeStyle: 'short' };
const numbersFormat: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'numeric', year: 'numeric' };

const numberOf = (parts: readonly Intl.DateTimeFormatPart[], type: string): number =>
  Number(parts.find((part) => part.type === type)?.value);

/** Calendar days as `dayNumber` counts them, in a zone that need not be the browser's. */
function dayNumberIn(timeZone: string | undefined, at: Instant): number {
  if (!timeZone) return dayNumber(at);
  const parts = formatter(numbersFormat, { locale: 'en-US', timeZone }).formatToParts(new Date(at));
  return Date.UTC(numberOf(parts, 'year'), numberOf(parts, 'month') - 1, numberOf(parts, 'day')) / dayMs;
}

const yearOf = (at: Instant, timeZone?: string): number => new Date(dayNumberIn(timeZone, at) * dayMs).getUTCFullYear();

/** A thread's day separator: "Today", "Yesterday", "Monday", "Monday 9 March", "9 March 2026". */
export function dayText(at: Instant, now: Instant, reader: Reader = {}): string {
  const daysAgo = dayNumberIn(reader.timeZone, now) - dayNumberIn(reader.timeZone, at);
  if (daysAgo === 0 || daysAgo === 1) {
    const { locale = spoken.locale } = reader;
    const text = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-daysAgo, 'day');
    return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
  }
  const sameYear = yearOf(at, reader.timeZone) === yearOf(now, reader.timeZone);
  const format = daysAgo > 1 && daysAgo < 7 ? weekdayFormat : sameYear ? dayFormat : dayOfYearFormat;
  return formatter(format, reader).format(new Date(at));
}

/** A list's age of things past: "now", "5 min", "3 hr", "2 days", then "9 Mar", "9 Mar 2025". */
export function relativeText(at: Instant, now: Instant, reader: Reader = {}): string {
  const date = new Date(at);
  const ageMs = new Date(now).getTime() - date.getTime();
  if (ageMs < minuteMs) {
    return new Intl.RelativeTimeFormat(reader.locale ?? spoken.locale, { numeric: 'auto' }).format(0, 'second');
  }
  if (ageMs < hourMs) return unitText(ageMs / minuteMs, 'minute', reader);
  if (ageMs < dayMs) return unitText(ageMs / hourMs, 'hour', reader);
  if (ageMs < 7 * dayMs) return unitText(ageMs / dayMs, 'day', reader);
  const sameYear = yearOf(at, reader.timeZone) === yearOf(now, reader.timeZone);
  return formatter(sameYear ? shortDayFormat : shortDayOfYearFormat, reader).format(date);
}

/** How long something took, by its two largest units: "45 sec", "2 hr 5 min", "3 days 4 hr" */
export function durationText(spanMs: number, reader: Reader = {}): string {
  let restMs = Math.max(spanMs, 1000);
  const texts: string[] = [];
  for (const [unit, unitMs] of [
    ['day', dayMs],
    ['hour', hourMs],
    ['minute', minuteMs],
    ['second', 1000],
  ] as const) {
    if (restMs >= unitMs) texts.push(unitText(restMs / unitMs, unit, reader));
    restMs %= unitMs;
  }
  return new Intl.ListFormat(reader.locale ?? spoken.locale, { type: 'unit', style: 'narrow' }).format(
    texts.slice(0, 2),
  );
}

function unitText(
  count: number,
  unit: 'second' | 'minute' | 'hour' | 'day',
  { locale = spoken.locale }: Reader,
): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(Math.floor(count));
}

/** A moment to act on, such as the end of a snooze: "Mon, 9 Mar, 09:00", "Tue, 9 Mar 2027, 09:00" */
export function dateTimeText(at: Instant, now: Instant = Date.now(), reader: Reader = {}): string {
  const sameYear = yearOf(at, reader.timeZone) === yearOf(now, reader.timeZone);
  return formatter(sameYear ? momentFormat : momentOfYearFormat, reader).format(new Date(at));
}

/** A moment to come, where there is little room: "Mon 09:00", from a week on "9 Mar", "9 Mar 2027". */
export function aheadText(at: Instant, now: Instant, reader: Reader = {}): string {
  const inMs = new Date(at).getTime() - new Date(now).getTime();
  const sameYear = yearOf(at, reader.timeZone) === yearOf(now, reader.timeZone);
  const format = inMs < 6 * dayMs ? momentOfWeekFormat : sameYear ? shortDayFormat : shortDayOfYearFormat;
  return formatter(format, reader).format(new Date(at));
}

/** For a title: "Monday 9 March 2026 at 14:05" */
export function fullText(at: Instant, reader: Reader = {}): string {
  return formatter(fullFormat, reader).format(new Date(at));
}
