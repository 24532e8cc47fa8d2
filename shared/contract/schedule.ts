import * as v from 'valibot';
import { timeZone } from './primitives.ts';

/** Minutes since local midnight: 540 is 09:00, 1440 is the midnight that ends the day. */
const minuteOfDay = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1440));

const span = v.pipe(
  v.strictObject({
    /** ISO weekday: 1 is Monday, 7 is Sunday. */
    day: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)),
    fromMinute: minuteOfDay,
    toMinute: minuteOfDay,
  }),
  v.check((value) => value.fromMinute < value.toMinute, 'must end after it starts'),
);

/** A day on the calendar, such as 2026-12-24. */
const calendarDate = v.pipe(
  v.string(),
  v.isoDate('must be a date such as 2026-12-24'),
  v.check((text) => new Date(text).getUTCDate() === Number(text.slice(8)), 'must be a date such as 2026-12-24'),
);

/** A date on which other hours count than on its weekday. No spans: closed all day. */
const holiday = v.strictObject({
  date: calendarDate,
  spans: v.pipe(
    v.array(
      v.pipe(
        v.strictObject({ fromMinute: minuteOfDay, toMinute: minuteOfDay }),
        v.check((value) => value.fromMinute < value.toMinute, 'must end after it starts'),
      ),
    ),
    v.maxLength(10),
  ),
});

/** Opening hours: weekly spans of local time in one zone. No spans at all means closed; `null` schedules mean always open. */
export const schedule = v.strictObject({
  timeZone,
  spans: v.pipe(v.array(span), v.maxLength(70)),
  /** Dates in the zone that are not like their weekday. */
  holidays: v.optional(
    v.pipe(
      v.array(holiday),
      v.maxLength(200),
      v.check((days) => new Set(days.map(({ date }) => date)).size === days.length, 'must name each date once'),
    ),
  ),
});
export type Schedule = v.InferOutput<typeof schedule>;
export type ScheduleSpan = v.InferOutput<typeof span>;
export type Holiday = v.InferOutput<typeof holiday>;

/** Whether an inbox is open now, and when that changes next (`null`: never). */
export const availability = v.strictObject({ open: v.boolean(), changesAt: v.nullable(v.string()) });
export type Availability = v.InferOutput<typeof availability>;
