import { kept, recordName } from '../../launcher/visitor-record.ts';

/** Where the browser keeps nothing, the choice counts as long as the page lives. */
const inMemory = new Map<string, boolean>();

const nameOf = (channelKey: string): string => recordName(`${channelKey}:sound`);

export function isSoundAllowed(channelKey: string): boolean {
  return inMemory.get(channelKey) ?? kept(nameOf(channelKey)) === 'on';
}

export function allowSound(channelKey: string, isAllowed: boolean): void {
  inMemory.set(channelKey, isAllowed);
  try {
    localStorage.setItem(nameOf(channelKey), isAllowed ? 'on' : 'off');
  } catch {
    // Storage is denied or full.
  }
}
