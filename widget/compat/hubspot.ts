import { Facade } from './facade.ts';
import type { HeardWidget } from './facade.ts';

type Listener = (payload: object) => void;

const facade = new Facade('HubSpot');
const page = window as unknown as {
  HubSpotConversations?: object;
  hsConversationsSettings?: Record<string, unknown>;
  hsConversationsOnReady?: (() => void)[];
};

const unsupportedSettings = {
  inlineEmbedSelector: 'Put a parlour-widget element into that place instead.',
  enableWidgetCookieBanner: 'The widget sets no cookies.',
  disableAttachment: undefined,
  disableInitialInputFocus: undefined,
  avoidInlineStyles: 'The widget has none anyway.',
  hideNewThreadLink: undefined,
};

/** Events that are sent; `on` says so of the others. */
const sent = [
  'widgetLoaded',
  'widgetClosed',
  'conversationStarted',
  'userSelectedThread',
  'quickReplyButtonClick',
  'unreadConversationCountChanged',
  'userInteractedWithWidget',
] as const;
type Sent = (typeof sent)[number];

const listeners = new Map<Sent, Set<Listener>>(sent.map((name) => [name, new Set()]));
const tell = (name: Sent, payload: object): void => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
};

let loaded = false;
/** The chat that is on its way. */
let pending: Promise<HeardWidget> | undefined;

function load({ widgetOpen = false }: { widgetOpen?: boolean } = {}): void {
  if (facade.isBooted) return;
  const settings = page.hsConversationsSettings ?? {};
  const { identificationEmail: email, identificationToken: token } = settings;
  facade.warnOf(settings, unsupportedSettings, 'hsConversationsSettings');
  const booted = facade.boot();
  pending = booted;
  booted
    .then(
      (widget) => {
        // It may have been removed before it came.
        if (pending === booted) stand(widget, widgetOpen, email);
      },
      // The facade has said why.
      () => undefined,
    )
    .finally(() => {
      if (pending === booted) pending = undefined;
    });
  if (token !== undefined) facade.identify(token, 'hsConversationsSettings.identificationToken');
}

function stand(widget: HeardWidget, widgetOpen: boolean, email: unknown): void {
  loaded = true;
  if (typeof email === 'string' && email) facade.do(() => widget.setProperties({ email }));
  widget.on('open', () => tell('userInteractedWithWidget', { message: 'The visitor opened the chat.' }));
  widget.on('close', () => tell('widgetClosed', { message: 'The chat was closed.' }));
  widget.on('message', ({ detail: { isFirst, conversationId } }) => {
    if (!isFirst) return;
    tell('conversationStarted', { conversation: { conversationId } });
    tell('userSelectedThread', { conversation: { conversationId } });
  });
  widget.on('unread', ({ detail }) => tell('unreadConversationCountChanged', { unreadCount: detail }));
  widget.on('parlour-widget-select', ({ conversationId }) => {
    if (conversationId) tell('userSelectedThread', { conversation: { conversationId } });
  });
  widget.on('parlour-widget-choice', ({ reply, words }) => {
    if (reply.answer.type === 'button')
      tell('quickReplyButtonClick', { name: 'QUICK_REPLIES', multiSelect: false, value: [words] });
  });
  tell('widgetLoaded', { message: 'The chat stands in the page.' });
  if (widgetOpen || new URLSearchParams(location.search).get('hs_open') === 'true') void widget.open();
}

function remove(): void {
  if (!facade.isBooted) return;
  loaded = false;
  pending = undefined;
  facade.leave((widget) => widget.destroy());
}

const conversations = {
  widget: {
    load,
    remove,
    open: () => facade.do((widget) => widget.open()),
    close: () => facade.do((widget) => widget.close()),
    refresh({ openToNewThread = false }: { openToNewThread?: boolean } = {}): void {
      if (openToNewThread) facade.do((widget) => widget.startConversation());
      else facade.do((widget) => widget.look());
    },
    status: () => ({ loaded, pending: !!pending }),
  },
  /** Forgets the visitor. */
  clear: () => facade.do((widget) => widget.logout()),
  resetAndReloadWidget: () => facade.do((widget) => widget.logout()),
  debug: () => facade.warn('debug()'),
  on(name: string, listener: Listener): void {
    const held = listeners.get(name as Sent);
    if (held) held.add(listener);
    else facade.warn(`the event ${name}`, 'It is never sent.');
  },
  off(name: string, listener: Listener): void {
    listeners.get(name as Sent)?.delete(listener);
  },
};

page.HubSpotConversations = conversations;
if (page.hsConversationsSettings?.['loadImmediately'] !== false) load();
for (const ready of page.hsConversationsOnReady ?? []) ready();
