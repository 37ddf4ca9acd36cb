import { Type } from 'typebox';
import { pageQuery } from '../http/paging.js';
import { type Route, route } from '../http/route.js';
import { vendorErrors } from '../http/vendor-errors.js';
import { connectionsBySlot, definitionText, flowName, list, moment, object, pipelineRef } from '../schemas/common.js';
import {
  checked,
  difference,
  draft,
  layout,
  pipeline,
  pipelineOutline,
  published,
  storedDraft,
  version,
  versionOutline,
} from '../schemas/pipelines.js';
import { run } from '../schemas/runs.js';
import { getLayout, putLayout } from '../services/layouts.js';
import { pipelineFor } from '../services/partner-view.js';
import * as pipelines from '../services/pipelines.js';
import { type Published, publishText } from '../services/publishing.js';
import { backfill } from '../services/runs.js';

const tag = 'pipelines';
const params = object({ id: pipelineRef });
const published201 = { description: 'A new version was published.', schema: published };
const published200 = { description: 'This content was published already.', schema: published };
const publishErrors = [
  'definition/invalid',
  'definition/unbound_slot',
  'definition/reset_needed',
  'definition/fields_missing',
  'run/already_running',
  'tariff/limit_reached',
] as const;

const publishOptions = {
  connections: Type.Optional(connectionsBySlot),
  createFields: Type.Optional(Type.Boolean({ description: 'Allow the fields under `create_fields` to be created.' })),
  again: Type.Optional(
    Type.Boolean({ description: 'Read everything again with the new version; else it counts from now on.' }),
  ),
};

const example = `pipeline: contacts-copy
title: Copy the contacts
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: incremental }
    map: { name: name, email: email }
    to: { stream: copy.contacts, write: upsert }
`;

function publishedAnswer({ plan, bindings, ...body }: Published) {
  return { status: body.isNew ? 201 : 200, body };
}

export const pipelineRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/pipelines',
    name: 'listPipelines',
    tag,
    summary: 'List pipelines',
    query: object({ ...pageQuery }),
    answers: { 200: { description: 'A page in the order of ids.', schema: list(pipelineOutline) } },
    errors: [],
    handle: async ({ context, caller, query }) => ({
      status: 200,
      body: await pipelines.listAll(context, caller.accountId, query),
    }),
  }),
  route({
    method: 'post',
    path: '/pipelines',
    name: 'publishPipeline',
    tag,
    summary: 'Check a definition and publish it',
    description: 'The id stands in the text. Every problem is told at once in `details.problems`.',
    body: object({ definition: definitionText, ...publishOptions }),
    bodyExample: { definition: example, connections: { crm: 'crm', copy: 'copy' } },
    answers: { 200: published200, 201: published201 },
    errors: publishErrors,
    handle: async ({ context, caller, body }) => {
      const { definition, ...options } = body;
      return publishedAnswer(await publishText(context, caller, { text: definition, ...options }));
    },
  }),
  route({
    method: 'post',
    path: '/check',
    name: 'checkDefinition',
    tag,
    summary: 'Check a definition without storing it',
    description: 'With `connections` the streams of the account are asked too.',
    body: object({ definition: definitionText, connections: Type.Optional(connectionsBySlot) }),
    bodyExample: { definition: example },
    answers: { 200: { description: 'All problems, with their places.', schema: checked } },
    errors: [...vendorErrors, ...vendorErrors, 'definition/unbound_slot'],
    handle: async ({ context, caller, body }) => ({
      status: 200,
      body: await pipelines.checkText(context, caller.accountId, body.definition, body.connections),
    }),
  }),
  route({
    method: 'get',
    path: '/pipelines/{id}',
    name: 'getPipeline',
    tag,
    summary: 'Get a pipeline with its published definition',
    params,
    hasEtag: true,
    answers: { 200: { description: 'The pipeline; its ETag changes with drafts and versions.', schema: pipeline } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => {
      const { body, etag } = await pipelines.getOne(context, caller.accountId, id);
      return { status: 200, body: pipelineFor(caller, body), headers: { ETag: etag } };
    },
  }),
  route({
    method: 'delete',
    path: '/pipelines/{id}',
    name: 'deletePipeline',
    tag,
    summary: 'Delete a pipeline',
    description: 'Stops its triggers and runs. Links and history are kept for 30 days.',
    params,
    answers: { 204: { description: 'It is deleted.' } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => {
      await pipelines.remove(context, caller.accountId, id);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/pipelines/{id}/versions',
    name: 'listVersions',
    tag,
    summary: 'List the versions of a pipeline',
    params,
    query: object({ ...pageQuery }),
    answers: { 200: { description: 'A page, newest first.', schema: list(versionOutline) } },
    errors: [],
    handle: async ({ context, caller, params: { id }, query }) => ({
      status: 200,
      body: await pipelines.versionsOf(context, caller.accountId, id, query),
    }),
  }),
  route({
    method: 'get',
    path: '/pipelines/{id}/versions/{version}',
    name: 'getVersion',
    tag,
    summary: 'Get one version with its text and plan',
    params: object({ id: pipelineRef, version: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }),
    answers: { 200: { description: 'The version.', schema: version } },
    errors: ['definition/not_found'],
    handle: async ({ context, caller, params: { id, version: number } }) => ({
      status: 200,
      body: await pipelines.versionOf(context, caller.accountId, id, number),
    }),
  }),
  route({
    method: 'get',
    path: '/pipelines/{id}/diff',
    name: 'diffVersions',
    tag,
    summary: 'Compare two versions, or a version with the draft',
    params,
    query: object({
      from: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
      to: Type.String({ pattern: '^([1-9][0-9]{0,6}|draft)$', description: 'A version, or `draft`.' }),
    }),
    answers: { 200: { description: 'What differs.', schema: difference } },
    errors: ['definition/not_found'],
    handle: async ({ context, caller, params: { id }, query: { from, to } }) => ({
      status: 200,
      body: await pipelines.diffOf(context, caller.accountId, id, from, to === 'draft' ? to : Number(to)),
    }),
  }),
  route({
    method: 'get',
    path: '/pipelines/{id}/draft',
    name: 'getDraft',
    tag,
    summary: 'Get the draft of a pipeline',
    params,
    hasEtag: true,
    answers: { 200: { description: 'The draft.', schema: draft } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => {
      const { body, etag } = await pipelines.getDraft(context, caller.accountId, id);
      return { status: 200, body, headers: { ETag: etag } };
    },
  }),
  route({
    method: 'put',
    path: '/pipelines/{id}/draft',
    name: 'putDraft',
    tag,
    summary: 'Store a draft',
    description:
      'Any text is kept, also one with errors; they come with the answer. Send If-Match with the ETag you saw.',
    params,
    hasEtag: true,
    body: object({ definition: definitionText }),
    bodyExample: { definition: example },
    answers: {
      200: { description: 'It is stored.', schema: storedDraft },
      201: { description: 'A pipeline begins with this draft.', schema: storedDraft },
    },
    errors: ['api/precondition_failed'],
    handle: async ({ context, caller, params: { id }, body: { definition }, headers }) => {
      const stored = await pipelines.putDraft(context, caller.accountId, id, definition, headers);
      return { status: stored.isNew ? 201 : 200, body: stored.body, headers: { ETag: stored.etag } };
    },
  }),
  route({
    method: 'get',
    path: '/pipelines/{id}/layout',
    name: 'getLayout',
    tag,
    summary: 'Get where the parts of the picture were put',
    params,
    answers: { 200: { description: 'Places of the parts that somebody moved.', schema: layout } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: await getLayout(context, caller.accountId, id),
    }),
  }),
  route({
    method: 'put',
    path: '/pipelines/{id}/layout',
    name: 'putLayout',
    tag,
    summary: 'Store where the parts of the picture were put',
    description: 'It is no part of the definition: versions and runs know nothing of it.',
    params,
    body: layout,
    bodyExample: { positions: { 'flow:contacts': { x: 260, y: 40 } } },
    answers: { 200: { description: 'It is stored.', schema: layout } },
    errors: [],
    handle: async ({ context, caller, params: { id }, body }) => ({
      status: 200,
      body: await putLayout(context, caller.accountId, id, body),
    }),
  }),
  route({
    method: 'post',
    path: '/pipelines/{id}/publish',
    name: 'publishDraft',
    tag,
    summary: 'Publish the draft, or the text that is sent',
    params,
    hasEtag: true,
    body: object({ definition: Type.Optional(definitionText), ...publishOptions }),
    isBodyOptional: true,
    bodyExample: { connections: { crm: 'crm' } },
    answers: { 200: published200, 201: published201 },
    errors: [...vendorErrors, ...publishErrors, 'api/precondition_failed'],
    handle: async ({ context, caller, params: { id }, body, headers }) => {
      const { definition, ...options } = body;
      const text = definition ?? (await pipelines.getDraft(context, caller.accountId, id)).body.definition;
      const { body: found } =
        definition === undefined ? await pipelines.getOne(context, caller.accountId, id) : { body: { id } };
      return publishedAnswer(await publishText(context, caller, { text, ...options, pipeline: found.id, headers }));
    },
  }),
  ...(['pause', 'resume'] as const).map((name) =>
    route({
      method: 'post',
      path: `/pipelines/{id}/${name}`,
      name: `${name}Pipeline`,
      tag,
      summary: name === 'pause' ? 'Stop triggers, and running runs at their next batch' : 'Let triggers and runs go on',
      params,
      answers: { 200: { description: 'The pipeline as it is now.', schema: pipeline } },
      errors: [],
      handle: async ({ context, caller, params: { id } }) => ({
        status: 200,
        body: await (name === 'pause' ? pipelines.pause : pipelines.resume)(context, caller, id),
      }),
    }),
  ),
  route({
    method: 'post',
    path: '/pipelines/{id}/backfill',
    name: 'backfillFlow',
    tag,
    summary: 'Read a period of one flow again, without touching its checkpoint',
    params,
    body: object({ flow: flowName, from: moment('Begin, included.'), to: moment('End, left out.') }),
    bodyExample: { flow: 'contacts', from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
    answers: { 201: { description: 'The run.', schema: run } },
    errors: ['definition/not_found', 'run/already_running', 'run/pipeline_paused', 'tariff/limit_reached'],
    handle: async ({ context, caller, params: { id }, body }) => ({
      status: 201,
      body: await backfill(context, caller, id, body),
    }),
  }),
  route({
    method: 'post',
    path: '/pipelines/{id}/reset',
    name: 'resetFlows',
    tag,
    summary: 'Forget how far flows have come',
    description:
      'With `links` it also forgets which records were written; `confirm` must then be the id of the pipeline.',
    params,
    body: object({
      flow: Type.Optional(flowName),
      links: Type.Optional(Type.Boolean()),
      confirm: Type.Optional(Type.String({ maxLength: 63 })),
    }),
    isBodyOptional: true,
    bodyExample: { flow: 'contacts', links: true, confirm: 'contacts-copy' },
    answers: {
      200: {
        description: 'What was forgotten.',
        schema: object({
          pipeline: Type.String(),
          flows: Type.Array(Type.String()),
          linksForgotten: Type.Integer({ minimum: 0 }),
        }),
      },
    },
    errors: ['run/already_running', 'run/confirmation_needed', 'definition/not_found'],
    handle: async ({ context, caller, params: { id }, body }) => ({
      status: 200,
      body: await pipelines.reset(context, caller.accountId, id, body),
    }),
  }),
];
