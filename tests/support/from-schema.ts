import fc from 'fast-check';

/** As much of JSON Schema as the API's document uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

const most = 5;

/** Values that fit a schema, as far as it can be told simply: patterns are kept where they are well known. */
export function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(fitting));
  switch (schema.type) {
    case 'object':
      return objects(schema);
    case 'array':
      return fc.array(fitting(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? most, Math.max(most, schema.minItems ?? 0)),
      });
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -100, max: schema.maximum ?? 1_000 });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objects(schema: Schema): fc.Arbitrary<unknown> {
  const known = Object.entries(schema.properties ?? {}).map(([name, property]) => [name, fitting(property)] as const);
  if (known.length > 0) {
    return fc.record(Object.fromEntries(known), { requiredKeys: [...(schema.required ?? [])] as never[] });
  }
  const member = Object.values(schema.patternProperties ?? {})[0] ?? schema.additionalProperties;
  const names = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
  return fc.dictionary(names, typeof member === 'object' ? fitting(member) : fc.jsonValue({ maxDepth: 1 }), {
    maxKeys: 3,
  });
}

function texts({ pattern, format, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (format === 'email') return fc.emailAddress();
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, Math.max(60, minLength)) });
}

/** Values that a schema may or may not take: fitting ones that were changed in one place, and anything at all. */
export function crooked(schema: Schema): fc.Arbitrary<unknown> {
  const anything = fc.jsonValue({ maxDepth: 3 });
  return fc.oneof(
    anything,
    fc.tuple(fitting(schema), fc.string({ maxLength: 12 }), anything).map(([value, name, odd]) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return odd;
      const names = Object.keys(value);
      const at = names[name.length % Math.max(1, names.length)];
      return { ...value, [at ?? name]: odd };
    }),
  );
}
