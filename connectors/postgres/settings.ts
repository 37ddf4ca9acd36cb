import { Type } from 'typebox';

export const postgresSettings = Type.Object(
  {
    host: Type.String({ minLength: 1, maxLength: 253, title: 'Host', description: 'Name or address of the server.' }),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, title: 'Port', description: '5432 when absent.' })),
    database: Type.String({ minLength: 1, maxLength: 63, title: 'Database', description: 'Name of the database.' }),
    user: Type.String({ minLength: 1, maxLength: 63, title: 'User', description: 'The role to log in with.' }),
    ssl: Type.Optional(
      Type.Union([Type.Literal('verify-full'), Type.Literal('require'), Type.Literal('disable')], {
        title: 'TLS',
        description:
          '`verify-full` (default) checks the certificate, `require` only encrypts, `disable` is for places that an operator allowed.',
      }),
    ),
    ca: Type.Optional(
      Type.String({
        maxLength: 65_536,
        title: 'Certificate authority',
        description: 'PEM of the authority that signed the server’s certificate; those of the system when absent.',
      }),
    ),
    schemas: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 63 }), {
        minItems: 1,
        maxItems: 50,
        title: 'Schemas',
        description: 'Where tables are looked for; `public` when absent. Tables of other schemas are `schema.table`.',
      }),
    ),
    own_id_column: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 63,
        title: 'Own-id column',
        description:
          'Text or uuid column that takes this product’s record key, for tables whose key the database makes. Best with a unique index.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const postgresSecret = Type.Object(
  {
    password: Type.String({ maxLength: 1_000, title: 'Password', description: 'The password of the role.' }),
  },
  { additionalProperties: false },
);
