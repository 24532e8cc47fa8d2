/** The longest name kept, in characters; file systems take 255 bytes. */
const LONGEST = 120;
/** Windows opens devices by these names, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
/** What people may read differently from what it is, and what no file system takes: controls, marks that turn the text round or cannot be seen, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A file's name as it may be shown and saved under. Only for people: on the server a file has a random name.
 * @param given as the sender's machine calls it; it may be anything
 */
export function safeFileName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(UNSEEN, '')
    .replace(/["'<>|:*?`]/g, '_')
    .replace(/\s+/g, ' ')
    // Leading dots hide a file, trailing ones and spaces vanish on Windows.
    .replace(/^[. ]+|[. ]+$/g, '')
    .replace(DEVICE, '_$1');
  return shorten(plain) || 'file';
}

/** Cuts the stem and keeps the ending, which says how to open it. */
function shorten(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= LONGEST) return name;
  const ending = /\.[^. ]{1,12}$/u.exec(name)?.[0] ?? '';
  const stem = characters.slice(0, LONGEST - Array.from(ending).length).join('');
  return `${stem.trimEnd()}${ending}`;
}

/** The header under which browsers save a file: an ASCII name for old ones, the real one for the others (RFC 6266, 8187). */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
