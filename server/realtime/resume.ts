import { and, asc, eq, gt, inArray, isNotNull } from 'drizzle-orm';
import type { BriefEvent } from '../../shared/wire/brief-event.ts';
import type { Resume, VisitorEvent } from '../../shared/wire/frames.ts';
import type { Connections } from '../database/connection.ts';
import { logPosition, readLog } from '../database/event-log.ts';
import type { Actor, TeammateActor, VisitorActor } from '../kernel/actor.ts';
import type { EventRow } from '../kernel/operation.ts';
import { ofVisitor } from '../modules/conversation/queries.ts';
import { toVisitorConversation, toVisitorPart } from '../modules/conversation/records.ts';
import { conversation, part } from '../modules/conversation/schema.ts';
import { listTeammates } from '../modules/teammate/queries.ts';
import { visibleInboxes } from '../policy/visibility.ts';
import { compose } from './compose.ts';

/** Visitors resume by the heads of their threads; the log's position would tell them how busy the team is. */
export const NO_POSITION = '0';

/** More than this is faster fetched afresh than replayed. */
const MOST_REPLAYED = 1_000;

export type Replay = {
  position: string;
  recovered: boolean;
  events: (BriefEvent | VisitorEvent)[];
};

/** Characters a frame of a replay holds, but for its last event: small beside what a slow reader may have buffered (D11). */
const MOST_IN_A_FRAME = 128 * 1024;

/** A replay as `events` frames in JSON. */
export function* inFrames(events: readonly (BriefEvent | VisitorEvent)[]): Generator<string> {
  let texts: string[] = [];
  let length = 0;
  for (const event of events) {
    const text = JSON.stringify(event);
    texts.push(text);
    length += text.length;
    if (length < MOST_IN_A_FRAME) continue;
    yield eventsFrame(texts);
    texts = [];
    length = 0;
  }
  if (texts.length > 0) yield eventsFrame(texts);
}

const eventsFrame = (texts: readonly string[]): string => `{"type":"events","events":[${texts.join(',')}]}`;

/** What somebody missed: everything, or nothing and `recovered: false` (D6). Never a part. */
export async function replay(
  connections: Connections,
  epoch: string,
  actor: Actor,
  from: Resume | undefined,
  now: Date,
): Promise<Replay> {
  if (from?.epoch === epoch) {
    if (actor.kind === 'visitor' && from.heads) return visitorReplay(connections, actor, from.heads);
    if (actor.kind === 'teammate' && from.position) return teammateReplay(connections, actor, from.position, now);
  }
  const position = actor.kind === 'teammate' ? await logPosition(connections.sql) : NO_POSITION;
  return { position, recovered: false, events: [] };
}

async function teammateReplay(
  connections: Connections,
  actor: TeammateActor,
  from: string,
  now: Date,
): Promise<Replay> {
  const { workspaceId } = actor;
  const head = await logPosition(connections.sql);
  // A position this log has not reached yet is another log's, as after a backup was put back.
  if (BigInt(from) > BigInt(head)) return { position: head, recovered: false, events: [] };
  const { rows, position } = await readLog(connections.sql, { position: from, workspaceId, limit: MOST_REPLAYED + 1 });
  if (rows.length > MOST_REPLAYED || rows.some((row) => changesSightOf(row, actor)))
    return { position, recovered: false, events: [] };
  const inboxes = visibleInboxes(actor);
  const composed = await compose(connections.db, workspaceId, rows, new Map(), now);
  const events = composed
    .filter(({ inboxId }) => inboxId === null || inboxes === 'all' || inboxes.has(inboxId))
    .map(({ event }) => event);
  return { position, recovered: true, events };
}

/** What stood in an inbox before its new member came is in no event they missed; what stood in one they left must go. */
function changesSightOf({ name, facts }: EventRow, actor: TeammateActor): boolean {
  return (
    (name === 'inbox.memberAdded' || name === 'inbox.memberRemoved') &&
    actor.inboxIds !== 'all' &&
    facts['teammateId'] === actor.id
  );
}

/** @param heads the contiguous head of each thread the visitor holds, in `publicSeq` */
async function visitorReplay({ db }: Connections, actor: VisitorActor, heads: Record<string, number>): Promise<Replay> {
  const { workspaceId } = actor;
  const held = await db.select().from(conversation).where(ofVisitor(actor));
  const missed = held.reduce((sum, row) => sum + row.publicSeq - Math.min(heads[row.id] ?? 0, row.publicSeq), 0);
  // An answer changes a message that is held already and takes no place of its own, so no head tells whether it was missed.
  const answered = await db
    .select()
    .from(part)
    .where(
      and(
        eq(part.workspaceId, workspaceId),
        inArray(
          part.conversationId,
          held.flatMap(({ id }) => (heads[id] ? id : [])),
        ),
        isNotNull(part.answers),
      ),
    )
    .limit(MOST_REPLAYED + 1);
  if (missed + answered.length > MOST_REPLAYED) return { position: NO_POSITION, recovered: false, events: [] };
  const names = new Map((await listTeammates(db, workspaceId)).map((teammate) => [teammate.id, teammate.name]));
  const events: VisitorEvent[] = [];
  for (const entry of answered) {
    const row = held.find(({ id }) => id === entry.conversationId);
    const visible = toVisitorPart(entry, (id) => names.get(id) ?? '');
    if (!row || !visible || visible.publicSeq > (heads[row.id] ?? 0)) continue;
    const event = {
      id: `conversation.answered ${entry.id}`,
      name: 'conversation.answered' as const,
      at: visible.createdAt,
    };
    events.push({ ...event, conversation: toVisitorConversation(row), part: visible });
  }
  for (const row of held) {
    if ((heads[row.id] ?? 0) >= row.publicSeq) continue;
    const rows = await db
      .select()
      .from(part)
      .where(
        and(
          eq(part.workspaceId, workspaceId),
          eq(part.conversationId, row.id),
          isNotNull(part.publicSeq),
          gt(part.publicSeq, heads[row.id] ?? 0),
        ),
      )
      .orderBy(asc(part.seq));
    for (const entry of rows) {
      const visible = toVisitorPart(entry, (id) => names.get(id) ?? '');
      if (!visible) continue;
      const event = { id: entry.id, name: 'conversation.replied' as const, at: visible.createdAt };
      events.push({ ...event, conversation: toVisitorConversation(row), part: visible });
    }
  }
  return { position: NO_POSITION, recovered: true, events };
}
