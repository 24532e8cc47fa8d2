import type * as v from 'valibot';
import { apiKeyCommands, apiKeyEvents, apiKeyQueries } from './api-key.ts';
import { attachmentQueries } from './attachment.ts';
import { articleCommands, articleEvents, articleQueries } from './article.ts';
import { channelCommands, channelEvents, channelQueries } from './channel.ts';
import { contactCommands, contactEvents, contactQueries } from './contact.ts';
import { conversationCommands, conversationEvents, conversationQueries } from './conversation.ts';
import { inboxCommands, inboxEvents, inboxQueries } from './inbox.ts';
import { teammateCommands, teammateEvents, teammateQueries } from './teammate.ts';
import { visitorCommands, visitorEvents, visitorQueries } from './visitor.ts';
import { workspaceCommands, workspaceEvents, workspaceQueries } from './workspace.ts';

/** Every way to change something, by name. */
export const commands = {
  ...workspaceCommands,
  ...teammateCommands,
  ...inboxCommands,
  ...channelCommands,
  ...apiKeyCommands,
  ...visitorCommands,
  ...contactCommands,
  ...conversationCommands,
  ...articleCommands,
};

/** Every way to read something, by name. */
export const queries = {
  ...workspaceQueries,
  ...teammateQueries,
  ...inboxQueries,
  ...channelQueries,
  ...apiKeyQueries,
  ...visitorQueries,
  ...contactQueries,
  ...conversationQueries,
  ...articleQueries,
  ...attachmentQueries,
};

/** Every durable fact, by name. */
export const events = {
  ...workspaceEvents,
  ...teammateEvents,
  ...inboxEvents,
  ...channelEvents,
  ...apiKeyEvents,
  ...visitorEvents,
  ...contactEvents,
  ...conversationEvents,
  ...articleEvents,
};

export type CommandName = keyof typeof commands;
export type QueryName = keyof typeof queries;
export type EventName = keyof typeof events;

/** What a caller writes: defaults may be left out. */
export type CommandInput<N extends CommandName> = v.InferInput<(typeof commands)[N]['input']>;
/** What an operation gets: defaults filled in. */
export type ParsedCommandInput<N extends CommandName> = v.InferOutput<(typeof commands)[N]['input']>;
export type CommandResult<N extends CommandName> = v.InferOutput<(typeof commands)[N]['result']>;
export type QueryInput<N extends QueryName> = v.InferInput<(typeof queries)[N]['input']>;
export type ParsedQueryInput<N extends QueryName> = v.InferOutput<(typeof queries)[N]['input']>;
export type QueryResult<N extends QueryName> = v.InferOutput<(typeof queries)[N]['result']>;
export type EventFacts<N extends EventName> = v.InferOutput<(typeof events)[N]['facts']>;
