import * as v from 'valibot';
import { formFields, properties } from './form.ts';
import { id, instant, line, storable, words } from './primitives.ts';

/** Names a block, or one of its choices, within a message: what an answer refers to. */
const blockId = v.pipe(
  v.string(),
  v.regex(/^[\w-]{1,40}$/, 'must be 1 to 40 letters, digits, hyphens and underscores'),
);

/** Where a link may lead: a page, a mail or a call. */
const linkAddress = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(2048),
  v.regex(/^(https?:\/\/|mailto:|tel:)[^\s\0]+$/i, 'must be an http, https, mailto or tel address'),
  storable,
);

const label = line(80);

/** A choice the visitor answers with; its label becomes their message. */
const answerButton = v.strictObject({ id: blockId, label });
/** A link that looks like a button. It answers nothing, and may be followed as often as one likes. */
const linkButton = v.strictObject({ label, href: linkAddress });
const button = v.union([answerButton, linkButton], 'must be an answer {id, label} or a link {label, href}');

const idsOf = (choices: readonly v.InferOutput<typeof button>[]): string[] =>
  choices.flatMap((choice) => ('id' in choice ? choice.id : []));
const areDistinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;
const TWICE = 'must not give two choices the same id';

const alt = words(250);
/** `alt` says what it shows to those who do not see it; empty where it shows nothing that the words do not say. */
const picture = v.union(
  [
    v.strictObject({
      url: v.pipe(
        v.string(),
        v.maxLength(2048),
        v.regex(/^https:\/\/[^\s\0"'()\\<>]+$/i, 'must be an https address'),
        storable,
      ),
      alt,
    }),
    /** One of the message's own files, which is then not shown beside it. */
    v.strictObject({ attachmentId: id, alt }),
  ],
  'must be {url, alt} with an https address, or {attachmentId, alt} with a file of the message',
);

const cardFace = {
  title: line(120),
  /** Plain text; line breaks count. */
  text: v.optional(words(600), ''),
  picture: v.optional(v.nullable(picture), null),
  buttons: v.optional(v.pipe(v.array(button), v.maxLength(3, 'must be at most 3')), []),
};
const face = v.strictObject(cardFace);

/** A row of choices, of which one is the answer; links among them answer nothing. */
const buttons = v.strictObject({
  type: v.literal('buttons'),
  id: blockId,
  buttons: v.pipe(
    v.array(button),
    v.minLength(1, 'must hold a button'),
    v.maxLength(10, 'must be at most 10'),
    v.check((choices) => areDistinct(idsOf(choices)), TWICE),
  ),
});

/** One thing with a picture, words and buttons: an order, a product, an offer. */
const card = v.pipe(
  v.strictObject({ type: v.literal('card'), id: blockId, ...cardFace }),
  v.check((one) => areDistinct(idsOf(one.buttons)), TWICE),
);

/** Several cards side by side. Ids of their buttons are unique over all of them: one is the answer to the whole. */
const carousel = v.strictObject({
  type: v.literal('carousel'),
  id: blockId,
  cards: v.pipe(
    v.array(face),
    v.minLength(2, 'must be at least 2 cards'),
    v.maxLength(10, 'must be at most 10 cards'),
    v.check((cards) => areDistinct(cards.flatMap((one) => idsOf(one.buttons))), TWICE),
  ),
});

/** Questions within the thread. Answers are kept with the contact as those of the form before a conversation are: as what they claim. */
const formBlock = v.strictObject({
  type: v.literal('form'),
  id: blockId,
  title: v.optional(words(120), ''),
  fields: v.pipe(formFields, v.minLength(1, 'must ask something')),
  /** Empty: "Send", in the visitor's language. */
  submitLabel: v.optional(words(40), ''),
});

/** Asks how it was, in one to five stars and, if the visitor likes, words. Unlike other answers it may be changed. */
const ratingBlock = v.strictObject({
  type: v.literal('rating'),
  id: blockId,
  /** Empty: the widget's own question, in the visitor's language. */
  prompt: words(200),
  scale: v.literal('stars'),
});

/** A published article, as whoever sends it names it. */
const articleReference = v.strictObject({ type: v.literal('article'), articleId: id });
/** The same as it is kept: what it was called and how it began when it was sent, so that readers need not ask. */
const articleBlock = v.strictObject({ ...articleReference.entries, title: v.string(), excerpt: v.string() });

/** What a message may hold beyond text. Kept in its body, after the text. */
export const richBlocks = [buttons, card, carousel, formBlock, ratingBlock, articleBlock] as const;
export { articleBlock, articleReference, buttons, card, carousel, formBlock, ratingBlock };
const richBlock = v.variant('type', richBlocks);
export type RichBlock = v.InferOutput<typeof richBlock>;
export type RichBlockOf<T extends RichBlock['type']> = Extract<RichBlock, { type: T }>;
export type Button = v.InferOutput<typeof button>;
export type Picture = v.InferOutput<typeof picture>;
export type CardFace = v.InferOutput<typeof face>;

const blockInput = v.variant('type', [buttons, card, carousel, formBlock, ratingBlock, articleReference]);

/** Rich blocks of a message about to be sent, in the order they are shown. Ids are unique in the message. */
export const blocksInput = v.pipe(
  v.array(blockInput),
  v.minLength(1, 'must hold a block, or be left out'),
  v.maxLength(5, 'must be at most 5'),
  v.check(
    (blocks) => areDistinct(blocks.flatMap((one) => ('id' in one ? one.id : []))),
    'must not name two blocks alike',
  ),
);
export type BlocksInput = v.InferOutput<typeof blocksInput>;

const score = v.pipe(v.number(), v.integer(), v.minValue(1, 'must be 1 to 5'), v.maxValue(5, 'must be 1 to 5'));
const comment = words(2000);

/** What a visitor answers to one block. `button` is for buttons, cards and carousels. */
export const blockAnswer = v.variant('type', [
  v.strictObject({ type: v.literal('button'), buttonId: blockId }),
  v.strictObject({
    type: v.literal('form'),
    values: v.pipe(
      properties,
      v.check((values) => Object.keys(values).length <= 12, 'must be at most 12'),
    ),
  }),
  v.strictObject({ type: v.literal('rating'), score, comment: v.optional(comment, '') }),
]);
export type BlockAnswer = v.InferOutput<typeof blockAnswer>;

/** The contact's answers to the blocks of one message, by the block's id, and when they came. */
export const blockAnswers = v.record(v.string(), v.strictObject({ answer: blockAnswer, at: instant }));
export type BlockAnswers = v.InferOutput<typeof blockAnswers>;

/** How satisfied the contact was with a conversation. `comment` may be empty. */
export const rating = v.strictObject({ score, comment, at: instant });
export type Rating = v.InferOutput<typeof rating>;
