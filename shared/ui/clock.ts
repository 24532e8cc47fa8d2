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

const dayMs = 24 * 60 * 60_000;

const clockFormat: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
const numbersFormat: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'numeric', year: 'numeric' };

/** Making a formatter costs a hundred times what using it does, and a list formats hundreds of times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

export function formatter(
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
  const date = new Date(at);
  // A formatter takes longer to make than the rest of an open chat to draw.
  if (!timeZone) return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs;
  const parts = formatter(numbersFormat, { locale: 'en-US', timeZone }).formatToParts(date);
  return Date.UTC(numberOf(parts, 'year'), numberOf(parts, 'month') - 1, numberOf(parts, 'day')) / dayMs;
}

/** "14:05" */
export function clockText(at: Instant, reader: Reader = {}): string {
  return formatter(clockFormat, reader).format(new Date(at));
}
