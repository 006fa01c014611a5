import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { packageFile } from '../package-file.ts';
import { convertSchema, type Json } from './openapi-schema.ts';

interface Media {
  schema?: Json;
}

interface Operation {
  parameters?: Json[];
  requestBody?: { required?: boolean; content?: Record<string, Media> };
  responses: Record<string, { $ref?: string; content?: Record<string, Media> }>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  'x-webhooks': Record<string, { post: Operation }>;
  components: Record<'schemas' | 'responses' | 'parameters', Record<string, Json>>;
}

/** Checks of REST bodies, queries and webhook payloads against GitHub's own OpenAPI description. */
export interface OpenApi {
  /** Each gives what is wrong in one line, or null. `route` is e.g. `GET /repos/{owner}/{repo}`. */
  checkRequest(route: string, body: unknown): string | null;
  checkQuery(route: string, query: URLSearchParams): string | null;
  checkAnswer(route: string, status: number, body: unknown): string | null;
  checkWebhook(name: string, payload: unknown): string | null;
}

function load(): Description {
  const file = packageFile('@octokit/openapi/generated/api.github.com.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Description;
}

function createCompiler(api: Description) {
  const ajv = new Ajv({
    strict: false,
    validateFormats: false,
    validateSchema: false,
    coerceTypes: false,
    addUsedSchema: false,
  });
  const registered = new Set<string>();
  const compiled = new Map<string, ValidateFunction>();
  const register = (name: string): void => {
    if (registered.has(name)) return;
    registered.add(name);
    const schema = convertSchema(api.components.schemas[name] ?? {}, register);
    ajv.addSchema(schema as Json, `github:${name}`);
  };
  return (key: string, schema: Json): ValidateFunction => {
    const known = compiled.get(key);
    if (known) return known;
    const made = ajv.compile(convertSchema(schema, register) as Json);
    compiled.set(key, made);
    return made;
  };
}

function firstError(validate: ValidateFunction, value: unknown): string | null {
  if (validate(value)) return null;
  const errors = validate.errors ?? [];
  const deepest = errors.toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0];
  const extra = deepest?.params ? ` ${JSON.stringify(deepest.params)}` : '';
  return `${deepest?.instancePath || '(the body)'} ${deepest?.message}${extra}`;
}

function parameterSchema(api: Description, operation: Operation): Json {
  const parameters = (operation.parameters ?? []).map((one) => {
    const reference = typeof one.$ref === 'string' ? one.$ref.replace('#/components/parameters/', '') : '';
    return reference ? (api.components.parameters[reference] ?? {}) : one;
  });
  const inQuery = parameters.filter((one) => one.in === 'query');
  const properties = Object.fromEntries(inQuery.map((one) => [String(one.name), one.schema]));
  return { type: 'object', properties, additionalProperties: false };
}

/** A query value as the type that the parameter asks for; a query itself has only text. */
function queryValues(schema: Json, query: URLSearchParams): Json {
  const properties = schema.properties as Record<string, Json>;
  const typed = (name: string, text: string) => {
    const type = properties[name]?.type;
    if (type === 'integer' || type === 'number') return /^\d+$/.test(text) ? Number(text) : text;
    return type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text;
  };
  return Object.fromEntries([...query].map(([name, text]) => [name, typed(name, text)]));
}

let shared: OpenApi | undefined;

/** Loads the description (13 MB, about 0.1 s) on first use, once per process. */
export function openApi(): OpenApi {
  shared ??= createOpenApi(load());
  return shared;
}

function createOpenApi(api: Description): OpenApi {
  const compile = createCompiler(api);
  const find = (route: string): Operation | undefined => {
    const [method = '', path = ''] = route.split(' ');
    return api.paths[path]?.[method.toLowerCase()];
  };
  const unknown = (route: string) => `${route} is not in GitHub's OpenAPI description`;
  return {
    checkRequest(route, body) {
      const operation = find(route);
      if (!operation) return unknown(route);
      const schema = operation.requestBody?.content?.['application/json']?.schema;
      if (!schema) return body === undefined ? null : `${route} takes no body`;
      if (body === undefined && !operation.requestBody?.required) return null;
      return firstError(compile(`request ${route}`, schema), body);
    },
    checkQuery(route, query) {
      const operation = find(route);
      if (!operation) return unknown(route);
      const schema = parameterSchema(api, operation);
      return firstError(compile(`query ${route}`, schema), queryValues(schema, query));
    },
    checkAnswer(route, status, body) {
      const declared = find(route)?.responses[String(status)];
      const name = declared?.$ref?.replace('#/components/responses/', '');
      const response = name ? (api.components.responses[name] as unknown as typeof declared) : declared;
      // GitHub's description leaves many error statuses out; a success that it does not know is a mistake of ours.
      if (!response) return status < 300 ? `${route} does not answer with ${status}` : null;
      const schema = response.content?.['application/json']?.schema;
      if (!schema) return body === undefined || status >= 300 ? null : `${route} ${status} has no body`;
      return firstError(compile(`answer ${status} ${route}`, schema), body);
    },
    checkWebhook(name, payload) {
      const schema = api['x-webhooks'][name]?.post.requestBody?.content?.['application/json']?.schema;
      return schema ? firstError(compile(`webhook ${name}`, schema), payload) : `there is no webhook ${name}`;
    },
  };
}
