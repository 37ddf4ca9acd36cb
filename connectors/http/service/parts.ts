import { Type } from 'typebox';

/** No key is taken that the grammar does not know. */
export const strict = { additionalProperties: false } as const;
export const duration = (description: string) => Type.String({ pattern: '^[0-9]+(ms|s|m|h|d)$', description });
export const path = (description: string) => Type.String({ minLength: 1, maxLength: 500, description });

export const oneOf = <Name extends string>(...names: readonly Name[]) =>
  Type.Unsafe<Name>({ type: 'string', enum: [...names] });

const fieldType = oneOf(
  'text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'money',
  'phone',
  'email',
  'list',
  'object',
  'any',
);

export const field = Type.Union([
  fieldType,
  Type.Object(
    {
      type: fieldType,
      title: Type.Optional(Type.String()),
      required: Type.Optional(Type.Boolean()),
      read_only: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
]);
