const SLOTS = 1_024;
const times = new Float64Array(SLOTS).fill(Number.NaN);
const texts: string[] = Array.from({ length: SLOTS }, () => '');

/**
 * An instant as JSON has it. A message's few instants are written eight times on its way, by all who hear of it, and V8 formats each anew,
 * at more than the rest of the record costs: so the latest texts are kept.
 */
export function isoText(at: Date): string {
  const time = at.getTime();
  const slot = Math.abs(time % SLOTS);
  if (times[slot] !== time) {
    texts[slot] = at.toISOString();
    times[slot] = time;
  }
  return texts[slot]!;
}
