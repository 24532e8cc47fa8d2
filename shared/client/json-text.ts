/**
 * A value as JSON, also on pages whose libraries gave arrays and strings a `toJSON` of their own (Prototype.js), by which
 * `JSON.stringify` would write them as texts.
 */
export function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one: unknown) => jsonText(one ?? null)).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const pairs = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${pairs.map(([key, one]) => `${JSON.stringify(key)}:${jsonText(one)}`).join()}}`;
}
