/** Who is alerted: the whole truth tables. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertFor, alertsOfMissed, alertsOfNew, alertsOfYours, type AlertFacts } from '../../../shared/state/alerts.ts';

const both = [false, true];
const everySetting = ['everyone', 'admins', 'nobody'] as const;
const everyRole = ['admin', 'agent', null] as const;
const everyAssignee = ['them', 'another', 'nobody'] as const;
/** Every way things may stand: 864. */
const all: AlertFacts[] = both.flatMap((wantsMissed) =>
  both.flatMap((wantsYours) =>
    both.flatMap((chatOff) =>
      both.flatMap((missed) =>
        both.flatMap((fromWebChat) =>
          everyAssignee.flatMap((assignee) =>
            everySetting.flatMap((notifies) =>
              everyRole.map((role) => ({
                wanted: { missed: wantsMissed, yours: wantsYours },
                chatOff,
                missed,
                fromWebChat,
                assignee,
                notifies,
                role,
              })),
            ),
          ),
        ),
      ),
    ),
  ),
);

/** Whom an inbox tells of what is not theirs. */
const toldOfTheRest: [notifies: AlertFacts['notifies'], role: AlertFacts['role'], told: boolean][] = [
  ['everyone', 'admin', true],
  ['everyone', 'agent', true],
  ['everyone', null, true],
  ['admins', 'admin', true],
  ['admins', 'agent', false],
  ['admins', null, false],
  ['nobody', 'admin', false],
  ['nobody', 'agent', false],
  ['nobody', null, false],
];

describe('alerts', () => {
  it('of a missed conversation: preference on, chat off, from the web chat, theirs, or nobody’s and a member whom the inbox tells', () => {
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
      for (const [notifies, role, told] of toldOfTheRest) {
        for (const assignee of everyAssignee) {
          const rows = all.filter(
            (facts) =>
              facts.missed &&
              facts.wanted.missed === preference &&
              facts.chatOff === chatOff &&
              facts.fromWebChat === fromWebChat &&
              facts.notifies === notifies &&
              facts.role === role &&
              facts.assignee === assignee,
          );
          assert.equal(rows.length, 2);
          const expected = alerts && role !== null && (assignee === 'them' || (assignee === 'nobody' && told));
          for (const facts of rows) assert.equal(alertsOfMissed(facts), expected, JSON.stringify(facts));
        }
      }
    }
    for (const facts of all) if (!facts.missed) assert.equal(alertsOfMissed(facts), false);
  });

  it('of a conversation of theirs: preference on, chat off, assigned to them; whatever the inbox says', () => {
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
        (facts) =>
          facts.wanted.yours === preference && facts.chatOff === chatOff && (facts.assignee === 'them') === assigned,
      );
      assert.equal(rows.length, assigned ? 72 : 144);
      for (const facts of rows) assert.equal(alertsOfYours(facts), alerts, JSON.stringify(facts));
    }
  });

  it('of a new conversation: chat on, and theirs, or nobody’s in an inbox that tells them; whatever they chose', () => {
    for (const [notifies, role, told] of toldOfTheRest) {
      for (const assignee of everyAssignee) {
        const rows = all.filter(
          (facts) =>
            !facts.chatOff && facts.notifies === notifies && facts.role === role && facts.assignee === assignee,
        );
        assert.equal(rows.length, 16);
        const expected = assignee === 'them' || (assignee === 'nobody' && told);
        for (const facts of rows) assert.equal(alertsOfNew(facts), expected, JSON.stringify(facts));
      }
    }
    for (const facts of all) if (facts.chatOff) assert.equal(alertsOfNew(facts), false);
  });

  it('is one at most: what is theirs is said to be theirs', () => {
    for (const facts of all) {
      const expected = alertsOfYours(facts) ? 'yours' : alertsOfMissed(facts) ? 'missed' : null;
      assert.equal(alertFor(facts), expected);
    }
  });
});
