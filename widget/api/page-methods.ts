import { RequestError } from '../../shared/client/client.ts';
import { UnsentCommands } from '../../shared/client/unsent.ts';
import { recordName } from '../launcher/visitor-record.ts';
import type { LauncherPort, Panel } from '../launcher/panel-port.ts';
import { ReadEvent, SelectEvent } from '../panel/home/home-events.ts';
import type { StandingPanel } from '../panel/panel.ts';
import { inMemory, keep, recordOf, visitorToken } from '../panel/visitor-memory.ts';
import type { VisitorData } from './page-api.ts';

type Method = Parameters<Panel['ask']>[0];

/** What the page asks of the chat and the launcher cannot do. */
export class PageMethods {
  readonly #port: LauncherPort;
  readonly #standing: () => StandingPanel;
  readonly #begin: (identity?: string) => StandingPanel;
  /** Ends the wait for a proof that another one, or a logout, made pointless. */
  #giveUp: (() => void) | undefined;

  /** @param begin Takes the panel that stands away, and puts a fresh one in its place. */
  constructor(port: LauncherPort, standing: () => StandingPanel, begin: (identity?: string) => StandingPanel) {
    this.#port = port;
    this.#standing = standing;
    this.#begin = begin;
  }

  async carryOut(method: Method, input: unknown[]): Promise<void> {
    const methods: Record<Method, (input: never) => Promise<void>> = {
      newConversation: (text?: string) => this.#newConversation(text),
      openConversation: (id?: string) => this.#openConversation(id),
      showArticle: (id: string) => this.#showArticle(id),
      identify: (proof?: { token?: unknown }) => this.#identify(proof),
      setVisitorData: (data: VisitorData) => this.#describe(data),
      track: (name: string) => this.#track(name),
      logout: () => this.#logout(),
      shutdown: () => this.#shutdown(),
    };
    await methods[method](input[0] as never);
  }

  get #key(): string {
    return this.#port.configuration.key;
  }

  async #newConversation(text?: string): Promise<void> {
    await this.#show(new SelectEvent(null));
    const { element } = this.#standing();
    await element.updateComplete;
    const composer = element.renderRoot.querySelector('parlour-widget-composer');
    // Where a form comes first, there is none yet.
    if (composer && text) composer.text = text;
  }

  async #openConversation(id?: string): Promise<void> {
    await this.#show(id ? new SelectEvent(id) : 'parlour-widget-back');
  }

  async #showArticle(id: string): Promise<void> {
    await this.#show(new ReadEvent(id));
  }

  /** Opens the chat and goes somewhere in it, the way the visitor would. */
  async #show(where: Event | 'parlour-widget-back'): Promise<void> {
    await this.#port.widget.open();
    const standing = this.#standing();
    await this.#welcome(standing);
    await standing.element.updateComplete;
    const card = standing.element.renderRoot.querySelector('section');
    card?.dispatchEvent(typeof where === 'string' ? new Event(where) : where);
  }

  async #identify(proof?: { token?: unknown }): Promise<void> {
    const { token } = proof ?? {};
    const subject = subjectOf(token);
    const who = `${this.#key}:who`;
    const before = recordOf(who);
    // Whatever comes of it, somebody else sees nothing of whoever was here before.
    if (before && before !== subject) await this.#forget();
    try {
      await this.#startOver(String(token));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      // Known to the server as somebody else's, though not to this browser.
      if (error.code === 'conflict') {
        await this.#forget();
        await this.#startOver(String(token));
      } else {
        await this.#startOver().catch(() => undefined);
        throw error;
      }
    }
    keep(who, subject);
  }

  /** The chat anew, with or without a proof of who it is; settles when the server has welcomed or refused it. */
  async #startOver(identity?: string): Promise<void> {
    const { widget } = this.#port;
    const standing = this.#begin(identity);
    if (widget.isOpen) standing.open();
    await this.#welcome(standing);
  }

  #welcome(standing: StandingPanel): Promise<void> {
    const chat = standing.connect();
    return new Promise((resolve, reject) => {
      let stop = (): void => undefined;
      const settle = (done: () => void): void => {
        stop();
        done();
      };
      const look = (): void => {
        const { status, refusal } = chat.connection;
        if (chat.visitor) settle(resolve);
        else if (status === 'refused' && refusal) settle(() => reject(new RequestError(refusal)));
      };
      stop = chat.subscribe(look);
      this.#giveUp?.();
      this.#giveUp = () => settle(() => reject(new Error('Something that came later took its place.')));
      look();
    });
  }

  async #describe(data: VisitorData): Promise<void> {
    const { name, email, phone, ...rest } = data;
    const properties = Object.fromEntries(
      Object.entries(rest).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined),
    );
    const told = Object.entries({ name, email, phone }).filter(([, value]) => value);
    try {
      await this.#standing()
        .connect()
        .tell('visitor.describe', { ...Object.fromEntries(told), properties });
    } catch (error) {
      // oxlint-disable-next-line no-console -- nobody waits for it, and whoever wrote the page looks there
      console.warn(`Parlour did not take what setVisitorData said: ${String(error)}`);
    }
  }

  async #track(name: string): Promise<void> {
    await this.#standing().connect().tell('visitor.track', { name });
  }

  async #logout(): Promise<void> {
    const token = await this.#leave();
    const standing = this.#begin();
    if (this.#port.widget.isOpen) standing.open();
    await this.#revoke(token);
  }

  async #shutdown(): Promise<void> {
    const token = await this.#leave();
    this.#port.widget.destroy();
    await this.#revoke(token);
  }

  /** Nothing of the visitor is left in this browser. @returns what the server knew them by */
  async #leave(): Promise<string> {
    this.#giveUp?.();
    const { widget } = this.#port;
    const token = visitorToken(this.#key);
    this.#standing().destroy();
    await this.#forget();
    widget.known = {};
    widget.unreadCount = 0;
    this.#port.draw();
    this.#port.emit('unread', 0);
    return token;
  }

  async #revoke(token: string): Promise<void> {
    const answer = await fetch(new URL('/api/v1/visitor', this.#port.address), {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
      // It must also arrive when the page goes away at this moment.
      keepalive: true,
    }).catch(() => undefined);
    // 401: there was no session, which is as good.
    if (!answer?.ok && answer?.status !== 401) {
      throw new Error('The visitor is forgotten in this browser, but the server could not be told.');
    }
  }

  async #forget(): Promise<void> {
    drop(this.#key);
    await new UnsentCommands(`${this.#key}:`).forget();
  }
}

/** Forgets all that the browser keeps for a channel. */
function drop(channelKey: string): void {
  const name = recordName(channelKey);
  const isOfIt = (kept: string): boolean => kept === name || kept.startsWith(`${name}:`);
  for (const kept of inMemory.keys()) if (isOfIt(kept)) inMemory.delete(kept);
  try {
    for (const kept of Object.keys(localStorage)) if (isOfIt(kept)) localStorage.removeItem(kept);
  } catch {
    // Storage is denied: then nothing was kept in it.
  }
}

/** Whom a proof names. Only the server can tell whether it is true. */
function subjectOf(token: unknown): string {
  try {
    const [, claims = ''] = String(token).split('.');
    const { sub } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { sub?: unknown };
    if (typeof sub === 'string' && sub) return sub;
  } catch {
    // Not base64, or not JSON.
  }
  throw new RequestError({
    code: 'invalid',
    message: 'identify({token}) needs a JWT with a "sub", signed by the site’s server.',
  });
}
