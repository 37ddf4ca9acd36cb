import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Static, Type } from 'typebox';
import { Failure } from '../../core/failures.js';
import type { JsonValue } from '../../core/json.js';

const strict = { additionalProperties: false } as const;
const duration = (description: string) => Type.String({ pattern: '^[0-9]+(ms|s|m|h|d)$', description });
const path = (description: string) => Type.String({ minLength: 1, maxLength: 500, description });

const fieldType = Type.Union(
  (
    [
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
    ] as const
  ).map((name) => Type.Literal(name)),
);

const field = Type.Union([
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

const page = Type.Object(
  {
    kind: Type.Union([Type.Literal('cursor'), Type.Literal('page'), Type.Literal('offset'), Type.Literal('none')], {
      description: 'How the next page is asked for.',
    }),
    param: Type.Optional(
      Type.String({ description: 'Query parameter that carries the cursor, page number or offset.' }),
    ),
    next: Type.Optional(path('Where the answer holds the next cursor; null or absent there means the end.')),
    first: Type.Optional(Type.Integer({ description: 'Number of the first page; 1 by default.' })),
    size_param: Type.Optional(Type.String({ description: 'Query parameter that carries the page size.' })),
    size: Type.Integer({ minimum: 1, maximum: 10_000, description: 'Records in a page.' }),
  },
  strict,
);

const since = Type.Object(
  {
    param: Type.String({ description: 'Query parameter for "changed at or after".' }),
    field: Type.String({ description: 'Field that holds the time of the last change.' }),
    sorted: Type.Optional(Type.Boolean({ description: 'Whether pages then come in the order of that field.' })),
  },
  strict,
);

const deleted = Type.Object(
  {
    path: Type.Optional(path('Path of the list of deletions; the stream’s own by default.')),
    param: Type.String({ description: 'Query parameter for "deleted at or after".' }),
    at: Type.String({ description: 'Field that holds the time of the deletion.' }),
  },
  strict,
);

const read = Type.Object(
  {
    path: path('Path below the base URL.'),
    query: Type.Optional(Type.Record(Type.String(), Type.String())),
    records: Type.Optional(path('Where the answer holds the list of records; the answer itself by default.')),
    page: page,
    since: Type.Optional(since),
    deleted: Type.Optional(deleted),
    find: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'Field name -> query parameter that takes its values, separated by commas.',
      }),
    ),
    filters: Type.Optional(Type.Array(Type.String())),
  },
  strict,
);

const single = Type.Object(
  {
    method: Type.Optional(
      Type.Union([Type.Literal('POST'), Type.Literal('PUT'), Type.Literal('PATCH'), Type.Literal('DELETE')]),
    ),
    path: path('Path below the base URL; `{key}` stands for the record’s id.'),
  },
  strict,
);

const batch = Type.Object(
  {
    path: path('Path below the base URL.'),
    size: Type.Integer({ minimum: 1, maximum: 1_000, description: 'Records in one call.' }),
    mode: Type.Optional(Type.String({ description: 'Body field that names the mode.' })),
    items: Type.String({ description: 'Body field that holds the list of records.' }),
    results: path('Where the answer holds one result for each record, in order.'),
    status: path('Where a result holds its status.'),
    refused: Type.Array(Type.String(), { description: 'Statuses that mean "refused for good".' }),
    key: path('Where a result holds the record’s id.'),
    error: path('Where a refused result holds the reason.'),
  },
  strict,
);

const write = Type.Object(
  {
    key: Type.Optional(path('Where the answer of a create holds the new record’s id; the stream’s key by default.')),
    own_id: Type.Optional(Type.String({ description: 'Field that holds Pipewright’s own id of a record.' })),
    repeat: Type.Union(
      [Type.Literal('upsert'), Type.Literal('keyed'), Type.Literal('find_then_create'), Type.Literal('unsafe')],
      { description: 'What makes a repeated create harmless.' },
    ),
    idempotency_header: Type.Optional(Type.String()),
    modes: Type.Optional(
      Type.Array(
        Type.Union([Type.Literal('insert'), Type.Literal('update'), Type.Literal('upsert'), Type.Literal('delete')]),
      ),
    ),
    match: Type.Optional(Type.Array(Type.String())),
    batch: Type.Optional(batch),
    create: Type.Optional(single),
    update: Type.Optional(single),
    delete: Type.Optional(single),
  },
  strict,
);

const stream = Type.Object(
  {
    title: Type.String(),
    key: Type.Array(Type.String(), { minItems: 1 }),
    fields: Type.Record(Type.String(), field),
    open: Type.Optional(Type.Boolean({ description: 'Whether records may hold other fields too.' })),
    read: Type.Optional(read),
    write: Type.Optional(write),
  },
  strict,
);

const lookup = Type.Object(
  {
    title: Type.String(),
    key: Type.String({ description: 'What the key is.' }),
    path: path('Path below the base URL; `{key}` stands for the key. Status 404 means: no such entity.'),
    record: Type.Optional(path('Where the answer holds the record.')),
    fields: Type.Optional(Type.Record(Type.String(), field)),
  },
  strict,
);

const auth = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('none'),
      Type.Literal('bearer'),
      Type.Literal('api_key'),
      Type.Literal('basic'),
      Type.Literal('oauth2'),
      Type.Literal('session'),
    ]),
    header: Type.Optional(Type.String({ description: 'Header of an API key or a session token.' })),
    prefix: Type.Optional(Type.String({ description: 'What stands before the key in the header.' })),
    grant: Type.Optional(Type.Union([Type.Literal('client_credentials'), Type.Literal('refresh_token')])),
    token_path: Type.Optional(path('Path of the token endpoint, or of the session’s sign-in.')),
    token: Type.Optional(path('Where the sign-in’s answer holds the session token.')),
    scope: Type.Optional(Type.String()),
  },
  strict,
);

const errorRule = Type.Object(
  {
    status: Type.Union([Type.Integer(), Type.String({ pattern: '^[1-5]xx$' })]),
    code: Type.Optional(Type.String({ description: 'The rule holds only where the answer’s error code is this.' })),
    kind: Type.Union(
      (['auth', 'rate_limited', 'transient', 'rejected', 'conflict', 'quota'] as const).map((name) =>
        Type.Literal(name),
      ),
    ),
  },
  strict,
);

/** A service that needs no code: the grammar of `definitions/services/<id>.yaml`. */
export const serviceSchema = Type.Object(
  {
    service: Type.String({
      pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
      description: 'kebab-case id, equal to the file’s name.',
    }),
    title: Type.String(),
    settle: Type.Optional(
      duration('Longest time the service may need to commit a request whose answer was lost; 2s by default.'),
    ),
    auth: auth,
    limits: Type.Optional(
      Type.Array(
        Type.Object(
          {
            requests: Type.Integer({ minimum: 1 }),
            per: duration('The length of the window.'),
            burst: Type.Optional(Type.Integer({ minimum: 1 })),
          },
          strict,
        ),
      ),
    ),
    check: Type.Object(
      {
        path: path('A cheap call that needs the credentials.'),
        account: Type.Optional(path('Where its answer names the account.')),
      },
      strict,
    ),
    error_code: Type.Optional(path('Where an error answer holds its code.')),
    error_message: Type.Optional(path('Where an error answer holds its text.')),
    errors: Type.Optional(Type.Array(errorRule)),
    webhook: Type.Optional(
      Type.Object(
        {
          signature_header: Type.String(),
          prefix: Type.Optional(Type.String()),
          timestamp_header: Type.Optional(Type.String()),
          event_id: path('Where an event holds its id.'),
          stream: path('Where an event names its stream.'),
          key: path('Where an event holds the record’s key.'),
          event: Type.Optional(path('Where an event holds its kind.')),
          deleted: Type.Optional(Type.Array(Type.String(), { description: 'Kinds that mean a deletion.' })),
          register: Type.Optional(
            Type.Object({ path: Type.String(), events: Type.Array(Type.String()), id: Type.String() }, strict),
          ),
        },
        strict,
      ),
    ),
    streams: Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]*$' }), stream),
    lookups: Type.Optional(Type.Record(Type.String(), lookup)),
  },
  strict,
);

export type Service = Static<typeof serviceSchema>;
export type ServiceStream = Static<typeof stream>;
export type ServiceRead = Static<typeof read>;
export type ServiceWrite = Static<typeof write>;
export type ServiceBatch = Static<typeof batch>;
export type ServiceField = Static<typeof field>;

const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(serviceSchema);

/** A problem of a service file with the path of the value it is about, as JSON pointer. */
export interface ServiceProblem {
  readonly pointer: string;
  readonly message: string;
}

/** All problems of a service definition; empty when it can be used. */
export function checkService(value: JsonValue): readonly ServiceProblem[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => ({
    pointer: error.instancePath,
    message: error.message ?? 'is not valid',
  }));
}

/** Parses a service definition; throws `connection/invalid_settings` naming the first problem. */
export function parseService(value: JsonValue): Service {
  const [problem] = checkService(value);
  if (problem === undefined) return value as unknown as Service;
  throw new Failure('connection/invalid_settings', {
    message: `The service definition is not valid at \`${problem.pointer || '/'}\`: it ${problem.message}.`,
    hint: 'Compare it with docs/connectors.md, "Declarative services".',
  });
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A checked duration of the grammar in milliseconds. */
export function durationMs(text: string): number {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(text);
  return match === null ? 0 : Number(match[1]) * (units[match[2] as string] ?? 1);
}
