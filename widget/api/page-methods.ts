import { RequestError } from '../../shared/client/client.ts';
import { hasConversed } from '../launcher/visitor-record.ts';
import type { AskedMethod, LauncherPort } from '../launcher/panel-port.ts';
import { ReadEvent, SelectEvent } from '../panel/home/home-events.ts';
import type { BeginPanel, StandingPanel } from '../panel/panel.ts';
import { UNNAMED, keep, recordOf, tokenIn, visitorRecord } from '../panel/visitor-memory.ts';
import { newestFirst } from '../../shared/state/visitor.ts';
import { appearanceOf } from './appearance.ts';
import type { Appearance } from './appearance.ts';
import { AwaitedAnswers } from './awaited-answers.ts';
import type { ConversationProperties, Theme, TrackMetadata, VisitorProperties, WidgetSettings } from './page-api.ts';
import { heldProperties } from './held-properties.ts';
import { forgetVisitor, heldToken, revokeSession } from './forget-visitor.ts';
import { backward, composerIn, goTo, mustExist, write } from './places.ts';
import { SaidOfVisitor } from './said-of-visitor.ts';
import { startFlow } from './start-flow.ts';
import { subjectOf } from './subject-of.ts';
import { SupersededError } from './superseded-error.ts';
import { unheard } from './unheard.ts';

/** What waits for nobody: these say who it is about, and what was asked of somebody else may never be answered. */
const beginAnew: readonly AskedMethod[] = ['identify', 'logout', 'setConsent', 'shutdown'];
/** Neither waits for the line to the server, nor is waited for. */
const aside: readonly AskedMethod[] = ['setProperties', 'update', 'setLocale', 'setTheme'];

const elsewhere = 'Another tab has named somebody else since. To name this person all the same, call logout() first.';

/** What the page asks of the chat and the launcher cannot do. */
export class PageMethods {
  readonly #port: LauncherPort;
  readonly #standing: () => StandingPanel;
  readonly #begin: BeginPanel;
  readonly #appearance: Appearance;
  /** Settles when what was asked before is done. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Whom the page named last, and how often it said that it is about somebody else. */
  #subject: string | undefined;
  /** What the browser kept of them when the server took their proof from this page: named again, they renew it. */
  #proven: string | undefined;
  #change = 0;
  /** What this page said of the next new conversation, without what an earlier one did. */
  #saidHere: ConversationProperties | undefined;
  /** Tells the server once more to end the session of whoever was forgotten, where it could not be told: once there is a line, it can. */
  #endFormer: (() => Promise<void>) | undefined;
  /** Whether the panel that stands is of somebody who has left. The next one says what is known by itself when it connects. */
  #isLeft = false;
  readonly #said: SaidOfVisitor;
  readonly #answers = new AwaitedAnswers();

  constructor(port: LauncherPort, standing: () => StandingPanel, begin: BeginPanel) {
    this.#port = port;
    this.#standing = standing;
    this.#begin = begin;
    this.#said = new SaidOfVisitor(port, () => (this.#isLeft ? undefined : standing()));
    this.#appearance = appearanceOf(port, standing);
    port.signal.addEventListener('abort', () => this.#answers.giveUpAll());
  }

  /** In the order of asking: what a page says first is so when the next is done. */
  carryOut(method: AskedMethod, input: unknown[]): Promise<void> {
    const methods: Record<AskedMethod, (...input: never[]) => Promise<void>> = {
      startConversation: (text?: string, properties?: ConversationProperties) =>
        this.#startConversation(text, properties),
      showConversation: (id?: string) => this.#showConversation(id),
      showArticle: (id: string) => this.#showArticle(id),
      startFlow: (id: string) => this.#startFlow(id),
      identify: (proof?: { token?: unknown }) => this.#identify(proof),
      // Who connects says all that is known, and nobody waits for it.
      setProperties: (...said: VisitorProperties[]) =>
        said.length > 0 ? this.#said.say(said[0]!) : this.#said.sayAll(),
      setConversationProperties: (properties: ConversationProperties, id?: string) =>
        this.#setConversationProperties(properties, id),
      track: (name: string, metadata?: TrackMetadata) => this.#track(name, metadata),
      update: (settings?: WidgetSettings) => this.#appearance.update(settings),
      setLocale: (locale: string) => this.#appearance.setLocale(locale),
      setTheme: async (theme: Theme) => this.#appearance.setTheme(theme),
      logout: () => this.#logout(),
      shutdown: () => this.#shutdown(),
      // Where nobody is asked, it is given; taking it back is leaving.
      setConsent: async (isGiven: boolean) => (isGiven ? undefined : this.#logout()),
    };
    const { signal } = this.#port;
    const carry = async (): Promise<void> => {
      try {
        if (signal.aborted) throw new SupersededError();
        await methods[method](...(input as never[]));
      } catch (error) {
        if (!signal.aborted) throw error;
        // A line that was closed says that it cannot be reached. Who leaves hears how the server took it.
        const reason = beginAnew.includes(method) ? error : new SupersededError();
        throw reason instanceof SupersededError ? unheard(reason) : reason;
      }
    };
    if (aside.includes(method)) return carry();
    const done = beginAnew.includes(method) ? carry() : this.#turn.then(carry);
    // Whoever asked hears how it went; whoever comes after waits only for it to be over.
    this.#turn = done.catch(() => undefined);
    return done;
  }

  get #key(): string {
    return this.#port.configuration.key;
  }

  async #startConversation(text?: string, properties?: ConversationProperties): Promise<void> {
    if (properties) this.#hold(properties);
    await this.#show(new SelectEvent(null));
    const standing = this.#standing();
    await standing.element.updateComplete;
    if (text) write(standing, text);
  }

  async #showConversation(id?: string): Promise<void> {
    await this.#show(...(id ? [new SelectEvent(id)] : [backward(), backward()]));
  }

  async #showArticle(id: string): Promise<void> {
    await this.#show(new ReadEvent(id));
  }

  async #startFlow(id: string): Promise<void> {
    if (await startFlow(this.#port, id)) await this.#show(new SelectEvent(null));
  }

  /** Opens the chat and goes somewhere in it, the way the visitor would. Where there is nothing, it stays as it is. */
  async #show(...steps: Event[]): Promise<void> {
    await this.#port.widget.open();
    const standing = this.#standing();
    const { visitor } = await this.#answers.welcome(standing);
    await standing.element.updateComplete;
    for (const step of steps) {
      await mustExist(step, visitor, standing.connect());
      goTo(standing, step);
    }
  }

  async #identify(proof?: { token?: unknown }): Promise<void> {
    const { token } = proof ?? {};
    const subject = subjectOf(token);
    const who = `${this.#key}:who`;
    const before = recordOf(who);
    const change = ++this.#change;
    const isOther = !!this.#subject && this.#subject !== subject;
    // By a page that renews its visitor's proof nobody new has come: whoever did meanwhile, in another tab, stays.
    if (before && before !== subject && this.#proven && !isOther) throw new SupersededError(elsewhere);
    // Another tab may have named somebody since, or be about to, whose the text here is not.
    const isAsBefore = before ? before === subject : !this.#proven || heldToken(this.#key) === tokenIn(this.#proven);
    const written = !isOther && isAsBefore ? this.#written : undefined;
    // What was said of somebody is not said of whoever comes after them; what is said from here on is.
    if (isOther) {
      this.#forgetSaid();
      this.#proven = undefined;
    }
    this.#subject = subject;
    // Whatever comes of it, somebody else sees nothing of whoever was here before.
    if (before && before !== subject) await this.#forget(change);
    await this.#prove(String(token), change, written);
    keep(who, subject);
    this.#proven = visitorRecord(this.#key);
    void this.#endFormer?.();
  }

  /** @param chances How often others may have been here, or have come meanwhile by another tab. */
  async #prove(identity: string, change: number, written?: Written, chances = 2): Promise<void> {
    const held = heldToken(this.#key);
    try {
      await this.#startOver(identity, written);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      // Known to the server as somebody else's, though not to this browser.
      const isOthers = error.code === 'conflict';
      if (isOthers && this.#proven) {
        // Whoever came meanwhile stays whom the browser keeps; here they are not seen, and the chat goes on as it was.
        await this.#startOver(undefined, undefined, this.#proven).catch(() => undefined);
        throw new SupersededError(elsewhere);
      }
      // Another tab has them leave, perhaps for the very person that is named here: what that one has begun stays.
      const isGone = !!held && held !== heldToken(this.#key);
      if (!chances || !(isOthers || isGone)) {
        // Of somebody else who came again and again nothing is seen: the chat goes on with nobody.
        if (isOthers) await this.#forget(change);
        await this.#startOver(undefined, isOthers ? undefined : written).catch(() => undefined);
        throw error;
      }
      if (!isGone) await this.#forget(change);
      await this.#prove(identity, change, undefined, chances - 1);
    }
  }

  /** What the visitor is writing at this moment, and where. */
  get #written(): Written | undefined {
    const composer = this.#port.widget.isOpen ? composerIn(this.#standing()) : null;
    return composer?.text ? { text: composer.text, conversationId: composer.conversationId } : undefined;
  }

  /**
   * The chat anew, with or without a proof of who it is; settles when the server has welcomed or refused it.
   * @param written goes on being written in the new one.
   * @param former What the browser kept of whoever it is about, where somebody else is here by now.
   */
  async #startOver(identity?: string, written?: Written, former?: string): Promise<void> {
    const { widget } = this.#port;
    const standing = this.#raise(identity, former);
    const { element } = standing;
    if (widget.isOpen) standing.open();
    if (written) {
      element.navigation.conversationId = written.conversationId;
      element.requestUpdate();
      await element.updateComplete;
      const composer = composerIn(standing);
      if (composer) composer.text = written.text;
    }
    await this.#answers.welcome(standing);
    if (written) {
      const { conversationId } = written;
      goTo(standing, new SelectEvent(conversationId === UNNAMED ? null : conversationId));
    }
  }

  #raise(...whose: Parameters<BeginPanel>): StandingPanel {
    this.#isLeft = false;
    const standing = this.#begin(...whose);
    this.#answers.giveUpTold();
    this.#said.giveUp();
    return standing;
  }

  async #setConversationProperties(properties: ConversationProperties, id?: string): Promise<void> {
    const conversationId = id ?? (await this.#lastOpen());
    if (!conversationId) return this.#hold(properties);
    await this.#answers.tell(this.#standing(), 'conversation.setProperties', { conversationId, properties });
  }

  /** For the next new conversation. */
  #hold(properties: ConversationProperties): void {
    const { about } = this.#port;
    const before = about.properties;
    about.properties = heldProperties(before, properties);
    this.#saidHere = { ...(before && this.#saidHere), ...properties };
  }

  /** The conversation that was written in last, if it is open. Somebody who never wrote need not connect to be asked. */
  async #lastOpen(): Promise<string | undefined> {
    if (!hasConversed(this.#key)) return undefined;
    const { visitor } = await this.#answers.welcome(this.#standing());
    const [last] = newestFirst(visitor);
    return last?.status === 'open' ? last.id : undefined;
  }

  async #track(name: string, metadata?: TrackMetadata): Promise<void> {
    await this.#answers.tell(this.#standing(), 'visitor.track', { name, ...(metadata && { metadata }) });
  }

  async #logout(): Promise<void> {
    const change = ++this.#change;
    const token = await this.#leave();
    // Unless the page has named somebody meanwhile.
    if (change === this.#change) {
      const standing = this.#raise();
      if (this.#port.widget.isOpen) standing.open();
    }
    await revokeSession(this.#port.address, token);
  }

  async #shutdown(): Promise<void> {
    this.#change += 1;
    const token = await this.#leave();
    this.#port.widget.destroy();
    await revokeSession(this.#port.address, token);
  }

  /** Nothing of the visitor is left in this browser. @returns what the server knew them by */
  async #leave(): Promise<string> {
    this.#answers.giveUpAll();
    const token = heldToken(this.#key);
    this.#standing().destroy();
    this.#isLeft = true;
    this.#subject = undefined;
    this.#proven = undefined;
    this.#forgetSaid();
    this.#said.giveUp();
    this.#port.widget.unreadCount = 0;
    this.#port.draw();
    this.#port.emit('unread', 0);
    await forgetVisitor(this.#key);
    return token;
  }

  /** What the page said of the visitor, and of their next conversation. */
  #forgetSaid(): void {
    this.#port.widget.known = {};
    this.#port.about.properties = undefined;
  }

  /**
   * What the browser keeps of whoever was here before the change, and their session: other tabs hear from the server that it has ended. What
   * this page said itself is of whoever comes.
   */
  async #forget(change: number): Promise<void> {
    this.#isLeft = true;
    const { about, address } = this.#port;
    const token = heldToken(this.#key);
    const said = about.properties && this.#saidHere;
    const forgotten = forgetVisitor(this.#key);
    about.properties = said && heldProperties(undefined, said);
    await forgotten;
    const ended = revokeSession(address, token);
    ended.catch(() => undefined);
    this.#endFormer = async () => {
      this.#endFormer = undefined;
      await ended
        .catch(() => revokeSession(address, token))
        // oxlint-disable-next-line no-console -- nobody waits for it, and whoever wrote the page looks there
        .catch((error: unknown) => console.warn(`Parlour: ${String(error)}`));
    };
    if (change !== this.#change) throw new SupersededError();
  }
}

interface Written {
  text: string;
  conversationId: string;
}
