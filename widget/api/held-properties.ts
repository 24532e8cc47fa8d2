import { RequestError } from '../../shared/client/client.ts';
import { jsonText } from '../../shared/client/json-text.ts';
import { withProperties } from '../../shared/contract/form.ts';
import type { Properties } from '../../shared/contract/form.ts';
import type { ConversationProperties } from './page-api.ts';

/** What is held for the next new conversation after the page said more. Throws where the server would not take it. */
export function heldProperties(held: Properties | undefined, said: ConversationProperties): Properties {
  return sayable(withProperties(held ?? {}, asSaid(said)));
}

/** As it would reach the server: without what JSON cannot say. */
function asSaid(properties: ConversationProperties): ConversationProperties {
  const said: unknown = JSON.parse(jsonText(properties) ?? 'null');
  if (typeof said !== 'object' || said === null || Array.isArray(said)) throw unsayable();
  return said as ConversationProperties;
}

/** What the server takes of a conversation's properties. It rides on the first message, which must not be refused for it. */
function sayable(given: Properties): Properties {
  const isSayable = ([key, value]: [string, unknown]): boolean => {
    const isKey = /\S/.test(key) && key.trim().length <= 60;
    const isWhole = !/\0|\p{Surrogate}/u.test(`${key}${String(value)}`);
    return isKey && isWhole && (typeof value === 'string' ? value.length <= 2000 : typeof value !== 'object');
  };
  const entries = Object.entries(given);
  if (entries.length > 50 || !entries.every(isSayable)) throw unsayable();
  return given;
}

function unsayable(): RequestError {
  const wanted = 'must be at most 50 texts, numbers and yes or no, each with a name';
  return new RequestError({
    code: 'invalid',
    message: `A conversation’s properties ${wanted}.`,
    fields: { properties: wanted },
  });
}
