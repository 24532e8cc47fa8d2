import { RequestError } from '../../shared/client/client.ts';
import type { VisitorProperties } from './page-api.ts';

/** @throws invalid where it is nothing that `setProperties()` could take: a text would be taken letter by letter. */
export function mustDescribe(data: unknown): asserts data is VisitorProperties {
  if (Object(data) !== data || Array.isArray(data)) throw undescribable();
}

export function undescribable(): RequestError {
  const message = 'setProperties() needs an object of texts, numbers and yes or no, such as {name, email, plan}.';
  return new RequestError({ code: 'invalid', message });
}
