import { depthOf, hashOf, home, parentOf, placeOf, stepsTo } from '../../../inbox-elements/workspace/place.ts';
import type { Place } from '../../../inbox-elements/workspace/place.ts';
import { describe, expect, it } from '../../page.ts';
import { sampleId } from '../sample.ts';

const inboxId = sampleId(21);
const conversationId = sampleId(201);
const places: Place[] = [
  home,
  { ...home, inboxId },
  { ...home, conversationId },
  { ...home, inboxId, conversationId },
  { ...home, inboxId, conversationId, contact: true },
  { ...home, settings: 'inboxes' },
  { ...home, settings: 'api-keys' },
];

describe('a place in the workspace', () => {
  it('comes back from its own address', () => {
    for (const place of places) expect(placeOf(hashOf(place))).to.deep.equal(place);
    expect(new Set(places.map(hashOf)).size).to.equal(places.length);
  });

  it('is home for every address that is not ours', () => {
    for (const hash of [
      '',
      '#',
      '#/',
      '#elsewhere',
      '#/conversation/',
      '#/conversation/nonsense',
      '#set-up=token',
      '#/settings/<b>',
    ]) {
      expect(placeOf(hash), hash).to.deep.equal(home);
    }
  });

  it('of settings leads to a page of theirs, and back to what they stand in front of', () => {
    expect(placeOf('#/settings').settings).to.equal('inboxes');
    const before = placeOf(`#/inbox/${inboxId}/conversation/${conversationId}`);
    const settings = { ...before, settings: 'channels' };
    expect(hashOf(settings)).to.equal('#/settings/channels');
    expect([depthOf(settings), stepsTo(settings), stepsTo(before)]).to.deep.equal([1, 2, 1]);
    expect(parentOf(settings)).to.deep.equal(before);
  });

  it('leads back one panel at a time and keeps the inbox', () => {
    const deepest = placeOf(`#/inbox/${inboxId}/conversation/${conversationId}/contact`);
    expect([deepest, parentOf(deepest), parentOf(parentOf(deepest))].map(depthOf)).to.deep.equal([2, 1, 0]);
    expect(parentOf(parentOf(deepest)).inboxId).to.equal(inboxId);
  });
});
