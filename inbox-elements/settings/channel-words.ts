import { msg } from '@lit/localize';
import { defaultWebChatSettings } from '../../shared/contract/channel.ts';
import type { Greeting, WebChatSettings } from '../../shared/contract/channel.ts';
import type { Translatable, Translations } from './translation-editor.ts';

/** The key of the message beside the launcher, which is kept with its own rule. */
const GREETER = 'message';

/** What an owner writes for a channel's visitors, and may write in their languages. */
export function channelWords(settings: WebChatSettings): Translatable[] {
  const { launcherLabel, greeting, greetings, askConsent, consentText } = settings;
  const [message] = greetings;
  return [
    {
      key: 'greeting',
      label: msg('Welcome message'),
      original: greeting,
      maxLength: 300,
      isLong: true,
      isBuiltIn: greeting === defaultWebChatSettings.greeting,
    },
    ...(launcherLabel
      ? [{ key: 'launcherLabel', label: msg('Launcher text'), original: launcherLabel, maxLength: 30 }]
      : []),
    ...(message
      ? [
          {
            key: GREETER,
            label: msg('Greeting message'),
            original: message.text,
            maxLength: 300,
            isLong: true,
          },
        ]
      : []),
    ...(askConsent
      ? [
          {
            key: 'consentText',
            label: msg('Consent text'),
            original: consentText,
            maxLength: 600,
            isLong: true,
            isBuiltIn: consentText === '',
          },
        ]
      : []),
  ];
}

/** What is saved of them, by language. */
export function channelTranslations({ translations, greetings }: WebChatSettings): Translations {
  const result: Record<string, Record<string, string>> = {};
  for (const [language, words] of Object.entries(translations)) {
    const said = Object.entries(words).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : []));
    result[language] = Object.fromEntries(said) as Record<string, string>;
  }
  for (const [language, text] of Object.entries(greetings[0]?.translations ?? {}))
    result[language] = { ...result[language], [GREETER]: text };
  return result;
}

/** As they are saved: the message beside the launcher apart. */
export function wordsFrom(written: Translations): {
  translations: WebChatSettings['translations'];
  message: Greeting['translations'];
} {
  const translations: WebChatSettings['translations'] = {};
  const message: Greeting['translations'] = {};
  for (const [language, { [GREETER]: text, ...rest }] of Object.entries(written)) {
    if (text) message[language] = text;
    if (Object.keys(rest).length > 0) translations[language] = rest;
  }
  return { translations, message };
}
