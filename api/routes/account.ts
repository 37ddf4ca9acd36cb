import { Type } from 'typebox';
import { readView, type ViewName, viewFilters } from '../../store/views.js';
import { type Route, route } from '../http/route.js';
import { anyObject, list, object, oneOf, uuid } from '../schemas/common.js';
import { apiKey, newApiKey } from '../schemas/pipelines.js';
import * as keys from '../services/keys.js';

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
      const isLines = (headers.accept ?? '').includes('application/x-ndjson');
      return {
        status: 200,
        headers: { 'Content-Type': isLines ? 'application/x-ndjson' : 'application/json; charset=utf-8' },
        stream: async (response) => {
          // Registered once: a reader that has left closes the response before anybody waits for it.
          const left = new Promise<void>((resolve) => response.once('close', resolve));
          let isFirst = true;
          if (!isLines) response.write('[');
          await readView(context.store, caller.accountId, name, query as Record<string, string>, async (rows) => {
            if (response.destroyed) return false;
            const texts = rows.map((row) => JSON.stringify(row));
            const chunk = isLines ? `${texts.join('\n')}\n` : `${isFirst ? '' : ','}${texts.join(',')}`;
            isFirst = false;
            if (!response.write(chunk)) {
              await Promise.race([new Promise<void>((resolve) => response.once('drain', resolve)), left]);
            }
            return !response.destroyed;
          });
          if (!response.destroyed) response.end(isLines ? '' : ']');
        },
      };
    },
  }),
  route({
    method: 'get',
    path: '/keys',
    name: 'listKeys',
    tag: 'keys',
    summary: 'List API keys',
    answers: { 200: { description: 'All of them, without their secrets.', schema: list(apiKey) } },
    errors: [],
    handle: async ({ context, caller }) => ({ status: 200, body: await keys.listAll(context, caller.accountId) }),
  }),
  route({
    method: 'post',
    path: '/keys',
    name: 'createKey',
    tag: 'keys',
    summary: 'Make an API key',
    body: object({
      name: Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000-\\u001f]+$' }),
      scopes: Type.Array(oneOf(['read', 'write', 'admin'], 'What the key may do; each includes the ones before.'), {
        minItems: 1,
        maxItems: 3,
      }),
      expiresAt: Type.Optional(
        Type.String({
          pattern:
            '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})$',
          format: 'date-time',
          description: 'When it runs out; never when absent.',
        }),
      ),
    }),
    bodyExample: { name: 'nightly export', scopes: ['read'] },
    answers: { 201: { description: 'The key with its text, which is shown only here.', schema: newApiKey } },
    errors: [],
    handle: async ({ context, caller, body }) => ({
      status: 201,
      body: await keys.create(context, caller.accountId, body),
    }),
  }),
  route({
    method: 'delete',
    path: '/keys/{id}',
    name: 'revokeKey',
    tag: 'keys',
    summary: 'Revoke an API key at once',
    params: object({ id: uuid('Id of the key.') }),
    answers: { 204: { description: 'It no longer opens anything.' } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => {
      await keys.revoke(context, caller.accountId, id);
      return { status: 204 };
    },
  }),
];
