import { consume } from '@lit/context';
import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { Inbox } from '../../shared/contract/inbox.ts';
import { administeredInboxes, type Directory } from '../../shared/state/directory.ts';
import { avatar, avatarStyles } from '../../shared/ui/avatar.ts';
import { buttons, focusRing, reset, scrollbars, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { chevronDownIcon, inboxIcon, settingsIcon, signOutIcon, userIcon, webChatIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { clientContext } from '../context/client-context.ts';
import { directoryContext } from '../context/directory-context.ts';
import { Submission } from '../form/submission.ts';
import { switchButton, switchStyles } from '../form/switch-button.ts';
import { returnFocus } from '../menu/return-focus.ts';
import type { Layout } from './layout-observer.ts';
import { railStyles } from './rail-styles.ts';
import type { Theme } from './theme.ts';
import { WorkspaceActionEvent } from './workspace-action-event.ts';
import type { WorkspaceAction } from './workspace-action-event.ts';

/** As wide as the styles make the menu, so that it can be kept within the window. */
const menuWidthPx = 288;

/**
 * The workspace's name and menu, its inboxes, and the teammate's own availability. A part of <parlour-workspace>.
 *
 * @tag parlour-workspace-rail
 * @summary The rail at the start of the workspace; a bar at its top on a phone.
 * @fires parlour-workspace-action - The teammate asks for another inbox, a theme, a dialog, or to leave.
 */
export class WorkspaceRail extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    buttons,
    scrollbars,
    iconStyles,
    avatarStyles,
    switchStyles,
    railStyles,
  ];

  @property({ reflect: true }) layout: Layout = 'wide';
  @property({ attribute: false }) inboxId: string | null = null;
  /** Of all inboxes. */
  @property({ attribute: false }) unread = 0;
  @property({ attribute: false }) unreadByInbox: Readonly<Record<string, number>> = {};
  @property({ attribute: false }) chosenTheme: Theme | null = null;
  /** Whether leaving is ours to offer: a session made by the host page is the host's to end. */
  @property({ type: Boolean, attribute: false }) canSignOut = false;

  @consume({ context: clientContext, subscribe: true })
  @state()
  private client: WorkspaceClient | null = null;
  @consume({ context: directoryContext, subscribe: true })
  @state()
  private directory: Directory | null = null;
  @query('.menu') private menu!: HTMLElement;

  readonly #availability = new Submission(this);
  /** What was pressed to open the menu, which is placed beside it. */
  #opener: HTMLElement | null = null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  #act(action: WorkspaceAction): void {
    this.menu.hidePopover();
    this.dispatchEvent(new WorkspaceActionEvent(action));
  }

  #toggleAvailability = async (): Promise<void> => {
    const { client, directory } = this;
    if (!client || !directory) return;
    const available = !directory.me.available;
    await this.#availability.run(null, () => client.execute('teammate.setAvailability', { available }));
  };

  #press = (event: Event): void => {
    this.#opener = event.currentTarget as HTMLElement;
  };

  /** Popovers stand in the top layer, so the menu is placed by hand: below its opener, above it in the lower half; what closes it gives its focus back. */
  #toggled = (event: ToggleEvent): void => {
    if (event.newState !== 'open') {
      // A dialog that the menu opens then gives it back to where it stands.
      return returnFocus(this.menu, this.#opener);
    }
    if (!this.#opener) return;
    const { top, bottom, left, right } = this.#opener.getBoundingClientRect();
    const { style } = this.menu;
    const above = top > innerHeight / 2;
    style.insetBlockStart = above ? 'auto' : `${bottom + 6}px`;
    style.insetBlockEnd = above ? `${innerHeight - top + 6}px` : 'auto';
    const width = document.documentElement.clientWidth;
    const fromStart = getComputedStyle(this).direction === 'rtl' ? width - right : left;
    style.insetInlineStart = `${Math.max(8, Math.min(fromStart, width - menuWidthPx - 8))}px`;
  };

  protected override render(): TemplateResult {
    const { directory } = this;
    const name = directory?.workspace.name ?? '';
    return html`
      <button
        class="workspace"
        type="button"
        popovertarget="menu"
        @click=${this.#press}
      >
        <span class="initial" aria-hidden="true">${initialOf(name)}</span>
        <span class="name" aria-hidden="true">${name}</span>
        <span class="visually-hidden">${msg(str`${name}: menu`)}</span>
        <span class="chevron">${icon(chevronDownIcon, { size: 16 })}</span>
      </button>
      ${directory && this.layout !== 'phone' ? this.#inboxes(directory) : nothing}
      ${directory ? this.#me(directory) : nothing} ${this.#menu(directory)}
    `;
  }

  #inboxes(directory: Directory): TemplateResult {
    const inboxes = [...directory.inboxes.values()];
    return html`<ul class="inboxes scroll">
      ${
        inboxes.length === 1
          ? nothing
          : this.#inbox(null, msg('All inboxes'), html`<span class="glyph">${icon(inboxIcon, { size: 18 })}</span>`)
      }
      ${inboxes.map((inbox) => this.#inbox(inboxes.length === 1 ? null : inbox.id, inbox.name, glyphOf(inbox)))}
    </ul>`;
  }

  #inbox(id: string | null, name: string, glyph: TemplateResult): TemplateResult {
    const current = id === this.inboxId;
    const unread = id === null ? this.unread : (this.unreadByInbox[id] ?? 0);
    return html`<li>
      <button
        class="inbox focus-inside"
        type="button"
        title=${this.layout === 'medium' ? name : nothing}
        aria-current=${current ? 'page' : nothing}
        @click=${() => this.#act({ kind: 'inbox', inboxId: id })}
      >
        ${glyph}<span class="inbox-name">${name}</span>
        ${
          unread > 0
            ? html`<span class="count ${id === null ? 'of-all' : ''}" aria-hidden="true">${unread > 99 ? '99+' : unread}</span
              ><span class="visually-hidden">${msg(str`${unread} unread`)}</span>`
            : nothing
        }
      </button>
    </li>`;
  }

  #me({ me }: Directory): TemplateResult {
    const words = me.available ? msg('Available') : msg('Away');
    const face = html`<span class="face"
      >${avatar({ name: me.name, seed: me.id, size: 32 })}<span class="dot ${me.available ? 'on' : ''}"></span
    ></span>`;
    // Without room for the switch itself a press would change something unseen, so it opens the menu that holds the switch.
    if (this.layout !== 'wide') {
      return html`<div class="me">
        <button
          class="own"
          type="button"
          popovertarget="menu"
          title=${words}
          @click=${this.#press}
        >
          ${face}<span class="visually-hidden">${msg(str`${me.name}, ${words}: menu`)}</span>
        </button>
      </div>`;
    }
    return html`<div class="me">
      <button
        class="own"
        type="button"
        role="switch"
        aria-checked=${me.available}
        aria-labelledby="own"
        aria-busy=${this.#availability.busy}
        @click=${this.#toggleAvailability}
      >
        ${face}
        <span class="visually-hidden" id="own">${msg(str`${me.name}, available for new conversations`)}</span>
        <span class="who"><span class="own-name">${me.name}</span><span class="state">${words}</span></span>
        <span class="track" aria-hidden="true"><span class="thumb"></span></span>
      </button>
    </div>`;
  }

  #menu(directory: Directory | null): TemplateResult {
    const me = directory?.me;
    return html`<div
      class="menu"
      id="menu"
      popover
      role="dialog"
      aria-label=${msg('Workspace menu')}
      @beforetoggle=${this.#toggled}
    >
      ${
        me
          ? html`<p class="identity"><span>${me.name}</span><span class="email">${me.email}</span></p>
            ${switchButton({
              label: msg('Available for new conversations'),
              on: me.available,
              busy: this.#availability.busy,
              toggle: this.#toggleAvailability,
            })}
            ${this.#availability.message ? html`<p class="problem" role="alert">${this.#availability.message}</p>` : nothing}`
          : nothing
      }
      ${me ? html`<parlour-alert-choices></parlour-alert-choices><hr />` : nothing} ${this.#themes()}
      <hr />
      ${this.#item(webChatIcon, msg('Install the widget'), { kind: 'snippet' })}
      ${directory ? this.#settings(directory) : nothing}
      ${this.canSignOut ? this.#item(signOutIcon, msg('Sign out'), { kind: 'sign-out' }) : nothing}
    </div>`;
  }

  /** What an agent may set is their own account, and the inboxes they are an admin of. */
  #settings(directory: Directory): TemplateResult {
    return directory.me.role === 'agent' && administeredInboxes(directory).length === 0
      ? this.#item(userIcon, msg('Your account'), { kind: 'settings', page: 'account' })
      : this.#item(settingsIcon, msg('Settings'), { kind: 'settings', page: 'inboxes' });
  }

  #themes(): TemplateResult {
    const themes: [Theme | null, string][] = [
      [null, msg('System')],
      ['light', msg('Light')],
      ['dark', msg('Dark')],
    ];
    return html`<div class="themes" role="group" aria-label=${msg('Theme')}>
      ${themes.map(
        ([theme, label]) => html`<button
          class="theme"
          type="button"
          aria-pressed=${theme === this.chosenTheme}
          @click=${() => this.dispatchEvent(new WorkspaceActionEvent({ kind: 'theme', theme }))}
        >
          ${label}
        </button>`,
      )}
    </div>`;
  }

  #item(outline: string, label: string, action: WorkspaceAction): TemplateResult {
    return html`<button class="item focus-inside" type="button" @click=${() => this.#act(action)}>
      ${icon(outline, { size: 18, directional: outline === signOutIcon })}${label}
    </button>`;
  }
}

function initialOf(name: string): string {
  return /^.\p{M}*/u.exec(name.trim())?.[0].toLocaleUpperCase() ?? '';
}

function glyphOf(inbox: Inbox): TemplateResult {
  return html`<span class="glyph letter" aria-hidden="true">${initialOf(inbox.name)}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-workspace-rail': WorkspaceRail;
  }
}
