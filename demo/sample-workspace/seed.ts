import { setTimeout as sleep } from 'node:timers/promises';
import { NO_WORKSPACE, type Actor } from '../../server/kernel/actor.ts';
import { StartupError } from '../../server/kernel/startup-error.ts';
import { findByEmail } from '../../server/modules/teammate/queries.ts';
import { firstWorkspace } from '../../server/modules/workspace/queries.ts';
import type { RunningServer } from '../../server/start.ts';
import { inTurns } from './in-turns.ts';
import { team } from './people.ts';
import { planSampleWorkspace } from './plan.ts';
import { richStories } from './rich-stories.ts';
import { AGE_MS, Shop, at, samplePassword } from './shop.ts';
import { tellRichStory, tellStep, writeArticles } from './telling.ts';

/** The name while it is being filled: an interrupted start sees that there is something left to do. */
const UNFINISHED = 'Kilnmere (sample data on its way)';

/** Hears how many conversations have been told to their end. */
export type Progress = (done: number, of: number) => void;

export type SeedOptions = {
  progress?: Progress;
  /** Aborted: what is under way is finished, nothing more is begun, and the signal's reason is thrown. */
  stop?: AbortSignal;
};

/**
 * Makes the sample workspace, through the commands that people's own clicks run, with the clock of the day each thing happened.
 * Interrupted and begun again, it goes on where it was: every command bears a name of its own that follows from what it does (D1).
 * @returns whether the workspace is the sample one; false for a workspace of somebody's own, which is left alone.
 */
export async function seedSampleWorkspace(
  server: RunningServer,
  now: Date,
  { progress = () => {}, stop = new AbortController().signal }: SeedOptions = {},
): Promise<boolean> {
  const { db } = server.connections;
  const held = await firstWorkspace(db);
  if (held && held.name !== UNFINISHED) return (await findByEmail(db, team.mara.email)) !== null;
  if (!held) await makeWorkspace(server, now);
  const workspace = held ?? (await firstWorkspace(db));
  if (!workspace) throw new Error('The workspace that was just made is not there');

  const shop = await Shop.open(server, workspace);
  const conversations = planSampleWorkspace(shop.now);
  const steps = conversations.flatMap((conversation) =>
    conversation.steps.map((step, index) => ({ conversation, step, index })),
  );
  steps.sort((a, b) => a.step.at.getTime() - b.step.at.getTime());
  let done = 0;
  progress(done, conversations.length);
  await inTurns(
    steps,
    ({ conversation }) => conversation.person.key,
    async ({ conversation, step, index }) => {
      await tellStep(shop, conversation, step, index);
      if (index === conversation.steps.length - 1) progress((done += 1), conversations.length);
    },
    stop,
  );
  const articleIds = await writeArticles(shop);
  for (const [index, story] of richStories.entries()) {
    stop.throwIfAborted();
    await tellRichStory(shop, story, index, articleIds);
  }
  await quiet(server, stop);
  await shop.finish();
  return true;
}

async function makeWorkspace({ commandBus }: RunningServer, now: Date): Promise<void> {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const founder: Actor = { kind: 'set-up', workspaceId: NO_WORKSPACE };
  const owner = { ownerName: team.mara.name, email: team.mara.email, password: samplePassword };
  await commandBus.execute('workspace.create', { name: UNFINISHED, ...owner, timeZone }, founder, {
    clock: at(now.getTime() - AGE_MS),
  });
}

/** Waits until every reaction to what was told has been worked off: snoozes wait for their time, nothing else waits. */
async function quiet({ connections: { sql }, jobsReady }: RunningServer, stop: AbortSignal): Promise<void> {
  await jobsReady;
  for (const deadline = performance.now() + 60_000; performance.now() < deadline; await sleep(50)) {
    stop.throwIfAborted();
    const [state] = await sql<{ busy: boolean }[]>`
      select exists (
        select from parlour.event_log as entry, parlour.reaction_cursor as cursor
        where cursor.name = 'reactions' and entry.name in ('conversation.started', 'conversation.snoozed')
          and (entry.xid, entry.id) > (cursor.xid, cursor.id)
      ) or exists (select from graphile_worker.jobs where run_at <= now() and attempts < max_attempts) as busy`;
    if (!state?.busy) return;
  }
  throw new StartupError(
    'The sample workspace was told, but its jobs do not come to rest. Delete its data folder and start again.',
  );
}
