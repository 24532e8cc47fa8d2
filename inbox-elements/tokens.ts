import { unsafeCSS } from 'lit';
import { tokens as common } from '../shared/ui/tokens.ts';

/** What `shared/ui/tokens.ts` says, and what only the inbox has of it: visitors need not fetch that. */
export const tokens = [
  common,
  unsafeCSS(`
:host{
--_online-soft:color-mix(in oklab,var(--_online) 11%,var(--_surface));
--_note-border:color-mix(in oklab,var(--_note) 78%,light-dark(#7a5200,#ffd27a));
--_radius-l:calc(var(--_radius)*1.5);
--_radius-bubble:calc(var(--_radius)*2);
--_font-size-xs:calc(var(--_font-size)*.7858);
--_font-size-l:calc(var(--_font-size)*1.1429);
--_font-size-xl:calc(var(--_font-size)*1.4286);
}
`),
];
