import { Type } from 'typebox';
import { type Route, route } from '../http/route.js';
import { object, uuid } from '../schemas/common.js';
import { migration, migrationRequest, startedMigration } from '../schemas/migrations.js';
import * as migrations from '../services/migrations.js';
import { startErrors } from './runs.js';

const tag = 'migrations';
const params = object({ id: uuid('Id of the migration; also that of its run.') });

export const migrationRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/migrations',
    name: 'startMigration',
    tag,
    summary: 'Start a one-off migration in one call',
    description:
      'The definition is published, or found published with the same content and connections, and run once. Follow it at `links.events`, fetch `links.result` at its end.',
    body: migrationRequest,
    bodyExample: { pipeline: 'contacts-copy', connections: { crm: 'crm', copy: 'copy' } },
    answers: { 202: { description: 'It is under way; `Location` names it.', schema: startedMigration } },
    errors: startErrors,
    handle: async ({ context, caller, body }) => {
      const started = await migrations.start(context, caller, body);
      return { status: 202, body: started, headers: { Location: `/api/v1/migrations/${started.id}` } };
    },
  }),
  route({
    method: 'get',
    path: '/migrations/{id}',
    name: 'getMigration',
    tag,
    summary: 'See how far a migration is',
    params,
    answers: { 200: { description: 'Its counts, rate and forecast.', schema: migration } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: await migrations.getOne(context, caller.accountId, id),
    }),
  }),
  route({
    method: 'get',
    path: '/migrations/{id}/result',
    name: 'downloadMigrationResult',
    tag,
    summary: 'Download the reconciliation and the dead letters of an ended migration',
    description:
      'JSON lines: one of kind `migration`, one `reconciliation` for each flow and target, one `dead_letter` for each refused record, at last `end` with their numbers.',
    params,
    query: object({
      records: Type.Optional(Type.Boolean({ description: 'With the refused records themselves.' })),
    }),
    answers: { 200: { description: 'A file.', contentType: 'application/x-ndjson' } },
    errors: ['run/not_ended'],
    handle: async ({ context, caller, params: { id }, query: { records = false } }) => ({
      status: 200,
      headers: {
        'Content-Type': 'application/x-ndjson; charset=utf-8',
        'Content-Disposition': `attachment; filename="migration-${id}.jsonl"`,
      },
      stream: await migrations.result(context, caller.accountId, id, records),
    }),
  }),
];
