import { msg, str } from '@lit/localize';
import type { Activity, Part } from '../../shared/contract/part.ts';
import { dateTimeText, durationText } from '../../shared/ui/time.ts';
import type { Names } from './names.ts';

type ActivityOf<N extends Activity['name']> = Extract<Activity, { name: N }>;
type Sentences = {
  [N in Activity['name']]: (activity: ActivityOf<N>, actor: string | null, names: Names, wasSnoozed: boolean) => string;
};

const sentences: Sentences = {
  assigned({ assigneeId, reason }, actor, names) {
    if (!assigneeId) return actor ? msg(str`${actor} unassigned this`) : msg('Unassigned');
    const owner = names.toTeammate(assigneeId);
    if (actor === names.teammate(assigneeId)) return msg(str`${actor} took this on`);
    if (reason === 'rotation') return msg(str`Assigned to ${owner} by rotation`);
    return actor ? msg(str`${actor} assigned this to ${owner}`) : msg(str`Assigned to ${owner}`);
  },
  snoozed({ until }, actor) {
    const moment = dateTimeText(until);
    return actor ? msg(str`${actor} snoozed this until ${moment}`) : msg(str`Snoozed until ${moment}`);
  },
  closed({ reason }, actor) {
    if (!actor) return msg('Closed');
    return reason ? msg(str`${actor} ended this chat`) : msg(str`${actor} closed this`);
  },
  rated({ score, commented }, actor) {
    if (commented) return actor ? msg(str`${actor} commented on the rating`) : msg('Commented on the rating');
    return actor ? msg(str`${actor} rated this ${score} of 5`) : msg(str`Rated ${score} of 5`);
  },
  reopened({ reason }, actor, _names, wasSnoozed) {
    if (reason === 'timer') return msg('Back from snooze');
    if (reason === 'reply') return msg('Reopened by a reply');
    if (!actor) return wasSnoozed ? msg('Unsnoozed') : msg('Reopened');
    return wasSnoozed ? msg(str`${actor} unsnoozed this`) : msg(str`${actor} reopened this`);
  },
};

/** What an activity part says: who did what, or what happened by itself. */
export function activityText(part: Part, names: Names, wasSnoozed: boolean, openMs: number | null = null): string {
  if (!part.activity) return '';
  const said = sentenceOf(part, part.activity, names, wasSnoozed);
  return openMs === null ? said : msg(str`${said} · after ${durationText(openMs)}`);
}

function sentenceOf(part: Part, what: Activity, names: Names, wasSnoozed: boolean): string {
  const { author } = part;
  const actor =
    author.kind === 'teammate' ? names.teammate(author.id) : author.kind === 'contact' ? names.contact : null;
  const sentence = sentences[what.name] as (
    activity: Activity,
    actor: string | null,
    names: Names,
    wasSnoozed: boolean,
  ) => string;
  return sentence(what, actor, names, wasSnoozed);
}

const opens: ReadonlySet<string> = new Set(['snoozed', 'reopened']);
const statusChanges: ReadonlySet<string> = new Set(['snoozed', 'closed', 'reopened']);

/** Whether a conversation was snoozed when this part reopened it; the part does not say, those before it do. */
export function wakes({ activity, seq }: Part, parts: readonly Part[]): boolean {
  if (activity?.name !== 'reopened') return false;
  const before = parts.findLast((one) => one.seq < seq && statusChanges.has(one.activity?.name ?? ''));
  return before?.activity?.name === 'snoozed';
}

/**
 * How long a conversation had been open when this part closed it: since it began, or since it was opened again after the close before.
 * @param begunAt null where the thread is not known from its beginning
 */
export function openFor(
  { activity, seq, createdAt }: Part,
  parts: readonly Part[],
  begunAt: string | null,
): number | null {
  if (activity?.name !== 'closed') return null;
  const closed = parts.findLast((one) => one.seq < seq && one.activity?.name === 'closed');
  // What is snoozed after a close was opened by that.
  const opened = closed && parts.find((one) => one.seq > closed.seq && opens.has(one.activity?.name ?? ''));
  const since = closed ? opened?.createdAt : begunAt;
  return since ? Math.max(0, Date.parse(createdAt) - Date.parse(since)) : null;
}
