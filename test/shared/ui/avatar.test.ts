import assert from 'node:assert/strict';
import { test } from 'node:test';
import { avatarHue, avatarHues, initials } from '../../../shared/ui/avatar.ts';
import { contrast, parseHex } from './contrast.ts';

test('initials are the first letters of the first and the last word', () => {
  const expected = {
    'Ada Lovelace': 'AL',
    'ada king lovelace': 'AL',
    Prince: 'P',
    '  José  Álvarez ': 'JÁ',
    '山田 太郎': '山太',
    'someone@example.com': 'SC',
    '🙂': '',
    '': '',
  };
  for (const [name, letters] of Object.entries(expected)) assert.equal(initials(name), letters, name);
});

test('a decomposed letter keeps its mark', () => {
  assert.equal(initials('E\u0301mile'), 'E\u0301');
});

test('a seed always gives the same hue, and seeds spread over all of them', () => {
  assert.equal(avatarHue('0198c5f2-7b6e'), avatarHue('0198c5f2-7b6e'));
  const used = new Set(Array.from({ length: 200 }, (_, i) => avatarHue(`contact-${i}`)));
  assert.equal(used.size, avatarHues.length);
});

test('initials have a contrast of 4.5 upon each hue in both themes', () => {
  for (const [light, dark, inkOnLight, inkOnDark] of avatarHues) {
    for (const [ground, ink] of [[light, inkOnLight] as const, [dark, inkOnDark] as const]) {
      const ratio = contrast(parseHex(ground), parseHex(ink));
      assert.ok(ratio >= 4.5, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
    }
  }
});
