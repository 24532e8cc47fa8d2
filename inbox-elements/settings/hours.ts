import { spoken } from '../../shared/ui/language.ts';
import type { Holiday, Schedule, ScheduleSpan } from '../../shared/contract/schedule.ts';

/** Weekdays by their ISO numbers, Monday first. */
export function weekdays(): { day: number; name: string }[] {
  const format = new Intl.DateTimeFormat(spoken.locale, { weekday: 'long', timeZone: 'UTC' });
  // 1 January 2024 was a Monday.
  return [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, name: format.format(Date.UTC(2024, 0, day)) }));
}

/** Minutes since midnight as a time field writes them; the midnight that ends a day is 00:00. */
export function timeText(minute: number): string {
  const hours = String(Math.floor(minute / 60) % 24).padStart(2, '0');
  return `${hours}:${String(minute % 60).padStart(2, '0')}`;
}

/** Reads a time field; an end of 00:00 is the midnight that ends the day. `null` while it is incomplete. */
export function minuteOf(text: string, isEnd: boolean): number | null {
  const match = /^(\d{2}):(\d{2})/.exec(text);
  if (!match) return null;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return isEnd && minute === 0 ? 1440 : minute;
}

export function spansOn(schedule: Schedule, day: number): ScheduleSpan[] {
  return schedule.spans.filter((span) => span.day === day).sort((one, other) => one.fromMinute - other.fromMinute);
}

/** What is wrong with a day's spans, if anything. */
export function problemOf(spans: readonly ScheduleSpan[]): 'order' | 'overlap' | null {
  if (spans.some(({ fromMinute, toMinute }) => fromMinute >= toMinute)) return 'order';
  const overlaps = spans.some((span, index) => index > 0 && span.fromMinute < (spans[index - 1]?.toMinute ?? 0));
  return overlaps ? 'overlap' : null;
}

/** A span to begin with: office hours on an empty day, else an hour after the last one; `null` when the day is full. */
export function nextSpan(day: number, spans: readonly ScheduleSpan[]): ScheduleSpan | null {
  const last = spans.at(-1);
  if (!last) return { day, fromMinute: 540, toMinute: 1020 };
  const fromMinute = Math.min(last.toMinute + 60, 1439);
  return last.toMinute >= 1439 ? null : { day, fromMinute, toMinute: Math.min(fromMinute + 180, 1440) };
}

/** What is wrong with a holiday among all of them, if anything. */
export function holidayProblem(
  all: readonly Holiday[],
  { date, spans }: Holiday,
): 'order' | 'overlap' | 'twice' | null {
  if (all.filter((holiday) => holiday.date === date).length > 1) return 'twice';
  const inOrder = spans.map((span) => ({ day: 1, ...span })).sort((one, other) => one.fromMinute - other.fromMinute);
  return problemOf(inOrder);
}

/** The next date in the zone that is no holiday yet. */
export function freeDate(holidays: readonly Holiday[], timeZone: string): string {
  // The Swedish way of writing a date is the one that date fields read.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone });
  for (let days = 1; ; days++) {
    const date = format.format(Date.now() + days * 86_400_000);
    if (!holidays.some((holiday) => holiday.date === date)) return date;
  }
}
