import { palette } from './palette.ts';
import type { ColourName } from './palette.ts';

/**
 * The custom properties that a page may set, told once: `custom-elements.json`, the editors' data and `/docs` are made of it. A test holds it to what
 * `shared/ui/tokens.ts` reads. Browsers never load it.
 */
export interface Token {
  /** Such as `--parlour-accent`. */
  name: string;
  /** What it colours or measures. */
  description: string;
  /** CSS, or in words where it follows from another. */
  default: string;
  /** As `@property` has it. */
  syntax: string;
}

const colours: Readonly<Record<ColourName, string>> = {
  accent: 'The one strong colour: primary buttons, the launcher, the visitor’s own bubbles.',
  'on-accent': 'Text and icons upon the accent.',
  surface: 'What the eye rests on: panels, lists, the thread.',
  'surface-raised': 'What floats over a surface: menus, cards, the composer.',
  'surface-sunken': 'What lies behind: side bars, the ground around panels.',
  border: 'Hairlines between regions; carries no information.',
  'border-strong': 'Edge of text fields and other controls; 3:1 against every surface.',
  text: 'Text of the first rank.',
  'text-muted': 'Text of the second rank: previews, labels.',
  'text-faint': 'Text of the third rank: times, hints, placeholders. Still readable on every surface.',
  'bubble-mine': 'A bubble of whoever is looking. Follows an accent that the page sets.',
  'on-bubble-mine': 'Text upon a bubble of whoever is looking. Follows what the page sets upon the accent.',
  'bubble-theirs': 'A bubble of the other side; its text is that of surfaces.',
  note: 'Ground of an internal note; its text is that of surfaces. Visitors never see one.',
  online: 'Online, done, success.',
  offline: 'Offline, away, inactive.',
  danger: 'Failure and destruction, as text and as the fill of a destructive button.',
  'on-danger': 'Text upon the colour of danger.',
};

const others: readonly Token[] = [
  {
    name: '--parlour-accent-text',
    description: 'The accent as text and icons on a surface.',
    default: 'the accent, as dark or light as is readable',
    syntax: '<color>',
  },
  {
    name: '--parlour-color-scheme',
    description: 'Which theme holds: `light`, `dark`, or `light dark` as the reader’s system prefers.',
    default: 'light dark',
    syntax: 'light | dark | light dark',
  },
  {
    name: '--parlour-focus',
    description: 'The ring around what has the focus.',
    default: 'the accent as text; text, where a channel chose the accent',
    syntax: '<color>',
  },
  {
    name: '--parlour-font',
    description: 'Font families of everything that is read.',
    default: 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif',
    syntax: '*',
  },
  {
    name: '--parlour-font-mono',
    description: 'Font families of code.',
    default: 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace',
    syntax: '*',
  },
  {
    name: '--parlour-font-size',
    description: 'Size of running text; other sizes are multiples of it.',
    default: '14px',
    syntax: '<length>',
  },
  {
    name: '--parlour-motion',
    description: 'Duration of a small movement; 0 where the reader wants less of it.',
    default: '140ms',
    syntax: '<time>',
  },
  {
    name: '--parlour-radius',
    description: 'Corner of buttons and fields; others are multiples of it, and 0 makes all of them square.',
    default: '8px',
    syntax: '<length>',
  },
  {
    name: '--parlour-shadow',
    description: 'Shadow of what floats.',
    default:
      '0 0 0 1px light-dark(#2d142212,#ffffff14),0 2px 6px light-dark(#2d142212,#00000052),0 12px 32px -6px light-dark(#2d142229,#0000008f)',
    syntax: '*',
  },
  { name: '--parlour-space', description: 'The unit of distance.', default: '4px', syntax: '<length>' },
];

const colour = (name: ColourName): Token => {
  const { light, dark } = palette[name];
  return {
    name: `--parlour-${name}`,
    description: colours[name],
    default: light === dark ? light : `light-dark(${light}, ${dark})`,
    syntax: '<color>',
  };
};

/** Colours in the order of the palette, and what else there is by name. */
export const tokenGuide: readonly Token[] = [...(Object.keys(palette) as ColourName[]).map(colour), ...others];
