// Apart from the schemas, so that a browser bundle can know a limit without carrying a validator.

/** The longest message a person may write, in characters. */
export const MAX_MESSAGE_LENGTH = 10_000;

/** The most files of one message. */
export const MAX_ATTACHMENTS = 10;
