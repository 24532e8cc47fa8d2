import { launcherWords } from './launcher-words.ts';

/** As the chat says it (`widget/languages`), for what is read without one. */
const greetings: Readonly<Record<string, string>> = {
  ar: 'مرحبًا! كيف يمكننا مساعدتك؟',
  de: 'Hallo! Wie können wir Ihnen helfen?',
  en: 'Hello! How can we help?',
  es: '¡Hola! ¿En qué podemos ayudarte?',
  fr: 'Bonjour ! Comment pouvons-nous vous aider ?',
  it: 'Ciao! Come possiamo aiutarti?',
  ja: 'こんにちは。どのようなご用件でしょうか？',
  nl: 'Hallo! Waarmee kunnen we helpen?',
  pl: 'Dzień dobry! W czym możemy pomóc?',
  pt: 'Olá! Como podemos ajudar?',
  tr: 'Merhaba! Size nasıl yardımcı olabiliriz?',
  zh: '您好！请问有什么可以帮您？',
};

/**
 * What a channel greets with whose owner has written nothing of their own.
 * @param languages as in `Accept-Language`
 */
export function builtInGreeting(languages: string): string {
  return greetings[launcherWords(languages).language]!;
}
