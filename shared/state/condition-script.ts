import type { Condition } from '../contract/condition.ts';

/** How a script knows a fact. */
export interface FactScript {
  /** An expression that may be evaluated twice, or never. */
  value: string;
  /** Whether it is always text. */
  isText?: boolean;
  /** What says more briefly that it is this or that. Keyed by the value itself, for the text `true` is no truth. */
  is?: ReadonlyMap<unknown, string>;
  /** What says more briefly that it is at least this number. */
  atLeast?(this: void, least: number): string;
}

/**
 * A condition as an expression of JavaScript, true where `holds` (`conditions.ts`) is for facts of one line: what runs it need not carry
 * a reader. Whatever the condition says stands in it as a literal.
 */
export function conditionScript(condition: Condition, factOf: (field: string) => FactScript): string {
  const scriptsOf = (inner: readonly Condition[]): string[] => inner.map((each) => conditionScript(each, factOf));
  // It stands beside nothing that binds more tightly than "and".
  if ('all' in condition) return scriptsOf(condition.all).join('&&') || 'true';
  if ('any' in condition) {
    const [first = 'false', ...others] = scriptsOf(condition.any);
    return others.length > 0 ? `(${[first, ...others].join('||')})` : first;
  }
  if ('not' in condition) return `!(${conditionScript(condition.not, factOf)})`;
  const { operator, value } = condition;
  const fact = factOf(condition.field);
  if (operator === 'is') return fact.is?.get(value) ?? `${fact.value}===${literal(value)}`;
  if (operator === 'atLeast')
    return fact.atLeast && typeof value === 'number' ? fact.atLeast(value) : `${fact.value}>=${literal(value)}`;
  const found = globScript(value, fact.value);
  return fact.isText ? found : `(typeof ${fact.value}=="string"&&${found})`;
}

function globScript(glob: string, text: string): string {
  // Several stars beside each other say no more than one.
  const pieces = glob.replaceAll(/\*+/g, '*').split('*');
  const [first = '', second = ''] = pieces;
  if (pieces.length === 1) return `${text}===${literal(first)}`;
  if (pieces.length === 2 && !second) return `${text}.startsWith(${literal(first)})`;
  if (pieces.length === 2 && !first) return `${text}.endsWith(${literal(second)})`;
  if (pieces.length === 3 && !first && !pieces[2]) return `${text}.includes(${literal(second)})`;
  // Piece after piece, as `holds` does it and for the same reason.
  const bounded = `\n${glob}\n`.split('*');
  return `((h,i)=>[${bounded.map(literal).join()}].every(p=>(i=h.indexOf(p,i)+p.length)>=p.length))(\`\\n\${${text}}\\n\`,0)`;
}

/**
 * A value as a script writes it. Text as the build writes it, too: what is alike is packed. "<" is escaped so that the script stays one
 * script wherever a site inlines it.
 */
export function literal(value: string | number | boolean | null): string {
  if (typeof value === 'boolean') return value ? '!0' : '!1';
  if (typeof value !== 'string') return JSON.stringify(value);
  const text = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
  return `\`${text.replaceAll('`', '\\`').replaceAll('${', '\\${').replaceAll('<', '\\u003c')}\``;
}
