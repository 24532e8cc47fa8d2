import type { Inbox } from '../../shared/contract/inbox.ts';
import type { OffHours } from '../../shared/contract/off-hours.ts';
import type { Availability } from '../../shared/contract/schedule.ts';
import type { Teammate } from '../../shared/contract/teammate.ts';
import type { VisitorSnapshot } from '../../shared/contract/visitor.ts';
import { publicName } from '../../shared/state/public-name.ts';

/** Visitors are shown so many faces. */
const MOST_FACES = 5;

/** What visitors meet of the inbox behind a channel. */
export interface VisitedInbox {
  team: VisitorSnapshot['team'];
  availability: Availability;
  offHours: OffHours | null;
}

/** As the server tells it to visitors: first names, and open only while somebody's chat is on. */
export function inboxAsVisited(inbox: Inbox | undefined, teammates: ReadonlyMap<string, Teammate>): VisitedInbox {
  if (!inbox) return { team: [], availability: { open: true, changesAt: null }, offHours: null };
  const members = inbox.members.flatMap(({ teammateId }) => teammates.get(teammateId) ?? []);
  const isEmpty = members.length > 0 && !members.some(({ available }) => available);
  return {
    team: members.slice(0, MOST_FACES).map(({ id, name, available }) => ({ id, name: publicName(name), available })),
    availability: inbox.availability.open && isEmpty ? { open: false, changesAt: null } : inbox.availability,
    offHours: inbox.offHours,
  };
}
