/** What a file is, as far as its first bytes prove it. */
export type FileType = { type: string; width?: number; height?: number };

/** So much of a file is kept while it is read: cameras put up to 64 KiB of their own before the size of the picture. */
export const HEAD_BYTES = 128 * 1024;

/** Everything that is not on the list, whatever its name or its sender says: text, HTML, SVG and scripts among them. */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** Pictures that browsers draw from pixels alone. No other type is ever shown in place. */
const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export function isPicture(type: string): boolean {
  return pictures.has(type);
}

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
const starts = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte);

/** Ordered: the first that fits. A picture whose size cannot be read is none. */
const kinds: readonly ((bytes: Uint8Array) => FileType | null)[] = [
  (bytes) =>
    starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? sized('image/png', pngSize(bytes)) : null,
  (bytes) => (starts(bytes, 0xff, 0xd8, 0xff) ? sized('image/jpeg', jpegSize(bytes)) : null),
  (bytes) => (/^GIF8[79]a$/.test(ascii(bytes, 0, 6)) ? sized('image/gif', gifSize(bytes)) : null),
  (bytes) =>
    ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP' ? sized('image/webp', webpSize(bytes)) : null,
  (bytes) => (ascii(bytes, 0, 5) === '%PDF-' ? { type: 'application/pdf' } : null),
  (bytes) => (starts(bytes, 0x50, 0x4b, 0x03, 0x04) ? { type: 'application/zip' } : null),
  (bytes) => (starts(bytes, 0x1f, 0x8b, 0x08) ? { type: 'application/gzip' } : null),
  (bytes) =>
    ascii(bytes, 0, 3) === 'ID3' || (starts(bytes, 0xff) && (bytes[1]! & 0xe6) === 0xe2)
      ? { type: 'audio/mpeg' }
      : null,
  (bytes) => (ascii(bytes, 0, 4) === 'OggS' ? { type: 'audio/ogg' } : null),
  (bytes) => (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WAVE' ? { type: 'audio/wav' } : null),
  (bytes) => (starts(bytes, 0x1a, 0x45, 0xdf, 0xa3) ? { type: 'video/webm' } : null),
  (bytes) =>
    ascii(bytes, 4, 8) === 'ftyp' && !/^(avi[fs]|hei[cfmsx]|mif1)$/.test(ascii(bytes, 8, 12))
      ? { type: 'video/mp4' }
      : null,
];

/** @param head the file's first bytes, up to `HEAD_BYTES` of them */
export function detectType(head: Uint8Array): FileType {
  for (const kind of kinds) {
    const found = kind(head);
    if (found) return found;
  }
  return { type: UNKNOWN_TYPE };
}

type Size = { width: number; height: number } | null;

function sized(type: string, size: Size): FileType | null {
  return size && size.width > 0 && size.height > 0 ? { type, ...size } : null;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function pngSize(bytes: Uint8Array): Size {
  if (bytes.length < 24 || ascii(bytes, 12, 16) !== 'IHDR') return null;
  return { width: view(bytes).getUint32(16), height: view(bytes).getUint32(20) };
}

function gifSize(bytes: Uint8Array): Size {
  if (bytes.length < 10) return null;
  return { width: view(bytes).getUint16(6, true), height: view(bytes).getUint16(8, true) };
}

/** The three forms of WebP keep their size in three ways. */
function webpSize(bytes: Uint8Array): Size {
  if (bytes.length < 30) return null;
  const data = view(bytes);
  const form = ascii(bytes, 12, 16);
  if (form === 'VP8 ') return { width: data.getUint16(26, true) & 0x3fff, height: data.getUint16(28, true) & 0x3fff };
  if (form === 'VP8L') {
    const bits = data.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (form !== 'VP8X') return null;
  const three = (at: number): number => data.getUint16(at, true) | (data.getUint8(at + 2) << 16);
  return { width: three(24) + 1, height: three(27) + 1 };
}

/** The size stands in the "start of frame"; before it come segments that say how long they are. */
function jpegSize(bytes: Uint8Array): Size {
  const data = view(bytes);
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { width: data.getUint16(at + 7), height: data.getUint16(at + 5) };
    else at += 2 + data.getUint16(at + 2);
  }
  return null;
}
