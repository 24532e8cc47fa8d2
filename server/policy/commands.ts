import type { ApiKeyScope } from '../../shared/contract/api-key.ts';
import type { CommandName } from '../../shared/contract/catalogue.ts';
import type { Actor, TeammateActor } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';

/** Who may ask at all. `teammate`: the least role. The system (jobs, reactions, sample data) may do everything but what only a person can be. */
export type Rule = {
  teammate?: 'agent' | 'admin' | 'owner';
  /** Teammates below that role too, where they are an admin of the inbox it is about: whether they are, the operation asks. */
  inboxAdmin?: true;
  visitor?: true;
  apiKey?: ApiKeyScope;
  stranger?: true;
  setUp?: true;
};

const work: Rule = { teammate: 'agent', apiKey: 'write' };
const administration: Rule = { teammate: 'admin', apiKey: 'admin' };
const inboxAdministration: Rule = { ...administration, inboxAdmin: true };

/** Every command's rule: forgetting one does not compile. */
export const commandPolicy: Record<CommandName, Rule> = {
  'workspace.create': { setUp: true },
  'workspace.rename': administration,
  'workspace.rotateSigningSecret': { teammate: 'owner' },
  'workspace.rotateIdentitySecret': { teammate: 'owner' },
  'teammate.create': administration,
  'teammate.rename': { teammate: 'agent' },
  'teammate.changePassword': { teammate: 'agent' },
  'teammate.setAvailability': { teammate: 'agent' },
  'teammate.setAlerts': { teammate: 'agent' },
  'inbox.create': administration,
  'inbox.update': inboxAdministration,
  'inbox.addMember': inboxAdministration,
  'inbox.removeMember': inboxAdministration,
  'channel.create': administration,
  'channel.update': administration,
  // A key that can make keys could not be taken away again.
  'apiKey.create': { teammate: 'admin' },
  'apiKey.revoke': { teammate: 'admin' },
  'visitor.startSession': { stranger: true },
  'visitor.becomeContact': {},
  'visitor.identify': { visitor: true },
  'visitor.describe': { visitor: true },
  'visitor.track': { visitor: true },
  'visitor.endSession': { visitor: true },
  'contact.create': work,
  'contact.update': work,
  'contact.claim': {},
  'contact.merge': work,
  'conversation.start': { visitor: true, apiKey: 'write' },
  'conversation.setProperties': { visitor: true },
  'conversation.reply': { ...work, visitor: true },
  'conversation.answer': { visitor: true },
  'conversation.autoRespond': {},
  'conversation.note': work,
  'conversation.assign': work,
  'conversation.route': {},
  'conversation.snooze': work,
  'conversation.wake': {},
  'conversation.close': work,
  'conversation.end': { visitor: true },
  'conversation.emailTranscript': { visitor: true },
  'conversation.reopen': work,
  'conversation.markRead': { ...work, visitor: true },
  'conversation.markUnread': work,
  'article.create': work,
  'article.update': work,
  'article.publish': work,
  'article.unpublish': work,
  'article.delete': work,
  'articleCategory.create': administration,
  'articleCategory.update': administration,
  'articleCategory.delete': administration,
};

/** Who may send files in, to put them into messages of their own. */
export const attachmentUpload: Rule = { ...work, visitor: true };

const rank = { agent: 0, admin: 1, owner: 2 } as const;

/** Whether the rule lets the actor ask. */
export function allows(rule: Rule, actor: Actor): boolean {
  switch (actor.kind) {
    case 'system':
      return rule.setUp === undefined && rule.stranger === undefined;
    case 'teammate':
      return rule.inboxAdmin === true || hasRole(rule, actor);
    case 'visitor':
      return rule.visitor === true;
    case 'api-key':
      return rule.apiKey !== undefined && actor.scopes.includes(rule.apiKey);
    case 'stranger':
      return rule.stranger === true;
    case 'set-up':
      return rule.setUp === true;
  }
}

function hasRole({ teammate }: Rule, { role }: TeammateActor): boolean {
  return teammate !== undefined && rank[role] >= rank[teammate];
}

/** Whether the actor may execute the command by being an admin of its inbox, if they are, and by nothing else. */
export function mustBeInboxAdmin(name: CommandName, actor: Actor): actor is TeammateActor {
  const rule = commandPolicy[name];
  return rule.inboxAdmin === true && actor.kind === 'teammate' && !hasRole(rule, actor);
}

/** Throws the refusal when the actor may not execute the command. */
export function checkCommand(name: CommandName, actor: Actor): void {
  if (!allows(commandPolicy[name], actor)) throw forbidden(name, actor);
}

/** The refusal of a command: the same whether the actor may not ask at all or not for this. */
export function forbidden(name: CommandName, actor: Actor): DomainError {
  return new DomainError('forbidden', refusal(name, commandPolicy[name], actor, 'do'));
}

/** What whoever is refused can do about it. */
export function refusal(name: string, rule: Rule, actor: Actor, verb: 'do' | 'read'): string {
  if (actor.kind !== 'api-key') return `You may not ${verb} this (${name}). An owner or admin of the workspace can.`;
  return rule.apiKey
    ? `This API key may not ${verb} this (${name}): it lacks the scope "${rule.apiKey}". Make a key with it under Settings.`
    : `API keys may not ${verb} this (${name}). A teammate can, in the inbox.`;
}
