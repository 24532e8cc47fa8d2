import assert from 'node:assert/strict';
import { faultsIn, type Evidence } from './evidence.ts';

/** Fails with every sentence that is wrong, up to twenty, and tells how much there was to be right about. */
export function assertSound(evidence: Evidence): void {
  const faults = faultsIn(evidence);
  const sentences = faults.slice(0, 20).map(({ fault, sentence }) => `${fault}: ${sentence.slice(0, 400)}`);
  assert.equal(faults.length, 0, `${faults.length} faults\n${sentences.join('\n')}`);
  const { written, acknowledged, conversations, screens } = evidence;
  process.stdout.write(
    `${written.length} written, ${acknowledged.size} acknowledged, ${conversations.length} conversations, ${screens.length} threads on screens: all right\n`,
  );
}
