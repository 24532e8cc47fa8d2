import { ContextConsumer } from '@lit/context';
import { LitElement } from 'lit';
import { clientContext } from '../../../inbox-elements/context/client-context.ts';
import { connectionContext } from '../../../inbox-elements/context/connection-context.ts';
import { directoryContext } from '../../../inbox-elements/context/directory-context.ts';
import { Session } from '../../../inbox-elements/session/session.ts';
import type { SessionChangeEvent } from '../../../inbox-elements/session/session.ts';
import { createWorkspaceClient } from '../../../shared/client/connection.ts';
import { define } from '../../../shared/ui/define.ts';
import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, mount, settled, until } from '../../page.ts';
import { FakeClient } from '../fake-client.ts';
import { expectNoLeak } from '../leaks.ts';
import { ids, sampleEvent, sampleSnapshot, sampleTeammate } from '../sample.ts';

class ContextProbe extends LitElement {
  readonly client = new ContextConsumer(this, { context: clientContext, subscribe: true });
  readonly directory = new ContextConsumer(this, { context: directoryContext, subscribe: true });
  readonly connection = new ContextConsumer(this, { context: connectionContext, subscribe: true });
}

define({ 'parlour-session': Session, 'context-probe': ContextProbe });

type Options = Parameters<Session['createClient']>[0];

function sessionOn(client: FakeClient): { session: Session; probe: ContextProbe; made: Options[] } {
  const made: Options[] = [];
  const session = new Session();
  session.createClient = (options) => {
    made.push(options);
    return client;
  };
  const probe = new ContextProbe();
  session.append(probe);
  return { session, probe, made };
}

describe('<parlour-session>', () => {
  it('is accessible while it connects and when it stands', async () => {
    const client = new FakeClient(null, 'connecting');
    const { session, probe } = sessionOn(client);
    probe.append('Content');
    await mount(session);
    await expectAccessible(session);
    client.welcome();
    await settled(session);
    await expectAccessible(session);
  });

  it('is accessible when it is refused, and says why instead of showing what is inside', async () => {
    const client = new FakeClient(null, 'connecting');
    const { session, probe } = sessionOn(client);
    await mount(session);
    client.becomes('refused', { code: 'expired', message: 'This token has run out. Sign in to your app again.' });
    await settled(session);
    expect(session.shadowRoot!.querySelector('[role="alert"]')!.textContent).to.contain('This token has run out');
    expect(probe.checkVisibility()).to.equal(false);
    await expectAccessible(session);
  });

  it('connects once and gives what is inside the client, the directory and the connection', async () => {
    const client = new FakeClient(null, 'connecting');
    const { session, probe, made } = sessionOn(client);
    await mount(session);
    expect(made.map(({ server }) => server)).to.deep.equal([location.origin]);
    expect(client.connected).to.equal(1);
    expect(probe.client.value).to.equal(client);
    expect(probe.directory.value).to.equal(null);
    client.welcome();
    expect(probe.connection.value?.status).to.equal('online');
    expect(probe.directory.value?.workspace.name).to.equal('Fern & Field');
  });

  it('keeps the directory right by events and presence', async () => {
    const client = new FakeClient();
    const { session, probe } = sessionOn(client);
    await mount(session);
    const ben = sampleTeammate({ id: ids.ben, name: 'Ben Castillo', available: false });
    client.hear(sampleEvent('teammate.availabilityChanged', { teammate: ben }));
    expect(probe.directory.value?.teammates.get(ids.ben)?.available).to.equal(false);
    client.hearSignal({ type: 'signal', name: 'presence', teammateId: ids.ben, online: false });
    expect(probe.directory.value?.online.has(ids.ben)).to.equal(false);
    client.welcome(sampleSnapshot({ inboxes: [] }));
    expect(probe.directory.value?.inboxes.size).to.equal(0);
  });

  it('tells its host page when the line changes', async () => {
    const client = new FakeClient(null, 'connecting');
    const { session } = sessionOn(client);
    await mount(session);
    const heard: SessionChangeEvent[] = [];
    const listen = (event: SessionChangeEvent): void => void heard.push(event);
    document.addEventListener('parlour-session-change', listen);
    client.becomes('online');
    client.becomes('offline');
    client.becomes('refused', { code: 'forbidden', message: 'You are not a teammate here.' });
    document.removeEventListener('parlour-session-change', listen);
    expect(heard.map(({ status }) => status)).to.deep.equal(['online', 'offline', 'refused']);
    expect(heard[2]!.refusal?.message).to.equal('You are not a teammate here.');
  });

  it('takes being moved within the page for what it is', async () => {
    const client = new FakeClient();
    const { session, probe } = sessionOn(client);
    await mount(session);
    const elsewhere = document.createElement('div');
    session.after(elsewhere);
    elsewhere.append(session);
    await settled(session);
    await new Promise((resolve) => setTimeout(resolve));
    expect(client.connected).to.equal(1);
    expect(client.closed).to.equal(0);
    expect(probe.client.value).to.equal(client);
  });

  it('closes the line when it is taken out, and opens a new one when it comes back', async () => {
    const client = new FakeClient();
    const { session, made } = sessionOn(client);
    const place = (await mount(session)).parentElement!;
    session.remove();
    await Promise.resolve();
    expect(client.closed).to.equal(1);
    expect(client.listeners).to.equal(0);
    place.append(session);
    await settled(session);
    expect(made.length).to.equal(2);
    expect(client.connected).to.equal(2);
  });

  it('asks the newest getToken, and connects anew only when there was none before', async () => {
    const { session, made } = sessionOn(new FakeClient());
    session.getToken = async () => 'first';
    await mount(session);
    session.getToken = async () => 'second';
    await settled(session);
    expect(made.length).to.equal(1);
    expect(await made[0]!.getToken!()).to.equal('second');
  });

  it('waits for getToken on another origin, where no cookie is sent, and says that it does', async () => {
    const client = new FakeClient(null, 'connecting');
    const { session, made } = sessionOn(client);
    session.server = 'https://chat.example';
    await mount(session);
    await until(() => session.status === 'refused', 'it says what is missing');
    await settled(session);
    expect(session.shadowRoot!.textContent).to.contain('getToken');
    expect(made.length).to.equal(0);
    session.getToken = async () => 'a token';
    await settled(session);
    expect(made.map(({ server }) => server)).to.deep.equal(['https://chat.example']);
    expect(session.status).to.equal('connecting');
  });

  it('says why it cannot sign in where getToken fails again and again, and asks on', async () => {
    const { session } = sessionOn(new FakeClient());
    session.createClient = createWorkspaceClient;
    let asked = 0;
    session.getToken = async () => {
      asked += 1;
      throw new Error('the host is down');
    };
    await mount(session);
    await until(() => session.shadowRoot!.textContent?.includes('the host is down'), 'it says why');
    await expectAccessible(session);
    const before = asked;
    await until(() => asked > before, 'it is asked again by itself');
  });

  it('tells once of each reason why it cannot sign in, however often it asks again', async () => {
    const client = new FakeClient(null, 'connecting');
    const { session, made } = sessionOn(client);
    let reason: string | undefined = 'the host is down';
    session.getToken = async () => {
      if (reason) throw new Error(reason);
      return 'a token';
    };
    await mount(session);
    const heard: string[] = [];
    session.addEventListener('parlour-session-change', ({ status, refusal }) =>
      heard.push([status, refusal?.message ?? ''].join(' ')),
    );
    const ask = async (then: 'offline' | 'online'): Promise<void> => {
      await made[0]!.getToken!().catch(() => undefined);
      client.becomes(then);
    };
    for (let tries = 0; tries < 3; tries += 1) await ask('offline');
    reason = 'the password has changed';
    for (let tries = 0; tries < 2; tries += 1) await ask('offline');
    expect(session.status).to.equal('refused');
    reason = undefined;
    await ask('offline');
    await ask('online');
    expect(heard).to.deep.equal([
      'refused This page cannot sign in: the host is down',
      'refused This page cannot sign in: the password has changed',
      'offline ',
      'online ',
    ]);
  });

  it('tells nobody of a getToken that fails once the session it was for has ended', async () => {
    const { session, made } = sessionOn(new FakeClient(null, 'connecting'));
    let fail = (_reason: Error): void => {};
    session.getToken = () => new Promise((_, reject) => (fail = reject));
    await mount(session);
    const asked = made[0]!.getToken!().catch(() => 'failed');
    session.server = 'https://elsewhere.example';
    await settled(session);
    const heard: string[] = [];
    session.addEventListener('parlour-session-change', ({ status }) => heard.push(status));
    fail(new Error('the host is down'));
    expect([await asked, made.length]).to.deep.equal(['failed', 2]);
    expect([session.status, heard]).to.deep.equal(['connecting', []]);
  });

  it('asks getToken anew at once when asked to after that failed', async () => {
    const client = new FakeClient(null, 'connecting');
    const { session, made } = sessionOn(client);
    session.getToken = () => Promise.reject(new Error('the host is down'));
    await mount(session);
    client.becomes('offline');
    await made[0]!.getToken!().catch(() => undefined);
    await settled(session);
    session.shadowRoot!.querySelector('button')!.click();
    expect([client.closed, client.connected]).to.deep.equal([1, 2]);
  });

  it('tries again when asked to after a refusal', async () => {
    const client = new FakeClient(null, 'connecting');
    const { session } = sessionOn(client);
    await mount(session);
    client.becomes('refused', { code: 'unauthenticated', message: 'No.' });
    await settled(session);
    session.shadowRoot!.querySelector('button')!.click();
    expect(client.connected).to.equal(2);
  });

  it('leaves nothing behind, with the real line as well', async () => {
    await expectNoLeak(() => sessionOn(new FakeClient()).session);
    await expectNoLeak(() => {
      const session = new Session();
      // Nobody listens there: the line is refused at once, and tried again for as long as the element is there.
      session.server = 'http://127.0.0.1:1';
      session.getToken = async () => 'a token';
      return session;
    });
  });
});
