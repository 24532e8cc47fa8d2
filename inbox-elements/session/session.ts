import { ContextProvider } from '@lit/context';
import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ConnectionStatus, WorkspaceClient } from '../../shared/client/client.ts';
import { createWorkspaceClient } from '../../shared/client/connection.ts';
import { later } from '../../shared/client/later.ts';
import type { ErrorBody } from '../../shared/contract/error.ts';
import { applyPresence, applyToDirectory, directoryFrom } from '../../shared/state/directory.ts';
import { buttons, focusRing, reset } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { alertIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import type { SendEvent } from '../composer/composer-events.ts';
import { clientContext } from '../context/client-context.ts';
import { connectionContext, noConnection } from '../context/connection-context.ts';
import type { Connection } from '../context/connection-context.ts';
import { directoryContext } from '../context/directory-context.ts';
import { statusChangesContext } from '../context/status-changes-context.ts';
import { unsentContext } from '../context/unsent-context.ts';
import { moduleOrigin, serverOrigin } from './server-origin.ts';
import { sessionStyles } from './session-styles.ts';
import { StatusChanges } from './status-changes.ts';
import type { UnsentMessages } from './unsent-messages.ts';

/** The network: the next welcome tries again. */
const fetchUnsent = later((_query, then: (module: { UnsentMessages: typeof UnsentMessages }) => void) =>
  import('./unsent-messages.ts').then(then),
);

/**
 * Holds the line to the server for every Parlour element inside it. Put it once around them; it has no box of its own.
 *
 * On the server's own origin the signed-in person's cookie is enough. Elsewhere give `getToken`, which asks your server for a
 * teammate token of at most ten minutes; it is called again whenever a new one is needed, and after it failed: until it has given one the
 * reason is said in place of the elements.
 *
 * @tag parlour-session
 * @summary Connects the elements inside it to the server.
 * @slot - The elements.
 * @slot refusal - Beside "Try again" when the server refuses: another way on, such as signing out.
 * @fires parlour-session-change - The line came up, went down, or was refused.
 * @csspart refusal - What is said in place of the elements when the server refuses this session.
 */
export class Session extends LitElement {
  static override styles = [tokens, reset, focusRing, buttons, iconStyles, sessionStyles];

  /** Origin of the server; where this module came from when left out. */
  @property() server = moduleOrigin;
  /** Answers with a teammate token. May be replaced at any time; the newest one is asked. */
  @property({ attribute: false }) getToken: (() => Promise<string>) | undefined;
  /** Makes the line. Replace it to stand on another one. */
  @property({ attribute: false }) createClient: typeof createWorkspaceClient = createWorkspaceClient;

  readonly #client = new ContextProvider(this, { context: clientContext, initialValue: null });
  readonly #directory = new ContextProvider(this, { context: directoryContext, initialValue: null });
  readonly #connection = new ContextProvider(this, { context: connectionContext, initialValue: noConnection });
  readonly #changes = new ContextProvider(this, { context: statusChangesContext, initialValue: null });
  readonly #unsent = new ContextProvider(this, { context: unsentContext, initialValue: null });
  #stops: (() => void)[] = [];
  /** Why the page could not sign in when it was asked to last. */
  #unsigned: ErrorBody | null = null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  /** The line, for a host's own commands and queries; `null` while there is none. */
  get client(): WorkspaceClient | null {
    return this.#client.value;
  }

  get status(): ConnectionStatus {
    return this.#connection.value.status;
  }

  /** What a teammate wrote and pressed and the server has not settled, kept for the next page of this teammate; `null` before the first welcome. Forget them where your app signs out. */
  get unsent(): Pick<UnsentMessages, 'forget'> | null {
    return this.#unsent.value;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.client) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Being moved is a disconnect and a connect in one task; only what stays away is over.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const gained = changed.has('getToken') && Boolean(changed.get('getToken')) !== Boolean(this.getToken);
    if (!this.hasUpdated || changed.has('server') || changed.has('createClient') || gained) {
      this.#stop();
      this.#start();
    }
  }

  #start(): void {
    if (!this.isConnected) return;
    const server = serverOrigin(this.server);
    if (!this.getToken && server !== location.origin) {
      this.#awaitToken();
      return;
    }
    const client = this.createClient({
      server,
      // Frameworks make a new function at every render: ask the newest one instead of connecting anew.
      ...(this.getToken ? { getToken: () => this.#token() } : {}),
    });
    const changes: StatusChanges = new StatusChanges(client, () => {
      if (client === this.client) this.#changes.setValue(changes, true);
    });
    const early: SendEvent[] = [];
    const hear = (event: SendEvent): void => void early.push(event);
    this.addEventListener('parlour-send', hear);
    this.#stops = [
      () => this.removeEventListener('parlour-send', hear),
      client.on('status', (status, refusal) => this.#stand({ status, refusal })),
      client.on('welcome', (snapshot) => {
        const { value } = this.#directory;
        if (value && value.me.id !== snapshot.me.id) {
          // Of the one before: what was kept of it is kept still, and it is not for this one to see or send.
          early.length = 0;
          changes.forget();
        }
        this.#directory.setValue(directoryFrom(snapshot));
        void fetchUnsent(({ UnsentMessages: Unsent }) => {
          if (client !== this.client || this.unsent) return;
          const unsent = new Unsent(this, client, changes, early, () => this.#unsent.setValue(unsent, true));
          this.removeEventListener('parlour-send', hear);
          this.#unsent.setValue(unsent);
        });
      }),
      client.on('events', (events) => {
        const { value } = this.#directory;
        if (value) this.#directory.setValue(events.reduce(applyToDirectory, value));
      }),
      client.on('signal', (signal) => {
        const { value } = this.#directory;
        if (value && signal.name === 'presence') this.#directory.setValue(applyPresence(value, signal));
      }),
    ];
    if (client.snapshot) this.#directory.setValue(directoryFrom(client.snapshot));
    this.#connection.setValue({ status: client.status, refusal: client.refusal });
    this.#client.setValue(client);
    this.#changes.setValue(changes);
    client.connect();
  }

  /** No other origin's page can use the cookie. The host's script may still be on its way; say so once the page is loaded. */
  #awaitToken(): void {
    const refusal: ErrorBody = {
      code: 'unauthenticated',
      message: msg('This page stands on another origin than the server, so the session needs a getToken function.'),
    };
    const refuse = (): void => this.#stand({ status: 'refused', refusal });
    if (document.readyState === 'complete') {
      const timer = setTimeout(refuse);
      this.#stops = [() => clearTimeout(timer)];
    } else {
      addEventListener('load', refuse);
      this.#stops = [() => removeEventListener('load', refuse)];
    }
  }

  /** Who knows nothing yet is told why; who does goes on with it. It is asked again with each try. */
  async #token(): Promise<string> {
    const stops = this.#stops;
    try {
      const token = await this.getToken!();
      if (stops === this.#stops) this.#standSigned(null);
      return token;
    } catch (error) {
      const message = msg(str`This page cannot sign in: ${(error as Error)?.message ?? error}`);
      // A session that has ended meanwhile tells nobody.
      if (stops === this.#stops && !this.#directory.value) this.#standSigned({ code: 'unauthenticated', message });
      throw error;
    }
  }

  #standSigned(unsigned: ErrorBody | null): void {
    this.#unsigned = unsigned;
    if (this.client) this.#stand(this.client);
  }

  #stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#unsigned = null;
    this.#unsent.value?.close();
    this.#unsent.setValue(null);
    this.#changes.setValue(null);
    this.client?.close();
    this.#client.setValue(null);
    this.#directory.setValue(null);
    this.#connection.setValue(noConnection);
  }

  /** A line that tries again and again for the same reason is told of once; to whoever could not sign in it is that which keeps it away. */
  #stand({ status, refusal }: Connection): void {
    const unsigned = this.#unsigned;
    const connection: Connection = unsigned ? { status: 'refused', refusal: unsigned } : { status, refusal };
    const before = this.#connection.value;
    if (connection.status === before.status && connection.refusal?.message === before.refusal?.message) return;
    this.#connection.setValue(connection);
    this.requestUpdate();
    this.dispatchEvent(new SessionChangeEvent(connection));
  }

  #tryAgain = (): void => {
    if (this.client?.status === this.status) return this.client.connect();
    this.#stop();
    this.#start();
  };

  protected override render(): TemplateResult {
    const { status, refusal } = this.#connection.value;
    const refused = status === 'refused';
    return html`<slot ?hidden=${refused}></slot>
      <div role="alert" class="live">
        ${
          refused
            ? html`<div class="refusal" part="refusal">
              <span class="sign">${icon(alertIcon, { size: 24 })}</span>
              <p class="title">${msg('The inbox cannot be opened')}</p>
              <p class="sentence">${refusal?.message}</p>
              <div class="ways">
                <button class="button" type="button" @click=${this.#tryAgain}>${msg('Try again')}</button>
                <slot name="refusal"></slot>
              </div>
            </div>`
            : nothing
        }
      </div>`;
  }
}

/** The line came up (`online`), went down (`offline`, it tries again by itself), or the server refused or the page could not sign in (`refusal` says why). */
export class SessionChangeEvent extends Event {
  static readonly type = 'parlour-session-change';
  readonly status: ConnectionStatus;
  readonly refusal: ErrorBody | null;

  constructor({ status, refusal }: Connection) {
    super(SessionChangeEvent.type, { bubbles: true, composed: true });
    this.status = status;
    this.refusal = refusal;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-session': Session;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-session-change': SessionChangeEvent;
  }
}
