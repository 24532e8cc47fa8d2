import { kept, recordName } from '../../launcher/visitor-record.ts';

/** Where the browser keeps nothing, the choice counts as long as the page lives. */
const inMemory = new Map<string, string>();

const nameOf = (channelKey: string): string => recordName(`${channelKey}:sound`);

export function isSoundAllowed(channelKey: string): boolean {
  // What was chosen last in any tab counts.
  return (kept(`${channelKey}:sound`) ?? inMemory.get(channelKey)) === 'on';
}

export function allowSound(channelKey: string, isAllowed: boolean): void {
  const choice = isAllowed ? 'on' : 'off';
  inMemory.set(channelKey, choice);
  try {
    localStorage.setItem(nameOf(channelKey), choice);
  } catch {
    // Storage is denied or full.
  }
}
