import { spoken } from './language.ts';

/** Between the forms that a catalogue gives to one text, and between a form and its rule. */
export const FORM_BREAK = '\u001f';

/**
 * The right one of the texts for a count. English has two, and the source is English; a catalogue gives `other` as many forms as its
 * language has, by the names of `Intl.PluralRules`: other, then rule and form by turns.
 *
 *     plural(count, msg(str`${count} message`), msg(str`${count} messages`))
 */
export function plural(count: number, one: string, other: string): string {
  const rule = new Intl.PluralRules(spoken.language).select(count);
  if (rule === 'one') return one;
  const forms = other.split(FORM_BREAK);
  return forms[forms.indexOf(rule) + 1] ?? other;
}
