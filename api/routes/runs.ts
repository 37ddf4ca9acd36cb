import { Type } from 'typebox';
import type { FailureCode } from '../../core/failures.js';
import { sendEvents } from '../http/events.js';
import { pageQuery } from '../http/paging.js';
import { type Route, route } from '../http/route.js';
import { vendorErrors } from '../http/vendor-errors.js';
import { list, object, oneOf, pipelineRef, uuid } from '../schemas/common.js';
import { run, runOutline, runRequest, runStates, startedRun } from '../schemas/runs.js';
import { runFor } from '../services/partner-view.js';
import * as runs from '../services/runs.js';

const tag = 'runs';
const params = object({ id: uuid('Id of a run.') });
const everyMs = 400;

const events = {
  200: { description: 'Server-sent events; the stream ends by itself.', contentType: 'text/event-stream' },
};

/** What publishing and starting in one call may end in. */
export const startErrors = [
  ...vendorErrors,
  'definition/invalid',
  'definition/not_found',
  'definition/unbound_slot',
  'definition/reset_needed',
  'definition/fields_missing',
  'run/already_running',
  'run/pipeline_paused',
  'tariff/limit_reached',
] as const satisfies readonly FailureCode[];

export const runRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/runs',
    name: 'listRuns',
    tag,
    summary: 'List runs',
    query: object({
      ...pageQuery,
      pipeline: Type.Optional(pipelineRef),
      state: Type.Optional(
        Type.Array(oneOf(runStates, 'A state.'), { maxItems: 8, description: 'Only these states.' }),
      ),
    }),
    answers: { 200: { description: 'A page, newest first.', schema: list(runOutline) } },
    errors: [],
    handle: async ({ context, caller, query }) => {
      const page = await runs.listRuns(context, caller.accountId, query);
      return { status: 200, body: { ...page, items: page.items.map((each) => runFor(caller, each)) } };
    },
  }),
  route({
    method: 'post',
    path: '/runs',
    name: 'startRun',
    tag,
    summary: 'Start a run of a pipeline, or of a definition sent with the request',
    description:
      'With `definition` the text is published first (or found published with the same content and connections): a whole migration in one call.',
    body: runRequest,
    bodyExample: { pipeline: 'contacts-copy' },
    answers: { 201: { description: 'The run; follow it at `/runs/{id}/events`.', schema: startedRun } },
    errors: startErrors,
    handle: async ({ context, caller, body }) => {
      const started = await runs.startRun(context, caller, body);
      return { status: 201, body: started, headers: { Location: `/api/v1/runs/${started.id}` } };
    },
  }),
  route({
    method: 'get',
    path: '/runs/{id}',
    name: 'getRun',
    tag,
    summary: 'Get a run with its counts, rate and forecast',
    params,
    answers: { 200: { description: 'The run.', schema: run } },
    errors: [],
    handle: async ({ context, caller, params: { id } }) => ({
      status: 200,
      body: runFor(caller, await runs.getRunView(context, caller.accountId, id)),
    }),
  }),
  route({
    method: 'get',
    path: '/runs/{id}/events',
    name: 'followRun',
    tag,
    summary: 'Follow a run to its end',
    description: 'Event `progress` holds the whole run each time it changed; event `end` the run as it ended.',
    params,
    answers: events,
    errors: [],
    handle: async ({ context, caller, params: { id } }) => {
      // The first look is taken before the stream opens, so that an unknown run is a plain 404.
      let run = await runs.getRunView(context, caller.accountId, id);
      let told = '';
      return {
        status: 200,
        stream: (response) =>
          sendEvents(context, response, everyMs, async () => {
            if (told !== '') run = await runs.getRunView(context, caller.accountId, id);
            const isOver = runs.hasEnded(run.state);
            const { recordsPerSecond, forecast, ...steady } = run;
            const text = JSON.stringify(steady);
            if (text === told && !isOver) return { events: [], isOver: false };
            told = text;
            return { events: [{ event: isOver ? 'end' : 'progress', body: run }], isOver };
          }),
      };
    },
  }),
  ...(['pause', 'resume', 'cancel'] as const).map((name) =>
    route({
      method: 'post',
      path: `/runs/{id}/${name}`,
      name: `${name}Run`,
      tag,
      summary: {
        pause: 'Pause a run at its next batch',
        resume: 'Let a paused run go on',
        cancel: 'End a run at its next batch; its checkpoint stays',
      }[name],
      params,
      answers: { 200: { description: 'The run; it follows the request within a moment.', schema: run } },
      errors: ['run/not_active'],
      handle: async ({ context, caller, params: { id } }) => ({
        status: 200,
        body: await runs.askOfRun(context, caller, id, name),
      }),
    }),
  ),
  route({
    method: 'post',
    path: '/runs/{id}/replay',
    name: 'replayRun',
    tag,
    summary: 'Move the same source records again',
    params,
    body: object({
      version: Type.Optional(
        oneOf(['same', 'current'], 'By the version of that run (default), or by the published one.'),
      ),
    }),
    isBodyOptional: true,
    bodyExample: { version: 'current' },
    answers: { 201: { description: 'The new run.', schema: run } },
    errors: ['run/already_running', 'run/pipeline_paused', 'tariff/limit_reached'],
    handle: async ({ context, caller, params: { id }, body: { version = 'same' } }) => ({
      status: 201,
      body: await runs.replayRun(context, caller, id, version),
    }),
  }),
  route({
    method: 'get',
    path: '/events',
    name: 'followAccount',
    tag,
    summary: 'Follow all runs of the account',
    description: 'Event `run` holds a run each time it changed. The stream goes on until the client leaves.',
    answers: events,
    errors: [],
    handle: async ({ context, caller }) => {
      const told = new Map<string, string>();
      let isFirst = true;
      return {
        status: 200,
        stream: (response) =>
          sendEvents(context, response, 1_000, async () => {
            const { items } = await runs.listRuns(context, caller.accountId, { limit: 50 });
            const news = items.filter((item) => {
              const { recordsPerSecond, ...steady } = item;
              const text = JSON.stringify(steady);
              const isNew = told.get(item.id) !== text;
              told.set(item.id, text);
              return isNew && !(isFirst && runs.hasEnded(item.state));
            });
            isFirst = false;
            return { events: news.map((item) => ({ event: 'run', id: item.id, body: item })), isOver: false };
          }),
      };
    },
  }),
];
