/**
 * The launcher's look; what it wears while the chat is open, or under the pointer, comes with the panel, and what the site owner chose
 * with the configuration (`shared/state/channel-look.ts`). The host element is shielded from the page (`all: initial !important`), so
 * everything stands on the dock inside. The icon is clipped from a plain ground, which needs no markup. `i` is the badge: a dot when
 * empty, else a count or, as an alert, why the chat did not open. The colours are those of `shared/ui/palette.ts`, written out: the
 * whole palette would be a fifth of the loader.
 * @param place how many widgets stand in this corner already
 */
export function launcherStyles(place: number): string {
  return (
    `:host{all:initial!important;display:contents!important}` +
    `div{position:fixed;z-index:2147483000;inset-block-end:calc(var(--_block,20px) + ${place * 72}px);right:20px;color-scheme:var(--parlour-color-scheme,light dark)}` +
    `button{inline-size:56px;block-size:56px;border:0;border-radius:99px;background:var(--parlour-accent,light-dark(#862b59,#a8447a));color:var(--parlour-on-accent,#fff);box-shadow:0 4px 20px #0005;cursor:pointer;forced-color-adjust:none}` +
    `button:before{content:"";position:absolute;inset:14px;background:currentColor;clip-path:path("M14 2a12 10 0 1 1-4 20l-7 3 2-7a12 10 0 0 1 9-16")}` +
    `button:focus-visible{outline:3px solid;outline-offset:-6px}` +
    `[aria-busy=true]{opacity:.7}` +
    `i{position:absolute;inset-block-end:40px;right:0;padding:0 6px;border:2px solid Canvas;border-radius:99px;background:#b9202f;color:#fff;font:600 12px/18px system-ui;white-space:nowrap;pointer-events:none}` +
    `i:empty{padding:5px;background:#857b80}` +
    `.on:empty{background:#1b7a45}`
  );
}
