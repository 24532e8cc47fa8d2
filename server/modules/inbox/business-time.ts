import { Temporal } from 'temporal-polyfill';
import type { Availability, Schedule } from '../../../shared/contract/schedule.ts';

/** An opening in absolute time. */
type Opening = { from: Temporal.Instant; to: Temporal.Instant };

/** A week ahead finds every weekly span; one more day covers a start in the middle of one. */
const DAYS_AHEAD = 8;

/**
 * Whether a schedule is open at an instant, and when that changes next.
 * Spans are local time in the schedule's zone: where a clock change skips a span's edge the edge moves with the clock, and an hour that comes twice counts twice.
 * @param schedule `null`: always open.
 * @returns `changesAt` is null when it never changes (always open, or no spans at all).
 */
export function availabilityAt(schedule: Schedule | null, at: Date): Availability {
  if (schedule === null) return { open: true, changesAt: null };
  const now = Temporal.Instant.fromEpochMilliseconds(at.getTime());
  const openings = joined(openingsAround(schedule, now));
  const current = openings.find((opening) => contains(opening, now));
  if (current) {
    const endless = openings.at(-1) === current && openings.length === 1 && coversWeek(current);
    return { open: true, changesAt: endless ? null : toIso(current.to) };
  }
  const next = openings.find((opening) => Temporal.Instant.compare(opening.from, now) > 0);
  return { open: false, changesAt: next ? toIso(next.from) : null };
}

function openingsAround(schedule: Schedule, now: Temporal.Instant): Opening[] {
  const today = now.toZonedDateTimeISO(schedule.timeZone).toPlainDate();
  const openings: Opening[] = [];
  for (let offset = -1; offset <= DAYS_AHEAD; offset++) {
    const date = today.add({ days: offset });
    for (const span of schedule.spans) {
      if (span.day !== date.dayOfWeek) continue;
      const from = localInstant(date, span.fromMinute, schedule.timeZone);
      const to = localInstant(date, span.toMinute, schedule.timeZone);
      if (Temporal.Instant.compare(from, to) < 0) openings.push({ from, to });
    }
  }
  return openings.sort((a, b) => Temporal.Instant.compare(a.from, b.from));
}

/** Spans that touch or overlap are one opening: nobody is told "closing at midnight" for a shop open around the clock. */
function joined(openings: Opening[]): Opening[] {
  const result: Opening[] = [];
  for (const opening of openings) {
    const last = result.at(-1);
    if (last && Temporal.Instant.compare(opening.from, last.to) <= 0) {
      if (Temporal.Instant.compare(opening.to, last.to) > 0) last.to = opening.to;
    } else {
      result.push({ ...opening });
    }
  }
  return result;
}

function localInstant(date: Temporal.PlainDate, minute: number, timeZone: string): Temporal.Instant {
  const day = minute === 1440 ? date.add({ days: 1 }) : date;
  const time = Temporal.PlainTime.from({ hour: Math.floor((minute % 1440) / 60), minute: minute % 60 });
  return day.toZonedDateTime({ timeZone, plainTime: time }).toInstant();
}

function contains(opening: Opening, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(opening.from, now) <= 0 && Temporal.Instant.compare(now, opening.to) < 0;
}

function coversWeek(opening: Opening): boolean {
  return opening.from.until(opening.to).total('hours') >= 24 * 8;
}

function toIso(instant: Temporal.Instant): string {
  return new Date(instant.epochMilliseconds).toISOString();
}
