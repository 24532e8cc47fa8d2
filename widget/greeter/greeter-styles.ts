import type { ChannelConfiguration } from '../../shared/contract/channel.ts';
import { palette } from '../../shared/state/palette.ts';

/** @param dock holds the launcher, unless a page has none or hides it */
export function greeterStyles({ position, offsetInline = 20 }: ChannelConfiguration, dock: HTMLElement): string {
  const { 'surface-raised': surface, text, 'text-muted': textMuted, border } = palette;
  const pair = ({ light, dark }: { light: string; dark: string }): string => `light-dark(${light},${dark})`;
  return `
.greeting{position:fixed;z-index:2111111111;inset-block-end:calc(${getComputedStyle(dock).bottom} + ${dock.offsetHeight && 68}px);${position === 'left' ? 'left' : 'right'}:${offsetInline}px;box-sizing:border-box;inline-size:max-content;max-inline-size:min(300px,100vw - ${2 * offsetInline}px);border:1px solid ${pair(border)};border-radius:18px;background:${pair(surface)};color:${pair(text)};color-scheme:var(--parlour-color-scheme,light dark);box-shadow:0 8px 30px #0003;font:15px/1.45 system-ui;animation:greet .25s}
.greeting button{all:unset;box-sizing:border-box;cursor:pointer}
.greeting button:before{content:none}
.greeting .say{display:grid;gap:2px;inline-size:100%;padding-block:12px 14px;padding-inline:16px 44px;white-space:pre-line;overflow-wrap:anywhere}
.greeting b{justify-self:start;color:${pair(textMuted)};font-size:13px;font-weight:600}
.greeting .dismiss{position:absolute;inset-block-start:6px;inset-inline-end:6px;inline-size:32px;block-size:32px}
.greeting .dismiss:before{content:"";position:absolute;inset:9px;inline-size:auto;background:${pair(textMuted)};clip-path:path("M1 2L2 1l5 5 5-5 1 1-5 5 5 5-1 1-5-5-5 5-1-1 5-5z");forced-color-adjust:none}
.greeting button:focus-visible{outline:2px solid;outline-offset:-3px;border-radius:16px}
@keyframes greet{from{opacity:0}}
@media(prefers-reduced-motion){.greeting{animation:none}}
@media(forced-colors:active){.greeting .dismiss:before{background:ButtonText}}`;
}
