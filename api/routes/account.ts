import { Type } from 'typebox';
import { readView, type ViewName, viewFilters } from '../../store/views.js';
import { accessOf, authorise } from '../access/authorise.js';
import { type Route, route } from '../http/route.js';
import { writePiece } from '../http/slow-reader.js';
import { anyObject, object, oneOf } from '../schemas/common.js';

const viewNames = Object.keys(viewFilters) as ViewName[];
const filterNames = [...new Set(Object.values(viewFilters).flat())].sort();
const filters = Object.fromEntries(
  filterNames.map((name) => [
    name,
    Type.Optional(Type.String({ maxLength: 500, description: `Only rows with this ${name}.` })),
  ]),
);

export const accountRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/views/{name}',
    name: 'readView',
    tag: 'views',
    summary: 'Read one of the stable views',
    description:
      'As a JSON array, or as JSON lines with `Accept: application/x-ndjson`. docs/contract.md lists the columns.',
    params: object({ name: oneOf(viewNames, 'Name of the view.') }),
    query: object(filters),
    answers: {
      200: { description: 'All rows that fit.', schema: Type.Array(anyObject('A row; names as in the view.')) },
    },
    errors: [],
    handle: async ({ context, caller, params: { name }, query, headers }) => {
      // The log is not for everybody who may see runs, and support sees no keys of records.
      if (name === 'v_audit') authorise(caller, accessOf('listAudit'));
      else if (name !== 'v_runs' && name !== 'v_reconciliation') authorise(caller, accessOf('listStreams'));
      const isLines = (headers.accept ?? '').includes('application/x-ndjson');
      return {
        status: 200,
        headers: { 'Content-Type': isLines ? 'application/x-ndjson' : 'application/json; charset=utf-8' },
        stream: async (response) => {
          let isFirst = true;
          if (!isLines) response.write('[');
          await readView(context.store, caller.accountId, name, query as Record<string, string>, (rows) => {
            const texts = rows.map((row) => JSON.stringify(row));
            const chunk = isLines ? `${texts.join('\n')}\n` : `${isFirst ? '' : ','}${texts.join(',')}`;
            isFirst = false;
            return writePiece(response, chunk);
          });
          if (!response.destroyed) response.end(isLines ? '' : ']');
        },
      };
    },
  }),
];
