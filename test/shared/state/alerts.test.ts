/** Who is alerted: the whole truth tables. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertFor, alertsOfMissed, alertsOfYours, type AlertFacts } from '../../../shared/state/alerts.ts';

const both = [false, true];
/** Every way things may stand: 64. */
const all: AlertFacts[] = both.flatMap((wantsMissed) =>
  both.flatMap((wantsYours) =>
    both.flatMap((chatOff) =>
      both.flatMap((missed) =>
        both.flatMap((fromWebChat) =>
          both.map((assignedToThem) => ({
            wanted: { missed: wantsMissed, yours: wantsYours },
            chatOff,
            missed,
            fromWebChat,
            assignedToThem,
          })),
        ),
      ),
    ),
  ),
);

describe('alerts', () => {
  it('of a missed conversation: preference on, chat off, from the web chat; nothing else', () => {
    const table: [preference: boolean, chatOff: boolean, fromWebChat: boolean, alerts: boolean][] = [
      [false, false, false, false],
      [false, false, true, false],
      [false, true, false, false],
      [false, true, true, false],
      [true, false, false, false],
      [true, false, true, false],
      [true, true, false, false],
      [true, true, true, true],
    ];
    for (const [preference, chatOff, fromWebChat, alerts] of table) {
      const rows = all.filter(
        (facts) =>
          facts.missed &&
          facts.wanted.missed === preference &&
          facts.chatOff === chatOff &&
          facts.fromWebChat === fromWebChat,
      );
      assert.equal(rows.length, 4);
      for (const facts of rows) assert.equal(alertsOfMissed(facts), alerts, JSON.stringify(facts));
    }
    for (const facts of all) if (!facts.missed) assert.equal(alertsOfMissed(facts), false);
  });

  it('of a conversation of theirs: preference on, chat off, assigned to them; nothing else', () => {
    const table: [preference: boolean, chatOff: boolean, assigned: boolean, alerts: boolean][] = [
      [false, false, false, false],
      [false, false, true, false],
      [false, true, false, false],
      [false, true, true, false],
      [true, false, false, false],
      [true, false, true, false],
      [true, true, false, false],
      [true, true, true, true],
    ];
    for (const [preference, chatOff, assigned, alerts] of table) {
      const rows = all.filter(
        (facts) => facts.wanted.yours === preference && facts.chatOff === chatOff && facts.assignedToThem === assigned,
      );
      assert.equal(rows.length, 8);
      for (const facts of rows) assert.equal(alertsOfYours(facts), alerts, JSON.stringify(facts));
    }
  });

  it('is one at most: what is theirs is said to be theirs', () => {
    for (const facts of all) {
      const expected = alertsOfYours(facts) ? 'yours' : alertsOfMissed(facts) ? 'missed' : null;
      assert.equal(alertFor(facts), expected);
    }
    assert.equal(all.filter((facts) => alertFor(facts) !== null).length, 11);
  });
});
