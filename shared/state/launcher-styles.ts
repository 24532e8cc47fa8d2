import type { LauncherIcon, WebChatSettings } from '../contract/channel.ts';
import { readableOn } from './readable-on.ts';

/** Outlines of the launcher's icons in a square of 28 units. */
const launcherIcons: Record<LauncherIcon, string> = {
  chat: 'M3 25l2-7a12 10 0 1 1 5 4z',
  question: 'M8 10a6 6 0 1 1 9 5q-1 1-1 3v1h-4v-2q0-3 3-5a2 2 0 1 0-3-2zM12 21h4v4h-4z',
  envelope: 'M3 6h22l-11 9zM2 8l12 10 12-10v13a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2z',
  heart: 'M14 25l-9-9a6 6 0 0 1 9-9 6 6 0 0 1 9 9z',
};

/**
 * The launcher's look, as its owner chose it: the server writes it into the loader, so that a page carries no rule that another one
 * undoes. What it wears while the chat is open, or under the pointer, comes with the panel.
 *
 * Of several launchers in a corner each stands above the one before: the tilde is how far.
 *
 * The host element is shielded from the page (`all: initial !important`), so everything stands on the dock inside. The icon is clipped
 * from a plain ground, which needs no markup. `i` is the badge: a dot or, as an alert, why the chat did not open; how it counts comes with
 * the panel. Left and right are those of the window, whichever way its words run; only the icon stands before the words. Colours that the page
 * inherits count more than the channel's. The others are those of
 * `shared/state/palette.ts`, written out: the whole palette would be a fifth of the loader. The height it stands at is near the greatest there
 * is, in digits that pack.
 */
export function launcherStyles(settings: WebChatSettings): string {
  const { color, position, offsetInline, offsetBlock, launcherIcon, launcherLabel, launcherSelector } = settings;
  const shield = 'all:initial!important;display:contents!important';
  const height = `inset-block-end:calc(var(--_block,${offsetBlock}px) + ~px)`;
  // Greeting and panel stand where it would.
  if (launcherSelector) return `:host{${shield}${textUpon(color)}}abbr{display:none;${height}}`;
  const ground = color ?? 'light-dark(#862b59,#a8447a)';
  const text = color && readableOn(color) !== '#fff' ? 'var(--_channel-on-accent)' : '#fff';
  const isLabelled = Object.values(settings.translations).some((words) => words.launcherLabel);
  const wide = 'padding-inline:50px 20px;font:600 15px system-ui';
  return (
    `:host{${shield}${textUpon(color)}}` +
    `abbr{z-index:2111111111;color-scheme:var(--parlour-color-scheme,light dark);forced-color-adjust:none;${height};${position}:${offsetInline}px;position:fixed}` +
    `button{${launcherLabel ? wide : 'inline-size:56px'};block-size:56px;background:var(--parlour-accent,${ground});border:0;color:var(--parlour-on-accent,${text});border-radius:99px;box-shadow:0 5px 20px #0005;cursor:pointer}` +
    (isLabelled && !launcherLabel ? `button:not(:empty){inline-size:auto;${wide}}` : '') +
    `button:before{inline-size:28px;background:currentColor;clip-path:path("${launcherIcons[launcherIcon]}");inset:14px;position:absolute;content:""}` +
    `[aria-busy=true]{opacity:.7}` +
    `i{padding:5px;background:#857b80;color:#fff;font:600 15px system-ui;border:2px solid Canvas;${position}:0;inset-block-end:40px;position:absolute;pointer-events:none;border-radius:99px;white-space:nowrap}` +
    `.on{background:#1b7a45}` +
    `[role]{background:#b9202f}`
  );
}

/**
 * The text upon the channel's colour, where that is not the white that is everywhere else. A page that chose a ground alone has white on
 * it: where it chose none, the mixture is not valid, and what follows counts.
 */
function textUpon(color: WebChatSettings['color']): string {
  const text = color ? readableOn(color) : '#fff';
  if (text === '#fff') return '';
  return `;--_white:color-mix(in srgb,var(--parlour-accent) 0%,#fff);--_channel-on-accent:var(--_white,${text})`;
}
