import { fromLocalField, snoozeTimes, toLocalField } from '../../../inbox-elements/conversation/snooze-times.ts';
import { describe, expect, it } from '../../page.ts';

/** The moments on offer, as the reader's clock shows them. */
function offered(now: string): Record<string, string> {
  return Object.fromEntries(snoozeTimes(new Date(now)).map(({ preset, at }) => [preset, toLocalField(at)]));
}

describe('the moments to snooze until', () => {
  it('are in the mornings to come, and some hours from now', () => {
    // A Tuesday.
    expect(offered('2026-05-12T10:20')).to.deep.equal({
      'later-today': '2026-05-12T14:00',
      tomorrow: '2026-05-13T09:00',
      monday: '2026-05-18T09:00',
      'next-week': '2026-05-19T09:00',
    });
  });

  it('leave out a later today that is in the night', () => {
    expect(offered('2026-05-12T18:30')).to.not.have.property('later-today');
    expect(offered('2026-05-12T23:30')).to.not.have.property('later-today');
  });

  it('leave out a Monday that is tomorrow, and a next week that is Monday', () => {
    expect(Object.keys(offered('2026-05-17T10:00'))).to.deep.equal(['later-today', 'tomorrow', 'next-week']);
    expect(Object.keys(offered('2026-05-18T10:00'))).to.deep.equal(['later-today', 'tomorrow', 'monday']);
  });

  it('put next week on a working day, also when it is the weekend now', () => {
    const saturday = offered('2026-05-16T10:00');
    expect([saturday['monday'], saturday['next-week']]).to.deep.equal(['2026-05-18T09:00', '2026-05-25T09:00']);
    expect(offered('2026-05-17T10:00')['next-week']).to.equal('2026-05-25T09:00');
  });

  it('are in the future on every hour of a year', () => {
    for (let hour = 0; hour < 366 * 24; hour += 1) {
      const now = new Date(2026, 0, 1, hour, 30);
      for (const { preset, at } of snoozeTimes(now)) {
        if (at <= now) throw new Error(`${preset} at ${now.toString()} is ${at.toString()}`);
      }
    }
  });

  it('go through the field and back to the minute, and an empty field is no moment', () => {
    const at = new Date(2026, 10, 3, 4, 5);
    expect(fromLocalField(toLocalField(at))?.getTime()).to.equal(at.getTime());
    expect(fromLocalField('')).to.equal(null);
    expect(fromLocalField('nonsense')).to.equal(null);
  });
});
