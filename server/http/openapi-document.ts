import type { Rule } from '../policy/commands.ts';

/** The parts of OpenAPI 3.1 and JSON Schema (2020-12) that this API is described with. */
export type JsonSchema = {
  $ref?: string;
  type?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
};

export type Reference = { $ref: string };

export type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
};

type Media = { schema: JsonSchema; example?: unknown };

/** What a body is: JSON, but for files. */
export type BodyContent = { 'application/json'?: Media; 'application/octet-stream'?: Media };

export type Answer = {
  description: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content?: BodyContent;
};

/** Who may ask: the rule of the policy table, or, for the few doors beside the catalogue, anybody. */
export type StatedPolicy = Rule | { anyone: true };

export type OperationObject = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  parameters?: (Parameter | Reference)[];
  requestBody?: { required: boolean; content: BodyContent };
  responses: Record<string, Answer | Reference>;
  /** Any one of these lets in; empty: none is asked for. */
  security: Record<string, []>[];
  'x-policy': StatedPolicy;
};

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export type Tag = { name: string; description: string };

export type SecurityScheme = { type: 'http' | 'apiKey'; description: string } & Record<string, string>;

export type OpenApiDocument = {
  openapi: '3.1.0';
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string }[];
  tags: Tag[];
  paths: Record<string, Partial<Record<Method, OperationObject>>>;
  components: {
    schemas: Record<string, JsonSchema>;
    parameters: Record<string, Parameter>;
    responses: Record<string, Answer>;
    securitySchemes: Record<string, SecurityScheme>;
  };
};
