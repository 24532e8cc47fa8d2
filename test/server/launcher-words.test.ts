import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { launcherLanguages, launcherWords } from '../../server/channels/web-chat/launcher-words.ts';
import { startTestServer } from './harness.ts';
import { setUp } from './people.ts';

describe('the launcher’s words', () => {
  it('are in the first language of a list that there is, else in English', () => {
    assert.equal(launcherWords('fi-FI,fi;q=0.9,de-AT;q=0.8,fr;q=0.7').language, 'de');
    assert.equal(launcherWords('pt_BR').open, 'Abrir o chat');
    assert.equal(launcherWords('en-GB,en;q=0.9,de;q=0.8').language, 'en');
    for (const none of ['', '*', 'fi', 'constructor', '__proto__,,;']) assert.equal(launcherWords(none).language, 'en');
  });

  it('say in every language what to do where the chat did not come', () => {
    const again: Record<string, string> = {
      ar: 'أعد المحاولة',
      de: 'erneut versuchen',
      en: 'Try again',
      es: 'Inténtalo de nuevo',
      fr: 'Réessayez',
      it: 'Riprova',
      ja: '再度お試しを',
      nl: 'Probeer het opnieuw',
      pl: 'Spróbuj ponownie',
      pt: 'Tente de novo',
      tr: 'Tekrar deneyin',
      zh: '请重试',
    };
    for (const language of launcherLanguages)
      assert.ok(launcherWords(language).failed.includes(again[language]!), language);
  });

  it('come with the loader in the browser’s language, or in the one the page names; caches keep them apart', async () => {
    const server = await startTestServer();
    const { channelKey } = await setUp(server);
    const wordsOf = async (query: string, language: string) => {
      const { text, headers } = await server.http('GET', `/widget.js?channel=${channelKey}${query}`, undefined, {
        'accept-language': language,
      });
      assert.match(headers.get('vary') ?? '', /accept-language/);
      return { open: /\bopen:`([^`]*)`/.exec(text)?.[1], etag: headers.get('etag') };
    };
    const german = await wordsOf('', 'de-DE,de;q=0.9,en;q=0.8');
    assert.equal(german.open, 'Chat öffnen');
    const english = await wordsOf('', 'en');
    assert.equal(english.open, 'Open chat');
    assert.notEqual(german.etag, english.etag);
    assert.equal((await wordsOf('&language=ja', 'de')).open, 'チャットを開く');
  });
});

describe('the loader', () => {
  it('calls the widget what its address says, as text and nothing else; without a name by its channel', async () => {
    const server = await startTestServer();
    const { channelKey } = await setUp(server);
    const namesIn = async (query: string): Promise<string[] | null> => {
      const { text } = await server.http('GET', `/widget.js?channel=${channelKey}${query}`);
      return text.match(/\bas:`.*?[^\\]`/g);
    };
    assert.deepEqual(await namesIn('&name=second'), ['as:`second`']);
    assert.deepEqual(await namesIn(`&name=${encodeURIComponent('`+alert(1)+`${1}</script>')}`), [
      'as:`\\`+alert(1)+\\`\\${1}\\u003c/script>`',
    ]);
    for (const none of ['', '&name=']) assert.equal(await namesIn(none), null);
  });
});
