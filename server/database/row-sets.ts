import { getTableColumns, getTableName, type Column, type Table } from 'drizzle-orm';
import type { Sql } from './connection.ts';

/**
 * Multi-row statements for the batched path, by raw SQL but with the tables' own names and types: one parameter a column, unfolded by
 * Postgres, so a statement's text is the same for one row and for three hundred.
 */
type Named = { key: string; name: string; type: string };
const columnsOf = new WeakMap<Table, Named[]>();

function columns(table: Table): Named[] {
  let named = columnsOf.get(table);
  if (!named) {
    const held = Object.entries(getTableColumns(table) as Record<string, Column>);
    // What Postgres derives is neither written nor asked for.
    named = held
      .filter(([, column]) => !column.generated)
      .map(([key, column]) => ({ key, name: column.name, type: column.getSQLType() }));
    columnsOf.set(table, named);
  }
  return named;
}

/** How values of a type are handed over: many in one text, and one by itself. Postgres reads many by what costs it least. */
type Form = {
  list: (values: readonly unknown[]) => string;
  one: (value: unknown) => string;
  /** SQL for the array of many, from the parameter that holds them. */
  array: (parameter: string) => string;
  /** SQL for the value of a row: from the array, or else the one that all share. */
  value: (listed: string, parameter: string) => string;
};

const isNull = (value: unknown): boolean => value === null || value === undefined;

const TO_ESCAPE = /["\\]/;
const ALL_TO_ESCAPE = /["\\]/g;

function quoted(value: unknown): string {
  const text = String(value);
  return `"${TO_ESCAPE.test(text) ? text.replace(ALL_TO_ESCAPE, '\\$&') : text}"`;
}

/** @param element how a value stands within an array: ids, numbers and the like need no quotes there */
const plain = (type: string, one: (value: unknown) => string = String, element = one): Form => ({
  list: (values) => `{${values.map((value) => (isNull(value) ? 'NULL' : element(value))).join(',')}}`,
  one,
  array: (parameter) => `${parameter}::text::${type}[]`,
  value: (listed, parameter) => `coalesce(${listed}, ${parameter}::text::${type})`,
});

/** What JSON never holds unescaped, and the word that is no JSON. */
const SEPARATOR = '\u0001';
const NO_JSON = 'NULL';
const toJson = (value: unknown): string => JSON.stringify(value);

/** As an array it would be escaped once more, character by character, and read so. */
const json: Form = {
  list: (values) => values.map((value) => (isNull(value) ? NO_JSON : toJson(value))).join(SEPARATOR),
  one: toJson,
  array: (parameter) => `string_to_array(${parameter}::text, E'\\x01', '${NO_JSON}')`,
  value: (listed, parameter) => `coalesce(${listed}, ${parameter}::text)::jsonb`,
};

/** In milliseconds since 1970, which Postgres reads in a third of the time of a date's words; exact, in its microseconds, until the year 2106. */
const instant: Form = {
  ...plain('bigint', (value) => String((value as Date).getTime())),
  value: (listed, parameter) => `to_timestamp(coalesce(${listed}, ${parameter}::text::bigint)::float8 / 1000)`,
};

const forms = new Map<string, Form>([
  ['text', plain('text', String, quoted)],
  ['jsonb', json],
  ['timestamp with time zone', instant],
]);

function formOf(type: string): Form {
  let form = forms.get(type);
  if (!form) forms.set(type, (form = plain(type)));
  return form;
}

/** Of each column what its rows hold, one after the other, and then what they all share; one of both. Most of a batch's columns are the same in all rows. */
function valuesOf(types: readonly string[], held: readonly (readonly unknown[])[]): (string | null)[] {
  const shared = held.map(isShared);
  // The longest array says how many rows there are.
  if (!shared.includes(false)) shared[0] = false;
  return held.flatMap((values, index) => {
    const { list, one } = formOf(types[index]!);
    if (!shared[index]) return [list(values), null];
    return [list([]), isNull(values[0]) ? null : one(values[0])];
  });
}

function isShared(values: readonly unknown[]): boolean {
  const first = values[0];
  if (first instanceof Date)
    return values.every((value) => value instanceof Date && value.getTime() === first.getTime());
  if (isNull(first)) return values.every(isNull);
  return values.every((value) => value === first);
}

/** Those values, as a table called `fresh` with the columns' names. */
function unfolded(named: readonly Pick<Named, 'name' | 'type'>[]): string {
  const arrays = named.map(({ type }, index) => formOf(type).array(`$${2 * index + 1}`));
  const values = named.map(({ name, type }, index) => `${formOf(type).value(name, `$${2 * index + 2}`)} as ${name}`);
  return `(select ${values.join(', ')} from unnest(${arrays.join(', ')}) as listed(${namesOf(named)})) as fresh`;
}

const namesOf = (named: readonly Pick<Named, 'name'>[]): string => named.map(({ name }) => name).join(', ');
const typesOf = (named: readonly Pick<Named, 'type'>[]): string[] => named.map(({ type }) => type);

function columnsFrom(named: readonly Named[], rows: readonly object[]): unknown[][] {
  return named.map(({ key }) => rows.map((row) => (row as Record<string, unknown>)[key]));
}

/** One statement for any number of rows: prepared once a connection. */
function send<R extends object>(sql: Sql, text: string, values: (string | null)[]) {
  return sql.unsafe<R[]>(text, values, { prepare: true });
}

const qualified = (table: Table): string => `parlour.${getTableName(table)}`;

/** Inserts rows; columns named in `without` are left to their defaults. @param returning what to answer of each, in SQL */
export function insertRows<T extends Table, R extends object = object>(
  sql: Sql,
  table: T,
  rows: readonly T['$inferInsert'][],
  without: readonly (keyof T['$inferSelect'])[] = [],
  returning = '',
) {
  const named = columns(table).filter(({ key }) => !without.includes(key as keyof T['$inferSelect']));
  const names = namesOf(named);
  const text = `insert into ${qualified(table)} (${names}) select ${names} from ${unfolded(named)}`;
  return send<R>(
    sql,
    returning ? `${text} returning ${returning}` : text,
    valuesOf(typesOf(named), columnsFrom(named, rows)),
  );
}

/** What to select for rows of a table with the keys its schema uses. */
export function selection(table: Table): string {
  return columns(table)
    .map(({ key, name }) => `${name} as "${key}"`)
    .join(', ');
}

/**
 * Writes the given columns of existing rows, found by workspace and id. Fails if one is not there, or is not as it is said to have been left.
 * @param leftBy the transaction that wrote a row last; null where its lock is held
 */
export function updateRows<T extends Table, R extends Partial<T['$inferSelect']>>(
  sql: Sql,
  table: T,
  rows: readonly R[],
  keys: readonly (keyof T['$inferSelect'] & string)[],
  leftBy: (row: R) => string | null,
) {
  const named = columns(table).filter(({ key }) => key === 'workspaceId' || key === 'id' || keys.includes(key));
  const changing = named.filter(({ key }) => keys.includes(key));
  const assignments = changing.map(({ name }) => `${name} = fresh.${name}`).join(', ');
  const fresh = [...named, LEFT_BY];
  const values = valuesOf(typesOf(fresh), [...columnsFrom(named, rows), rows.map(leftBy)]);
  const text = `with written as (
      update ${qualified(table)} as held set ${assignments} from ${unfolded(fresh)}
      where held.workspace_id = fresh.workspace_id and held.id = fresh.id
        and (fresh.left_by is null or held.xmin = xid(fresh.left_by))
      returning 1
    ) select ${failsUnless(`count(*) = $${values.length + 1}::text::integer`, 'of the rows are as they were left')} from written`;
  return send(sql, text, [...values, String(rows.length)]);
}

const LEFT_BY = { name: 'left_by', type: 'xid8' };

/** What is expected of a count, in SQL: where it does not hold, no number can be made of the sentence, and the transaction fails for it. */
export function failsUnless(holds: string, sentence: string): string {
  return `case when ${holds} then 1 else (count(*) || ' ${sentence}')::integer end`;
}
