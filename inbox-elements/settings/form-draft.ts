import { msg } from '@lit/localize';
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

/** What stands in the way of saving a form, as a sentence; null for nothing. */
export function formProblem(
  questions: readonly DraftField[],
  consent: { text: string; url: string } | null,
): string | null {
  if (questions.some(({ key, label }) => !taken.has(key ?? '') && !label.trim()))
    return msg('Every question of your own needs words.');
  if (questions.some(({ kind, options }) => kind === 'choice' && options.length === 0))
    return msg('A choice needs something to choose from.');
  if (consent && !consent.text.trim()) return msg('The consent needs words.');
  if (consent?.url.trim() && !/^https?:\/\/\S+$/i.test(consent.url.trim()))
    return msg('The address of the privacy policy must begin with https://.');
  return null;
}
