import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spoken } from '../../../shared/ui/language.ts';
import { hoursText } from '../../../widget/panel/header/hours.ts';
import { hoursWithWait } from '../../../widget/panel/header/hours-with-wait.ts';
import { isOpenAt } from '../../../widget/panel/is-open-at.ts';

process.env['TZ'] = 'Europe/Berlin';
const reader = { locale: 'en-GB' };
const monday = Date.parse('2026-03-09T10:00:00.000Z');
const say = (open: boolean, changesAt: string | null): string => hoursText({ open, changesAt }, monday, reader);

test('opening hours are told in the reader’s own zone', () => {
  assert.equal(say(true, '2026-03-09T16:00:00.000Z'), 'Open until 17:00');
  assert.equal(say(false, '2026-03-09T12:30:00.000Z'), 'Back at 13:30');
  assert.equal(say(false, '2026-03-10T08:00:00.000Z'), 'Back tomorrow at 9:00');
  assert.equal(say(false, '2026-03-13T08:00:00.000Z'), 'Back Friday at 9:00');
  assert.equal(say(false, '2026-04-01T07:00:00.000Z'), 'Back April 1 at 9:00');
  process.env['TZ'] = 'America/New_York';
  // A formatter is kept by its language, and with it the zone it was made in.
  const late = { open: false, changesAt: '2026-03-09T23:30:00.000Z' };
  assert.equal(hoursText(late, monday, { locale: 'en-IE' }), 'Back at 19:30');
  process.env['TZ'] = 'Europe/Berlin';
});

test('hours without a next change say only what is now', () => {
  assert.equal(say(true, null), 'We are here');
  assert.equal(say(false, null), 'We are away right now');
});

test('once the moment has passed the hours have turned over', () => {
  const past = { open: true, changesAt: '2026-03-09T09:59:59.000Z' };
  assert.equal(isOpenAt(past, monday), false);
  assert.equal(isOpenAt({ ...past, changesAt: null }, monday), true);
  assert.equal(isOpenAt({ ...past, changesAt: '2026-03-09T10:00:01.000Z' }, monday), true);
  assert.equal(hoursText(past, monday, reader), 'We are away right now');
});

test('whoever comes while nobody is there is told when somebody is back and how long that is', () => {
  const wait = (changesAt: string | null, open = false): string => hoursWithWait({ open, changesAt }, monday, reader);
  assert.equal(wait('2026-03-09T10:00:20.000Z'), 'Back at 11:00, in 1 minute');
  assert.equal(wait('2026-03-09T10:45:00.000Z'), 'Back at 11:45, in 45 minutes');
  assert.equal(wait('2026-03-10T08:00:00.000Z'), 'Back tomorrow at 9:00, in 22 hours');
  assert.equal(wait('2026-03-13T08:00:00.000Z'), 'Back Friday at 9:00, in 4 days');
  spoken.locale = 'ar-EG';
  assert.match(wait('2026-03-09T10:45:00.000Z'), /٤٥/, 'in the digits of the clock');
  assert.match(wait('2026-04-01T07:00:00.000Z'), /١/);
  spoken.locale = undefined;
  assert.equal(wait('2026-03-09T16:00:00.000Z', true), 'Open until 17:00');
  assert.equal(wait('2026-03-09T09:59:00.000Z'), 'We are here');
  assert.equal(wait(null), 'We are away right now');
});
