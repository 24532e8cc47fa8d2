import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spoken } from '../../../shared/ui/language.ts';
import {
  aheadText,
  clockText,
  dateTimeText,
  dayNumber,
  dayText,
  durationText,
  fullText,
  relativeText,
} from '../../../shared/ui/time.ts';

const london = { locale: 'en-GB', timeZone: 'Europe/London' };
const now = '2026-03-12T14:05:00Z';
const ago = (ms: number): number => Date.parse(now) - ms;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Where English puts its commas differs between the locale data of browsers and Node. */
const unpunctuated = (text: string): string => text.replaceAll(',', '');

test('how long something took is told by its two largest units', () => {
  const told = (ms: number) => unpunctuated(durationText(ms, london));
  assert.equal(told(0), '1 sec');
  assert.equal(told(45_999), '45 secs');
  assert.equal(told(5 * minute + 59_999), '5 mins 59 secs');
  assert.equal(told(hour), '1 hr');
  assert.equal(told(2 * hour + 5 * minute), '2 hrs 5 mins');
  assert.equal(told(3 * day + 4 * hour + 30 * minute), '3 days 4 hrs');
  assert.equal(told(3 * day + 30 * minute), '3 days 30 mins');
  assert.match(durationText(2 * hour + 5 * minute, { ...london, locale: 'de' }), /^2 Std\.,? (und )?5 Min\.$/);
});

test('the age of something past grows from now over minutes, hours and days to a date', () => {
  assert.equal(relativeText(ago(59_999), now, london), 'now');
  assert.equal(relativeText(ago(minute), now, london), '1 min');
  assert.equal(relativeText(ago(59 * minute + 59_999), now, london), '59 mins');
  assert.equal(relativeText(ago(3 * hour), now, london), '3 hrs');
  assert.equal(relativeText(ago(2 * day), now, london), '2 days');
  assert.equal(relativeText(ago(8 * day), now, london), '4 Mar');
  assert.equal(relativeText(ago(100 * day), now, london), '2 Dec 2025');
});

test('what a clock running ahead puts in the future is now', () => {
  assert.equal(relativeText(ago(-5 * minute), now, london), 'now');
});

test('an age is told in the language of the reader', () => {
  assert.equal(relativeText(ago(5 * minute), now, { ...london, locale: 'de' }), '5 Min.');
  assert.equal(relativeText(ago(5 * minute), now, { ...london, locale: 'ja' }), '5 分');
});

test('a moment ahead is told by its weekday and hour, from a week on by its date', () => {
  const inDays = (days: number): string => unpunctuated(aheadText(ago(-days * day), now, london));
  assert.equal(inDays(0.1), 'Thu 16:29');
  assert.equal(inDays(5), 'Tue 14:05');
  assert.equal(inDays(6), '18 Mar');
  assert.equal(inDays(300), '6 Jan 2027');
});

test('a day separator says today, yesterday, the weekday, the day, and the year only when it is another', () => {
  assert.equal(dayText(now, now, london), 'Today');
  assert.equal(dayText('2026-03-11T23:59:00Z', now, london), 'Yesterday');
  assert.equal(dayText('2026-03-06T12:00:00Z', now, london), 'Friday');
  assert.equal(dayText('2026-03-05T12:00:00Z', now, london), 'Thursday 5 March');
  assert.equal(dayText('2025-12-31T12:00:00Z', now, london), '31 December 2025');
  assert.equal(dayText(now, now, { ...london, locale: 'de' }), 'Heute');
});

test('days are counted in the zone of the reader, across a change of clocks', () => {
  assert.equal(dayText('2026-03-11T16:00:00Z', now, { locale: 'en', timeZone: 'Asia/Tokyo' }), 'Today');
  assert.equal(dayText('2026-03-11T14:30:00Z', now, { locale: 'en', timeZone: 'Asia/Tokyo' }), 'Yesterday');
  assert.equal(dayText('2026-03-12T01:00:00Z', now, { locale: 'en', timeZone: 'America/Los_Angeles' }), 'Yesterday');
  const { TZ } = process.env;
  process.env['TZ'] = 'Europe/Berlin';
  assert.equal(dayNumber('2026-03-29T22:30:00Z') - dayNumber('2026-03-28T23:30:00Z'), 1);
  assert.equal(dayNumber('2026-03-28T22:30:00Z') - dayNumber('2026-03-28T00:30:00Z'), 0);
  if (TZ === undefined) delete process.env['TZ'];
  else process.env['TZ'] = TZ;
});

test('clock, moment and full times follow locale and zone', () => {
  assert.equal(clockText(now, london), '14:05');
  assert.equal(clockText(now, { locale: 'en-US', timeZone: 'America/New_York' }).replace(/\s/u, ' '), '10:05 AM');
  assert.equal(unpunctuated(dateTimeText(now, now, london)), 'Thu 12 Mar 14:05');
  assert.equal(unpunctuated(dateTimeText('2027-03-09T14:05:00Z', now, london)), 'Tue 9 Mar 2027 14:05');
  assert.equal(unpunctuated(fullText(now, london)), 'Thursday 12 March 2026 at 14:05');
});

test('where the page says what is spoken, that is what is read', () => {
  const { locale } = spoken;
  spoken.locale = 'de';
  try {
    const here = { timeZone: 'Europe/London' };
    assert.equal(relativeText(ago(5 * minute), now, here), '5 Min.');
    assert.equal(relativeText(ago(0), now, here), 'jetzt');
    assert.match(durationText(2 * hour + 5 * minute, here), /^2 Std\.,? (und )?5 Min\.$/);
    assert.equal(dayText(now, now, here), 'Heute');
  } finally {
    spoken.locale = locale;
  }
});
