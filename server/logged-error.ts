/** An error as the log keeps it. */
export type LoggedError = { type: string; message: string; code?: string; stack: string; cause?: LoggedError };

/** Between a failed statement and the values it was given, in the message of Drizzle's errors. */
const VALUES = '\nparams: ';

/**
 * Says what failed and where, and leaves out what it failed with: the values of a statement and the rows Postgres quotes are messages, addresses and
 * hashes, which have no business in a log.
 */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something that is no error was thrown', stack: '' };
  return {
    type: error.constructor.name,
    message: error.message.split(VALUES, 1)[0]!,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    stack: placesOf(error),
    ...(error.cause === undefined ? {} : { cause: loggedError(error.cause) }),
  };
}

/** The stack without the message it begins with. */
function placesOf({ stack = '', message }: Error): string {
  const begin = stack.indexOf(message);
  const places = begin < 0 ? '' : stack.slice(begin + message.length);
  return places.trimStart();
}
