import { parseSync, Visitor } from 'vite';
import type { Plugin } from 'vite';

/** What a function that may have to import something again calls the query that it is given for that. */
const QUERY = '_query';

/**
 * Adds a query to the address of what is imported again: `(_query) => import('./x.ts')` fetches `./x-4f2a1b.js` with the query it is given. Were that
 * written out, the bundler would not know what is imported.
 */
export function retryImports(): Plugin {
  return {
    name: 'parlour:retry-imports',
    applyToEnvironment: ({ name }) => name !== 'server' && name !== 'demo',
    renderChunk(code, { fileName }) {
      if (!code.includes(QUERY)) return null;
      const functions: { start: number; end: number }[] = [];
      const imports: number[] = [];
      new Visitor({
        ArrowFunctionExpression({ params: [first], body }) {
          if (first?.type === 'Identifier' && first.name === QUERY) functions.push(body);
        },
        ImportExpression: ({ source }) => imports.push(source.end),
      }).visit(parseSync(fileName, code).program);
      const places = imports.filter((at) => functions.some(({ start, end }) => start < at && at < end));
      return {
        code: places
          .toSorted((one, other) => other - one)
          .reduce((done, at) => `${done.slice(0, at)} + ${QUERY}${done.slice(at)}`, code),
        map: null,
      };
    },
  };
}
