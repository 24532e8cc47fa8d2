import * as v from 'valibot';
import { form } from './form.ts';
import { languageCode, words } from './primitives.ts';

/** What happens in an inbox while nobody is there: outside its hours, or with every member's chat off. */
export const offHours = v.strictObject({
  /**
   * `message`: the chat goes on and is answered later. `form`: a form makes a lead and a missed conversation. `bot`: a program answers through the API,
   * so nobody is given the conversation and nothing is said by itself; what it leaves open goes to people once somebody is there.
   */
  mode: v.picklist(['message', 'form', 'bot']),
  /** Shown to the visitor before they write. Empty: the default words. */
  text: words(500),
  /** Sent once into every conversation begun meanwhile, but not in mode `bot`. Empty: the default words; `null`: nothing is sent. */
  autoResponse: v.nullable(words(1000)),
  /** What the form asks beside the message; only in mode `form`. */
  form,
  /** The owner's words for visitors of other languages, by language. What is left out stays as it is. */
  translations: v.optional(
    v.record(languageCode, v.strictObject({ text: v.optional(words(500)), autoResponse: v.optional(words(1000)) })),
  ),
});
export type OffHours = v.InferOutput<typeof offHours>;

export const defaultOffHours: OffHours = {
  mode: 'message',
  text: '',
  autoResponse: '',
  form: {
    fields: [
      { key: 'name', label: '', kind: 'text', required: false },
      { key: 'email', label: '', kind: 'email', required: true },
    ],
    consent: null,
  },
};

export const DEFAULT_AUTO_RESPONSE =
  'Thank you for your message. We are away right now and will answer you here as soon as we are back.';
