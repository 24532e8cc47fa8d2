/** `npm run manifest` writes custom-elements.json: for editors, for the reference, and to see in a diff what elements promise. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { tsImport } from 'tsx/esm/api';

const { tokenGuide } = await tsImport('./shared/state/token-guide.ts', import.meta.url);
const { tokens } = await tsImport('./inbox-elements/tokens.ts', import.meta.url);

const declarations = tokens.map(({ cssText }) => cssText).join('');
/** Of each private property, what it is made of, wherever it is declared. */
const madeOf = new Map();
for (const [, name, value] of declarations.matchAll(/(--_[a-z0-9-]+):([^;}]*)/g))
  madeOf.set(name, `${madeOf.get(name) ?? ''} ${value}`);

/** The page's properties that a text of styles reads, by itself or through private ones. */
function readOfPage(text, found = new Set(), seen = new Set()) {
  for (const [name] of text.matchAll(/--(?:parlour|_)[a-z0-9-]*/g)) {
    if (name.startsWith('--parlour-')) found.add(name);
    else if (!seen.has(name)) {
      seen.add(name);
      readOfPage(madeOf.get(name) ?? '', found, seen);
    }
  }
  return found;
}

/** What declares all of them reads none by that. */
const declaring = /(^|\/)tokens\.ts$/;
/** What is fetched by an address that no import names. */
const fetched = { 'widget/launcher/launcher.ts': ['widget/panel/panel.ts', 'widget/greeter/greeter.ts'] };

/** The file and whatever it loads, now or later, elements of its templates included; what gives it types alone is not of it. */
function loadedBy(path, pathOf, found = new Map()) {
  if (found.has(path) || !existsSync(path)) return found;
  const source = readFileSync(path, 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');
  found.set(path, source);
  const imports = source.matchAll(
    /^(?:import|export)\s(?!type\b)(?:[^;'"]*\sfrom\s)?'(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm,
  );
  const drawn = Array.from(source.matchAll(/<(parlour-[a-z-]+)/g), ([, tag]) => pathOf.get(tag));
  for (const [, now, later] of imports) loadedBy(join(path, '..', now ?? later), pathOf, found);
  for (const other of [...drawn, ...(fetched[path] ?? [])]) if (other) loadedBy(other, pathOf, found);
  return found;
}

/** Each element's custom properties, with the sentences of the guide. */
const tokensRead = {
  name: 'parlour-tokens-read',
  packageLinkPhase({ customElementsManifest }) {
    const { modules } = customElementsManifest;
    const elementsOf = ({ declarations = [] }) => declarations.filter(({ tagName }) => tagName);
    const pathOf = new Map(
      modules.flatMap((module) => elementsOf(module).map(({ tagName }) => [tagName, module.path])),
    );
    for (const module of modules) {
      const elements = elementsOf(module);
      if (elements.length === 0) continue;
      const files = [...loadedBy(module.path, pathOf)];
      const read = readOfPage(files.flatMap(([path, source]) => (declaring.test(path) ? [] : source)).join('\n'));
      if (files.some(([path]) => declaring.test(path))) read.add('--parlour-color-scheme');
      const cssProperties = tokenGuide.filter(({ name }) => read.has(name));
      if (cssProperties.length > 0) for (const element of elements) element.cssProperties = cssProperties;
    }
  },
};

/** Only what an embedder can use: no private members, no variables, no modules without a tag (bases, contexts), in an order that never depends on the disk. */
const publicPartOnly = {
  name: 'parlour-public-part',
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      const isVariable = ({ kind }) => kind === 'variable';
      const variables = (module.declarations ?? []).filter(isVariable).map(({ name }) => name);
      module.declarations = module.declarations?.filter((declaration) => !isVariable(declaration));
      module.exports = module.exports?.filter(
        ({ declaration }) => declaration.module !== module.path || !variables.includes(declaration.name),
      );
      for (const declaration of module.declarations ?? []) {
        const isPublic = ({ name, privacy, static: isStatic }) =>
          privacy !== 'private' && privacy !== 'protected' && !name.startsWith('#') && !(isStatic && name === 'styles');
        if (declaration.members) declaration.members = declaration.members.filter(isPublic);
        // The analyzer takes the first value of any event's constructor for its name.
        if (declaration.events)
          declaration.events = declaration.events.filter(({ name }) => name?.startsWith('parlour-'));
        if (declaration.attributes) declaration.attributes.sort((a, b) => a.name.localeCompare(b.name));
      }
    }
    customElementsManifest.modules = customElementsManifest.modules
      .filter(({ declarations }) => declarations?.some(({ tagName }) => tagName))
      .sort((a, b) => a.path.localeCompare(b.path));
  },
};

export default {
  globs: ['inbox-elements/**/*.ts', 'widget/**/*.ts', 'shared/ui/**/*.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [tokensRead, publicPartOnly],
};
