import { Type } from 'typebox';
import { pageQuery } from '../http/paging.js';
import { type Route, route } from '../http/route.js';
import { anyObject, list, object, oneOf, uuid } from '../schemas/common.js';
import { deadLetter, deadLetterStates, deadLetterWithRecord, letterSelection } from '../schemas/runs.js';
import * as letters from '../services/dead-letters.js';

const tag = 'dead letters';
const params = object({ id: uuid('Id of a dead letter.') });
const { ids: _ids, ...queryable } = letterSelection;

export const deadLetterRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/dead-letters',
    name: 'listDeadLetters',
    tag,
    summary: 'List records that were refused for good',
    query: object({
      ...pageQuery,
      ...queryable,
      state: Type.Optional(oneOf(deadLetterStates, 'Only those in this state.')),
    }),
    answers: { 200: { description: 'A page, oldest first, without the records.', schema: list(deadLetter) } },
    errors: [],
    handle: async ({ context, caller, query }) => {
      const page = await letters.listLetters(context, caller.accountId, query);
      return { status: 200, body: caller.kind === 'support' ? letters.withoutKeys(page) : page };
    },
  }),
  route({
    method: 'get',
    path: '/dead-letters/{id}',
    name: 'getDeadLetter',
    tag,
    summary: 'Get a dead letter with its record',
    params,
    answers: { 200: { description: 'The dead letter.', schema: deadLetterWithRecord } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: await letters.getLetter(context, caller.accountId, id),
    }),
  }),
  route({
    method: 'put',
    path: '/dead-letters/{id}/record',
    name: 'editDeadLetter',
    tag,
    summary: 'Replace the record that the next resend moves',
    params,
    body: object({ record: anyObject('The whole record, with the field names of the source.') }),
    bodyExample: { record: { id: '17', name: 'ACME', email: 'info@acme.example' } },
    answers: { 200: { description: 'The dead letter as it is now.', schema: deadLetterWithRecord } },
    errors: ['dead_letter/not_open'],
    handle: async ({ context, caller, params: { id }, body: { record } }) => ({
      status: 200,
      body: await letters.editLetter(context, caller.accountId, id, record),
    }),
  }),
  route({
    method: 'post',
    path: '/dead-letters/resend',
    name: 'resendDeadLetters',
    tag,
    summary: 'Move records again: one, selected ones or all',
    description: 'Without `ids` all open ones that fit the other members, at most 10,000 in one call.',
    body: object({
      ...letterSelection,
      definition: Type.Optional(
        oneOf(['current', 'old'], 'By the published version (default), or by the one that refused the record.'),
      ),
    }),
    bodyExample: { pipeline: 'contacts-copy', definition: 'current' },
    answers: {
      202: {
        description: 'The runs that take them.',
        schema: object({
          resent: Type.Integer({ minimum: 0 }),
          isMore: Type.Boolean({ description: 'More fit than one call takes: call again after these runs.' }),
          runs: Type.Array(
            object({
              pipeline: Type.String(),
              runId: uuid('The run.'),
              isNew: Type.Boolean({ description: 'False: a run that was open takes them too.' }),
            }),
          ),
        }),
      },
    },
    errors: [
      'dead_letter/not_open',
      'dead_letter/no_record',
      'run/already_running',
      'run/pipeline_paused',
      'tariff/limit_reached',
    ],
    handle: async ({ context, caller, body: { definition = 'current', ...selection } }) => ({
      status: 202,
      body: await letters.resend(context, caller, { ...selection, definition }),
    }),
  }),
  route({
    method: 'post',
    path: '/dead-letters/discard',
    name: 'discardDeadLetters',
    tag,
    summary: 'Give records up: one, selected ones or all',
    body: object(letterSelection),
    bodyExample: { ids: ['0190a000-0000-7000-8000-000000000000'] },
    answers: {
      200: { description: 'How many.', schema: object({ discarded: Type.Integer({ minimum: 0 }) }) },
    },
    errors: ['dead_letter/not_open'],
    handle: async ({ context, caller, body }) => ({
      status: 200,
      body: await letters.discard(context, caller.accountId, body),
    }),
  }),
];
