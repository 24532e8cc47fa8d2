/** The demo shop: whose chat it shows, and what it says before there is any. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startTestServer } from './harness.ts';
import { makeInbox, setUp } from './people.ts';

const server = await startTestServer();
const visit = async (query = ''): Promise<string> => (await server.http('GET', `/demo/${query}`)).text;

it('says in the page that there is no chat before the inbox is set up, and no longer once it is', async () => {
  const before = await visit();
  assert.match(before, /<body>\s*<p class="ribbon no-chat">/);
  assert.match(before, /There is no chat on this page yet/);
  const house = await setUp(server);
  const after = await visit();
  assert.ok(!after.includes('There is no chat'));
  assert.ok(after.includes(`channel=${house.channelKey}`));

  const second = await makeInbox(house);
  assert.notEqual(second.channelKey, house.channelKey);
  await server.execute('channel.update', { channelId: house.channelId, name: 'Zebra' }, house.owner);
  const { channels } = await server.ask('channel.list', {}, house.owner);
  assert.deepEqual(
    channels.map(({ key }) => key),
    [house.channelKey, second.channelKey],
    'the inbox begins with the same channel: the oldest, whatever it is called',
  );
  assert.ok((await visit(`?channel=${second.channelKey}`)).includes(`/widget.js?channel=${second.channelKey}"`));
  assert.ok((await visit('?channel=nobody"><script>')).includes(`/widget.js?channel=${house.channelKey}"`));
});
