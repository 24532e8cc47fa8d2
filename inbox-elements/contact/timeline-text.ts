import { msg, str } from '@lit/localize';
import type { EventName } from '../../shared/contract/catalogue.ts';
import type { TimelineEntry } from '../../shared/contract/contact.ts';
import { spoken } from '../../shared/ui/language.ts';
import { dateTimeText, dayNumber } from '../../shared/ui/time.ts';
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
  'conversation.replied': ({ facts, actorKind }, actor, names) => {
    if (facts['automatic'] === 'rating') return msg('Automatically asked for a rating');
    if (facts['automatic']) return msg('Answered by an automatic reply');
    if (actor) return msg(str`${actor} replied`);
    if (actorKind === 'api-key') return msg('A program wrote');
    return actorKind === 'system' ? msg('An automatic message was sent') : msg(str`${names.contact} wrote`);
  },
  'conversation.transcriptRequested': () => msg('Asked for a conversation by email'),
  'conversation.rated': ({ facts }) => {
    const { score, comment } = facts;
    if (typeof comment !== 'string') return msg(str`Rated a conversation ${String(score)} of 5`);
    return msg(str`Rated a conversation ${String(score)} of 5: “${comment}”`);
  },
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
  'conversation.closed': ({ actorKind }, actor, names) => {
    if (actorKind === 'visitor') return msg(str`${names.contact} ended the chat`);
    return actor ? msg(str`${actor} closed it`) : msg('Closed');
  },
  'conversation.reopened': ({ facts }, actor) => {
    if (facts['reason'] === 'timer') return msg('Back from snooze');
    if (facts['reason'] === 'reply') return msg('Reopened by a reply');
    if (facts['from'] === 'snoozed') return actor ? msg(str`${actor} unsnoozed it`) : msg('Unsnoozed');
    return actor ? msg(str`${actor} reopened it`) : msg('Reopened');
  },
};

/**
 * Entries that follow each other and are told as one, newest first; `times` where the same thing was done so often, or more
 * often where the run `mayGoOn` in entries that are not here.
 */
export type TimelineRun = {
  newest: TimelineEntry;
  oldest: TimelineEntry;
  text: string;
  times: number;
  mayGoOn: boolean;
};

/** The entries of one calendar day of the reader's, newest first. */
export type TimelineDay = { day: number; runs: TimelineRun[] };

/**
 * A long story in few lines: by days, with messages of one conversation and whatever else repeats itself folded into one line each.
 * @param goesOn whether there are older entries than these
 */
export function timelineDays(entries: readonly TimelineEntry[], names: Names, goesOn: boolean): TimelineDay[] {
  const days: { day: number; runs: { key: string; entries: TimelineEntry[] }[] }[] = [];
  for (const entry of entries) {
    const day = dayNumber(entry.at);
    if (days.at(-1)?.day !== day) days.push({ day, runs: [] });
    const { runs } = days.at(-1)!;
    const isMessage = entry.name === 'conversation.replied' && !entry.facts['automatic'];
    const key = `${entry.conversationId} ${isMessage ? 'messages' : timelineText(entry, names)}`;
    const last = runs.at(-1);
    if (last?.key === key) last.entries.push(entry);
    else runs.push({ key, entries: [entry] });
  }
  return days.map(({ day, runs }) => ({
    day,
    runs: runs.map(({ entries: run }) => told(run, names, goesOn && run.at(-1) === entries.at(-1))),
  }));
}

function told(run: readonly TimelineEntry[], names: Names, mayGoOn: boolean): TimelineRun {
  const [newest, oldest] = [run[0]!, run.at(-1)!];
  const texts = new Set(run.map((entry) => timelineText(entry, names)));
  if (texts.size > 1) return { newest, oldest, text: messagesText(run, names, mayGoOn), times: 1, mayGoOn };
  return { newest, oldest, text: timelineText(newest, names), times: run.length, mayGoOn };
}

/** What an entry of the timeline says. A newer server may know events that this page does not: those go by their name. */
export function timelineText(entry: TimelineEntry, names: Names): string {
  const actor = entry.actorKind === 'teammate' && entry.actorId ? names.teammate(entry.actorId) : null;
  const sentence = sentences[entry.name as EventName];
  return sentence ? sentence(entry, actor, names) : entry.name;
}

/** What a run of messages in one conversation comes to: "5 messages: Maya Lindqvist and you" */
function messagesText(run: readonly TimelineEntry[], names: Names, mayGoOn: boolean): string {
  const authors = run.map(({ actorKind, actorId }) => {
    if (actorKind === 'teammate' && actorId) return names.toTeammate(actorId);
    if (actorKind === 'api-key') return msg('a program');
    return actorKind === 'system' ? msg('automatic messages') : names.contact;
  });
  const who = list([...new Set(authors.toReversed())]);
  return mayGoOn ? msg(str`${run.length} or more messages: ${who}`) : msg(str`${run.length} messages: ${who}`);
}

function list(words: readonly string[]): string {
  return new Intl.ListFormat(spoken.locale, { type: 'conjunction' }).format(words);
}
