/**
 * Imports run one way. This is the table of the architecture, executable: who may import whom, types included, because a type
 * that crosses a border today is a value that crosses it tomorrow. Fails with the line, the rule and the way out.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';

interface Rule {
  /** The rule of the longest folder that holds the importing file is the one that counts. */
  folder: string;
  /** Folders (or files) of the project; its own folder always goes without saying. */
  folders: string[];
  /** Packages by name, with `*` for a scope; `any` but those in `except`. */
  packages: string[] | 'any';
  except?: string[];
  node: boolean;
  insteadDo: string;
}

const lit = ['lit', '@lit/*'];
const inboxExtras = ['@tanstack/lit-virtual', 'uplot', '@dagrejs/dagre', '@floating-ui/dom', 'prosemirror-*'];

const rules: Rule[] = [
  {
    folder: 'shared/contract',
    folders: [],
    packages: ['valibot'],
    node: false,
    insteadDo: 'The contract is what both ends agree on: move what it needs into it, or the rest out of it.',
  },
  {
    folder: 'shared/wire',
    folders: ['shared/contract'],
    packages: ['valibot'],
    node: false,
    insteadDo: 'Frames are made of the contract alone.',
  },
  {
    folder: 'shared/client',
    folders: ['shared/contract', 'shared/wire'],
    packages: [],
    node: false,
    insteadDo: 'The client speaks the wire and knows no element and no package: pass what it needs in.',
  },
  {
    folder: 'shared/state',
    folders: ['shared/contract', 'shared/wire'],
    packages: ['temporal-polyfill'],
    node: false,
    insteadDo: 'Reducers are pure: pass what they need in as an argument.',
  },
  {
    folder: 'shared/ui',
    folders: ['shared'],
    packages: [...lit, 'emoji-names:*'],
    node: false,
    insteadDo: 'Parts that both bundles use know neither bundle: take a property or a slot.',
  },
  {
    folder: 'server',
    folders: ['shared/contract', 'shared/wire', 'shared/state', 'package.json'],
    packages: 'any',
    except: lit,
    node: true,
    insteadDo: 'The server draws nothing: what both ends need belongs in shared/contract, wire or state.',
  },
  {
    folder: 'server/main.ts',
    folders: ['server', 'shared/contract', 'shared/wire', 'shared/state', 'demo'],
    packages: 'any',
    except: lit,
    node: true,
    insteadDo: 'Even the composition root only composes the server.',
  },
  {
    folder: 'widget',
    folders: ['shared'],
    packages: lit,
    node: false,
    insteadDo:
      'Visitors never download the inbox: what both show belongs in shared/ui, what both know in shared/contract.',
  },
  {
    folder: 'widget/loader',
    folders: ['shared/contract', 'shared/wire', 'widget/launcher', 'widget/context', 'widget/api'],
    packages: [],
    node: false,
    insteadDo: 'The loader is on every page: whatever draws more than the launcher belongs in widget/panel.',
  },
  {
    folder: 'inbox-elements',
    folders: ['shared'],
    packages: [...lit, ...inboxExtras],
    node: false,
    insteadDo:
      'Elements hear of the server through shared/client only; what the widget shows too belongs in shared/ui.',
  },
  {
    folder: 'demo',
    folders: ['shared', 'server'],
    packages: 'any',
    node: true,
    insteadDo: 'The demo uses the product as anybody would: through its bundles and its commands.',
  },
  {
    folder: 'test',
    folders: [
      'shared',
      'server',
      'widget',
      'inbox-elements',
      'demo',
      'build.ts',
      'editor-data.ts',
      'lean-lit.ts',
      'prepare-first-calls.ts',
      'web-test-runner.config.ts',
    ],
    packages: 'any',
    node: true,
    insteadDo: 'Name the folder in test/check/imports.ts if a test really needs it.',
  },
];

export interface Violation {
  file: string;
  line: number;
  message: string;
}

interface Import {
  specifier: string;
  line: number;
}

/** Static, type-only, re-exporting and dynamic imports, and `import('…').Type` in type positions. */
export function importsOf(file: string, source: string): Import[] {
  const found: Import[] = [];
  const add = (node: { type: string; value?: unknown; start: number } | null): void => {
    if (node?.type !== 'Literal' || typeof node.value !== 'string') return;
    found.push({ specifier: node.value, line: source.slice(0, node.start).split('\n').length });
  };
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors.map(({ message }) => message).join('; ')}`);
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
  }).visit(program);
  return found;
}

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

const ruleFor = (file: string): Rule | undefined =>
  rules
    .filter(({ folder }) => within(file, folder))
    .sort((a, b) => b.folder.length - a.folder.length)
    .at(0);

function packageMatches(specifier: string, pattern: string): boolean {
  if (pattern.endsWith('*')) return specifier.startsWith(pattern.slice(0, -1));
  return specifier === pattern || specifier.startsWith(`${pattern}/`);
}

/** What is wrong with one import of one file, if anything. */
export function judge(file: string, specifier: string): string | undefined {
  const rule = ruleFor(file);
  if (!rule) return undefined;
  const refuse = (target: string): string => `${rule.folder} may not import ${target}. ${rule.insteadDo}`;

  if (isBuiltin(specifier)) return rule.node ? undefined : refuse(`${specifier} (it runs in browsers)`);
  if (!specifier.startsWith('.')) {
    const named = (patterns: string[]): boolean => patterns.some((pattern) => packageMatches(specifier, pattern));
    const allowed = rule.packages === 'any' ? !named(rule.except ?? []) : named(rule.packages);
    return allowed ? undefined : refuse(`the package ${specifier}`);
  }

  const target = posix.normalize(posix.join(posix.dirname(file), specifier));
  if (![rule.folder, ...rule.folders].some((folder) => within(target, folder))) return refuse(target);
  if (within(file, 'server/kernel') && (within(target, 'server/modules') || within(target, 'server/channels'))) {
    return `server/kernel may not import ${target}. The kernel knows no feature: let the feature register with it.`;
  }
  return judgeModules(file, target);
}

function judgeModules(file: string, target: string): string | undefined {
  const [from, to] = [moduleOf(file), moduleOf(target)];
  if (!from || !to || from.noun === to.noun) return undefined;
  if (/^(schema|queries)(\.ts$|\/)/.test(to.rest)) return undefined;
  return (
    `server/modules/${from.noun} may import only schema and queries of server/modules/${to.noun}, not ${to.rest}. ` +
    'Modules meet at events and commands: execute a command, or react to an event.'
  );
}

function moduleOf(path: string): { noun: string; rest: string } | undefined {
  const [, noun, rest] = /^server\/modules\/([^/]+)\/(.+)$/.exec(path) ?? [];
  return noun !== undefined && rest !== undefined ? { noun, rest } : undefined;
}

/** Every violation below a root that is laid out like the project. */
export function checkImports(root: string): { files: number; violations: Violation[] } {
  const files = ['shared', 'server', 'widget', 'inbox-elements', 'demo', 'test']
    .flatMap((folder) => listFiles(join(root, folder)))
    .map((path) => relative(root, path).split(sep).join('/'))
    .filter((path) => /\.[cm]?[jt]sx?$/.test(path));
  const violations = files.flatMap((file) =>
    importsOf(file, readFileSync(join(root, file), 'utf8')).flatMap(({ specifier, line }) => {
      const message = judge(file, specifier);
      return message === undefined ? [] : [{ file, line, message }];
    }),
  );
  return { files: files.length, violations };
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => resolve(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { files, violations } = checkImports(fileURLToPath(new URL('../..', import.meta.url)));
  for (const { file, line, message } of violations) process.stdout.write(`${file}:${line}\n  ${message}\n`);
  process.stdout.write(`${files} files, ${violations.length} forbidden imports\n`);
  process.exitCode = violations.length > 0 || files === 0 ? 1 : 0;
}
