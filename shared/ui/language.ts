/**
 * What texts, dates and numbers are said in. The widget sets it before it draws anything; where nobody does, texts are English and
 * dates and numbers follow the browser's habits.
 */
export interface Spoken {
  /** Of the texts, such as `pt`. */
  language: string;
  /** Of dates and numbers, such as `pt-BR`; undefined is the browser's own. */
  locale: string | undefined;
  direction: 'ltr' | 'rtl';
}

export const spoken: Spoken = { language: 'en', locale: undefined, direction: 'ltr' };

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

/** A number as the reader writes it: 4,000 or 4.000 */
export function numberText(value: number): string {
  return value.toLocaleString(spoken.locale);
}
