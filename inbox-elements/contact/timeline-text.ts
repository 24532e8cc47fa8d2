import { msg, str } from '@lit/localize';
import type { EventName } from '../../shared/contract/catalogue.ts';
import type { TimelineEntry } from '../../shared/contract/contact.ts';
import { dateTimeText } from '../../shared/ui/time.ts';
import type { Names } from '../conversation/names.ts';

type Sentence = (entry: TimelineEntry, actor: string | null, names: Names) => string;

const fieldNames: Record<string, () => string> = {
  name: () => msg('name'),
  email: () => msg('email'),
  phone: () => msg('phone'),
  claimedEmail: () => msg('unverified email'),
  claimedPhone: () => msg('unverified phone'),
  lifecycle: () => msg('lifecycle stage'),
  leadStatus: () => msg('lead status'),
  ownerId: () => msg('owner'),
  properties: () => msg('properties'),
  consent: () => msg('consent'),
};

const sentences: { [N in EventName]?: Sentence } = {
  'contact.created': () => msg('Became a contact'),
  'contact.updated': ({ facts }, actor) => {
    const { changed } = facts;
    const what = Array.isArray(changed)
      ? list(changed.map((field) => fieldNames[String(field)]?.() ?? msg('other details')))
      : '';
    return actor ? msg(str`${actor} changed: ${what}`) : msg(str`Changed: ${what}`);
  },
  'contact.merged': (_entry, actor) =>
    actor ? msg(str`${actor} merged another contact into this one`) : msg('Another contact was merged into this one'),
  'visitor.identified': () => msg('Signed in on the site'),
  'visitor.sessionEnded': () => msg('Signed out of the chat'),
  'visitor.tracked': ({ facts }) => {
    const more = Object.entries((facts['metadata'] ?? {}) as Record<string, unknown>).map(
      ([key, value]) => `${key}: ${String(value)}`,
    );
    return more.length > 0 ? `${String(facts['name'])} (${more.join(', ')})` : String(facts['name']);
  },
  'conversation.started': () => msg('Started a conversation'),
  'conversation.replied': ({ actorKind }, actor, names) =>
    actorKind === 'teammate' && actor ? msg(str`${actor} replied`) : msg(str`${names.contact} wrote`),
  'conversation.rated': ({ facts }) => msg(str`Rated a conversation ${String(facts['score'])} of 5`),
  'conversation.noted': (_entry, actor) => (actor ? msg(str`${actor} wrote a note`) : msg('A note was written')),
  'conversation.assigned': ({ facts, actorId }, actor, names) => {
    const { assigneeId } = facts;
    if (typeof assigneeId !== 'string') return actor ? msg(str`${actor} unassigned it`) : msg('Unassigned');
    if (actorId === assigneeId && actor) return msg(str`${actor} took it on`);
    const owner = names.toTeammate(assigneeId);
    return actor ? msg(str`${actor} assigned it to ${owner}`) : msg(str`Assigned to ${owner} by rotation`);
  },
  'conversation.snoozed': ({ facts }, actor) => {
    const until = typeof facts['until'] === 'string' ? dateTimeText(facts['until']) : '';
    return actor ? msg(str`${actor} snoozed it until ${until}`) : msg(str`Snoozed until ${until}`);
  },
  'conversation.closed': (_entry, actor) => (actor ? msg(str`${actor} closed it`) : msg('Closed')),
  'conversation.reopened': ({ facts }, actor) => {
    if (facts['reason'] === 'timer') return msg('Back from snooze');
    if (facts['reason'] === 'reply') return msg('Reopened by a reply');
    return actor ? msg(str`${actor} reopened it`) : msg('Reopened');
  },
};

/** What an entry of the timeline says. A newer server may know events that this page does not: those go by their name. */
export function timelineText(entry: TimelineEntry, names: Names): string {
  const actor = entry.actorKind === 'teammate' && entry.actorId ? names.teammate(entry.actorId) : null;
  const sentence = sentences[entry.name as EventName];
  return sentence ? sentence(entry, actor, names) : entry.name;
}

function list(words: readonly string[]): string {
  return new Intl.ListFormat(undefined, { type: 'conjunction' }).format(words);
}
