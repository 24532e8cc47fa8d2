import type { Contact } from '../contract/contact.ts';

type Known = Pick<Contact, 'name' | 'email' | 'phone'>;

/** What a contact goes by: their name, else how they are reached; `null` for a visitor of whom nothing is known. */
export function knownName(contact: Known | null | undefined): string | null {
  return contact?.name ?? contact?.email ?? contact?.phone ?? null;
}

/** Four characters that tell one unnamed visitor from another: the end of the id, since its beginning is only a time. */
export function visitorCode(contactId: string): string {
  return contactId.slice(-4).toUpperCase();
}
