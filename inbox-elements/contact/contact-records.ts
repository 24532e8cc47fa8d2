import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { RequestError } from '../../shared/client/client.ts';
import { leadStatus, lifecycle } from '../../shared/contract/contact.ts';
import type { Contact, LeadStatus, Lifecycle } from '../../shared/contract/contact.ts';
import type { FormField, PropertyValue } from '../../shared/contract/form.ts';
import type { CommandInput } from '../../shared/contract/catalogue.ts';
import type { Directory } from '../../shared/state/directory.ts';

type Changes = Omit<CommandInput<'contact.update'>, 'contactId'>;
type Change = (changes: Changes) => Promise<unknown>;

/** How far they have come, how selling stands, and who looks after them: chosen where they stand. */
export function salesRecords(contact: Contact, directory: Directory | null, change: Change): TemplateResult {
  const none = ['', msg('None')] as const;
  const teammates = [...(directory?.teammates.values() ?? [])].map(({ id, name }) => [id, name] as const);
  const owner = contact.ownerId ?? '';
  // Somebody who is not on the team any more.
  const gone = owner && !teammates.some(([id]) => id === owner) ? [[owner, msg('Somebody who has left')] as const] : [];
  return html`<parlour-contact-choice
      name="lifecycle"
      label=${msg('Lifecycle stage')}
      .value=${contact.lifecycle}
      .choices=${lifecycle.options.map((stage) => [stage, lifecycleText(stage)] as const)}
      .save=${(value: string | null) => change({ lifecycle: (value ?? 'visitor') as Lifecycle })}
    ></parlour-contact-choice>
    <parlour-contact-choice
      name="leadStatus"
      label=${msg('Lead status')}
      .value=${contact.leadStatus ?? ''}
      .choices=${[none, ...leadStatus.options.map((status) => [status, leadStatusText(status)] as const)]}
      .save=${(value: string | null) => change({ leadStatus: value as LeadStatus | null })}
    ></parlour-contact-choice>
    <parlour-contact-choice
      name="ownerId"
      label=${msg('Owner')}
      .value=${owner}
      .choices=${[['', msg('Nobody')] as const, ...gone, ...teammates]}
      .save=${(value: string | null) => change({ ownerId: value })}
    ></parlour-contact-choice>`;
}

/** What forms ask for beside name, email and phone, and what else is known: edited where it stands. */
export function propertyRecords(
  contact: Contact,
  directory: Directory | null,
  change: Change,
): TemplateResult | typeof nothing {
  const asked = askedFor(directory);
  const keys = [...new Set([...asked.keys(), ...Object.keys(contact.properties)])];
  if (keys.length === 0) return nothing;
  return html`${repeat(
    keys,
    (key) => key,
    (key) => {
      const save = (value: PropertyValue | null) => change({ properties: { [key]: value } });
      return propertyRecord(key, contact.properties[key], asked.get(key), save);
    },
  )}`;
}

/** The questions of every inbox's forms that no field of a contact answers, by their keys. */
function askedFor(directory: Directory | null): Map<string, FormField> {
  const fields = [...(directory?.inboxes.values() ?? [])].flatMap(({ preChat, offHours }) => [
    ...(preChat?.fields ?? []),
    ...(offHours.mode === 'form' ? offHours.form.fields : []),
  ]);
  const own = fields.filter(({ key }) => !['name', 'email', 'phone'].includes(key));
  return new Map(own.map((field) => [field.key, field]));
}

function propertyRecord(
  key: string,
  value: PropertyValue | undefined,
  asked: FormField | undefined,
  save: (value: PropertyValue | null) => Promise<unknown>,
): TemplateResult {
  const label = asked?.label || key.replaceAll('_', ' ');
  const kind = typeof value === 'boolean' ? 'checkbox' : typeof value === 'number' ? 'number' : asked?.kind;
  if (kind === 'checkbox') {
    const choices = [['', msg('Unknown')] as const, ['true', msg('Yes')] as const, ['false', msg('No')] as const];
    return html`<parlour-contact-choice
      name=${key}
      label=${label}
      .value=${value === undefined ? '' : String(value)}
      .choices=${choices}
      .save=${(chosen: string | null) => save(chosen === null ? null : chosen === 'true')}
    ></parlour-contact-choice>`;
  }
  if (kind === 'choice' && asked?.options) {
    const held = value === undefined || asked.options.includes(String(value)) ? [] : [String(value)];
    return html`<parlour-contact-choice
      name=${key}
      label=${label}
      .value=${value === undefined ? '' : String(value)}
      .choices=${[['', msg('None')] as const, ...[...held, ...asked.options].map((one) => [one, one] as const)]}
      .save=${save}
    ></parlour-contact-choice>`;
  }
  return html`<div class="labelled">
    <span dir="auto" aria-hidden="true">${label}</span>
    <parlour-contact-field
      name=${key}
      label=${label}
      placeholder=${msg('Add')}
      ?lines=${kind !== 'number'}
      .value=${value === undefined ? null : String(value)}
      .save=${(typed: string | null) => save(typed === null || kind !== 'number' ? typed : numberFrom(typed))}
    ></parlour-contact-field>
  </div>`;
}

function numberFrom(typed: string): number {
  const value = Number(typed);
  if (Number.isFinite(value)) return value;
  throw new RequestError({ code: 'invalid', message: msg('This must be a number, such as 12 or 1.5.') });
}

export function lifecycleText(stage: Lifecycle): string {
  const words: Record<Lifecycle, string> = {
    visitor: msg('Visitor'),
    lead: msg('Lead'),
    qualified: msg('Qualified'),
    customer: msg('Customer'),
    former: msg('Former customer'),
  };
  return words[stage];
}

function leadStatusText(status: LeadStatus): string {
  const words: Record<LeadStatus, string> = {
    new: msg('New'),
    attempted: msg('Attempted to reach'),
    connected: msg('Connected'),
    'in-progress': msg('In progress'),
    unqualified: msg('Unqualified'),
    'bad-timing': msg('Bad timing'),
  };
  return words[status];
}
