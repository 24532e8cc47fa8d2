import { html, nothing, unsafeCSS } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from './icon.ts';
import { userIcon } from './first-icons.ts';

/** Diameters in CSS pixels. */
const sizes = [16, 18, 24, 28, 32, 36, 40, 64] as const;

export interface AvatarOptions {
  /** Null while nobody knows it: a figure is drawn in place of initials. */
  readonly name: string | null;
  /** What the colour is drawn from; the person's id, so that a new name keeps the colour. */
  readonly seed: string;
  readonly size: (typeof sizes)[number];
  /** Draws a presence dot: filled when true, hollow when false. */
  readonly online?: boolean | undefined;
}

/** Grounds, light and dark, and the ink upon them, light and dark. */
export const avatarHues: readonly (readonly [string, string, string, string])[] = [
  ['#f6dfe4', '#4c2a35', '#8a2442', '#f5bccb'],
  ['#f8e0d3', '#4d3022', '#8b3a12', '#f3c2a5'],
  ['#f5e6c2', '#453719', '#704d00', '#ecd08a'],
  ['#e4ebcd', '#333c20', '#4a5c10', '#cbdc9b'],
  ['#d3ece1', '#1f3f33', '#0f5f45', '#9fdcc2'],
  ['#d5e9f0', '#1e3d49', '#12566d', '#a3d6e6'],
  ['#dde3f6', '#2c3558', '#33478f', '#bccaf5'],
  ['#ebdff3', '#3f2d4e', '#643387', '#dcc0ee'],
];

/** FNV-1a: spreads ids that differ in one character. */
export function avatarHue(seed: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i += 1) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % avatarHues.length;
}

/** First letters of the first and the last word, whole characters of any script: "Ada Lovelace" is AL. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  return ends
    .map((word) => /^.\p{M}*/u.exec(word ?? '')?.[0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** A round portrait: initials on a soft colour of their own. Decoration beside a name. */
export function avatar({ name, seed, size, online }: AvatarOptions): TemplateResult {
  const all = initials(name ?? '');
  // Two letters are no longer letters in a circle this small.
  const letters = size < 20 ? (/^.\p{M}*/u.exec(all)?.[0] ?? '') : all;
  const disc = `disc of-${size} hue-${avatarHue(seed)}${letters.length > 2 ? ' long' : ''}`;
  return html`<span class="avatar" aria-hidden="true"
    ><span class=${disc}>${letters || icon(userIcon, { size: size * 0.6 })}</span>${
      online === undefined ? nothing : html`<span class=${online ? 'presence online' : 'presence'}></span>`
    }</span
  >`;
}

const ownRules = (): string =>
  avatarHues
    .map(
      ([ground, darkGround, ink, darkInk], i) =>
        `.hue-${i}{--_ground:light-dark(${ground},${darkGround});--_ink:light-dark(${ink},${darkInk})}`,
    )
    .concat(sizes.map((size) => `.of-${size}{--_size:${size}px}`))
    .join('');

/** `.avatar`; its dot is ringed in `--_avatar-ring`, the colour of what it lies upon (default: surface). */
export const avatarStyles = /* @__PURE__ */ unsafeCSS(`
  .avatar {
    position: relative;
    display: inline-block;
    flex: none;
    vertical-align: middle;
    line-height: 0;
    user-select: none;
  }
  .disc {
    display: grid;
    place-items: center;
    inline-size: var(--_size);
    block-size: var(--_size);
    border-radius: 50%;
    background: var(--_ground);
    color: var(--_ink);
    font: 600 calc(var(--_size) * 0.39)/1 var(--_font);
    letter-spacing: 0.01em;
    direction: ltr;
  }
  .long {
    font-size: calc(var(--_size) * 0.3);
  }
  .presence {
    position: absolute;
    inset-block-end: -3%;
    inset-inline-end: -3%;
    inline-size: max(8px, 28%);
    aspect-ratio: 1;
    border: 2px solid var(--_offline);
    border-radius: 50%;
    background: var(--_avatar-ring, var(--_surface));
    box-shadow: 0 0 0 2px var(--_avatar-ring, var(--_surface));
  }
  .presence.online {
    border-color: var(--_online);
    background: var(--_online);
  }
  @media (forced-colors: active) {
    .disc {
      outline: 1px solid CanvasText;
    }
    .presence.online {
      forced-color-adjust: none;
    }
  }
  ${/* @__PURE__ */ ownRules()}
`);
