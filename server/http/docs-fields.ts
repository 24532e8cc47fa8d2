import { html, joined, prose, type Markup } from './docs-markup.ts';
import type { JsonSchema } from './openapi-document.ts';

export type Schemas = Record<string, JsonSchema>;

const refName = (schema: JsonSchema): string | undefined => schema.$ref?.split('/').at(-1);

/** Whether the fields are written by the caller, who must know what is required, or read, where only what may be missing matters. */
export type Direction = 'sent' | 'read';

/** The schema's fields as a list; nested objects as lists inside it. Shapes with a name are links. */
export function fieldList(schema: JsonSchema, direction: Direction): Markup {
  const required = new Set(schema.required ?? []);
  const entries = Object.entries(schema.properties ?? {});
  if (entries.length === 0) return html`<p class="quiet">An empty object.</p>`;
  return html`<ul class="fields">
    ${entries.map(([name, field]) => fieldItem(name, field, required.has(name), direction))}
  </ul>`;
}

export function fieldItem(name: string, field: JsonSchema, required: boolean, direction: Direction): Markup {
  const described = field.description ?? innerDescription(field);
  return html`<li>
    <p class="field">
      <code class="name">${name}</code> <span class="type">${typeOf(field)}</span>
      ${required ? direction === 'sent' && html`<span class="required">required</span>` : html`<span class="optional">optional</span>`}
    </p>
    ${described ? html`<p class="note">${prose(described)}</p>` : null} ${limitsOf(field)} ${inside(field, direction)}
  </li>`;
}

/** Of what stands in a list or beside "or null", when the field itself says nothing. */
function innerDescription(field: JsonSchema): string | undefined {
  const inner = field.items ?? field.anyOf?.[0];
  return inner && (inner.description ?? innerDescription(inner));
}

function inside(field: JsonSchema, direction: Direction): Markup | null {
  if (field.properties && Object.keys(field.properties).length > 0) return fieldList(field, direction);
  if (field.oneOf) return variants(field.oneOf, direction);
  const inner = field.items ?? field.anyOf?.find(({ type }) => type !== 'null');
  return inner ? inside(inner, direction) : null;
}

/** The shapes of a union, each by the literals that tell it apart. */
export function variants(options: readonly JsonSchema[], direction: Direction): Markup {
  return html`<ul class="variants">
    ${options.map((option) => {
      const entries = Object.entries(option.properties ?? {});
      const marks = entries.filter(([name, { const: mark }]) => mark !== undefined && option.required?.includes(name));
      const rest = Object.fromEntries(entries.filter((entry) => !marks.includes(entry)));
      const title = marks.map(([name, { const: mark }]) => html`<code>${name}: ${JSON.stringify(mark)}</code>`);
      return html`<li>
        <p class="field">${refName(option) ? typeOf(option) : title}</p>
        ${Object.keys(rest).length > 0 ? fieldList({ ...option, properties: rest }, direction) : null}
      </li>`;
    })}
  </ul>`;
}

/** What kind of value it is, in words, with links to the shapes that have a name. */
export function typeOf(schema: JsonSchema): Markup {
  const name = refName(schema);
  if (name) return html`<a href="#${name}">${name}</a>`;
  if (schema.enum) {
    return joined(
      schema.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`),
      html` <span class="or">or</span> `,
    );
  }
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.anyOf) return joined(schema.anyOf.map(typeOf), html` or `);
  if (schema.oneOf) return html`one of these`;
  if (schema.type === 'array') return html`list of ${schema.items ? typeOf(schema.items) : 'anything'}`;
  return html`${schema.type ?? 'anything'}`;
}

function limitsOf(field: JsonSchema): Markup | null {
  const schema = field.anyOf?.[0] ?? field;
  const parts = [
    range(schema.minLength, schema.maxLength, 'characters'),
    range(schema.minItems, schema.maxItems, 'entries'),
    // An integer from 0 on is what a count is anyway.
    range(schema.minimum === 0 && schema.maximum === undefined ? undefined : schema.minimum, schema.maximum, ''),
  ].filter((part) => part !== null);
  const standard = field.default === undefined ? null : html`Default <code>${JSON.stringify(field.default)}</code>.`;
  if (parts.length === 0 && !standard) return null;
  return html`<p class="note limits">${parts.length > 0 ? `${parts.join(', ')}. ` : ''}${standard}</p>`;
}

function range(least: number | undefined, most: number | undefined, unit: string): string | null {
  const number = (value: number): string => value.toLocaleString('en');
  const span = (): string | null => {
    if (least !== undefined && most !== undefined) return `${number(least)} to ${number(most)}`;
    if (most !== undefined) return `At most ${number(most)}`;
    return least === undefined ? null : `At least ${number(least)}`;
  };
  const text = span();
  return text && (unit ? `${text} ${unit}` : text);
}

/** Plausible values for the fields that have no example of their own. */
const plausible: Record<string, unknown> = {
  name: 'Mira Okafor',
  text: 'It is, and yours is set aside.',
  preview: 'Is the teapot back in stock?',
  greeting: 'Hello! How can we help?',
  href: 'https://shop.example/teapots',
  prefix: 'pk_Jq3mX',
  panel: '/assets/panel-B7xk2.js',
  color: '#0f766e',
  actorKind: 'teammate',
  key: 'the-key-of-the-channel',
  next: null,
  facts: {},
};

/** An example of what the schema describes. Deterministic, and as short as it can be. */
export function exampleOf(schema: JsonSchema, schemas: Schemas, field = ''): unknown {
  const name = refName(schema);
  if (name) return exampleOf(schemas[name] ?? {}, schemas, field);
  if (schema.examples) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (field in plausible && !schema.properties) return plausible[field];
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice) return exampleOf(choice, schemas, field);
  if (schema.type === 'object') {
    const entries = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key));
    return Object.fromEntries(entries.map(([key, inner]) => [key, exampleOf(inner, schemas, key)]));
  }
  if (schema.type === 'array') return schema.items ? [exampleOf(schema.items, schemas, field)] : [];
  if (schema.type === 'boolean') return true;
  if (schema.type === 'string') return '…';
  return Math.max(schema.minimum ?? 0, Math.min(schema.maximum ?? 12, 12));
}
