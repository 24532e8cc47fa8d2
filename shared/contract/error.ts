/**
 * Why a request was refused. One list for HTTP and the socket.
 * `unavailable` and `rate_limited` may be tried again as they are; every other one needs a change first.
 */
export const errorCodes = {
  invalid: 400,
  unauthenticated: 401,
  expired: 401,
  forbidden: 403,
  origin_refused: 403,
  not_found: 404,
  conflict: 409,
  id_reused: 409,
  gone: 410,
  too_large: 413,
  unsupported: 415,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** A refusal as it travels: a code for programs, a sentence for people, and the fields that are wrong, if any. */
export type ErrorBody = {
  code: ErrorCode;
  message: string;
  fields?: Record<string, string>;
  /** Milliseconds to wait before trying again, when the server knows. */
  retryAfterMs?: number;
};

/** Whether the same request may succeed later without a change. */
export function isRetryable(code: ErrorCode): boolean {
  return code === 'unavailable' || code === 'rate_limited' || code === 'internal';
}
