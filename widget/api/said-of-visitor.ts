import { RequestError } from '../../shared/client/client.ts';
import type { LauncherPort } from '../launcher/panel-port.ts';
import type { StandingPanel } from '../panel/panel.ts';
import { mustDescribe, undescribable } from './description.ts';
import type { ParlourWidget, VisitorProperties } from './page-api.ts';
import { SupersededError } from './superseded-error.ts';

/** What is being told, for whoever waits for it. */
interface Telling {
  said: VisitorProperties;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** What the page says of its visitor with `setProperties()`. To say something of somebody makes no session for them. */
export class SaidOfVisitor {
  readonly #widget: ParlourWidget;
  readonly #standing: () => StandingPanel | undefined;
  readonly #underway = new Set<Telling>();
  /** What the server has taken of what is known. What is refused after it was known in its place until then. */
  readonly #taken = new WeakMap<VisitorProperties, VisitorProperties>();
  /** What who connects is saying at this moment, and whether the server will have taken it. */
  #connecting: { said: VisitorProperties; taken: Promise<boolean> } | undefined;

  /** @param standing The panel of who is there; none while one leaves. */
  constructor({ widget, signal }: LauncherPort, standing: () => StandingPanel | undefined) {
    this.#widget = widget;
    this.#standing = standing;
    signal.addEventListener('abort', () => this.giveUp({}));
  }

  async say(data: VisitorProperties): Promise<void> {
    const { known } = this.#widget;
    const standing = this.#standing();
    // The visitor took the chat away, and with it what was said of them.
    if (standing && !standing.element.parentNode) return;
    const connecting = this.#connecting;
    try {
      mustDescribe(data);
      // Said after a change that only now was made, it is of whoever came.
      Object.assign(known, data);
      const said = { ...data };
      if (!(connecting && isWithin(said, connecting.said) && (await connecting.taken))) await this.#tell(said);
    } catch (error) {
      if (!(error instanceof SupersededError)) this.#takeBack(known, Object(data) as VisitorProperties);
      throw error;
    }
  }

  /** All that is known; what the server will not have of it keeps the rest from nobody. */
  async sayAll(): Promise<void> {
    const { known } = this.#widget;
    const telling = this.#tell({ ...known });
    const taken = telling.then(
      () => true,
      (error) => {
        if (error instanceof SupersededError) throw error;
        return false;
      },
    );
    const connecting = { said: { ...known }, taken };
    this.#connecting = connecting;
    const end = (): void => {
      if (this.#connecting === connecting) this.#connecting = undefined;
    };
    taken.then(end, end);
    try {
      await telling;
    } catch (error) {
      await this.#sayRest(known, Object.keys(connecting.said), error);
    }
  }

  /** What is wrong is known no longer. Where the refusal does not name it, half and half are said, until only that is refused. */
  async #sayRest(known: VisitorProperties, keys: string[], error: unknown): Promise<void> {
    if (error instanceof SupersededError) return;
    const { code, fields = {} } = error as Partial<RequestError>;
    const isOfWhatWasSaid = code === 'invalid' || code === 'too_large';
    const paths = Object.keys(fields).filter((path) => path !== 'properties');
    const named = new Set(paths.map((path) => path.replace(/^properties\./, '')));
    const isWrong = (key: string): boolean => named.has(key) || (isOfWhatWasSaid && keys.length === 1);
    const rest = keys.filter((key) => !isWrong(key));
    const isDropped = rest.length < keys.length;
    for (const key of keys) if (isWrong(key)) Reflect.deleteProperty(known, key);
    if (isDropped) this.#widget.look();
    if (isDropped || !isOfWhatWasSaid) {
      // oxlint-disable-next-line no-console -- nobody waits for it, and whoever wrote the page looks there
      console.warn(`Parlour did not take what setProperties said: ${String(error)}`);
    }
    if (!isDropped && !isOfWhatWasSaid) return;
    const half = Math.ceil(rest.length / 2);
    for (const part of isDropped ? [rest] : [rest.slice(0, half), rest.slice(half)]) {
      // Whoever it was said of may have left meanwhile.
      if (part.length === 0 || known !== this.#widget.known) continue;
      const said = Object.fromEntries(part.map((key) => [key, known[key]]));
      await this.#tell(said).catch((again: unknown) => this.#sayRest(known, part, again));
    }
  }

  /**
   * The line is closed, and answers no more.
   * @param known is said by the next one.
   */
  giveUp(known: VisitorProperties = this.#widget.known): void {
    for (const { said, resolve, reject } of this.#underway)
      if (isWithin(said, known)) resolve();
      else reject(new SupersededError());
    this.#underway.clear();
  }

  /** What was known before is known again, and the rules hear of it. */
  #takeBack(known: VisitorProperties, refused: VisitorProperties): void {
    const taken = this.#taken.get(known) ?? {};
    for (const [key, value] of Object.entries(refused)) {
      // Unless something else was said since.
      if (known[key] !== value) continue;
      if (Object.hasOwn(taken, key)) known[key] = taken[key];
      else Reflect.deleteProperty(known, key);
    }
    this.#widget.look();
  }

  /** Nothing where no chat has connected: who connects says all that is known. */
  async #tell(said: VisitorProperties): Promise<void> {
    const { known } = this.#widget;
    const chat = this.#standing()?.element.chat;
    if (!chat) return;
    const { name, email, phone, ...rest } = said;
    const properties = Object.fromEntries(
      Object.entries(rest).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined),
    );
    const told = Object.entries({ name, email, phone }).filter(([, value]) => value);
    try {
      const answer = chat.tell('visitor.describe', { ...Object.fromEntries(told), properties });
      await new Promise<void>((resolve, reject) => {
        const telling = { said, resolve, reject };
        this.#underway.add(telling);
        answer.then(() => resolve(), reject).finally(() => this.#underway.delete(telling));
      });
    } catch (error) {
      if (error instanceof RequestError || error instanceof SupersededError) throw error;
      // What JSON cannot say at all, such as a BigInt.
      throw undescribable();
    }
    this.#taken.set(known, { ...this.#taken.get(known), ...said });
  }
}

function isWithin(some: VisitorProperties, all: VisitorProperties): boolean {
  return Object.entries(some).every(([key, value]) => all[key] === value);
}
