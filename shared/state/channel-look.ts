import { defaultWebChatSettings } from '../contract/channel.ts';
import type { ChannelConfiguration, LauncherIcon, WebChatSettings } from '../contract/channel.ts';
import { readableOn } from './readable-on.ts';

/** Outlines of the launcher's icons in a square of 28 units. The loader carries the one of the chat; the others travel when chosen. */
export const launcherIcons: Record<LauncherIcon, string> = {
  chat: 'M14 2a12 10 0 1 1-4 20l-7 3 2-7a12 10 0 0 1 9-16',
  question: 'M8 10a6 6 0 1 1 9 5q-1 1-1 3v1h-4v-2q0-3 3-5a2 2 0 1 0-3-2zM12 21h4v4h-4z',
  envelope: 'M3 6h22l-11 9zM2 8l12 10 12-10v13a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2z',
  heart: 'M14 25l-9-9a6 6 0 0 1 9-9 6 6 0 0 1 9 9z',
};

/**
 * What the owner's choices change in the launcher's own styles (`widget/launcher/launcher-styles.ts`). Left and right are those of the
 * window, whichever way its words run; only the icon stands before the words.
 */
function launcherLook(settings: WebChatSettings): string {
  const { color, position, offsetInline, offsetBlock, launcherIcon, launcherLabel, launcherSelector } = settings;
  const { translations } = settings;
  const isLeft = position === 'left';
  const isLabelled = launcherLabel || Object.values(translations).some((words) => words.launcherLabel);
  const rules: [boolean, string][] = [
    [!!color, `:host{--parlour-accent:${color};--parlour-on-accent:${readableOn(color ?? '#000000')}}`],
    [offsetBlock !== defaultWebChatSettings.offsetBlock, `:host{--_block:${offsetBlock}px}`],
    [isLeft, `div{left:${offsetInline}px;right:auto}i{left:0;right:auto}`],
    [!isLeft && offsetInline !== defaultWebChatSettings.offsetInline, `div{right:${offsetInline}px}`],
    [!!launcherSelector, 'div{display:none}'],
    [launcherIcon !== 'chat', `button:before{clip-path:path("${launcherIcons[launcherIcon]}")}`],
    [
      !!isLabelled,
      'button:not(:empty){inline-size:auto;padding:0 20px;padding-inline-start:50px;font:600 15px system-ui}button:before{inline-size:28px}',
    ],
  ];
  return rules.map(([applies, rule]) => (applies ? rule : '')).join('');
}

type Look = Omit<ChannelConfiguration, 'key' | 'name' | 'availability' | 'panel' | 'greeter'>;

/** What of a channel's settings a page must know: what its owner chose, and no more. */
export function channelLook(settings: WebChatSettings): Look {
  const { color, position, greeting, translations, greetings, logoUrl, showFaces, startAtHome } = settings;
  const { offsetInline, launcherLabel, launcherSelector, askConsent, consentText, privacyUrl } = settings;
  const css = launcherLook(settings);
  return {
    greeting,
    ...(color && { color }),
    ...(position !== defaultWebChatSettings.position && { position }),
    ...(css && { css }),
    ...(offsetInline !== defaultWebChatSettings.offsetInline && { offsetInline }),
    ...(launcherLabel && { launcherLabel }),
    ...(launcherSelector && { launcherSelector }),
    ...(logoUrl && { logoUrl }),
    ...(!showFaces && { showFaces }),
    ...(startAtHome && { startAtHome }),
    ...(Object.keys(translations).length > 0 && { translations }),
    ...(askConsent && { askConsent, ...(consentText && { consentText }), ...(privacyUrl && { privacyUrl }) }),
    ...(greetings.length > 0 && {
      greetings: greetings.map(({ id, text, translations: texts }) => ({
        id,
        text,
        ...(Object.keys(texts).length > 0 && { translations: texts }),
      })),
    }),
  };
}
