import type { Theme } from '../api/page-api.ts';
import { hasConversed } from '../launcher/visitor-record.ts';
import { Facade, facts } from './facade.ts';

type Facts = Record<string, unknown>;

const facade = new Facade('Chatwoot');
const page = window as unknown as { chatwootSDK?: object; $chatwoot?: object; chatwootSettings?: Facts };

const inSettings = 'Choose it in the channel’s settings.';
const unsupportedSettings = {
  type: inSettings,
  launcherTitle: inSettings,
  widgetStyle: 'Use the custom properties of parlour-widget.',
  showPopoutButton: undefined,
  showUnreadMessagesDialog: 'The launcher shows how many are unread.',
  baseDomain: 'A visitor is remembered by origin.',
  welcomeTitle: inSettings,
  welcomeDescription: inSettings,
  availableMessage: 'Opening hours say it.',
  unavailableMessage: 'Opening hours say it.',
  enableFileUpload: undefined,
  enableEmojiPicker: undefined,
  enableEndConversation: undefined,
};
const unsupportedOfUser = { avatar_url: 'Contacts have no pictures.', social_profiles: undefined };

/** Whether the visitor had one before they began the next. */
let hasConversation = false;

const tell = (name: string, detail?: unknown): void => {
  window.dispatchEvent(new CustomEvent(`chatwoot:${name}`, { detail }));
};

async function run({ websiteToken, baseUrl }: { websiteToken?: string; baseUrl?: string } = {}): Promise<void> {
  facade.channel ||= websiteToken ?? '';
  if (baseUrl && new URL(baseUrl, location.href).origin !== facade.server) {
    facade.warn('baseUrl', `The script came from ${facade.server}, so the chat does.`);
  }
  const settings = page.chatwootSettings ?? {};
  const { locale, useBrowserLanguage, hideMessageBubble, position, darkMode } = settings;
  facade.warnOf(settings, unsupportedSettings, 'chatwootSettings');
  if (facade.isBooted) return;
  hasConversation = !!hasConversed(facade.channel);
  try {
    const language = useBrowserLanguage ? navigator.language : locale;
    const widget = await facade.boot({
      hidden: hideMessageBubble === true,
      ...(typeof language === 'string' ? { language } : {}),
    });
    widget.on('open', () => tell('opened'));
    widget.on('close', () => tell('closed'));
    widget.on('message', ({ detail: { id, conversationId, from, text, at, isFirst } }) => {
      if (isFirst) {
        tell('on-start-conversation', { hasConversation });
        hasConversation = true;
      }
      tell('on-message', {
        id,
        conversation_id: conversationId,
        content: text,
        message_type: from === 'visitor' ? 0 : 1,
        created_at: Date.parse(at) / 1000,
      });
    });
    widget.on('unread', ({ detail }) => tell('on-unread-message-count-changed', { unreadMessageCount: detail }));
    widget.on('parlour-widget-choice', ({ reply: { answer } }) => {
      if (answer.type === 'button') tell('postback', { event: 'postback', data: { payload: answer.buttonId } });
    });
    if (position === 'left' || position === 'right') facade.do(() => widget.update({ position }));
    if (darkMode !== undefined) facade.do(() => widget.setTheme(themeOf(darkMode)));
    chatwoot.hasLoaded = true;
    tell('ready');
  } catch (error) {
    tell('error', error);
  }
}

const themeOf = (scheme: unknown): Theme => (scheme === 'light' || scheme === 'dark' ? scheme : 'auto');

const notHere = (name: string, instead?: string) => (): void => facade.warn(`$chatwoot.${name}`, instead);

const chatwoot = {
  hasLoaded: false,
  get isOpen(): boolean {
    return facade.standing?.isOpen ?? false;
  },
  get baseUrl(): string {
    return facade.server;
  },
  get websiteToken(): string {
    return facade.channel;
  },
  toggle(state?: 'open' | 'close'): void {
    facade.do((widget) => (state === 'open' ? widget.open() : state === 'close' ? widget.close() : widget.toggle()));
  },
  toggleBubbleVisibility(state: 'show' | 'hide'): void {
    facade.do((widget) => (state === 'hide' ? widget.hide() : widget.show()));
  },
  setUser(identifier: unknown, given: Facts = {}): void {
    const { phone_number: phone, identifier_hash: hash, custom_attributes: own, avatar_url: _picture, ...rest } = given;
    facade.warnOf(given, unsupportedOfUser, 'setUser');
    if (hash !== undefined) facade.identify(hash, 'setUser’s identifier_hash');
    facade.do((widget) => widget.setProperties(facts({ ...rest, ...(own as Facts), phone, identifier })));
  },
  setCustomAttributes(attributes: Facts): void {
    facade.do((widget) => widget.setProperties(facts(attributes)));
  },
  reset(): void {
    hasConversation = false;
    facade.do((widget) => widget.logout());
  },
  deleteCustomAttribute: notHere('deleteCustomAttribute', 'Set another value instead.'),
  setConversationCustomAttributes(attributes: Facts): void {
    facade.do((widget) => widget.setConversationProperties(facts(attributes)));
  },
  deleteConversationCustomAttribute(key: string): void {
    facade.do((widget) => widget.setConversationProperties({ [key]: null }));
  },
  setLabel: notHere('setLabel'),
  removeLabel: notHere('removeLabel'),
  setLocale(locale = 'en'): void {
    facade.do((widget) => widget.setLocale(locale));
  },
  setColorScheme(scheme: unknown = 'light'): void {
    facade.do((widget) => widget.setTheme(themeOf(scheme)));
  },
  popoutChatWindow: notHere('popoutChatWindow'),
};

page.chatwootSDK = { run: (options?: object) => void run(options) };
page.$chatwoot = chatwoot;
