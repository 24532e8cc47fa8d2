export type SnoozePreset = 'later-today' | 'tomorrow' | 'monday' | 'next-week';
export type SnoozeTime = { preset: SnoozePreset; at: Date };

const morning = 9;
/** "Later today" is not offered where it would fall into the night. */
const evening = 21;
const laterHours = 3;

/** The moments a snooze menu offers, in the reader's own zone, all in the future and no two alike. */
export function snoozeTimes(now: Date): readonly SnoozeTime[] {
  const later = new Date(now);
  later.setHours(now.getHours() + laterHours, 0, 0, 0);
  if (now.getMinutes() > 0) later.setHours(later.getHours() + 1);
  const staysToday = later.getDate() === now.getDate() && later.getHours() <= evening;

  const untilMonday = (8 - now.getDay()) % 7 || 7;
  const times: SnoozeTime[] = [
    ...(staysToday ? [{ preset: 'later-today' as const, at: later }] : []),
    { preset: 'tomorrow', at: morningAfter(now, 1) },
    { preset: 'monday', at: morningAfter(now, untilMonday) },
    { preset: 'next-week', at: morningAfter(now, daysToNextWeek(now.getDay())) },
  ];
  return times.filter(({ at }, index) => times.findIndex((one) => one.at.getTime() === at.getTime()) === index);
}

/** A week from now; at the weekend the Monday after, since nobody means a Saturday by it. */
function daysToNextWeek(day: number): number {
  return day === 6 ? 9 : day === 0 ? 8 : 7;
}

function morningAfter(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, morning);
}

/** A moment as a `datetime-local` field writes it: the reader's own zone, to the minute. */
export function toLocalField(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The moment a `datetime-local` field says; `null` when it says none. */
export function fromLocalField(value: string): Date | null {
  const at = new Date(value);
  return value && !Number.isNaN(at.getTime()) ? at : null;
}
