// oxlint-disable no-console -- a site that switches should read there what has no place here
import { boot } from '../api/boot.ts';
import type { BootOptions } from '../api/boot.ts';
import type { ParlourWidget } from '../api/page-api.ts';
import { kept } from '../launcher/visitor-record.ts';
import type {} from '../panel/form/widget-form.ts';
import type {} from '../panel/home/home-events.ts';
import type {} from '../panel/rich/widget-blocks.ts';

/** What the parts of a chat tell each other. */
type PartEvents = Pick<
  GlobalEventHandlersEventMap,
  'parlour-widget-answer' | 'parlour-widget-choice' | 'parlour-widget-select'
>;

/** `on` listens at the element around the parts: it hears those of this chat alone, as long as that stands. */
export type HeardWidget = ParlourWidget & {
  on: <K extends keyof PartEvents>(name: K, listener: (event: PartEvents[K]) => unknown) => void;
};

type Work = (widget: HeardWidget) => unknown;

/** What stands in for another product's widget: a Parlour of its own, and a word in the console for what it cannot do. */
export class Facade {
  readonly server: string;
  /** From the script's own address: `compat/….js?channel=KEY`. */
  channel: string;
  /** Once it is asked for; a chat that could not be loaded is asked for again. */
  #widget: Promise<HeardWidget> | undefined;
  /** Settles when the one before has been asked to go. */
  #left: Promise<unknown> = Promise.resolve();
  /** What was asked of it before. */
  #waiting: Work[] = [];
  readonly #warned = new Set<string>();
  readonly #product: string;

  constructor(product: string) {
    const script = document.currentScript as HTMLScriptElement | null;
    // A module is no current script, but an error tells in which file it was made.
    const { origin, searchParams } = new URL(script?.src ?? /http.*(?=:\d+:)/.exec(Error().stack!)![0]);
    this.#product = product;
    this.server = origin;
    this.channel = searchParams.get('channel') ?? '';
  }

  get isBooted(): boolean {
    return this.#widget !== undefined;
  }

  /** The widget as it is at this moment. */
  get standing(): ParlourWidget | undefined {
    return window.Parlour?.widgets?.[this.channel];
  }

  boot(options: Pick<BootOptions, 'language' | 'hidden'> = {}): Promise<HeardWidget> {
    if (this.#widget) return this.#widget;
    const booted = this.#left.then(() => this.#load(options));
    this.#widget = booted;
    for (const work of this.#waiting.splice(0)) this.do(work);
    booted.catch((error: unknown) => {
      if (this.#widget === booted) this.#widget = undefined;
      console.error(String(error));
    });
    return booted;
  }

  #load(options: Pick<BootOptions, 'language' | 'hidden'>): Promise<HeardWidget> {
    return boot({ server: this.server, channel: this.channel, ...options }) as Promise<HeardWidget>;
  }

  /** Does something with the widget, as soon as there is one. */
  do(work: Work): void {
    if (!this.#widget) this.#waiting.push(work);
    else void this.#carryOut(this.#widget, work);
  }

  #carryOut<T>(widget: Promise<T>, work: (widget: T) => unknown): Promise<unknown> {
    return widget.then(work).catch((error: unknown) => console.warn(`Parlour for ${this.#product}: ${String(error)}`));
  }

  /** The widget leaves the page; `boot` brings another, once it has. Where there is none yet, whoever is remembered leaves all the same. */
  leave(work: Work): void {
    const remembered = (): Promise<HeardWidget> | undefined =>
      kept(this.channel) ? this.#load({ hidden: true }) : undefined;
    const leaving = this.#widget ?? this.#left.then(remembered);
    void this.#carryOut(leaving, (widget) => widget && work(widget));
    // It has been asked to go by then, and `boot` waits for it.
    this.#left = leaving.catch(() => undefined);
    this.#widget = undefined;
  }

  /** Says once that something has no place here. */
  warn(what: string, instead = 'It does nothing here.'): void {
    if (this.#warned.has(what)) return;
    this.#warned.add(what);
    console.warn(`Parlour for ${this.#product}: ${what} is not supported. ${instead}`);
  }

  /** Says it of each setting that is there and in the table. */
  warnOf(settings: object, table: Readonly<Record<string, string | undefined>>, where: string): void {
    for (const [key, instead] of Object.entries(table)) if (key in settings) this.warn(`${where}.${key}`, instead);
  }

  /** A proof of who the visitor is counts only if Parlour's own secret signed it. */
  identify(token: unknown, where: string): void {
    if (isForParlour(token)) this.do((widget) => widget.identify({ token: String(token) }));
    else this.warn(where, 'Sign a token with the identity secret of Parlour instead, and give it here.');
  }
}

/** Keeps what Parlour can: names, addresses, and properties that are one value. */
export function facts(given: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> {
  const data: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value))
      data[key] = value;
  }
  return data;
}

function isForParlour(token: unknown): boolean {
  try {
    const [, claims = ''] = String(token).split('.');
    const { aud } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { aud?: unknown };
    return [aud].flat().includes('parlour-visitor');
  } catch {
    // Not a JWT.
    return false;
  }
}
