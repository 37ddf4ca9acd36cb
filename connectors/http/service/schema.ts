import { type Static, Type } from 'typebox';
import { auth, errorRule } from './access.js';
import { duration, field, path, strict } from './parts.js';
import { read } from './reading.js';
import { write } from './writing.js';

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
    auth,
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
export type ServiceBatch = NonNullable<ServiceWrite['batch']>;
export type ServiceFind = NonNullable<ServiceRead['find']>[string];
export type ServiceField = Static<typeof field>;
