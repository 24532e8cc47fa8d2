import type { ReactiveControllerHost } from 'lit';
import { home } from '../../../inbox-elements/workspace/place.ts';
import { Wayfinder } from '../../../inbox-elements/workspace/wayfinder.ts';
import { afterEach, beforeEach, describe, expect, it, until } from '../../page.ts';
import { sampleConversation } from '../sample.ts';

const { id } = sampleConversation();
const host = { addController() {}, requestUpdate() {} } as unknown as ReactiveControllerHost;
const start = location.pathname + location.search;

describe('the way through the workspace', () => {
  let way: Wayfinder;
  beforeEach(() => {
    history.replaceState(null, '', start);
    way = new Wayfinder(host, () => true);
    way.hostConnected();
  });
  afterEach(() => {
    way.hostDisconnected();
    history.replaceState(null, '', start);
  });

  it('leads one step back for a Back that is pressed twice at once, and never out of the app', async () => {
    const conversation = { ...home, conversationId: id };
    way.go(conversation);
    way.go({ ...conversation, contact: true });
    let steps = 0;
    const watching = new AbortController();
    addEventListener('popstate', () => (steps += 1), watching);
    way.up();
    way.up();
    await until(() => steps > 0, 'it leads back');
    await new Promise((resolve) => setTimeout(resolve, 200));
    watching.abort();
    expect(steps).to.equal(1);
    expect(way.place).to.deep.equal(conversation);
    way.up();
    await until(() => way.place.conversationId === null, 'and back once more');
  });
});
