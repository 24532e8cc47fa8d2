import { kept } from '../launcher/visitor-record.ts';
import type { TrackMetadata, WidgetSettings } from '../api/page-api.ts';
import { Facade, facts } from './facade.ts';

type Settings = Record<string, unknown>;
type Callback = (value?: number) => void;
type Queue = { q?: ArrayLike<unknown>[] };

const facade = new Facade('Intercom');
const page = window as unknown as { Intercom?: unknown; intercomSettings?: Settings };

const unsupportedSettings = {
  background_color: 'The head has the colour of actions.',
  link_color: 'Links have the colour of actions.',
  messenger_style_id: 'Each channel has a look of its own.',
  z_index: 'It is above the page.',
  hide_notifications: undefined,
  page_title: undefined,
  last_request_at: undefined,
  auth_tokens: undefined,
  session_duration: 'Visitors are remembered until logout().',
  api_base: 'The script’s address says where Parlour is.',
  avatar: 'Contacts have no pictures.',
  companies: 'Give one company instead.',
  unsubscribed_from_emails: undefined,
  user_hash: 'Sign a token with the identity secret of Parlour instead, and give it as intercom_user_jwt.',
};

/** Settings about the widget; everything else is about its visitor. */
const notOfTheVisitor = new Set([
  ...Object.keys(unsupportedSettings),
  'alignment',
  'horizontal_padding',
  'vertical_padding',
  'action_color',
  'theme_mode',
  'app_id',
  'hide_default_launcher',
  'custom_launcher_selector',
  'language_override',
  'intercom_user_jwt',
  'company',
]);

let launcherSelector = '';

/** What of the settings is about the widget's look. */
function looksOf(settings: Settings): WidgetSettings {
  const {
    alignment,
    horizontal_padding: inline,
    vertical_padding: block,
    action_color: color,
    theme_mode: mode,
  } = settings;
  return {
    ...((alignment === 'left' || alignment === 'right') && { position: alignment }),
    ...(inline !== undefined && { offsetInline: Number(inline) }),
    ...(block !== undefined && { offsetBlock: Number(block) }),
    ...(typeof color === 'string' && { color }),
    ...(mode !== undefined && { theme: mode === 'light' || mode === 'dark' ? mode : 'auto' }),
  };
}

/** Intercom's amounts and links are objects; a property here is one value. */
function flat(metadata: unknown): TrackMetadata {
  const values = Object.entries((metadata ?? {}) as Record<string, unknown>).map(([key, value]) => {
    const { amount, currency, value: text, url } = (value ?? {}) as Record<string, unknown>;
    // Intercom counts in the smallest unit of the currency.
    if (typeof amount === 'number') return [key, `${amount / 100} ${String(currency ?? '').toUpperCase()}`.trim()];
    return [key, text ?? url ?? value];
  });
  return facts(Object.fromEntries(values));
}

function apply(settings: Settings = {}): void {
  facade.warnOf(settings, unsupportedSettings, 'intercomSettings');
  const {
    company,
    hide_default_launcher: hides,
    custom_launcher_selector: selector,
    intercom_user_jwt: jwt,
  } = settings;
  const ofVisitor = Object.entries(settings).filter(([key]) => !notOfTheVisitor.has(key));
  const data = facts({ ...Object.fromEntries(ofVisitor), company: (company as { name?: unknown })?.name });
  if (jwt !== undefined) facade.identify(jwt, 'intercomSettings.intercom_user_jwt');
  facade.do((widget) => {
    if (hides === true) widget.hide();
    if (hides === false) widget.show();
    return Object.keys(data).length > 0 && widget.setProperties(data);
  });
  const looks = looksOf(settings);
  if (Object.keys(looks).length > 0) facade.do((widget) => widget.update(looks));
  if (typeof selector === 'string') launcherSelector = selector;
}

document.addEventListener('click', (event) => {
  if (!launcherSelector || !(event.target as Element).closest(launcherSelector)) return;
  event.preventDefault();
  facade.do((widget) => widget.open());
});

const start = (settings: Settings = {}): void => {
  page.intercomSettings = { ...page.intercomSettings, ...settings };
  const { language_override: language } = page.intercomSettings;
  void facade.boot(typeof language === 'string' ? { language } : {}).catch(() => undefined);
  apply(page.intercomSettings);
};

const methods: Record<string, (...input: never[]) => unknown> = {
  boot: start,
  shutdown() {
    facade.leave((widget) => widget.shutdown());
    launcherSelector = '';
  },
  update(settings?: Settings) {
    if (!facade.isBooted) start(settings);
    else apply(settings ?? page.intercomSettings);
    const { language_override: language } = settings ?? {};
    if (typeof language === 'string') facade.do((widget) => widget.setLocale(language));
  },
  ready: (callback: Callback) => facade.do(() => callback()),
  show: () => facade.do((widget) => widget.open()),
  hide: () => facade.do((widget) => widget.close()),
  showMessages: () => facade.do((widget) => widget.showConversation()),
  showNewMessage: (text?: string) => facade.do((widget) => widget.startConversation(text)),
  startConversation(text?: string) {
    facade.warn("Intercom('startConversation')", 'The message stands in the field, for the visitor to send.');
    facade.do((widget) => widget.startConversation(text));
  },
  showConversation: (id: string) => facade.do((widget) => widget.showConversation(String(id))),
  showArticle: (id: string) => facade.do((widget) => widget.showArticle(String(id))),
  // The home holds the list of conversations and the search for articles, too.
  showSpace(space: string) {
    if (!['home', 'messages', 'help'].includes(space))
      facade.warn(`showSpace('${space}')`, 'It opens the home instead.');
    facade.do((widget) => widget.showConversation());
  },
  onShow: (callback: Callback) => facade.do((widget) => widget.on('open', () => callback())),
  onHide: (callback: Callback) => facade.do((widget) => widget.on('close', () => callback())),
  onUnreadCountChange: (callback: Callback) =>
    facade.do((widget) => {
      widget.on('unread', ({ detail }) => callback(detail));
      callback(widget.unreadCount);
    }),
  /** In the form before a conversation, or in one that somebody sent. */
  onUserEmailSupplied: (callback: Callback) =>
    facade.do((widget) => {
      widget.on('parlour-widget-answer', ({ form }) => form.answers['email'] && callback());
      widget.on('parlour-widget-choice', ({ reply: { answer } }) => {
        if (answer.type === 'form' && answer.values['email']) callback();
      });
    }),
  trackEvent(name: string, metadata?: unknown) {
    facade.do((widget) => widget.track(String(name), metadata === undefined ? undefined : flat(metadata)));
  },
  /** Tells visitors apart and is no secret: the end of the record. Undefined before the chat was first opened. */
  getVisitorId: () => kept(facade.channel)?.replace('+', '').slice(-8),
  // What its snippet says to a library that is there already.
  reattach_activator: () => undefined,
};

const unsupported = ['hideNotifications', 'showNews', 'showTicket', 'startChecklist', 'startSurvey', 'startTour'];

function intercom(method: string, ...input: unknown[]): unknown {
  const run = methods[method];
  if (run) return run(...(input as never[]));
  facade.warn(`Intercom('${method}')`, unsupported.includes(method) ? undefined : 'There is no such method.');
  return undefined;
}

const { q: calls = [] } = (page.Intercom ?? {}) as Queue;
page.Intercom = Object.assign(intercom, { booted: true });
for (const call of Array.from(calls)) intercom(...(Array.from(call) as [string]));
if (page.intercomSettings && !facade.isBooted) start();
