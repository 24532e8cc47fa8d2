/** So many steps are under way at once: enough to be quick, few enough to keep the log nearly in the order of time. */
const ABREAST = 64;

/** Does what is to be done in its order, several at once, but never two of the same person. */
export async function inTurns<T>(
  all: readonly T[],
  personOf: (one: T) => string,
  act: (one: T) => Promise<void>,
): Promise<void> {
  const last = new Map<string, Promise<void>>();
  const flying = new Set<Promise<void>>();
  for (const one of all) {
    if (flying.size === ABREAST) await Promise.race(flying);
    const person = personOf(one);
    const turn: Promise<void> = (last.get(person) ?? Promise.resolve())
      .then(() => act(one))
      .then(() => void flying.delete(turn));
    last.set(person, turn);
    flying.add(turn);
  }
  await Promise.all(flying);
}
