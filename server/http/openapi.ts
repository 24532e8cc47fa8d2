import { commands, queries, type CommandName, type QueryName } from '../../shared/contract/catalogue.ts';
import type { CommandDefinition, HttpBinding, QueryDefinition } from '../../shared/contract/definition.ts';
import type { ErrorCode } from '../../shared/contract/error.ts';
import { description, license, version } from '../../package.json' with { type: 'json' };
import { commandPolicy, type Rule } from '../policy/commands.ts';
import { queryPolicy } from '../policy/queries.ts';
import { API } from './api.ts';
import type {
  JsonSchema,
  Method,
  OpenApiDocument,
  OperationObject,
  Parameter,
  Reference,
  SecurityScheme,
} from './openapi-document.ts';
import { EVERY_REQUEST, refusals, refusedWith, signedIn } from './openapi-answers.ts';
import { doorsBeside } from './openapi-doors.ts';
import { examples } from './openapi-examples.ts';
import { annotate, componentSchemas, jsonSchemasOf, refTo } from './openapi-schemas.ts';
import { tags, whoMay, type Noun } from './openapi-words.ts';
import { cookieName } from './request-origin.ts';

/** Where the operation is served, when that is not where its definition binds it: set-up has a door of its own. */
const ownDoors: Partial<Record<CommandName, HttpBinding>> = { 'workspace.create': 'POST /set-up' };

/** Commands whose door does not read an idempotency key: their input names itself, or they are possible once. */
const withoutKey: readonly string[] = ['workspace.create', 'visitor.startSession'];

/** Refusals that follow neither from an operation's rule nor from its input. */
const ownRefusals: Partial<Record<CommandName | QueryName, ErrorCode[]>> = {
  'conversation.emailTranscript': ['unsupported'],
  // The session has ended: in another tab, or while the request was on its way.
  'visitor.startSession': ['unauthenticated'],
  'visitor.identify': ['not_found'],
  'visitor.describe': ['not_found'],
  'visitor.track': ['not_found'],
};

let described: { publicUrl: string; document: OpenApiDocument } | undefined;

/**
 * The API, described: made from the catalogue and the policy tables, so that it cannot say something else than the server does.
 * Made once: the address does not change while the process runs, and anybody may ask for it as often as they like.
 */
export function openApi(publicUrl: string): OpenApiDocument {
  if (described?.publicUrl !== publicUrl) described = { publicUrl, document: describe(publicUrl) };
  return described.document;
}

/** The inputs and results of the catalogue by the name of their command or query. */
type CatalogueSchemas = Record<'inputs' | 'results', Record<string, JsonSchema>>;

function catalogueSchemas(): CatalogueSchemas {
  const definitions: [string, CommandDefinition | QueryDefinition][] = Object.entries({ ...queries, ...commands });
  const pick = (which: 'input' | 'result') =>
    Object.fromEntries(definitions.map(([name, { [which]: schema }]) => [name, schema]));
  return { inputs: jsonSchemasOf(pick('input'), 'input'), results: jsonSchemasOf(pick('result'), 'output') };
}

function describe(publicUrl: string): OpenApiDocument {
  const schemas = catalogueSchemas();
  const paths: OpenApiDocument['paths'] = {};
  const add = (path: string, method: string, operation: OperationObject): void => {
    (paths[path] ??= {})[method.toLowerCase() as Method] = operation;
  };
  for (const [name, definition] of Object.entries(queries) as [QueryName, QueryDefinition][]) {
    const [method, path] = split(definition.http);
    add(path, method, describeQuery(name, definition, path, schemas));
  }
  for (const [name, definition] of Object.entries(commands) as [CommandName, CommandDefinition][]) {
    if (definition.http === null) continue;
    const [method, path] = split(ownDoors[name] ?? definition.http);
    add(path, method, describeCommand(name, definition, path, schemas));
  }
  for (const [binding, operation] of Object.entries(doorsBeside())) {
    const [method, path] = binding.split(' ') as [string, string];
    add(path, method, operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parlour API',
      version,
      summary: description,
      description: `Everything the workspace app does, over HTTP. Inputs are strict: a field that is not described is refused, and text holds no NUL character. A readable form of this document is at ${publicUrl}/docs.`,
      license: { name: license, identifier: license },
    },
    servers: [{ url: publicUrl }],
    tags: Object.values(tags),
    paths: sorted(paths),
    components: {
      schemas: componentSchemas(),
      parameters: { IdempotencyKey: idempotencyKey },
      responses: refusals(),
      securitySchemes: securitySchemes(publicUrl),
    },
  };
}

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Names this request. Sent again with the same input it gives the same answer and is not carried out twice.',
  schema: { $ref: refTo('CommandId') },
};

function split(binding: HttpBinding): [method: string, path: string] {
  const [method, path] = binding.split(' ') as [string, string];
  return [method, `${API}${path}`];
}

function describeQuery(
  name: QueryName,
  definition: QueryDefinition,
  path: string,
  schemas: CatalogueSchemas,
): OperationObject {
  const input = annotate(schemas.inputs[name]!, name);
  const { fields, rest } = pathParameters(path, input);
  const parameters = [
    ...fields,
    ...Object.entries(rest.properties ?? {}).map(([key, schema]) => parameter('query', key, schema, rest)),
  ];
  return operation(name, definition, schemas, queryPolicy[name], parameters, path.includes('{') ? ['not_found'] : []);
}

function describeCommand(
  name: CommandName,
  definition: CommandDefinition,
  path: string,
  schemas: CatalogueSchemas,
): OperationObject {
  const input = annotate(schemas.inputs[name]!, name);
  const { fields, rest } = pathParameters(path, input);
  const ownDoor = name in ownDoors;
  if (ownDoor)
    rest.properties = {
      token: { type: 'string', description: 'The set-up token, from the server’s output.' },
      ...rest.properties,
    };
  if (ownDoor) rest.required = ['token', ...(rest.required ?? [])];
  const keyed: (Parameter | Reference)[] = withoutKey.includes(name)
    ? []
    : [{ $ref: '#/components/parameters/IdempotencyKey' }];
  const codes: ErrorCode[] = ['too_large'];
  if (ownDoor) codes.push('unauthenticated', 'gone');
  else if (JSON.stringify(input).includes(refTo('Id'))) codes.push('not_found');
  if (keyed.length > 0) codes.push('conflict');
  const made = operation(name, definition, schemas, commandPolicy[name], [...fields, ...keyed], codes);
  if (Object.keys(rest.properties ?? {}).length > 0) {
    const given = examples[name] as Record<string, unknown> | undefined;
    const sent = Object.entries(given ?? {}).filter(([key]) => rest.properties && key in rest.properties);
    const example = { ...(ownDoor ? { token: 'the-token-of-the-set-up-link' } : {}), ...Object.fromEntries(sent) };
    made.requestBody = {
      required: (rest.required ?? []).length > 0,
      content: { 'application/json': { schema: rest, ...(given ? { example } : {}) } },
    };
  }
  if (ownDoor) {
    const { '200': _inside, ...refused } = made.responses;
    made.responses = { '204': signedIn, ...refused };
  }
  return made;
}

/** Takes what the path carries out of an input: the rest is the query string or the body. */
function pathParameters(path: string, input: JsonSchema): { fields: Parameter[]; rest: JsonSchema } {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const fields = names.map((name) => parameter('path', name, input.properties?.[name] ?? {}, input));
  const properties = Object.fromEntries(Object.entries(input.properties ?? {}).filter(([key]) => !names.includes(key)));
  const { required = [], ...others } = input;
  const left = required.filter((key) => !names.includes(key));
  return { fields, rest: { ...others, properties, ...(left.length > 0 ? { required: left } : {}) } };
}

function parameter(place: 'path' | 'query', name: string, schema: JsonSchema, input: JsonSchema): Parameter {
  const { description, ...own } = schema;
  const required = place === 'path' || (input.required ?? []).includes(name);
  return { name, in: place, required, ...(description ? { description } : {}), schema: own };
}

function operation(
  name: CommandName | QueryName,
  definition: CommandDefinition | QueryDefinition,
  schemas: CatalogueSchemas,
  rule: Rule,
  parameters: (Parameter | Reference)[],
  codes: ErrorCode[],
): OperationObject {
  const security = securityOf(rule);
  const asked: ErrorCode[] = security.length > 0 ? ['unauthenticated', 'forbidden'] : ['origin_refused'];
  const strangers: ErrorCode[] = rule.stranger ? ['not_found'] : [];
  const result = annotate(schemas.results[name]!, `${name}.result`);
  const { title, more } = firstSentence(definition.summary);
  return {
    operationId: name,
    tags: [tags[name.split('.')[0] as Noun].name],
    summary: title,
    description: [...(more ? [more] : []), `**Who may:** ${whoMay(rule)}`].join('\n\n'),
    ...(parameters.length > 0 ? { parameters } : {}),
    responses: {
      '200': { description: 'Done.', content: { 'application/json': { schema: result } } },
      ...refusedWith(['invalid', ...asked, ...strangers, ...codes, ...(ownRefusals[name] ?? []), ...EVERY_REQUEST]),
    },
    security,
    'x-policy': rule,
  };
}

function firstSentence(summary: string): { title: string; more: string } {
  const end = /\. (?=[A-Z`])/.exec(summary);
  const title = end ? summary.slice(0, end.index) : summary.replace(/\.$/, '');
  return { title, more: end ? summary.slice(end.index + 2) : '' };
}

function securityOf(rule: Rule): Record<string, []>[] {
  return [
    ...(rule.apiKey ? [{ apiKey: [] as [] }] : []),
    ...(rule.teammate ? [{ teammateToken: [] as [] }, { signInCookie: [] as [] }] : []),
    ...(rule.visitor ? [{ visitorToken: [] as [] }] : []),
  ];
}

function securitySchemes(publicUrl: string): Record<string, SecurityScheme> {
  const bearer = { type: 'http', scheme: 'bearer' } as const;
  return {
    apiKey: {
      ...bearer,
      bearerFormat: 'pk_…',
      description: 'An API key, for your own programs. Made under Settings, API keys.',
    },
    teammateToken: {
      ...bearer,
      bearerFormat: 'JWT',
      description:
        'Signed by a host app’s server (HS256) with the workspace’s signing secret, for the teammate at the keyboard; ten minutes at most.',
    },
    visitorToken: {
      ...bearer,
      bearerFormat: 'pv_…',
      description: 'Made by a visitor’s browser when it begins a session.',
    },
    signInCookie: {
      type: 'apiKey',
      in: 'cookie',
      name: cookieName(publicUrl),
      description: 'The workspace app’s own sign-in. It counts on the server’s own pages only.',
    },
  };
}

/** By path, so that the document does not move when the catalogue is put in another order. */
function sorted(paths: OpenApiDocument['paths']): OpenApiDocument['paths'] {
  return Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1)));
}
