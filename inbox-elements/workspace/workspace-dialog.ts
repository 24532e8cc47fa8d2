import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { buttons, focusRing, reset } from '../../shared/ui/base-styles.ts';
import { define } from '../../shared/ui/define.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { closeIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import type { Settings } from '../settings/settings.ts';
import { SettingsPageEvent } from '../settings/settings-page-event.ts';
import { dialogStyles } from './dialog-styles.ts';

type Content = 'settings' | 'snippet';

/**
 * What stands in front of the workspace: settings, or how to install the widget. A part of <parlour-workspace>.
 *
 * @tag parlour-workspace-dialog
 * @summary The workspace's dialog. Settings are loaded when they are first opened.
 * @csspart dialog - The dialog.
 */
export class WorkspaceDialog extends LitElement {
  static override styles = [tokens, reset, focusRing, buttons, iconStyles, dialogStyles];

  /** The page of the settings that is wanted, by its key; `null`: none. */
  @property({ attribute: false }) page: string | null = null;

  /** The page that the settings were opened at; they go on from there by themselves. */
  #opened = '';
  #shown = false;
  @state() private content: Content | null = null;
  @state() private loading: 'no' | 'busy' | 'failed' = 'no';
  @query('dialog') private dialog!: HTMLDialogElement;
  /** Its methods are there once its module is. */
  @query('parlour-settings') private settings!: Partial<Settings> | null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('page')) void this.#follow();
  }

  /** Shows how to install the widget. */
  async open(): Promise<void> {
    await this.#show('snippet');
  }

  async #show(content: Content): Promise<void> {
    this.content = content;
    await this.updateComplete;
    if (this.isConnected && this.content === content && !this.dialog.open) this.dialog.showModal();
    this.#shown = this.dialog.open;
  }

  /** Whoever stays for what is not saved is where they were, and says so. */
  async #follow(): Promise<void> {
    const { page } = this;
    if (page === null) {
      if (this.content === 'settings' && !(await this.#close())) this.#tell(this.settings?.page ?? null);
      return;
    }
    if (this.content === 'settings') return this.settings?.show?.(page);
    this.#opened = page;
    void this.#load();
    await this.#show('settings');
  }

  #tell(page: string | null): void {
    this.dispatchEvent(new SettingsPageEvent(page));
  }

  async #load(): Promise<void> {
    this.loading = 'busy';
    try {
      const { settingsElements } = await import('../settings/settings-elements.ts');
      define(settingsElements);
      this.loading = 'no';
    } catch {
      // The line is down, or the server was updated and this file is gone: both are said below.
      this.loading = 'failed';
    }
  }

  /** At once where we close it, and later once more by its event, which is not to close what was opened since. */
  #closed = (): void => {
    if (!this.#shown || this.dialog.open) return;
    this.#shown = false;
    const was = this.content;
    this.content = null;
    if (was === 'settings') this.#tell(null);
  };

  #clicked = (event: Event): void => {
    // The dialog itself is only hit beside its box: that is the backdrop.
    if (event.target === this.dialog) void this.#close();
  };

  #cancelled = (event: Event): void => {
    if (event.target !== this.dialog || !this.settings?.unsaved) return;
    event.preventDefault();
    void this.#close();
  };

  /** Settings that are not saved are asked about first. */
  #close = async (): Promise<boolean> => {
    const may = (await this.settings?.mayLeave?.()) ?? true;
    if (may) this.dialog.close();
    if (may && !this.#shown) this.content = null;
    this.#closed();
    return may;
  };

  protected override render(): TemplateResult {
    const settings = this.content === 'settings';
    return html`<dialog
      class=${settings ? 'large' : ''}
      part="dialog"
      aria-labelledby="title"
      @close=${this.#closed}
      @cancel=${this.#cancelled}
      @click=${this.#clicked}
    >
      <div class="box">
        <header>
          <h2 id="title">${settings ? msg('Settings') : msg('Install the widget')}</h2>
          <button
            class="icon-button"
            type="button"
            aria-label=${msg('Close')}
            @click=${this.#close}
          >
            ${icon(closeIcon)}
          </button>
        </header>
        <div class="body">${this.content ? this.#body(settings) : nothing}</div>
      </div>
    </dialog>`;
  }

  #body(settings: boolean): TemplateResult {
    if (!settings) {
      return html`<p class="lead">${msg('One line on your site is all it takes. It loads after your page and never holds it up.')}</p>
        <parlour-snippet></parlour-snippet>`;
    }
    if (this.loading === 'failed') {
      return html`<div class="failed" role="alert">
        <p>${msg('The settings could not be loaded. Check your connection; if the server was just updated, reload the page.')}</p>
        <button class="button" type="button" @click=${() => location.reload()}>${msg('Reload the page')}</button>
      </div>`;
    }
    return html`<parlour-settings .page=${this.#opened} aria-busy=${this.loading === 'busy'}></parlour-settings>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-workspace-dialog': WorkspaceDialog;
  }
}
