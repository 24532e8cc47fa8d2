import { code } from './docs-guide.ts';
import { tokenGuide } from '../../shared/state/token-guide.ts';
import { html, prose, type Markup } from './docs-markup.ts';

/** By name: how it is called, and what it does. The tests hold them to what the widget has. */
export const pageMethods = {
  open: ['`open()`', 'Opens the chat; settles when it stands open.'],
  close: ['`close()`', 'Closes it.'],
  toggle: ['`toggle()`', 'Whichever of the two applies.'],
  show: ['`show()`', 'Shows the launcher again.'],
  hide: ['`hide()`', 'Hides the launcher; `open()` opens the chat all the same.'],
  update: [
    '`update(settings)`',
    'Changes the widget on this page while it stands: `locale`, `theme`, `color` (#rrggbb), `position` (`left`, `right`), `offsetInline` and `offsetBlock` (pixels, 0 to 400), `hidden`, `properties`. What is left out stays.',
  ],
  setLocale: ['`setLocale("de")`', 'Says everything in another language; all widgets of a page speak the same.'],
  setTheme: [
    '`setTheme("dark")`',
    '`light`, `dark`, or `auto` as the visitor’s system has it; counts more than the page’s style sheet.',
  ],
  startConversation: [
    '`startConversation(text?, properties?)`',
    'Opens the chat at a new conversation, with a text that the visitor may change, and what the page knows of what it is about: kept with the text until it begins, through a reload, and said of that one alone.',
  ],
  showConversation: [
    '`showConversation(id?)`',
    'Opens one of the visitor’s conversations; without an id the list of them. Rejects with `not_found` where they have no such conversation.',
  ],
  showArticle: [
    '`showArticle(id)`',
    'Opens the chat at an article. Rejects with `not_found` where none is published by that id.',
  ],
  startFlow: [
    '`startFlow(id)`',
    'Shows one of the channel’s greetings now, whatever its rule says and whether it was dismissed; where the chat is open, the next conversation begins with it. Its `id` stands under Settings, Channels, and in `settings.greetings` of `GET /api/v1/channels`; through the API you may also choose one, such as `prices`. Rejects with `not_found` where there is none by it.',
  ],
  identify: [
    '`identify({ token })`',
    'Proves who the visitor is, by a JWT of your server. Somebody else who was here before is signed out, in every tab. Rejects with `superseded` where a page renews the proof of somebody who was signed out in that way: whoever came stays, until `logout()`.',
  ],
  setProperties: [
    '`setProperties({ … })`',
    'What the page knows of its visitor: `name`, `email`, `phone`, and up to 50 texts, numbers and booleans by names of your own. A claim: it proves nothing. Before the chat has come it is kept, for whoever is here now alone; after that it rejects with `invalid` and the reason where it cannot be taken.',
  ],
  setConversationProperties: [
    '`setConversationProperties({ … }, id?)`',
    'What the page knows of what a conversation is about, at most 50; `null` takes one away. Without an id: of the one written in last, if it is open, else of the next one that begins. The team sees it beside the contact.',
  ],
  track: [
    '`track(name, metadata?)`',
    'Notes in the contact’s timeline that they did something, with up to 20 texts (of 500 characters), numbers and booleans.',
  ],
  setConsent: [
    '`setConsent(true)`',
    'Says whether the visitor agrees, where the channel asks for it: before, nothing is kept in their browser and nothing sent. `false` deletes what is kept of them and ends their session.',
  ],
  logout: ['`logout()`', 'Forgets the visitor in this browser, and ends their session on the server.'],
  shutdown: ['`shutdown()`', '`logout()`, then `destroy()`.'],
  destroy: [
    '`destroy({ wipe }?)`',
    'Removes the widget and everything it holds. The visitor is remembered, unless `wipe` is `true`: then a promise that settles when this browser keeps nothing of the channel any more, in no kind of storage. Their session on the server is what `shutdown()` ends. `window.Parlour` is then the page’s next widget, or `undefined` where it was the last: to have a chat again, add the script again, or call `boot()`.',
  ],
  on: ['`on(event, listener)`', 'Hears an event; what it carries is in `detail`.'],
  off: ['`off(event, listener)`', 'Hears it no more.'],
  look: ['`look()`', 'Judges the channel’s page rules anew.'],
  widget: [
    '`widget(name)`',
    'One of several widgets of the page: the `name` in its script’s address, else its channel’s key.',
  ],
} as const satisfies Record<string, readonly [call: string, what: string]>;

export const pageProperties = {
  isOpen: 'Whether the chat is open.',
  unreadCount: 'How many conversations hold something unread.',
  availability: '`{ open, changesAt }`: whether somebody is there, and when that changes (ISO 8601, or `null`).',
  known: 'What `setProperties` has said.',
  widgets: 'All widgets of the page, by name.',
} as const satisfies Record<string, string>;

export const pageEvents = {
  open: 'The chat was opened.',
  close: 'It was closed.',
  unread: 'The number of conversations with something unread: the new number.',
  availability: 'Somebody is there now, or nobody any more: `{ open, changesAt }`.',
  message:
    'A message came, the visitor’s own or another: `{ conversationId, id, from, text, at, isFirst }`, `from` being `visitor`, `teammate` or `workspace`, `isFirst` whether the conversation began with it. While the chat is connected.',
  destroy: 'The widget has left the page.',
} as const satisfies Record<string, string>;

const examples = (publicUrl: string): [name: string, example: string][] => [
  [
    'Plain',
    `<script>
  window.Parlour ??= (...call) => (Parlour.q ??= []).push(call);
  Parlour('setProperties', { plan: 'studio' });   // carried out in order, once the script has come
</script>
<script async src="${publicUrl}/widget.js?channel=KEY"></script>`,
  ],
  [
    'Any bundler',
    `import { boot } from 'parlour/widget';   // importing it on a server does nothing

const chat = await boot({ server: '${publicUrl}', channel: 'KEY', language: 'de' });
chat.on('message', ({ detail }) => show(detail.from, detail.text));`,
  ],
  [
    'React 19',
    `// Once, wherever the app begins in the browser: import('${publicUrl}/parlour-widget.js')
export function Chat({ onMessage }) {
  return <parlour-widget channel="KEY" theme="dark" onparlour-message={(event) => onMessage(event.message)} />;
}`,
  ],
  [
    'Vue',
    `<script setup>
import { onMounted, onUnmounted } from 'vue';
import { boot } from 'parlour/widget';
let chat;
onMounted(() => { chat = boot({ server: '${publicUrl}', channel: 'KEY' }); });
onUnmounted(() => chat?.then((widget) => widget.destroy()));
</script>`,
  ],
  [
    'Svelte',
    `<script>
  import { onMount } from 'svelte';
  onMount(() => { import('${publicUrl}/parlour-widget.js'); });
</script>
<parlour-widget channel="KEY" inline on:parlour-unread={(event) => (count = event.unreadCount)}></parlour-widget>`,
  ],
  [
    'Angular',
    `@Component({
  selector: 'app-chat',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: '<parlour-widget channel="KEY" (parlour-message)="heard($event.message)"></parlour-widget>',
})
export class Chat {
  constructor() { afterNextRender(() => import('${publicUrl}/parlour-widget.js')); }
  heard(message: ChatMessage) {}
}`,
  ],
];

/** What a page’s own scripts may do with the chat. */
export function pageApi(publicUrl: string): Markup {
  return html`<p>
      The same by three ways: <code>window.Parlour</code> after the snippet, <code>boot()</code> of <code>parlour/widget</code> (typed), and the
      methods of <code>&lt;parlour-widget&gt;</code>, placed by hand beside
      <code>&lt;script type="module" src="${publicUrl}/parlour-widget.js"&gt;&lt;/script&gt;</code>, which with
      <code>inline</code> is 640 px high, or as high as what it stands in where that has a height; your <code>block-size</code> counts more. What takes time answers with a promise; one that fails rejects with an
      <code>Error</code> whose <code>code</code> says why: <code>unavailable</code>, <code>invalid</code>, <code>not_found</code>, <code>superseded</code>
      (a later <code>identify</code> or <code>logout</code> took its place), or any of the <a href="#errors">API’s own</a>. What is asked is done in the
      order of asking.
    </p>
    <p>
      The snippet is a plain script element. With <code>type="module"</code> it works as long as its channel has neither rules nor greetings nor a button of the
      page’s own, whose script has no room to find its address in another way; <code>/compat/*.js</code> work as modules, too.
    </p>
    <p>
      <code>update</code>, <code>setLocale</code> and <code>setTheme</code> fetch the chat’s code when they are called. What is so from the start is better
      chosen in the channel’s settings, by <code>language=</code> in the script’s address, or by the custom property <code>--parlour-color-scheme</code>.
    </p>
    ${table('Method', Object.values(pageMethods))}
    <h3 id="page-properties">Properties</h3>
    ${table('Property', named(pageProperties))}
    <h3 id="page-events">Events</h3>
    <p>
      On <code>&lt;parlour-widget&gt;</code> they are DOM events: <code>parlour-ready</code>, <code>parlour-open</code>, <code>parlour-close</code>,
      <code>parlour-unread</code> (<code>event.unreadCount</code>), <code>parlour-availability</code> (<code>event.availability</code>) and
      <code>parlour-message</code> (<code>event.message</code>).
    </p>
    ${table('Event', named(pageEvents))}
    <h3 id="page-examples">In a framework</h3>
    ${examples(publicUrl).map(([name, example]) => html`<h4>${name}</h4>${code(example)}`)}
    <h3 id="page-looks">Looks</h3>
    <p>
      Custom properties (<code>--parlour-accent</code>, <code>--parlour-radius</code>, <code>--parlour-font</code>…) and parts
      (<code>parlour-widget::part(header)</code>: launcher, greeting, card, header, name, hours, close, bubble, mine, theirs, composer, field, send):
      <a href="/demo/looks.html">five looks of one chat</a>, with the CSS of each. A <code>--parlour-accent</code> of your own, on <code>:root</code>
      or on the element, counts more than the colour chosen for the channel, whose text is chosen to be readable; upon yours it is white, unless you
      choose it, too:
    </p>
    ${code(':root { --parlour-accent: #0f766e; --parlour-on-accent: #fff }')}
    ${table(
      'Custom property',
      tokenGuide.map(
        ({ name, description, default: value }) => [`\`${name}\``, `${description} Default: \`${value}\``] as const,
      ),
    )}
    <h3 id="page-editors">In your editor</h3>
    <p>The package describes all elements, attributes, events, parts and tokens. JetBrains’ editors find it by themselves (<code>web-types</code>); VS Code by two settings:</p>
    ${code(`{
  "html.customData": ["./node_modules/parlour/dist/editors/html-custom-data.json"],
  "css.customData": ["./node_modules/parlour/dist/editors/css-custom-data.json"]
}`)}
    <h3 id="page-policy">Under a strict policy</h3>
    ${code(`script-src ${publicUrl}          (or 'nonce-…': what is imported is let in by the nonce of the script that imports it)
connect-src ${publicUrl.replace('http', 'ws')} ${publicUrl}
trusted-types lit-html           (with require-trusted-types-for 'script'; none is needed to put the widget into the page)`)}`;
}

const named = (rows: Record<string, string>): (readonly [string, string])[] =>
  Object.entries(rows).map(([name, what]) => [`\`${name}\``, what] as const);

function table(title: string, rows: readonly (readonly [string, string])[]): Markup {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${title}</th>
        <th scope="col">What it is</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(([name, what]) => html`<tr><th scope="row">${prose(name)}</th><td>${prose(what)}</td></tr>`)}
    </tbody>
  </table>`;
}
