import * as v from 'valibot';
import type { ErrorBody, ErrorCode } from '../../shared/contract/error.ts';

/** The one deliberate error: a code for programs and a sentence a user can read. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly fields: Record<string, string> | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, more: { fields?: Record<string, string>; retryAfterMs?: number } = {}) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.fields = more.fields;
    this.retryAfterMs = more.retryAfterMs;
  }
}

/** What you may not see and what does not exist answer alike. */
export function notFound(what: string): DomainError {
  return new DomainError('not_found', `There is no such ${what}, or you may not see it.`);
}

/** A refusal as it travels. What is not deliberate says nothing of its cause: that belongs in the log. */
export function toErrorBody(error: unknown): ErrorBody {
  if (error instanceof DomainError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.fields ? { fields: error.fields } : {}),
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    };
  }
  if (isLockTimeout(error)) {
    return { code: 'unavailable', message: 'Somebody else is changing this at the moment. Please try again shortly.' };
  }
  if (isConnectionLost(error)) {
    return { code: 'unavailable', message: 'The database cannot be reached at the moment. Please try again shortly.' };
  }
  return { code: 'internal', message: 'Something went wrong on the server. It has been logged; please try again.' };
}

const connectionCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  // Postgres: shutting down, crashing, starting up, too many connections.
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

/** Whether a row stayed locked by somebody else for too long. */
export function isLockTimeout(error: unknown): boolean {
  return hasCode(error, new Set(['55P03']));
}

/** Whether this transaction and another waited for each other. */
export function isDeadlock(error: unknown): boolean {
  return hasCode(error, new Set(['40P01']));
}

/** Whether the database was not there, rather than not willing. */
export function isConnectionLost(error: unknown): boolean {
  return hasCode(error, connectionCodes);
}

/** Looks through wrapping errors to their causes. */
function hasCode(error: unknown, codes: ReadonlySet<string>): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && codes.has(cause.code)) return true;
  }
  return false;
}

/**
 * Reads a value by its schema, or refuses with one sentence per wrong field. The value itself is never repeated.
 * @param whole what the value is called where no field of it is wrong
 */
export function parse<S extends v.GenericSchema>(schema: S, value: unknown, whole = 'input'): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const fields: Record<string, string> = {};
  for (const issue of result.issues) {
    const path = v.getDotPath(issue) ?? whole;
    fields[path] ??=
      issue.type === 'strict_object' && issue.expected === 'never' ? 'is not a known field' : sentence(issue, schema);
  }
  const summary = Object.entries(fields)
    .map(([path, problem]) => `${path} ${problem}`)
    .join('; ');
  throw new DomainError('invalid', `This could not be read: ${summary}.`, { fields });
}

function sentence(issue: v.BaseIssue<unknown>, schema: v.GenericSchema): string {
  if (issue.kind === 'schema' && issue.received === 'undefined') return 'is missing';
  if (!issue.message.startsWith('Invalid')) return issue.message;
  if (issue.kind === 'schema' && issue.expected === 'Object') {
    const fields = Object.keys(entriesOf(below(schema, issue.path ?? [])) ?? {});
    return fields.length > 0 ? `must be an object with ${fields.join(', ')}` : 'must be an object';
  }
  if (issue.kind === 'schema' && issue.expected === 'Array') return 'must be an array';
  if (issue.kind === 'schema') return `must be ${issue.expected ? inWords(issue.expected) : 'of another kind'}`;
  const limit = limits[issue.type];
  if (limit) return limit(Number(issue.requirement), Array.isArray(issue.input) ? entries : characters);
  return issue.expected ? `must be ${issue.expected}` : 'is not valid';
}

const kinds: Record<string, readonly string[]> = {
  string: ['text'],
  number: ['a number'],
  boolean: ['true', 'false'],
  Object: ['an object'],
  Array: ['an array'],
};

const choice = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** Valibot writes what it expects as TypeScript does: `("open" | "closed")`, `(string | null)`. */
function inWords(expected: string): string {
  const names = expected.match(/"(?:[^"\\]|\\.)*"|[^\s|()]+/g) ?? [];
  return choice.format(new Set(names.flatMap((name) => kinds[name] ?? name)));
}

type Unit = [one: string, several: string];
const characters: Unit = ['character', 'characters'];
const entries: Unit = ['entry', 'entries'];

const counted = (count: number, [one, several]: Unit): string => (count === 1 ? `one ${one}` : `${count} ${several}`);

/** Valibot's own words have signs of comparison in them and no units. */
const limits: Record<string, (limit: number, unit: Unit) => string> = {
  min_length: (limit, unit) => `must have at least ${counted(limit, unit)}`,
  max_length: (limit, unit) => `may have at most ${counted(limit, unit)}`,
  min_value: (limit) => `must be at least ${limit}`,
  max_value: (limit) => `may be at most ${limit}`,
  integer: () => 'must be a whole number',
};

type Entries = Record<string, v.GenericSchema>;

/** The schema of what a path leads to; undefined where it goes through a choice of several. */
function below(schema: v.GenericSchema, path: readonly v.IssuePathItem[]): v.GenericSchema | undefined {
  return path.reduce<v.GenericSchema | undefined>((at, { key }) => {
    const inside = at && unwrapped(at);
    if (!inside) return undefined;
    if ('item' in inside) return inside.item as v.GenericSchema;
    return entriesOf(inside)?.[String(key)];
  }, schema);
}

function entriesOf(schema: v.GenericSchema | undefined): Entries | undefined {
  const inside = schema && unwrapped(schema);
  return inside && 'entries' in inside ? (inside.entries as Entries) : undefined;
}

function unwrapped(schema: v.GenericSchema): v.GenericSchema {
  return 'wrapped' in schema ? unwrapped(schema.wrapped as v.GenericSchema) : schema;
}
