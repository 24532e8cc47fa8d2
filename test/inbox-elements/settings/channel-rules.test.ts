import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { greetingRuleOf, greetingsOf, showRuleOf, showWhenOf } from '../../../inbox-elements/settings/channel-rules.ts';
import type { GreetingRule, ShowRule } from '../../../inbox-elements/settings/channel-rules.ts';
import { channelTranslations, channelWords, wordsFrom } from '../../../inbox-elements/settings/channel-words.ts';
import { defaultWebChatSettings, webChatSettings } from '../../../shared/contract/channel.ts';
import { holds } from '../../../shared/state/conditions.ts';

const shows: ShowRule[] = [
  { showOn: '', hideOn: '', device: '', whileOpen: false },
  { showOn: '/shop*\nhttps://blog.example/*', hideOn: '/checkout*', device: 'phone', whileOpen: true },
  { showOn: '', hideOn: '/a\n/b', device: '', whileOpen: false },
];
const greetings: GreetingRule[] = [
  { text: 'Hello', seconds: '', scroll: '', pages: '', leaving: false, returning: false },
  { text: 'Hello', seconds: '20', scroll: '50', pages: '/prices*', leaving: true, returning: true },
];

test('what the form says of rules is read back as it was, and is what the server takes', () => {
  for (const rule of shows) {
    const showWhen = showWhenOf(rule);
    assert.deepEqual(showRuleOf(showWhen), rule);
    assert.ok(v.safeParse(webChatSettings.entries.showWhen, showWhen).success);
  }
  for (const rule of greetings) {
    const made = greetingsOf(rule, 'first');
    assert.deepEqual(greetingRuleOf(made), rule);
    assert.ok(v.safeParse(webChatSettings.entries.greetings, made).success);
  }
  assert.deepEqual(greetingsOf({ ...greetings[1]!, text: ' ' }, 'first'), []);
});

test('a rule is known again whatever the order of its fields', () => {
  const [rule] = shows.slice(2);
  const turned = JSON.parse(
    JSON.stringify(showWhenOf(rule!)).replaceAll(/"field":("\w+"),"operator":("\w+"),/g, '"operator":$2,"field":$1,'),
  );
  assert.deepEqual(showRuleOf(turned), rule);
});

test('pages to show on and pages to hide on mean what they say', () => {
  const showWhen = showWhenOf({ showOn: '/shop*', hideOn: '/shop/pay*', device: '', whileOpen: false })!;
  assert.ok(holds(showWhen, { path: '/shop/mugs' }));
  assert.ok(!holds(showWhen, { path: '/shop/pay/1' }));
  assert.ok(!holds(showWhen, { path: '/blog' }));
});

test('a rule that the form cannot say is not taken for another', () => {
  assert.equal(showRuleOf({ field: 'plan', operator: 'is', value: 'pro' }), null);
  assert.equal(showRuleOf({ any: [{ field: 'open', operator: 'is', value: true }] }), null);
  const [one] = greetingsOf(greetings[1]!, 'first');
  assert.equal(greetingRuleOf([one!, { ...one!, id: 'second' }]), null);
});

test('words in other languages are read back as they were, each where it is kept', () => {
  const translations = { de: { greeting: 'Hallo: wir!', launcherLabel: 'Frag' }, fr: { greeting: 'Salut' } };
  const [made] = greetingsOf(greetings[1]!, 'first', { de: 'Noch da?', es: '¿Sigues ahí?' });
  assert.deepEqual(greetingRuleOf([made!]), greetings[1]);
  const settings = { ...defaultWebChatSettings, launcherLabel: 'Ask', translations, greetings: [made!] };
  assert.deepEqual(
    channelWords(settings).map(({ key }) => key),
    ['greeting', 'launcherLabel', 'message'],
  );
  const read = wordsFrom(channelTranslations(settings));
  assert.deepEqual(read, { translations, message: made!.translations });
});
