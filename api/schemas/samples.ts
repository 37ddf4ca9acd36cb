import { Type } from 'typebox';
import { anyObject, anyValue, connectionRef, failure, nullable, object } from './common.js';

export const sample = object({
  key: nullable(Type.String({ description: 'The record’s key; null where the stream has none.' })),
  record: anyObject('The record as it is now; long texts are cut.'),
});

export const fieldCheckRequest = object({
  connection: connectionRef,
  stream: Type.String({ minLength: 1, maxLength: 200, description: 'The stream that the flow reads.' }),
  field: Type.Unsafe<string | Record<string, never>>({
    anyOf: [
      { type: 'string', minLength: 1, maxLength: 1_000 },
      { type: 'object', additionalProperties: true, maxProperties: 20 },
    ],
    description: 'What stands behind a target field in `map`: a path, or an object such as `{ "expr": "..." }`.',
  }),
  steps: Type.Optional(
    Type.Array(anyObject('A step.'), {
      maxItems: 100,
      description: 'The steps of the flow: what `set` names can be used, the first 50 of them. Look-ups are not asked.',
    }),
  ),
  values: Type.Optional(
    Type.Record(Type.String({ maxLength: 63 }), anyObject('A value table.'), {
      maxProperties: 100,
      description: 'Value tables of the definition.',
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 5, description: 'How many records to try.' })),
});

export const fieldChecked = object({
  isValid: Type.Boolean({ description: 'Whether the field could stand so in a pipeline.' }),
  problems: Type.Array(
    object({
      code: Type.String(),
      message: Type.String(),
      hint: Type.String(),
      part: Type.String({ description: 'Part of the field, such as `expr`; empty for the whole.' }),
      start: nullable(Type.Integer({ minimum: 0, description: 'First character within the part’s text.' })),
      end: nullable(Type.Integer({ minimum: 0, description: 'Behind the last one.' })),
    }),
  ),
  results: Type.Array(
    object({
      key: nullable(Type.String({ description: 'Key of the record.' })),
      isAbsent: Type.Boolean({ description: 'True where nothing would be written.' }),
      value: anyValue('What would be written; long texts are cut.'),
      failure: nullable(failure),
    }),
    {
      description: 'One for each record that it was tried on; empty while it is not valid, fewer where they take long.',
    },
  ),
});
