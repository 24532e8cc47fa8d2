// Apart from the form's schema, so that a browser reads answers without carrying what describes questions.
import * as v from 'valibot';
import type { FieldKind, FormField, Properties, PropertyValue } from './form.ts';
import { email, line, phone } from './primitives.ts';

/** What is wrong with an answer. Both ends find it here; each says it in its own words. */
export type FormProblem = 'missing' | 'email' | 'phone' | 'number' | 'choice' | 'long' | 'kind';

const TEXT_LENGTH = 200;
const LONG_TEXT_LENGTH = 2000;

type Reading = { value: PropertyValue } | { problem: FormProblem } | null;

const readers: Record<FieldKind, (answer: PropertyValue, field: FormField) => Reading> = {
  text: (answer) => readText(answer, TEXT_LENGTH),
  'long-text': (answer) => readText(answer, LONG_TEXT_LENGTH),
  email: (answer) => readBy(email, answer, 'email'),
  phone: (answer) => readBy(phone, answer, 'phone'),
  number(answer) {
    const value = typeof answer === 'string' ? Number(answer.trim() === '' ? Number.NaN : answer) : answer;
    return typeof value === 'number' && Number.isFinite(value) ? { value } : { problem: 'number' };
  },
  choice: (answer, { options }) => (options?.includes(String(answer)) ? { value: answer } : { problem: 'choice' }),
  checkbox: (answer) => (typeof answer === 'boolean' ? { value: answer } : { problem: 'kind' }),
};

function readText(answer: PropertyValue, most: number): Reading {
  if (typeof answer !== 'string') return { problem: 'kind' };
  const result = v.safeParse(line(most), answer.replaceAll('\0', ''));
  return result.success ? { value: result.output } : { problem: 'long' };
}

function readBy(schema: typeof email | typeof phone, answer: PropertyValue, problem: FormProblem): Reading {
  const result = v.safeParse(schema, answer);
  return result.success ? { value: result.output } : { problem };
}

/** An answer that says nothing: left empty, or a box not ticked. */
function isEmpty(answer: PropertyValue | undefined): boolean {
  return answer === undefined || answer === false || (typeof answer === 'string' && answer.trim() === '');
}

/**
 * Reads answers by the fields that asked for them. What nobody asked for is left out.
 * @returns the values as they are kept, and what is wrong, both by key
 */
export function readAnswers(
  fields: readonly FormField[],
  answers: Readonly<Record<string, PropertyValue>>,
): { values: Properties; problems: Record<string, FormProblem> } {
  const values: Properties = {};
  const problems: Record<string, FormProblem> = {};
  for (const field of fields) {
    const answer = answers[field.key];
    if (answer === undefined || isEmpty(answer)) {
      if (field.required) problems[field.key] = 'missing';
      else if (answer === false) values[field.key] = false;
      continue;
    }
    const reading = readers[field.kind](answer, field);
    if (reading && 'value' in reading) values[field.key] = reading.value;
    else if (reading) problems[field.key] = reading.problem;
  }
  return { values, problems };
}
