import type { LauncherWords } from '../../../shared/contract/channel.ts';

/** With the one word of greetings that is not the site owner's. */
export type BeginningWords = LauncherWords & { dismiss: string };

type Words = readonly [open: string, close: string, unread: string, online: string, failed: string, dismiss: string];

/**
 * What the launcher says before the panel has come, by language. `#` stands for the number. Here rather than in the loader, where twelve
 * languages would be a third of it. That somebody is there, and that the chat did not come, every page carries: in few letters, and fewest
 * where each takes two or three bytes.
 */
const words: Readonly<Record<string, Words>> = {
  ar: ['فتح الدردشة', 'إغلاق الدردشة', 'غير مقروءة: #', 'متصل', 'فشل التحميل. أعد المحاولة', 'إغلاق'],
  de: [
    'Chat öffnen',
    'Chat schließen',
    '# ungelesen',
    'online',
    'Chat nicht geladen. Bitte erneut versuchen.',
    'Schließen',
  ],
  en: ['Open chat', 'Close chat', '# unread', 'online', 'Chat could not load. Try again.', 'Dismiss'],
  es: [
    'Abrir el chat',
    'Cerrar el chat',
    'sin leer: #',
    'en línea',
    'No se pudo cargar. Inténtalo de nuevo.',
    'Cerrar',
  ],
  fr: ['Ouvrir le chat', 'Fermer le chat', 'non lus : #', 'en ligne', 'Chat non chargé. Réessayez.', 'Fermer'],
  it: ['Apri la chat', 'Chiudi la chat', 'da leggere: #', 'online', 'Impossibile caricare la chat. Riprova.', 'Chiudi'],
  ja: ['チャットを開く', 'チャットを閉じる', '未読#件', '在席', '読込失敗。再度お試しを', '閉じる'],
  nl: ['Chat openen', 'Chat sluiten', '# ongelezen', 'online', 'Chat niet geladen. Probeer het opnieuw.', 'Sluiten'],
  pl: [
    'Otwórz czat',
    'Zamknij czat',
    'nieprzeczytane: #',
    'online',
    'Nie wczytano czatu. Spróbuj ponownie.',
    'Zamknij',
  ],
  pt: ['Abrir o chat', 'Fechar o chat', 'não lidas: #', 'online', 'O chat não carregou. Tente de novo.', 'Fechar'],
  tr: ['Sohbeti aç', 'Sohbeti kapat', '# okunmamış', 'çevrimiçi', 'Sohbet yüklenemedi. Tekrar deneyin.', 'Kapat'],
  zh: ['打开聊天', '关闭聊天', '# 条未读', '在线', '加载失败，请重试', '关闭'],
};

export const launcherLanguages: readonly string[] = Object.keys(words);

/**
 * The launcher's words in the first language of a list that there is, else in English.
 * @param languages as in `?language=` or `Accept-Language`, which browsers send in the order of their users' liking.
 */
export function launcherWords(languages: string): BeginningWords {
  const wanted = languages.split(',').map((tag) => tag.trim().toLowerCase().split(/[-_;]/)[0] ?? '');
  const language = wanted.find((code) => Object.hasOwn(words, code)) ?? 'en';
  const [open, close, unread, online, failed, dismiss] = words[language]!;
  return { language, open, close, unread, online, failed, dismiss };
}
