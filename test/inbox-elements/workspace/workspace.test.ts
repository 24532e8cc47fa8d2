import '../../../inbox-elements/elements.ts';
import { elementsLater } from '../../../inbox-elements/elements-later.ts';
import { Session } from '../../../inbox-elements/session/session.ts';
import { workspaceElements } from '../../../inbox-elements/workspace/workspace-elements.ts';
import { WorkspaceElement } from '../../../inbox-elements/workspace/workspace.ts';
import type { Door } from '../../../inbox-elements/workspace/workspace.ts';
import type { WorkspaceSnapshot } from '../../../shared/contract/workspace.ts';
import { define } from '../../../shared/ui/define.ts';
import { expectAccessible } from '../../accessible.ts';
import { afterEach, beforeEach, describe, expect, it, mount, settled, until } from '../../page.ts';
import { FakeClient, refuse } from '../fake-client.ts';
import { expectNoLeak } from '../leaks.ts';
import {
  ids,
  sampleContact,
  sampleConversation,
  sampleEvent,
  sampleId,
  sampleInbox,
  samplePart,
  sampleSnapshot,
  sampleTeammate,
} from '../sample.ts';

// They come by themselves; a test does not wait for it.
define({ ...workspaceElements, ...elementsLater });

const nobody = { mine: 0, unassigned: 0, all: 0 };
const conversation = sampleConversation();
const other = sampleConversation({ id: sampleId(202), inboxId: ids.sales });

/** A client whose workspace holds these conversations. */
function clientWith(conversations = [conversation, other], snapshot: WorkspaceSnapshot = sampleSnapshot()): FakeClient {
  const client = new FakeClient(snapshot);
  const contact = sampleContact();
  Object.assign(client.answers, {
    'conversation.list': ({ status = 'open' }) => ({
      conversations: status === 'open' ? conversations : [],
      contacts: conversations.length > 0 ? [contact] : [],
      next: null,
    }),
    'conversation.counts': () => ({
      open: { ...nobody, all: conversations.length, missed: 0 },
      snoozed: nobody,
      closed: nobody,
      unread: conversations.length,
      unreadByInbox: { [ids.sales]: 1 },
    }),
    'conversation.get': ({ conversationId }) => ({
      conversation: conversations.find(({ id }) => id === conversationId) ?? conversation,
      contact,
    }),
    'conversation.parts': () => ({ parts: [samplePart('Hello?')], more: false }),
    'contact.get': () => ({ contact }),
    'contact.timeline': () => ({ entries: [], next: null }),
  } satisfies FakeClient['answers']);
  return client;
}

function doorAt(state: Awaited<ReturnType<Door['readSession']>>): Door & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    readSession: async () => state,
    signIn: async () => void asked.push('signIn'),
    signOut: async () => void asked.push('signOut'),
    setUp: async () => void asked.push('setUp'),
  };
}

async function workspaceAt(
  state: Awaited<ReturnType<Door['readSession']>>,
  { client = clientWith(), fullPage = true, width = 1280 } = {},
): Promise<WorkspaceElement> {
  const element = new WorkspaceElement();
  element.door = doorAt(state);
  element.createClient = () => client;
  element.fullPage = fullPage;
  element.style.inlineSize = `${width}px`;
  element.style.blockSize = '800px';
  await mount(element);
  await painted(element);
  return element;
}

/** Nested elements render one after another, and what they ask is answered a little later. */
async function painted(element: Element): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    await settled(element);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** Finds through shadow roots: each selector looks inside the root of what the one before found. */
function deep<E extends Element = HTMLElement>(element: Element, ...selectors: string[]): E | null {
  return selectors.reduce<Element | null>(
    (at, selector) => at?.shadowRoot?.querySelector(selector) ?? null,
    element,
  ) as E | null;
}

const panels = 'parlour-workspace-panels';
const rail = [panels, 'parlour-workspace-rail'] as const;
const dialog = [panels, 'parlour-workspace-dialog'] as const;
const frame = (element: Element): HTMLElement => deep(element, panels, '.frame')!;

function choose(element: Element, conversationId: string): void {
  deep(element, panels, 'parlour-inbox', `[data-id="${conversationId}"]`)!.click();
}

function menuItem(element: Element, label: string): HTMLElement {
  const items = [...deep(element, ...rail)!.shadowRoot!.querySelectorAll<HTMLElement>('.item')];
  return items.find(({ textContent }) => textContent.trim() === label)!;
}

const start = location.pathname + location.search;
beforeEach(() => history.replaceState(null, '', start));
afterEach(() => {
  history.replaceState(null, '', start);
  localStorage.removeItem('parlour-theme');
});

describe('<parlour-workspace>', () => {
  it('is accessible while it asks whether somebody is signed in', async () => {
    const element = new WorkspaceElement();
    element.door = { ...doorAt('signed-in'), readSession: () => new Promise(() => undefined) };
    await expectAccessible(await mount(element));
  });

  it('is accessible when the server does not answer, and asks again on request', async () => {
    const element = new WorkspaceElement();
    let asked = 0;
    element.door = {
      ...doorAt('signed-out'),
      readSession: () => {
        asked += 1;
        return asked === 1 ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve('signed-out');
      },
    };
    await mount(element);
    await painted(element);
    expect(element.shadowRoot!.textContent).to.contain('The server does not answer');
    await expectAccessible(element);
    element.shadowRoot!.querySelector('button')!.click();
    await until(() => deep(element, 'parlour-sign-in'), 'the sign-in form comes');
  });

  it('is accessible at sign-in', async () => {
    await expectAccessible(await workspaceAt('signed-out'));
  });

  it('is accessible at set-up', async () => {
    await expectAccessible(await workspaceAt('set-up'));
  });

  it('is accessible before the first welcome', async () => {
    const element = await workspaceAt('signed-in', { client: new FakeClient(null, 'connecting') });
    await expectAccessible(element);
  });

  it('is accessible right after set-up, when there is nothing yet', async () => {
    const element = await workspaceAt('signed-in', { client: clientWith([]) });
    expect(deep(element, panels, 'parlour-snippet')).to.not.equal(null);
    await expectAccessible(element);
  });

  for (const width of [1280, 400]) {
    it(`asks nobody to install the chat who is in no inbox, at ${width} pixels`, async () => {
      const client = clientWith([], sampleSnapshot({ inboxes: [], channels: [] }));
      const element = await workspaceAt('signed-in', { client, width });
      const list = () => deep(element, panels, 'parlour-inbox')?.shadowRoot!.textContent ?? '';
      await until(() => list().includes('You are in no inbox yet'), 'why there is nothing');
      expect(deep(element, panels, '.welcome')).to.equal(null);
      await expectAccessible(element);
    });
  }

  for (const width of [1280, 900, 400]) {
    it(`is accessible in full at ${width} pixels, with a conversation and its contact`, async () => {
      const element = await workspaceAt('signed-in', { width });
      await expectAccessible(element);
      choose(element, conversation.id);
      await painted(element);
      await expectAccessible(element);
      deep(element, panels, '[slot="actions"]')?.click();
      await painted(element);
      await expectAccessible(element);
    });
  }

  it('is accessible while the line is down, and says that nothing is lost', async () => {
    const client = clientWith();
    const element = await workspaceAt('signed-in', { client });
    client.becomes('offline');
    await painted(element);
    expect(deep(element, panels, '[role="status"]')!.textContent).to.contain('What you write is kept');
    await expectAccessible(element);
    client.becomes('online');
    await painted(element);
    expect(deep(element, panels, '.offline')).to.equal(null);
  });

  it('is accessible with its menu open', async () => {
    const element = await workspaceAt('signed-in');
    deep(element, ...rail, '.workspace')!.click();
    await painted(element);
    expect(deep(element, ...rail, '.menu')!.matches(':popover-open')).to.equal(true);
    await expectAccessible(element);
  });

  it('takes the token of the set-up link from the address, and clears it away once used', async () => {
    history.replaceState(null, '', '#set-up=the-token');
    const element = await workspaceAt('set-up');
    const form = deep<HTMLElementTagNameMap['parlour-set-up']>(element, 'parlour-set-up')!;
    expect(form.token).to.equal('the-token');
    form.dispatchEvent(new Event('parlour-signed-in'));
    await painted(element);
    expect(location.hash).to.equal('');
    expect(frame(element)).to.not.equal(null);
  });

  it('says of a set-up link that has been used what became of it, and asks to sign in', async () => {
    const element = await workspaceAt('signed-out');
    const said = () => deep(element, 'parlour-sign-in', '.lead')!.textContent.trim();
    expect(said()).to.equal('Sign in to your team’s inbox.');
    location.hash = '#set-up=the-token';
    await until(() => said().startsWith('This set-up link has been used'), 'it is said');
    await expectAccessible(element);
  });

  it('shows the form as soon as the set-up link is opened in the tab that asks for it', async () => {
    const element = await workspaceAt('set-up');
    const form = deep<HTMLElementTagNameMap['parlour-set-up']>(element, 'parlour-set-up')!;
    expect(deep(form, 'form')).to.equal(null);
    location.hash = '#set-up=the-token';
    await until(() => deep(form, 'form'), 'the form has come');
    expect(form.token).to.equal('the-token');
    const name = deep<HTMLInputElement>(form, '[name="name"]')!;
    name.value = 'Fern & Field';
    location.hash = '#set-up=another-token';
    await until(() => form.token === 'another-token', 'the token is the new one');
    expect(deep<HTMLInputElement>(form, '[name="name"]')!.value).to.equal('Fern & Field');
  });

  it('goes on to the inbox after signing in, and back when the cookie has run out', async () => {
    const client = clientWith();
    const element = await workspaceAt('signed-out', { client });
    deep(element, 'parlour-sign-in')!.dispatchEvent(new Event('parlour-signed-in'));
    await painted(element);
    expect(frame(element)).to.not.equal(null);
    client.becomes('refused', { code: 'unauthenticated', message: 'Your sign-in has run out.' });
    await painted(element);
    const said = () => deep(element, 'parlour-sign-in', '.lead')!.textContent.trim();
    expect(said()).to.equal('Your sign-in has run out.');
    await expectAccessible(element);
    deep(element, 'parlour-sign-in')!.dispatchEvent(new Event('parlour-signed-in'));
    await painted(element);
    client.becomes('online');
    menuItem(element, 'Sign out').click();
    await painted(element);
    expect(said(), 'whoever signs out knows why').to.equal('Sign in to your team’s inbox.');
  });

  it('signs out and closes the line', async () => {
    const client = clientWith();
    const element = await workspaceAt('signed-in', { client });
    menuItem(element, 'Sign out').click();
    await painted(element);
    expect((element.door as ReturnType<typeof doorAt>).asked).to.deep.equal(['signOut']);
    expect(deep(element, 'parlour-sign-in')).to.not.equal(null);
    expect(client.closed).to.equal(1);
  });

  it('deletes what was not sent when its writer signs out', async () => {
    const client = clientWith();
    const element = await workspaceAt('signed-in', { client });
    client.welcome();
    const session = deep<Session>(element, 'parlour-session')!;
    await until(() => session.unsent, 'it keeps what is written');
    const { unsent } = session;
    let forgotten = 0;
    unsent!.forget = async () => void (forgotten += 1);
    // The server ends the line of whoever signs out, before it answers or after.
    element.door.signOut = async () =>
      client.becomes('refused', { code: 'unauthenticated', message: 'Sign in again.' });
    menuItem(element, 'Sign out').click();
    await until(() => forgotten === 1, 'it is deleted');
  });

  it('uses the session around it, asks nobody to sign in and offers nobody to sign out', async () => {
    const session = new Session();
    session.createClient = () => clientWith();
    const element = new WorkspaceElement();
    element.door = { ...doorAt('signed-out'), readSession: () => Promise.reject(new Error('must not be asked')) };
    session.append(element);
    await mount(session);
    await painted(element);
    expect(frame(element)).to.not.equal(null);
    expect(deep(element, 'parlour-session')).to.equal(null);
    expect(menuItem(element, 'Sign out')).to.equal(undefined);
  });

  it('keeps the place in the address, and Back leads from the contact to the conversation to the list', async () => {
    const element = await workspaceAt('signed-in', { width: 400 });
    choose(element, conversation.id);
    await painted(element);
    expect(location.hash).to.equal(`#/conversation/${conversation.id}`);
    deep(element, panels, '[slot="actions"]')!.click();
    await painted(element);
    expect(frame(element).dataset['front']).to.equal('contact');
    for (const front of ['conversation', 'list']) {
      history.back();
      await until(() => frame(element).dataset['front'] === front, `Back leads to the ${front}`);
    }
    expect(deep(element, panels, 'parlour-inbox')!.checkVisibility({ visibilityProperty: true })).to.equal(true);
  });

  it('opens at the place in the address', async () => {
    history.replaceState(null, '', `#/inbox/${ids.sales}/conversation/${other.id}`);
    const element = await workspaceAt('signed-in');
    const shown = deep<HTMLElementTagNameMap['parlour-conversation']>(element, panels, 'parlour-conversation')!;
    expect(shown.conversationId).to.equal(other.id);
    expect(deep<HTMLElementTagNameMap['parlour-inbox']>(element, panels, 'parlour-inbox')!.inboxId).to.equal(ids.sales);
  });

  it('says once that a conversation is missing, where it would stand, and nothing of its contact', async () => {
    const client = clientWith();
    const missing = () => refuse({ code: 'not_found', message: 'No.' });
    Object.assign(client.answers, { 'conversation.get': missing, 'conversation.parts': missing });
    history.replaceState(null, '', `${start}#/conversation/${sampleId(299)}`);
    const element = await workspaceAt('signed-in', { client });
    const said = (panel: string) =>
      deep(element, panels, panel)!.shadowRoot!.querySelector<HTMLElement>('.nothing-title');
    await until(() => said('parlour-conversation') && said('parlour-contact'), 'both know');
    expect(said('parlour-conversation')!.textContent).to.equal('This conversation is not here');
    expect(said('parlour-conversation')!.checkVisibility()).to.equal(true);
    await until(() => !said('parlour-contact')!.checkVisibility(), 'the contact goes');
    await expectAccessible(element);
    choose(element, conversation.id);
    Object.assign(client.answers, clientWith().answers);
    await painted(element);
    choose(element, other.id);
    await until(() => deep(element, panels, 'parlour-contact')!.checkVisibility(), 'another has a contact');
  });

  it('says the same where none is chosen as the conversation does in a page of somebody else’s', async () => {
    const element = await workspaceAt('signed-in');
    const nothing = deep(element, panels, 'parlour-conversation', '.nothing-title');
    expect(nothing?.textContent).to.equal('No conversation chosen');
  });

  it('shows one panel at a time on a phone, and moves the focus along', async () => {
    const element = await workspaceAt('signed-in', { width: 400 });
    const visible = (): string[] =>
      ['list', 'conversation', 'contact'].filter((panel) =>
        deep(element, panels, `section.${panel}, aside.${panel}`)?.checkVisibility({ visibilityProperty: true }),
      );
    expect(visible()).to.deep.equal(['list']);
    choose(element, conversation.id);
    await painted(element);
    expect(visible()).to.deep.equal(['conversation']);
    expect(deep(element, panels)!.shadowRoot!.activeElement?.className).to.equal('conversation');
    deep(element, panels, 'parlour-conversation')!.dispatchEvent(new Event('parlour-back'));
    await until(() => frame(element).dataset['front'] === 'list', 'the way back leads to the list');
    expect(visible()).to.deep.equal(['list']);
  });

  it('leaves the address and the title of a host page alone', async () => {
    const { title } = document;
    const element = await workspaceAt('signed-in', { fullPage: false });
    choose(element, conversation.id);
    await painted(element);
    expect(deep(element, panels, 'parlour-conversation')).to.not.equal(null);
    expect(location.hash).to.equal('');
    expect(document.title).to.equal(title);
  });

  it('takes the second tap of a double one on the way back for no tap on what stands there then', async () => {
    const element = await workspaceAt('signed-in', { width: 390 });
    choose(element, conversation.id);
    await until(() => deep(element, panels, 'parlour-conversation', '.back'), 'the conversation comes');
    await painted(element);
    // By a clock of their own: on a slow machine it takes longer than between two taps until the list is back.
    const tap = (target: HTMLElement, clientX: number, timeStamp: number): boolean => {
      const init = { bubbles: true, composed: true, cancelable: true, detail: 1, clientX, clientY: 30 };
      return target.dispatchEvent(
        Object.defineProperty(new MouseEvent('click', init), 'timeStamp', { value: timeStamp }),
      );
    };
    tap(deep(element, panels, 'parlour-conversation', '.back')!, 30, 1_000_000);
    await until(() => frame(element).dataset['front'] === 'list', 'the list is back');
    const menu = deep(element, ...rail, '.menu')!;
    tap(deep(element, ...rail, '.workspace')!, 32, 1_000_300);
    expect(menu.matches(':popover-open'), 'the second tap').to.equal(false);
    tap(deep(element, ...rail, '.workspace')!, 32, 1_000_600);
    expect(menu.matches(':popover-open'), 'a tap of its own').to.equal(true);
  });

  it('shows the name a new inbox has in full, also beside the number of what is unread', async () => {
    const only = { ...sampleSnapshot().inboxes[0]!, name: 'Customer Support' };
    const client = clientWith([conversation], sampleSnapshot({ inboxes: [only] }));
    const element = await workspaceAt('signed-in', { client });
    await until(() => deep(element, ...rail, '.count'), 'the number comes');
    const name = deep(element, ...rail, '.inbox-name')!;
    expect(name.textContent).to.equal('Customer Support');
    expect(name.scrollWidth).to.be.at.most(name.clientWidth);
  });

  it('says in the title of its own page how much is unread, and gives the title back', async () => {
    const { title } = document;
    const element = await workspaceAt('signed-in');
    await until(() => document.title === '(2) Fern & Field', 'the title counts');
    element.remove();
    expect(document.title).to.equal(title);
  });

  it('says how much is unread in each inbox, and in all', async () => {
    const element = await workspaceAt('signed-in');
    const counts = () =>
      [...deep(element, ...rail)!.shadowRoot!.querySelectorAll('.inbox')].map((inbox) => [
        inbox.querySelector('.inbox-name')!.textContent,
        inbox.querySelector('.count')?.textContent ?? '',
      ]);
    await until(() => counts()[0]?.[1] === '2', 'the counts');
    expect(counts()).to.deep.equal([
      ['All inboxes', '2'],
      ...[...sampleSnapshot().inboxes].map(({ id, name }) => [name, id === ids.sales ? '1' : '']),
    ]);
    await expectAccessible(element);
  });

  it('asks how much is unread as soon as that may be another number', async () => {
    const client = clientWith();
    await workspaceAt('signed-in', { client });
    const asked = () => client.queried.filter(({ name }) => name === 'conversation.counts').length;
    const before = asked();
    client.hear(sampleEvent('conversation.read', { conversation: { ...conversation, readSeq: conversation.seq } }));
    // The list's own counts, and those of the rail.
    expect(asked()).to.equal(before + 2);
  });

  it('turns the teammate off and on, as the server says', async () => {
    const client = clientWith();
    client.outcomes['teammate.setAvailability'] = ({ available }) => {
      client.hear(sampleEvent('teammate.availabilityChanged', { teammate: sampleTeammate({ available }) }));
      return {};
    };
    const element = await workspaceAt('signed-in', { client });
    const toggle = deep(element, ...rail, '.own')!;
    expect(toggle.getAttribute('aria-checked')).to.equal('true');
    toggle.click();
    await painted(element);
    expect(toggle.getAttribute('aria-checked')).to.equal('false');
    expect(client.executed.at(-1)?.input).to.deep.equal({ available: false });
  });

  it('wears the theme chosen in the menu, and remembers it on its own page', async () => {
    const element = await workspaceAt('signed-in');
    const themes = [...deep(element, ...rail)!.shadowRoot!.querySelectorAll<HTMLElement>('.theme')];
    themes.find(({ textContent }) => textContent.trim() === 'Dark')!.click();
    await painted(element);
    expect(element.getAttribute('theme')).to.equal('dark');
    expect(getComputedStyle(element).colorScheme).to.equal('dark');
    const again = await workspaceAt('signed-in');
    expect(again.theme).to.equal('dark');
  });

  it('shows how to install the widget until the first conversation is there, and then on request', async () => {
    const client = clientWith([]);
    const element = await workspaceAt('signed-in', { client });
    expect(deep(element, panels, 'parlour-snippet')).to.not.equal(null);
    client.answers['conversation.counts'] = clientWith([conversation]).answers['conversation.counts']!;
    client.hear(sampleEvent('conversation.started', { conversation, contact: sampleContact() }));
    await painted(element);
    expect(deep(element, panels, 'parlour-snippet')).to.equal(null);
    menuItem(element, 'Install the widget').click();
    await painted(element);
    expect(deep<HTMLDialogElement>(element, ...dialog, 'dialog')!.open).to.equal(true);
    expect(deep(element, ...dialog, 'parlour-snippet')).to.not.equal(null);
    await expectAccessible(element);
  });

  it('loads the settings when they are asked for, and offers them to owners and admins only, an inbox’s too', async () => {
    const element = await workspaceAt('signed-in');
    expect(customElements.get('parlour-settings')).to.equal(undefined);
    menuItem(element, 'Settings').click();
    await until(() => deep(element, ...dialog, 'parlour-settings', '[role="tab"]'), 'the settings come');
    // Closing asks first where something is not saved.
    const inner = deep(element, ...dialog, 'parlour-settings')! as HTMLElementTagNameMap['parlour-settings'];
    const outer = deep(element, ...dialog, 'dialog') as HTMLDialogElement;
    const name = deep(inner, 'parlour-inbox-settings', '[name="name"]') as HTMLInputElement;
    name.value = 'Help desk';
    name.dispatchEvent(new Event('input', { bubbles: true }));
    deep(element, ...dialog, 'header button')!.click();
    await until(() => (deep(inner, 'parlour-unsaved-dialog', 'dialog') as HTMLDialogElement).open, 'it asks');
    expect(outer.open).to.equal(true);
    deep(inner, 'parlour-unsaved-dialog', '[value="discard"]')!.click();
    await until(() => !outer.open, 'it closes');
    const agent = sampleTeammate({ id: ids.ben, name: 'Ben Castillo', role: 'agent' });
    const ofAgent = await workspaceAt('signed-in', { client: clientWith([], sampleSnapshot({ me: agent })) });
    expect(menuItem(ofAgent, 'Settings')).to.equal(undefined);
    expect(menuItem(ofAgent, 'Your account')).to.not.equal(undefined);
    const led = sampleInbox({ members: [{ teammateId: ids.ben, role: 'admin' }] });
    const ofInboxAdmin = await workspaceAt('signed-in', {
      client: clientWith([], sampleSnapshot({ me: agent, inboxes: [led] })),
    });
    expect(menuItem(ofInboxAdmin, 'Your account')).to.equal(undefined);
    expect(menuItem(ofInboxAdmin, 'Settings')).to.not.equal(undefined);
  });

  it('gives the focus back to what opened its menu when what came of that is closed', async () => {
    const element = await workspaceAt('signed-in');
    const opener = deep(element, ...rail, '.workspace')!;
    const focused = () => deep<HTMLElement>(element, ...rail)!.shadowRoot!.activeElement;
    const outer = deep<HTMLDialogElement>(element, ...dialog, 'dialog')!;
    const choose = async (label: string) => {
      opener.focus();
      opener.click();
      menuItem(element, label).focus();
      menuItem(element, label).click();
      await until(() => outer.open, `${label}: it opens`);
    };
    const closed = async (label: string) => {
      await until(() => !outer.open, `${label}: it closes`);
      expect(focused(), label).to.equal(opener);
      await painted(element);
      expect(focused(), `${label}, and a little later`).to.equal(opener);
    };

    await choose('Install the widget');
    // As Escape does.
    outer.close();
    await closed('Install the widget');
    await choose('Settings');
    await until(() => deep(element, ...dialog, 'parlour-settings', '[role="tab"]'), 'the settings come');
    deep(element, ...dialog, 'header button')!.click();
    await closed('Settings');

    opener.click();
    menuItem(element, 'Settings').focus();
    deep(element, ...rail, '.menu')!.hidePopover();
    expect(focused(), 'the menu itself').to.equal(opener);
  });

  it('gives each page of the settings an address, where Back closes them, Forward opens them and staying stays', async () => {
    history.replaceState(null, '', `#/conversation/${conversation.id}`);
    const element = await workspaceAt('signed-in');
    const outer = () => deep<HTMLDialogElement>(element, ...dialog, 'dialog')!;
    const tab = (key: string) => deep(element, ...dialog, 'parlour-settings', `#tab-${key}`);
    menuItem(element, 'Settings').click();
    await until(() => tab('inboxes'), 'the settings come');
    expect(location.hash).to.equal('#/settings/inboxes');
    tab('channels')!.click();
    await until(() => location.hash === '#/settings/channels', 'the page has an address');
    history.back();
    await until(() => !outer().open, 'Back closes them');
    expect(location.hash).to.equal(`#/conversation/${conversation.id}`);
    expect(deep(element, panels, 'parlour-conversation')).to.not.equal(null);
    history.forward();
    await until(() => outer().open && tab('channels')?.ariaSelected === 'true', 'Forward opens them where they were');
    deep(element, ...dialog, 'header button')!.click();
    await until(() => location.hash === `#/conversation/${conversation.id}`, 'closing them leads back');

    history.forward();
    await until(() => outer().open, 'they are open again');
    tab('general')!.click();
    await until(() => location.hash === '#/settings/general', 'another page');
    const field = () =>
      deep<HTMLInputElement>(element, ...dialog, 'parlour-settings', 'parlour-general-settings', '[name="name"]');
    await until(field, 'its field');
    const name = field()!;
    name.value = 'Fern';
    name.dispatchEvent(new Event('input', { bubbles: true }));
    const question = () =>
      deep<HTMLDialogElement>(element, ...dialog, 'parlour-settings', 'parlour-unsaved-dialog', 'dialog')!;
    history.back();
    await until(() => question().open, 'it asks');
    question().querySelector<HTMLElement>('[value="stay"]')!.click();
    await until(() => location.hash === '#/settings/general', 'the address says so again');
    expect(outer().open).to.equal(true);
    expect(name.value).to.equal('Fern');
    history.back();
    await until(() => question().open, 'it asks again');
    question().querySelector<HTMLElement>('[value="discard"]')!.click();
    await until(() => !outer().open, 'they close');
    await until(() => location.hash === `#/conversation/${conversation.id}`, 'closing them leads back again');
    await settled(element);
  });

  it('opens the settings at the address, an agent’s own account at most, and leaves a host’s address alone', async () => {
    history.replaceState(null, '', '#/settings/teammates');
    const element = await workspaceAt('signed-in');
    const shown = (of: Element) => deep(of, ...dialog, 'parlour-settings')?.getAttribute('page');
    await until(() => shown(element) === 'teammates', 'the page in the address');
    deep(element, ...dialog, 'header button')!.click();
    await until(() => location.hash === '#/', 'closing them leads home');
    element.remove();

    history.replaceState(null, '', '#/settings/teammates');
    const agent = sampleTeammate({ id: ids.ben, name: 'Ben Castillo', role: 'agent' });
    const ofAgent = await workspaceAt('signed-in', { client: clientWith([], sampleSnapshot({ me: agent })) });
    await until(() => shown(ofAgent) === 'account', 'their own account');
    await until(() => location.hash === '#/settings/account', 'the address of it');
    expect(deep(ofAgent, ...dialog, 'parlour-settings')!.shadowRoot!.querySelectorAll('[role="tab"]')).to.have.length(
      1,
    );
    ofAgent.remove();

    history.replaceState(null, '', start);
    const hosted = await workspaceAt('signed-in', { fullPage: false });
    menuItem(hosted, 'Settings').click();
    await until(() => shown(hosted) === 'inboxes', 'the settings');
    expect(location.hash).to.equal('');
    deep(hosted, ...dialog, 'header button')!.click();
    await until(() => !deep<HTMLDialogElement>(hosted, ...dialog, 'dialog')!.open, 'they close');
  });

  it('leaves nothing behind', async () => {
    await expectNoLeak(
      () => {
        const element = new WorkspaceElement();
        element.door = doorAt('signed-in');
        element.createClient = () => clientWith();
        element.fullPage = true;
        return element;
      },
      async (element) => {
        await painted(element);
        choose(element, conversation.id);
        await painted(element);
      },
    );
  });
});
