import { Temporal } from 'temporal-polyfill';
import type { Availability, Schedule } from '../../../shared/contract/schedule.ts';

/** An opening in absolute time. */
type Opening = { from: Temporal.Instant; to: Temporal.Instant };

/** A week ahead finds every weekly span; one more day covers a start in the middle of one. */
const DAYS_AHEAD = 8;
/** A holiday further away than this is nobody's concern yet. */
const MOST_DAYS_AHEAD = 400;

/**
 * Whether a schedule is open at an instant, and when that changes next.
 * Spans are local time in the schedule's zone: where a clock change skips a span's edge the edge moves with the clock, and an hour that comes twice counts twice.
 * A holiday's spans stand in place of its weekday's.
 * @param schedule `null`: always open.
 * @returns `changesAt` is null when it never changes (always open, or no spans at all).
 */
export function availabilityAt(schedule: Schedule | null, at: Date): Availability {
  if (schedule === null) return { open: true, changesAt: null };
  const now = Temporal.Instant.fromEpochMilliseconds(at.getTime());
  let current: Opening | null = null;
  for (const opening of openingsFrom(schedule, now)) {
    if (isUpTo(opening.to, now)) continue;
    if (isUpTo(opening.from, now)) {
      if (!current || !isUpTo(opening.to, current.to)) current = opening;
      continue;
    }
    if (!current) return { open: false, changesAt: toIso(opening.from) };
    // Spans that touch or overlap are one opening: nobody is told "closing at midnight" for a shop open around the clock.
    if (!isUpTo(opening.from, current.to)) return { open: true, changesAt: toIso(current.to) };
    if (!isUpTo(opening.to, current.to)) current = opening;
  }
  if (!current) return { open: false, changesAt: null };
  return { open: true, changesAt: current.to.since(now).total('hours') >= 24 * 7 ? null : toIso(current.to) };
}

/** Openings by their beginnings, day by day, only as far as they are asked for. */
function* openingsFrom(schedule: Schedule, now: Temporal.Instant): Generator<Opening> {
  const today = now.toZonedDateTimeISO(schedule.timeZone).toPlainDate();
  const holidays = new Map((schedule.holidays ?? []).map(({ date, spans }) => [date, spans]));
  const days = Math.max(DAYS_AHEAD, ...[...holidays.keys()].map((date) => daysTo(today, date) + DAYS_AHEAD));
  for (let offset = -1; offset <= Math.min(days, MOST_DAYS_AHEAD); offset++) {
    const date = today.add({ days: offset });
    const spans = holidays.get(date.toString()) ?? schedule.spans.filter(({ day }) => day === date.dayOfWeek);
    const openings = spans.map(({ fromMinute, toMinute }) => ({
      from: localInstant(date, fromMinute, schedule.timeZone),
      to: localInstant(date, toMinute, schedule.timeZone),
    }));
    // A span that lies wholly in a skipped hour is none.
    yield* openings
      .filter(({ from, to }) => !isUpTo(to, from))
      .sort((a, b) => Temporal.Instant.compare(a.from, b.from));
  }
}

function daysTo(today: Temporal.PlainDate, date: string): number {
  return today.until(date).total('days');
}

function localInstant(date: Temporal.PlainDate, minute: number, timeZone: string): Temporal.Instant {
  const day = minute === 1440 ? date.add({ days: 1 }) : date;
  const time = Temporal.PlainTime.from({ hour: Math.floor((minute % 1440) / 60), minute: minute % 60 });
  return day.toZonedDateTime({ timeZone, plainTime: time }).toInstant();
}

/** Whether one instant is not after another. */
function isUpTo(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) <= 0;
}

function toIso(instant: Temporal.Instant): string {
  return new Date(instant.epochMilliseconds).toISOString();
}
