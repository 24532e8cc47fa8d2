import type { OutputInfo, Sharp } from 'sharp';
import { DomainError } from '../../kernel/errors.ts';

/**
 * So many pixels are taken of one picture, all frames together: what telephones make, at about 200 MB of memory. A few kilobytes can
 * unpack to gigabytes, so the size in its head is asked first, and nothing is unpacked when that is too much.
 */
export const MOST_PIXELS = 50_000_000;
/** A picture is held in memory as a whole while it is drawn, whatever other files may have. */
export const MOST_PICTURE_BYTES = 50 * 1024 ** 2;
/** One picture at a time is worked on, beside the event loop; so many stand in line, and who comes then is asked to come again. */
const MOST_WAITING = 32;
/** Places in line that one sender has at a time, so that nobody stands behind all of somebody else's. */
const PLACES_EACH = 2;
/** Pictures of one sender that wait for their own places. */
const MOST_OF_ONE = 16;
const LONGEST_S = 20;

export type PictureSource = { type: string; size: number; read: () => Promise<Uint8Array> };
export type CleanPicture = { bytes: Uint8Array; width: number; height: number };

/** Writes a picture anew in the kind it came in. PNG loses nothing; the others lose what nobody sees. */
const writers: Record<string, (picture: Sharp) => Sharp> = {
  'image/jpeg': (picture) => picture.jpeg({ quality: 88 }),
  'image/png': (picture) => picture.png(),
  'image/gif': (picture) => picture.gif(),
  'image/webp': (picture) => picture.webp({ quality: 88, effort: 3 }),
};
/** Those that move: they are read with all their frames, and turned by nothing. */
const moving: ReadonlySet<string> = new Set(['image/gif', 'image/webp']);

/**
 * Draws pictures anew, so that nothing is left in them but what is seen: not where they were taken, by whose camera and when, and no
 * second file behind the first.
 */
export class PictureCleaner {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  readonly #senders = new Map<string, { places: number; next: (() => void)[] }>();

  /**
   * @param picture `size` in bytes; it is read when it is its turn
   * @param sender who sends it in
   * @returns null for what only looks like a picture
   * @throws too_large, unavailable
   */
  async clean(picture: PictureSource, sender: string): Promise<CleanPicture | null> {
    if (picture.size > MOST_PICTURE_BYTES) throw tooManyBytes();
    await this.#takePlace(sender);
    try {
      return await this.#inTurn(picture);
    } finally {
      this.#leavePlace(sender);
    }
  }

  async #takePlace(sender: string): Promise<void> {
    const held = this.#senders.get(sender) ?? { places: 0, next: [] };
    this.#senders.set(sender, held);
    if (held.places < PLACES_EACH) held.places += 1;
    else if (held.next.length >= MOST_OF_ONE) throw tooMany();
    else await new Promise<void>((resolve) => held.next.push(resolve));
  }

  /** Hands it to the sender's next picture, if there is one. */
  #leavePlace(sender: string): void {
    const held = this.#senders.get(sender)!;
    const next = held.next.shift();
    if (next) return next();
    held.places -= 1;
    if (held.places === 0) this.#senders.delete(sender);
  }

  #inTurn({ type, read }: PictureSource): Promise<CleanPicture | null> {
    if (this.#waiting >= MOST_WAITING) throw tooMany();
    this.#waiting += 1;
    const turn = this.#last.then(async () => draw(type, await read()));
    this.#last = turn.catch(() => undefined);
    return turn.finally(() => (this.#waiting -= 1));
  }
}

async function draw(type: string, bytes: Uint8Array): Promise<CleanPicture | null> {
  const write = writers[type];
  if (!write) return null;
  // Loaded with the first picture: most starts see none.
  const { default: sharp } = await import('sharp');
  // Pictures hardly come twice, and more threads would take the processor from the messages.
  sharp.cache(false);
  sharp.concurrency(1);
  const animated = moving.has(type);
  const options = { limitInputPixels: MOST_PIXELS, failOn: 'error', animated, autoOrient: !animated } as const;
  try {
    const picture = write(sharp(bytes, options).timeout({ seconds: LONGEST_S }));
    const { data, info } = await picture.toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: frameHeight(info) };
  } catch (error) {
    if (error instanceof Error && /pixel limit/i.test(error.message)) throw tooManyPixels();
    // Cut off, broken, or made to break its reader: it is no picture, and nobody is shown it as one.
    return null;
  }
}

/** Frames of what moves are drawn one below the other. */
function frameHeight({ height, pageHeight }: OutputInfo): number {
  return pageHeight ?? height;
}

function tooMany(): DomainError {
  return new DomainError('unavailable', 'Many pictures are coming in at the moment. Try again shortly.');
}

function tooManyBytes(): DomainError {
  return new DomainError(
    'too_large',
    `A picture may have ${MOST_PICTURE_BYTES / 1024 ** 2} MiB at most, and this one has more. Make it smaller, and send it again.`,
  );
}

function tooManyPixels(): DomainError {
  return new DomainError(
    'too_large',
    `This picture has more than ${MOST_PIXELS / 1_000_000} million pixels. Make it smaller, and send it again.`,
  );
}
