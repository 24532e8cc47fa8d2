import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { planSampleWorkspace, type SampleConversation } from '../../demo/sample-workspace/plan.ts';
import { richStories } from '../../demo/sample-workspace/rich-stories.ts';
import { seedSampleWorkspace } from '../../demo/sample-workspace/seed.ts';
import { firstWorkspace } from '../../server/modules/workspace/queries.ts';
import { startTestServer } from '../server/harness.ts';

/** What is said and by whom, without when. */
function words(conversations: SampleConversation[]): unknown {
  return conversations.map(({ person, inbox, page, steps }) => ({
    person,
    inbox,
    page,
    steps: steps.map(({ at: _at, ...step }) => ('until' in step ? { ...step, until: null } : step)),
  }));
}

describe('the story of the sample workspace', () => {
  const now = new Date('2026-03-18T11:30:00.000Z');
  const plan = planSampleWorkspace(now);

  it('is the same for the same moment, and at another moment the same people say the same things', () => {
    assert.deepEqual(planSampleWorkspace(now), plan);
    assert.deepEqual(words(planSampleWorkspace(new Date('2027-08-01T03:05:00.000Z'))), words(plan));
  });

  it('lies within the sixty days before now, whenever now is, and each conversation in the order of time', () => {
    for (const day of ['2026-03-18', '2026-03-20', '2026-03-22', '2026-03-23', '2026-12-27']) {
      const end = new Date(`${day}T02:00:00.000Z`);
      for (const { key, steps } of planSampleWorkspace(end)) {
        const times = steps.map(({ at }) => at.getTime());
        assert.deepEqual(
          [...times].sort((a, b) => a - b),
          times,
          `${key} runs backwards`,
        );
        assert.ok(times[0]! > end.getTime() - 61 * 86_400_000, `${key} is too old`);
        assert.ok(times.at(-1)! <= end.getTime(), `${key} goes on after ${day}`);
        for (const step of steps) if (step.kind === 'snooze') assert.ok(step.until > end, `${key} wakes in the past`);
      }
    }
  });

  it('is plainly sample data: every address is at a domain for examples, every number one kept for films', () => {
    const people = plan.map(({ person }) => person);
    assert.ok(people.some(({ name }) => name === null));
    for (const { name, email, phone } of people) {
      if (name === null) assert.equal(email, null);
      else assert.match(email ?? '', /@example\.(com|org)$/);
      if (phone !== null) assert.match(phone, /^\+447700900\d{3}$/);
    }
  });

  it('leaves no blank and no choice open in what is said', () => {
    const said = plan.flatMap(({ steps }) => steps.flatMap((step) => ('text' in step ? [step.text] : [])));
    assert.ok(said.length > 1_200);
    for (const text of said) assert.doesNotMatch(text, /[{}|$]/);
    assert.ok(new Set(said).size > 700, 'too much is said twice');
  });
});

const server = await startTestServer();

describe('the sample workspace', () => {
  const counts = async (): Promise<Record<string, number>> => {
    const [row] = await server.running.connections.sql<Record<string, number>[]>`
      select (select count(*)::int from parlour.teammate) as teammates, (select count(*)::int from parlour.inbox) as inboxes,
        (select count(*)::int from parlour.conversation) as conversations, (select count(*)::int from parlour.part) as parts,
        (select count(*)::int from parlour.contact) as contacts, (select count(*)::int from parlour.event_log) as events`;
    return { ...row! };
  };

  before(async () => {
    assert.equal(await seedSampleWorkspace(server.running, new Date()), true);
  });

  it('has three teammates, two inboxes, and the conversations of the story and of the rich ones with their parts', async () => {
    const found = await counts();
    assert.equal(found['teammates'], 3);
    assert.equal(found['inboxes'], 2);
    assert.equal(found['conversations'], 400 + richStories.length);
    const plan = planSampleWorkspace(new Date());
    const parts = plan.flatMap(({ steps }) => steps).filter(({ kind }) => kind !== 'read' && kind !== 'seen');
    const turns = richStories.flatMap((story) => story.turns);
    assert.equal(found['parts'], parts.length + turns.length);
    assert.equal(found['contacts'], new Set(plan.map(({ person }) => person.key)).size + richStories.length);
  });

  it('has conversations of every kind: open, snoozed and closed, with and without owner, read and unread, with and without name', async () => {
    const { sql } = server.running.connections;
    const kinds = await sql<
      { status: string; n: number }[]
    >`select status, count(*)::int as n from parlour.conversation group by 1`;
    const byStatus = Object.fromEntries(kinds.map(({ status, n }) => [status, n]));
    assert.deepEqual(Object.keys(byStatus).sort(), ['closed', 'open', 'snoozed']);
    assert.ok(
      Object.values(byStatus).every((n) => n >= 10),
      JSON.stringify(byStatus),
    );
    const [row] = await sql<Record<string, number>[]>`
      select count(*) filter (where assignee_id is null)::int as unassigned, count(*) filter (where inbound_seq > read_seq)::int as unread,
        count(distinct assignee_id)::int as owners,
        count(*) filter (where inbound_seq > read_seq and status <> 'open')::int as forgotten, count(*) filter (where source_url is null)::int as without_page,
        (select count(*)::int from parlour.contact where name is null) as anonymous,
        (select count(*)::int from parlour.part where kind = 'note') as notes
      from parlour.conversation`;
    const { unassigned, unread, owners, forgotten, without_page: withoutPage, anonymous, notes } = row!;
    assert.ok(unassigned! >= 3, `${unassigned} unassigned`);
    assert.ok(unread! >= 15, `${unread} unread`);
    assert.equal(owners, 3);
    assert.equal(forgotten, 0, 'closed or snoozed without having been read');
    assert.equal(withoutPage, 0);
    assert.ok(anonymous! >= 20, `${anonymous} anonymous`);
    assert.ok(notes! >= 50, `${notes} notes`);
  });

  it('has everything that visitors said, pressed and filled in told by themselves, as it is where they did', async () => {
    const { sql } = server.running.connections;
    const told = await sql<{ name: string; kind: string }[]>`
      select distinct entry.name, entry.actor_kind as kind from parlour.event_log as entry
      where entry.name in ('conversation.started', 'conversation.answered', 'conversation.rated')
        or (entry.name = 'conversation.replied' and entry.actor_kind <> 'teammate') order by 1`;
    assert.deepEqual(
      told.map(({ name, kind }) => `${name} by ${kind}`),
      ['answered', 'rated', 'replied', 'started'].map((verb) => `conversation.${verb} by visitor`),
    );
  });

  it('has a knowledge base that answers what its conversations ask, with one article still a draft', async () => {
    const { sql } = server.running.connections;
    const [row] = await sql<{ published: number; drafts: number; sorted: number }[]>`
      select count(*) filter (where status = 'published')::int as published, count(*) filter (where status = 'draft')::int as drafts,
        count(category_id)::int as sorted from parlour.article`;
    assert.deepEqual({ ...row! }, { published: 11, drafts: 1, sorted: 12 });
    const [workspace] = await sql<{ id: string }[]>`select id from parlour.workspace`;
    const program = { kind: 'system', workspaceId: workspace!.id } as const;
    for (const [text, slug] of [
      ['is it dishwasher safe?', 'care'],
      ['my mug arrived broken', 'arrived-broken'],
      ['gift card', 'gift-cards'],
      ['refund', 'returns'],
    ] as const) {
      const { articles } = await server.ask('article.search', { text }, program);
      assert.equal(articles[0]?.slug, slug, text);
    }
  });

  it('is at rest: no job is due, nothing bears today’s clock, and from now on new conversations go round', async () => {
    const { sql, db } = server.running.connections;
    const due = await sql`select from graphile_worker.jobs where run_at <= now()`;
    assert.equal(due.length, 0);
    const late = await sql`select from parlour.part where created_at > now()`;
    assert.equal(late.length, 0);
    const routing = await sql<
      { name: string; routing: string }[]
    >`select name, routing from parlour.inbox order by name`;
    assert.deepEqual(
      routing.map((inbox) => ({ ...inbox })),
      [
        { name: 'Customer Support', routing: 'rotate' },
        { name: 'Wholesale', routing: 'unassigned' },
      ],
    );
    assert.equal((await firstWorkspace(db))?.name, 'Kilnmere');
  });

  it('is left alone at the next start, and finished when its making was interrupted, without telling anything twice', async () => {
    const { sql } = server.running.connections;
    const made = await counts();
    await seedSampleWorkspace(server.running, new Date(Date.now() + 3 * 86_400_000));
    assert.deepEqual(await counts(), made);
    await sql`update parlour.workspace set name = 'Kilnmere (sample data on its way)'`;
    await seedSampleWorkspace(server.running, new Date(Date.now() + 3 * 86_400_000));
    assert.deepEqual(await counts(), made);
  });
});
