import { toJsonSchemaDefs, type ConversionConfig } from '@valibot/to-json-schema';
import { apiKey } from '../../shared/contract/api-key.ts';
import { attachment } from '../../shared/contract/attachment.ts';
import {
  articleBlock,
  articleReference,
  blockAnswer,
  blockAnswers,
  buttons,
  card,
  carousel,
  formBlock,
  rating,
  ratingBlock,
} from '../../shared/contract/block.ts';
import { articleBody, block, body } from '../../shared/contract/body.ts';
import { channel, channelConfiguration, webChatSettings } from '../../shared/contract/channel.ts';
import { condition } from '../../shared/contract/condition.ts';
import { contact, timelineEntry } from '../../shared/contract/contact.ts';
import { conversation, visitorConversation } from '../../shared/contract/conversation.ts';
import type { Schema } from '../../shared/contract/definition.ts';
import { errorCodes } from '../../shared/contract/error.ts';
import { formField } from '../../shared/contract/form.ts';
import { inbox } from '../../shared/contract/inbox.ts';
import { activity, author, part, visitorPart } from '../../shared/contract/part.ts';
import { commandId, email, id, instant, phone, seq, timeZone, webAddress } from '../../shared/contract/primitives.ts';
import { availability, schedule } from '../../shared/contract/schedule.ts';
import { teammate } from '../../shared/contract/teammate.ts';
import { visitorSnapshot, visitorToken } from '../../shared/contract/visitor.ts';
import { workspace, workspaceSnapshot } from '../../shared/contract/workspace.ts';
import { exampleId } from './openapi-examples.ts';
import type { JsonSchema } from './openapi-document.ts';
import { fieldNotes } from './openapi-words.ts';

/** Schemas that have a name of their own in the document: wherever the same object stands in the contract, a reference stands there. */
const named = {
  Workspace: workspace,
  Teammate: teammate,
  Inbox: inbox,
  Schedule: schedule,
  Availability: availability,
  Channel: channel,
  WebChatSettings: webChatSettings,
  ChannelConfiguration: channelConfiguration,
  Condition: condition,
  ApiKey: apiKey,
  Contact: contact,
  TimelineEntry: timelineEntry,
  Conversation: conversation,
  VisitorConversation: visitorConversation,
  Attachment: attachment,
  Part: part,
  VisitorPart: visitorPart,
  Author: author,
  Activity: activity,
  Body: body,
  ArticleBody: articleBody,
  Block: block,
  Inline: block.options[0].entries.content.item,
  Buttons: buttons,
  Card: card,
  Carousel: carousel,
  FormBlock: formBlock,
  RatingBlock: ratingBlock,
  ArticleBlock: articleBlock,
  ArticleReference: articleReference,
  FormField: formField,
  BlockAnswer: blockAnswer,
  BlockAnswers: blockAnswers,
  Rating: rating,
  WorkspaceSnapshot: workspaceSnapshot,
  VisitorSnapshot: visitorSnapshot,
  VisitorToken: visitorToken,
  Id: id,
  CommandId: commandId,
  Instant: instant,
  Seq: seq,
  Email: email,
  Phone: phone,
  TimeZone: timeZone,
  WebAddress: webAddress,
};

/** What a shape is, and for the small ones an example. What this says replaces what the schema could say by itself. */
const about: Record<keyof typeof named, JsonSchema> = {
  Workspace: { description: 'The tenant: everything belongs to one.' },
  Teammate: { description: 'A human who answers.' },
  Inbox: { description: 'A named queue with members, routing and opening hours of its own.' },
  Schedule: { description: 'Opening hours: weekly spans of local time in one zone.' },
  Availability: { description: 'Whether an inbox is open now.' },
  Channel: { description: 'A connected source.' },
  WebChatSettings: { description: 'What a site owner chooses for one web-chat channel.' },
  ChannelConfiguration: { description: 'All a stranger may know of a channel.' },
  Condition: {
    description:
      'A rule: `{field, operator, value}`, or `{all: […]}`, `{any: […]}`, `{not: …}` of such. Operators: `is`; `matches`, where `*` in the value stands for anything; `atLeast`, for numbers. Fields of a page: `url`, `path`, `device` (`phone`, `desktop`), `language` (two letters), `open`, `seconds`, `scroll` (percent), `leaving`, `returning`, and whatever the page says of its visitor.',
    type: 'object',
    examples: [{ field: 'path', operator: 'matches', value: '/shop*' }],
  },
  ApiKey: { description: 'A key another program uses. Only its hash is kept.' },
  Contact: { description: 'The person outside. With neither email nor phone it is a visitor.' },
  TimelineEntry: { description: 'A fact from the log, with who did it.' },
  Conversation: { description: 'One exchange with one contact, as teammates see it.' },
  VisitorConversation: { description: 'A conversation as its visitor sees it.' },
  Attachment: { description: 'A file of a message.' },
  Part: { description: 'An entry of a conversation’s thread, as teammates see it. The order is `seq`, never a clock.' },
  VisitorPart: { description: 'A part as the visitor sees it: nothing internal, and nothing that tells of it.' },
  Author: { description: 'Who wrote a part.' },
  Activity: { description: 'What the system writes into a thread.' },
  Body: {
    description:
      'A message as a small block tree: its text, made from the Markdown it was sent as, then its rich blocks. Behind a thousand marks the rest is one text as it was written, lines and all.',
  },
  ArticleBody: {
    description:
      'The text of an article, made from its Markdown. Headings have a level from 2 to 4: the title is the first.',
  },
  Block: { description: 'One block of a message.' },
  Inline: { description: 'A run of text, a link or a line break.' },
  Buttons: { description: 'A row of choices, of which one is the answer; links among them answer nothing.' },
  Card: { description: 'One thing with a picture, words and buttons.' },
  Carousel: { description: 'Several cards side by side. One button of all of them is the answer.' },
  FormBlock: {
    description:
      'Questions within the thread. Answers are kept with the contact, as what they claim, and are a message.',
  },
  RatingBlock: { description: 'Asks how it was, in one to five stars and perhaps words. It may be answered again.' },
  ArticleBlock: { description: 'An article, as it was called and began when it was sent.' },
  ArticleReference: { description: 'A published article to send.' },
  FormField: { description: 'One question of a form, and the contact’s field or property that keeps the answer.' },
  BlockAnswer: { description: 'What the contact answered to one block; `button` is for buttons, cards and carousels.' },
  BlockAnswers: { description: 'What the contact answered to the blocks of a message, by the id of the block.' },
  Rating: { description: 'How satisfied the contact was with a conversation.' },
  WorkspaceSnapshot: { description: 'What a teammate’s app needs before its first list.' },
  VisitorSnapshot: { description: 'What the widget needs to draw itself.' },
  VisitorToken: {
    description:
      '256 random bits made by the visitor’s browser: `pv_` and 43 characters of base64url. Only its hash is kept.',
  },
  Id: { description: 'A UUID in lower case.', format: 'uuid', examples: [exampleId] },
  CommandId: { description: 'A UUIDv7 in lower case, made by the client.', format: 'uuid', examples: [exampleId] },
  Instant: { description: 'ISO 8601 in UTC.', examples: ['2030-01-31T09:00:00.000Z'] },
  Seq: { description: 'A position within a conversation: counts from 1 without gaps; 0 is before the first.' },
  Email: { description: 'An email address; trimmed and put in lower case.', examples: ['mira@home.example'] },
  Phone: {
    description: 'A phone number with country code (E.164). Spaces, dots, dashes and brackets are taken out.',
    examples: ['+4930123456'],
  },
  TimeZone: { description: 'An IANA time zone.', examples: ['Europe/Berlin'] },
  WebAddress: { description: 'An http or https address.', examples: ['https://shop.example/teapots'] },
};

const conversion: ConversionConfig = {
  target: 'draft-2020-12',
  errorMode: 'ignore',
  overrideRef: ({ referenceId }) => refTo(referenceId),
  // JSON Schema has no word for some rules (checks, case-insensitive patterns). Their own sentences say them instead.
  overrideAction: ({ valibotAction, jsonSchema }) => {
    const { requirement, message } = valibotAction as { requirement?: unknown; message?: unknown };
    const { pattern, ...rest } = jsonSchema;
    const inexpressible = requirement instanceof RegExp && requirement.flags !== '' && pattern === requirement.source;
    const result = inexpressible ? rest : jsonSchema;
    const saysMore = valibotAction.type === 'check' || requirement instanceof RegExp;
    // That text holds no NUL is a rule for all of it, said once.
    if (!saysMore || typeof message !== 'string' || message.includes('NUL')) return result;
    return {
      ...result,
      description: result.description ? result.description.replace(/\.$/, `; ${message}.`) : sentence(message),
    };
  },
};

export function refTo(name: string): string {
  return `#/components/schemas/${name}`;
}

/**
 * Valibot schemas as JSON Schema by the same keys, with references to what has a name. All in one go: the converter
 * makes the named ones anew at every call.
 * @param mode `input`: what a caller may send; `output`: what the server answers.
 */
export function jsonSchemasOf(schemas: Record<string, Schema>, mode: 'input' | 'output'): Record<string, JsonSchema> {
  const names = new Map<unknown, string>(Object.entries(named).map(([name, schema]) => [schema, name]));
  const unnamed = Object.entries(schemas).filter(([, schema]) => !names.has(schema));
  const definitions = { ...named, ...Object.fromEntries(unnamed) };
  const made = toJsonSchemaDefs(definitions, { ...conversion, typeMode: mode }) as Record<string, JsonSchema>;
  return Object.fromEntries(
    Object.entries(schemas).map(([key, schema]) => {
      const name = names.get(schema);
      return [key, name === undefined ? tidy(made[key]!) : { $ref: refTo(name) }];
    }),
  );
}

/** The named schemas of the contract, and the two that every refusal has. */
export function componentSchemas(): Record<string, JsonSchema> {
  const made = toJsonSchemaDefs(named, { ...conversion, typeMode: 'input' }) as Record<keyof typeof named, JsonSchema>;
  const schemas: Record<string, JsonSchema> = {};
  for (const name of Object.keys(named) as (keyof typeof named)[]) {
    schemas[name] = annotate(tidy({ ...made[name], ...about[name] }), name);
  }
  schemas['Error'] = {
    type: 'object',
    description: 'A refusal: a code for programs, a sentence for people.',
    properties: {
      code: { type: 'string', enum: Object.keys(errorCodes) },
      message: { type: 'string', description: 'May be shown to a user as it is.' },
      fields: {
        type: 'object',
        description: 'What is wrong, by path of the field.',
        additionalProperties: { type: 'string' },
      },
      retryAfterMs: {
        type: 'integer',
        minimum: 0,
        description: 'How long to wait before trying again, where the server knows.',
      },
    },
    required: ['code', 'message'],
    additionalProperties: false,
  };
  schemas['Refusal'] = {
    type: 'object',
    description: 'The body of every answer that is not a success.',
    properties: { error: { $ref: refTo('Error') } },
    required: ['error'],
    additionalProperties: false,
  };
  return schemas;
}

/** Puts the notes of `owner` on the fields they are about. @throws when a field is gone: the note is stale. */
export function annotate(schema: JsonSchema, owner: string): JsonSchema {
  for (const [path, note] of Object.entries(fieldNotes[owner] ?? {})) {
    let place: JsonSchema | undefined = schema;
    for (const key of path.split('.')) place = insideOf(place)?.properties?.[key];
    if (!place) throw new Error(`a note is about ${owner} ${path}, which is gone`);
    // Where a rule has said its own sentence already, both are worth reading.
    place.description = place.description ? `${note} ${place.description}` : note;
  }
  for (const [field, note] of Object.entries(fieldNotes['*'] ?? {})) {
    const place = schema.properties?.[field];
    if (place && /^[a-z]/.test(owner)) place.description ??= note;
  }
  return schema;
}

/** The object below a list, or below "or null". */
function insideOf(schema: JsonSchema | undefined): JsonSchema | undefined {
  const inner = schema?.items ?? schema?.anyOf?.[0];
  return inner ? insideOf(inner) : schema;
}

/** The converter writes empty lists where nothing is required; a document reads better without. */
function tidy(schema: JsonSchema): JsonSchema {
  if (schema.required?.length === 0) delete schema.required;
  for (const inner of Object.values(schema.properties ?? {})) tidy(inner);
  for (const inner of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) tidy(inner);
  if (schema.items) tidy(schema.items);
  return schema;
}

function sentence(message: string): string {
  return `${message[0]!.toUpperCase()}${message.slice(1)}.`;
}
