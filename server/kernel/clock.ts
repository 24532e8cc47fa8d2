/** The one source of "now" (D15), so that sample data and tests can live in another time. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
