import { consume } from '@lit/context';
import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Directory } from '../../shared/state/directory.ts';
import { buttons, focusRing, reset, scrollbars, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { chevronLeftIcon, closeIcon, offlineIcon, userIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { AlertNotifier } from '../alerts/alert-notifier.ts';
import { connectionContext, noConnection } from '../context/connection-context.ts';
import type { Connection } from '../context/connection-context.ts';
import { directoryContext } from '../context/directory-context.ts';
import type { InboxFilterEvent } from '../inbox/inbox-filter-event.ts';
import type { ConversationSelectEvent } from '../inbox/conversation-select-event.ts';
import type { SettingsPageEvent } from '../settings/settings-page-event.ts';
import { LayoutObserver } from './layout-observer.ts';
import { PageTitle } from './page-title.ts';
import { panelsStyles } from './panels-styles.ts';
import { depthOf, home } from './place.ts';
import type { Theme } from './theme.ts';
import { Wayfinder } from './wayfinder.ts';
import { welcome } from './welcome.ts';
import { WorkspaceActionEvent } from './workspace-action-event.ts';
import { WorkspaceCounts } from './workspace-counts.ts';
import type { WorkspaceDialog } from './workspace-dialog.ts';

type Panel = 'list' | 'conversation' | 'contact';
const panelByDepth: readonly Panel[] = ['list', 'conversation', 'contact'];

/** How soon, and in CSS pixels how near, a tap makes a double one of the tap before. */
const doubleTapMs = 500;
const doubleTapPx = 24;
const isWayBack = (one: EventTarget): boolean => one instanceof Element && one.classList.contains('back');

/**
 * List, conversation and contact side by side, as far as there is room. A part of <parlour-workspace>; stands in a session.
 *
 * @tag parlour-workspace-panels
 * @summary The three panels and the rail.
 * @csspart rail - The rail at the start.
 * @csspart list - The panel with the list.
 * @csspart conversation - The panel with the thread.
 * @csspart contact - The panel with the contact.
 * @csspart offline - What is said while the line is down.
 */
export class WorkspacePanels extends LitElement {
  static override styles = [tokens, reset, focusRing, visuallyHidden, buttons, scrollbars, iconStyles, panelsStyles];

  /** Keeps the place in the address and the title in the tab. */
  @property({ type: Boolean, attribute: false }) ownsPage = false;
  @property({ attribute: false }) chosenTheme: Theme | null = null;
  @property({ type: Boolean, attribute: false }) canSignOut = false;

  @consume({ context: directoryContext, subscribe: true })
  @state()
  private directory: Directory | null = null;
  @consume({ context: connectionContext, subscribe: true })
  @state()
  private connection: Connection = noConnection;
  @query('parlour-workspace-dialog') private dialog!: WorkspaceDialog;

  readonly #way = new Wayfinder(this, () => this.ownsPage);
  readonly #room = new LayoutObserver(this);
  readonly #counts = new WorkspaceCounts(this);
  readonly #title = new PageTitle(this);
  #shown: Panel | null = null;
  #lastClick: { x: number; y: number; at: number; front: Panel } = { x: 0, y: 0, at: -Infinity, front: 'list' };

  constructor() {
    super();
    new AlertNotifier(this, {
      directory: () => this.directory,
      open: (conversationId) => this.#way.go({ ...this.#way.place, conversationId, contact: false }),
    });
    updateWhenLocaleChanges(this);
    this.addEventListener(WorkspaceActionEvent.type, this.#act);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    if (this.ownsPage && this.directory) this.#title.show(this.directory.workspace.name, this.#counts.unread);
    const front = this.#front;
    const moved = this.#shown !== null && this.#shown !== front;
    const came = this.#shown;
    this.#shown = front;
    // Focus follows the panel only where the other panels go out of sight or behind.
    if (!moved) return;
    const covers = this.#room.layout === 'phone' || (this.#room.layout === 'medium' && front === 'contact');
    if (covers) this.#focusPanel(front);
    else if (this.#room.layout === 'medium' && came === 'contact') this.#focusPanel('conversation');
  }

  get #front(): Panel {
    return panelByDepth[depthOf(this.#way.place)] ?? 'list';
  }

  #focusPanel(panel: Panel): void {
    this.renderRoot.querySelector<HTMLElement>(`.${panel}`)?.focus({ preventScroll: true });
  }

  #act = ({ action }: WorkspaceActionEvent): void => {
    if (action.kind === 'inbox') this.#way.go({ ...home, inboxId: action.inboxId });
    else if (action.kind === 'settings') this.#way.go({ ...this.#way.place, settings: action.page });
    else if (action.kind === 'snippet') void this.dialog.open();
  };

  #select = (event: ConversationSelectEvent): void => {
    event.preventDefault();
    this.#way.go({ ...this.#way.place, conversationId: event.conversationId, contact: false });
  };

  #filter = ({ inboxId }: InboxFilterEvent): void => {
    if (inboxId !== this.#way.place.inboxId) this.#way.go({ ...this.#way.place, inboxId });
  };

  /** The settings show another page, or none any more; nothing where the place has led there. */
  #settings = (event: SettingsPageEvent): void => {
    event.stopPropagation();
    const { page } = event;
    const { place } = this.#way;
    if (page !== null) this.#way.go({ ...place, settings: page });
    else if (place.settings) this.#way.up();
  };

  #showContact = (): void => {
    const { place } = this.#way;
    if (place.contact) this.#way.up();
    else if (place.conversationId && this.#room.layout !== 'wide') this.#way.go({ ...place, contact: true });
    else if (place.conversationId) this.#focusPanel('contact');
  };

  /** The second tap of a double one was for what the first has taken away, not for what came to stand there instead: but two ways back are two steps. */
  #clicked = {
    capture: true,
    handleEvent: (event: MouseEvent): void => {
      const { clientX: x, clientY: y, timeStamp: at, detail } = event;
      const front = this.#front;
      const last = this.#lastClick;
      const isSecond = at - last.at < doubleTapMs && Math.hypot(x - last.x, y - last.y) < doubleTapPx;
      this.#lastClick = { x, y, at, front };
      // Pressed by key it has no place.
      if (detail === 0 || !isSecond || front === last.front || event.composedPath().some(isWayBack)) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };

  #keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (this.#room.layout === 'medium' && this.#way.place.contact) this.#way.up();
  };

  protected override render(): TemplateResult {
    const { place } = this.#way;
    const { layout } = this.#room;
    const front = this.#front;
    return html`${this.#offline()}
    <div class="frame" data-layout=${layout} data-front=${front} @click=${this.#clicked} @keydown=${this.#keyed}>
      <div class="skip">
        <button class="button visually-hidden focusable" type="button" @click=${() => this.#focusPanel('list')}>
          ${msg('Skip to the conversations')}
        </button>
        ${
          place.conversationId
            ? html`<button
              class="button visually-hidden focusable"
              type="button"
              @click=${() => this.#focusPanel('conversation')}
            >
              ${msg('Skip to the conversation')}
            </button>`
            : nothing
        }
      </div>
      <nav class="rail" aria-label=${msg('Workspace')}>
        <parlour-workspace-rail
          part="rail"
          layout=${layout}
          .inboxId=${place.inboxId}
          .unread=${this.#counts.unread}
          .unreadByInbox=${this.#counts.unreadByInbox}
          .chosenTheme=${this.chosenTheme}
          .canSignOut=${this.canSignOut}
        ></parlour-workspace-rail>
      </nav>
      <section class="list" part="list" tabindex="-1" aria-label=${msg('Conversations')}>
        ${
          this.#isNew && layout === 'phone'
            ? this.#welcome()
            : html`<parlour-inbox
              .inboxId=${place.inboxId}
              .conversationId=${place.conversationId}
              @parlour-select=${this.#select}
              @parlour-filter=${this.#filter}
            ></parlour-inbox>`
        }
      </section>
      ${this.#conversation()} ${this.#contact()}
    </div>
    <parlour-workspace-dialog .page=${place.settings} @parlour-settings-page=${this.#settings}></parlour-workspace-dialog>`;
  }

  /** Whether nobody has ever written to the inboxes that one is in. */
  get #isNew(): boolean {
    return this.#counts.total === 0 && !this.#way.place.conversationId && this.directory?.inboxes.size !== 0;
  }

  #welcome(): TemplateResult | typeof nothing {
    return this.directory ? welcome(this.directory.workspace.name) : nothing;
  }

  #conversation(): TemplateResult {
    const { conversationId } = this.#way.place;
    return html`<section
      class="conversation"
      part="conversation"
      role=${this.ownsPage ? 'main' : 'region'}
      tabindex="-1"
      aria-label=${msg('Conversation')}
    >
      ${
        conversationId
          ? html`<parlour-conversation
            conversation-id=${conversationId}
            ?with-back=${this.#room.layout === 'phone'}
            @parlour-back=${() => this.#way.up()}
            @parlour-show-contact=${this.#showContact}
          >
            ${
              this.#room.layout === 'wide'
                ? nothing
                : html`<button
                  slot="actions"
                  class="icon-button"
                  type="button"
                  aria-label=${msg('Contact')}
                  aria-expanded=${this.#way.place.contact}
                  @click=${this.#showContact}
                >
                  ${icon(userIcon)}
                </button>`
            }
          </parlour-conversation>`
          : !this.#isNew
            ? html`<parlour-conversation></parlour-conversation>`
            : this.#room.layout === 'phone'
              ? nothing
              : this.#welcome()
      }
    </section>`;
  }

  #contact(): TemplateResult | typeof nothing {
    const { conversationId, contact } = this.#way.place;
    if (!conversationId) return nothing;
    const { layout } = this.#room;
    return html`${
      layout === 'medium' && contact ? html`<div class="scrim" @click=${() => this.#way.up()}></div>` : nothing
    }
      <aside class="contact" part="contact" tabindex="-1" aria-label=${msg('Contact')}>
        ${
          layout === 'wide'
            ? nothing
            : html`<div class="contact-head">
              <button
                class="icon-button"
                type="button"
                aria-label=${msg('Back to the conversation')}
                @click=${() => this.#way.up()}
              >
                ${layout === 'phone' ? icon(chevronLeftIcon, { directional: true }) : icon(closeIcon)}
              </button>
              <h2>${msg('Contact')}</h2>
            </div>`
        }
        <parlour-contact conversation-id=${conversationId} @parlour-select=${this.#select}></parlour-contact>
      </aside>`;
  }

  #offline(): TemplateResult {
    const offline = this.connection.status === 'offline';
    return html`<div class="live" role="status">
      ${
        offline
          ? html`<p class="offline" part="offline">
            ${icon(offlineIcon, { size: 18 })}${msg('Connection lost – trying again. What you write is kept.')}
          </p>`
          : nothing
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-workspace-panels': WorkspacePanels;
  }
}
