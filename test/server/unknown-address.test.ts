/** An address at which there is nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launcherLanguages } from '../../server/channels/web-chat/launcher-words.ts';
import { pageWords } from '../../server/http/page-words.ts';
import { isRefusal, startTestServer } from './harness.ts';

const server = await startTestServer();
/** As browsers ask for what is opened in them. */
const opened = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

test('whoever opens an unknown address in a browser reads that nothing is there, and is led to the inbox', async () => {
  for (const path of ['/nothing', '/app/nothing', '/assets/gone.js', '/apiary', '/chat', '/demo/nothing.html']) {
    const answer = await fetch(server.origin + path, { headers: opened });
    assert.equal(answer.status, 404, path);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/, path);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    const page = await answer.text();
    assert.match(page, /<h1>There is nothing here<\/h1>/);
    assert.match(page, /<a href="\/app">To the inbox<\/a>/);
    assert.doesNotMatch(page, /<script/);
  }
  const inbox = await fetch(`${server.origin}/app`, { headers: opened });
  assert.equal(inbox.status, 200, 'where it leads there is something');
});

test('it is said in the language of whoever opened it, where the chat speaks it', async () => {
  for (const [asked, language, says] of [
    ['de-AT,de;q=0.9,en;q=0.8', 'de', '<h1>Hier ist nichts</h1>'],
    ['sv,fr;q=0.8', 'fr', '<h1>Il n’y a rien ici</h1>'],
    ['ar', 'ar" dir="rtl', '<h1>لا يوجد شيء هنا</h1>'],
    ['sv', 'en', '<h1>There is nothing here</h1>'],
  ] as const) {
    const answer = await fetch(`${server.origin}/nothing`, { headers: { ...opened, 'accept-language': asked } });
    assert.match(answer.headers.get('vary') ?? '', /accept-language/);
    const page = await answer.text();
    assert.ok(page.includes(`<html lang="${language}">`), asked);
    assert.ok(page.includes(says), asked);
  }
});

test('the pages have words of their own in every language of the chat', () => {
  const english = pageWords();
  for (const language of launcherLanguages) {
    const words = pageWords(language);
    assert.equal(words.language, language);
    assert.ok(words.chatWith.includes('#'), language);
    if (language !== 'en')
      for (const [name, text] of Object.entries(words))
        assert.notEqual(text, english[name as keyof typeof english], `${language}: ${name}`);
  }
});

test('the inbox with a slash behind its address is the inbox, with what was asked of it', async () => {
  for (const [path, target] of [
    ['/app/', '/app'],
    ['/app/?lang=de&x=%2F', '/app?lang=de&x=%2F'],
  ] as const) {
    const answer = await fetch(server.origin + path, { headers: opened, redirect: 'manual' });
    assert.equal(answer.status, 302, path);
    assert.equal(answer.headers.get('location'), target);
  }
});

test('nothing of the address stands in the page', async () => {
  const page = await (await fetch(`${server.origin}/%3Cb%3Eboo%3C/b%3E?q=<b>boo</b>`, { headers: opened })).text();
  assert.match(page, /There is nothing here/);
  assert.doesNotMatch(page, /boo/);
});

test('programs, and whatever asks the API, get the code and the sentence', async () => {
  isRefusal(await server.http('GET', '/nothing'), 404, 'not_found', /nothing at this address/);
  isRefusal(await server.http('GET', '/nothing', undefined, { accept: '*/*' }), 404, 'not_found');
  isRefusal(await server.http('POST', '/nothing', {}, opened), 404, 'not_found');
  isRefusal(await server.http('GET', '/api/v1/nothing', undefined, opened), 404, 'not_found');
  isRefusal(await server.http('GET', '/api/nothing', undefined, opened), 404, 'not_found');
});
