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

/**
 * Counts calendar days in the browser's zone: two instants of one day give the same number, the next day one more. By the local clock and not
 * by a formatter, which takes longer to make than the rest of an open chat to draw.
 */
export function dayNumber(at: Instant): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs;
}

/** "14:05" */
export function clockText(at: Instant, reader: Reader = {}): string {
  return formatter(clockFormat, reader).format(new Date(at));
}
