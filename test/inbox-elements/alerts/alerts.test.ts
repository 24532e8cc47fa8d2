import { html, LitElement } from 'lit';
import type { AlertChoices } from '../../../inbox-elements/alerts/alert-choices.ts';
import { AlertNotifier, newsOf } from '../../../inbox-elements/alerts/alert-notifier.ts';
import { RotationWait } from '../../../inbox-elements/alerts/rotation-wait.ts';
import { workspaceElements } from '../../../inbox-elements/workspace/workspace-elements.ts';
import { directoryFrom } from '../../../shared/state/directory.ts';
import type { Inbox } from '../../../shared/contract/inbox.ts';
import type { Alerts } from '../../../shared/contract/teammate.ts';
import { define } from '../../../shared/ui/define.ts';
import { expectAccessible } from '../../accessible.ts';
import { afterEach, beforeEach, describe, expect, it, mount, settled } from '../../page.ts';
import { FakeClient, sessionAround } from '../fake-client.ts';
import {
  ids,
  sampleContact,
  sampleConversation,
  sampleEvent,
  sampleInbox,
  samplePart,
  sampleSnapshot,
  sampleTeammate,
} from '../sample.ts';

define(workspaceElements);

const bothWays = [false, true];

describe('what a teammate who is not looking is told', () => {
  const now = Date.parse('2026-05-12T09:00:00.000Z');
  const tell = (
    me: { available: boolean; alerts: Alerts },
    conversation: Partial<ReturnType<typeof sampleConversation>>,
    name: 'conversation.started' | 'conversation.replied' = 'conversation.replied',
    inbox: Partial<Inbox> = {},
  ) => {
    const directory = directoryFrom(sampleSnapshot({ me: sampleTeammate(me), inboxes: [sampleInbox(inbox)] }));
    const records = {
      conversation: sampleConversation(conversation),
      part: samplePart('Hello'),
      contact: sampleContact(),
    };
    return newsOf(sampleEvent(name, records), directory, now)?.title;
  };

  it('follows the preferences and the chat’s switch: the whole table', () => {
    for (const available of bothWays)
      for (const missed of bothWays)
        for (const yours of bothWays)
          for (const begunOff of bothWays)
            for (const assigneeId of [ids.ada, ids.ben, null]) {
              const title = tell({ available, alerts: { missed, yours } }, { begunOff, assigneeId });
              const mine = yours && !available && assigneeId === ids.ada;
              const gone = missed && !available && begunOff && assigneeId !== ids.ben;
              const expected = mine ? 'New message from' : gone ? 'Missed conversation with' : undefined;
              expect(title, JSON.stringify({ available, missed, yours, begunOff, assigneeId })).to.equal(
                expected && `${expected} Maya Lindqvist`,
              );
            }
  });

  it('is told of a new conversation while their chat is on', () => {
    const none = { missed: false, yours: false };
    const fresh = { assigneeId: null };
    expect(tell({ available: true, alerts: none }, fresh, 'conversation.started')).to.equal(
      'New conversation with Maya Lindqvist',
    );
    expect(tell({ available: false, alerts: none }, fresh, 'conversation.started')).to.equal(undefined);
  });

  it('follows what the inbox says of the conversations nobody has taken on', () => {
    const missed = { available: false, alerts: { missed: true, yours: false } };
    const here = { available: true, alerts: { missed: false, yours: false } };
    for (const notifies of ['everyone', 'admins', 'nobody'] as const)
      for (const role of ['admin', 'agent'] as const) {
        const inbox = { notifies, members: [{ teammateId: ids.ada, role }] };
        const told = notifies === 'everyone' || (notifies === 'admins' && role === 'admin');
        const why = JSON.stringify({ notifies, role });
        const ofMissed = (assigneeId: string | null) =>
          tell(missed, { begunOff: true, assigneeId }, 'conversation.started', inbox) !== undefined;
        const ofNew = (assigneeId: string | null) =>
          tell(here, { assigneeId }, 'conversation.started', inbox) !== undefined;
        expect([ofMissed(null), ofNew(null)], why).to.deep.equal([told, told]);
        expect([ofMissed(ids.ada), ofNew(ids.ada)], `theirs, ${why}`).to.deep.equal([true, true]);
      }
  });

  it('is not told of a new conversation that is another’s', () => {
    const here = { available: true, alerts: { missed: true, yours: true } };
    expect(tell(here, { assigneeId: ids.ben }, 'conversation.started')).to.equal(undefined);
  });

  it('is never told of what the team writes', () => {
    const directory = directoryFrom(
      sampleSnapshot({ me: sampleTeammate({ available: false, alerts: { missed: true, yours: true } }) }),
    );
    const part = samplePart('Sure', { author: { kind: 'teammate', id: ids.ben } });
    const event = sampleEvent('conversation.replied', { conversation: sampleConversation(), part });
    expect(newsOf(event, directory, now)).to.equal(null);
  });
});

describe('a conversation that rotation gives to somebody', () => {
  const started = (changes: Partial<ReturnType<typeof sampleConversation>> = {}) =>
    sampleEvent('conversation.started', {
      conversation: sampleConversation({ assigneeId: null, ...changes }),
      part: samplePart('Hello'),
      contact: sampleContact(),
    });
  const assigned = (assigneeId: string) =>
    sampleEvent('conversation.assigned', { conversation: sampleConversation({ assigneeId }) });

  /** What is told, and what happens once the patience is over. */
  function waiting() {
    const told: (string | null | undefined)[] = [];
    const over: (() => void)[] = [];
    const wait = new RotationWait(
      ({ records }) => told.push(records.conversation?.assigneeId),
      (act) => {
        over.push(act);
        return () => over.splice(over.indexOf(act), 1);
      },
    );
    return { told, over, wait };
  }
  const directory = directoryFrom(sampleSnapshot());

  it('is told as whose it is, once', () => {
    const { told, over, wait } = waiting();
    expect([wait.takes(started(), directory), told]).to.deep.equal([true, []]);
    expect(wait.takes(assigned(ids.ben), directory)).to.equal(true);
    expect([told, over.length]).to.deep.equal([[ids.ben], 0]);
    expect(wait.takes(assigned(ids.ada), directory), 'handed over later').to.equal(false);
  });

  it('is told as nobody’s where nobody takes a turn', () => {
    const { told, over, wait } = waiting();
    wait.takes(started(), directory);
    over[0]!();
    expect(told).to.deep.equal([null]);
  });

  it('is not told at all where somebody has answered or closed it meanwhile', () => {
    for (const dealtWith of [{ firstRepliedAt: '2026-05-12T09:00:00.000Z' }, { status: 'closed' as const }]) {
      const { told, over, wait } = waiting();
      wait.takes(started(), directory);
      wait.takes(sampleEvent('conversation.replied', started(dealtWith).records), directory);
      expect([told, over.length]).to.deep.equal([[], 0]);
    }
  });

  it('waits for nothing where nothing rotates, or it has an owner already', () => {
    const { over, wait } = waiting();
    expect(wait.takes(started({ inboxId: ids.sales }), directory)).to.equal(false);
    expect(wait.takes(started({ assigneeId: ids.ben }), directory)).to.equal(false);
    expect(over.length).to.equal(0);
  });

  it('is shown to whom it is given, and to nobody else', async () => {
    const titles: string[] = [];
    class Shown extends EventTarget {
      static permission = 'granted';
      constructor(title: string) {
        super();
        titles.push(title);
      }
      close(): void {}
    }
    const availability = { open: true, changesAt: null };
    const sales = sampleInbox({ id: ids.sales, routing: 'unassigned', availability });
    class Listening extends LitElement {
      directory = directoryFrom(sampleSnapshot({ inboxes: [sampleInbox({ availability }), sales] }));
      notifier = new AlertNotifier(this, { directory: () => this.directory, open: () => undefined });
    }
    customElements.define('test-listening', Listening);
    const real = window.Notification;
    const hasFocus = document.hasFocus.bind(document);
    Object.assign(window, { Notification: Shown });
    document.hasFocus = () => false;
    localStorage.setItem('parlour-alerts', 'on');
    try {
      const client = new FakeClient();
      const session = sessionAround(client);
      session.append(document.createElement('test-listening'));
      client.welcome(sampleSnapshot());
      client.hear(started(), assigned(ids.ben));
      expect(titles).to.deep.equal([]);
      client.hear(started(), assigned(ids.ada));
      expect(titles).to.deep.equal(['New conversation with Maya Lindqvist']);
      client.hear(started({ inboxId: ids.sales }));
      expect(titles.length).to.equal(2);
      session.remove();
    } finally {
      Object.assign(window, { Notification: real });
      document.hasFocus = hasFocus;
      localStorage.removeItem('parlour-alerts');
    }
  });
});

describe('<parlour-alert-choices>', () => {
  let client: FakeClient;
  let session: HTMLElement & { remove(): void };
  const permission = Object.getOwnPropertyDescriptor(Notification, 'permission');
  const request = Notification.requestPermission.bind(Notification);

  beforeEach(() => {
    client = new FakeClient();
    session = sessionAround(client);
    client.welcome(sampleSnapshot());
  });
  afterEach(() => {
    session.remove();
    if (permission) Object.defineProperty(Notification, 'permission', permission);
    Notification.requestPermission = request;
    localStorage.removeItem('parlour-alerts');
  });

  async function choices(): Promise<AlertChoices> {
    const element = await mount<AlertChoices>(html`<parlour-alert-choices></parlour-alert-choices>`);
    session.append(element);
    await settled(element);
    return element;
  }

  const toggle = (element: Element, label: string): HTMLElement | undefined =>
    [...element.shadowRoot!.querySelectorAll<HTMLElement>('[role="switch"]')].find((one) =>
      one.textContent.includes(label),
    );

  function answer(given: NotificationPermission): void {
    let held: NotificationPermission = 'default';
    Object.defineProperty(Notification, 'permission', { configurable: true, get: () => held });
    Notification.requestPermission = () => Promise.resolve((held = given));
  }

  it('is accessible, and shows what the server says after each choice', async () => {
    answer('granted');
    client.outcomes['teammate.setAlerts'] = ({ missed }) => {
      const alerts = { missed: missed ?? false, yours: false };
      client.hear(sampleEvent('teammate.alertsChanged', { teammate: sampleTeammate({ alerts }) }));
      return {};
    };
    const element = await choices();
    await expectAccessible(element);
    toggle(element, 'Missed conversations')!.click();
    await settled(element);
    expect(client.executed.at(-1)?.input).to.deep.equal({ missed: true });
    expect(toggle(element, 'Missed conversations')!.getAttribute('aria-checked')).to.equal('true');
    await expectAccessible(element);
  });

  it('asks the browser only on a click, and remembers the answer', async () => {
    answer('granted');
    const element = await choices();
    expect(Notification.permission).to.equal('default');
    toggle(element, 'Notifications in this browser')!.click();
    await settled(element);
    await settled(element);
    expect(Notification.permission).to.equal('granted');
    expect(localStorage.getItem('parlour-alerts')).to.equal('on');
    expect(toggle(element, 'Notifications in this browser')!.getAttribute('aria-checked')).to.equal('true');
    toggle(element, 'Notifications in this browser')!.click();
    await settled(element);
    await settled(element);
    expect(localStorage.getItem('parlour-alerts')).to.equal(null);
  });

  it('says so when the browser blocks them', async () => {
    answer('denied');
    const element = await choices();
    toggle(element, 'Notifications in this browser')!.click();
    await settled(element);
    await settled(element);
    expect(element.shadowRoot!.textContent).to.contain('This browser blocks notifications');
    expect(toggle(element, 'Notifications in this browser')).to.equal(undefined);
    await expectAccessible(element);
  });
});
