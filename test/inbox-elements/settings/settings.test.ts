import { settingsFrom } from '../../../inbox-elements/settings/channel-fields.ts';
import type { HoursEditor } from '../../../inbox-elements/settings/hours-editor.ts';
import { Settings } from '../../../inbox-elements/settings/settings.ts';
import { settingsElements } from '../../../inbox-elements/settings/settings-elements.ts';
import { EmbedSnippet } from '../../../inbox-elements/snippet/snippet.ts';
import { defaultOffHours } from '../../../shared/contract/off-hours.ts';
import { defaultWebChatSettings } from '../../../shared/contract/channel.ts';
import type { Inbox } from '../../../shared/contract/inbox.ts';
import { officeHours } from '../../../shared/contract/office-hours.ts';
import { palette } from '../../../shared/state/palette.ts';
import { define } from '../../../shared/ui/define.ts';
import { expectAccessible } from '../../accessible.ts';
import { afterEach, describe, expect, it, settled, until } from '../../page.ts';
import { FakeClient, refuse, sessionAround } from '../fake-client.ts';
import { expectNoLeak } from '../leaks.ts';
import {
  ids,
  sampleChannel,
  sampleEvent,
  sampleId,
  sampleInbox,
  sampleInstant,
  sampleSnapshot,
  sampleTeammate,
} from '../sample.ts';

define({ ...settingsElements, 'parlour-snippet': EmbedSnippet });

const apiKey = {
  id: sampleId(401),
  name: 'Order system',
  prefix: 'pk_9fK2',
  scopes: ['read' as const],
  createdAt: sampleInstant(),
  lastUsedAt: null,
};

function adminClient(): FakeClient {
  const client = new FakeClient();
  client.answers['apiKey.list'] = () => ({ apiKeys: [apiKey] });
  for (const name of [
    'workspace.rename',
    'inbox.update',
    'inbox.addMember',
    'inbox.removeMember',
    'channel.update',
    'apiKey.revoke',
  ] as const) {
    client.outcomes[name] = () => ({});
  }
  return client;
}

let session: HTMLElement | null = null;
afterEach(() => session?.remove());

const pages = {
  Account: 'parlour-account-settings',
  General: 'parlour-general-settings',
  Inboxes: 'parlour-inbox-settings',
  Channels: 'parlour-channel-settings',
  Teammates: 'parlour-teammate-settings',
  'API keys': 'parlour-api-key-settings',
  Embedding: 'parlour-embedding-settings',
} as const;

async function painted(element: Element): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await settled(element);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

async function openPage(
  client: FakeClient,
  page: keyof typeof pages,
): Promise<{ settings: Settings; root: ShadowRoot }> {
  session?.remove();
  session = sessionAround(client);
  const settings = new Settings();
  session.append(settings);
  await painted(settings);
  const tabs = [...settings.shadowRoot!.querySelectorAll<HTMLElement>('[role="tab"]')];
  tabs.find(({ textContent }) => textContent.trim() === page)!.click();
  await painted(settings);
  return { settings, root: settings.shadowRoot!.querySelector(pages[page])!.shadowRoot! };
}

function fill(root: ParentNode, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const control = root.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
    control.value = value;
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

async function submit(root: ShadowRoot): Promise<void> {
  root.querySelector('form')!.requestSubmit();
  await painted(root.host);
}

function button(root: ShadowRoot, label: string): HTMLButtonElement {
  const all = [...root.querySelectorAll('button')];
  return all.find((one) => one.textContent.trim() === label || one.getAttribute('aria-label') === label)!;
}

describe('<parlour-settings>', () => {
  for (const page of Object.keys(pages) as (keyof typeof pages)[]) {
    it(`is accessible on the page ${page}`, async () => {
      const { settings } = await openPage(adminClient(), page);
      await expectAccessible(settings);
    });
  }

  it('scrolls within its page alone: what is only read aloud there moves nothing around it', async () => {
    const { settings } = await openPage(adminClient(), 'Inboxes');
    const box = document.createElement('div');
    Object.assign(box.style, { position: 'relative', blockSize: '400px', overflow: 'hidden' });
    settings.replaceWith(box);
    box.append(settings);
    await painted(settings);
    expect(settings.shadowRoot!.querySelector('.page')!.scrollHeight).to.be.above(400);
    expect(box.scrollHeight).to.equal(400);
  });

  it('is accessible before anything is known', async () => {
    const { settings } = await openPage(new FakeClient(null, 'connecting'), 'API keys');
    await expectAccessible(settings);
  });

  it('asks before changes are lost by another page, another inbox or leaving, and not after they are saved', async () => {
    const other = sampleInbox({ id: ids.sales, name: 'Sales' });
    const client = adminClient();
    client.snapshot = sampleSnapshot({ inboxes: [sampleInbox(), other] });
    const { settings, root } = await openPage(client, 'Inboxes');
    const question = settings.shadowRoot!.querySelector('parlour-unsaved-dialog')!;
    const dialog = (): HTMLDialogElement => question.shadowRoot!.querySelector('dialog')!;
    const answer = async (label: string) => {
      await until(() => dialog().open, 'it asks');
      await expectAccessible(question);
      // The browser tells of it in a task of its own.
      const closed = new Promise((resolve) => dialog().addEventListener('close', resolve, { once: true }));
      button(question.shadowRoot!, label).click();
      await closed;
      await painted(settings);
    };
    const current = (): string => settings.shadowRoot!.querySelector('[aria-selected="true"]')!.textContent.trim();
    const tab = (name: string): HTMLElement =>
      [...settings.shadowRoot!.querySelectorAll<HTMLElement>('[role="tab"]')].find(
        ({ textContent }) => textContent.trim() === name,
      )!;
    expect(await settings.mayLeave()).to.equal(true);
    fill(root, { name: 'Help desk' });
    expect(settings.unsaved).to.equal(true);
    tab('General').click();
    await answer('Keep editing');
    expect(current()).to.equal('Inboxes');
    const select = root.querySelector<HTMLSelectElement>('#inbox')!;
    select.value = ids.sales;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await answer('Keep editing');
    expect(select.value).to.equal(ids.support);
    expect(root.querySelector<HTMLInputElement>('[name="name"]')!.value).to.equal('Help desk');
    const leaving = settings.mayLeave();
    await answer('Keep editing');
    expect(await leaving).to.equal(false);
    const unload = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(unload);
    expect(unload.defaultPrevented).to.equal(true);
    await submit(root);
    expect(settings.unsaved).to.equal(false);
    expect(await settings.mayLeave()).to.equal(true);
    fill(root, { name: 'Again' });
    tab('General').click();
    await answer('Discard');
    expect(current()).to.equal('General');
    expect(settings.unsaved).to.equal(false);
  });

  it('moves between its pages with the arrow keys', async () => {
    const { settings } = await openPage(adminClient(), 'General');
    const current = (): string => settings.shadowRoot!.querySelector('[aria-selected="true"]')!.textContent.trim();
    const press = async (key: string): Promise<void> => {
      const tab = settings.shadowRoot!.querySelector('[aria-selected="true"]')!;
      tab.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await painted(settings);
    };
    await press('ArrowDown');
    expect(current()).to.equal('Inboxes');
    expect(settings.shadowRoot!.activeElement?.textContent.trim()).to.equal('Inboxes');
    await press('ArrowUp');
    await press('ArrowUp');
    expect(current()).to.equal('Account');
    await press('ArrowUp');
    expect(current()).to.equal('Embedding');
  });

  it('renames the workspace and says that it did', async () => {
    const client = adminClient();
    const { root } = await openPage(client, 'General');
    fill(root, { name: 'Fern & Moss' });
    await submit(root);
    expect(client.executed.at(-1)).to.deep.include({ name: 'workspace.rename', input: { name: 'Fern & Moss' } });
    expect(root.querySelector('[role="status"]')!.textContent).to.contain('Saved');
  });

  it('follows what another admin changes meanwhile', async () => {
    const client = adminClient();
    const { root } = await openPage(client, 'General');
    client.hear(
      sampleEvent('workspace.renamed', { workspace: { ...sampleSnapshot().workspace, name: 'Renamed elsewhere' } }),
    );
    await painted(root.host);
    expect(root.querySelector<HTMLInputElement>('[name="name"]')!.value).to.equal('Renamed elsewhere');
  });

  it('keeps what is typed and chosen and not saved when another admin saves, and saves that', async () => {
    const client = adminClient();
    const { settings, root } = await openPage(client, 'Inboxes');
    const name = root.querySelector<HTMLInputElement>('[name="name"]')!;
    const box = (of: string) => root.querySelector<HTMLInputElement>(`[name="${of}"]`)!;
    const always = () =>
      root.querySelector('parlour-hours-editor')!.shadowRoot!.querySelectorAll<HTMLInputElement>('[type="radio"]')[1]!;
    fill(root, { name: 'Help desk' });
    name.setSelectionRange(4, 4);
    box('askForRating').click();
    always().click();
    await painted(settings);
    const elsewhere = {
      name: 'Named elsewhere',
      showQueuePosition: false,
      schedule: officeHours('Asia/Tokyo'),
    };
    client.hear(sampleEvent('inbox.updated', { inbox: sampleInbox(elsewhere) }));
    await painted(settings);
    expect(name.value).to.equal('Help desk');
    expect(name.selectionStart, 'the caret').to.equal(4);
    expect(box('askForRating').checked).to.equal(false);
    expect(always().checked).to.equal(true);
    expect(box('showQueuePosition').checked, 'what is not edited follows').to.equal(false);
    await submit(root);
    expect(client.executed.at(-1)?.input).to.include({
      name: 'Help desk',
      askForRating: false,
      showQueuePosition: false,
      schedule: null,
    });
    const saved = { ...elsewhere, name: 'Help desk', askForRating: false, schedule: null };
    client.hear(sampleEvent('inbox.updated', { inbox: sampleInbox(saved) }));
    await painted(settings);
    client.hear(sampleEvent('inbox.updated', { inbox: sampleInbox({ ...saved, name: 'Later', askForRating: true }) }));
    await painted(settings);
    expect(name.value, 'what is saved follows again').to.equal('Later');
    expect(box('askForRating').checked).to.equal(true);
  });

  it('keeps what is typed while a save is underway', async () => {
    const client = adminClient();
    const { settings, root } = await openPage(client, 'Inboxes');
    const name = root.querySelector<HTMLInputElement>('[name="name"]')!;
    let take = (): void => undefined;
    client.outcomes['inbox.update'] = () => new Promise((resolve) => (take = () => resolve({})));
    fill(root, { name: 'Help desk' });
    root.querySelector<HTMLInputElement>('[name="askForRating"]')!.click();
    await submit(root);
    fill(root, { name: 'Help desk, north' });
    take();
    await painted(settings);
    client.hear(sampleEvent('inbox.updated', { inbox: sampleInbox({ name: 'Help desk', askForRating: false }) }));
    await painted(settings);
    expect(name.value).to.equal('Help desk, north');
    expect(settings.unsaved).to.equal(true);
    await submit(root);
    expect(client.executed.at(-1)?.input).to.include({ name: 'Help desk, north' });
    take();
    await painted(settings);
    expect(settings.unsaved).to.equal(false);
  });

  it('follows another admin again in what was chosen here and saved', async () => {
    const client = adminClient();
    const { settings, root } = await openPage(client, 'Inboxes');
    const box = (of: string) => root.querySelector<HTMLInputElement>(of)!;
    const heard = async (changes: Partial<Inbox>) => {
      client.hear(sampleEvent('inbox.updated', { inbox: sampleInbox(changes) }));
      await painted(settings);
    };
    await heard({ preChat: null });
    box('[value="unassigned"]').click();
    box('[name="asking"]').click();
    await painted(settings);
    await submit(root);
    const { preChat } = client.executed.at(-1)!.input as Pick<Inbox, 'preChat'>;
    expect(preChat).to.not.equal(null);
    await heard({ routing: 'unassigned', preChat });
    expect(box('[value="unassigned"]').checked).to.equal(true);
    await heard({ routing: 'rotate', preChat: null });
    expect(box('[value="rotate"]').checked).to.equal(true);
    expect(box('[name="asking"]').checked).to.equal(false);
    await submit(root);
    expect(client.executed.at(-1)?.input).to.include({ routing: 'rotate', preChat: null });
  });

  it('saves name, routing and hours of an inbox, and warns before leaving conversations to nobody', async () => {
    const client = adminClient();
    const { settings, root } = await openPage(client, 'Inboxes');
    expect(root.textContent).to.not.contain('Nobody owns new conversations');
    root.querySelector<HTMLInputElement>('[value="unassigned"]')!.click();
    await painted(settings);
    expect(root.textContent).to.contain('Nobody owns new conversations until somebody takes them.');
    await expectAccessible(settings);
    fill(root, { name: 'Help desk' });
    await submit(root);
    expect(client.executed.at(-1)).to.deep.include({
      name: 'inbox.update',
      input: {
        inboxId: ids.support,
        name: 'Help desk',
        routing: 'unassigned',
        schedule: officeHours('Europe/Berlin'),
        offHours: { ...defaultOffHours, translations: {} },
        preChat: null,
        askForRating: true,
        showQueuePosition: true,
        notifies: 'everyone',
      },
    });
  });

  it('saves who is told of what nobody has taken on yet, and shows what another admin chose', async () => {
    const client = adminClient();
    const { root } = await openPage(client, 'Inboxes');
    const radio = (value: string) => root.querySelector<HTMLInputElement>(`[name="notifies"][value="${value}"]`)!;
    expect(radio('everyone').checked).to.equal(true);
    radio('admins').click();
    await submit(root);
    expect(client.executed.at(-1)?.input).to.include({ inboxId: ids.support, notifies: 'admins' });
    client.hear(sampleEvent('inbox.updated', { inbox: sampleInbox({ notifies: 'nobody' }) }));
    await painted(root.host);
    expect(radio('nobody').checked).to.equal(true);
  });

  it('warns where the admins of an inbox are to be told and it has none', async () => {
    const client = adminClient();
    const { settings, root } = await openPage(client, 'Inboxes');
    const warning = () => root.querySelector('.warning')?.textContent.trim();
    const choose = async (value: string) => {
      root.querySelector<HTMLInputElement>(`[name="notifies"][value="${value}"]`)!.click();
      await painted(settings);
    };
    const nobody = 'This inbox has no admin, so nobody is notified. You can make a member its admin below.';
    await choose('admins');
    expect(warning(), 'it has one').to.equal(undefined);
    const members = [{ teammateId: ids.ben, role: 'agent' as const }];
    client.hear(sampleEvent('inbox.updated', { inbox: sampleInbox({ members }) }));
    await painted(settings);
    expect(warning()).to.equal(nobody);
    await expectAccessible(settings);
    await choose('everyone');
    expect(warning()).to.equal(undefined);
    const elsewhere = sampleEvent('inbox.updated', { inbox: sampleInbox({ members, notifies: 'admins' }) });
    client.hear(elsewhere);
    await painted(settings);
    expect(warning(), 'what is chosen here and not saved').to.equal(undefined);
    await submit(root);
    expect(client.executed.at(-1)?.input).to.include({ notifies: 'everyone' });
    client.hear(sampleEvent('inbox.updated', { inbox: sampleInbox({ members, notifies: 'everyone' }) }), elsewhere);
    await painted(settings);
    expect(warning(), 'what another has chosen').to.equal(nobody);
  });

  it('goes to what is wrong in a form of an inbox rather than save it, and says which and what to do', async () => {
    const client = adminClient();
    const { settings, root } = await openPage(client, 'Inboxes');
    root.querySelector<HTMLInputElement>('[name="asking"]')!.click();
    await painted(settings);
    const form = root.querySelector('.form > parlour-form-editor')!.shadowRoot!;
    button(form, 'Custom question').click();
    await painted(settings);
    const before = client.executed.length;
    await submit(root);
    expect(client.executed.length).to.equal(before);
    expect(form.activeElement?.ariaLabel).to.equal('Label of Question 2');
    expect(form.querySelector('.error')!.textContent).to.contain('Question 2 is empty.');
    await expectAccessible(settings);
  });

  it('makes an inbox and shows it', async () => {
    const client = adminClient();
    const made = sampleInbox({ id: sampleId(23), name: 'Returns', members: [] });
    client.outcomes['inbox.create'] = () => {
      client.hear(sampleEvent('inbox.created', { inbox: made }));
      return { inboxId: made.id };
    };
    const { settings, root } = await openPage(client, 'Inboxes');
    button(root, 'New inbox').click();
    await painted(settings);
    await expectAccessible(settings);
    fill(root, { newName: 'Returns' });
    button(root, 'Create inbox').focus();
    await submit(root);
    expect(root.activeElement, 'what names the one that is made').to.equal(root.querySelector('#inbox'));
    expect(client.executed.at(-1)).to.deep.include({ name: 'inbox.create', input: { name: 'Returns' } });
    expect(root.querySelector<HTMLInputElement>('[name="name"]')!.value).to.equal('Returns');
    expect(root.querySelector('parlour-member-settings')!.shadowRoot!.textContent).to.contain(
      'Nobody works in this inbox',
    );
  });

  for (const [page, opener] of [
    ['Inboxes', 'New inbox'],
    ['Channels', 'New channel'],
  ] as const) {
    it(`says nothing of what was saved in the form that ${opener} opens, and forgets there what was not`, async () => {
      const { settings, root } = await openPage(adminClient(), page);
      const saved = () => root.querySelector('.save .saved');
      await submit(root);
      expect(saved()).not.to.equal(null);
      button(root, opener).click();
      await painted(settings);
      expect(saved()).to.equal(null);
      button(root, opener).click();
      await painted(settings);
      const name = page === 'Inboxes' ? 'routing' : 'position';
      const chosen = () => root.querySelector<HTMLInputElement>(`[name="${name}"]:checked`)!.value;
      const before = chosen();
      root.querySelector<HTMLElement>(`[name="${name}"]:not(:checked)`)!.click();
      expect(chosen()).not.to.equal(before);
      button(root, opener).click();
      const question = settings.shadowRoot!.querySelector('parlour-unsaved-dialog')!;
      await until(() => question.shadowRoot!.querySelector('dialog')!.open, 'it asks');
      button(question.shadowRoot!, 'Discard').click();
      await painted(settings);
      button(root, opener).click();
      await painted(settings);
      expect(chosen()).to.equal(before);
    });
  }

  it('adds, changes and removes members; removing asks first', async () => {
    const client = adminClient();
    const { settings, root } = await openPage(client, 'Inboxes');
    const members = root.querySelector('parlour-member-settings')!.shadowRoot!;
    const [choice, add] = ['form select', 'form button'].map((one) =>
      members.querySelector(one)!.getBoundingClientRect(),
    );
    expect(add!.left - choice!.right, 'the button stands beside its choice').to.be.within(0, 16);
    await submit(members);
    expect(client.executed.at(-1)).to.deep.include({
      name: 'inbox.addMember',
      input: { inboxId: ids.support, teammateId: ids.cleo, role: 'agent' },
    });
    const role = members.querySelector<HTMLSelectElement>('[aria-label="Role of Ben Castillo in this inbox"]')!;
    role.value = 'admin';
    role.dispatchEvent(new Event('change'));
    await painted(settings);
    expect(client.executed.at(-1)?.input).to.deep.equal({ inboxId: ids.support, teammateId: ids.ben, role: 'admin' });
    const before = client.executed.length;
    button(members, 'Remove Ben Castillo from this inbox').click();
    await painted(settings);
    expect(client.executed.length).to.equal(before);
    expect(members.activeElement?.textContent.trim()).to.equal('Keep');
    await expectAccessible(settings);
    members.querySelector<HTMLElement>('.danger')!.click();
    await painted(settings);
    expect(client.executed.at(-1)).to.deep.include({
      name: 'inbox.removeMember',
      input: { inboxId: ids.support, teammateId: ids.ben },
    });
  });

  describe('for an agent of the workspace', () => {
    const ben = sampleTeammate({ id: ids.ben, name: 'Ben Castillo', role: 'agent' });
    const support = (role: 'admin' | 'agent') =>
      sampleInbox({
        members: [
          { teammateId: ids.ada, role: 'admin' },
          { teammateId: ids.ben, role },
        ],
      });
    const sales = sampleInbox({ id: ids.sales, name: 'Sales', members: [{ teammateId: ids.ben, role: 'agent' }] });
    const clientOf = (role: 'admin' | 'agent'): FakeClient => {
      const client = adminClient();
      client.snapshot = sampleSnapshot({ me: ben, inboxes: [sales, support(role)] });
      return client;
    };
    const tabs = (settings: Settings) =>
      [...settings.shadowRoot!.querySelectorAll('[role="tab"]')].map(({ textContent }) => textContent.trim());

    it('is their account alone where they are an admin of no inbox', async () => {
      const { settings } = await openPage(clientOf('agent'), 'Account');
      expect(tabs(settings)).to.deep.equal(['Account']);
    });

    it('has the inboxes that they are an admin of, to change and not to make', async () => {
      const client = clientOf('admin');
      const { settings, root } = await openPage(client, 'Inboxes');
      expect(tabs(settings)).to.deep.equal(['Account', 'Inboxes']);
      await expectAccessible(settings);
      expect([...root.querySelector<HTMLSelectElement>('#inbox')!.options].map(({ text }) => text)).to.deep.equal([
        'Customer Support',
      ]);
      expect(button(root, 'New inbox')).to.equal(undefined);
      fill(root, { name: 'Help desk' });
      await submit(root);
      expect(client.executed.at(-1)).to.deep.include({ name: 'inbox.update' });
      expect(client.executed.at(-1)?.input).to.deep.include({ inboxId: ids.support, name: 'Help desk' });
      const members = root.querySelector('parlour-member-settings')!.shadowRoot!;
      await submit(members);
      expect(client.executed.at(-1)?.input).to.deep.include({ inboxId: ids.support, teammateId: ids.cleo });
    });

    it('comes and goes with the role', async () => {
      const client = clientOf('agent');
      const { settings } = await openPage(client, 'Account');
      client.hear(sampleEvent('inbox.memberAdded', { inbox: support('admin') }));
      await painted(settings);
      expect(tabs(settings)).to.deep.equal(['Account', 'Inboxes']);
      await settings.show('inboxes');
      client.hear(sampleEvent('inbox.memberAdded', { inbox: support('agent') }));
      await painted(settings);
      expect(tabs(settings)).to.deep.equal(['Account']);
      expect(settings.page).to.equal('account');
      expect(settings.shadowRoot!.querySelector('parlour-inbox-settings')).to.equal(null);
    });
  });

  it('saves a channel: colour, position, greeting, and one origin per line', async () => {
    const client = adminClient();
    const { root } = await openPage(client, 'Channels');
    root.querySelector<HTMLInputElement>('[name="ownColor"]')!.click();
    root.querySelector<HTMLInputElement>('[name="position"][value="left"]')!.click();
    await painted(root.host);
    fill(root, {
      name: 'Shop chat',
      color: '#0f766e',
      greeting: 'Hi there',
      launcherLabel: 'Chat with us',
      launcherIcon: 'heart',
      offsetBlock: '60',
      hideOn: '/checkout*',
      allowedOrigins: 'https://shop.example\n https://*.shop.example ',
    });
    const editor = root.querySelector('parlour-translation-editor')!;
    editor.language = 'de';
    await settled(editor);
    const words = editor.shadowRoot!.querySelector<HTMLTextAreaElement>('#text-greeting')!;
    expect(words.placeholder).to.equal('Hi there');
    words.value = ' Hallo ';
    words.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await settled(editor);
    await submit(root);
    // What is not shown stays as it is.
    const { consentText: _text, privacyUrl: _url, ...shown } = defaultWebChatSettings;
    expect(client.executed.at(-1)).to.deep.include({
      name: 'channel.update',
      input: {
        channelId: ids.channel,
        name: 'Shop chat',
        inboxId: ids.support,
        settings: {
          ...shown,
          color: '#0f766e',
          position: 'left',
          greeting: 'Hi there',
          launcherLabel: 'Chat with us',
          launcherIcon: 'heart',
          offsetBlock: 60,
          translations: { de: { greeting: 'Hallo' } },
          showWhen: {
            all: [{ not: { any: [{ field: 'path', operator: 'matches', value: '/checkout*' }] } }],
          },
          greetings: [],
          allowedOrigins: ['https://shop.example', 'https://*.shop.example'],
        },
      },
    });
  });

  it('keeps the words of a channel that are typed and not saved when another admin saves', async () => {
    const client = adminClient();
    const { root } = await openPage(client, 'Channels');
    const editor = root.querySelector('parlour-translation-editor')!;
    const language = editor.shadowRoot!.querySelector('select')!;
    language.value = 'de';
    language.dispatchEvent(new Event('change', { bubbles: true }));
    await painted(root.host);
    const translation = editor.shadowRoot!.querySelector<HTMLInputElement>('.texts input, .texts textarea')!;
    translation.value = 'Hallo';
    translation.dispatchEvent(new Event('input', { bubbles: true }));
    translation.dispatchEvent(new Event('change', { bubbles: true }));
    fill(root, { greeting: 'Hi there' });
    await painted(root.host);
    const elsewhere = {
      ...defaultWebChatSettings,
      greeting: 'Written elsewhere',
      launcherLabel: 'Ask us',
      translations: { de: { greeting: 'Anderswo' } },
    };
    client.hear(sampleEvent('channel.updated', { channel: sampleChannel({ settings: elsewhere }) }));
    await painted(root.host);
    expect(root.querySelector<HTMLTextAreaElement>('[name="greeting"]')!.value).to.equal('Hi there');
    expect(Object.values(editor.value['de']!)).to.deep.equal(['Hallo']);
    expect(root.querySelector<HTMLInputElement>('[name="launcherLabel"]')!.value, 'not edited').to.equal('Ask us');
  });

  it('has a colour of its own at the moment the default one is given up', async () => {
    const { root } = await openPage(adminClient(), 'Channels');
    const form = root.querySelector('form')!;
    const colors: unknown[] = [];
    form.addEventListener('input', () => colors.push(settingsFrom(form, defaultWebChatSettings).color));
    const own = root.querySelector<HTMLInputElement>('[name="ownColor"]')!;
    own.click();
    await painted(root.host);
    fill(root, { color: '#0f766e' });
    own.click();
    await painted(root.host);
    own.click();
    expect(colors).to.deep.equal([palette.accent.light, '#0f766e', null, '#0f766e']);
  });

  it('follows another admin again in a colour that was chosen here and saved', async () => {
    const client = adminClient();
    const { settings, root } = await openPage(client, 'Channels');
    const own = root.querySelector<HTMLInputElement>('[name="ownColor"]')!;
    const heard = async (color: string | null) => {
      const channel = sampleChannel({ settings: { ...defaultWebChatSettings, color } });
      client.hear(sampleEvent('channel.updated', { channel }));
      await painted(settings);
    };
    await heard('#112233');
    own.click();
    await submit(root);
    await heard(null);
    expect(own.checked).to.equal(true);
    await heard('#445566');
    expect(own.checked).to.equal(false);
    fill(root, { name: 'Shop chat' });
    await submit(root);
    expect((client.executed.at(-1)!.input as { settings: object }).settings).to.include({ color: '#445566' });
  });

  it('leaves the welcome a channel came with alone, and says that visitors read it in their language', async () => {
    const client = adminClient();
    const { root } = await openPage(client, 'Channels');
    const field = root.querySelector<HTMLTextAreaElement>('[name="greeting"]')!;
    const hint = (): string => root.querySelector(`#${field.getAttribute('aria-describedby')}`)!.textContent;
    expect(field.value).to.equal('Hello! How can we help?');
    expect(hint()).to.contain('Plain text. Leave it as it is, and they read it in their language.');
    const editor = root.querySelector('parlour-translation-editor')!;
    const summary = (): string => editor.shadowRoot!.querySelector('#language-description')!.textContent.trim();
    expect(summary()).to.match(/^Where a text above is empty or Parlour’s own, visitors read the built-in text/);
    fill(root, { name: 'Shop chat' });
    await submit(root);
    const { input } = client.executed.at(-1) as { input: { settings: { greeting: string } } };
    expect(input.settings.greeting).to.equal(defaultWebChatSettings.greeting);
    fill(root, { greeting: 'Hi there' });
    await settled(editor);
    await until(() => summary() === 'No translations yet: every visitor reads the text above.', 'it is their own now');
  });

  it('shows what the site’s code calls a greeting by, and copies it', async () => {
    const client = adminClient();
    const greeting = { id: 'b7c1', text: 'Still looking?', translations: {}, when: { all: [] } };
    const settings = { ...defaultWebChatSettings, greetings: [greeting] };
    client.snapshot = { ...client.snapshot!, channels: [sampleChannel({ settings })] };
    const { settings: element, root } = await openPage(client, 'Channels');
    const shown = root.querySelector('.id-line')!;
    expect(shown.querySelector('code')!.textContent).to.equal('b7c1');
    expect(root.textContent).to.contain("Parlour.startFlow('b7c1')");
    shown.querySelector('button')!.click();
    await until(() => shown.querySelector('button')!.textContent.trim() !== 'Copy', 'it says what came of it');
    await expectAccessible(element);
  });

  it('says of one greeting’s ID alone that it was copied', async () => {
    const client = adminClient();
    const greetings = ['b7c1', 'c8d2'].map((id) => ({ id, text: id, translations: {}, when: { all: [] } }));
    const settings = { ...defaultWebChatSettings, greetings };
    client.snapshot = { ...client.snapshot!, channels: [sampleChannel({ settings })] };
    const { root } = await openPage(client, 'Channels');
    const [first, second] = [...root.querySelectorAll('.id-line button')];
    (second as HTMLElement).click();
    await until(() => second!.textContent.trim() !== 'Copy', 'it says what came of it');
    expect(first!.textContent.trim()).to.equal('Copy');
  });

  it('shows the ID of the workspace by its name, to be copied', async () => {
    const { root } = await openPage(adminClient(), 'Embedding');
    const group = root.querySelector('[aria-labelledby="workspace-id-label"]')!;
    expect(group.querySelector('.label')!.textContent).to.equal('Workspace ID');
    expect(group.querySelector('code')!.textContent).to.equal(ids.workspace);
    expect(group.querySelector('button')!.textContent.trim()).to.equal('Copy');
  });

  it('asks no longer whether changes may go once they are saved, and goes where it was to go', async () => {
    const client = adminClient();
    let answer: (result: object) => void = () => undefined;
    client.outcomes['inbox.update'] = () => new Promise<object>((resolve) => (answer = resolve)) as never;
    const { settings, root } = await openPage(client, 'Inboxes');
    const dialog = settings.shadowRoot!.querySelector('parlour-unsaved-dialog')!.shadowRoot!.querySelector('dialog')!;
    fill(root, { name: 'Help desk' });
    await submit(root);
    const leaving = settings.mayLeave();
    await until(() => dialog.open, 'it asks');
    answer({});
    expect(await leaving).to.equal(true);
    expect(dialog.open).to.equal(false);
  });

  it('names each field for a translation after its language, and no two alike', async () => {
    const text = { original: 'Yes', maxLength: 80 };
    const editor = document.createElement('parlour-translation-editor');
    editor.texts = ['one', 'two'].map((key) => ({ key, label: 'Plan', ...text }));
    editor.language = 'de';
    document.body.append(editor);
    await settled(editor);
    const names = [...editor.shadowRoot!.querySelectorAll('.texts input')].map(
      (input) => editor.shadowRoot!.querySelector(`label[for="${input.id}"]`)!.textContent,
    );
    editor.remove();
    expect(names).to.deep.equal(['Plan – Deutsch', 'Plan (2) – Deutsch']);
  });

  it('shows beside the field which origin is wrong', async () => {
    const client = adminClient();
    client.outcomes['channel.update'] = () =>
      refuse({
        code: 'invalid',
        message: 'Some fields are wrong.',
        fields: { 'settings.allowedOrigins.0': 'must be an origin such as https://shop.example, without a path' },
      });
    const { settings, root } = await openPage(client, 'Channels');
    fill(root, { allowedOrigins: 'shop.example/path' });
    await submit(root);
    expect(root.querySelector('#allowedOrigins-description')!.textContent).to.contain('Must be an origin');
    expect(root.activeElement?.id).to.equal('allowedOrigins');
    await expectAccessible(settings);
  });

  it('says that words on the launcher are too long, and cuts nothing off', async () => {
    const client = adminClient();
    client.outcomes['channel.update'] = () =>
      refuse({
        code: 'invalid',
        message: 'Some fields are wrong.',
        fields: { 'settings.launcherLabel': 'must be at most 30 characters' },
      });
    const { root } = await openPage(client, 'Channels');
    const words = root.querySelector<HTMLInputElement>('[name="launcherLabel"]')!;
    expect(words.maxLength).to.equal(-1);
    expect(root.querySelector('#launcherLabel-description')!.textContent).to.contain('Up to 30 characters');
    fill(root, { launcherLabel: 'Ask us anything about our teapots' });
    await submit(root);
    const { input } = client.executed.at(-1) as { input: { settings: { launcherLabel: string } } };
    expect(input.settings.launcherLabel).to.equal('Ask us anything about our teapots');
    expect(root.querySelector('#launcherLabel-description')!.textContent).to.contain('Must be at most 30');
  });

  it('connects a new channel to an inbox', async () => {
    const client = adminClient();
    const made = sampleChannel({ id: sampleId(33), name: 'Blog chat', inboxId: ids.sales, key: 'ch_blog' });
    client.outcomes['channel.create'] = () => {
      client.hear(sampleEvent('channel.created', { channel: made }));
      return { channelId: made.id, key: made.key };
    };
    const { root } = await openPage(client, 'Channels');
    button(root, 'New channel').click();
    await painted(root.host);
    fill(root, { newName: 'Blog chat', newInboxId: ids.sales });
    button(root, 'Connect channel').focus();
    await submit(root);
    expect(root.activeElement, 'what names the one that is made').to.equal(root.querySelector('#channel'));
    expect(client.executed.at(-1)?.input).to.deep.equal({ name: 'Blog chat', inboxId: ids.sales });
    expect(root.querySelector('parlour-snippet')!.shadowRoot!.textContent).to.contain('channel=ch_blog');
  });

  it('leads from one’s own row to one’s own account', async () => {
    const { settings, root } = await openPage(adminClient(), 'Teammates');
    const rows = [...root.querySelectorAll('.row')].filter((row) => row.querySelector('button'));
    expect(rows.map((row) => row.querySelector('.row-name')!.textContent)).to.deep.equal(['Ada Okafor']);
    rows[0]!.querySelector('button')!.click();
    await painted(settings);
    expect(settings.page).to.equal('account');
    expect(settings.shadowRoot!.querySelector('parlour-account-settings')).to.not.equal(null);
  });

  it('changes one’s own name and password, and says which password is wrong', async () => {
    const client = adminClient();
    client.outcomes['teammate.rename'] = () => ({});
    client.outcomes['teammate.changePassword'] = () =>
      refuse({ code: 'invalid', message: 'No.', fields: { current: 'is not your current password' } });
    const { settings, root } = await openPage(client, 'Account');
    const [naming, passwords] = [...root.querySelectorAll('form')];
    fill(naming!, { name: 'Ada Lind' });
    naming!.requestSubmit();
    await painted(settings);
    expect(client.executed.at(-1)).to.deep.include({ name: 'teammate.rename', input: { name: 'Ada Lind' } });
    const send = async (current: string, password: string) => {
      fill(passwords!, { current, password });
      passwords!.requestSubmit();
      await painted(settings);
    };
    await send('not this one', 'a longer password');
    const current = passwords!.querySelector<HTMLInputElement>('[name="current"]')!;
    expect(current.getAttribute('aria-invalid')).to.equal('true');
    expect(root.activeElement).to.equal(current);
    expect(passwords!.textContent).to.contain('Is not your current password');
    await expectAccessible(settings);
    client.outcomes['teammate.changePassword'] = () => ({});
    await send('the right one', 'a longer password');
    expect(client.executed.at(-1)?.input).to.deep.equal({ current: 'the right one', password: 'a longer password' });
    expect(current.value).to.equal('');
    expect(passwords!.textContent).to.contain('Changed');
    expect(settings.unsaved).to.equal(false);
  });

  it('keeps the name that a password manager saves a new password under, also for a second change', async () => {
    const client = adminClient();
    client.outcomes['teammate.changePassword'] = () => ({});
    const { settings, root } = await openPage(client, 'Account');
    const passwords = [...root.querySelectorAll('form')][1]!;
    const username = passwords.querySelector<HTMLInputElement>('[autocomplete="username"]')!;
    expect(username.value).to.equal('ada@example.com');
    fill(passwords, { current: 'the one before it', password: 'a longer password' });
    passwords.requestSubmit();
    await painted(settings);
    expect(passwords.querySelector<HTMLInputElement>('[name="current"]')!.value).to.equal('');
    expect(username.value).to.equal('ada@example.com');
  });

  it('asks nobody for a password who comes only through their own app', async () => {
    const client = adminClient();
    client.snapshot = { ...client.snapshot!, hasPassword: false };
    const { settings, root } = await openPage(client, 'Account');
    expect(root.querySelector('[name="name"]')).to.not.equal(null);
    expect(root.querySelector('[autocomplete$="password"]')).to.equal(null);
    expect(root.textContent).to.not.contain('Password');
    await expectAccessible(settings);
  });

  it('adds a teammate, without a password only where none is typed', async () => {
    const client = adminClient();
    client.outcomes['teammate.create'] = () => ({ teammateId: sampleId(14) });
    const { settings, root } = await openPage(client, 'Teammates');
    button(root, 'Add teammate').click();
    await painted(settings);
    await expectAccessible(settings);
    const buttons = [...root.querySelectorAll('button')].map(({ textContent }) => textContent.trim());
    expect(
      buttons.filter((name) => name.startsWith('Add ')),
      'what opens the form is called otherwise than what sends it',
    ).to.deep.equal(['Add teammate', 'Add to the team']);
    fill(root, { name: 'Dora Lee', email: 'dora@example.com' });
    button(root, 'Add to the team').focus();
    await submit(root);
    expect(root.activeElement, 'where the form was').to.equal(button(root, 'Add teammate'));
    expect(client.executed.at(-1)).to.deep.include({
      name: 'teammate.create',
      input: { name: 'Dora Lee', email: 'dora@example.com', role: 'agent', inboxIds: [ids.support] },
    });
    button(root, 'Add teammate').click();
    await painted(settings);
    fill(root, { name: 'Eli Park', email: 'eli@example.com', password: 'a long password', role: 'admin' });
    await submit(root);
    expect(client.executed.at(-1)?.input).to.deep.equal({
      name: 'Eli Park',
      email: 'eli@example.com',
      role: 'admin',
      password: 'a long password',
      inboxIds: [ids.support],
    });
  });

  it('makes an API key and shows its secret once', async () => {
    const client = adminClient();
    client.outcomes['apiKey.create'] = () => ({ apiKeyId: sampleId(402), secret: 'pk_the_secret' });
    const { settings, root } = await openPage(client, 'API keys');
    fill(root, { name: 'Import' });
    root.querySelector<HTMLInputElement>('[value="write"]')!.click();
    await submit(root);
    expect(client.executed.at(-1)?.input).to.deep.equal({ name: 'Import', scopes: ['read', 'write'] });
    expect(root.textContent).to.contain('pk_the_secret');
    await expectAccessible(settings);
    const again = await openPage(client, 'API keys');
    expect(again.root.textContent).to.not.contain('pk_the_secret');
  });

  it('leads from the API keys to the reference on the server, in a tab of its own', async () => {
    const { root } = await openPage(adminClient(), 'API keys');
    const link = root.querySelector<HTMLAnchorElement>('.section-head a')!;
    expect(link.href).to.equal(`${location.origin}/docs`);
    expect(link.target).to.equal('_blank');
    expect(link.textContent.trim()).to.equal('API reference');
  });

  it('revokes an API key after asking, and then lists the keys anew', async () => {
    const client = adminClient();
    const { root } = await openPage(client, 'API keys');
    button(root, 'Revoke Order system').click();
    await painted(root.host);
    expect(client.executed).to.deep.equal([]);
    client.answers['apiKey.list'] = () => ({ apiKeys: [] });
    button(root, 'Revoke permanently').click();
    await painted(root.host);
    expect(client.executed.at(-1)).to.deep.include({ name: 'apiKey.revoke', input: { apiKeyId: apiKey.id } });
    await until(() => root.textContent?.includes('None yet'), 'the list is fetched anew');
  });

  it('shows the sentence of the server when the keys may not be read', async () => {
    const client = adminClient();
    client.answers['apiKey.list'] = () => refuse({ code: 'forbidden', message: 'Only admins may see the keys.' });
    const { settings, root } = await openPage(client, 'API keys');
    expect(root.textContent).to.contain('Only admins may see the keys.');
    await expectAccessible(settings);
  });

  it('makes a signing secret after it has said what becomes of one made before, and shows the new one once', async () => {
    const client = adminClient();
    client.outcomes['workspace.rotateSigningSecret'] = () => ({ secret: 'ps_the_secret' });
    const { settings, root } = await openPage(client, 'Embedding');
    expect(root.textContent).to.contain(`kid: '${ids.workspace}'`);
    button(root, 'Create a new signing secret').click();
    await painted(settings);
    expect(client.executed).to.deep.equal([]);
    expect(root.textContent).to.contain('If one was made before, it stops working.');
    expect(root.querySelector('.danger')).to.equal(null);
    await expectAccessible(settings);
    button(root, 'Create the signing secret').click();
    await painted(settings);
    expect(root.textContent).to.contain('ps_the_secret');
    await expectAccessible(settings);
  });

  it('makes an identity secret after it has said what becomes of one made before, and shows the new one once', async () => {
    const client = adminClient();
    client.outcomes['workspace.rotateIdentitySecret'] = () => ({ secret: 'is_the_secret' });
    const { settings, root } = await openPage(client, 'Embedding');
    button(root, 'Create a new identity secret').click();
    await painted(settings);
    expect(client.executed).to.deep.equal([]);
    expect(root.textContent).to.contain('If one was made before, it stops working.');
    button(root, 'Create the identity secret').click();
    await painted(settings);
    expect(client.executed.map(({ name }) => name)).to.deep.equal(['workspace.rotateIdentitySecret']);
    expect(root.textContent).to.contain('is_the_secret');
    await expectAccessible(settings);
  });

  it('leaves nothing behind', async () => {
    await expectNoLeak(
      () => {
        const around = sessionAround(adminClient());
        around.append(new Settings());
        return around;
      },
      async (around) => {
        const settings = around.firstElementChild as Settings;
        for (const tab of settings.shadowRoot!.querySelectorAll<HTMLElement>('[role="tab"]')) {
          tab.click();
          await painted(settings);
        }
      },
    );
  });
});

describe('<parlour-hours-editor>', () => {
  async function editorOf(schedule: HoursEditor['schedule']): Promise<HoursEditor> {
    session?.remove();
    session = document.createElement('div');
    document.body.append(session);
    const editor = document.createElement('parlour-hours-editor');
    editor.schedule = schedule;
    session.append(editor);
    await settled(editor);
    return editor;
  }

  const day = (editor: HoursEditor, index: number): HTMLElement =>
    editor.shadowRoot!.querySelectorAll<HTMLElement>('.day')[index]!;

  async function setTime(editor: HoursEditor, index: number, input: number, value: string): Promise<void> {
    const field = day(editor, index).querySelectorAll('input')[input]!;
    field.value = value;
    field.dispatchEvent(new Event('change'));
    await settled(editor);
  }

  it('is accessible with weekly hours, with a mistake, and always open', async () => {
    const editor = await editorOf(officeHours('Europe/Berlin'));
    await expectAccessible(editor);
    await setTime(editor, 0, 1, '08:00');
    await expectAccessible(editor);
    await expectAccessible(await editorOf(null));
  });

  it('changes, adds and removes spans', async () => {
    const editor = await editorOf({ timeZone: 'Europe/Berlin', spans: [{ day: 1, fromMinute: 540, toMinute: 720 }] });
    await setTime(editor, 0, 0, '08:30');
    day(editor, 0).querySelector<HTMLElement>(':scope > button')!.click();
    await settled(editor);
    expect(editor.value?.spans).to.deep.equal([
      { day: 1, fromMinute: 510, toMinute: 720 },
      { day: 1, fromMinute: 780, toMinute: 960 },
    ]);
    day(editor, 0).querySelector<HTMLElement>('.span button')!.click();
    await settled(editor);
    expect(editor.value?.spans).to.deep.equal([{ day: 1, fromMinute: 780, toMinute: 960 }]);
  });

  it('takes an end of 00:00 for the midnight that ends the day', async () => {
    const editor = await editorOf(officeHours('Europe/Berlin'));
    await setTime(editor, 4, 1, '00:00');
    expect(editor.value?.spans.find((span) => span.day === 5)?.toMinute).to.equal(1440);
    expect(editor.check()).to.equal(true);
  });

  it('finds an end before the start, and hours that overlap', async () => {
    const editor = await editorOf({
      timeZone: 'Europe/Berlin',
      spans: [
        { day: 1, fromMinute: 540, toMinute: 720 },
        { day: 1, fromMinute: 780, toMinute: 960 },
      ],
    });
    expect(editor.check()).to.equal(true);
    await setTime(editor, 0, 2, '11:00');
    expect(editor.check()).to.equal(false);
    expect(day(editor, 0).textContent).to.contain('overlap');
    await setTime(editor, 0, 2, '17:00');
    expect(day(editor, 0).textContent).to.contain('after the start');
  });

  it('gives the weekly hours back when "always open" was only tried', async () => {
    const editor = await editorOf(officeHours('Europe/Berlin'));
    const [weekly, always] = editor.shadowRoot!.querySelectorAll<HTMLInputElement>('input[type="radio"]');
    always!.click();
    await settled(editor);
    expect(editor.value).to.equal(null);
    weekly!.click();
    await settled(editor);
    expect(editor.value).to.deep.equal(officeHours('Europe/Berlin'));
  });

  it('keeps a draft when the same hours are given again, and drops it for other ones', async () => {
    const editor = await editorOf(officeHours('Europe/Berlin'));
    await setTime(editor, 0, 0, '08:00');
    editor.schedule = officeHours('Europe/Berlin');
    await settled(editor);
    expect(editor.value?.spans.find((span) => span.day === 1)?.fromMinute).to.equal(480);
    editor.schedule = officeHours('Asia/Tokyo');
    await settled(editor);
    expect(editor.value).to.deep.equal(officeHours('Asia/Tokyo'));
  });
});
