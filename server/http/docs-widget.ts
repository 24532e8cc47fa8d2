import { code } from './docs-guide.ts';
import { identityExamples } from './docs-identity-examples.ts';
import { html, prose, type Markup } from './docs-markup.ts';

/** How a site tells the chat who its visitor is. */
export function identity(publicUrl: string): Markup {
  return html`<p>
      A visitor is whoever holds the browser, until your server proves who they are. It signs a JWT (HS256) with the <strong>identity secret</strong> of the
      workspace, which an owner makes under <strong>Settings, Embedding</strong> (or by <a href="#workspace.rotateIdentitySecret">one request</a> with a teammate token; no API key may) and sees once. Keep it on your server; whoever has it can
      be any of your visitors.
    </p>
    <ul>
      <li><code>aud</code> is <code>parlour-visitor</code>, <code>sub</code> your own id of the person, which never changes.</li>
      <li><code>exp</code> is at most an hour away; five minutes are plenty.</li>
      <li>
        <code>name</code>, <code>email</code>, <code>phone</code> and <code>properties</code> (an object of texts, numbers, booleans) become the contact’s.
        With <code>email_verified: true</code> a contact who is known by this address already is taken for the same person; set it only if you have sent a
        mail to it.
      </li>
    </ul>
    ${identityExamples.map(({ language, example }) => html`<h3 id="identity-${language.toLowerCase()}">${language}</h3>${code(example)}`)}
    <h3 id="identify-page">On the page</h3>
    ${code(`Parlour.identify({ token })   // a promise; rejects with the reason when the token is not good
Parlour.logout()              // when they sign out of your site`)}
    <p>
      What they wrote in this browser before becomes theirs, and they find all their conversations in every browser that proves the same
      <code>sub</code>. Another <code>sub</code> in the same browser begins with nothing. What a page says without a proof
      (<code>Parlour.setProperties</code>, a form) is kept as a claim: it matches nobody and replaces nothing that is known.
    </p>
    <h3 id="integrity">Pinning scripts</h3>
    <p>
      <a href="/integrity.json">/integrity.json</a> names the integrity of every script that is a file. Those below <code>/assets/</code> carry their content in
      their name and never change, so a page may pin the panel by an import map:
    </p>
    ${code(`<script type="importmap">
  { "integrity": { "${publicUrl}/assets/panel-….js": "sha384-…" } }
</script>`)}
    <p>
      The loader itself, <code>widget.js</code>, is made for its channel at each request (colour, opening hours), so it cannot be pinned. Neither
      <code>compat/*.js</code> nor <code>widget-api.js</code> keep their content over an update of the server.
    </p>`;
}

type Row = [what: string, how: string];

const intercom: Row[] = [
  [
    '`boot`, `update`, `intercomSettings`',
    'mapped; what is about the visitor goes to the contact: `name`, `email`, `phone`, and as properties `user_id`, `created_at`, `utm_campaign`, `utm_content`, `utm_medium`, `utm_source`, `utm_term`, the name of the `company` and whatever else is one value',
  ],
  ['`shutdown`', 'mapped: signs out and takes the widget away'],
  ['`ready`, `show`, `hide`, `showMessages`, `showNewMessage`, `showConversation`, `showArticle`', 'mapped'],
  [
    '`showSpace`',
    '`home`, `messages` and `help` are mapped: the home holds the conversations and the search for articles; `news`, `tasks`, `tickets` warn and open it',
  ],
  ['`startConversation`', 'warns, and writes the message into the field: the visitor sends it'],
  ['`onShow`, `onHide`, `onUnreadCountChange`', 'mapped'],
  ['`onUserEmailSupplied`', 'mapped: a form with an address was sent'],
  ['`trackEvent`', 'mapped; of metadata that is an object the amount, the value or the address'],
  ['`getVisitorId`', 'mapped; `undefined` before the chat was first opened'],
  ['`intercom_user_jwt`', 'mapped if the identity secret of Parlour signed it; else warns, as `user_hash` does'],
  [
    '`app_id`, `hide_default_launcher`, `custom_launcher_selector`, `language_override`, `alignment`, `horizontal_padding`, `vertical_padding`, `action_color`, `theme_mode`',
    'mapped; the workspace is the channel in the script’s address',
  ],
  [
    '`background_color`, `link_color`, `messenger_style_id`, `z_index`, `session_duration`, `api_base`, `avatar`, `companies`',
    'warn, and say what is so instead',
  ],
  ['`hide_notifications`, `page_title`, `last_request_at`, `auth_tokens`, `unsubscribed_from_emails`', 'warn'],
  ['`hideNotifications`, `showNews`, `showTicket`, `startChecklist`, `startSurvey`, `startTour`', 'warn'],
];

const chatwoot: Row[] = [
  ['`chatwootSDK.run`', 'mapped'],
  ['`$chatwoot.isOpen`, `hasLoaded`, `baseUrl`, `websiteToken`', 'mapped'],
  [
    '`toggle`, `toggleBubbleVisibility`, `setCustomAttributes`, `setConversationCustomAttributes`, `deleteConversationCustomAttribute`, `setLocale`, `setColorScheme`',
    'mapped',
  ],
  [
    '`setUser`',
    'mapped as what the page says; `identifier_hash` proves it if it is a token that Parlour’s secret signed, else warns; `avatar_url` and `social_profiles` warn',
  ],
  ['`reset`', 'mapped: signs out'],
  ['`locale`, `useBrowserLanguage`, `hideMessageBubble`, `position`, `darkMode`', 'mapped'],
  ['`chatwoot:ready`, `opened`, `closed`, `on-message`, `on-unread-message-count-changed`, `error`', 'mapped'],
  [
    '`chatwoot:on-start-conversation`',
    'mapped: comes with the first message; `hasConversation` is whether there was one before',
  ],
  ['`chatwoot:postback`', 'mapped: a button of a message was pressed; `payload` is its id'],
  ['`deleteCustomAttribute`, `setLabel`, `removeLabel`, `popoutChatWindow`', 'warn'],
  [
    '`type`, `launcherTitle`, `widgetStyle`, `showPopoutButton`, `showUnreadMessagesDialog`, `baseDomain`, `welcomeTitle`, `welcomeDescription`, `availableMessage`, `unavailableMessage`, `enableFileUpload`, `enableEmojiPicker`, `enableEndConversation`',
    'warn, and say where it is chosen instead',
  ],
];

const hubspot: Row[] = [
  ['`widget.load`, `remove`, `open`, `close`, `refresh`, `status`', 'mapped'],
  ['`clear`, `resetAndReloadWidget`', 'mapped: signs out'],
  ['`hsConversationsOnReady`, `loadImmediately`, `?hs_open=true`', 'mapped'],
  ['`identificationToken`', 'mapped if the identity secret of Parlour signed it; else warns'],
  ['`identificationEmail`', 'mapped as what the page says'],
  ['`widgetLoaded`, `widgetClosed`, `userInteractedWithWidget`, `unreadConversationCountChanged`', 'mapped'],
  ['`conversationStarted`, `userSelectedThread`', 'mapped; `conversationId` is a text'],
  ['`quickReplyButtonClick`', 'mapped: a button of a message was pressed'],
  ['`conversationClosed`, `contactAssociated`, `debug`', 'warn: never sent'],
  [
    '`inlineEmbedSelector`, `enableWidgetCookieBanner`, `disableAttachment`, `disableInitialInputFocus`, `avoidInlineStyles`, `hideNewThreadLink`',
    'warn, and say what to do instead',
  ],
];

/** How a site that was written for another product's chat switches without a change to its own code. */
export function facades(publicUrl: string): Markup {
  const products: [string, string, Row[]][] = [
    ['Intercom', 'intercom', intercom],
    ['Chatwoot', 'chatwoot', chatwoot],
    ['HubSpot', 'hubspot', hubspot],
  ];
  return html`<p>
      A page that was written for another chat keeps its calls, settings and callbacks: only the address of the script changes. <code>KEY</code> is the
      channel’s. Whatever has no place here says so once in the console, and harms nothing.
    </p>
    ${products.map(
      ([name, file, rows]) => html`<h3 id="instead-of-${file}">${name}</h3>
        ${code(`${publicUrl}/compat/${file}.js?channel=KEY`)}
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Here</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(([what, how]) => html`<tr><th scope="row">${prose(what)}</th><td>${prose(how)}</td></tr>`)}
          </tbody>
        </table>`,
    )}`;
}
