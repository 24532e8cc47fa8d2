/**
 * Fails when a visitor or a teammate would have to download more than was promised. All sizes are gzip, level 9, bytes. With `--each` it
 * also says what each language comes to.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { ClientManifest } from '../../build.ts';
import { launcherLanguages, launcherWords } from '../../server/channels/web-chat/launcher-words.ts';
import { loaderScript, restScript } from '../../server/channels/web-chat/page-script.ts';
import type { PageChannel } from '../../server/channels/web-chat/page-script.ts';
import { defaultWebChatSettings } from '../../shared/contract/channel.ts';
import type { ChannelConfiguration, WebChatSettings } from '../../shared/contract/channel.ts';
import { channelLook } from '../../shared/state/channel-look.ts';

const client = fileURLToPath(new URL('../../dist/client', import.meta.url));
if (!existsSync(join(client, 'manifest.json'))) {
  process.stdout.write('There is no dist/ to measure: npm run build\n');
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(join(client, 'manifest.json'), 'utf8')) as ClientManifest;

/** What a shop with a colour of its own has chosen. */
const settings: WebChatSettings = {
  ...defaultWebChatSettings,
  color: '#2f6f5e',
  greeting: 'Hello! Looking for something, or wondering about an order? We are glad to help.',
};

/** The same with all that an owner may choose for a launcher, of the settings' own making. */
const withRules: WebChatSettings = {
  ...settings,
  launcherLabel: 'Ask the studio',
  translations: { de: { launcherLabel: 'Fragen Sie uns', greeting: 'Hallo! Suchen Sie etwas? Wir helfen gern.' } },
  showWhen: {
    all: [
      { any: [{ field: 'path', operator: 'matches', value: '/shop*' }] },
      { not: { any: [{ field: 'path', operator: 'matches', value: '/checkout*' }] } },
      { field: 'device', operator: 'is', value: 'desktop' },
    ],
  },
  greetings: [
    {
      id: 'prices',
      text: 'Any question about a piece? We are here.',
      translations: { de: 'Fragen zu einem Stück? Wir sind da.' },
      when: {
        all: [
          { field: 'seconds', operator: 'atLeast', value: 20 },
          { any: [{ field: 'path', operator: 'matches', value: '/prices*' }] },
        ],
      },
    },
    {
      id: 'leaving',
      text: 'Before you go: shipping is free this week.',
      translations: { de: 'Bevor Sie gehen: Der Versand ist diese Woche frei.' },
      when: {
        all: [
          { any: [{ field: 'path', operator: 'matches', value: '/cart*' }] },
          { field: 'leaving', operator: 'is', value: true },
        ],
      },
    },
  ],
};

/** What is put in place of the launcher, and so has no label. */
const withButton: WebChatSettings = { ...withRules, launcherSelector: '.ask-us, #help' };

function channelOf(chosen: WebChatSettings, language = 'en'): PageChannel {
  const configuration: ChannelConfiguration = {
    key: 'ch_8Jq2mVx7RbT4nLwZ',
    name: 'Kilnmere Stoneware',
    ...channelLook(chosen),
    availability: { open: false, changesAt: '2026-11-23T08:00:00.000Z' },
    panel: `/${manifest.panel}`,
    ...(chosen.showWhen && { greeter: `/${manifest.greeter}` }),
  };
  return { configuration, settings: chosen, words: launcherWords(language) };
}

interface Budget {
  what: string;
  files: string[];
  limit: number;
  why: string;
  /** Of the channel whose loader it is. */
  chosen?: WebChatSettings;
  /** Whether what the loader does not carry counts, too. */
  isWhole?: boolean;
}

const { closures } = manifest;
const budgets: Budget[] = [
  {
    what: 'widget.js, as served',
    files: closures.widget,
    limit: 2.5 * 1024,
    why: 'Every visitor of every page pays for it, chat or no chat: it fits into the first round trip of a connection',
  },
  {
    what: 'widget.js with all there is',
    files: closures.widgetWithRules,
    limit: 2.5 * 1024,
    why: 'The same promise for a label in two languages, a rule of three conditions and two greetings: the server writes them as code',
    chosen: withRules,
  },
  {
    what: 'widget.js with a page’s button',
    files: closures.widgetWithRules,
    limit: 2.5 * 1024,
    why: 'The same for a channel whose launcher is a button of the page’s own',
    chosen: withButton,
  },
  {
    what: 'a greeting, when there is one',
    files: closures.greeter,
    limit: 2 * 1024,
    why: 'It is all of the chat that most visitors meet',
  },
  {
    what: 'everything with the chat open',
    files: [...closures.widgetWithRules, ...closures.panel],
    chosen: withRules,
    isWhole: true,
    limit: 30 * 1024,
    why: 'Under a second on slow 3G (400 kbit/s) between the first intent and a panel one can type into',
  },
  {
    what: 'emoji, with their words',
    files: closures.emoji,
    limit: 50 * 1024,
    why: 'Fetched at the first click on it: under a second on 400 kbit/s, and the words of one language are nine tenths of it',
  },
  {
    what: 'widget-api.js',
    files: closures.api,
    limit: 1024,
    why: 'An application that imports the widget bundles it: it only puts the loader into the page',
  },
  ...(['intercom', 'chatwoot', 'hubspot'] as const).map((product) => ({
    what: `compat/${product}.js`,
    files: closures[product],
    limit: 3 * 1024,
    why: 'A site that switches without touching its code pays for it beside the loader, on every page',
  })),
  {
    what: 'elements.js, first load',
    files: closures.elements,
    limit: 45 * 1024,
    why: 'An embedding product adds it to its own bundle: it must stay a guest beside the host, about the size of React DOM',
  },
];

const zipped = (text: string): number => gzipSync(text, { level: 9 }).length;

const slot = '"__PARLOUR_CHANNEL__"';

/** What the server writes into widget.js for a channel in use is part of what the visitor downloads. */
function sizeOf(file: string, chosen: WebChatSettings, language: string): number {
  const text = readFileSync(join(client, file), 'utf8');
  return zipped(text.replace(slot, () => loaderScript(channelOf(chosen, language))));
}

interface Weight {
  language: string;
  size: number;
}

/** Whoever reads another language has no heavier page: of what the server writes words into, the heaviest of all counts. */
function heaviest({ files, chosen = settings, isWhole }: Budget): Weight & { isSpoken: boolean } {
  const isSpoken = files.some((file) => readFileSync(join(client, file), 'utf8').includes(slot));
  const weights = (isSpoken ? launcherLanguages : ['en']).map((language): Weight => {
    const rest = isWhole ? zipped(`export default ${restScript(channelOf(chosen, language))};`) : 0;
    return { language, size: files.reduce((sum, file) => sum + sizeOf(file, chosen, language), rest) };
  });
  if (process.argv.includes('--each') && isSpoken)
    process.stdout.write(`${weights.map(({ language, size }) => `${language} ${size}`).join(', ')}\n`);
  return { ...weights.reduce((most, one) => (one.size > most.size ? one : most)), isSpoken };
}

let over = 0;
for (const budget of budgets) {
  const { what, files, limit, why, chosen = settings } = budget;
  const { language, size, isSpoken } = heaviest(budget);
  const verdict = size <= limit ? 'ok' : 'TOO LARGE';
  const [found, most] = [String(size).padStart(7), String(limit).padStart(6)];
  process.stdout.write(`${what.padEnd(32)} ${found} of ${most}  ${verdict}${isSpoken ? `  (${language})` : ''}\n`);
  if (size <= limit) continue;
  over += 1;
  const each = files.map((file) => `${file} ${sizeOf(file, chosen, language)}`);
  process.stdout.write(`  ${why}.\n  ${each.join(', ')}\n`);
}
process.exitCode = over > 0 ? 1 : 0;
