import type { Answer } from '../kit/exchange.js';
import { isObject, type Json, type JsonObject } from '../kit/json.js';
import { badRequest, errors, hal, invalid, noContent, notFound } from './answers.js';
import { requestIdOf } from './attributes.js';
import { bodyOf, itemsOf } from './batches.js';
import { type Call, selfLink } from './call.js';
import { answerShortList } from './lists.js';
import { LOST, type Pipeline, type Status, WON } from './pipelines.js';

/** `/leads/pipelines` with statuses. */
export function answerPipelines(call: Call): Answer {
  const [, , id, second, statusId] = call.segments;
  const { method } = call.request;
  const { pipelines } = call.store;
  const shown = (pipeline: Pipeline) => shownPipeline(call, pipeline);
  if (id === undefined) {
    if (method === 'GET') return answerShortList(call, 'leads/pipelines', 'pipelines', pipelines.pipelines.map(shown));
    return method === 'POST' ? createAll(call) : notFound();
  }
  const pipeline = pipelines.get(Number(id));
  if (pipeline === undefined) return notFound();
  if (second === 'statuses') return answerStatuses(call, pipeline, statusId);
  if (second !== undefined) return notFound();
  if (method === 'GET') return hal(shown(pipeline));
  if (method === 'DELETE') return removePipeline(call, pipeline);
  const item = bodyOf(call);
  if (method !== 'PATCH' || !isObject(item)) return notFound();
  if (typeof item.name === 'string') pipeline.name = item.name;
  if (typeof item.sort === 'number') pipeline.sort = item.sort;
  if (typeof item.is_unsorted_on === 'boolean') pipeline.isUnsortedOn = item.is_unsorted_on;
  if (item.is_main === true) for (const other of pipelines.pipelines) other.isMain = other === pipeline;
  call.request.effect({ effect: 'update', stream: 'pipelines', id, status: 200 });
  return hal(shown(pipeline));
}

function createAll(call: Call): Answer {
  const { pipelines } = call.store;
  const items = itemsOf(call);
  const refused = items.flatMap((item, index) => nameless(item, index));
  if (refused.length > 0) return invalid(refused);
  const made = items.filter(isObject).map((item, index) => {
    const pipeline = pipelines.add(String(item.name), {
      isMain: item.is_main === true,
      isUnsortedOn: item.is_unsorted_on !== false,
      ...(typeof item.sort === 'number' ? { sort: item.sort } : {}),
    });
    const parts = isObject(item._embedded) && Array.isArray(item._embedded.statuses) ? item._embedded.statuses : [];
    for (const status of parts.filter(isObject)) addStatus(call, pipeline, status);
    if (!pipeline.statuses.some(({ isEditable }) => isEditable)) pipelines.addStatus(pipeline, 'Первичный контакт');
    call.request.effect({ effect: 'create', stream: 'pipelines', id: String(pipeline.id), status: 201 });
    return { ...shownPipeline(call, pipeline), request_id: requestIdOf(item, index) };
  });
  return hal({ _total_items: made.length, _links: selfLink(call, 'leads/pipelines'), _embedded: { pipelines: made } });
}

function removePipeline(call: Call, pipeline: Pipeline): Answer {
  const { pipelines, tables } = call.store;
  for (const row of tables.leads.rows()) {
    if (tables.leads.number(row, 'pipeline_id') === pipeline.id) return badRequest('The pipeline has leads');
  }
  if (pipeline.isMain) return badRequest('The main pipeline can not be deleted');
  pipelines.pipelines.splice(pipelines.pipelines.indexOf(pipeline), 1);
  call.request.effect({ effect: 'delete', stream: 'pipelines', id: String(pipeline.id), status: 200 });
  return noContent;
}

function answerStatuses(call: Call, pipeline: Pipeline, statusId: string | undefined): Answer {
  const { method } = call.request;
  const path = `leads/pipelines/${pipeline.id}/statuses`;
  if (statusId === undefined) {
    if (method === 'GET')
      return answerShortList(
        call,
        path,
        'statuses',
        pipeline.statuses.map((status) => shownStatus(call, pipeline, status)),
      );
    if (method !== 'POST') return notFound();
    const items = itemsOf(call);
    const refused = items.flatMap((item, index) => nameless(item, index));
    if (refused.length > 0) return invalid(refused);
    const statuses = items.filter(isObject).map((item, index) => ({
      ...shownStatus(call, pipeline, addStatus(call, pipeline, item)),
      request_id: requestIdOf(item, index),
    }));
    return hal({ _total_items: statuses.length, _embedded: { statuses } });
  }
  const status = pipeline.statuses.find(({ id }) => id === Number(statusId));
  if (status === undefined) return notFound();
  if (method === 'GET') return hal(shownStatus(call, pipeline, status));
  if (method === 'DELETE') {
    if (!status.isEditable || status.id === WON || status.id === LOST)
      return badRequest('The status can not be deleted');
    pipeline.statuses = pipeline.statuses.filter((other) => other !== status);
    call.request.effect({ effect: 'delete', stream: 'statuses', id: statusId, status: 200 });
    return noContent;
  }
  const item = bodyOf(call);
  if (method !== 'PATCH' || !isObject(item)) return notFound();
  if (typeof item.name === 'string') status.name = item.name;
  if (typeof item.sort === 'number' && status.isEditable) status.sort = item.sort;
  if (typeof item.color === 'string' && status.isEditable) status.color = item.color;
  pipeline.statuses.sort((one, other) => one.sort - other.sort);
  call.request.effect({ effect: 'update', stream: 'statuses', id: statusId, status: 200 });
  return hal(shownStatus(call, pipeline, status));
}

function addStatus(call: Call, pipeline: Pipeline, item: JsonObject): Status {
  const known = pipeline.statuses.find(({ id }) => id === item.id && (id === WON || id === LOST));
  if (known !== undefined) {
    known.name = String(item.name ?? known.name);
    return known;
  }
  const status = call.store.pipelines.addStatus(pipeline, String(item.name), {
    ...(typeof item.sort === 'number' ? { sort: item.sort } : {}),
    ...(typeof item.color === 'string' ? { color: item.color } : {}),
  });
  call.request.effect({ effect: 'create', stream: 'statuses', id: String(status.id), status: 201 });
  return status;
}

function nameless(item: Json, index: number) {
  return isObject(item) && typeof item.name === 'string' && item.name !== ''
    ? []
    : [{ request_id: requestIdOf(item, index), errors: [errors.missing('name')] }];
}

function shownPipeline(call: Call, pipeline: Pipeline): JsonObject {
  return {
    id: pipeline.id,
    name: pipeline.name,
    sort: pipeline.sort,
    is_main: pipeline.isMain,
    is_unsorted_on: pipeline.isUnsortedOn,
    is_archive: pipeline.isArchive,
    account_id: call.store.accountId,
    _links: selfLink(call, `leads/pipelines/${pipeline.id}`),
    _embedded: { statuses: pipeline.statuses.map((status) => shownStatus(call, pipeline, status)) },
  };
}

function shownStatus(call: Call, pipeline: Pipeline, status: Status): JsonObject {
  return {
    id: status.id,
    name: status.name,
    sort: status.sort,
    is_editable: status.isEditable,
    pipeline_id: pipeline.id,
    color: status.color,
    type: status.type,
    account_id: call.store.accountId,
    _links: selfLink(call, `leads/pipelines/${pipeline.id}/statuses/${status.id}`),
  };
}
