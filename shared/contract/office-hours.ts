import type { Schedule } from './schedule.ts';

/** Monday to Friday, 9 to 17: what a new inbox starts with. */
export function officeHours(zone: string): Schedule {
  return { timeZone: zone, spans: [1, 2, 3, 4, 5].map((day) => ({ day, fromMinute: 540, toMinute: 1020 })) };
}
