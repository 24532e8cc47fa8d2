/** A channel whose owner has written no greeting: what pages, previews and the team are told of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtInGreeting } from '../../server/channels/web-chat/built-in-greeting.ts';
import { launcherLanguages } from '../../server/channels/web-chat/launcher-words.ts';
import { defaultWebChatSettings } from '../../shared/contract/channel.ts';
import { catalogues } from '../../widget/languages/language.ts';
import { startTestServer } from './harness.ts';
import { setUp } from './people.ts';

const english = defaultWebChatSettings.greeting;

describe('the greeting a channel comes with', () => {
  it('is the chat’s own in each of its languages', async () => {
    assert.equal(builtInGreeting('en-GB,en;q=0.9'), english);
    assert.equal(builtInGreeting('fi'), english);
    assert.deepEqual(Object.keys(catalogues).sort(), launcherLanguages.filter((language) => language !== 'en').sort());
    for (const [language, load] of Object.entries(catalogues)) {
      const { messages } = await load();
      assert.equal(builtInGreeting(`fi,${language};q=0.8`), messages[english], language);
    }
  });

  it('is left to the chat, and stays a text that the team can edit', async () => {
    const server = await startTestServer();
    const { channelId, channelKey, owner } = await setUp(server);
    const served = async (query = ''): Promise<string> => {
      const address = `channel=${channelKey}${query}`;
      const { text: loader } = await server.http('GET', `/widget.js?${address}`);
      const { text: module } = await server.http('GET', `/configuration.js?${address}`);
      return loader + module;
    };
    const settings = async (): Promise<{ greeting: string }> =>
      (await server.ask('channel.list', {}, owner)).channels[0]!.settings;
    const describes = async (language: string): Promise<string | undefined> => {
      const headers = { 'accept-language': language };
      const { text } = await server.http('GET', `/chat/${channelKey}`, undefined, headers);
      const [name, property] = [
        / name="description" content="([^"]*)"/,
        / property="og:description" content="([^"]*)"/,
      ];
      assert.equal(property.exec(text)?.[1], name.exec(text)?.[1]);
      return name.exec(text)?.[1];
    };
    const write = (changes: object): Promise<unknown> =>
      server.execute('channel.update', { channelId, settings: changes }, owner);

    assert.doesNotMatch(await served(), /\bgreeting:/);
    assert.equal((await settings()).greeting, english);
    assert.equal(await describes('de-AT,de;q=0.9'), 'Hallo! Wie können wir Ihnen helfen?');
    assert.equal(await describes(''), english);

    // The form is saved as it stands.
    await write(await settings());
    assert.doesNotMatch(await served('&language=de'), /\bgreeting:/);

    await write({ translations: { de: { greeting: 'Moin!' } } });
    assert.match(await served('&language=de'), /\bgreeting:`Moin!`/);
    assert.doesNotMatch(await served('&language=fr'), /\bgreeting:/);
    assert.equal(await describes('de'), 'Moin!');
    assert.equal(await describes('fr'), 'Bonjour ! Comment pouvons-nous vous aider ?');

    await write({ greeting: 'Ask away' });
    assert.match(await served('&language=fr'), /\bgreeting:`Ask away`/);
    assert.equal(await describes('fr'), 'Ask away');
    await write({ greeting: '' });
    assert.match(await served('&language=fr'), /\bgreeting:``/);
    assert.equal(await describes('fr'), '');
  });
});
