/** Where a teammate is: which inbox, which conversation, and whether they look at its contact. */
export type Place = {
  readonly inboxId: string | null;
  readonly conversationId: string | null;
  /** The contact of the conversation is in front, where there is no room for both. */
  readonly contact: boolean;
};

export const home: Place = { inboxId: null, conversationId: null, contact: false };

const pattern = /^#(?:\/inbox\/([0-9a-f-]{36}))?(?:\/conversation\/([0-9a-f-]{36})(\/contact)?)?\/?$/;

/** Reads an address's fragment; what is not a place of ours is home. */
export function placeOf(hash: string): Place {
  const match = pattern.exec(hash);
  return match
    ? { inboxId: match[1] ?? null, conversationId: match[2] ?? null, contact: match[3] !== undefined }
    : home;
}

/** The fragment that leads back to the place, `#/` for home. */
export function hashOf({ inboxId, conversationId, contact }: Place): string {
  const inbox = inboxId ? `/inbox/${inboxId}` : '';
  const conversation = conversationId ? `/conversation/${conversationId}${contact ? '/contact' : ''}` : '';
  return `#${inbox}${conversation}` === '#' ? '#/' : `#${inbox}${conversation}`;
}

/** How many panels deep: the list 0, a conversation 1, its contact 2. */
export function depthOf({ conversationId, contact }: Place): number {
  return conversationId ? (contact ? 2 : 1) : 0;
}

/** One panel back. */
export function parentOf(place: Place): Place {
  return place.contact ? { ...place, contact: false } : { ...place, conversationId: null };
}
