import { Type } from 'typebox';
import { path, strict } from './parts.js';

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
    done: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Statuses that mean "the service has it"; all but `refused` by default.',
      }),
    ),
    created: Type.Optional(
      Type.Array(Type.String(), { description: 'Those of them that mean "new"; `created` by default.' }),
    ),
    key: path('Where a result holds the record’s id.'),
    error_code: Type.Optional(path('Where a refused result holds its code.')),
    missing: Type.Optional(
      Type.Array(Type.String(), { description: 'Codes that mean "there is no such record": a deletion is then done.' }),
    ),
    error: path('Where a refused result holds the reason.'),
  },
  strict,
);

export const write = Type.Object(
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
