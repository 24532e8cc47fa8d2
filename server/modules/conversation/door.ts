import type { ConsentRequest, Form } from '../../../shared/contract/form.ts';
import { readAnswers, type FormProblem } from '../../../shared/contract/form-answers.ts';
import type { ParsedCommandInput } from '../../../shared/contract/catalogue.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { OperationContext } from '../../kernel/operation.ts';
import { findContact, isConsentGiven, knownKeys } from '../contact/queries.ts';
import { offHoursOf } from '../inbox/queries.ts';
import type { inbox } from '../inbox/schema.ts';

/** What is wrong with an answer, to whoever sent it. */
export const problemSentences: Record<FormProblem, string> = {
  missing: 'is missing',
  email: 'must be an email address',
  phone: 'must be a phone number with country code, such as +4930123456',
  number: 'must be a number',
  choice: 'must be one of the choices',
  long: 'is too long',
  kind: 'is of another kind',
};

type Answered = ParsedCommandInput<'conversation.start'>['form'];

/** The form that stands before a conversation. Off hours are not insisted on: the hours may have turned while the visitor wrote. */
function formFor(held: typeof inbox.$inferSelect, answered: Answered, isOff: boolean): Form | null {
  const offHours = offHoursOf(held);
  if (offHours.mode === 'form' && answered?.kind === 'off-hours') return offHours.form;
  return offHours.mode === 'form' && isOff && !answered ? null : held.preChat;
}

/**
 * Reads what a visitor answered before their first message, and keeps it with their contact as what they claim.
 * What is known already is neither asked for nor overwritten.
 * @throws invalid, by field, when something required is missing or cannot be read
 */
export async function passDoor(
  context: OperationContext,
  held: typeof inbox.$inferSelect,
  contactId: string,
  answered: Answered,
  isOff: boolean,
  language: string | undefined,
): Promise<void> {
  const form = formFor(held, answered, isOff);
  if (!form) return;
  const contact = await findContact(context.tx, context.workspaceId, contactId);
  const known = new Set(contact ? knownKeys(contact) : []);
  const unknown = form.fields.filter(({ key }) => !known.has(key));
  // A box that was seen and left alone says no: it is not asked again in every conversation to come.
  const boxes = answered ? unknown.filter(({ kind }) => kind === 'checkbox') : [];
  const unticked = Object.fromEntries(boxes.map(({ key }) => [key, false]));
  const { values, problems } = readAnswers(unknown, { ...unticked, ...answered?.answers });
  const wrong = Object.entries(problems).map(([key, problem]) => [`form.answers.${key}`, problemSentences[problem]]);
  const consent: ConsentRequest | null = contact && isConsentGiven(contact, form) ? null : form.consent;
  if (consent && !answered?.consent) wrong.push(['form.consent', 'must be ticked']);
  if (wrong.length > 0) {
    throw new DomainError('invalid', 'Please fill in the form first.', { fields: Object.fromEntries(wrong) });
  }
  // In the words that they saw.
  const agreed = consent && { text: consent.translations?.[language ?? ''] ?? consent.text, url: consent.url };
  await context.run('contact.claim', {
    contactId,
    answers: values,
    consent: agreed,
    lead: answered?.kind === 'off-hours',
  });
}
