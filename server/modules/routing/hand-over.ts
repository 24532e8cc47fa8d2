import { and, asc, eq, exists, isNull, notExists, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../database/connection.ts';
import type { CommandBus } from '../../kernel/command-bus.ts';
import { conversation, part } from '../conversation/schema.ts';
import { attendance, availableMembers } from '../inbox/queries.ts';
import { inbox } from '../inbox/schema.ts';

/** So many are given out at a time; the rest follow at the next look. */
const PAGE = 200;

type Parts = {
  db: Database;
  bus: Pick<CommandBus, 'execute'>;
  clock: { now(): Date };
  log: { warn(details: object, message: string): void };
};

type LeftByBot = { workspaceId: string; conversationId: string };

/**
 * Gives what bots left open to people who are there now, one look at a time: while one goes on, whoever asks for another gets the same. Several
 * servers may look at once: a turn is taken under the conversation's lock.
 */
export class HandingOver {
  readonly #parts: Parts;
  #looking: Promise<void> | undefined;
  #isStopping = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Never fails: what could not be given is logged, and found by the next look. */
  look(): Promise<void> {
    this.#looking ??= this.#handOver().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** Once the look under way has put down what it has in hand. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#looking;
  }

  async #handOver(): Promise<void> {
    const { db, bus, clock, log } = this.#parts;
    const found = await findLeftByBot(db, clock.now()).catch((error: unknown) => {
      log.warn({ error }, 'what bots left could not be looked for; it is again shortly');
      return [];
    });
    for (const { workspaceId, conversationId } of found) {
      if (this.#isStopping) return;
      try {
        await bus.execute('conversation.route', { conversationId }, { kind: 'system', workspaceId });
      } catch (error) {
        log.warn({ error, conversationId }, 'what a bot left could not be given to anybody; it is tried again shortly');
      }
    }
  }
}

/**
 * Conversations that were begun while a bot stood in for everybody, and now wait for people who are there. What the inbox does off hours by now is
 * all the same to them. It asks how things stand rather than hear of hours, switches and messages, so that a look that was missed is made up by the
 * next.
 */
async function findLeftByBot(db: Database, now: Date): Promise<LeftByBot[]> {
  const any = db
    .select({ one: sql`1` })
    .from(conversation)
    .where(and(eq(conversation.workspaceId, inbox.workspaceId), eq(conversation.inboxId, inbox.id), isLeft(db)));
  const inboxes = await db
    .select()
    .from(inbox)
    .where(and(eq(inbox.routing, 'rotate'), exists(any)));
  const found: LeftByBot[] = [];
  for (const one of inboxes) {
    if (!(await attendance(db, one, now)).open) continue;
    // With nobody to take a turn, a look would be the same again and again.
    if ((await availableMembers(db, one.workspaceId, one.id)).length > 0) found.push(...(await leftIn(db, one)));
  }
  return found;
}

/** First come first. */
function leftIn(db: Database, { workspaceId, id }: { workspaceId: string; id: string }): Promise<LeftByBot[]> {
  return db
    .select({ workspaceId: conversation.workspaceId, conversationId: conversation.id })
    .from(conversation)
    .where(and(eq(conversation.workspaceId, workspaceId), eq(conversation.inboxId, id), isLeft(db)))
    .orderBy(asc(conversation.createdAt), asc(conversation.id))
    .limit(PAGE);
}

/** Open, never anybody's, answered by no teammate, and the contact has the last word. Whom somebody had and let go waits for a teammate's word, and not for a turn. */
function isLeft(db: Database): SQL | undefined {
  const wasAssigned = db
    .select({ one: sql`1` })
    .from(part)
    .where(
      and(
        eq(part.workspaceId, conversation.workspaceId),
        eq(part.conversationId, conversation.id),
        sql`${part.activity} ->> 'name' = 'assigned'`,
      ),
    );
  return and(
    // In the words of the index of what is missed.
    sql`begun_off and first_replied_at is null and status in ('open', 'pending')`,
    eq(conversation.begunWithBot, true),
    isNull(conversation.assigneeId),
    eq(conversation.lastMessageAuthor, 'contact'),
    notExists(wasAssigned),
  );
}
