/**
 * What editors complete and explain: made of `custom-elements.json` and the guide to tokens at every build, for VS Code (`html.customData`,
 * `css.customData`) and JetBrains (`web-types` in package.json).
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tokenGuide } from './shared/state/token-guide.ts';

interface Named {
  name: string;
  description?: string;
}
interface Attribute extends Named {
  type?: { text: string };
}
interface Member extends Attribute {
  kind: string;
  static?: boolean;
  readonly?: boolean;
}
export interface ElementDeclaration {
  tagName?: string;
  summary?: string;
  description?: string;
  attributes?: Attribute[];
  members?: Member[];
  events?: Attribute[];
  slots?: Named[];
  cssParts?: Named[];
  cssProperties?: Named[];
}
export interface ElementsManifest {
  modules: { path: string; declarations: ElementDeclaration[] }[];
}

/** Parts of the widget that nobody places by hand are reached through `parlour-widget`. */
const ofTheWidget = new Set(['parlour-widget', 'parlour-widget-preview']);

export function readManifest(): ElementsManifest {
  const path = fileURLToPath(new URL('custom-elements.json', import.meta.url));
  return JSON.parse(readFileSync(path, 'utf8')) as ElementsManifest;
}

/** The elements that a page may hold, by tag. */
export function publicElements({ modules }: ElementsManifest): (ElementDeclaration & { tagName: string })[] {
  return modules
    .flatMap(({ path, declarations }) =>
      declarations.filter(
        (one): one is ElementDeclaration & { tagName: string } =>
          one.tagName !== undefined && (path.startsWith('inbox-elements/') || ofTheWidget.has(one.tagName)),
      ),
    )
    .sort((one, other) => one.tagName.localeCompare(other.tagName));
}

/** `"light" | "dark"` as its values; other types have none to offer. */
function valuesOf(type = ''): string[] {
  return Array.from(type.matchAll(/["']([\w-]+)["']/g), ([, value]) => value as string);
}

const about = ({ summary, description }: ElementDeclaration): string =>
  [summary, description].filter(Boolean).join('\n\n');

/** File names and what is in them. */
export function editorData(manifest: ElementsManifest, version: string): Record<string, unknown> {
  const elements = publicElements(manifest);
  const parts = [
    ...new Map(elements.flatMap(({ cssParts = [] }) => cssParts).map((part) => [part.name, part])).values(),
  ];
  const tags = elements.map((element) => ({
    name: element.tagName,
    description: about(element),
    attributes: (element.attributes ?? []).map(({ name, description, type }) => {
      const values = valuesOf(type?.text).map((value) => ({ name: value }));
      return { name, ...(description && { description }), ...(values.length > 0 && { values }) };
    }),
  }));
  const properties = tokenGuide.map(({ name, description, default: value }) => ({
    name,
    description: `${description}\n\nDefault: ${value}`,
  }));
  return {
    'html-custom-data.json': { version: 1.1, tags },
    'css-custom-data.json': {
      version: 1.1,
      properties,
      pseudoElements: parts.map(({ name, description }) => ({
        name: `::part(${name})`,
        ...(description && { description }),
      })),
    },
    'web-types.json': {
      $schema: 'https://json.schemastore.org/web-types',
      name: 'parlour',
      version,
      'description-markup': 'markdown',
      contributions: { html: { elements: elements.map(webType) }, css: { properties } },
    },
  };
}

function webType(element: ElementDeclaration & { tagName: string }): object {
  const named = ({ name, description }: Named): Named => ({ name, ...(description && { description }) });
  const typed = (one: Attribute): object => ({ ...named(one), ...(one.type && { value: { type: one.type.text } }) });
  return {
    name: element.tagName,
    description: about(element),
    attributes: (element.attributes ?? []).map(typed),
    slots: (element.slots ?? []).map(named),
    js: {
      properties: (element.members ?? [])
        .filter(({ kind, static: isStatic }) => kind === 'field' && !isStatic)
        .map(typed),
      events: (element.events ?? []).map(named),
    },
    css: {
      parts: (element.cssParts ?? []).map(named),
      properties: (element.cssProperties ?? []).map(named),
    },
  };
}
