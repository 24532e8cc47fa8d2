/** Postgres keeps neither NUL nor half a character, in texts, in JSON or as something to look for: no field may let one through to it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as v from 'valibot';
import { commands, queries } from '../../../shared/contract/catalogue.ts';
import { storable } from '../../../shared/contract/primitives.ts';
import { clientFrame } from '../../../shared/wire/frames.ts';

type Node = v.GenericSchema & {
  pipe?: readonly unknown[];
  wrapped?: Node;
  item?: Node;
  key?: Node;
  value?: Node;
  entries?: Record<string, Node>;
  options?: readonly Node[] | readonly string[];
};

/** Texts that are read and kept as nothing else than what was made of them, and those that the server itself has written. */
const neverStored = new Set([
  // Hashed.
  'password',
  'ownerPassword',
  'current',
  // Verified, then read by its own schema.
  'token',
  'identity',
  // Decoded, then compared with what a cursor is.
  'cursor',
  // Compared with what is there.
  'epoch',
  'blockId',
  'timeZone',
]);

/** Every text within, by the path to it. */
function textsIn(schema: Node, path: readonly string[] = []): [path: string, schema: Node][] {
  const within = (inner: Node | undefined, ...step: string[]) => (inner ? textsIn(inner, [...path, ...step]) : []);
  if (schema.type === 'string') return [[path.join('.'), schema]];
  const options = (schema.options ?? []).filter((option): option is Node => typeof option === 'object');
  return [
    ...within(schema.wrapped),
    ...within(schema.item, '0'),
    ...within(schema.key, 'key'),
    ...within(schema.value, 'value'),
    ...Object.entries(schema.entries ?? {}).flatMap(([key, entry]) => within(entry, key)),
    ...options.flatMap((option) => within(option)),
  ];
}

/** What a text must look like, where it cannot hold either then. */
const shapes = new Set(['uuid', 'email', 'iso_timestamp', 'iso_date']);

/** Whether a text that is otherwise right is refused for what cannot be kept. */
function refuses(text: Node): boolean {
  return (text.pipe ?? []).some((step) => {
    const { type, requirement } = step as { type: string; requirement?: unknown };
    // Of what may stand there, not of what may not.
    if (type === 'regex') return !(requirement as RegExp).source.includes('[^');
    return (
      step === storable || shapes.has(type) || (step !== text && 'pipe' in (step as Node) && refuses(step as Node))
    );
  });
}

const inputs: [name: string, schema: Node][] = [
  // What only the server itself asks was read before.
  ...Object.entries({ ...commands, ...queries }).flatMap(([name, { http, input }]): [string, Node][] =>
    http === null ? [] : [[name, input as unknown as Node]],
  ),
  ['hello', clientFrame.options[0] as unknown as Node],
];

for (const [name, schema] of inputs) {
  test(`${name} lets no text through that Postgres cannot keep`, () => {
    const open = textsIn(schema).filter(([path, text]) => !neverStored.has(path.split('.').at(-1)!) && !refuses(text));
    assert.deepEqual(
      open.map(([path]) => path),
      [],
    );
  });
}
