import '../../../inbox-elements/elements.ts';
import type { ContactElement } from '../../../inbox-elements/contact/contact.ts';
import type { ContactField } from '../../../inbox-elements/contact/contact-field.ts';
import type { MergeDialog } from '../../../inbox-elements/contact/merge-dialog.ts';
import type { Contact, TimelineEntry } from '../../../shared/contract/contact.ts';
import type { Conversation } from '../../../shared/contract/conversation.ts';
import { expectAccessible } from '../../accessible.ts';
import { afterEach, before, beforeEach, describe, expect, it, settled, until } from '../../page.ts';
import { FakeClient, refuse, sessionAround } from '../fake-client.ts';
import { expectNoLeak } from '../leaks.ts';
import {
  ids,
  sampleContact,
  sampleConversation,
  sampleEvent,
  sampleId,
  sampleInbox,
  sampleInstant,
  sampleSnapshot,
} from '../sample.ts';

const conversation = sampleConversation();
const earlier = sampleConversation({
  id: sampleId(202),
  status: 'closed',
  lastMessage: { preview: 'It works now', authorKind: 'contact', at: sampleInstant(-900) },
});

function entry(number: number, name: string, changes: Partial<TimelineEntry> = {}): TimelineEntry {
  return {
    id: String(number),
    at: sampleInstant(number),
    name,
    actorKind: 'teammate',
    actorId: ids.ben,
    conversationId: conversation.id,
    facts: {},
    ...changes,
  };
}

describe('<parlour-contact>', () => {
  let client: FakeClient;
  let session: HTMLElement;
  let contact = sampleContact();
  let entries: TimelineEntry[];
  let held: Conversation[];

  // They come as a module of their own.
  before(async () => {
    for (const tag of ['parlour-contact', 'parlour-contact-field', 'parlour-contact-choice', 'parlour-merge-dialog'])
      await customElements.whenDefined(tag);
  });
  beforeEach(() => {
    client = new FakeClient();
    session = sessionAround(client);
    contact = sampleContact();
    held = [conversation, earlier];
    entries = [entry(2, 'conversation.replied'), entry(1, 'contact.created', { actorKind: 'system', actorId: null })];
    client.answers['contact.get'] = () => ({ contact });
    client.answers['conversation.get'] = () => ({ conversation, contact });
    client.answers['conversation.list'] = ({ status }) => ({
      conversations: held.filter((one) => one.status === status),
      contacts: [contact],
      next: null,
    });
    client.answers['contact.timeline'] = () => ({ entries, next: null });
    client.answers['contact.list'] = ({ search }) => ({
      contacts: [
        contact,
        sampleContact({ id: sampleId(111), name: 'Maya L.', email: null, phone: '+4930123456' }),
        sampleContact({ id: sampleId(112), name: 'Jonas Becker', email: 'jonas@example.net' }),
      ].filter(({ name }) => !search || name!.includes(search)),
      next: null,
    });
  });
  afterEach(() => session.remove());

  async function open(given: Partial<Pick<ContactElement, 'contactId' | 'conversationId'>>): Promise<ContactElement> {
    const element = document.createElement('parlour-contact');
    element.style.blockSize = '700px';
    Object.assign(element, given);
    session.append(element);
    await settled(element);
    return element;
  }

  async function full(
    given: Parameters<typeof open>[0] = { conversationId: conversation.id },
  ): Promise<ContactElement> {
    const element = await open(given);
    await until(() => element.shadowRoot!.querySelector('[part="timeline"]'), 'the contact');
    return element;
  }

  const words = (node: Element) => (node.shadowRoot ?? node).textContent!.replace(/\s+/g, ' ').trim();
  const field = (element: ContactElement, name: string): ContactField =>
    element.shadowRoot!.querySelector(`parlour-contact-field[name="${name}"]`)!;
  const input = (element: ContactElement, name: string) =>
    field(element, name).shadowRoot!.querySelector<HTMLInputElement | HTMLTextAreaElement>('.input')!;
  const choice = (element: ContactElement, name: string): HTMLSelectElement =>
    element.shadowRoot!.querySelector(`parlour-contact-choice[name="${name}"]`)!.shadowRoot!.querySelector('select')!;
  const button = (root: ParentNode, name: string) =>
    [...root.querySelectorAll('button')].find(
      (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name,
    )!;
  const timeline = (element: ContactElement) =>
    [...element.shadowRoot!.querySelectorAll('.entry > span')].map(({ textContent }) => textContent);
  const previews = (element: ContactElement) =>
    [...element.shadowRoot!.querySelectorAll('.conversation .preview')].map(({ textContent }) => textContent);

  async function write(element: ContactElement, name: string, value: string, key = 'Enter'): Promise<void> {
    input(element, name).focus();
    input(element, name).value = value;
    input(element, name).dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(field(element, name));
    input(element, name).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await settled(field(element, name));
  }

  it('is accessible with nobody named', async () => {
    const element = await open({});
    expect(words(element)).to.contain('No contact chosen');
    await expectAccessible(element);
  });

  it('is accessible while it loads', async () => {
    delete client.answers['conversation.get'];
    const element = await open({ conversationId: conversation.id });
    expect(element.shadowRoot!.querySelector('[aria-busy="true"]')).to.not.equal(null);
    await expectAccessible(element);
  });

  it('is accessible with all that is known, and a refused value', async () => {
    client.outcomes['contact.update'] = () =>
      refuse({ code: 'invalid', message: 'Something is wrong.', fields: { email: 'must be an email address' } });
    const element = await full();
    await write(element, 'email', 'nope');
    await until(() => words(field(element, 'email')) === 'Must be an email address', 'what is wrong');
    await expectAccessible(element);
  });

  it('is accessible where there is no such contact', async () => {
    client.answers['contact.get'] = () => refuse({ code: 'not_found', message: 'No.' });
    const element = await open({ contactId: contact.id });
    await until(() => words(element).includes('This contact is not here'), 'the words');
    await expectAccessible(element);
  });

  it('says of a missing conversation what the conversation says', async () => {
    client.answers['conversation.get'] = () => refuse({ code: 'not_found', message: 'No.' });
    const element = await open({ conversationId: sampleConversation().id });
    await until(() => words(element).includes('This conversation is not here'), 'the words');
  });

  it('is accessible where it cannot be loaded, and tries again', async () => {
    const answer = client.answers['contact.timeline']!;
    client.answers['contact.timeline'] = () => refuse({ code: 'unavailable', message: 'The line is down.' });
    const element = await open({ contactId: contact.id });
    await until(() => words(element).includes('The line is down.'), 'the reason');
    await expectAccessible(element);
    client.answers['contact.timeline'] = answer;
    button(element.shadowRoot!, 'Try again').click();
    await until(() => element.shadowRoot!.querySelector('[part="timeline"]'), 'the contact');
  });

  it('shows the contact of a conversation, what it came through, and the other conversations', async () => {
    const element = await full();
    expect(input(element, 'name').value).to.equal('Maya Lindqvist');
    expect(input(element, 'email').value).to.equal('maya@example.net');
    expect(input(element, 'phone').value).to.equal('');
    expect(words(element)).to.contain('First seen').and.contain('Web chat');
    // The conversation's own header says it.
    expect(words(element)).to.not.contain('fernandfield.example');
    expect(previews(element)).to.deep.equal(['It works now']);
  });

  it('shows what was claimed in a form as that, and what is known beside it', async () => {
    const consent = { at: sampleInstant(5), text: 'You may keep this.', url: null };
    const properties = { team_size: 12, newsletter: true };
    contact = sampleContact({
      email: null,
      claimedEmail: 'maya@elsewhere.example',
      lifecycle: 'lead',
      properties,
      consent,
    });
    const element = await full();
    expect(input(element, 'email').value).to.equal('');
    const facts = element.shadowRoot!.querySelector('.facts')!.textContent.replace(/\s+/g, ' ');
    expect(facts).to.contain('Email, unverified maya@elsewhere.example').and.contain('Agreed');
    expect(choice(element, 'lifecycle').value).to.equal('lead');
    expect(input(element, 'team_size').value).to.equal('12');
    expect(choice(element, 'newsletter').value).to.equal('true');
    await expectAccessible(element);
  });

  it('shows how selling stands, who looks after them and what forms ask, each changed where it stands', async () => {
    const asked = { key: 'budget', label: 'Your budget', kind: 'number', required: false } as const;
    const plan = { key: 'plan', label: 'Plan', kind: 'choice', required: false, options: ['Small', 'Large'] } as const;
    const preChat = { fields: [asked, { ...plan, options: [...plan.options] }], consent: null };
    client.welcome(sampleSnapshot({ inboxes: [sampleInbox({ preChat })] }));
    client.outcomes['contact.update'] = ({ contactId: _contactId, properties, ...fields }) => {
      contact = {
        ...contact,
        ...(fields as Partial<Contact>),
        properties: { ...contact.properties, ...(properties as object) },
      };
      client.hear(sampleEvent('contact.updated', { contact }));
      return {};
    };
    const element = await full();
    const choose = async (name: string, value: string) => {
      choice(element, name).value = value;
      choice(element, name).dispatchEvent(new Event('change'));
      await settled(element);
      return client.executed.at(-1)?.input;
    };
    const contactId = contact.id;
    expect(await choose('leadStatus', 'connected')).to.deep.equal({ contactId, leadStatus: 'connected' });
    expect(await choose('ownerId', ids.ben)).to.deep.equal({ contactId, ownerId: ids.ben });
    expect(await choose('lifecycle', 'customer')).to.deep.equal({ contactId, lifecycle: 'customer' });
    expect(await choose('plan', 'Large')).to.deep.equal({ contactId, properties: { plan: 'Large' } });
    expect(await choose('ownerId', '')).to.deep.equal({ contactId, ownerId: null });
    await write(element, 'budget', 'a lot');
    expect(words(field(element, 'budget'))).to.contain('This must be a number');
    await write(element, 'budget', '1200');
    expect(client.executed.at(-1)?.input).to.deep.equal({ contactId, properties: { budget: 1200 } });
    await expectAccessible(element);
  });

  it('keeps questions of several lines apart', async () => {
    const asked = (key: string, kind: 'text' | 'choice') =>
      ({
        key,
        label: 'What is it that this is all about?',
        kind,
        required: false,
        options: ['Order', 'Return'],
      }) as const;
    const fields = [asked('a', 'choice'), asked('b', 'text'), asked('c', 'choice'), asked('d', 'text')];
    const preChat = { fields: fields.map((field) => ({ ...field, options: [...field.options] })), consent: null };
    client.welcome(sampleSnapshot({ inboxes: [sampleInbox({ preChat })] }));
    const element = await full();
    element.style.inlineSize = '260px';
    const labels = fields.map(({ key, kind }) =>
      kind === 'text' ? field(element, key).previousElementSibling! : choice(element, key).previousElementSibling!,
    );
    const boxes = labels.map((label) => {
      const range = document.createRange();
      range.selectNodeContents(label);
      return [...range.getClientRects()];
    });
    const [first = []] = boxes;
    expect(first.length, 'in two lines at least').to.be.above(1);
    const between = first[1]!.top - first[0]!.bottom;
    for (const [at, lines] of boxes.entries()) {
      const next = boxes[at + 1]?.[0];
      if (next) expect(next.top - lines.at(-1)!.bottom, `after label ${at}`).to.be.above(between + 6);
    }
    const size = (answer: Element) => getComputedStyle(answer).fontSize;
    expect(size(input(element, 'b')), 'what is written is as large as what is chosen').to.equal(
      size(choice(element, 'a')),
    );
  });

  it('shows a contact by id with all conversations, and an unnamed one as a visitor', async () => {
    contact = sampleContact({ id: '01900000-0000-7000-8000-00000000beef', name: null, email: null });
    held = held.map((one) => ({ ...one, contactId: contact.id }));
    const element = await full({ contactId: contact.id });
    expect(previews(element)).to.have.length(2);
    expect(input(element, 'name').placeholder).to.equal('Visitor BEEF');
  });

  it('tells which conversation was chosen', async () => {
    const element = await full();
    const chosen: string[] = [];
    element.addEventListener('parlour-select', ({ conversationId }) => chosen.push(conversationId));
    element.shadowRoot!.querySelector<HTMLElement>('.conversation')!.click();
    expect(chosen).to.deep.equal([earlier.id]);
  });

  describe('editing in place', () => {
    it('stores a value on Enter, once, and clears a field that was emptied', async () => {
      client.outcomes['contact.update'] = () => ({});
      const element = await full();
      await write(element, 'phone', ' +49 30 123456 ');
      input(element, 'phone').blur();
      await settled(field(element, 'phone'));
      expect(client.executed.map(({ name, input: asked }) => [name, asked])).to.deep.equal([
        ['contact.update', { contactId: contact.id, phone: '+49 30 123456' }],
      ]);
      await write(element, 'email', '');
      expect(client.executed.at(-1)!.input).to.deep.equal({ contactId: contact.id, email: null });
    });

    it('stores on leaving the field, and asks nothing when the value is the same', async () => {
      client.outcomes['contact.update'] = () => ({});
      const element = await full();
      input(element, 'name').focus();
      input(element, 'name').blur();
      await settled(field(element, 'name'));
      expect(client.executed).to.have.length(0);
      await write(element, 'name', 'Maya L.', 'a');
      input(element, 'name').blur();
      await settled(field(element, 'name'));
      expect(client.executed[0]!.input).to.deep.equal({ contactId: contact.id, name: 'Maya L.' });
    });

    it('keeps the lines of a longer answer: Enter stores it, Shift and Enter begin another', async () => {
      contact = sampleContact({ properties: { more: 'The lid\nThe handle' } });
      client.outcomes['contact.update'] = () => ({});
      const element = await full();
      expect(input(element, 'more').value).to.equal('The lid\nThe handle');
      const { clientHeight, scrollHeight } = input(element, 'more');
      expect(scrollHeight, 'all of it is to be read').to.be.at.most(clientHeight);
      input(element, 'more').focus();
      const broken = new KeyboardEvent('keydown', { key: 'Enter', shiftKey: true, bubbles: true, cancelable: true });
      input(element, 'more').dispatchEvent(broken);
      expect(broken.defaultPrevented, 'the browser begins the line').to.equal(false);
      await write(element, 'more', 'The lid\nThe handle\nThe spout');
      expect(client.executed.map(({ input: asked }) => asked)).to.deep.equal([
        { contactId: contact.id, properties: { more: 'The lid\nThe handle\nThe spout' } },
      ]);
      await expectAccessible(element);
    });

    it('takes an edit back on Escape', async () => {
      const element = await full();
      await write(element, 'name', 'Nobody', 'Escape');
      expect(input(element, 'name').value).to.equal('Maya Lindqvist');
      input(element, 'name').blur();
      expect(client.executed).to.have.length(0);
    });

    it('leaves a refused value in the field to be mended', async () => {
      client.outcomes['contact.update'] = () =>
        refuse({ code: 'invalid', message: 'Wrong.', fields: { phone: 'must be a phone number with country code' } });
      const element = await full();
      await write(element, 'phone', '030');
      await until(() => words(field(element, 'phone')).startsWith('Must be a phone number'), 'what is wrong');
      expect(input(element, 'phone').value).to.equal('030');
      expect(input(element, 'phone').getAttribute('aria-invalid')).to.equal('true');
    });

    it('shows what a colleague has changed meanwhile, but not over what is being typed', async () => {
      const element = await full();
      await write(element, 'name', 'Half typed', 'a');
      contact = { ...contact, name: 'Maya Berg', phone: '+4930999999' };
      client.hear(sampleEvent('contact.updated', { contact }));
      await settled(element);
      await settled(field(element, 'phone'));
      expect(input(element, 'phone').value).to.equal('+4930999999');
      expect(input(element, 'name').value).to.equal('Half typed');
    });
  });

  it('shows what the page said the conversation is about, and follows when it says more', async () => {
    const element = await full();
    const shown = (): string[] =>
      [...element.shadowRoot!.querySelectorAll('[part=property]')].map((row) =>
        (row.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
      );
    const claimedProperties = { order_id: 'K-1042', gift: true };
    client.hear(
      sampleEvent('conversation.propertiesChanged', { conversation: { ...conversation, claimedProperties } }),
    );
    await until(() => shown().length === 2, 'two facts');
    expect(shown()).to.deep.equal(['order id K-1042', 'gift Yes']);
  });

  describe('the timeline', () => {
    it('tells in sentences what happened and who did it', async () => {
      entries = [
        entry(17, 'contact.updated', {
          facts: { changed: ['claimedEmail', 'consent', 'ownerId'] },
          actorKind: 'visitor',
        }),
        entry(16, 'contact.updated', { facts: { changed: ['somethingNew'] }, actorKind: 'system', actorId: null }),
        entry(15, 'visitor.tracked', { facts: { name: 'ordered', metadata: { order: 'K-1042', price: 48 } } }),
        entry(14, 'visitor.tracked', { facts: { name: 'added-to-basket' } }),
        entry(13, 'visitor.identified'),
        entry(12, 'something.new'),
        entry(11, 'conversation.reopened', { facts: { reason: 'reply' }, actorKind: 'visitor', actorId: sampleId(7) }),
        entry(10, 'conversation.closed', { actorId: ids.ada }),
        entry(9, 'conversation.snoozed', { facts: { until: '2026-06-01T09:00:00.000Z' } }),
        entry(8, 'conversation.assigned', { facts: { assigneeId: ids.ada }, actorKind: 'system', actorId: null }),
        entry(7, 'conversation.assigned', { facts: { assigneeId: ids.ben } }),
        entry(6, 'conversation.noted'),
        entry(5, 'contact.updated', { facts: { changed: ['name', 'email'] } }),
        entry(4, 'contact.merged'),
        entry(3, 'conversation.replied', { actorKind: 'visitor', actorId: sampleId(7) }),
        entry(2, 'conversation.started', { actorKind: 'visitor', actorId: sampleId(7) }),
        entry(1, 'contact.created', { actorKind: 'system', actorId: null }),
      ];
      const told = timeline(await full());
      expect(told[8]).to.match(/^Ben Castillo snoozed it until .*Jun/);
      expect(told.toSpliced(8, 1)).to.deep.equal([
        'Changed: unverified email, consent, and owner',
        'Changed: other details',
        'ordered (order: K-1042, price: 48)',
        'added-to-basket',
        'Signed in on the site',
        'something.new',
        'Reopened by a reply',
        'You closed it',
        'Assigned to you by rotation',
        'Ben Castillo took it on',
        'Ben Castillo wrote a note',
        'Ben Castillo changed: name and email',
        'Ben Castillo merged another contact into this one',
        'Maya Lindqvist wrote',
        'Started a conversation',
        'Became a contact',
      ]);
    });

    it('tells a rating with what was said with it', async () => {
      const by = { actorKind: 'visitor', actorId: sampleId(7) };
      entries = [
        entry(2, 'conversation.rated', { ...by, facts: { score: 5, comment: 'Quick and kind!' } }),
        entry(1, 'conversation.rated', { ...by, facts: { score: 2 }, conversationId: sampleId(31) }),
      ];
      expect(timeline(await full())).to.deep.equal([
        'Rated a conversation 5 of 5: “Quick and kind!”',
        'Rated a conversation 2 of 5',
      ]);
    });

    it('says that what nobody wrote was automatic, whoever caused it', async () => {
      entries = [
        entry(4, 'conversation.replied', { facts: { automatic: 'rating' } }),
        entry(3, 'conversation.closed', { actorKind: 'visitor', actorId: sampleId(7) }),
        entry(2, 'conversation.replied', { facts: { automatic: 'reply' }, actorKind: 'visitor', actorId: sampleId(7) }),
        entry(1, 'conversation.transcriptRequested', { actorKind: 'visitor', actorId: sampleId(7) }),
      ];
      expect(timeline(await full())).to.deep.equal([
        'Automatically asked for a rating',
        'Maya Lindqvist ended the chat',
        'Answered by an automatic reply',
        'Asked for a conversation by email',
      ]);
    });

    it('names a program and the workspace beside the people of a run of messages', async () => {
      const by = (actorKind: string) => ({ actorKind, actorId: actorKind === 'system' ? null : sampleId(7) });
      const elsewhere = { conversationId: sampleId(31) };
      entries = [
        entry(6, 'conversation.replied', { ...by('api-key'), ...elsewhere }),
        entry(5, 'conversation.noted'),
        entry(4, 'conversation.replied', by('system')),
        entry(3, 'conversation.replied', by('api-key')),
        entry(2, 'conversation.replied', { actorId: ids.ada }),
        entry(1, 'conversation.replied', by('visitor')),
      ];
      expect(timeline(await full())).to.deep.equal([
        'A program wrote',
        'Ben Castillo wrote a note',
        '4 messages: Maya Lindqvist, you, a program, and automatic messages',
      ]);
    });

    it('is grouped by day and folds what repeats itself', async () => {
      const at = (day: number, hour: number) => ({ at: new Date(2026, 2, day, hour).toISOString() });
      const visitor = { actorKind: 'visitor' as const, actorId: sampleId(7) };
      entries = [
        entry(9, 'conversation.replied', { ...at(10, 12), conversationId: sampleId(31) }),
        entry(8, 'conversation.replied', at(10, 11)),
        entry(7, 'conversation.replied', { ...at(10, 10), ...visitor }),
        entry(6, 'conversation.replied', { ...at(10, 9), actorId: ids.ada }),
        entry(5, 'conversation.noted', at(10, 8)),
        entry(4, 'conversation.noted', at(10, 7)),
        entry(3, 'conversation.noted', at(9, 9)),
        entry(2, 'visitor.tracked', { ...at(9, 8), facts: { name: 'looked' } }),
        entry(1, 'visitor.tracked', { ...at(9, 7), facts: { name: 'ordered' } }),
      ];
      const element = await full();
      expect(timeline(element)).to.deep.equal([
        'Ben Castillo replied',
        '3 messages: you, Maya Lindqvist, and Ben Castillo',
        'Ben Castillo wrote a note ×2(2 times)',
        'Ben Castillo wrote a note',
        'looked',
        'ordered',
      ]);
      const section = element.shadowRoot!.querySelector('[part="timeline"]')!;
      const days = [...section.querySelectorAll('h4')].map(({ textContent }) => textContent);
      expect(days.length).to.equal(2);
      expect(days[0]).to.contain('10').and.contain('March');
      expect([...section.querySelectorAll('ol')].map(({ children }) => children.length)).to.deep.equal([3, 3]);
      await expectAccessible(element);
    });

    it('goes on when asked for older entries', async () => {
      client.answers['contact.timeline'] = ({ cursor }) =>
        cursor === 'older'
          ? { entries: [entry(1, 'contact.created')], next: null }
          : { entries: [entry(2, 'conversation.noted')], next: 'older' };
      const element = await full();
      button(element.shadowRoot!, 'Show older').click();
      await until(() => timeline(element).length === 2, 'the older entry');
      expect(button(element.shadowRoot!, 'Show older')).to.equal(undefined);
    });

    it('gives no count as the whole of what goes on in the older entries', async () => {
      const programs = (...numbers: number[]) =>
        numbers.map((number) => entry(number, 'conversation.replied', { actorKind: 'api-key', actorId: sampleId(7) }));
      client.answers['contact.timeline'] = ({ cursor }) => {
        if (cursor === undefined)
          return { entries: [...programs(9, 8), entry(7, 'conversation.noted'), ...programs(6, 5)], next: 'programs' };
        return cursor === 'programs'
          ? { entries: [...programs(4), entry(3, 'conversation.replied')], next: 'rest' }
          : { entries: programs(2, 1), next: null };
      };
      const element = await full();
      expect(timeline(element)).to.deep.equal([
        'A program wrote ×2(2 times)',
        'Ben Castillo wrote a note',
        'A program wrote ×2 or more(2 times or more)',
      ]);
      await expectAccessible(element);
      button(element.shadowRoot!, 'Show older').click();
      await until(() => timeline(element)[2]?.includes('messages'), 'more of the story');
      expect(timeline(element)[2]).to.equal('4 or more messages: Ben Castillo and a program');
      button(element.shadowRoot!, 'Show older').click();
      await until(() => !timeline(element)[2]?.includes('or more'), 'the whole story');
      expect(timeline(element)[2]).to.equal('6 messages: a program and Ben Castillo');
    });

    it('follows what happens', async () => {
      const element = await full();
      entries = [entry(3, 'conversation.closed'), ...entries];
      client.hear(sampleEvent('conversation.closed', { conversation: { ...conversation, seq: 4, status: 'closed' } }));
      await until(() => timeline(element).length === 3, 'the new entry');
      expect(timeline(element)[0]).to.equal('Ben Castillo closed it');
    });
  });

  describe('merging', () => {
    const dialog = (element: ContactElement): MergeDialog => element.shadowRoot!.querySelector('parlour-merge-dialog')!;
    const inDialog = (element: ContactElement) => dialog(element).shadowRoot!;
    const found = (element: ContactElement) =>
      [...inDialog(element).querySelectorAll('.choice .name')].map(({ textContent }) => textContent);

    async function unfold(element: ContactElement): Promise<void> {
      button(element.shadowRoot!, 'Merge with another contact…').click();
      await until(() => found(element).length > 0, 'contacts to choose from');
    }

    it('is accessible searching and confirming, and leaves out the contact itself', async () => {
      const element = await full();
      await unfold(element);
      expect(found(element)).to.deep.equal(['Maya L.', 'Jonas Becker']);
      await expectAccessible(element);
      inDialog(element).querySelector<HTMLElement>('.choice')!.click();
      await settled(dialog(element));
      await expectAccessible(element);
    });

    it('finds by what is typed, says what will happen, and does it', async () => {
      client.outcomes['contact.merge'] = () => ({});
      const element = await full();
      await unfold(element);
      const search = inDialog(element).querySelector('input')!;
      search.value = 'Maya';
      search.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await until(() => found(element).length === 1, 'one is found');
      inDialog(element).querySelector<HTMLElement>('.choice')!.click();
      await settled(dialog(element));
      const summary = words(dialog(element));
      expect(summary).to.contain('All conversations of Maya L. move to Maya Lindqvist.');
      expect(summary).to.contain('Phone: +4930123456');
      expect(summary).to.contain('This cannot be undone.');
      button(inDialog(element), 'Merge').click();
      await until(() => !inDialog(element).querySelector('dialog')!.open, 'the dialog closes');
      expect(client.executed[0]).to.deep.include({
        name: 'contact.merge',
        input: { contactId: contact.id, sourceId: sampleId(111) },
      });
    });

    it('says why it was refused and stays', async () => {
      client.outcomes['contact.merge'] = () => refuse({ code: 'conflict', message: 'They are one already.' });
      const element = await full();
      await unfold(element);
      inDialog(element).querySelector<HTMLElement>('.choice')!.click();
      await settled(dialog(element));
      button(inDialog(element), 'Merge').click();
      await until(() => words(dialog(element)).includes('They are one already.'), 'the reason');
      expect(inDialog(element).querySelector('dialog')!.open).to.equal(true);
    });

    it('shows the contact that the one shown was merged into', async () => {
      const element = await full({ contactId: contact.id });
      const target = sampleContact({ id: sampleId(112), name: 'Jonas Becker' });
      client.answers['contact.get'] = ({ contactId }) =>
        contactId === target.id ? { contact: target } : refuse({ code: 'not_found', message: 'No.' });
      client.hear(sampleEvent('contact.merged', { contact: target }, { contactId: target.id, sourceId: contact.id }));
      await until(() => input(element, 'name').value === 'Jonas Becker', 'the other contact');
    });
  });

  it('fetches again with the line what could not be fetched without it', async () => {
    const element = await full();
    const answer = client.answers['conversation.list']!;
    client.answers['conversation.list'] = () => refuse({ code: 'unavailable', message: 'No line.' });
    client.welcome(undefined, false);
    await until(() => client.queried.filter(({ name }) => name === 'conversation.list').length === 6, 'asked again');
    await settled(element);
    held = [conversation, { ...earlier, lastMessage: { ...earlier.lastMessage, preview: 'Once more' } }];
    client.answers['conversation.list'] = answer;
    client.welcome(undefined, true);
    await until(() => previews(element)[0] === 'Once more', 'the fresh conversations');
  });

  it('asks for the timeline again with the line, when an event asked in vain without it', async () => {
    const element = await full();
    const answer = client.answers['contact.timeline']!;
    const asked = () => client.queried.filter(({ name }) => name === 'contact.timeline').length;
    client.answers['contact.timeline'] = () => refuse({ code: 'unavailable', message: 'No line.' });
    client.hear(sampleEvent('conversation.closed', { conversation: { ...conversation, seq: 4, status: 'closed' } }));
    await until(() => asked() === 2, 'asked for after the event');
    entries = [entry(3, 'conversation.closed'), ...entries];
    client.answers['contact.timeline'] = answer;
    await new Promise((resolve) => setTimeout(resolve));
    client.welcome(undefined, true);
    await until(() => timeline(element)[0] === 'Ben Castillo closed it', 'the new entry');
  });

  it('shows what is said while its conversations are on their way', async () => {
    const lists: (() => void)[] = [];
    const answer = client.answers['conversation.list']!;
    client.answers['conversation.list'] = (input) => {
      const old = answer(input);
      return new Promise((resolve) => lists.push(() => resolve(old)));
    };
    const element = await open({ conversationId: conversation.id });
    await until(() => lists.length === 3, 'all three are asked for');
    const lastMessage = { ...earlier.lastMessage, preview: 'Just now' };
    client.hear(sampleEvent('conversation.replied', { conversation: { ...earlier, seq: 4, lastMessage } }));
    client.hear(sampleEvent('contact.updated', { contact: { ...contact, name: 'Maya Renamed' } }));
    for (const send of lists) send();
    await until(() => previews(element)[0] === 'Just now', 'the newer words');
    expect(words(element)).to.contain('Maya Renamed');
  });

  it('leaves nothing behind', async () => {
    await expectNoLeak(
      () => {
        const element = document.createElement('parlour-contact');
        element.conversationId = conversation.id;
        session.append(element);
        return element;
      },
      async (element) => {
        await until(() => element.shadowRoot!.querySelector('[part="timeline"]'), 'the contact');
        client.hear(
          sampleEvent('conversation.closed', { conversation: { ...conversation, seq: 4, status: 'closed' } }),
        );
        await element.shadowRoot!.querySelector('parlour-merge-dialog')!.open();
      },
    );
    expect(client.listeners).to.equal(4);
  });
});
