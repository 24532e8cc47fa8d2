import type { ChannelConfiguration } from '../../shared/contract/channel.ts';

/** Where the panel fills the window. */
export const smallWindow = '(max-width:480px),(max-height:480px)';

/**
 * Where the panel stands, and what the launcher wears while it is open: a sheet for the launcher's shadow root, which the loader
 * need not carry.
 * @param dockOffset the launcher's distance from the lower edge, such as 20px
 * @param isInline whether it fills a place in the page instead
 */
export function placementStyles(
  { position, color, offsetInline = 20 }: ChannelConfiguration,
  dockOffset: string,
  isInline: boolean,
): string {
  // A ring in a site's own colour might not stand out from the surface.
  const brand = color ? `:host{--_channel-accent:${color};--_channel-focus:light-dark(#241c21,#f2edef)}` : '';
  if (isInline) {
    return `${brand}
:host{display:block!important;block-size:100%!important;border-radius:inherit!important}
parlour-widget-panel{inline-size:100%;block-size:100%;border-radius:inherit}`;
  }
  return `${brand}
div>button:hover{filter:brightness(1.1)}
div>button:focus-visible{outline:3px solid;outline-offset:-6px}
i:not(:empty){padding:0 6px;background:#b9202f;line-height:18px}
parlour-widget-panel{position:fixed;z-index:2111111112;inset-block-end:calc(${dockOffset} + 72px);${position === 'left' ? 'left' : 'right'}:${offsetInline}px;max-inline-size:calc(100% - ${2 * offsetInline}px);max-block-size:calc(min(100dvh,100%) - ${dockOffset} - 92px)}
[aria-expanded=true]:before{clip-path:path("M5 11l9 9 9-9-2-2-7 7-7-7")}
@media${smallWindow}{
parlour-widget-panel{inset:0;inline-size:auto;block-size:auto;max-inline-size:none;max-block-size:none;border-radius:0}
[aria-expanded=true]{visibility:hidden}
}`;
}
