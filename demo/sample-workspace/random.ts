/** Chance that is the same every time: sample data should look random, and be equal wherever it is made. */
export type Chance = {
  /** From 0 up to, not including, 1. */
  number(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** Whether something happens that happens in this share of cases. */
  happens(share: number): boolean;
  pick<T>(from: readonly T[]): T;
};

/** @param seed what it is for: each use has chance of its own, so that changing one leaves the others as they were. */
export function chanceFor(seed: string): Chance {
  let state = hashOf(seed);
  // Mulberry32: small, and good enough for names and hours.
  const number = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    number,
    between: (from, to) => from + Math.floor(number() * (to - from + 1)),
    happens: (share) => number() < share,
    pick(from) {
      const picked = from[Math.floor(number() * from.length)];
      if (picked === undefined) throw new Error('There is nothing to pick from');
      return picked;
    },
  };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}
