import { msg, str } from '@lit/localize';
import type { Contact } from '../../shared/contract/contact.ts';
import { knownName, visitorCode } from '../../shared/state/contact-name.ts';

/** What teammates call a contact: the name, else the email or phone, else "Visitor 4F2A". */
export function contactLabel(contact: Contact | null | undefined, contactId: string): string {
  return knownName(contact) ?? msg(str`Visitor ${visitorCode(contactId)}`);
}
