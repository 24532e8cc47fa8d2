import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { consume } from '@lit/context';
import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import type { CommandInput } from '../../shared/contract/catalogue.ts';
import type { Contact } from '../../shared/contract/contact.ts';
import type { Conversation } from '../../shared/contract/conversation.ts';
import type { Directory } from '../../shared/state/directory.ts';
import { avatar, avatarStyles } from '../../shared/ui/avatar.ts';
import { buttons, focusRing, reset, scrollbars, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { closedIcon, mailIcon, openIcon, phoneIcon, snoozeIcon, userIcon, usersIcon } from '../../shared/ui/icons.ts';
import { clockText, dayText, fullText, relativeText } from '../../shared/ui/time.ts';
import { tokens } from '../tokens.ts';
import { directoryContext } from '../context/directory-context.ts';
import { MinuteClock } from '../context/minute-clock.ts';
import { failure, missingConversation, placeholder } from '../conversation/conversation-states.ts';
import { namesIn } from '../conversation/names.ts';
import { ConversationSelectEvent } from '../inbox/conversation-select-event.ts';
import { panelStyles } from '../inbox/panel-styles.ts';
import type { ContactField, SaveField } from './contact-field.ts';
import { ContactFeed } from './contact-feed.ts';
import { contactFacts } from './contact-facts.ts';
import { contactLabel, portraitOf } from './contact-label.ts';
import { propertyRecords, salesRecords } from './contact-records.ts';
import { contactStyles } from './contact-styles.ts';
import type { MergeDialog } from './merge-dialog.ts';
import { timelineDays } from './timeline-text.ts';
import type { TimelineRun } from './timeline-text.ts';

type Editable = 'name' | 'email' | 'phone';

/**
 * Who a conversation is with: what is known of them, editable in place; their other conversations; what happened so far.
 *
 * @tag parlour-contact
 * @summary A contact's details, conversations and timeline.
 * @slot details - After the built-in details: facts of your own.
 * @slot empty - Instead of the words shown when no contact is named.
 * @fires {ConversationSelectEvent} parlour-select - One of the contact's conversations was chosen.
 * @csspart portrait - The portrait and the name.
 * @csspart details - What is known.
 * @csspart field - A fact that can be edited.
 * @csspart property - A fact that the page said about the conversation.
 * @csspart merge - The button that merges.
 * @csspart conversations - The contact's conversations.
 * @csspart conversation - One of them.
 * @csspart timeline - What happened.
 * @csspart timeline-day - The day above its entries.
 * @csspart entry - One entry of it.
 * @csspart empty - What stands where there is no contact to show.
 * @csspart error - What stands where it could not be fetched.
 * @cssstate gone - There is no such contact, or no such conversation.
 */
export class ContactElement extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    buttons,
    scrollbars,
    iconStyles,
    avatarStyles,
    panelStyles,
    contactStyles,
  ];

  /** The contact to show; wins over `conversation-id`. */
  @property({ attribute: 'contact-id', reflect: true }) contactId: string | null = null;
  /** A conversation whose contact is shown. */
  @property({ attribute: 'conversation-id', reflect: true }) conversationId: string | null = null;

  @consume({ context: directoryContext, subscribe: true })
  @state()
  private directory: Directory | null = null;
  @query('parlour-merge-dialog') private dialog!: MergeDialog | null;

  readonly #feed = new ContactFeed(this);
  readonly #clock = new MinuteClock(this);
  readonly #internals = this.attachInternals();
  #shownId: string | null = null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override willUpdate(): void {
    this.#feed.show(this.contactId || null, this.conversationId || null);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    if (this.#feed.state === 'gone') this.#internals.states.add('gone');
    else this.#internals.states.delete('gone');
    const id = this.#feed.contact?.id ?? null;
    if (id === this.#shownId) return;
    this.#shownId = id;
    for (const field of this.renderRoot.querySelectorAll<ContactField>('parlour-contact-field')) field.reset();
  }

  #change({ id: contactId }: Contact) {
    return (changes: Omit<CommandInput<'contact.update'>, 'contactId'>): Promise<unknown> =>
      this.#feed.client?.execute('contact.update', { ...changes, contactId }) ?? Promise.resolve();
  }

  #saving(contact: Contact, field: Editable): SaveField {
    return (value) => this.#change(contact)({ [field]: value });
  }

  protected override render(): TemplateResult {
    const { contact, state: loading, error } = this.#feed;
    if (!this.contactId && !this.conversationId) {
      return html`<slot name="empty">
        ${placeholder(userIcon, msg('No contact chosen'), msg('Choose a conversation to see who it is with.'))}
      </slot>`;
    }
    if (contact) return this.#shown(contact);
    if (loading === 'gone') {
      if (!this.contactId) return missingConversation();
      return placeholder(
        userIcon,
        msg('This contact is not here'),
        msg('They may have been merged into another contact, or removed.'),
      );
    }
    if (loading === 'error') {
      return failure(msg('The contact could not be loaded'), error ?? '', () => this.#feed.retry());
    }
    return skeleton();
  }

  #shown(contact: Contact): TemplateResult {
    return html`<div class="scroll all">
        <div class="portrait" part="portrait">
          ${avatar({ name: portraitOf(contact), seed: contact.id, size: 64 })}
          <h3 class="visually-hidden">${contactLabel(contact, contact.id)}</h3>
          ${this.#field(contact, 'name', { label: msg('Name'), placeholder: contactLabel(contact, contact.id) })}
        </div>
        <section class="block" part="details">
          ${this.#field(contact, 'email', { label: msg('Email'), placeholder: msg('Add an email'), outline: mailIcon })}
          ${this.#field(contact, 'phone', { label: msg('Phone'), placeholder: msg('Add a phone number'), outline: phoneIcon })}
          <div class="records">
            ${salesRecords(contact, this.directory, this.#change(contact))}
            ${propertyRecords(contact, this.directory, this.#change(contact))}
          </div>
          ${contactFacts(contact, this.#feed.conversation, this.directory, this.#clock.now)}
          <slot name="details"></slot>
          <button class="button small merge" part="merge" type="button" @click=${() => void this.dialog?.open()}>
            ${icon(usersIcon, { size: 16 })}${msg('Merge with another contact…')}
          </button>
        </section>
        ${this.#conversations()} ${this.#timeline(contact)}
      </div>
      <parlour-merge-dialog .contact=${contact} .client=${this.#feed.client}></parlour-merge-dialog>`;
  }

  #field(
    contact: Contact,
    name: Editable,
    looks: { label: string; placeholder: string; outline?: string },
  ): TemplateResult {
    const types = { name: 'text', email: 'email', phone: 'tel' } as const;
    return html`<parlour-contact-field
      part="field"
      ?large=${name === 'name'}
      name=${name}
      type=${types[name]}
      label=${looks.label}
      placeholder=${looks.placeholder}
      .outline=${looks.outline ?? null}
      .value=${contact[name]}
      .save=${this.#saving(contact, name)}
    ></parlour-contact-field>`;
  }

  #conversations(): TemplateResult {
    const conversations = this.#feed.conversations.filter(({ id }) => id !== this.#feed.conversation?.id);
    return html`<section class="block" part="conversations">
      <h3 class="title">${this.#feed.conversation ? msg('Other conversations') : msg('Conversations')}</h3>
      ${
        conversations.length === 0
          ? html`<p class="none">${this.#feed.conversation ? msg('This is their only one.') : msg('None yet.')}</p>`
          : html`<ul>
            ${conversations.map((conversation) => this.#conversation(conversation))}
          </ul>`
      }
      ${
        this.#feed.moreConversations
          ? html`<button class="button small quiet" type="button" @click=${() => void this.#feed.olderConversations()}>
            ${msg('Show older')}
          </button>`
          : nothing
      }
    </section>`;
  }

  #conversation({ id, status, lastMessage }: Conversation): TemplateResult {
    const looks = {
      open: [openIcon, msg('Open')],
      pending: [openIcon, msg('Pending')],
      snoozed: [snoozeIcon, msg('Snoozed')],
      resolved: [closedIcon, msg('Resolved')],
      closed: [closedIcon, msg('Closed')],
    } as const;
    const [outline, label] = looks[status];
    return html`<li>
      <button
        class="conversation focus-inside ${status}"
        part="conversation"
        type="button"
        @click=${() => this.dispatchEvent(new ConversationSelectEvent(id))}
      >
        ${icon(outline, { size: 16 })}<span class="visually-hidden">${label}:</span>
        <span class="preview" dir="auto">${lastMessage.preview}</span>
        <time datetime=${lastMessage.at}>${relativeText(lastMessage.at, this.#clock.now)}</time>
      </button>
    </li>`;
  }

  #timeline(contact: Contact): TemplateResult {
    const { entries, nextEntries, loadingEntries } = this.#feed;
    const names = namesIn(this.directory, contactLabel(contact, contact.id), null);
    return html`<section class="block" part="timeline">
      <h3 class="title">${msg('Timeline')}</h3>
      ${
        entries.length === 0
          ? html`<p class="none">${msg('Nothing has happened yet.')}</p>`
          : timelineDays(entries, names, nextEntries !== null).map(
              ({
                runs,
              }) => html`<h4 class="day" part="timeline-day"><bdi>${dayText(runs[0]!.newest.at, this.#clock.now)}</bdi></h4>
                <ol class="entries">
                  ${runs.map(timelineRow)}
                </ol>`,
            )
      }
      ${
        nextEntries === null
          ? nothing
          : html`<button
            class="button small quiet"
            type="button"
            aria-disabled=${loadingEntries ? 'true' : 'false'}
            @click=${() => void this.#feed.moreEntries()}
          >
            ${msg('Show older')}
          </button>`
      }
    </section>`;
  }
}

function timelineRow({ newest, oldest, text, times, mayGoOn }: TimelineRun): TemplateResult {
  const when = newest === oldest ? fullText(newest.at) : msg(str`${fullText(oldest.at)} to ${fullText(newest.at)}`);
  return html`<li class="entry" part="entry">
    <span
      ><bdi>${text}</bdi>${
        times > 1
          ? html` <span class="times" aria-hidden="true">${mayGoOn ? msg(str`×${times} or more`) : `×${times}`}</span
            ><span class="visually-hidden">${mayGoOn ? msg(str`(${times} times or more)`) : msg(str`(${times} times)`)}</span>`
          : nothing
      }</span
    >
    <time datetime=${newest.at} title=${when}>${clockText(newest.at)}</time>
  </li>`;
}

function skeleton(): TemplateResult {
  return html`<div class="skeleton" aria-busy="true">
    <p class="visually-hidden" role="status">${msg('Loading the contact…')}</p>
    <span class="bone round"></span><span class="bone"></span><span class="bone long"></span><span class="bone long"></span>
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-contact': ContactElement;
  }
}
