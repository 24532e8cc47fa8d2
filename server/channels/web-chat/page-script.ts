import type { ChannelConfiguration, WebChatSettings } from '../../../shared/contract/channel.ts';
import { literal as simpleLiteral } from '../../../shared/state/condition-script.ts';
import { launcherStyles } from '../../../shared/state/launcher-styles.ts';
import type { BeginningWords } from './launcher-words.ts';
import { languageScript, ruleScript, watchScript } from './page-rules.ts';

/** An expression that goes into a script as it is. */
class Script {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What the loader of a channel must be able to do. */
export type LoaderKind = 'plain' | 'rules';

export function loaderKind({ greeter }: ChannelConfiguration): LoaderKind {
  return greeter ? 'rules' : 'plain';
}

/** A channel for a page, and what the chat itself says there before its panel has come. */
export interface PageChannel {
  configuration: ChannelConfiguration;
  settings: WebChatSettings;
  words: BeginningWords;
  /** What the page calls the widget, where it says so. */
  as?: string | undefined;
}

/**
 * All that a page may know of a channel, as an expression (`PageConfiguration` in `widget/launcher/panel-port.ts`): its rules are a
 * function, so that what runs them need not carry a reader, and what is said is chosen by the visitor's language where it runs.
 */
export function configurationScript(channel: PageChannel): string {
  const { dismiss: _ofGreetings, ...words } = channel.words;
  return literal({ ...ofChat(channel), ...ofLauncher(channel), words });
}

/** The same without what every loader has. */
export function restScript(channel: PageChannel): string {
  return literal(ofChat(channel));
}

/** What every page carries: what the launcher and its rules need, and the rest only where that is little. */
export function loaderScript(channel: PageChannel): string {
  const { greeter, translations, askConsent } = channel.configuration;
  const isLittle = !greeter && !translations && !askConsent;
  return literal({ ...(isLittle && ofChat(channel)), ...ofLauncher(channel), as: channel.as });
}

/** What `ofLauncher` says. */
const launchers = ['key', 'launcherLabel', 'availability', 'panel', 'greeter'] as const;

function ofChat({ configuration, words: { dismiss } }: PageChannel): Record<string, unknown> {
  const { translations, greetings, ...own } = configuration;
  for (const name of launchers) Reflect.deleteProperty(own, name);
  return {
    ...own,
    ...(greetings && {
      dismiss,
      greetings: greetings.map(({ id, text, translations: texts }) => ({ id, text: inLanguage(texts, text) })),
    }),
    ...(translations && { '...': inLanguage(translations) }),
  };
}

function ofLauncher({ configuration, settings, words }: PageChannel): Record<string, unknown> {
  const { key, availability, panel, greeter, launcherLabel, launcherSelector, translations = {} } = configuration;
  const labels = Object.entries(translations).flatMap(([language, { launcherLabel: label }]) =>
    label && !launcherSelector ? [[language, label]] : [],
  );
  const { css, ...rules } = ruleScripts(configuration, settings);
  // In the order in which they pack best.
  return {
    panel,
    greeter,
    ...rules,
    // Hours turn at whole minutes.
    availability: { ...availability, changesAt: availability.changesAt?.replace(':00.000Z', 'Z') ?? null },
    launcherLabel: inLanguage(Object.fromEntries(labels), launcherLabel),
    words: {
      online: words.online,
      open: launcherLabel ? undefined : words.open,
      failed: words.failed,
      language: words.language,
    },
    css,
    key,
  };
}

/** How the launcher looks, when it shows, and what it listens to. */
function ruleScripts(
  { key, askConsent, launcherSelector }: ChannelConfiguration,
  settings: WebChatSettings,
): Record<string, unknown> {
  const { showWhen, greetings } = settings;
  const channel = { key, askConsent };
  const asked = [...(showWhen ? [showWhen] : []), ...greetings.map(({ when }) => when)];
  const attached = [...watchScript(asked, channel), ...(launcherSelector ? [selectorScript(launcherSelector)] : [])];
  return {
    css: launcherStyles(settings),
    ...(asked.length > 0 && { rule: new Script(ruleScript(showWhen, greetings, channel)) }),
    ...(attached.length > 0 && { attach: new Script(`(w,o)=>{${attached.join(';')}}`) }),
  };
}

/** Elements of the page's own open the chat; the launcher's styles hide it (`shared/state/launcher-styles.ts`). */
function selectorScript(selector: string): string {
  const opens = `e.target.closest(${literal(selector)})&&(e.preventDefault(),w.toggle())`;
  return `document.addEventListener(\`click\`,e=>{${opens}},o)`;
}

/** What there is in the visitor's language, else something else. */
function inLanguage(texts: object | undefined, otherwise?: string): Script | string | undefined {
  if (!texts || Object.keys(texts).length === 0) return otherwise;
  const found = `${literal(texts)}[${languageScript}]`;
  return new Script(otherwise === undefined ? found : `${found}??${literal(otherwise)}`);
}

/**
 * A value as a script would write it: without the quotes of JSON it is a twentieth less. A field of the name `...` is spread.
 */
function literal(value: unknown): string {
  if (value instanceof Script) return value.text;
  if (Array.isArray(value)) return `[${value.map(literal).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return `{${fields.map(([name, inner]) => `${fieldName(name)}${literal(inner)}`).join()}}`;
  }
  return simpleLiteral(value as string | number | boolean | null);
}

function fieldName(name: string): string {
  if (name === '...') return name;
  return `${/^[a-z]\w*$/i.test(name) ? name : JSON.stringify(name)}:`;
}
