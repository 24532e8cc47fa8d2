import { msg, str } from '@lit/localize';
import type { Contact } from '../../shared/contract/contact.ts';
import { knownName, visitorCode } from '../../shared/state/contact-name.ts';

/** What a contact's initials are taken from: of an address what stands before the @, as the rest says nothing of the person. */
export function portraitOf(contact: Contact | null | undefined): string | null {
  return contact?.name ?? contact?.email?.replace(/@.*/, '') ?? null;
}

/** What teammates call a contact: the name, else the email or phone, else "Visitor 4F2A". */
export function contactLabel(contact: Contact | null | undefined, contactId: string): string {
  return knownName(contact) ?? msg(str`Visitor ${visitorCode(contactId)}`);
}
