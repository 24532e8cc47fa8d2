import { ContextConsumer } from '@lit/context';
import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import * as sessions from '../../shared/client/session.ts';
import { createWorkspaceClient } from '../../shared/client/connection.ts';
import { RequestError } from '../../shared/client/client.ts';
import { buttons, focusRing, reset } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { alertIcon, chatBubbleIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { clientContext } from '../context/client-context.ts';
import { moduleOrigin, serverOrigin } from '../session/server-origin.ts';
import type { SessionChangeEvent } from '../session/session.ts';
import { storedTheme, storeTheme } from './theme.ts';
import type { Theme } from './theme.ts';
import { WorkspaceActionEvent } from './workspace-action-event.ts';
import { workspaceStyles } from './workspace-styles.ts';

/** Whether somebody is signed in, and how that changes. */
export type Door = Pick<typeof sessions, 'readSession' | 'signIn' | 'signOut' | 'setUp'>;

type Stage = 'checking' | 'unreachable' | 'set-up' | 'signed-out' | 'signed-in';

const setUpHash = /^#set-up=(.+)$/;

/**
 * The whole inbox: set-up and sign-in where they are needed, then list, conversation and contact. It fills the box its page
 * gives it. Inside a <parlour-session> it uses that one and asks nobody to sign in.
 *
 * @tag parlour-workspace
 * @summary The team's whole app as one element.
 * @csspart unreachable - What is said when the server does not answer.
 */
export class WorkspaceElement extends LitElement {
  static override styles = [tokens, reset, focusRing, buttons, iconStyles, workspaceStyles];

  /** Origin of the server; where this module came from when left out. */
  @property() server = moduleOrigin;
  /**
   * The page is ours: fill the window, keep the place in the address, the unread count in the title, and the theme chosen on
   * this device.
   */
  @property({ type: Boolean, attribute: 'full-page', reflect: true }) fullPage = false;
  /** `light` or `dark`; what the system prefers when left out. */
  @property({ reflect: true }) theme: Theme | null = null;
  /** Replaces the requests about signing in. */
  @property({ attribute: false }) door: Door = sessions;
  /** Makes the line of the session inside. */
  @property({ attribute: false }) createClient: typeof createWorkspaceClient = createWorkspaceClient;

  @state() private stage: Stage = 'checking';
  @state() private sentence = '';
  /** Whether a session around us has a line, or will. */
  @state() private standsInSession = false;
  /** Numbers the questions about the session, so that an old answer is known as such. */
  #asked = 0;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    // Called, even with null, only by a session around this element.
    new ContextConsumer(this, { context: clientContext, callback: () => (this.standsInSession = true) });
    this.addEventListener(WorkspaceActionEvent.type, this.#act);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#hashChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#hashChanged);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated && this.fullPage) this.theme ??= storedTheme();
    if (!this.standsInSession && (!this.hasUpdated || changed.has('server') || changed.has('door'))) void this.#check();
  }

  get #origin(): string {
    return serverOrigin(this.server);
  }

  /** Of a set-up link. */
  get #token(): string {
    return setUpHash.exec(location.hash)?.[1] ?? '';
  }

  async #check(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.sentence = '';
    this.stage = 'checking';
    try {
      const stage = await this.door.readSession(this.#origin);
      if (asked === this.#asked) this.stage = stage;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.sentence = error instanceof RequestError ? error.message : msg('Check your connection and try again.');
      this.stage = 'unreachable';
    }
  }

  #act = ({ action }: WorkspaceActionEvent): void => {
    if (action.kind === 'sign-out') void this.#signOut();
    if (action.kind !== 'theme') return;
    this.theme = action.theme;
    if (this.fullPage) storeTheme(action.theme);
  };

  #signOut = async (): Promise<void> => {
    // With the line that ends it is gone from the session.
    const unsent = this.renderRoot.querySelector('parlour-session')?.unsent;
    try {
      await this.door.signOut(this.#origin);
      void unsent?.forget();
      this.sentence = '';
      this.stage = 'signed-out';
    } catch {
      // Whatever went wrong, ask the server how things stand rather than pretend.
      await this.#check();
    }
  };

  #signedIn = (): void => {
    if (this.#token) history.replaceState(null, '', location.pathname + location.search);
    this.stage = 'signed-in';
  };

  /** A set-up link opened in the very tab that asks for it, or to sign in, loads no page. */
  #hashChanged = (): void => {
    if (this.stage === 'set-up' || this.stage === 'signed-out') this.requestUpdate();
  };

  /** The cookie ran out or was revoked: whoever is at the keyboard is told so, signs in again, and the place is kept. */
  #sessionChanged = ({ status, refusal }: SessionChangeEvent): void => {
    if (status !== 'refused' || !refusal) return;
    if (refusal.code !== 'unauthenticated' && refusal.code !== 'expired') return;
    this.sentence = refusal.message;
    this.stage = 'signed-out';
  };

  protected override render(): TemplateResult {
    if (this.standsInSession) return this.#panels(false);
    return this.#stages[this.stage]();
  }

  /** On a page of ours each stage is the page's main part. */
  get #landmark(): 'main' | typeof nothing {
    return this.fullPage ? 'main' : nothing;
  }

  readonly #stages: Record<Stage, () => TemplateResult> = {
    checking: () =>
      html`<div class="waiting" role="status" aria-label=${msg('Loading')}>
        <span class="mark">${icon(chatBubbleIcon, { size: 26 })}</span>
      </div>`,
    unreachable: () =>
      html`<div class="whole" role=${this.#landmark}>
        <div class="waiting" part="unreachable" role="alert">
          <span class="sign">${icon(alertIcon, { size: 26 })}</span>
          <h1>${msg('The server does not answer')}</h1>
          <p>${this.sentence}</p>
          <button class="button" type="button" @click=${() => this.#check()}>${msg('Try again')}</button>
        </div>
      </div>`,
    'set-up': () =>
      html`<parlour-set-up
        role=${this.#landmark}
        .server=${this.#origin}
        .token=${this.#token}
        .setUp=${this.door.setUp}
        @parlour-signed-in=${this.#signedIn}
      ></parlour-set-up>`,
    'signed-out': () =>
      html`<parlour-sign-in
        role=${this.#landmark}
        .server=${this.#origin}
        .reason=${this.sentence}
        .token=${this.#token}
        .signIn=${this.door.signIn}
        @parlour-signed-in=${this.#signedIn}
      ></parlour-sign-in>`,
    'signed-in': () =>
      html`<parlour-session
        .server=${this.#origin}
        .createClient=${this.createClient}
        @parlour-session-change=${this.#sessionChanged}
        >${this.#panels(true)}
        <button slot="refusal" class="button quiet" type="button" @click=${this.#signOut}>
          ${msg('Sign out')}
        </button></parlour-session
      >`,
  };

  #panels(canSignOut: boolean): TemplateResult {
    return html`<parlour-workspace-panels
      .ownsPage=${this.fullPage}
      .chosenTheme=${this.theme}
      .canSignOut=${canSignOut}
    ></parlour-workspace-panels>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-workspace': WorkspaceElement;
  }
}
