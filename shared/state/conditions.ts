import type { Condition } from '../contract/condition.ts';

/** What is known, by the names that conditions use. */
export type Facts = Readonly<Record<string, unknown>>;

/** The parts of any condition; only those of its kind are there. */
type Parts = { all?: Condition[]; any?: Condition[]; not?: Condition; field: string; operator: string; value: unknown };

/** Whether a condition holds. What is not known fulfils no comparison. It stands in the widget's loader: every byte counts. */
export function holds(condition: Condition, facts: Facts): boolean {
  const { all, any, not, field, operator, value } = condition as Parts;
  const each = (inner: Condition): boolean => holds(inner, facts);
  if (all) return all.every(each);
  if (any) return any.some(each);
  if (not) return !each(not);
  const held = facts[field];
  if (operator === 'is') return held === value;
  if (operator === 'atLeast') return (held as number) >= (value as number);
  // Piece after piece rather than as a regular expression: those take for ever where somebody writes many stars. No glob holds a
  // line break, so the ones around it find nothing but the ends.
  let at = 0;
  if (typeof held !== 'string') return false;
  return `\n${value as string}\n`.split('*').every((piece) => {
    const found = `\n${held}\n`.indexOf(piece, at);
    at = found + piece.length;
    return found >= 0;
  });
}
