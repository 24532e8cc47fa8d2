/** So many steps are under way at once: enough to be quick, few enough to keep the log nearly in the order of time. */
const ABREAST = 64;

/**
 * Does what is to be done in its order, several at once, but never two of the same person. After a failure, or once told to stop, nothing more is begun; it
 * ends when what was under way has.
 * @throws the first failure, or the reason to stop.
 */
export async function inTurns<T>(
  all: readonly T[],
  personOf: (one: T) => string,
  act: (one: T) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  const last = new Map<string, Promise<void>>();
  const flying = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const isOver = (): boolean => stop.aborted || failures.length > 0;
  for (const one of all) {
    if (flying.size === ABREAST) await Promise.race(flying);
    if (isOver()) break;
    const person = personOf(one);
    const turn: Promise<void> = (last.get(person) ?? Promise.resolve())
      .then(() => (isOver() ? undefined : act(one)))
      .catch((error: unknown) => void failures.push(error))
      .then(() => void flying.delete(turn));
    last.set(person, turn);
    flying.add(turn);
  }
  await Promise.all(flying);
  if (failures.length > 0) throw failures[0];
  stop.throwIfAborted();
}
