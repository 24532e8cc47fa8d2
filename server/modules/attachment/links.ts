import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../../kernel/secrets.ts';

/** A link is good for half of this at least and all of it at most; within one stretch it is the same, so that browsers need not fetch a file again. */
const LONGEST_MS = 3_600_000;

/** Which file a link is for, and until when (Unix milliseconds). */
export type LinkedFile = { workspaceId: string; attachmentId: string; until: number };

const LENGTHS = { id: 16, until: 6, proof: 20 };
const PLAIN = LENGTHS.id * 2 + LENGTHS.until;

/**
 * Links that fetch one file for a short time: for `<img>` and downloads, which can carry no token in a header; and a visitor's own token must not stand in
 * an address, where histories, logs and referrers keep it. A link names its file and its end, and proves both with a key of this installation.
 */
export class AttachmentLinks {
  readonly #key: Buffer;

  /** @param secret the installation's */
  constructor(secret: string) {
    this.#key = deriveKey(secret, 'attachment links');
  }

  /** @param lastsMs how long it is good at most; left out: as long as links on screens are */
  make(workspaceId: string, attachmentId: string, now: Date, lastsMs = LONGEST_MS): { token: string; until: number } {
    const stretchMs = lastsMs / 2;
    const until = (Math.floor(now.getTime() / stretchMs) + 2) * stretchMs;
    const plain = Buffer.alloc(PLAIN);
    plain.write(bare(workspaceId), 0, 'hex');
    plain.write(bare(attachmentId), LENGTHS.id, 'hex');
    plain.writeUIntBE(until, LENGTHS.id * 2, LENGTHS.until);
    return { token: Buffer.concat([plain, this.#proof(plain)]).toString('base64url'), until };
  }

  /** @returns null when it is none of ours, or has run out */
  read(token: string, now: Date): LinkedFile | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== PLAIN + LENGTHS.proof) return null;
    const plain = bytes.subarray(0, PLAIN);
    if (!timingSafeEqual(bytes.subarray(PLAIN), this.#proof(plain))) return null;
    const until = plain.readUIntBE(LENGTHS.id * 2, LENGTHS.until);
    if (until <= now.getTime()) return null;
    const id = (at: number): string => dashed(plain.toString('hex', at, at + LENGTHS.id));
    return { workspaceId: id(0), attachmentId: id(LENGTHS.id), until };
  }

  #proof(plain: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(plain).digest().subarray(0, LENGTHS.proof);
  }
}

function bare(id: string): string {
  return id.replaceAll('-', '');
}

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
