import { msg } from '@lit/localize';
import type { Form, FormField } from '../../shared/contract/form.ts';
import type { Translatable, Translations } from './translation-editor.ts';

const CONSENT = 'consent';
/** A question's own key may be `consent`. */
const keyOf = (key: string): string => `field-${key}`;
/** A question's key has no hyphen, so that no two choices share a key. */
const optionKeyOf = (key: string, option: string): string => `option-${key}-${option}`;

/** What a form says in its owner's words. */
export function formTexts({ fields, consent }: Form): Translatable[] {
  return [
    ...fields.flatMap(({ key, label, options = [] }) => [
      ...(label ? [{ key: keyOf(key), label, original: label, maxLength: 80 }] : []),
      ...options.map((option) => ({
        key: optionKeyOf(key, option),
        label: label ? `${label} – ${option}` : option,
        original: option,
        maxLength: 80,
      })),
    ]),
    ...(consent
      ? [{ key: CONSENT, label: msg('Consent text'), original: consent.text, maxLength: 500, isLong: true }]
      : []),
  ];
}

/** What is saved of it in other languages. */
export function formTranslations(form: Form | null): Translations {
  const result: Record<string, Record<string, string>> = {};
  const put = (key: string, words: Readonly<Record<string, string>> = {}): void => {
    for (const [language, text] of Object.entries(words)) result[language] = { ...result[language], [key]: text };
  };
  for (const { key, translations, optionTranslations = {} } of form?.fields ?? []) {
    put(keyOf(key), translations);
    for (const [language, words] of Object.entries(optionTranslations))
      for (const [option, text] of Object.entries(words)) put(optionKeyOf(key, option), { [language]: text });
  }
  put(CONSENT, form?.consent?.translations);
  return result;
}

/** The form with what was written in other languages. */
export function withTranslations({ fields, consent }: Form, written: Translations): Form {
  const of = (key: string): { translations?: Record<string, string> } => {
    const words = Object.entries(written).flatMap(([language, texts]) => (texts[key] ? [[language, texts[key]]] : []));
    return words.length > 0 ? { translations: Object.fromEntries(words) as Record<string, string> } : {};
  };
  return {
    fields: fields.map((field) => ({
      ...field,
      ...(field.label ? of(keyOf(field.key)) : {}),
      ...optionsIn(field, written),
    })),
    consent: consent && { ...consent, ...of(CONSENT) },
  };
}

/** What a question's choices are called, by language; a choice that is gone takes its words with it. */
function optionsIn({ key, options = [] }: FormField, written: Translations): Pick<FormField, 'optionTranslations'> {
  const languages = Object.entries(written).flatMap(([language, texts]) => {
    const words = options.flatMap((option) => {
      const text = texts[optionKeyOf(key, option)];
      return text ? [[option, text] as const] : [];
    });
    return words.length > 0 ? [[language, Object.fromEntries(words)] as const] : [];
  });
  return languages.length > 0 ? { optionTranslations: Object.fromEntries(languages) } : {};
}
