import * as v from 'valibot';
import { attachment } from './attachment.ts';
import { blockAnswers } from './block.ts';
import { body } from './body.ts';
import { id, instant, seq } from './primitives.ts';

export const partKind = v.picklist(['message', 'note', 'activity']);
export type PartKind = v.InferOutput<typeof partKind>;

/** Who wrote a part. */
export const author = v.variant('kind', [
  v.strictObject({ kind: v.literal('contact'), id }),
  v.strictObject({ kind: v.literal('teammate'), id }),
  v.strictObject({ kind: v.literal('api-key'), id }),
  v.strictObject({ kind: v.literal('system') }),
]);
export type Author = v.InferOutput<typeof author>;

/** What the system writes into a thread. */
export const activity = v.variant('name', [
  v.strictObject({
    name: v.literal('assigned'),
    assigneeId: v.nullable(id),
    reason: v.picklist(['manual', 'rotation']),
  }),
  v.strictObject({ name: v.literal('snoozed'), until: instant }),
  /** `visitor`: the contact ended the chat. */
  v.strictObject({ name: v.literal('closed'), reason: v.optional(v.literal('visitor')) }),
  /** The contact rated the conversation, or changed their rating. `commented`: the score is as it was, and words came with it. */
  v.strictObject({ name: v.literal('rated'), score: v.number(), commented: v.optional(v.literal(true)) }),
  v.strictObject({ name: v.literal('reopened'), reason: v.picklist(['manual', 'reply', 'timer']) }),
]);
export type Activity = v.InferOutput<typeof activity>;

/** An entry of a conversation's thread, as teammates see it. Order is `seq`, never a clock (D3). */
export const part = v.strictObject({
  /** The id of the command that made it, so a sender knows its own. */
  id,
  conversationId: id,
  seq,
  /** Gapless over what the contact may see; `null` where they may not. */
  publicSeq: v.nullable(seq),
  kind: partKind,
  author,
  /** The block tree of messages and notes; `null` for activities. */
  body: v.nullable(body),
  activity: v.nullable(activity),
  /** Left out where there are none. */
  attachments: v.optional(v.array(attachment)),
  /** What the contact answered to its blocks; left out where nothing is. */
  answers: v.optional(blockAnswers),
  createdAt: instant,
});
export type Part = v.InferOutput<typeof part>;

/** A part as the visitor sees it: nothing internal, and nothing that tells that something internal exists. */
export const visitorPart = v.strictObject({
  id,
  conversationId: id,
  publicSeq: seq,
  author: v.variant('kind', [
    v.strictObject({ kind: v.literal('visitor') }),
    v.strictObject({ kind: v.literal('teammate'), id, name: v.string() }),
    v.strictObject({ kind: v.literal('workspace') }),
  ]),
  body,
  attachments: v.optional(v.array(attachment)),
  /** What the contact answered to its blocks; left out where nothing is. */
  answers: v.optional(blockAnswers),
  createdAt: instant,
});
export type VisitorPart = v.InferOutput<typeof visitorPart>;
