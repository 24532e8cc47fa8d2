import { getTableColumns, getTableName, type Column, type Table } from 'drizzle-orm';
import type { Sql } from './connection.ts';

/**
 * Multi-row statements for the batched path, by raw SQL but with the tables' own names and types: one JSON parameter a table, unfolded
 * by Postgres, so a statement's text is the same for one row and for three hundred.
 */
const columnNames = new WeakMap<Table, [key: string, name: string][]>();

function namesOf(table: Table): [string, string][] {
  let names = columnNames.get(table);
  if (!names) {
    names = Object.entries(getTableColumns(table) as Record<string, Column>).map(([key, column]) => [key, column.name]);
    columnNames.set(table, names);
  }
  return names;
}

function toJson(table: Table, rows: readonly object[]): string {
  const names = namesOf(table);
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(names.map(([key, name]) => [name, (row as Record<string, unknown>)[key]]))),
  );
}

/** Inserts rows as they are; columns a row leaves out get NULL, so all but generated ones must be there. */
export function insertRows<T extends Table>(sql: Sql, table: T, rows: readonly T['$inferInsert'][]) {
  const name = sql(`parlour.${getTableName(table)}`);
  return sql`insert into ${name} select * from json_populate_recordset(null::${name}, ${toJson(table, rows)}::text::json)`;
}

/** A raw row of a table, with the keys its schema uses. */
export function fromRaw<T extends Table>(table: T, raw: Record<string, unknown>): T['$inferSelect'] {
  return Object.fromEntries(namesOf(table).map(([key, name]) => [key, raw[name]])) as T['$inferSelect'];
}

/** Writes the given columns of existing rows, found by workspace and id. */
export function updateRows<T extends Table>(sql: Sql, table: T, rows: readonly T['$inferSelect'][], keys: readonly (keyof T['$inferSelect'] & string)[]) {
  const name = sql(`parlour.${getTableName(table)}`);
  const names = new Map(namesOf(table));
  const assignments = keys.map((key) => `${names.get(key)!} = fresh.${names.get(key)!}`).join(', ');
  return sql`update ${name} as held set ${sql.unsafe(assignments)}
    from json_populate_recordset(null::${name}, ${toJson(table, rows)}::text::json) as fresh
    where held.workspace_id = fresh.workspace_id and held.id = fresh.id`;
}
