import { spoken } from './language.ts';

/**
 * Instants as people read them, by `Intl`, in the reader's language and zone. An instant is an ISO string, milliseconds
 * since 1970, or a Date; `locale` defaults to the one spoken and `timeZone` to the browser's.
 */
export type Instant = string | number | Date;

export interface Reader {
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

// One constant each rather than a table: a bundle keeps only those it uses.
const clockFormat: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
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
const fullFormat: Intl.DateTimeFormatOptions = { dateStyle: 'full', timeStyle: 'short' };
const numbersFormat: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'numeric', year: 'numeric' };

/** Making a formatter costs a hundred times what using it does, and a list formats hundreds of times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(
  format: Intl.DateTimeFormatOptions,
  { locale = spoken.locale, timeZone }: Reader,
): Intl.DateTimeFormat {
  const key = JSON.stringify([format, locale, timeZone]);
  let found = formatters.get(key);
  if (!found)
    formatters.set(key, (found = new Intl.DateTimeFormat(locale, timeZone ? { ...format, timeZone } : format)));
  return found;
}

const numberOf = (parts: readonly Intl.DateTimeFormatPart[], type: string): number =>
  Number(parts.find((part) => part.type === type)?.value);

/** Counts calendar days in the reader's zone: two instants of one day give the same number, the next day one more. */
export function dayNumber(at: Instant, timeZone?: string): number {
  const parts = formatter(numbersFormat, { locale: 'en-US', timeZone }).formatToParts(new Date(at));
  return Date.UTC(numberOf(parts, 'year'), numberOf(parts, 'month') - 1, numberOf(parts, 'day')) / dayMs;
}

const yearOf = (at: Instant, timeZone?: string): number => new Date(dayNumber(at, timeZone) * dayMs).getUTCFullYear();

/** "14:05" */
export function clockText(at: Instant, reader: Reader = {}): string {
  return formatter(clockFormat, reader).format(new Date(at));
}

/** A thread's day separator: "Today", "Yesterday", "Monday", "Monday 9 March", "9 March 2026". */
export function dayText(at: Instant, now: Instant, reader: Reader = {}): string {
  const daysAgo = dayNumber(now, reader.timeZone) - dayNumber(at, reader.timeZone);
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
    return new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(0, 'second');
  }
  if (ageMs < hourMs) return unitText(ageMs / minuteMs, 'minute', reader);
  if (ageMs < dayMs) return unitText(ageMs / hourMs, 'hour', reader);
  if (ageMs < 7 * dayMs) return unitText(ageMs / dayMs, 'day', reader);
  const sameYear = yearOf(at, reader.timeZone) === yearOf(now, reader.timeZone);
  return formatter(sameYear ? shortDayFormat : shortDayOfYearFormat, reader).format(date);
}

function unitText(count: number, unit: 'minute' | 'hour' | 'day', { locale }: Reader): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(Math.floor(count));
}

/** A moment to act on, such as the end of a snooze: "Mon, 9 Mar, 09:00" */
export function dateTimeText(at: Instant, reader: Reader = {}): string {
  return formatter(momentFormat, reader).format(new Date(at));
}

/** For a title: "Monday 9 March 2026 at 14:05" */
export function fullText(at: Instant, reader: Reader = {}): string {
  return formatter(fullFormat, reader).format(new Date(at));
}
