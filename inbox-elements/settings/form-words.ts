import { msg } from '@lit/localize';
import type { Form } from '../../shared/contract/form.ts';
import type { Translatable, Translations } from './translation-editor.ts';

const CONSENT = 'consent';
/** A question's own key may be `consent`. */
const keyOf = (key: string): string => `field-${key}`;

/** What a form says in its owner's words. */
export function formTexts({ fields, consent }: Form): Translatable[] {
  return [
    ...fields.flatMap(({ key, label }) => (label ? [{ key: keyOf(key), label, original: label, maxLength: 80 }] : [])),
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
  for (const { key, translations } of form?.fields ?? []) put(keyOf(key), translations);
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
    fields: fields.map((field) => (field.label ? { ...field, ...of(keyOf(field.key)) } : field)),
    consent: consent && { ...consent, ...of(CONSENT) },
  };
}
