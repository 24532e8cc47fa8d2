import type { LauncherWords } from '../../shared/contract/channel.ts';
import { spoken } from '../../shared/ui/language.ts';
import type { Catalogue } from './catalogue.ts';

/** The languages there is a catalogue for. English is in the source. */
export const catalogues: Record<string, () => Promise<{ messages: Catalogue }>> = {
  ar: () => import('./ar.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  it: () => import('./it.ts'),
  ja: () => import('./ja.ts'),
  nl: () => import('./nl.ts'),
  pl: () => import('./pl.ts'),
  pt: () => import('./pt.ts'),
  tr: () => import('./tr.ts'),
  zh: () => import('./zh.ts'),
};

const base = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0] ?? '';

/** The first wanted language there is, as its two letters; English when there is none. */
export function chooseLanguage(wanted: readonly string[]): string {
  return wanted.map(base).find((language) => language === 'en' || Object.hasOwn(catalogues, language)) ?? 'en';
}

/**
 * Says everything in the visitor's language from now on: the one the site asks for with `?language=` in the script's address, else the
 * page's own (`<html lang>`), else the first of the browser's that there is. A visitor whose language could not be fetched reads English.
 * @returns what the launcher says in it; nothing where that is English, and at once where no catalogue is needed
 */
export function speak(scriptAddress: string): Promise<LauncherWords | undefined> | undefined {
  const asked = new URL(scriptAddress).searchParams.get('language') ?? '';
  const { languages } = navigator;
  const language = chooseLanguage([asked, document.documentElement.lang, ...languages]);
  // "09:00" or "9:00 am" is a habit of the region.
  const locale = languages.find((tag) => base(tag) === language) ?? language;
  if (language + spoken.language !== 'enen') return load(language, locale);
  spoken.locale = locale;
  return undefined;
}

async function load(language: string, locale: string): Promise<LauncherWords | undefined> {
  try {
    const [{ translate, refusalText }, held] = await Promise.all([import('./translate.ts'), catalogues[language]?.()]);
    const words = await translate(language, Object.keys(catalogues), held?.messages ?? {});
    Object.assign(spoken, { language, locale, direction: language === 'ar' ? 'rtl' : 'ltr' });
    if (language === 'en') delete spoken.refusal;
    else spoken.refusal = refusalText;
    return words;
  } catch {
    // The network: English is in the panel.
    return undefined;
  }
}
