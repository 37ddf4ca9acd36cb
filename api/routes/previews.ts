import { Type } from 'typebox';
import { pageQuery } from '../http/paging.js';
import { type Route, route } from '../http/route.js';
import { vendorErrors } from '../http/vendor-errors.js';
import { flowName, list, object, oneOf, uuid } from '../schemas/common.js';
import { changeOperations, preview, previewChange, run, runRequest, startedPreview } from '../schemas/runs.js';
import * as previews from '../services/previews.js';

const tag = 'previews';
const params = object({ id: uuid('Id of a preview.') });
const { oneOff: _oneOff, allowDeletes: _allowDeletes, ...previewRequest } = runRequest.properties;

export const previewRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/previews',
    name: 'startPreview',
    tag,
    summary: 'Run a pipeline with its writes held back',
    description:
      'Takes a pipeline or a definition as `POST /runs` does. What it would write can be seen for 24 hours. A definition that is not published stays so: only its preview runs it, beside the published version.',
    body: object(previewRequest),
    bodyExample: { pipeline: 'contacts-copy' },
    answers: { 201: { description: 'The preview; it is `ready` when its run has ended.', schema: startedPreview } },
    errors: [...vendorErrors, 'definition/invalid', 'definition/not_found', 'definition/unbound_slot'],
    handle: async ({ context, caller, body }) => {
      const started = await previews.startPreview(context, caller, body);
      return { status: 201, body: started, headers: { Location: `/api/v1/previews/${started.id}` } };
    },
  }),
  route({
    method: 'get',
    path: '/previews/{id}',
    name: 'getPreview',
    tag,
    summary: 'Get a preview',
    params,
    answers: { 200: { description: 'The preview.', schema: preview } },
    errors: ['preview/expired'],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: await previews.getOnePreview(context, caller.accountId, id),
    }),
  }),
  route({
    method: 'get',
    path: '/previews/{id}/changes',
    name: 'listPreviewChanges',
    tag,
    summary: 'List what a preview would write, before and after',
    params,
    query: object({
      ...pageQuery,
      flow: Type.Optional(flowName),
      operation: Type.Optional(oneOf(changeOperations, 'Only changes that would be done so.')),
    }),
    answers: { 200: { description: 'A page.', schema: list(previewChange) } },
    errors: ['preview/expired'],
    handle: async ({ context, caller, params: { id }, query }) => ({
      status: 200,
      body: await previews.changesOf(context, caller.accountId, id, query),
    }),
  }),
  route({
    method: 'post',
    path: '/previews/{id}/apply',
    name: 'applyPreview',
    tag,
    summary: 'Write exactly what a preview showed',
    description:
      'Records that changed at the target since are refused one by one; a preview whose flow moved on since is refused whole. A previewed definition that is not published yet is published with it.',
    params,
    answers: { 201: { description: 'The run.', schema: run } },
    errors: [
      ...vendorErrors,
      'definition/invalid',
      'definition/unbound_slot',
      'preview/expired',
      'preview/not_ready',
      'preview/outdated',
      'run/already_running',
      'run/pipeline_paused',
      'tariff/limit_reached',
    ],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 201,
      body: await previews.applyPreview(context, caller, id),
    }),
  }),
];
