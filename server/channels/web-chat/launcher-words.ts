import type { LauncherWords } from '../../../shared/contract/channel.ts';

type Words = readonly [open: string, close: string, unread: string, online: string, failed: string];

/**
 * What the launcher says before the panel has come, by language; English is in the loader. `#` stands for the number. Here rather than
 * in the loader, where twelve languages would be a third of it.
 */
const words: Readonly<Record<string, Words>> = {
  ar: ['فتح الدردشة', 'إغلاق الدردشة', 'غير مقروءة: #', 'متصل', 'تعذّر تحميل الدردشة. أعد المحاولة.'],
  de: [
    'Chat öffnen',
    'Chat schließen',
    '# ungelesen',
    'online',
    'Der Chat konnte nicht geladen werden. Bitte erneut versuchen.',
  ],
  es: ['Abrir el chat', 'Cerrar el chat', 'sin leer: #', 'en línea', 'No se pudo cargar el chat. Inténtalo de nuevo.'],
  fr: ['Ouvrir le chat', 'Fermer le chat', 'non lus : #', 'en ligne', 'Le chat n’a pas pu être chargé. Réessayez.'],
  it: ['Apri la chat', 'Chiudi la chat', 'da leggere: #', 'online', 'Impossibile caricare la chat. Riprova.'],
  ja: [
    'チャットを開く',
    'チャットを閉じる',
    '未読#件',
    'オンライン',
    'チャットを読み込めませんでした。再試行してください。',
  ],
  nl: ['Chat openen', 'Chat sluiten', '# ongelezen', 'online', 'De chat kon niet worden geladen. Probeer het opnieuw.'],
  pl: ['Otwórz czat', 'Zamknij czat', 'nieprzeczytane: #', 'online', 'Nie udało się wczytać czatu. Spróbuj ponownie.'],
  pt: ['Abrir o chat', 'Fechar o chat', 'não lidas: #', 'online', 'Não foi possível carregar o chat. Tente de novo.'],
  tr: ['Sohbeti aç', 'Sohbeti kapat', '# okunmamış', 'çevrimiçi', 'Sohbet yüklenemedi. Tekrar deneyin.'],
  zh: ['打开聊天', '关闭聊天', '# 条未读', '在线', '聊天无法加载，请重试。'],
};

/**
 * The launcher's words in the first language of a list that there is; undefined is English.
 * @param languages as in `?language=` or `Accept-Language`, which browsers send in the order of their users' liking.
 */
export function launcherWords(languages: string): LauncherWords | undefined {
  for (const tag of languages.toLowerCase().split(',')) {
    const language = tag.trim().split(/[-_;]/)[0] ?? '';
    if (language === 'en') return undefined;
    const found = Object.hasOwn(words, language) ? words[language] : undefined;
    if (!found) continue;
    const [open, close, unread, online, failed] = found;
    return { language, open, close, unread, online, failed };
  }
  return undefined;
}
