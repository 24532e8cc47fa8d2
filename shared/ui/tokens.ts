import { unsafeCSS } from 'lit';
import type { CSSResult } from 'lit';
import { accentTextLightness, colourCss, palette } from '../state/palette.ts';
import type { ColourName } from '../state/palette.ts';

/**
 * The documented custom properties, and the private `--_…` ones that styles use.
 *
 * A host page themes us by setting `--parlour-NAME` on any ancestor; styles read `--_NAME`, which is that or our
 * default. Nothing else may read `--parlour-…`.
 *
 * What each of them is, and is by itself, `shared/state/token-guide.ts` tells. The attribute `theme="light|dark"` on one of our elements sets
 * the theme for that element and ours inside it.
 */
const colours = (Object.keys(palette) as ColourName[]).map((name) => `--_${name}:${colourCss(name)};`).join('');

export const tokens: CSSResult = unsafeCSS(`
:host{
color-scheme:var(--parlour-color-scheme,light dark);
${colours}
--_accent-text:var(--parlour-accent-text,light-dark(
oklch(from var(--_accent) min(l,${accentTextLightness.light}) c h),
oklch(from var(--_accent) max(l,${accentTextLightness.dark}) c h)));
--_accent-soft:color-mix(in oklab,var(--_accent) 10%,var(--_surface));
--_danger-soft:color-mix(in oklab,var(--_danger) 9%,var(--_surface));
--_hover:color-mix(in oklab,var(--_text) 5%,transparent);
--_pressed:color-mix(in oklab,var(--_text) 10%,transparent);
--_focus:var(--parlour-focus,var(--_channel-focus,var(--_accent-text)));
--_shadow:var(--parlour-shadow,0 0 0 1px light-dark(#2d142212,#ffffff14),0 2px 6px light-dark(#2d142212,#00000052),0 12px 32px -6px light-dark(#2d142229,#0000008f));
--_radius:var(--parlour-radius,8px);
--_radius-s:calc(var(--_radius)*.625);
--_font:var(--parlour-font,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif);
--_font-mono:var(--parlour-font-mono,ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace);
--_font-size:var(--parlour-font-size,14px);
--_font-size-s:calc(var(--_font-size)*.8929);
--_space:var(--parlour-space,4px);
--_space-2:calc(var(--_space)*2);
--_space-3:calc(var(--_space)*3);
--_space-4:calc(var(--_space)*4);
--_space-6:calc(var(--_space)*6);
--_space-8:calc(var(--_space)*8);
--_motion:var(--parlour-motion,140ms);
--_motion-slow:calc(var(--_motion)*2);
--_ease:cubic-bezier(.2,.8,.2,1);
}
:host([theme="light"]){--parlour-color-scheme:light}
:host([theme="dark"]){--parlour-color-scheme:dark}
@media (prefers-reduced-motion:reduce){:host{--_motion:0s;--_motion-slow:0s}}
`);
