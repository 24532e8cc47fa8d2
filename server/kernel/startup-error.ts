/**
 * A reason not to start that the person running the server can mend. The message is a plain sentence saying what is
 * wrong and what to do; `main.ts` prints it alone, without a stack, and exits with code 1.
 */
export class StartupError extends Error {
  override name = 'StartupError';
}

/** The data folder cannot be used: not writable, already in use by another server, or kept by another Postgres. */
export class DataFolderError extends StartupError {
  override name = 'DataFolderError';
}
