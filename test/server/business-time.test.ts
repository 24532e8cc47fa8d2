/** Opening hours against an oracle that knows nothing but the wall clock: it reads local time from Intl, minute by minute. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Holiday, Schedule, ScheduleSpan } from '../../shared/contract/schedule.ts';
import { availabilityAt } from '../../server/modules/inbox/business-time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Weekends in which clocks change, both ways, and one in which none does. */
const moments: Record<string, string[]> = {
  'Europe/Berlin': ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-06-14T12:00Z'],
  'America/New_York': ['2026-03-08T07:00Z', '2026-11-01T06:00Z', '2026-06-14T12:00Z'],
  'Australia/Lord_Howe': ['2026-04-04T15:00Z', '2026-10-03T15:30Z', '2026-06-14T12:00Z'],
  'Asia/Kolkata': ['2026-03-29T01:00Z', '2026-06-14T12:00Z'],
  UTC: ['2026-03-29T01:00Z', '2026-12-31T23:59Z'],
};

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

/** Date, weekday and minute of the day on a wall clock with a calendar in the zone. */
function wallClock(timeZone: string, at: number): { date: string; day: number; minute: number } {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${part['year']}-${part['month']}-${part['day']}`,
    day: weekdays.indexOf(part['weekday']!) + 1,
    minute: Number(part['hour']) * 60 + Number(part['minute']),
  };
}

function isOpenOnTheWall({ timeZone, spans, holidays = [] }: Schedule, at: number): boolean {
  const { date, day, minute } = wallClock(timeZone, at);
  const hours = holidays.find((holiday) => holiday.date === date)?.spans ?? spans.filter((span) => span.day === day);
  return hours.some((span) => span.fromMinute <= minute && minute < span.toMinute);
}

/** The first minute from here at which open and closed change, looking as far as asked. */
function nextChange(schedule: Schedule, from: number, until: number): number | null {
  const open = isOpenOnTheWall(schedule, from);
  for (let at = from + MINUTE; at <= until; at += MINUTE) if (isOpenOnTheWall(schedule, at) !== open) return at;
  return null;
}

/**
 * On the night of a change the wall shows an hour twice or not at all, and whether a shop that closes at 2:30 closes once or twice
 * is a matter of taste: the oracle is only asked where edges do not lie in those hours.
 */
function touchesTheChange({ timeZone, spans, holidays = [] }: Schedule, around: number): boolean {
  const all = [...spans, ...holidays.flatMap((holiday) => holiday.spans)];
  const edges = new Set(all.flatMap(({ fromMinute, toMinute }) => [fromMinute, toMinute % 1440]));
  const strange = new Set<number>();
  for (let at = around - 2 * HOUR; at < around + 2 * HOUR; at += MINUTE) {
    const [before, after] = [wallClock(timeZone, at).minute, wallClock(timeZone, at + MINUTE).minute];
    if (after === (before + 1) % 1440) continue;
    const [low, high] = [Math.min(before, after) - 1, Math.max(before, after) + 1];
    for (let minute = low; minute <= high; minute++) strange.add(minute);
  }
  return [...edges].some((edge) => strange.has(edge));
}

const span: fc.Arbitrary<ScheduleSpan> = fc
  .record({
    day: fc.integer({ min: 1, max: 7 }),
    edges: fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 2 }),
  })
  .map(({ day, edges }) => ({ day, fromMinute: Math.min(...edges) * 15, toMinute: Math.max(...edges) * 15 }));

/** Holidays on the days around a moment, closed or with hours of their own. */
function holidaysAround(timeZone: string, moment: string): fc.Arbitrary<Holiday[]> {
  const dates = [-2, -1, 0, 1, 2].map((days) => wallClock(timeZone, Date.parse(moment) + days * DAY).date);
  const hours = fc.array(span, { maxLength: 2 });
  return fc
    .record({
      chosen: fc.uniqueArray(fc.constantFrom(...new Set(dates))),
      hours: fc.array(hours, { minLength: 5, maxLength: 5 }),
    })
    .map(({ chosen, hours: all }) =>
      chosen.map((date, index) => ({
        date,
        spans: all[index]!.map(({ fromMinute, toMinute }) => ({ fromMinute, toMinute })),
      })),
    );
}

describe('opening hours', () => {
  for (const [timeZone, around] of Object.entries(moments)) {
    it(`agree with a clock on the wall in ${timeZone}, also when it is changed`, () => {
      fc.assert(
        fc.property(
          fc.array(span, { maxLength: 10 }),
          fc.constantFrom(...around).chain((moment) => fc.tuple(fc.constant(moment), holidaysAround(timeZone, moment))),
          fc.integer({ min: -36 * 60, max: 36 * 60 }),
          (spans, [moment, holidays], minutes) => {
            const schedule: Schedule = { timeZone, spans, holidays };
            fc.pre(!touchesTheChange(schedule, Date.parse(moment)));
            const at = Date.parse(moment) + minutes * MINUTE;
            const answer = availabilityAt(schedule, new Date(at));
            assert.equal(answer.open, isOpenOnTheWall(schedule, at), 'open now');
            const horizon = at + 2 * DAY;
            const expected = nextChange(schedule, at, horizon);
            const changesAt = answer.changesAt === null ? null : Date.parse(answer.changesAt);
            if (expected !== null) assert.equal(changesAt, expected);
            else assert.ok(changesAt === null || changesAt > horizon);
          },
        ),
        { numRuns: 60, seed: 20_261_121 },
      );
    });
  }

  it('open at the changed hour: an hour that comes twice counts twice, one that is skipped moves the edge', () => {
    const berlin = (fromMinute: number, toMinute: number): Schedule => ({
      timeZone: 'Europe/Berlin',
      spans: [{ day: 7, fromMinute, toMinute }],
    });
    const at = (schedule: Schedule, instant: string) => availabilityAt(schedule, new Date(instant));
    assert.deepEqual(at(berlin(60, 240), '2026-10-25T00:30:00.000Z'), {
      open: true,
      changesAt: '2026-10-25T03:00:00.000Z',
    });
    assert.deepEqual(at(berlin(60, 240), '2026-03-29T00:30:00.000Z'), {
      open: true,
      changesAt: '2026-03-29T02:00:00.000Z',
    });
    assert.deepEqual(at(berlin(150, 240), '2026-03-29T00:30:00.000Z'), {
      open: false,
      changesAt: '2026-03-29T01:30:00.000Z',
    });
  });

  it('never change without hours, without a schedule, or around the clock', () => {
    const now = new Date('2026-06-14T12:00:00.000Z');
    assert.deepEqual(availabilityAt(null, now), { open: true, changesAt: null });
    assert.deepEqual(availabilityAt({ timeZone: 'UTC', spans: [] }, now), { open: false, changesAt: null });
    for (const timeZone of Object.keys(moments)) {
      const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, fromMinute: 0, toMinute: 1440 }));
      for (let hour = 0; hour < 48; hour++) {
        const answer = availabilityAt(
          { timeZone, spans: always },
          new Date(Date.parse('2026-10-24T00:00Z') + hour * HOUR),
        );
        assert.deepEqual(answer, { open: true, changesAt: null });
      }
    }
  });

  it('say when they open after a week of waiting, and join spans that touch', () => {
    const schedule = {
      timeZone: 'UTC',
      spans: [
        { day: 1, fromMinute: 540, toMinute: 1440 },
        { day: 2, fromMinute: 0, toMinute: 60 },
      ],
    };
    assert.deepEqual(availabilityAt(schedule, new Date('2026-06-16T01:00:00.000Z')), {
      open: false,
      changesAt: '2026-06-22T09:00:00.000Z',
    });
    assert.deepEqual(availabilityAt(schedule, new Date('2026-06-15T10:00:00.000Z')), {
      open: true,
      changesAt: '2026-06-16T01:00:00.000Z',
    });
  });

  it('look past a holiday of several weeks, and close for one in a shop open around the clock', () => {
    const closed = (date: string) => ({ date, spans: [] });
    const mondays = {
      timeZone: 'UTC',
      spans: [{ day: 1, fromMinute: 540, toMinute: 1020 }],
      holidays: ['2026-12-21', '2026-12-28', '2027-01-04'].map(closed),
    };
    assert.deepEqual(availabilityAt(mondays, new Date('2026-12-20T10:00:00.000Z')), {
      open: false,
      changesAt: '2027-01-11T09:00:00.000Z',
    });
    const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, fromMinute: 0, toMinute: 1440 }));
    const shop = { timeZone: 'Europe/Berlin', spans: always, holidays: [closed('2026-12-25')] };
    assert.deepEqual(availabilityAt(shop, new Date('2026-11-01T10:00:00.000Z')), {
      open: true,
      changesAt: '2026-12-24T23:00:00.000Z',
    });
    assert.deepEqual(availabilityAt(shop, new Date('2026-12-25T10:00:00.000Z')), {
      open: false,
      changesAt: '2026-12-25T23:00:00.000Z',
    });
    assert.deepEqual(availabilityAt(shop, new Date('2026-12-26T10:00:00.000Z')), { open: true, changesAt: null });
  });
});
