import { configureLocalization } from '@lit/localize/init/runtime.js';
import { msg, str } from '@lit/localize';
import type { LocaleModule } from '@lit/localize';
import { generateMsgId } from '@lit/localize/internal/id-generation.js';
import type { LauncherWords } from '../../shared/contract/channel.ts';
import { FORM_BREAK } from '../../shared/ui/plural.ts';
import type { Catalogue } from './catalogue.ts';

export { refusalText } from './refusals.ts';

type Templates = LocaleModule['templates'];

let catalogue: Catalogue = {};
let setLocale: ((language: string) => Promise<void>) | undefined;

/**
 * Makes `msg()` answer by a catalogue: what is drawn from then on is in its language.
 * @returns what the launcher says in it
 */
export async function translate(
  language: string,
  languages: readonly string[],
  texts: Catalogue,
): Promise<LauncherWords> {
  catalogue = texts;
  setLocale ??= configureLocalization({
    sourceLocale: 'en',
    targetLocales: languages,
    loadLocale: async () => ({ templates: templatesOf(catalogue) }),
  }).setLocale;
  await setLocale(language);
  return {
    language,
    open: msg('Open chat'),
    close: msg('Close chat'),
    unread: msg(str`${'#'} unread`),
    online: msg('online'),
    failed: msg('Chat could not load. Try again.'),
  };
}

function templatesOf(texts: Catalogue): Templates {
  const templates: Templates = {};
  for (const [source, text] of Object.entries(texts)) {
    templates[generateMsgId(source.split(/\{\d\}/), false)] = templateOf(
      typeof text === 'string' ? text : joined(text),
    );
  }
  return templates;
}

function templateOf(text: string): Templates[string] {
  // Every other piece is the number of a value.
  const pieces = text.split(/\{(\d)\}/);
  if (pieces.length === 1) return text;
  const strings = pieces.filter((_, index) => index % 2 === 0);
  const values = pieces.filter((_, index) => index % 2 === 1).map(Number);
  return { strTag: true, strings: Object.assign(strings, { raw: strings }), values };
}

function joined({ other, ...forms }: Exclude<Catalogue[string], string>): string {
  return [other, ...Object.entries(forms).flat()].join(FORM_BREAK);
}
