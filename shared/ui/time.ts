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

const dateFormats = {
  clock: { hour: 'numeric', minute: '2-digit' },
  weekday: { weekday: 'long' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  dayOfYear: { day: 'numeric', month: 'long', year: 'numeric' },
  shortDay: { day: 'numeric', month: 'short' },
  shortDayOfYear: { day: 'numeric', month: 'short', year: 'numeric' },
  moment: { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
  full: { dateStyle: 'full', timeStyle: 'short' },
  numbers: { day: 'numeric', month: 'numeric', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making a formatter costs a hundred times what using it does, and a list formats hundreds of times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(name: keyof typeof dateFormats, { locale = spoken.locale, timeZone }: Reader): Intl.DateTimeFormat {
  const key = `${name} ${locale ?? ''} ${timeZone ?? ''}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, timeZone ? { ...dateFormats[name], timeZone } : dateFormats[name]);
    formatters.set(key, found);
  }
  return found;
}

const numberOf = (parts: readonly Intl.DateTimeFormatPart[], type: string): number =>
  Number(parts.find((part) => part.type === type)?.value);

/** Counts calendar days in the reader's zone: two instants of one day give the same number, the next day one more. */
export function dayNumber(at: Instant, timeZone?: string): number {
  const parts = formatter('numbers', { locale: 'en-US', timeZone }).formatToParts(new Date(at));
  return Date.UTC(numberOf(parts, 'year'), numberOf(parts, 'month') - 1, numberOf(parts, 'day')) / dayMs;
}

const yearOf = (at: Instant, timeZone?: string): number => new Date(dayNumber(at, timeZone) * dayMs).getUTCFullYear();

/** "14:05" */
export function clockText(at: Instant, reader: Reader = {}): string {
  return formatter('clock', reader).format(new Date(at));
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
  const name = daysAgo > 1 && daysAgo < 7 ? 'weekday' : sameYear ? 'day' : 'dayOfYear';
  return formatter(name, reader).format(new Date(at));
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
  return formatter(sameYear ? 'shortDay' : 'shortDayOfYear', reader).format(date);
}

function unitText(count: number, unit: 'minute' | 'hour' | 'day', { locale }: Reader): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(Math.floor(count));
}

/** A moment to act on, such as the end of a snooze: "Mon, 9 Mar, 09:00" */
export function dateTimeText(at: Instant, reader: Reader = {}): string {
  return formatter('moment', reader).format(new Date(at));
}

/** For a title: "Monday 9 March 2026 at 14:05" */
export function fullText(at: Instant, reader: Reader = {}): string {
  return formatter('full', reader).format(new Date(at));
}
