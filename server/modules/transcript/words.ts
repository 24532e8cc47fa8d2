/** The few words around the messages of a transcript. `title` has the workspace's name for `#`. */
export type TranscriptWords = { title: string; you: string; shortened: string };

const english: TranscriptWords = {
  title: 'Your conversation with #',
  you: 'You',
  shortened: 'This conversation is too long for one email: its first messages are left out.',
};

const words: Record<string, TranscriptWords> = {
  en: english,
  ar: {
    title: 'محادثتك مع #',
    you: 'أنت',
    shortened: 'هذه المحادثة أطول من أن تتسع لها رسالة واحدة، لذلك حُذفت رسائلها الأولى.',
  },
  de: {
    title: 'Ihre Unterhaltung mit #',
    you: 'Sie',
    shortened: 'Diese Unterhaltung ist zu lang für eine E-Mail: Ihre ersten Nachrichten fehlen hier.',
  },
  es: {
    title: 'Su conversación con #',
    you: 'Usted',
    shortened: 'Esta conversación es demasiado larga para un correo: faltan los primeros mensajes.',
  },
  fr: {
    title: 'Votre conversation avec #',
    you: 'Vous',
    shortened: 'Cette conversation est trop longue pour un e-mail : les premiers messages n’y figurent pas.',
  },
  it: {
    title: 'La sua conversazione con #',
    you: 'Lei',
    shortened: 'Questa conversazione è troppo lunga per un’e-mail: mancano i primi messaggi.',
  },
  ja: {
    title: '#との会話',
    you: 'お客様',
    shortened: 'この会話は1通のメールには長すぎるため、最初のメッセージは省略されています。',
  },
  nl: {
    title: 'Uw gesprek met #',
    you: 'U',
    shortened: 'Dit gesprek is te lang voor één e-mail: de eerste berichten zijn weggelaten.',
  },
  pl: {
    title: 'Rozmowa z #',
    you: 'Ty',
    shortened: 'Ta rozmowa jest za długa na jeden e-mail: pominięto pierwsze wiadomości.',
  },
  pt: {
    title: 'A sua conversa com #',
    you: 'Você',
    shortened: 'Esta conversa é demasiado longa para um e-mail: faltam as primeiras mensagens.',
  },
  tr: {
    title: '# ile görüşmeniz',
    you: 'Siz',
    shortened: 'Bu görüşme tek bir e-posta için çok uzun: ilk mesajlar yer almıyor.',
  },
  zh: {
    title: '您与 # 的对话',
    you: '您',
    shortened: '此对话太长，无法放入一封邮件：最前面的消息已省略。',
  },
};

/** @param language a tag such as `pt-BR`; English where there is nothing better */
export function transcriptWords(language: string): TranscriptWords {
  return words[language.slice(0, 2)] ?? english;
}
