import type { EmojiSet } from './emoji-set.ts';

/** Where it cannot be told what a system draws, what is younger than this is left out. */
const DRAWN_ANYWHERE = 14;

/** Leaves out what this system has no picture of: an empty box says nothing. */
export function drawnHere(set: EmojiSet): EmojiSet {
  const isDrawn = painter();
  const known = new Map<number, boolean>();
  const canTell = isDrawn('😀');
  const ofVersion = (version: number, emoji: string): boolean => {
    // Of one version a system has all or none.
    if (!known.has(version)) known.set(version, canTell ? isDrawn(emoji) : version <= DRAWN_ANYWHERE);
    return known.get(version) ?? false;
  };
  // Windows writes flags as two letters.
  const hasFlags = !canTell || isDrawn('🇨🇭');
  return (hasFlags ? set : set.slice(0, -1)).map((group) =>
    group.filter(({ emoji, version }) => !version || ofVersion(version, emoji)),
  );
}

/** A picture has its own colours; a letter, or the box that stands for what is missing, takes that of the text. */
function painter(): (emoji: string) => boolean {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  return (emoji) => {
    if (!context) return false;
    const [black, white] = ['#000', '#fff'].map((color) => {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = color;
      context.font = '100px sans-serif';
      context.textBaseline = 'top';
      context.scale(0.01, 0.01);
      context.fillText(emoji, 0, 0);
      context.resetTransform();
      return String(context.getImageData(0, 0, 1, 1).data);
    });
    return black === white && black !== '0,0,0,0';
  };
}
