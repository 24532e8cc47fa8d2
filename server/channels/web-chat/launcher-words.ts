import type { LauncherWords } from '../../../shared/contract/channel.ts';

/** With the one word of greetings that is not the site owner's. */
export type BeginningWords = LauncherWords & { dismiss: string };

type Words = readonly [open: string, close: string, unread: string, online: string, failed: string, dismiss: string];

/**
 * What the launcher says before the panel has come, by language. `#` stands for the number. Here rather than in the loader, where twelve
 * languages would be a third of it.
 */
const words: Readonly<Record<string, Words>> = {
  ar: ['فتح الدردشة', 'إغلاق الدردشة', 'غير مقروءة: #', 'متصل', 'تعذّر تحميل الدردشة. أعد المحاولة.', 'إغلاق'],
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
    'No se pudo cargar el chat. Inténtalo de nuevo.',
    'Cerrar',
  ],
  fr: [
    'Ouvrir le chat',
    'Fermer le chat',
    'non lus : #',
    'en ligne',
    'Le chat n’a pas pu être chargé. Réessayez.',
    'Fermer',
  ],
  it: ['Apri la chat', 'Chiudi la chat', 'da leggere: #', 'online', 'Impossibile caricare la chat. Riprova.', 'Chiudi'],
  ja: [
    'チャットを開く',
    'チャットを閉じる',
    '未読#件',
    'オンライン',
    'チャットを読み込めませんでした。再試行してください。',
    '閉じる',
  ],
  nl: [
    'Chat openen',
    'Chat sluiten',
    '# ongelezen',
    'online',
    'De chat kon niet worden geladen. Probeer het opnieuw.',
    'Sluiten',
  ],
  pl: [
    'Otwórz czat',
    'Zamknij czat',
    'nieprzeczytane: #',
    'online',
    'Nie udało się wczytać czatu. Spróbuj ponownie.',
    'Zamknij',
  ],
  pt: [
    'Abrir o chat',
    'Fechar o chat',
    'não lidas: #',
    'online',
    'Não foi possível carregar o chat. Tente de novo.',
    'Fechar',
  ],
  tr: ['Sohbeti aç', 'Sohbeti kapat', '# okunmamış', 'çevrimiçi', 'Sohbet yüklenemedi. Tekrar deneyin.', 'Kapat'],
  zh: ['打开聊天', '关闭聊天', '# 条未读', '在线', '聊天无法加载，请重试。', '关闭'],
};

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
