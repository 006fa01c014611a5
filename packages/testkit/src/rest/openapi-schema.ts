export type Json = Record<string, unknown>;

const PREFIX = '#/components/schemas/';

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withNull(schema: Json): Json {
  if (Array.isArray(schema.enum)) return { ...schema, enum: [...schema.enum, null] };
  if (schema.type) return schema;
  const { nullable: _, ...rest } = schema;
  return Object.keys(rest).length > 0 ? { anyOf: [rest, { type: 'null' }] } : {};
}

/** Turns OpenAPI 3.0 into what Ajv reads: `nullable` without a type, and references by name. */
export function convertSchema(value: unknown, onReference: (name: string) => void): unknown {
  if (Array.isArray(value)) return value.map((one) => convertSchema(one, onReference));
  if (!isObject(value)) return value;
  if (typeof value.$ref === 'string' && value.$ref.startsWith(PREFIX)) {
    const name = value.$ref.slice(PREFIX.length);
    onReference(name);
    return { $ref: `github:${name}` };
  }
  const kept = Object.entries(value).filter(
    ([key]) => !/^(examples?|description|discriminator)$/.test(key) || isObject(value[key]),
  );
  const converted = Object.fromEntries(kept.map(([key, one]) => [key, convertSchema(one, onReference)]));
  return converted.nullable === true ? withNull(converted) : converted;
}
