import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandInput, CommandName, CommandResult } from '../../shared/contract/catalogue.ts';
import type { Workspace } from '../../shared/contract/workspace.ts';
import { NO_WORKSPACE, type Actor, type TeammateActor, type VisitorActor } from '../../server/kernel/actor.ts';
import { StartupError } from '../../server/kernel/startup-error.ts';
import { readChannels } from '../../server/modules/channel/queries.ts';
import { findByEmail, teammateActor } from '../../server/modules/teammate/queries.ts';
import { firstWorkspace } from '../../server/modules/workspace/queries.ts';
import type { RunningServer } from '../../server/start.ts';
import { articles, categories } from './articles.ts';
import { inTurns } from './in-turns.ts';
import { richStories, type RichStory } from './rich-stories.ts';
import { team, type TeammateKey } from './people.ts';
import { planSampleWorkspace, type InboxKey, type SampleConversation, type Step } from './plan.ts';

/** Printed at every start, so it protects nothing: the sample workspace is for one's own machine. */
export const samplePassword = 'kilnmere-sample';

const SHOP = 'Kilnmere';
/** The name while it is being filled: an interrupted start sees that there is something left to do. */
const UNFINISHED = 'Kilnmere (sample data on its way)';
const AGE_MS = 61 * 24 * 60 * 60_000;

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
      await shop.tell(conversation, step, index);
      if (index === conversation.steps.length - 1) progress((done += 1), conversations.length);
    },
    stop,
  );
  const articleIds = await shop.writeArticles();
  for (const [index, story] of richStories.entries()) {
    stop.throwIfAborted();
    await shop.tellRich(story, index, articleIds);
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

type Visit = Pick<SampleConversation, 'person' | 'inbox' | 'page'>;
type Queue = { inboxId: string; channelId: string; key: string };

/** The sample workspace while it is filled. */
class Shop {
  /** When it was begun; kept in the workspace's own age, so that a second attempt tells the same story. */
  readonly now: Date;
  /** The origin its first visitors stood on: another attempt may run at another address, and a command of one name says one thing. */
  readonly #origin: string;
  readonly #server: RunningServer;
  readonly #workspace: Workspace;
  readonly #queues: Record<InboxKey, Queue>;
  readonly #team: Record<TeammateKey, TeammateActor>;
  readonly #system: Actor;
  readonly #visitors = new Map<string, VisitorActor>();

  private constructor(
    server: RunningServer,
    workspace: Workspace,
    queues: Record<InboxKey, Queue>,
    actors: Record<TeammateKey, TeammateActor>,
    origin: string,
  ) {
    this.#origin = origin;
    this.#server = server;
    this.#workspace = workspace;
    this.#queues = queues;
    this.#team = actors;
    this.#system = { kind: 'system', workspaceId: workspace.id };
    this.now = new Date(founded(workspace) + AGE_MS);
  }

  /** Makes what the set-up form did not: two teammates, and an inbox for other shops. */
  static async open(server: RunningServer, workspace: Workspace): Promise<Shop> {
    const { db } = server.connections;
    const owner = await actorOf(server, workspace, 'mara');
    const clock = at(founded(workspace) + 60_000);
    const run = <N extends CommandName>(key: string, name: N, input: CommandInput<N>): Promise<CommandResult<N>> =>
      server.commandBus.execute(name, input, owner, { id: idFor(workspace, clock.now(), key), clock });

    const [website] = await readChannels(db, workspace.id);
    if (!website) throw new Error('A workspace is made with a channel');
    const support = { inboxId: website.inboxId, channelId: website.id, key: website.key };
    // The team's turns are told with the rest of the story; today's routing would tell them as of today.
    // And what was begun at night, or ended, has no automatic words in it, which the story does not count.
    const held = { routing: 'unassigned', offHours: { autoResponse: null }, askForRating: false } as const;
    await run('hold routing', 'inbox.update', { inboxId: support.inboxId, ...held });
    const { inboxId } = await run('inbox', 'inbox.create', { name: 'Wholesale', routing: 'unassigned' });
    await run('hold ratings', 'inbox.update', { inboxId, askForRating: false });
    const settings = { color: '#2f5d50', greeting: 'Shops and cafés, hello! What are you looking for?' };
    const wholesale = await run('channel', 'channel.create', { inboxId, name: 'Wholesale page', settings });
    for (const [key, inboxIds] of [
      ['ines', [support.inboxId, inboxId]],
      ['jonas', [support.inboxId]],
    ] as const) {
      await run(key, 'teammate.create', { ...team[key], password: samplePassword, inboxIds: [...inboxIds] });
    }
    const actors = {
      mara: owner,
      ines: await actorOf(server, workspace, 'ines'),
      jonas: await actorOf(server, workspace, 'jonas'),
    };
    const [first] = await server.connections.sql<{ page: string }[]>`
      select page_url as page from parlour.visitor_session
      where workspace_id = ${workspace.id} and page_url is not null order by created_at limit 1`;
    const origin = first ? new URL(first.page).origin : server.publicUrl;
    return new Shop(server, workspace, { support, wholesale: { inboxId, ...wholesale } }, actors, origin);
  }

  /** Does one step of a conversation, as whoever did it, when they did it. */
  async tell(conversation: SampleConversation, step: Step, index: number): Promise<void> {
    const { key } = conversation;
    const name = `${key}, step ${index}`;
    const before = conversation.steps.slice(0, index);
    const conversationId = this.#id(conversation.steps[0]!.at, key);
    const run = <N extends CommandName>(command: N, input: CommandInput<N>, actor: Actor) =>
      this.#run(name, step.at, command, input, actor);
    switch (step.kind) {
      case 'message': {
        const { text } = step;
        if (step.by !== 'contact')
          return void (await run('conversation.reply', { conversationId, text }, this.#actor(step.by)));
        const visitor = await this.#visitor(conversation, step.at);
        if (index > 0) return void (await run('conversation.reply', { conversationId, text }, visitor));
        const pageUrl = this.#address(conversation.page);
        return void (await run('conversation.start', { conversationId, text, pageUrl }, visitor));
      }
      case 'note':
        return void (await run('conversation.note', { conversationId, text: step.text }, this.#actor(step.by)));
      case 'assign': {
        const assigneeId = this.#team[step.to].id;
        return void (await run('conversation.assign', { conversationId, assigneeId }, this.#actor(step.by)));
      }
      case 'snooze': {
        const until = step.until.toISOString();
        return void (await run('conversation.snooze', { conversationId, until }, this.#actor(step.by)));
      }
      case 'close':
        return void (await run('conversation.close', { conversationId }, this.#actor(step.by)));
      case 'read': {
        const seq = before.filter(({ kind }) => kind !== 'seen').length;
        return void (await run('conversation.markRead', { conversationId, seq }, this.#actor(step.by)));
      }
      case 'seen': {
        const seq = before.filter(({ kind }) => kind === 'message').length;
        return void (await run(
          'conversation.markRead',
          { conversationId, seq },
          await this.#visitor(conversation, step.at),
        ));
      }
    }
  }

  /** Writes the knowledge base, an article a day in the shop's first weeks: what most people ask came last. */
  async writeArticles(): Promise<ReadonlyMap<string, string>> {
    const { mara, ines } = this.#team;
    const day = (count: number) => new Date(founded(this.#workspace) + count * 24 * 60 * 60_000);
    const ids: Partial<Record<string, string>> = {};
    const bySlug = new Map<string, string>();
    for (const [key, name] of Object.entries(categories)) {
      const made = await this.#run(`category ${key}`, day(1), 'articleCategory.create', { name }, mara);
      ids[key] = made.categoryId;
    }
    for (const [index, { slug, title, text, category, published }] of articles.entries()) {
      const [author, when] = [index % 3 ? ines : mara, day(index + 2)];
      const input = { slug, title, text, categoryId: ids[category] ?? null };
      const { articleId } = await this.#run(`article ${slug}`, when, 'article.create', input, author);
      bySlug.set(slug, articleId);
      if (published) await this.#run(`publishing ${slug}`, when, 'article.publish', { articleId }, author);
    }
    return bySlug;
  }

  /** Tells one of the newest conversations, in which more is sent than words. */
  async tellRich({ key, name, email, page, turns }: RichStory, index: number, articleIds: ReadonlyMap<string, string>) {
    const began = this.now.getTime() - (index * 20 + 15) * 60_000;
    const conversationId = this.#id(new Date(began), key);
    const person = { key, name, email, phone: null };
    const visitor = await this.#visitor({ person, inbox: 'support', page }, new Date(began));
    let partId = '';
    for (const [number, turn] of turns.entries()) {
      const when = new Date(began + number * 2 * 60_000);
      const run = <N extends CommandName>(command: N, input: CommandInput<N>, actor: Actor) =>
        this.#run(`${key}, turn ${number}`, when, command, input, actor);
      if ('answers' in turn) {
        const { answers: blockId, answer } = turn;
        await run('conversation.answer', { conversationId, partId, blockId, answer }, visitor);
      } else if ('closes' in turn) {
        await run('conversation.close', { conversationId }, this.#team[turn.by]);
      } else if (turn.by === 'contact') {
        await run('conversation.start', { conversationId, text: turn.text, pageUrl: this.#address(page) }, visitor);
      } else {
        const articles = (turn.articles ?? []).flatMap((slug) => articleIds.get(slug) ?? []);
        const references = articles.map((articleId) => ({ type: 'article' as const, articleId }));
        const message = { conversationId, text: turn.text, blocks: [...references, ...turn.blocks] };
        ({ partId } = await run('conversation.reply', message, this.#team[turn.by]));
      }
    }
  }

  /** From now on the inbox routes by itself. The new name says that nothing is left to do. */
  async finish(): Promise<void> {
    const inboxId = this.#queues.support.inboxId;
    const held = { routing: 'rotate', offHours: { autoResponse: '' }, askForRating: true } as const;
    await this.#run('routing', this.now, 'inbox.update', { inboxId, ...held }, this.#team.mara);
    const wholesale = { inboxId: this.#queues.wholesale.inboxId, askForRating: true };
    await this.#run('ratings', this.now, 'inbox.update', wholesale, this.#team.mara);
    await this.#run('name', this.now, 'workspace.rename', { name: SHOP }, this.#team.mara);
  }

  #actor(by: TeammateKey | 'rotation' | 'contact'): Actor {
    return by === 'rotation' || by === 'contact' ? this.#system : this.#team[by];
  }

  #address(page: string): string {
    return `${this.#origin}/demo/${page}`;
  }

  /** The browser of a contact on a channel. Who is known by name was known before the first word, as from an order. */
  async #visitor({ person, inbox, page }: Visit, when: Date): Promise<VisitorActor> {
    const { key, name, email, phone } = person;
    const met = this.#visitors.get(key);
    if (met) return met;
    const { channelId, key: channelKey } = this.#queues[inbox];
    const hello = { channelKey, token: this.#token(key), pageUrl: this.#address(page) };
    const stranger: Actor = { kind: 'stranger', workspaceId: this.#workspace.id };
    const { sessionId } = await this.#run(`${key}, session`, when, 'visitor.startSession', hello, stranger);
    if (name !== null) {
      const { contactId } = await this.#run(
        `${key}, contact`,
        when,
        'visitor.becomeContact',
        { sessionId },
        this.#system,
      );
      await this.#run(`${key}, introduction`, when, 'contact.update', { contactId, name, email, phone }, this.#system);
    }
    const visitor: VisitorActor = { kind: 'visitor', workspaceId: this.#workspace.id, id: sessionId, channelId };
    this.#visitors.set(key, visitor);
    return visitor;
  }

  #run<N extends CommandName>(
    key: string,
    when: Date,
    name: N,
    input: CommandInput<N>,
    actor: Actor,
  ): Promise<CommandResult<N>> {
    return this.#server.commandBus.execute(name, input, actor, { id: this.#id(when, key), clock: at(when.getTime()) });
  }

  #id(when: Date, key: string): string {
    return idFor(this.#workspace, when, key);
  }

  /** Follows from the workspace's id, which is random: nobody who knows this source knows the token. */
  #token(key: string): string {
    return `pv_${createHash('sha256').update(`${this.#workspace.id} ${key}`).digest('base64url')}`;
  }
}

function founded({ createdAt }: Workspace): number {
  return Date.parse(createdAt);
}

function at(ms: number): { now(): Date } {
  const moment = new Date(ms);
  return { now: () => moment };
}

async function actorOf(server: RunningServer, workspace: Workspace, key: TeammateKey): Promise<TeammateActor> {
  const { db } = server.connections;
  const found = await findByEmail(db, team[key].email);
  const actor = found && (await teammateActor(db, workspace.id, found.id));
  if (!actor)
    throw new StartupError(
      `The sample workspace has lost ${team[key].name}. Delete its data folder to have it made anew.`,
    );
  return actor;
}

/** A UUIDv7 that follows from the workspace, the moment and what it names. */
function idFor(workspace: Workspace, when: Date, key: string): string {
  const time = when.getTime().toString(16).padStart(12, '0');
  const hex = createHash('sha256').update(`${workspace.id} ${key}`).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
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
