import * as v from 'valibot';
import { anyText, languageCode, line, webAddress, words } from './primitives.ts';

/** Names a property: lower case, so that it can be used in conditions and exports as it is. */
export const propertyKey = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be lower-case letters, digits and underscores, beginning with a letter'),
);
const propertyValue = v.union([anyText(2000), v.pipe(v.number(), v.finite()), v.boolean()]);
export type PropertyValue = v.InferOutput<typeof propertyValue>;

/** What a workspace knows of a contact beside name, email and phone. A site may name its own as it likes. */
export const properties = v.record(line(60), propertyValue);
export type Properties = v.InferOutput<typeof properties>;

const MOST_GIVEN = 50;
const isFew = (given: object): boolean => Object.keys(given).length <= MOST_GIVEN;
const TOO_MANY = `must be at most ${MOST_GIVEN}`;

/** Facts that a site gives at once: a plan, a number of orders. */
export const givenProperties = v.pipe(
  properties,
  v.check((given) => isFew(given), TOO_MANY),
);

/** The same as a change: `null` takes one away. */
export const changedProperties = v.pipe(
  v.record(properties.key, v.nullable(properties.value)),
  v.check((given) => isFew(given), TOO_MANY),
);
export type ChangedProperties = v.InferOutput<typeof changedProperties>;

/** What is known after a change. */
export function withProperties(held: Properties, changed: ChangedProperties): Properties {
  return Object.fromEntries(
    Object.entries({ ...held, ...changed }).filter((entry): entry is [string, PropertyValue] => entry[1] !== null),
  );
}

/** Of what is given, what is known already, with its new value, and as many others as there is still room for. */
export function fittingProperties(held: Properties, given: Properties): Properties {
  let room = MOST_GIVEN - Object.keys(held).length;
  return Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(held, name) || room-- > 0));
}

export const fieldKind = v.picklist(['text', 'long-text', 'email', 'phone', 'number', 'choice', 'checkbox']);
export type FieldKind = v.InferOutput<typeof fieldKind>;

/** The kind that a contact's own field must have. */
const kindOf: Record<string, FieldKind> = { name: 'text', email: 'email', phone: 'phone' };

/** One question of a form, and the contact's field or property that keeps the answer. */
export const formField = v.pipe(
  v.strictObject({
    key: propertyKey,
    /** Empty only where the key says it: a name, an email, a phone number, in the reader's language. */
    label: words(80),
    /** The same for visitors of other languages. */
    translations: v.optional(v.record(languageCode, line(80))),
    kind: fieldKind,
    required: v.boolean(),
    /** What can be chosen; only for `choice`. */
    options: v.optional(v.pipe(v.array(line(80)), v.minLength(1), v.maxLength(30))),
    /** What the choices are called for visitors of other languages, by language and choice. The answer is kept as the choice itself. */
    optionTranslations: v.optional(v.record(languageCode, v.record(line(80), line(80)))),
  }),
  v.check(({ key, label }) => label !== '' || key in kindOf, 'needs a label'),
  v.check(({ key, kind }) => (kindOf[key] ?? kind) === kind, 'is of another kind than the contact’s field'),
  v.check(({ kind, options }) => (kind === 'choice') === (options !== undefined), 'needs options if it is a choice'),
  v.check(
    ({ options = [], optionTranslations = {} }) =>
      Object.values(optionTranslations).every((words) =>
        Object.keys(words).every((option) => options.includes(option)),
      ),
    'translates what cannot be chosen',
  ),
);
export type FormField = v.InferOutput<typeof formField>;

/** A question as it is put to one reader: what its choices are called in their language, where that is not the choice itself. */
export type AskedField = FormField & { optionWords?: Readonly<Record<string, string>> | undefined };

export const formFields = v.pipe(
  v.array(formField),
  v.maxLength(12),
  v.check((fields) => new Set(fields.map(({ key }) => key)).size === fields.length, 'must ask each thing once'),
);

/** A checkbox that must be ticked before anything is sent, in the words that are kept as evidence. */
export const consentRequest = v.strictObject({
  text: line(500),
  /** The same for visitors of other languages. */
  translations: v.optional(v.record(languageCode, line(500))),
  url: v.nullable(webAddress),
});
export type ConsentRequest = v.InferOutput<typeof consentRequest>;

/** What is asked before the first message. */
export const form = v.strictObject({ fields: formFields, consent: v.nullable(consentRequest) });
export type Form = v.InferOutput<typeof form>;

/** Answers as a visitor sends them: text as typed, numbers and ticks as such. */
export const formAnswers = v.strictObject({
  kind: v.picklist(['pre-chat', 'off-hours']),
  answers: v.pipe(
    properties,
    v.check((answers) => Object.keys(answers).length <= 12, 'must be at most 12'),
  ),
  /** Whether the checkbox was ticked. */
  consent: v.optional(v.boolean(), false),
});
export type FormAnswers = v.InferInput<typeof formAnswers>;
