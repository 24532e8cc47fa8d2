/** The constants both ends of the wire agree on, in a file of their own so that a browser gets them without the schemas. */

/** The version both ends must speak (rule 1). */
export const PROTOCOL = 1;

/** Both ends send something at least this often; two missed mean the line is dead (rule 12). */
export const HEARTBEAT_MS = 25_000;

/** The largest frame either end takes, in bytes of UTF-8 (rule 14). */
export const MAX_FRAME_BYTES = 65_536;

/** How long one typing signal holds (rule 10). */
export const TYPING_MS = 6_000;

/** The credential is not (or no longer) good; get a new one first. */
export const UNAUTHENTICATED = 4401;

/** The other end broke the protocol; coming back as it is will not help. */
export const BROKEN = 4400;

/** Close codes of our own. The two that a browser tells from others are apart, so that it does not carry the rest. */
export const closeCodes = {
  /** Go away and come back: drain (rule 13), or a hello that may be tried again as it is (rule 1). */
  restart: 4000,
  /** The reader was too slow, or is to see other things now; come back and resume (rule 11). */
  resync: 4001,
  /** No hello in time (rule 1), or no frames for two heartbeats (rule 12). */
  silent: 4002,
  unauthenticated: UNAUTHENTICATED,
  protocol: BROKEN,
} as const;
