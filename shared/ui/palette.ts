/**
 * Every colour of the product, light and dark, under the name it has as a custom property: `accent` is
 * `--parlour-accent`. Free of Lit, so that the launcher, drawn before Lit is loaded, wears the same colours.
 * Velvet and brass: a mulberry accent, warm greys with a trace of it, amber for what stays among teammates.
 */
export interface Colour {
  readonly light: string;
  readonly dark: string;
}

export const palette = {
  /** The one strong colour: primary buttons, the launcher, the visitor's own bubbles. */
  accent: { light: '#862b59', dark: '#a8447a' },
  /** Text and icons upon `accent`. */
  'on-accent': { light: '#ffffff', dark: '#ffffff' },
  /** What the eye rests on: panels, lists, the thread. */
  surface: { light: '#ffffff', dark: '#1c191b' },
  /** What floats over a surface: menus, cards, the composer. */
  'surface-raised': { light: '#ffffff', dark: '#262225' },
  /** What lies behind: side bars, the ground around panels. */
  'surface-sunken': { light: '#f7f4f3', dark: '#141214' },
  /** Hairlines between regions; carries no information. */
  border: { light: '#e8e2e1', dark: '#363034' },
  /** Edge of text fields and other controls, 3:1 against every surface. */
  'border-strong': { light: '#8f858a', dark: '#7d737a' },
  text: { light: '#241c21', dark: '#f2edef' },
  /** Second rank: previews, labels. */
  'text-muted': { light: '#5c5258', dark: '#beb4ba' },
  /** Third rank: times, hints, placeholders. Still readable on every surface. */
  'text-faint': { light: '#716669', dark: '#9f949b' },
  /** A bubble of whoever is looking. */
  'bubble-mine': { light: '#862b59', dark: '#8f3a68' },
  'on-bubble-mine': { light: '#ffffff', dark: '#ffffff' },
  /** A bubble of the other side; its text is `text`. */
  'bubble-theirs': { light: '#f2edeb', dark: '#2e292c' },
  /** Ground of an internal note; its text is `text`. */
  note: { light: '#fcf0d2', dark: '#3b301a' },
  /** Online, done, success. */
  online: { light: '#1b7a45', dark: '#5ac48d' },
  /** Offline, away, inactive. */
  offline: { light: '#857b80', dark: '#8d8389' },
  /** Failure and destruction, as text and as the fill of a destructive button. */
  danger: { light: '#b9202f', dark: '#ff8f8c' },
  /** Text upon `danger`. */
  'on-danger': { light: '#ffffff', dark: '#2b0a0d' },
} as const satisfies Record<string, Colour>;

export type ColourName = keyof typeof palette;

/** Colours that are a host page's choice of another one, unless it chooses them too. */
const followers: Partial<Record<ColourName, ColourName>> = { 'bubble-mine': 'accent', 'on-bubble-mine': 'on-accent' };

/** Colours that a web-chat channel may choose; its launcher sets `--_channel-accent` (`shared/state/launcher-styles.ts`). */
const chosen: readonly ColourName[] = ['accent', 'on-accent'];

/** A colour as CSS: the host page's own token if any ancestor sets it, else the channel's, else ours for the theme in force. */
export function colourCss(name: ColourName): string {
  const { light, dark } = palette[name];
  const ours = light === dark ? light : `light-dark(${light},${dark})`;
  const leader = followers[name] ?? name;
  const led = chosen.includes(leader) ? `var(--_channel-${leader},${ours})` : ours;
  return `var(--parlour-${name},${leader === name ? led : `var(--parlour-${leader},${led})`})`;
}

/**
 * The lightest the accent may be as text upon a light surface, and the darkest upon a dark one, in oklch: a bright yellow is as readable as a deep
 * blue. Derived rather than fixed, so that a site that sets `--parlour-accent` alone gets links to match. A browser that cannot derive it writes
 * in the colour of the text around.
 */
export const accentTextLightness = { light: 0.48, dark: 0.78 } as const;
