import type { AskedField, Form } from '../contract/form.ts';
import type { VisitorSnapshot } from '../contract/visitor.ts';

export type Doors = VisitorSnapshot['doors'];

/** What is still to be asked of this visitor before a new conversation. */
export type Door = { kind: 'pre-chat' | 'off-hours'; fields: AskedField[]; consent: Form['consent'] };

/**
 * The form that stands before a new conversation, in the visitor's language as far as its owner wrote it; null where the visitor may just write.
 * @param isOpen whether somebody is there now
 */
export function doorOf({ preChat, offHours, known, consented }: Doors, isOpen: boolean, language: string): Door | null {
  const off = isOpen ? null : offHours.form;
  const form = off ?? preChat;
  if (!form) return null;
  const fields = form.fields
    .filter(({ key }) => !known.includes(key))
    .map((field) => ({
      ...field,
      label: field.translations?.[language] ?? field.label,
      optionWords: field.optionTranslations?.[language],
    }));
  const asked = consented ? null : form.consent;
  const consent = asked && { ...asked, text: asked.translations?.[language] ?? asked.text };
  // Off hours the form is how a message is left at all; before a chat it is only as good as what it asks.
  return off || fields.length > 0 || consent ? { kind: off ? 'off-hours' : 'pre-chat', fields, consent } : null;
}
