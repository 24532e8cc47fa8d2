import * as v from 'valibot';

/** Any UUID, lower case. */
export const id = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a UUID in lower case'),
);

/** A client-made UUIDv7: the name of a mutation, and of the part it makes. */
export const commandId = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'must be a UUIDv7 in lower case'),
);

/** An instant: ISO 8601 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
const noInstant = 'must be an ISO 8601 instant such as 2030-01-31T09:00:00.000Z';
export const instant = v.pipe(v.string(), v.isoTimestamp(noInstant), v.check(isOnCalendar, noInstant));

/** A pattern knows neither leap seconds nor February. */
function isOnCalendar(text: string): boolean {
  const day = new Date(text.slice(0, 10));
  return !Number.isNaN(Date.parse(text)) && day.getUTCDate() === Number(text.slice(8, 10));
}

/** A position within a conversation: counts from 1, gapless. 0 means "before the first". */
export const seq = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_147_483_647));

/** Postgres can store neither NUL nor half of a surrogate pair, so no text may carry one. */
export const storable = v.check<string, string>(
  (text) => !/\0|\p{Surrogate}/u.test(text),
  'must not contain a NUL character or half a character',
);

/** One line of text, trimmed, 1 to `max` characters. */
export function line(max: number) {
  return v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(max), storable);
}

/** Text of several lines, 1 to `max` characters, not only white space. */
export function text(max: number) {
  return v.pipe(
    v.string(),
    v.maxLength(max, `must be at most ${max} characters`),
    v.check((value) => value.trim().length > 0, 'must not be empty'),
    storable,
  );
}

/** Text of several lines, perhaps none, up to `max` characters. */
export function anyText(max: number) {
  return v.pipe(v.string(), v.maxLength(max, `must be at most ${max} characters`), storable);
}

/** The same, trimmed. */
export function words(max: number) {
  return v.pipe(v.string(), v.trim(), v.maxLength(max), storable);
}

/** An email address, trimmed and in lower case: what contacts are matched by. */
export const email = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.maxLength(254),
  v.email('must be an email address'),
);

/** A phone number in E.164 form; spaces, dots, dashes and brackets are taken out. */
export const phone = v.pipe(
  v.string(),
  v.transform((value) => value.replace(/[\s().-]/g, '')),
  v.regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number with country code, such as +4930123456'),
);

/** An http or https address, at most 2,048 characters. */
export const webAddress = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.regex(/^https?:\/\/[^\s\0]+$/i, 'must be an http or https address'),
  storable,
);

/** A language by its letters, such as `de`; regions of it read the same words. */
export const languageCode = v.pipe(v.string(), v.toLowerCase(), v.regex(/^[a-z]{2}$/, 'must be a language such as de'));

/** An IANA time zone the running engine knows, such as Europe/Berlin. */
export const timeZone = v.pipe(
  v.string(),
  v.maxLength(64),
  v.check((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return true;
    } catch {
      // Intl reports an unknown zone only by throwing.
      return false;
    }
  }, 'must be an IANA time zone such as Europe/Berlin'),
);

/** How many rows a page may hold. */
export const pageSize = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 30);

/** Where the next page starts: opaque, taken from the page before. */
export const pageCursor = v.optional(v.pipe(v.string(), v.maxLength(200)));

/** Passwords are long rather than odd: length is what resists guessing. */
export const password = v.pipe(
  v.string(),
  v.minLength(10, 'must be at least 10 characters'),
  v.maxLength(200, 'must be at most 200 characters'),
);
