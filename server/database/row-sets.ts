import { getTableColumns, getTableName, type Column, type Table } from 'drizzle-orm';
import type { Sql } from './connection.ts';

/**
 * Multi-row statements for the batched path, by raw SQL but with the tables' own names and types: one JSON parameter a table, unfolded
 * by Postgres, so a statement's text is the same for one row and for three hundred.
 */
type Named = { key: string; name: string; type: string };
const columnsOf = new WeakMap<Table, Named[]>();

function columns(table: Table): Named[] {
  let named = columnsOf.get(table);
  if (!named) {
    const held = Object.entries(getTableColumns(table) as Record<string, Column>);
    named = held.map(([key, column]) => ({ key, name: column.name, type: column.getSQLType() }));
    columnsOf.set(table, named);
  }
  return named;
}

/** A list of columns, and their rows as JSON: numbers, texts and trees go as they are, instants as ISO 8601, 64-bit numbers as text. */
function unfold(sql: Sql, named: readonly Named[], rows: readonly object[]) {
  const json = JSON.stringify(
    rows.map((row) => {
      const entry: Record<string, unknown> = {};
      for (const { key, name } of named) {
        const value = (row as Record<string, unknown>)[key];
        entry[name] = typeof value === 'bigint' ? String(value) : value;
      }
      return entry;
    }),
  );
  const shape = named.map(({ name, type }) => `${name} ${type}`).join(', ');
  return sql`json_to_recordset(${json}::text::json) as fresh(${sql.unsafe(shape)})`;
}

function qualified(sql: Sql, table: Table) {
  return sql(`parlour.${getTableName(table)}`);
}

/** Inserts rows; columns named in `without` are left to their defaults. */
export function insertRows<T extends Table>(
  sql: Sql,
  table: T,
  rows: readonly T['$inferInsert'][],
  without: readonly (keyof T['$inferSelect'])[] = [],
) {
  const named = columns(table).filter(({ key }) => !without.includes(key as keyof T['$inferSelect']));
  const names = sql.unsafe(named.map(({ name }) => name).join(', '));
  return sql`insert into ${qualified(sql, table)} (${names}) select ${names} from ${unfold(sql, named, rows)}`;
}

/** A raw row of a table, with the keys its schema uses. */
export function fromRaw<T extends Table>(table: T, raw: Record<string, unknown>): T['$inferSelect'] {
  const row: Record<string, unknown> = {};
  for (const { key, name } of columns(table)) row[key] = raw[name];
  return row as T['$inferSelect'];
}

/** Writes the given columns of existing rows, found by workspace and id. */
export function updateRows<T extends Table>(
  sql: Sql,
  table: T,
  rows: readonly T['$inferSelect'][],
  keys: readonly (keyof T['$inferSelect'] & string)[],
) {
  const named = columns(table);
  const changing = named.filter(({ key }) => keys.includes(key));
  const finding = named.filter(({ key }) => key === 'workspaceId' || key === 'id');
  const assignments = sql.unsafe(changing.map(({ name }) => `${name} = fresh.${name}`).join(', '));
  return sql`update ${qualified(sql, table)} as held set ${assignments} from ${unfold(sql, [...finding, ...changing], rows)}
    where held.workspace_id = fresh.workspace_id and held.id = fresh.id`;
}
