const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before another try: a random time up to a bound that doubles, so that clients that lost the same server do
 * not come back together (rule 12).
 * @param tries How many have failed before; 0 for the first wait.
 * @param random From 0 up to 1.
 */
export function backoffMs(tries: number, random: number): number {
  return random * Math.min(LONGEST_MS, FIRST_MS * 2 ** tries);
}
