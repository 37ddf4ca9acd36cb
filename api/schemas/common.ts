import { type TObject, type TProperties, type TSchema, Type } from 'typebox';
import type { JsonObject, JsonValue } from '../../core/json.js';

/** Objects of the API have no members but the documented ones. */
export function object<Properties extends TProperties>(properties: Properties, description?: string) {
  return Type.Object(properties, { additionalProperties: false, ...(description !== undefined && { description }) });
}

export const anyObject = (description: string) =>
  Type.Unsafe<JsonObject>({ type: 'object', additionalProperties: true, description });
export const anyValue = (description: string) => Type.Unsafe<JsonValue>({ description });

export function nullable<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()]);
}

export function oneOf<const Name extends string>(names: readonly Name[], description: string) {
  return Type.Unsafe<Name>({ type: 'string', enum: [...names], description });
}

export const moment = (description: string) => Type.String({ format: 'date-time', description });
export const uuid = (description: string) =>
  Type.String({
    format: 'uuid',
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    description,
  });
export const count = (description: string) => Type.Integer({ minimum: 0, description });

/** The kebab-case id of a pipeline, or its uuid. */
export const pipelineRef = Type.String({
  pattern: '^([a-z][a-z0-9-]{0,62}|[0-9a-f]{8}-[0-9a-f-]{27})$',
  description: 'Id of a pipeline (kebab-case), or its uuid.',
});
export const connectionRef = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$',
  description: 'Name of a connection, or its uuid.',
});
export const flowName = Type.String({ pattern: '^[a-z][a-z0-9_]{0,62}$', description: 'Name of a flow.' });
export const definitionText = Type.String({
  minLength: 1,
  maxLength: 262_144,
  description: 'The definition as YAML text, at most 256 KB.',
});
export const connectionsBySlot = Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]{0,62}$' }), connectionRef, {
  additionalProperties: false,
  description:
    'Connection for each slot. A slot left out keeps the connection of the version before, else takes the one named as the slot.',
});

/** A page of a list. */
export function list<Schema extends TSchema>(item: Schema): TObject {
  return object({
    items: Type.Array(item),
    next: nullable(Type.String({ description: 'Pass it as `cursor` to get the next page.' })),
  });
}

export const problem = object(
  {
    code: Type.String({ description: 'What is wrong, as `definition/...`.' }),
    severity: oneOf(['error', 'warning'], 'Errors keep a definition from being published.'),
    message: Type.String(),
    hint: Type.String(),
    line: Type.Integer({ minimum: 1 }),
    column: Type.Integer({ minimum: 1 }),
    path: Type.String({ description: 'Where in the definition, such as `flows.deals.steps[0].where`.' }),
    excerpt: Type.String({ description: 'The line with a marker under the place.' }),
    file: Type.String(),
  },
  'One thing wrong with a definition, at its place.',
);

export const failure = Type.Object(
  {
    code: Type.String(),
    kind: Type.String(),
    message: Type.String(),
    hint: Type.String(),
    where: Type.Optional(anyObject('Where it stands: file, line, stream, field.')),
    details: Type.Optional(anyObject('Values that belong to it.')),
    retryAfterMs: Type.Optional(Type.Number()),
  },
  { additionalProperties: false, description: 'A failure as it is kept with a run or a connection.' },
);

/** RFC 9457. */
export const problemDetails = object(
  {
    type: Type.String({ description: 'Names the code as a URN.' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String({ description: 'What happened, as `area/problem`; docs/errors.md explains each.' }),
    message: Type.String({ description: 'One sentence: what happened to which thing.' }),
    hint: Type.String({ description: 'One sentence: what to do.' }),
    requestId: Type.String(),
    details: Type.Optional(anyObject('Values that belong to it.')),
  },
  'Why a request was refused (RFC 9457).',
);
