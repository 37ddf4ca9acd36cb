import { Type } from 'typebox';
import { type Route, route } from '../http/route.js';
import { vendorErrors } from '../http/vendor-errors.js';
import { connectionRef, list, object } from '../schemas/common.js';
import { fieldChecked, fieldCheckRequest, sample } from '../schemas/samples.js';
import { checkField, type FieldCheckRequest } from '../services/field-check.js';
import { listSamples, maxSamples } from '../services/samples.js';

const streamName = Type.String({ minLength: 1, maxLength: 200 });

export const sampleRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/connections/{id}/streams/{stream}/samples',
    name: 'listSamples',
    tag: 'connections',
    summary: 'Look at the first records of a stream',
    description: 'One page is asked for at most, and once a minute at most.',
    params: object({ id: connectionRef, stream: streamName }),
    query: object({
      limit: Type.Optional(
        Type.Integer({ minimum: 1, maximum: maxSamples, default: 5, description: 'At most so many; 5 when absent.' }),
      ),
    }),
    answers: { 200: { description: 'The records.', schema: list(sample) } },
    errors: [...vendorErrors],
    handle: async ({ context, caller, params: { id, stream }, query: { limit } }) => ({
      status: 200,
      body: await listSamples(context, caller.accountId, id, stream, limit ?? 5),
    }),
  }),
  route({
    method: 'post',
    path: '/fields/check',
    name: 'checkField',
    tag: 'pipelines',
    summary: 'Check one field of a mapping and try it on records of the stream',
    description:
      'Types are checked against the fields that the account has. Nothing is written; the records are the first ones of the stream, asked for once a minute at most.',
    body: fieldCheckRequest,
    bodyExample: { connection: 'crm', stream: 'contacts', field: { expr: 'lower(record.email)' } },
    isNeverKept: true,
    answers: { 200: { description: 'What is wrong with it, or what it gives.', schema: fieldChecked } },
    errors: [...vendorErrors],
    handle: async ({ context, caller, requestId, body }) => ({
      status: 200,
      body: await checkField(context, caller, requestId, body as unknown as FieldCheckRequest),
    }),
  }),
];
