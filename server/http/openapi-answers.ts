import { errorCodes, type ErrorCode } from '../../shared/contract/error.ts';
import type { Answer, Reference } from './openapi-document.ts';
import { refTo } from './openapi-schemas.ts';
import { errorMeanings } from './openapi-words.ts';

/** Refusals that any request may meet. */
export const EVERY_REQUEST: ErrorCode[] = ['rate_limited', 'internal', 'unavailable'];

export const signedIn: Answer = {
  description: 'Done, and signed in.',
  headers: { 'Set-Cookie': { description: 'The session, for 30 days.', schema: { type: 'string' } } },
};

/** One answer per status: its codes share a body. */
export function refusals(): Record<string, Answer> {
  const answers: Record<string, Answer> = {};
  for (const [code, status] of Object.entries(errorCodes) as [ErrorCode, number][]) {
    const known = answers[`Refused${status}`];
    answers[`Refused${status}`] = {
      description: `${known ? `${known.description} ` : ''}\`${code}\`: ${errorMeanings[code]}`,
      ...(status === 429
        ? { headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } } }
        : {}),
      content: { 'application/json': { schema: { $ref: refTo('Refusal') } } },
    };
  }
  return answers;
}

export function refusedWith(codes: ErrorCode[]): Record<string, Reference> {
  const statuses = [...new Set(codes.map((code) => errorCodes[code]))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [String(status), { $ref: `#/components/responses/Refused${status}` }]),
  );
}
