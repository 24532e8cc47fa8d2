/**
 * A value as JSON, also on pages whose libraries gave arrays and strings a `toJSON` of their own (Prototype.js), by which
 * `JSON.stringify` would write them as texts. As there, what JSON has no word for is left out.
 */
export function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${Array.from(value, (one: unknown) => jsonText(one) ?? 'null').join()}]`;
  if (value instanceof Date) return JSON.stringify(Number.isNaN(+value) ? null : value.toISOString());
  // Of a function, a symbol or nothing at all it makes undefined, whatever its type says.
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const pairs = Object.entries(value).flatMap(([key, one]) => {
    const text: string | undefined = jsonText(one);
    return text === undefined ? [] : `${JSON.stringify(key)}:${text}`;
  });
  return `{${pairs.join()}}`;
}
