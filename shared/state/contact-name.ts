import type { Contact } from '../contract/contact.ts';

type Known = Pick<Contact, 'name' | 'email' | 'phone' | 'claimedEmail' | 'claimedPhone'>;

/** What a contact goes by: their name, else how they are reached, or say they are; `null` for a visitor of whom nothing is known. */
export function knownName(contact: Known | null | undefined): string | null {
  if (!contact) return null;
  return contact.name ?? contact.email ?? contact.phone ?? contact.claimedEmail ?? contact.claimedPhone;
}

/** Four characters that tell one unnamed visitor from another: the end of the id, since its beginning is only a time. */
export function visitorCode(contactId: string): string {
  return contactId.slice(-4).toUpperCase();
}
