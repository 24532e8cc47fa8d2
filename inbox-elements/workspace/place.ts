/** Where a teammate is: which inbox, which conversation, whether they look at its contact, and what of the settings stands in front. */
export type Place = {
  readonly inboxId: string | null;
  readonly conversationId: string | null;
  /** The contact of the conversation is in front, where there is no room for both. */
  readonly contact: boolean;
  /** The page of the settings that stands in front of all this, by its key. */
  readonly settings: string | null;
};

export const home: Place = { inboxId: null, conversationId: null, contact: false, settings: null };

const pattern = /^#(?:\/inbox\/([0-9a-f-]{36}))?(?:\/conversation\/([0-9a-f-]{36})(\/contact)?)?\/?$/;
const settingsPattern = /^#\/settings(?:\/([a-z-]+))?\/?$/;

/** Reads an address's fragment; what is not a place of ours is home. */
export function placeOf(hash: string): Place {
  const settings = settingsPattern.exec(hash);
  if (settings) return { ...home, settings: settings[1] ?? 'inboxes' };
  const match = pattern.exec(hash);
  return match
    ? { inboxId: match[1] ?? null, conversationId: match[2] ?? null, contact: match[3] !== undefined, settings: null }
    : home;
}

/** The fragment that leads back to the place, `#/` for home. Of settings it does not say what they stand in front of. */
export function hashOf({ inboxId, conversationId, contact, settings }: Place): string {
  if (settings) return `#/settings/${settings}`;
  const inbox = inboxId ? `/inbox/${inboxId}` : '';
  const conversation = conversationId ? `/conversation/${conversationId}${contact ? '/contact' : ''}` : '';
  return `#${inbox}${conversation}` === '#' ? '#/' : `#${inbox}${conversation}`;
}

/** How many panels deep: the list 0, a conversation 1, its contact 2. */
export function depthOf({ conversationId, contact }: Place): number {
  return conversationId ? (contact ? 2 : 1) : 0;
}

/** How many steps from home: settings are one from where they were opened. */
export function stepsTo(place: Place): number {
  return depthOf(place) + (place.settings ? 1 : 0);
}

/** One step back: out of the settings, or one panel. */
export function parentOf(place: Place): Place {
  if (place.settings) return { ...place, settings: null };
  return place.contact ? { ...place, contact: false } : { ...place, conversationId: null };
}
