import { defaultWebChatSettings } from '../contract/channel.ts';
import type { ChannelConfiguration, WebChatSettings } from '../contract/channel.ts';

type Look = Omit<ChannelConfiguration, 'key' | 'name' | 'availability' | 'panel' | 'greeter'>;

/** What of a channel's settings a page must know: what its owner chose, and no more. */
export function channelLook(settings: WebChatSettings): Look {
  const { color, position, greeting, translations, greetings, logoUrl, showFaces, startAtHome } = settings;
  const { offsetInline, launcherLabel, launcherSelector, askConsent, consentText, privacyUrl } = settings;
  return {
    ...(greeting !== defaultWebChatSettings.greeting && { greeting }),
    ...(color && { color }),
    ...(position !== defaultWebChatSettings.position && { position }),
    ...(offsetInline !== defaultWebChatSettings.offsetInline && { offsetInline }),
    // Where the page has a button of its own there is nothing for it to stand on.
    ...(launcherLabel && !launcherSelector && { launcherLabel }),
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
