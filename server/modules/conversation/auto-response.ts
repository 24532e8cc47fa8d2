import { DEFAULT_AUTO_RESPONSE, type OffHours } from '../../../shared/contract/off-hours.ts';

/** The words that come with Parlour, by language; English is in the contract, where the settings show it. */
const words: Readonly<Record<string, string>> = {
  en: DEFAULT_AUTO_RESPONSE,
  ar: 'شكرًا على رسالتك. نحن غير متاحين الآن، وسنرد عليك هنا حالما نعود.',
  de: 'Vielen Dank für Ihre Nachricht. Wir sind gerade nicht da und antworten Ihnen hier, sobald wir zurück sind.',
  es: 'Gracias por su mensaje. Ahora mismo no estamos disponibles; le responderemos aquí en cuanto volvamos.',
  fr: 'Merci pour votre message. Nous ne sommes pas là pour le moment et vous répondrons ici dès notre retour.',
  it: 'Grazie per il suo messaggio. Al momento non ci siamo: le risponderemo qui appena torniamo.',
  ja: 'メッセージをありがとうございます。ただいま不在にしております。戻り次第、こちらでお返事いたします。',
  nl: 'Bedankt voor uw bericht. We zijn er op dit moment niet en antwoorden u hier zodra we terug zijn.',
  pl: 'Dziękujemy za wiadomość. Obecnie nas nie ma – odpowiemy tutaj, gdy tylko wrócimy.',
  pt: 'Obrigado pela sua mensagem. Neste momento não estamos disponíveis; responderemos aqui assim que voltarmos.',
  tr: 'Mesajınız için teşekkür ederiz. Şu anda burada değiliz; döner dönmez size buradan yanıt vereceğiz.',
  zh: '感谢您的留言。我们现在不在线，回来后会立即在这里回复您。',
};

/**
 * What answers a conversation by itself while nobody is there; null where the owner wants nothing said.
 * @param language of the visitor, as two letters: the owner's words in it, else the owner's words, else those that come with Parlour
 */
export function autoResponseFor({ mode, autoResponse, translations }: OffHours, language = 'en'): string | null {
  // A bot speaks for itself.
  if (autoResponse === null || mode === 'bot') return null;
  return translations?.[language]?.autoResponse || autoResponse || words[language] || DEFAULT_AUTO_RESPONSE;
}
