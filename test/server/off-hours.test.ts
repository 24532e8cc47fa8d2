/** What visitors meet while nobody is there, and what a form makes of what they say. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Conversation } from '../../shared/contract/conversation.ts';
import { defaultOffHours, DEFAULT_AUTO_RESPONSE } from '../../shared/contract/off-hours.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { categoryOf } from '../../shared/state/category.ts';
import { doorOf } from '../../shared/state/doors.ts';
import { DomainError } from '../../server/kernel/errors.ts';
import { refused, startTestServer, TestClock, until } from './harness.ts';
import { actingAs, makeInbox, makeTeammate, makeVisitor, setUp, startConversation } from './people.ts';
import type { Office, Visitor } from './people.ts';
import { closeSockets, visitorSocket } from './test-socket.ts';

after(closeSockets);
const clock = new TestClock();
const server = await startTestServer({ clock });
const house = await setUp(server);
const closed = { timeZone: 'UTC', spans: [] };

/** An inbox of its own, so that no test meets another's settings. */
async function newOffice(settings: object = {}): Promise<Office> {
  const office = await makeInbox(house);
  await server.execute('inbox.update', { inboxId: office.inboxId, ...settings }, office.owner);
  return office;
}

const visitorOf = (office: Office): Promise<Visitor> => makeVisitor(office, office.channelKey, office.channelId);

async function messages(conversationId: string): Promise<{ by: string; text: string }[]> {
  const { parts } = await server.ask('conversation.parts', { conversationId }, house.owner);
  return parts.flatMap(({ author, body }) =>
    body
      ? [{ by: author.kind, text: body.map((block) => ('content' in block ? textOf(block.content) : '')).join('\n') }]
      : [],
  );
}

const textOf = (content: readonly { type: string; text?: string }[]): string =>
  content.map(({ text }) => text ?? '').join('');

/** What a refusal names. */
async function wrongFields(work: Promise<unknown>): Promise<string[]> {
  const error: unknown = await work.then(
    () => assert.fail('it was not refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DomainError && error.code === 'invalid', String(error));
  return Object.keys(error.fields ?? {}).sort();
}

const get = async (conversationId: string) => server.ask('conversation.get', { conversationId }, house.owner);

describe('while nobody is there', () => {
  it('a new conversation is answered by the workspace once, and is missed until somebody answers', async () => {
    const office = await newOffice({ schedule: closed });
    const visitor = await visitorOf(office);
    const conversationId = await startConversation(office, visitor, 'Anybody?');
    await server.execute('conversation.reply', { conversationId, text: 'Hello?' }, visitor.actor);
    assert.deepEqual(await messages(conversationId), [
      { by: 'contact', text: 'Anybody?' },
      { by: 'system', text: DEFAULT_AUTO_RESPONSE },
      { by: 'contact', text: 'Hello?' },
    ]);
    const missed = (await get(conversationId)).conversation;
    assert.equal(categoryOf(missed, office.owner.id), 'missed');
    assert.equal(missed.firstRepliedAt, null);
    assert.ok(missed.inboundSeq > missed.readSeq, 'it stays unread by the team');
    await server.execute('conversation.assign', { conversationId, assigneeId: office.owner.id }, office.owner);
    assert.equal(categoryOf((await get(conversationId)).conversation, office.owner.id), 'missed');
    await server.execute('conversation.reply', { conversationId, text: 'Good morning!' }, office.owner);
    assert.equal(categoryOf((await get(conversationId)).conversation, office.owner.id), 'yours');
  });

  it('the visitor reads the words of the workspace, in its own name, and nothing counts as unread', async () => {
    const office = await newOffice({ schedule: closed, offHours: { autoResponse: 'Back on Monday.' } });
    const visitor = await visitorOf(office);
    const conversationId = await startConversation(office, visitor);
    const { parts } = await server.ask('conversation.parts', { conversationId }, visitor.actor);
    assert.deepEqual(
      parts.map(({ author }) => author),
      [{ kind: 'visitor' }, { kind: 'workspace' }],
    );
    const { conversations } = await server.ask('visitor.snapshot', {}, visitor.actor);
    assert.equal(conversations[0]?.lastMessage.authorKind, 'visitor');
  });

  it('answers in the visitor’s language: in the owner’s words for it, else the owner’s, else its own', async () => {
    const begin = async (office: Office, language?: string) => {
      const conversationId = uuidv7();
      const visitor = await visitorOf(office);
      const said = { conversationId, text: 'Hallo', ...(language ? { language } : {}) };
      await server.execute('conversation.start', said, visitor.actor);
      return (await messages(conversationId))[1]?.text;
    };
    const plain = await newOffice({ schedule: closed });
    assert.match((await begin(plain, 'de'))!, /^Vielen Dank/);
    for (const language of ['ar', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'tr', 'zh'])
      assert.notEqual(await begin(plain, language), DEFAULT_AUTO_RESPONSE, language);
    assert.equal(await begin(plain, 'sv'), DEFAULT_AUTO_RESPONSE);
    assert.equal(await begin(plain), DEFAULT_AUTO_RESPONSE);
    const translations = { de: { autoResponse: 'Bis Montag.', text: 'Zu.' }, fr: { text: 'Fermé.' } };
    const own = await newOffice({ schedule: closed, offHours: { autoResponse: 'Until Monday.', translations } });
    assert.deepEqual(
      [await begin(own, 'de'), await begin(own, 'fr'), await begin(own, 'en')],
      ['Bis Montag.', 'Until Monday.', 'Until Monday.'],
    );
    const { doors } = await server.ask('visitor.snapshot', {}, (await visitorOf(own)).actor);
    assert.deepEqual(doors.offHours.translations, { de: 'Zu.', fr: 'Fermé.' });
  });

  it('asks in the visitor’s language, and keeps consent in the words they saw', async () => {
    const consent = { text: 'Keep my data?', translations: { de: 'Daten behalten?' }, url: null };
    const field = { key: 'plan', label: 'Plan', translations: { de: 'Tarif' }, kind: 'text', required: false } as const;
    const office = await newOffice({ preChat: { fields: [field], consent } });
    const visitor = await visitorOf(office);
    const read = async () => (await server.ask('visitor.snapshot', {}, visitor.actor)).doors;
    const door = doorOf(await read(), true, 'de');
    assert.deepEqual([door?.fields[0]?.label, door?.consent?.text], ['Tarif', 'Daten behalten?']);
    assert.equal(doorOf(await read(), true, 'fr')?.fields[0]?.label, 'Plan');
    const conversationId = uuidv7();
    const form = { kind: 'pre-chat', answers: { plan: 'M' }, consent: true } as const;
    await server.execute('conversation.start', { conversationId, text: 'Hallo', language: 'de', form }, visitor.actor);
    const { contact } = await get(conversationId);
    assert.equal(contact.consent?.text, 'Daten behalten?');
    assert.equal(doorOf(await read(), true, 'en'), null, 'what was agreed to is not asked again in another language');
  });

  it('names choices in the visitor’s language, and keeps the choice itself', async () => {
    const field = {
      key: 'plan',
      label: 'Plan',
      kind: 'choice',
      required: true,
      options: ['Free', 'Team'],
      optionTranslations: { de: { Free: 'Kostenlos' } },
    } as const;
    const fields = [{ ...field, options: [...field.options] }];
    const office = await newOffice({ preChat: { fields, consent: null } });
    const visitor = await visitorOf(office);
    const { doors } = await server.ask('visitor.snapshot', {}, visitor.actor);
    assert.deepEqual(doorOf(doors, true, 'de')?.fields[0]?.optionWords, { Free: 'Kostenlos' });
    assert.equal(doorOf(doors, true, 'fr')?.fields[0]?.optionWords, undefined);
    const start = (plan: string, conversationId = uuidv7()) => {
      const form = { kind: 'pre-chat', answers: { plan } } as const;
      const input = { conversationId, text: 'Hallo', language: 'de', form };
      return server.execute('conversation.start', input, visitor.actor).then(() => conversationId);
    };
    assert.deepEqual(await wrongFields(start('Kostenlos')), ['form.answers.plan']);
    assert.deepEqual((await get(await start('Free'))).contact.properties, { plan: 'Free' });
  });

  it('says nothing by itself where the workspace wants that, and while somebody is there', async () => {
    const silent = await newOffice({ schedule: closed, offHours: { autoResponse: null } });
    const quiet = await startConversation(silent, await visitorOf(silent), 'Anybody?');
    assert.deepEqual(await messages(quiet), [{ by: 'contact', text: 'Anybody?' }]);
    assert.equal((await get(quiet)).conversation.begunOff, true);
    const open = await newOffice();
    const answered = await startConversation(open, await visitorOf(open), 'Anybody?');
    assert.deepEqual(await messages(answered), [{ by: 'contact', text: 'Anybody?' }]);
    assert.equal(categoryOf((await get(answered)).conversation, open.owner.id), 'new');
  });

  it('every chat off counts as that, one on does not; open windows are told of it', async () => {
    const office = await newOffice();
    const colleague = await makeTeammate(office, { inboxIds: [office.inboxId] });
    const acting = await actingAs(server, office.workspaceId, colleague.id);
    const visitor = await visitorOf(office);
    const socket = await visitorSocket(office, visitor);
    const signals = () =>
      socket.frames.filter((frame) => frame.type === 'signal' && frame.name === 'availability').length;
    const isOpen = async () => (await socket.query('visitor.snapshot', {})).availability.open;
    const set = async (available: boolean, who = office.owner) => {
      const told = signals();
      await server.execute('teammate.setAvailability', { available }, who);
      await until('the visitor is told', () => signals() > told);
    };
    assert.equal(await isOpen(), true);
    await set(false);
    assert.equal(await isOpen(), true);
    await set(false, acting);
    assert.equal(await isOpen(), false);
    const missed = await startConversation(office, visitor);
    assert.equal((await get(missed)).conversation.begunOff, true);
    await set(true);
    assert.equal(await isOpen(), true);
    assert.equal((await get(await startConversation(office, visitor))).conversation.begunOff, false);
  });

  it('open windows are told that a teammate goes by another name', async () => {
    const office = await newOffice();
    const socket = await visitorSocket(office, await visitorOf(office));
    const signals = () =>
      socket.frames.filter((frame) => frame.type === 'signal' && frame.name === 'availability').length;
    const told = signals();
    await server.execute('teammate.rename', { name: 'Wren Lindqvist' }, office.owner);
    await until('the visitor is told', () => signals() > told);
    const { team } = await socket.query('visitor.snapshot', {});
    assert.deepEqual(
      team.map(({ name }) => name),
      ['Wren'],
    );
  });

  it('turns at the minute, also for a holiday', async () => {
    const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, fromMinute: 540, toMinute: 1020 }));
    const holidays = [{ date: '2031-05-01', spans: [{ fromMinute: 600, toMinute: 660 }] }];
    const office = await newOffice({ schedule: { timeZone: 'UTC', spans: days, holidays } });
    const begunAt = async (at: string) => {
      clock.freeze(new Date(at));
      const conversationId = uuidv7();
      const visitor = await visitorOf(office);
      await server.execute('conversation.start', { conversationId, text: 'Hello' }, visitor.actor);
      return (await get(conversationId)).conversation.begunOff;
    };
    assert.equal(await begunAt('2031-04-30T16:59:59.999Z'), false);
    assert.equal(await begunAt('2031-04-30T17:00:00.000Z'), true);
    assert.equal(await begunAt('2031-05-01T09:59:59.000Z'), true);
    assert.equal(await begunAt('2031-05-01T10:00:00.000Z'), false);
    assert.equal(await begunAt('2031-05-01T11:00:00.000Z'), true);
  });

  it('the four piles of a list are those that every reader derives', async () => {
    const office = await newOffice({ schedule: closed });
    const visitor = await visitorOf(office);
    const all: string[] = [];
    for (const step of ['none', 'answered', 'assigned', 'answered and assigned', 'closed']) {
      for (const schedule of [closed, null]) {
        await server.execute('inbox.update', { inboxId: office.inboxId, schedule }, office.owner);
        const conversationId = await startConversation(office, visitor);
        all.push(conversationId);
        if (step.includes('answered'))
          await server.execute('conversation.reply', { conversationId, text: 'Yes.' }, office.owner);
        if (step.includes('assigned'))
          await server.execute('conversation.assign', { conversationId, assigneeId: office.owner.id }, office.owner);
        if (step === 'closed') await server.execute('conversation.close', { conversationId }, office.owner);
      }
    }
    const rows = await Promise.all(all.map(async (id) => (await get(id)).conversation));
    for (const category of ['new', 'missed', 'yours', 'others'] as const) {
      const derived = (row: Conversation) => categoryOf(row, office.owner.id) === category;
      const { conversations } = await server.ask(
        'conversation.list',
        { category, inboxId: office.inboxId, limit: 100 },
        office.owner,
      );
      const ids = conversations.map(({ id }) => id);
      assert.deepEqual(
        ids.sort(),
        rows
          .filter(derived)
          .map(({ id }) => id)
          .sort(),
        category,
      );
      assert.ok(ids.length > 0, category);
    }
  });
});

describe('a form before the first message', () => {
  const preChat = {
    fields: [
      { key: 'name', label: '', kind: 'text', required: false },
      { key: 'email', label: '', kind: 'email', required: true },
      { key: 'seats', label: 'Seats', kind: 'number', required: true },
      { key: 'plan', label: 'Plan', kind: 'choice', required: false, options: ['Free', 'Team'] },
    ],
    consent: { text: 'You may keep this.', url: 'https://shop.example/privacy' },
  };
  const answers = { email: ' Jo@Visitor.Example ', seats: '12', plan: 'Team' };
  const start = (visitor: Visitor, form?: object, text = 'Hello') => {
    const conversationId = uuidv7();
    const input = { conversationId, text, ...(form ? { form } : {}) } as never;
    return server.execute('conversation.start', input, visitor.actor).then(() => conversationId);
  };

  it('is read by its fields: what was said is kept with the contact as it was meant, with the consent and its time', async () => {
    const office = await newOffice({ preChat });
    const visitor = await visitorOf(office);
    const id = await start(visitor, { kind: 'pre-chat', answers: { ...answers, unasked: 'x' }, consent: true });
    const { contact } = await get(id);
    assert.equal(contact.claimedEmail, 'jo@visitor.example');
    assert.equal(contact.email, null);
    assert.deepEqual(contact.properties, { seats: 12, plan: 'Team' });
    assert.equal(contact.consent?.text, 'You may keep this.');
    assert.ok(Math.abs(Date.parse(contact.consent.at) - clock.now().getTime()) < 60_000);
    assert.equal(contact.lifecycle, 'visitor');
  });

  it('takes a box that was left alone for a no, once there was a form, and asks no second time', async () => {
    const box = { key: 'news', label: 'Send me news', kind: 'checkbox', required: false } as const;
    const office = await newOffice({ preChat: { fields: [box], consent: null } });
    const visitor = await visitorOf(office);
    const door = async () => doorOf((await server.ask('visitor.snapshot', {}, visitor.actor)).doors, true, 'en');
    assert.deepEqual((await get(await start(visitor))).contact.properties, {}, 'they were shown no form');
    assert.deepEqual(
      (await door())?.fields.map(({ key }) => key),
      ['news'],
    );
    const id = await start(visitor, { kind: 'pre-chat', answers: {} });
    assert.deepEqual((await get(id)).contact.properties, { news: false });
    assert.equal(await door(), null);
  });

  it('is refused by field when something is missing or wrong, and then nobody and nothing is made', async () => {
    const office = await newOffice({ preChat });
    const visitor = await visitorOf(office);
    const before = await server.contents();
    const wrong = start(visitor, { kind: 'pre-chat', answers: { email: 'jo', seats: 'many', plan: 'Huge' } });
    assert.deepEqual(await wrongFields(wrong), [
      'form.answers.email',
      'form.answers.plan',
      'form.answers.seats',
      'form.consent',
    ]);
    await refused(start(visitor), 'invalid');
    assert.equal(await server.contents(), before);
  });

  it('asks only what is not known, tells which by key alone, and asks for consent again when its words change', async () => {
    const office = await newOffice({ preChat });
    const visitor = await visitorOf(office);
    await start(visitor, { kind: 'pre-chat', answers, consent: true });
    const { doors } = await server.ask('visitor.snapshot', {}, visitor.actor);
    assert.deepEqual([...doors.known].sort(), ['email', 'plan', 'seats']);
    assert.equal(doors.consented, true);
    await start(visitor);
    const consent = { text: 'We keep this for a year.', url: null };
    await server.execute(
      'inbox.update',
      { inboxId: office.inboxId, preChat: { ...preChat, consent } as never },
      office.owner,
    );
    assert.deepEqual(await wrongFields(start(visitor)), ['form.consent']);
  });

  it('an address claimed in it is no key to anybody: it matches no contact, opens no history, and overwrites nothing', async () => {
    const office = await newOffice({ preChat });
    const email = 'known@visitor.example';
    const { contactId } = await server.execute('contact.create', { name: 'Known', email }, office.owner);
    const stranger = await visitorOf(office);
    const id = await start(stranger, { kind: 'pre-chat', answers: { ...answers, email }, consent: true });
    const { contact } = await get(id);
    assert.notEqual(contact.id, contactId);
    assert.deepEqual([contact.email, contact.claimedEmail], [null, email]);
    // The team finds both by the address; to bring them together is theirs.
    const { contacts } = await server.ask('contact.list', { search: email }, office.owner);
    assert.deepEqual(contacts.map((one) => one.id).sort(), [contact.id, contactId].sort());
    const found = await server.execute('contact.create', { email }, office.owner);
    assert.deepEqual(found, { contactId, created: false });
    await start(stranger, { kind: 'pre-chat', answers: { ...answers, email: 'other@visitor.example' }, consent: true });
    assert.equal((await get(id)).contact.claimedEmail, email);
  });

  it('off hours makes a lead and a missed conversation, once, however often it arrives', async () => {
    const office = await newOffice({ schedule: closed, offHours: { mode: 'form' } });
    const visitor = await visitorOf(office);
    const { doors } = await server.ask('visitor.snapshot', {}, visitor.actor);
    assert.deepEqual(doors.offHours.form, defaultOffHours.form);
    const conversationId = uuidv7();
    const form = { kind: 'off-hours', answers: { name: 'Jo Tan', email: 'jo@visitor.example' } } as const;
    const commandId = uuidv7();
    for (let time = 0; time < 2; time++)
      await server.execute('conversation.start', { conversationId, text: 'Call me', form }, visitor.actor, commandId);
    const { contact, conversation } = await get(conversationId);
    assert.deepEqual([contact.name, contact.lifecycle], ['Jo Tan', 'lead']);
    assert.equal(categoryOf(conversation, office.owner.id), 'missed');
    assert.equal((await messages(conversationId)).length, 2);
    // Who wrote before the hours turned, or before the form was wanted, is not turned away.
    await start(visitor);
  });

  it('is for visitors: a program says what it knows in the contact', async () => {
    const office = await newOffice({ preChat });
    const input = { conversationId: uuidv7(), text: 'Hi', channelId: office.channelId, contact: {} };
    const form = { kind: 'pre-chat' as const, answers: {} };
    const system = { kind: 'system', workspaceId: office.workspaceId } as const;
    await refused(server.execute('conversation.start', { ...input, form }, system), 'invalid');
    await server.execute('conversation.start', input, system);
  });

  it('cannot be set up to ask one thing twice, without a label, a choice of nothing, or with words for what is no choice', async () => {
    const office = await newOffice();
    const [field] = preChat.fields;
    for (const fields of [
      [field, field],
      [{ key: 'seats', label: '', kind: 'number', required: true }],
      [{ key: 'plan', label: 'Plan', kind: 'choice', required: true }],
      [{ ...preChat.fields[3], optionTranslations: { de: { Huge: 'Riesig' } } }],
      [{ key: 'email', label: '', kind: 'text', required: true }],
    ]) {
      const change = { inboxId: office.inboxId, preChat: { fields, consent: null } } as never;
      await refused(server.execute('inbox.update', change, office.owner), 'invalid');
    }
  });
});
