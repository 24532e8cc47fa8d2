import type { QueryName } from '../../shared/contract/catalogue.ts';
import type { Actor } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { allows, refusal, type Rule } from './commands.ts';

const everyTeammate: Rule = { teammate: 'agent', apiKey: 'read' };

/** Every query's rule: forgetting one does not compile. */
export const queryPolicy: Record<QueryName, Rule> = {
  'workspace.snapshot': { teammate: 'agent' },
  'teammate.list': everyTeammate,
  'inbox.list': everyTeammate,
  'channel.list': everyTeammate,
  'apiKey.list': { teammate: 'admin' },
  'contact.get': everyTeammate,
  'contact.list': everyTeammate,
  'contact.timeline': everyTeammate,
  'conversation.list': everyTeammate,
  'conversation.counts': everyTeammate,
  'conversation.get': everyTeammate,
  'conversation.parts': { ...everyTeammate, visitor: true },
  'attachment.links': { ...everyTeammate, visitor: true },
  'visitor.snapshot': { visitor: true },
  'visitor.home': { visitor: true },
  'article.list': everyTeammate,
  'article.get': everyTeammate,
  'articleCategory.list': everyTeammate,
  'article.search': { ...everyTeammate, visitor: true },
  'article.read': { ...everyTeammate, visitor: true },
};

/** Throws the refusal when the actor may not run the query. */
export function checkQuery(name: QueryName, actor: Actor): void {
  const rule = queryPolicy[name];
  if (!allows(rule, actor)) throw new DomainError('forbidden', refusal(name, rule, actor, 'read'));
}
