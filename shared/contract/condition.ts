import * as v from 'valibot';
import { line } from './primitives.ts';

/** A small expression tree over named facts; `shared/state/conditions.ts` reads it. */
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Comparison;

const field = v.pipe(v.string(), v.maxLength(80), v.regex(/^[a-z][\w.-]*$/i, 'must be the name of a fact'));
const number = v.pipe(v.number(), v.finite());

/** Text `matches` a glob: `*` stands for anything, and the whole text counts. */
const comparison = v.variant('operator', [
  v.strictObject({ field, operator: v.literal('is'), value: v.union([line(500), number, v.boolean()]) }),
  v.strictObject({ field, operator: v.literal('matches'), value: line(500) }),
  v.strictObject({ field, operator: v.literal('atLeast'), value: number }),
]);
type Comparison = v.InferOutput<typeof comparison>;

const list = v.pipe(
  v.array(v.lazy((): v.GenericSchema<Condition> => conditionTree)),
  v.minLength(1, 'must hold a condition'),
);
const conditionTree: v.GenericSchema<Condition> = v.union([
  comparison,
  v.strictObject({ all: list }),
  v.strictObject({ any: list }),
  v.strictObject({ not: v.lazy((): v.GenericSchema<Condition> => conditionTree) }),
]);

/** Nobody writes longer rules by hand, and every visitor's page carries them. */
const MOST_BYTES = 4000;
const MOST_LEVELS = 16;

/** Looked at before the tree is walked, so that a bottomless one costs nothing. */
function isShallow(value: unknown, levels = 2 * MOST_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

export const condition = v.pipe(
  v.unknown(),
  v.check(
    (value) => isShallow(value) && JSON.stringify(value).length <= MOST_BYTES,
    `must be a rule of at most ${MOST_LEVELS} levels and ${MOST_BYTES} characters`,
  ),
  conditionTree,
);
