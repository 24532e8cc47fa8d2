import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { RequestError } from '../../shared/client/client.ts';
import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { Contact } from '../../shared/contract/contact.ts';
import { avatar, avatarStyles } from '../../shared/ui/avatar.ts';
import { buttons, fields, focusRing, reset, scrollbars, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { chevronRightIcon, closeIcon } from '../../shared/ui/icons.ts';
import { dateTimeText } from '../../shared/ui/time.ts';
import { tokens } from '../tokens.ts';
import { contactLabel, portraitOf } from './contact-label.ts';
import { mergeStyles } from './merge-styles.ts';

/** So long after the last key the search is asked for. */
const searchDelayMs = 200;

/**
 * Merges another contact into one: search, say what will happen, do it.
 *
 * @tag parlour-merge-dialog
 * @summary A dialog that makes one contact of two.
 * @csspart dialog - The dialog.
 */
export class MergeDialog extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    buttons,
    fields,
    scrollbars,
    iconStyles,
    avatarStyles,
    mergeStyles,
  ];

  /** The one that stays. */
  @property({ attribute: false }) contact: Contact | null = null;
  @property({ attribute: false }) client: WorkspaceClient | null = null;

  @state() private found: readonly Contact[] | null = null;
  @state() private source: Contact | null = null;
  @state() private error: string | null = null;
  @state() private merging = false;
  @state() private isOpen = false;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('input') private field!: HTMLInputElement | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  async open(): Promise<void> {
    this.found = null;
    this.source = null;
    this.error = null;
    this.isOpen = true;
    await this.updateComplete;
    this.dialog.showModal();
    this.field?.focus();
    void this.#search();
  }

  async #search(): Promise<void> {
    const { client } = this;
    const search = this.field?.value.trim() ?? '';
    if (!client) return;
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const page = await client.query('contact.list', { limit: 20, ...(search ? { search } : {}) });
      if (turn !== this.#turn) return;
      this.found = page.contacts.filter(({ id }) => id !== this.contact?.id);
      this.error = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      if (!(error instanceof RequestError)) throw error;
      this.error = error.message;
    }
  }

  #typed = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(), searchDelayMs);
  };

  async #choose(source: Contact | null): Promise<void> {
    this.source = source;
    this.error = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(source ? '.confirm' : 'input')?.focus();
  }

  async #merge(): Promise<void> {
    const { client, contact, source } = this;
    if (!client || !contact || !source || this.merging) return;
    this.merging = true;
    this.error = null;
    try {
      await client.execute('contact.merge', { contactId: contact.id, sourceId: source.id });
      this.dialog.close();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.error = error.message;
    } finally {
      this.merging = false;
    }
  }

  protected override render(): TemplateResult {
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      @close=${() => {
        this.isOpen = false;
      }}
    >
      ${this.isOpen && this.contact ? this.#content(this.contact) : nothing}
    </dialog>`;
  }

  #content(contact: Contact): TemplateResult {
    const name = contactLabel(contact, contact.id);
    return html`<div class="head">
        <h2 id="title">${msg(str`Merge into ${name}`)}</h2>
        <button class="icon-button" type="button" aria-label=${msg('Close')} @click=${() => this.dialog.close()}>
          ${icon(closeIcon)}
        </button>
      </div>
      ${this.source ? this.#summary(contact, this.source) : this.#searching()}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}`;
  }

  #searching(): TemplateResult {
    const { found } = this;
    return html`<div class="search">
        <input
          class="input"
          type="search"
          aria-label=${msg('Search contacts')}
          placeholder=${msg('Name, email or phone')}
          autocomplete="off"
          @input=${this.#typed}
        />
      </div>
      <ul class="found scroll" aria-label=${msg('Contacts')} aria-busy=${found ? 'false' : 'true'}>
        ${found?.map((contact) => this.#row(contact))}
      </ul>
      <p class="state" role="status">
        ${found === null ? msg('Searching…') : found.length === 0 ? msg('No other contact found') : nothing}
      </p>`;
  }

  #row(contact: Contact): TemplateResult {
    return html`<li>
      <button class="choice focus-inside" type="button" @click=${() => void this.#choose(contact)}>
        ${portrait(contact)}
        <span class="words"><span class="name" dir="auto">${contactLabel(contact, contact.id)}</span>${facts(contact)}</span>
        ${icon(chevronRightIcon, { size: 16, directional: true })}
      </button>
    </li>`;
  }

  #summary(contact: Contact, source: Contact): TemplateResult {
    const name = contactLabel(contact, contact.id);
    const other = contactLabel(source, source.id);
    const filled = [
      contact.name === null && source.name ? msg(str`Name: ${source.name}`) : null,
      contact.email === null && source.email ? msg(str`Email: ${source.email}`) : null,
      contact.phone === null && source.phone ? msg(str`Phone: ${source.phone}`) : null,
    ].filter((line) => line !== null);
    return html`<div class="summary">
        <div class="pair">
          <span class="one">${portrait(source)}<span class="name">${other}</span>${facts(source)}</span>
          ${icon(chevronRightIcon, { directional: true })}
          <span class="one">${portrait(contact)}<span class="name">${name}</span>${facts(contact)}</span>
        </div>
        <ul class="effects">
          <li>${msg(str`All conversations of ${other} move to ${name}.`)}</li>
          <li>
            ${
              filled.length > 0
                ? msg(str`What ${name} lacks is filled in – ${filled.join(', ')}`)
                : msg(str`What is known of ${name} stays as it is.`)
            }
          </li>
          <li>${msg(str`${other} is then gone. This cannot be undone.`)}</li>
        </ul>
      </div>
      <div class="foot">
        <button class="button" type="button" @click=${() => void this.#choose(null)}>${msg('Back')}</button>
        <button
          class="button danger confirm"
          type="button"
          aria-disabled=${this.merging ? 'true' : 'false'}
          @click=${() => void this.#merge()}
        >
          ${msg('Merge')}
        </button>
      </div>`;
  }
}

function portrait(contact: Contact): TemplateResult {
  return avatar({ name: portraitOf(contact), seed: contact.id, size: 32 });
}

function facts(contact: Contact): TemplateResult {
  const known = [contact.name ? contact.email : null, contact.name || contact.email ? contact.phone : null].filter(
    Boolean,
  );
  const words = known.length > 0 ? known.join(' · ') : msg(str`First seen ${dateTimeText(contact.createdAt)}`);
  return html`<span class="facts">${words}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-merge-dialog': MergeDialog;
  }
}
