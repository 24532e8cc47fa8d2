import type { LitElement } from 'lit';
import { RequestError } from '../../shared/client/client.ts';
import { defaultWebChatSettings } from '../../shared/contract/channel.ts';
import type { LauncherWords } from '../../shared/contract/channel.ts';
import { readableOn } from '../../shared/state/readable-on.ts';
import { spoken } from '../../shared/ui/language.ts';
import { catalogues, chooseLanguage, speak } from '../languages/language.ts';
import type { ConfigurationModule, LauncherPort, PageConfiguration } from '../launcher/panel-port.ts';
import { readFirst } from '../panel/frame/messages-view.ts';
import { welcomeText } from '../panel/welcome-text.ts';
import { keep } from '../panel/visitor-memory.ts';
import type { Theme, WidgetSettings } from './page-api.ts';

const schemes: Record<Theme, string> = { light: 'light', dark: 'dark', auto: 'light dark' };

/** What stands in the page: the panel, or what asks whether there may be one. */
export interface Standing {
  element?: LitElement | undefined;
  /** Says everything in the language spoken now. */
  draw(words?: LauncherWords): void;
  /** Stands where the configuration says now. */
  place(): void;
}

const appearances = new WeakMap<LauncherPort, Appearance>();

/** One for each widget: what the page has chosen outlives the panel. */
export function appearanceOf(port: LauncherPort, standing: () => Standing): Appearance {
  const appearance = appearances.get(port) ?? new Appearance(port);
  appearances.set(port, appearance);
  appearance.standing = standing;
  return appearance;
}

/** How the widget looks and what it speaks, as the page changes it while it stands. */
export class Appearance {
  readonly #port: LauncherPort;
  standing: () => Standing = () => ({ draw: () => undefined, place: () => undefined });
  /** What the page has chosen; its words count more than the site owner's and the page's own style sheets. */
  readonly #sheet = new CSSStyleSheet();
  #theme: Theme | undefined;
  #chosen: Pick<WidgetSettings, 'color' | 'position' | 'offsetInline' | 'offsetBlock'> = {};

  constructor(port: LauncherPort) {
    this.#port = port;
    port.root.adoptedStyleSheets.push(this.#sheet);
  }

  async update(settings: WidgetSettings = {}): Promise<void> {
    const { locale, theme, color, position, offsetInline, offsetBlock, hidden, properties } = settings;
    const { widget, configuration } = this.#port;
    if (color !== undefined && !/^#[0-9a-f]{6}$/i.test(color)) throw wrong('color', 'a colour such as #0f766e');
    if (position !== undefined && position !== 'left' && position !== 'right') throw wrong('position', 'left or right');
    for (const [name, px] of Object.entries({ offsetInline, offsetBlock }))
      if (px !== undefined && !(px >= 0 && px <= 400)) throw wrong(name, 'a number of pixels from 0 to 400');
    if (theme !== undefined) this.setTheme(theme);
    if (hidden === true) widget.hide();
    if (hidden === false) widget.show();
    const chosen = { color, position, offsetInline, offsetBlock };
    for (const [name, value] of Object.entries(chosen))
      if (value !== undefined) Object.assign(this.#chosen, { [name]: value });
    Object.assign(configuration, this.#chosen);
    this.#dress();
    await Promise.all([properties && widget.setProperties(properties), locale !== undefined && this.setLocale(locale)]);
  }

  setTheme(theme: Theme): void {
    if (!Object.hasOwn(schemes, theme)) throw wrong('theme', 'light, dark or auto');
    this.#theme = theme;
    this.#dress();
  }

  /** With what the site owner wrote in that language. */
  async setLocale(locale: string): Promise<void> {
    const language = String(locale).slice(0, 2).toLowerCase();
    if (chooseLanguage([language]) !== language)
      throw wrong('locale', `one of ${['en', ...Object.keys(catalogues)].toSorted().join(', ')}`);
    const { configuration, address } = this.#port;
    const here = new URL(address);
    here.searchParams.set('language', locale);
    this.#port.address = here.href;
    const welcome = welcomeText(configuration);
    const welcomed = Object.keys(readFirst).filter((id) => readFirst[id] === welcome);
    const [words, given] = await Promise.all([speak(here.href), this.#given(language)]);
    if (spoken.language !== language) throw unreachable();
    const { greeting, launcherLabel, consentText, greetings, dismiss } = given;
    // What a running conversation began with is said in it, unless it was something else than the welcome.
    for (const id of welcomed) {
      delete readFirst[id];
      // Drawn meanwhile, it may have been taken for that.
      keep(`${configuration.key}:first:${id}`, '', 'sessionStorage');
    }
    Object.assign(configuration, { greeting, launcherLabel, consentText, greetings, dismiss });
    const standing = this.standing();
    const { element } = standing;
    standing.draw(words);
    element?.requestUpdate();
    if (element?.renderRoot) redraw(element.renderRoot);
  }

  /** What the site owner wrote in that language. */
  async #given(language: string): Promise<PageConfiguration> {
    const { configuration, address } = this.#port;
    const from = new URL('configuration.js', address);
    from.searchParams.set('channel', configuration.key);
    from.searchParams.set('language', language);
    try {
      const { default: given } = (await import(/* @vite-ignore */ from.href)) as ConfigurationModule;
      if (given) return given;
    } catch {
      // The network, or a policy of the page.
    }
    throw unreachable();
  }

  #dress(): void {
    const { color, position, offsetInline = this.#port.configuration.offsetInline, offsetBlock } = this.#chosen;
    const inline = `${offsetInline ?? defaultWebChatSettings.offsetInline}px`;
    const side = position ?? this.#port.configuration.position;
    const isMoved = position !== undefined || this.#chosen.offsetInline !== undefined;
    const rules: [boolean, string][] = [
      [!!this.#theme, `--parlour-color-scheme:${schemes[this.#theme ?? 'auto']}!important`],
      [!!color, `--parlour-accent:${color}!important;--parlour-on-accent:${readableOn(color ?? '#000000')}!important`],
      [offsetBlock !== undefined, `--_block:${offsetBlock}px`],
    ];
    const own = rules.flatMap(([applies, rule]) => (applies ? [rule] : []));
    const [at, other] = side === 'left' ? ['left', 'right'] : ['right', 'left'];
    const seat = `abbr{${at}:${inline};${other}:auto}i{${at}:0;${other}:auto}`;
    this.#sheet.replaceSync(`:host{${own.join(';')}}${isMoved ? seat : ''}`);
    this.standing().place();
  }
}

/** Everything drawn says what it says anew, also what stands as it stood. */
function redraw(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    // Of the other of two widgets on a page perhaps, whose Lit is another one.
    if ('requestUpdate' in element) (element as LitElement).requestUpdate();
    if (element.shadowRoot) redraw(element.shadowRoot);
  }
}

function unreachable(): RequestError {
  return new RequestError({ code: 'unavailable', message: 'The words of that language could not be loaded.' });
}

function wrong(name: string, wanted: string): RequestError {
  return new RequestError({
    code: 'invalid',
    message: `${name} must be ${wanted}.`,
    fields: { [name]: `must be ${wanted}` },
  });
}
