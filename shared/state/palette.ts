/**
 * Every colour of the product, light and dark, under the name it has as a custom property: `accent` is
 * `--parlour-accent`. What each colours stands in token-guide.ts. Free of Lit, so that the launcher, drawn before Lit is loaded, wears the same colours.
 * Velvet and brass: a mulberry accent, warm greys with a trace of it, amber for what stays among teammates.
 */
export interface Colour {
  readonly light: string;
  readonly dark: string;
}

export const palette = {
  accent: { light: '#862b59', dark: '#a8447a' },
  'on-accent': { light: '#ffffff', dark: '#ffffff' },
  surface: { light: '#ffffff', dark: '#1c191b' },
  'surface-raised': { light: '#ffffff', dark: '#262225' },
  'surface-sunken': { light: '#f7f4f3', dark: '#141214' },
  border: { light: '#e8e2e1', dark: '#363034' },
  'border-strong': { light: '#8f858a', dark: '#7d737a' },
  text: { light: '#241c21', dark: '#f2edef' },
  'text-muted': { light: '#5c5258', dark: '#beb4ba' },
  'text-faint': { light: '#716669', dark: '#9f949b' },
  'bubble-mine': { light: '#862b59', dark: '#8f3a68' },
  'on-bubble-mine': { light: '#ffffff', dark: '#ffffff' },
  'bubble-theirs': { light: '#f2edeb', dark: '#2e292c' },
  note: { light: '#fcf0d2', dark: '#3b301a' },
  online: { light: '#1b7a45', dark: '#5ac48d' },
  offline: { light: '#857b80', dark: '#8d8389' },
  danger: { light: '#b9202f', dark: '#ff8f8c' },
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
