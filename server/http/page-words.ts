import { escaped } from '../../shared/state/escaped.ts';
import { launcherWords } from '../channels/web-chat/launcher-words.ts';

/** What the server's own pages for visitors say; `#` stands for the workspace's name. */
interface PageWords {
  chatWith: string;
  needsScript: string;
  noChat: string;
  noChatHint: string;
  nothing: string;
  nothingHint: string;
  toInbox: string;
}

const words: Readonly<Record<string, PageWords>> = {
  ar: {
    chatWith: 'دردشة مع #',
    needsScript: 'تحتاج الدردشة إلى JavaScript.',
    noChat: 'لا توجد دردشة في هذا العنوان',
    noChatHint: 'ربما اقتُطع جزء من الرابط. اطلب رابطًا جديدًا ممن أعطاك إياه.',
    nothing: 'لا يوجد شيء هنا',
    nothingHint: 'ربما كُتب العنوان خطأً أو اقتُطع جزء منه، أو لم يعد ما كان هنا موجودًا.',
    toInbox: 'إلى صندوق الوارد',
  },
  de: {
    chatWith: 'Chat mit #',
    needsScript: 'Der Chat braucht JavaScript.',
    noChat: 'Unter dieser Adresse gibt es keinen Chat',
    noChatHint: 'Vielleicht wurde der Link abgeschnitten. Bitten Sie um einen neuen, wo Sie ihn bekommen haben.',
    nothing: 'Hier ist nichts',
    nothingHint: 'Vielleicht ist die Adresse vertippt oder abgeschnitten, oder was hier stand, gibt es nicht mehr.',
    toInbox: 'Zum Posteingang',
  },
  en: {
    chatWith: 'Chat with #',
    needsScript: 'The chat needs JavaScript.',
    noChat: 'There is no chat at this address',
    noChatHint: 'Perhaps the link was cut short. Ask whoever gave it to you for a new one.',
    nothing: 'There is nothing here',
    nothingHint: 'Perhaps it was mistyped or cut short, or what stood here is gone.',
    toInbox: 'To the inbox',
  },
  es: {
    chatWith: 'Chat con #',
    needsScript: 'El chat necesita JavaScript.',
    noChat: 'No hay ningún chat en esta dirección',
    noChatHint: 'Quizá el enlace esté incompleto. Pide uno nuevo a quien te lo dio.',
    nothing: 'Aquí no hay nada',
    nothingHint: 'Quizá la dirección esté mal escrita o incompleta, o lo que había aquí ya no existe.',
    toInbox: 'A la bandeja de entrada',
  },
  fr: {
    chatWith: 'Chat avec #',
    needsScript: 'Le chat a besoin de JavaScript.',
    noChat: 'Il n’y a pas de chat à cette adresse',
    noChatHint: 'Le lien est peut-être incomplet. Demandez-en un nouveau à la personne qui vous l’a donné.',
    nothing: 'Il n’y a rien ici',
    nothingHint: 'L’adresse est peut-être mal saisie ou incomplète, ou ce qui se trouvait ici n’existe plus.',
    toInbox: 'Vers la boîte de réception',
  },
  it: {
    chatWith: 'Chat con #',
    needsScript: 'La chat richiede JavaScript.',
    noChat: 'A questo indirizzo non c’è nessuna chat',
    noChatHint: 'Forse il link è incompleto. Chiedine uno nuovo a chi te lo ha dato.',
    nothing: 'Qui non c’è niente',
    nothingHint: 'Forse l’indirizzo è scritto male o incompleto, oppure ciò che era qui non esiste più.',
    toInbox: 'Alla posta in arrivo',
  },
  ja: {
    chatWith: '#とのチャット',
    needsScript: 'チャットにはJavaScriptが必要です。',
    noChat: 'このアドレスにチャットはありません',
    noChatHint: 'リンクが途中で切れている可能性があります。リンクの提供元に新しいリンクをお問い合わせください。',
    nothing: 'ここには何もありません',
    nothingHint: 'アドレスの入力間違いや欠落があるか、ページがなくなった可能性があります。',
    toInbox: '受信箱へ',
  },
  nl: {
    chatWith: 'Chat met #',
    needsScript: 'De chat heeft JavaScript nodig.',
    noChat: 'Op dit adres is geen chat',
    noChatHint: 'Misschien is de link afgebroken. Vraag een nieuwe aan wie hem u gaf.',
    nothing: 'Hier is niets',
    nothingHint: 'Misschien is het adres verkeerd getypt of afgebroken, of bestaat wat hier stond niet meer.',
    toInbox: 'Naar de inbox',
  },
  pl: {
    chatWith: 'Czat: #',
    needsScript: 'Czat wymaga JavaScriptu.',
    noChat: 'Pod tym adresem nie ma czatu',
    noChatHint: 'Być może link jest niepełny. Poproś o nowy osobę, od której go masz.',
    nothing: 'Tu nic nie ma',
    nothingHint: 'Być może adres zawiera błąd lub jest niepełny albo tego, co tu było, już nie ma.',
    toInbox: 'Do skrzynki odbiorczej',
  },
  pt: {
    chatWith: 'Chat com #',
    needsScript: 'O chat precisa de JavaScript.',
    noChat: 'Não há nenhum chat neste endereço',
    noChatHint: 'Talvez o link esteja incompleto. Peça um novo a quem o enviou.',
    nothing: 'Não há nada aqui',
    nothingHint: 'Talvez o endereço esteja errado ou incompleto, ou o que estava aqui já não exista.',
    toInbox: 'Para a caixa de entrada',
  },
  tr: {
    chatWith: 'Sohbet: #',
    needsScript: 'Sohbet için JavaScript gerekiyor.',
    noChat: 'Bu adreste sohbet yok',
    noChatHint: 'Bağlantı eksik olabilir. Size veren kişiden yenisini isteyin.',
    nothing: 'Burada bir şey yok',
    nothingHint: 'Adres yanlış ya da eksik yazılmış olabilir veya burada olan artık yoktur.',
    toInbox: 'Gelen kutusuna',
  },
  zh: {
    chatWith: '与 # 聊天',
    needsScript: '聊天需要 JavaScript。',
    noChat: '此地址没有聊天',
    noChatHint: '链接可能不完整。请向提供链接的人索取新链接。',
    nothing: '这里什么也没有',
    nothingHint: '地址可能输入有误或不完整，或者原来的内容已不存在。',
    toInbox: '前往收件箱',
  },
};

/** What the pages say in the first language of a list that the chat speaks, too, else in English; and which that is. */
export function pageWords(acceptLanguage = ''): PageWords & { language: string } {
  const { language } = launcherWords(acceptLanguage);
  return { language, ...words[language]! };
}

/** A page beside the chat: a heading and what belongs to it, by itself. */
export const notice = (heading: string, words: string, rest = ''): string =>
  `<main><h1>${escaped(heading)}</h1><p>${escaped(words)}</p>${rest}</main>`;
