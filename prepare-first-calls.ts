import { parseSync } from 'vite';
import type { ESTree, Plugin } from 'vite';

/**
 * Puts what runs as soon as the loader has come in parentheses: engines take that for a function that is called at once, and make it ready
 * beside the page, where the script is read. The others are made ready when somebody calls them, which holds the page up.
 */
export function prepareFirstCalls(): Plugin {
  return {
    name: 'parlour:prepare-first-calls',
    applyToEnvironment: ({ name }) => name.startsWith('loader'),
    renderChunk(code, { fileName }) {
      const prepared = withFirstCallsPrepared(code, fileName);
      if (prepared === code) this.error(`${fileName} calls nothing`);
      return { code: prepared, map: null };
    },
  };
}

/**
 * The same script, in which what it calls by itself stands in parentheses. A function declaration becomes a `const`, together with the others
 * of the body it stands in, before the first statement that could come to any of them: whatever can call one finds it made.
 */
export function withFirstCallsPrepared(code: string, fileName = 'script.js'): string {
  const { program } = parseSync(fileName, code);
  const edits: Edit[] = [];
  const declared = new Map<FunctionBody, Declaration[]>();
  for (const { node, body } of firstCalled(program)) {
    if (node.type !== 'FunctionDeclaration') edits.push({ at: node.start, kind: 'wrap', node });
    else if (body) {
      edits.push({ at: node.start, kind: 'take', node });
      declared.set(body, [...(declared.get(body) ?? []), node as Declaration]);
    }
  }
  for (const [body, nodes] of declared) {
    nodes.sort((one, other) => one.start - other.start);
    edits.push({ at: firstUse(body, nodes), kind: 'make', nodes });
  }
  edits.sort((one, other) => one.at - other.at);

  const written = (start: number, end: number, inside?: ESTree.Node): string => {
    let text = '';
    let from = start;
    for (const edit of edits) {
      if (edit.at < from || edit.at >= end || (edit.kind !== 'make' && edit.node === inside)) continue;
      text += code.slice(from, edit.at);
      from = edit.at;
      if (edit.kind === 'make') {
        const consts = edit.nodes.map((node) => `${node.id.name} = (${written(node.start, node.end, node)})`);
        text += `const ${consts.join(',\n')};\n`;
      } else {
        if (edit.kind === 'wrap') text += `(${written(edit.node.start, edit.node.end, edit.node)})`;
        from = edit.node.end;
      }
    }
    return text + code.slice(from, end);
  };
  return written(0, code.length);
}

/** Where the first statement of a body begins that mentions one of the functions, itself or in a function that it mentions. */
function firstUse(body: FunctionBody, nodes: readonly Declaration[]): number {
  const isDeclaration = (one: ESTree.Node): one is Declaration => one.type === 'FunctionDeclaration' && !!one.id;
  const others = body.body.filter(isDeclaration);
  const mentioned = new Set<string>();
  const mention = (names: readonly string[]): void => {
    for (const name of names) {
      if (mentioned.has(name)) continue;
      mentioned.add(name);
      for (const other of others) if (other.id.name === name) mention(namesIn([other]));
    }
  };
  for (const statement of body.body) {
    // To declare a function is not to run it.
    if (isDeclaration(statement)) continue;
    mention(namesIn([statement]));
    if (nodes.some(({ id }) => mentioned.has(id.name))) return statement.start;
  }
  return body.end - 1;
}

type AnyFunction = ESTree.Function | ESTree.ArrowFunctionExpression;
type FunctionBody = ESTree.FunctionBody;
type Declaration = ESTree.Function & { id: ESTree.BindingIdentifier };

type Edit =
  | { at: number; kind: 'wrap' | 'take'; node: AnyFunction }
  | { at: number; kind: 'make'; nodes: Declaration[] };

/** A function and, where it may be made a `const` there, the body it is declared in. */
type Found = { node: AnyFunction; body: FunctionBody | undefined; scope: Scope };

/** What the names of a function's body or of a block stand for: nothing, where it is not one function for sure. */
type Scope = { names: Map<string, Found | undefined>; outer: Scope | undefined };

const isNode = (value: unknown): value is ESTree.Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
const isFunction = (node: ESTree.Node): node is AnyFunction =>
  /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
const childrenOf = (node: ESTree.Node): ESTree.Node[] => Object.values(node).flat().filter(isNode);

/** The named functions that a script calls, or hands on, by itself, and those that they call in their turn, without waiting for anything. */
function firstCalled(program: ESTree.Program): Found[] {
  const assigned = assignedNames(program);
  const called = new Set<Found>();

  const call = (name: string, scope: Scope | undefined): void => {
    if (!scope) return;
    if (!scope.names.has(name)) return call(name, scope.outer);
    const found = scope.names.get(name);
    if (!found || called.has(found)) return;
    called.add(found);
    enter(found.node, found.scope);
  };

  const enter = (node: AnyFunction, outer: Scope): void => {
    const { body } = node;
    if (!body) return;
    if (body.type !== 'BlockStatement') return walk(body, scopeOf([], node, outer));
    const scope = scopeOf(body.body, node, outer, body as FunctionBody);
    for (const statement of body.body) walk(statement, scope);
  };

  /** What a function's body or a block declares. Of a name that is declared twice, or given another value, nobody knows what it stands for. */
  const scopeOf = (
    statements: readonly ESTree.Node[],
    owner: ESTree.Node,
    outer: Scope | undefined,
    body?: FunctionBody,
  ): Scope => {
    const scope: Scope = { names: new Map(), outer };
    const declare = (name: string, found?: Found): void => {
      scope.names.set(name, scope.names.has(name) || assigned.has(name) ? undefined : found);
    };
    if (isFunction(owner)) {
      if (owner.type === 'FunctionExpression' && owner.id) scope.names.set(owner.id.name, undefined);
      for (const name of namesIn(owner.params)) declare(name);
      declare('arguments');
    }
    for (const statement of statements) {
      if (statement.type === 'FunctionDeclaration' && statement.id)
        declare(statement.id.name, { node: statement, body, scope });
      else if (statement.type === 'ClassDeclaration' && statement.id) declare(statement.id.name);
      else if (statement.type === 'VariableDeclaration') {
        for (const { id, init } of statement.declarations) {
          if (id.type === 'Identifier' && init && isFunction(init))
            declare(id.name, { node: init, body: undefined, scope });
          else for (const name of namesIn([id])) declare(name);
        }
      } else for (const name of varsWithin(statement)) declare(name);
    }
    return scope;
  };

  const walk = (node: ESTree.Node, scope: Scope): void => {
    if (isFunction(node)) return;
    const inner =
      node.type === 'BlockStatement' || node.type === 'StaticBlock'
        ? scopeOf(node.body, node, scope)
        : node.type === 'SwitchStatement'
          ? scopeOf(
              node.cases.flatMap((one) => one.consequent),
              node,
              scope,
            )
          : /^For(In|Of)?Statement$/.test(node.type)
            ? scopeOf(
                childrenOf(node).filter((one) => one.type === 'VariableDeclaration'),
                node,
                scope,
              )
            : node.type === 'CatchClause'
              ? hiding(node.param ? namesIn([node.param]) : [], scope)
              : scope;
    for (const child of childrenOf(node)) walk(child, inner);
    if (node.type !== 'CallExpression') return;
    for (const named of [node.callee, ...node.arguments]) if (named.type === 'Identifier') call(named.name, inner);
    // The whole script stands in one of these, which engines know already.
    const callee = node.callee.type === 'ParenthesizedExpression' ? node.callee.expression : node.callee;
    if (isFunction(callee)) enter(callee, inner);
  };

  // What a classic script declares outside of any function is the page's, and stays what it is.
  const scope = scopeOf(program.body, program, undefined);
  for (const statement of program.body) walk(statement, scope);
  return [...called].filter(({ node, body }) => node.type !== 'FunctionDeclaration' || body);
}

function hiding(names: readonly string[], outer: Scope): Scope {
  return { names: new Map(names.map((name) => [name, undefined])), outer };
}

/** All names in a piece of the script: what a pattern, or the parameters of a function, bind, and what their default values mention besides. */
function namesIn(patterns: readonly ESTree.Node[]): string[] {
  return patterns.flatMap((node) => (node.type === 'Identifier' ? [node.name] : namesIn(childrenOf(node))));
}

/** The names that `var`, and functions in blocks, declare beyond the statement that they stand in. */
function varsWithin(node: ESTree.Node): string[] {
  if (node.type === 'FunctionDeclaration') return node.id ? [node.id.name] : [];
  if (isFunction(node)) return [];
  const own =
    node.type === 'VariableDeclaration' && node.kind === 'var' ? namesIn(node.declarations.map(({ id }) => id)) : [];
  return [...own, ...childrenOf(node).flatMap(varsWithin)];
}

/** All names that get another value somewhere, whatever they stand for there. */
function assignedNames(node: ESTree.Node): Set<string> {
  const names = new Set<string>();
  const visit = (one: ESTree.Node): void => {
    if (one.type === 'AssignmentExpression' || one.type === 'ForInStatement' || one.type === 'ForOfStatement')
      for (const name of targetsIn(one.left)) names.add(name);
    if (one.type === 'UpdateExpression') for (const name of targetsIn(one.argument)) names.add(name);
    childrenOf(one).forEach(visit);
  };
  visit(node);
  return names;
}

/** The names that an assignment gives a value; `a.b = 1` gives none to `a`. */
function targetsIn(target: ESTree.Node): string[] {
  if (target.type === 'MemberExpression' || target.type === 'VariableDeclaration') return [];
  return namesIn([target]);
}
