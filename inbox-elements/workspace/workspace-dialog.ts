import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { buttons, focusRing, reset } from '../../shared/ui/base-styles.ts';
import { define } from '../../shared/ui/define.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { closeIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../../shared/ui/tokens.ts';
import type { Settings } from '../settings/settings.ts';
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

  @state() private content: Content | null = null;
  @state() private loading: 'no' | 'busy' | 'failed' = 'no';
  @query('dialog') private dialog!: HTMLDialogElement;
  /** Its methods are there once its module is. */
  @query('parlour-settings') private settings!: Partial<Settings> | null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  async open(content: Content): Promise<void> {
    this.content = content;
    if (content === 'settings') void this.#load();
    await this.updateComplete;
    if (this.isConnected && !this.dialog.open) this.dialog.showModal();
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

  #closed = (): void => {
    this.content = null;
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
  #close = async (): Promise<void> => {
    if ((await this.settings?.mayLeave?.()) ?? true) this.dialog.close();
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
    return html`<parlour-settings aria-busy=${this.loading === 'busy'}></parlour-settings>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-workspace-dialog': WorkspaceDialog;
  }
}
