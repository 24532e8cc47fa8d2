import { consume } from '@lit/context';
import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { administeredInboxes, type Directory } from '../../shared/state/directory.ts';
import { focusRing, reset, scrollbars } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { globeIcon, inboxIcon, settingsIcon, userIcon, usersIcon, webChatIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { directoryContext } from '../context/directory-context.ts';
import { SettingsPageEvent } from './settings-page-event.ts';
import { settingsStyles } from './settings-styles.ts';
import type { LeaveEvent, UnsavedDialog } from './unsaved-dialog.ts';

/** Here rather than with the others, which come before there are settings. */
const keyIcon = 'M3.4 13.2a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0M9.3 10.7 16.2 3.8M13 7l2.4 2.4';

type Page = { key: string; label: string; outline: string; content: () => TemplateResult };

/**
 * The workspace's settings, for its owner and admins, an inbox's for its admins too, and everybody's own account. Stands in a session.
 *
 * @tag parlour-settings
 * @summary One's own account; for the admins of an inbox that inbox; for owner and admins workspace, inboxes, channels, teammates, API keys and embedding.
 * @csspart tabs - The pages.
 * @csspart page - The page shown.
 */
export class Settings extends LitElement {
  static override styles = [tokens, reset, focusRing, scrollbars, iconStyles, settingsStyles];

  /** The page shown, by its key; where there is no such page, or not for this teammate, the one that is there for them. */
  @property({ reflect: true }) page = 'inboxes';

  @consume({ context: directoryContext, subscribe: true })
  @state()
  private directory: Directory | null = null;
  @query('parlour-unsaved-dialog') private question!: UnsavedDialog;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('beforeunload', this.#unloading);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('beforeunload', this.#unloading);
  }

  /** Whether something on the page shown is not saved. */
  get unsaved(): boolean {
    const page = this.renderRoot.querySelector('.page')?.firstElementChild as { unsaved?: boolean } | null | undefined;
    return page?.unsaved ?? false;
  }

  /** Whether the settings may go: asks where something is not saved. */
  mayLeave(): Promise<boolean> {
    return this.unsaved ? this.question.ask() : Promise.resolve(true);
  }

  #unloading = (event: BeforeUnloadEvent): void => {
    if (this.unsaved) event.preventDefault();
  };

  /** A question about what has been saved meanwhile would only confuse. */
  #allSaved = (): void => this.question.withdraw();

  #leaving = (event: LeaveEvent): void => {
    event.stopPropagation();
    event.answer = this.question.ask();
  };

  protected override willUpdate(): void {
    const pages = this.#pages;
    if (pages.some(({ key }) => key === this.page)) return;
    this.page = (pages.find(({ key }) => key === 'inboxes') ?? pages[0]!).key;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('page')) return;
    this.#tell();
    // Where there is little room they are one line, longer than it.
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }

  /** Shows a page, unless the person stays for what is not saved. */
  async show(key: string): Promise<void> {
    if (key === this.page) return;
    if (await this.mayLeave()) this.page = key;
    else this.#tell();
    await this.updateComplete;
  }

  #tell(): void {
    this.dispatchEvent(new SettingsPageEvent(this.page));
  }

  #asked = (event: SettingsPageEvent): void => {
    event.stopPropagation();
    if (event.page !== null) void this.show(event.page);
  };

  get #pages(): Page[] {
    const account = {
      key: 'account',
      label: msg('Account'),
      outline: userIcon,
      content: () => html`<parlour-account-settings></parlour-account-settings>`,
    };
    const inboxes = {
      key: 'inboxes',
      label: msg('Inboxes'),
      outline: inboxIcon,
      content: () => html`<parlour-inbox-settings></parlour-inbox-settings>`,
    };
    const { directory } = this;
    if (directory?.me.role === 'agent')
      return administeredInboxes(directory).length > 0 ? [account, inboxes] : [account];
    return [
      account,
      {
        key: 'general',
        label: msg('General'),
        outline: settingsIcon,
        content: () => html`<parlour-general-settings></parlour-general-settings>`,
      },
      inboxes,
      {
        key: 'channels',
        label: msg('Channels'),
        outline: webChatIcon,
        content: () => html`<parlour-channel-settings></parlour-channel-settings>`,
      },
      {
        key: 'teammates',
        label: msg('Teammates'),
        outline: usersIcon,
        content: () => html`<parlour-teammate-settings></parlour-teammate-settings>`,
      },
      {
        key: 'api-keys',
        label: msg('API keys'),
        outline: keyIcon,
        content: () => html`<parlour-api-key-settings></parlour-api-key-settings>`,
      },
      {
        key: 'embedding',
        label: msg('Embedding'),
        outline: globeIcon,
        content: () => html`<parlour-embedding-settings></parlour-embedding-settings>`,
      },
    ];
  }

  #keyed = (event: KeyboardEvent): void => {
    const keys = this.#pages.map(({ key }) => key);
    const index = keys.indexOf(this.page);
    const next = {
      ArrowDown: keys[(index + 1) % keys.length],
      ArrowRight: keys[(index + 1) % keys.length],
      ArrowUp: keys.at(index - 1),
      ArrowLeft: keys.at(index - 1),
      Home: keys[0],
      End: keys.at(-1),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    void this.show(next).then(() => {
      this.renderRoot.querySelector<HTMLElement>('[role="tab"][tabindex="0"]')?.focus();
    });
  };

  protected override render(): TemplateResult {
    const pages = this.#pages;
    const page = pages.find(({ key }) => key === this.page);
    return html`<div class="tabs" part="tabs" role="tablist" aria-label=${msg('Settings')} @keydown=${this.#keyed}>
        ${pages.map(
          ({ key, label, outline }) => html`<button
            class="tab focus-inside"
            type="button"
            role="tab"
            id="tab-${key}"
            aria-controls="page"
            aria-selected=${key === this.page}
            tabindex=${key === this.page ? 0 : -1}
            @click=${() => void this.show(key)}
          >
            ${icon(outline, { size: 18 })}${label}
          </button>`,
        )}
      </div>
      <div class="page scroll" part="page" id="page" role="tabpanel" tabindex="0" aria-labelledby="tab-${this.page}" @parlour-settings-page=${this.#asked} @parlour-leave=${this.#leaving} @parlour-all-saved=${this.#allSaved}>
        ${page?.content()}
      </div>
      <parlour-unsaved-dialog></parlour-unsaved-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-settings': Settings;
  }
}
