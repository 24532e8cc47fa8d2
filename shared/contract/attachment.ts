import * as v from 'valibot';
import { query } from './definition.ts';
import { MAX_ATTACHMENTS } from './limits.ts';
import { id, instant } from './primitives.ts';

/** A file that belongs to a message, or is about to. */
export const attachment = v.strictObject({
  id,
  /** For people to read and to save it under; never a path on the server. */
  name: v.string(),
  /** What its first bytes prove it to be; `application/octet-stream` for everything else. */
  type: v.string(),
  /** In bytes. */
  size: v.number(),
  /** Of images that can be shown, in pixels. */
  width: v.optional(v.number()),
  height: v.optional(v.number()),
});
export type Attachment = v.InferOutput<typeof attachment>;

/** The files of a message about to be sent, in the order they are shown. Each was uploaded by its sender and belongs to no other message. */
export const attachmentIds = v.optional(
  v.pipe(
    v.array(id),
    v.minLength(1, 'must name a file, or be left out'),
    v.maxLength(MAX_ATTACHMENTS, `must name at most ${MAX_ATTACHMENTS} files`),
    v.check<string[], string>((ids) => new Set(ids).size === ids.length, 'must not name a file twice'),
  ),
);

/** What may be attached. */
export const attachmentLimits = v.strictObject({
  /** The largest file, in bytes. */
  maxBytes: v.number(),
  /** The most files of one message. */
  maxPerMessage: v.number(),
});
export type AttachmentLimits = v.InferOutput<typeof attachmentLimits>;

const oneId = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const idList = new RegExp(`^${oneId}(,${oneId})*$`);

export const attachmentQueries = {
  'attachment.links': query({
    summary:
      'Addresses to fetch files from, for an hour at most. Whoever holds one may fetch the file, so it is given only to those who may see the message, and to the sender before it is sent. Files you may not see are left out.',
    http: 'GET /attachments/{attachmentIds}/links',
    input: v.strictObject({
      /** Ids with commas between them. */
      attachmentIds: v.pipe(v.string(), v.maxLength(1_850), v.regex(idList, 'must be UUIDs with commas between them')),
    }),
    result: v.strictObject({
      links: v.array(
        v.strictObject({
          attachmentId: id,
          /** Below the server's origin. With `?download` also pictures are saved rather than shown. */
          url: v.string(),
          expiresAt: instant,
        }),
      ),
    }),
  }),
};
