import { msg, str } from '@lit/localize';
import type { FieldKind } from '../../shared/contract/form.ts';

/** A question while it is edited. */
export interface DraftField {
  /** Null until it is saved: then its words have given it one, which stays when the words change. */
  key: string | null;
  label: string;
  kind: FieldKind;
  required: boolean;
  options: string[];
}

/** What a question of one's own may be answered with. */
export const ownKinds: readonly FieldKind[] = ['text', 'long-text', 'number', 'choice', 'checkbox', 'email', 'phone'];

const taken: ReadonlySet<string> = new Set(['name', 'email', 'phone']);

/** The key of a new question: its words as a property's name, unlike those of the others. */
export function keyFor(label: string, all: readonly DraftField[], index: number): string {
  const words = label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, 36);
  const base = words || 'question';
  const others = new Set(taken);
  all.forEach((field, at) => {
    if (field.key !== null) others.add(field.key);
    else if (at < index) others.add(keyFor(field.label, all, at));
  });
  for (let number = 1; ; number++) {
    const key = number === 1 ? base : `${base}_${number}`;
    if (!others.has(key)) return key;
  }
}

/** As the contract has it. */
const MOST_OPTIONS = 30;
const OPTION_LENGTH = 80;

/** A question as its owner finds it again: by its words, or by its place. */
export function questionName({ label }: Pick<DraftField, 'label'>, index: number): string {
  return label.trim() || msg(str`Question ${index + 1}`);
}

/** What stands in the way of saving a form, as sentences that say where it is and what to do, by the field's name. */
export function draftProblems(
  questions: readonly DraftField[],
  consent: { text: string; url: string } | null,
): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  questions.forEach((question, index) => {
    const { key, label, kind, options } = question;
    const name = questionName(question, index);
    if (!taken.has(key ?? '') && !label.trim())
      problems[`label-${index}`] = msg(str`${name} is empty. Write the question, or remove it.`);
    const problem = kind === 'choice' ? optionsProblem(name, options) : null;
    if (problem) problems[`options-${index}`] = problem;
  });
  if (!consent) return problems;
  if (!consent.text.trim())
    problems['consent'] = msg('The consent text is empty. Write what visitors agree to, or do not ask for consent.');
  const url = consent.url.trim();
  if (url && !(/^https?:\/\//i.test(url) && URL.canParse(url)))
    problems['url'] = msg(
      str`“${url}” is not a valid URL. Enter the full address, such as https://shop.example/privacy, or leave it empty.`,
    );
  return problems;
}

function optionsProblem(name: string, options: readonly string[]): string | null {
  if (options.length === 0) return msg(str`“${name}” has no choices. Add some, or select another answer type.`);
  if (options.length > MOST_OPTIONS)
    return msg(str`“${name}” has ${options.length} choices. Keep at most ${MOST_OPTIONS}.`);
  const long = options.find((option) => option.length > OPTION_LENGTH);
  if (!long) return null;
  return msg(
    str`“${name}” has a choice that is too long, “${long.slice(0, 24)}…”. Keep each within ${OPTION_LENGTH} characters.`,
  );
}
