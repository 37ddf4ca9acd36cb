import { Type } from 'typebox';
import { path, strict } from './parts.js';

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
    ends: Type.Optional(
      Type.Union([Type.Literal('empty'), Type.Literal('short')], {
        description:
          'Where pages or offsets end: at an empty page (default), or already at one that is shorter than asked.',
      }),
    ),
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

const find = Type.Union([
  Type.String({ description: 'Query parameter that takes values separated by commas.' }),
  Type.Object(
    {
      list: Type.Optional(Type.String({ description: 'Query parameter that takes values separated by commas.' })),
      one: Type.Optional(
        Type.String({ description: 'Query parameter that takes one value; also used for values with a comma.' }),
      ),
    },
    { ...strict, minProperties: 1 },
  ),
]);

export const read = Type.Object(
  {
    path: path('Path below the base URL.'),
    query: Type.Optional(Type.Record(Type.String(), Type.String())),
    records: Type.Optional(path('Where the answer holds the list of records; the answer itself by default.')),
    page,
    since: Type.Optional(since),
    deleted: Type.Optional(deleted),
    find: Type.Optional(Type.Record(Type.String(), find, { description: 'How records are found by a field.' })),
    filters: Type.Optional(Type.Array(Type.String())),
  },
  strict,
);
