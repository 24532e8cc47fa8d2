/** Final, and text (RFC 6455, 5.2). A server masks nothing. */
const TEXT = 0x81;
const TWO_BYTES_FOLLOW = 126;
const EIGHT_BYTES_FOLLOW = 127;

/** Texts as WebSocket frames from a server, one after the other in one piece of memory, ready for the line. */
export function encodeFrames(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + headOf(length) + length, 0));
  let at = 0;
  texts.forEach((text, index) => {
    const length = lengths[index]!;
    bytes[at] = TEXT;
    if (length < TWO_BYTES_FOLLOW) bytes[at + 1] = length;
    else if (length < 65_536) {
      bytes[at + 1] = TWO_BYTES_FOLLOW;
      bytes.writeUInt16BE(length, at + 2);
    } else {
      bytes[at + 1] = EIGHT_BYTES_FOLLOW;
      bytes.writeBigUInt64BE(BigInt(length), at + 2);
    }
    at += headOf(length);
    at += bytes.write(text, at);
  });
  return bytes;
}

function headOf(length: number): number {
  return length < TWO_BYTES_FOLLOW ? 2 : length < 65_536 ? 4 : 10;
}
