import { consume } from '@lit/context';
import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Directory } from '../../shared/state/directory.ts';
import { buttons, fields, focusRing, reset, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { externalIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { directoryContext } from '../context/directory-context.ts';
import { CopyButton } from './copy-button.ts';
import { snippetStyles } from './snippet-styles.ts';

/**
 * The one line that puts the chat on a site, ready to copy, and a link to try it; and the address of the chat's own page, for those
 * who have no site to put it on.
 *
 * @tag parlour-snippet
 * @summary The embed snippet of a channel.
 * @csspart code - The snippet.
 * @csspart copy - A copy button.
 * @csspart try - The link to the demo site.
 * @csspart link - The link to the chat's own page.
 */
export class EmbedSnippet extends LitElement {
  static override styles = [tokens, reset, focusRing, visuallyHidden, buttons, fields, iconStyles, snippetStyles];

  /** Which channel; the first one when left out, with a choice where there are several. */
  @property({ attribute: 'channel-id' }) channelId: string | null = null;

  @consume({ context: directoryContext, subscribe: true })
  @state()
  private directory: Directory | null = null;
  @state() private chosenId: string | null = null;

  readonly #copy = new CopyButton(this);

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { directory } = this;
    if (!directory) return html`<div class="bone" aria-busy="true"></div>`;
    const channels = [...directory.channels.values()];
    const wanted = this.channelId ?? this.chosenId;
    const channel = channels.find(({ id }) => id === wanted) ?? (this.channelId ? undefined : channels[0]);
    if (!channel) return html`<p class="none">${msg('No chat channel is connected to your inboxes yet.')}</p>`;
    const code = `<script async src="${directory.publicUrl}/widget.js?channel=${channel.key}"></script>`;
    return html`
      ${this.channelId || channels.length < 2 ? nothing : this.#choice(channels, channel)}
      <div class="snippet">
        <pre class="code" part="code" tabindex="0" role="region" aria-label=${msg('Embed snippet')}><code>${code}</code></pre>
        ${this.#copy.render(code, 'code', 'primary')}
      </div>
      <p class="note">
        ${msg('Paste it into the <head> of every page that should have the chat.')}
        <a part="try" href="${directory.publicUrl}/demo/?channel=${channel.key}" target="_blank" rel="noopener"
          >${msg('Try it on the demo shop')}${icon(externalIcon, { size: 14 })}<span class="visually-hidden"
            >${msg('(opens a new window)')}</span
          ></a
        >
      </p>
      ${this.#link(`${directory.publicUrl}/chat/${channel.key}`)}
    `;
  }

  #link(address: string): TemplateResult {
    return html`<div class="share" role="group" aria-labelledby="share" aria-describedby="share-hint">
      <p class="share-words">
        <span class="label" id="share">${msg('Link to share')}</span>
        <span class="hint" id="share-hint">${msg('Opens the chat as a page of its own.')}</span>
      </p>
      <div class="snippet">
        <a class="code" part="link" href=${address} target="_blank" rel="noopener">${address}</a>
        ${this.#copy.render(address, '[part="link"]')}
      </div>
    </div>`;
  }

  #choice(channels: readonly Channel[], chosen: Channel): TemplateResult {
    return html`<label class="field">
      <span class="label">${msg('Channel')}</span>
      <select
        class="input"
        @change=${(event: Event) => (this.chosenId = (event.target as HTMLSelectElement).value)}
      >
        ${channels.map(({ id, name }) => html`<option value=${id} ?selected=${id === chosen.id}>${name}</option>`)}
      </select>
    </label>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-snippet': EmbedSnippet;
  }
}
