import type { Answer } from '../../kit/exchange.js';
import type { JsonObject } from '../../kit/json.js';
import { parseQuestion, parseShape, type Question } from '../query/options.js';
import { QueryProblem } from '../query/problems.js';
import type { RowAnswer } from '../query/rows.js';
import { Paths } from '../query/terms.js';
import type { EntitySpec } from '../schema/model.js';
import { odataJson } from '../values.js';
import { notPermitted } from '../writing/problems.js';
import { type ODataCall, wantsExactDecimals } from './call.js';
import { notFound, ODATA_HEADERS } from './errors.js';
import { Renderer } from './render.js';

/** `GET /Contact?…` */
export function list(call: ODataCall, entity: EntitySpec): Answer {
  demandRead(call, entity);
  const paths = pathsFor(call);
  const { model, store, settings } = call.world;
  const question = parseQuestion(entity, call.options, paths, model, settings);
  if (paths.failure !== undefined) throw paths.failure;
  const most = settings.max_entity_row_count;
  const limit = Math.min(question.top ?? most, most);
  const found = rowsOf(call, question, limit);
  const { rows } = store.table(entity.name);
  const renderer = new Renderer(call, paths);
  const head = [renderer.contextOf(entity.name, false, call.options.get('$select'))];
  if (found.count !== undefined) head.push(`"@odata.count":${found.count}`);
  const records = found.rows.map((row) => renderer.record(question.shape, rows.record(row)));
  const isCut = found.hasMore && limit === most && settings.next_link;
  const tail = isCut ? `,"@odata.nextLink":${JSON.stringify(nextLink(call, question.skip + limit))}` : '';
  call.effect({ effect: question.filter === undefined ? 'read' : 'lookup', stream: entity.name, status: 200 });
  return {
    status: 200,
    headers: { ...ODATA_HEADERS },
    body: `{${head.join(',')},"value":[${records.join(',')}]${tail}}`,
  };
}

/** `GET /Contact/$count`: a bare number, which a filter may narrow down. */
export function count(call: ODataCall, entity: EntitySpec): Answer {
  demandRead(call, entity);
  const paths = pathsFor(call);
  const options = new URLSearchParams();
  const filter = call.options.get('$filter');
  if (filter !== null) options.set('$filter', filter);
  const question = parseQuestion(entity, options, paths, call.world.model, call.world.settings);
  if (paths.failure !== undefined) throw paths.failure;
  const found = rowsOf(call, { ...question, wantsCount: true }, 0);
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'odata-version': '4.0' };
  return { status: 200, headers, body: String(found.count ?? 0) };
}

/** `GET /Contact(guid)` */
export function one(call: ODataCall, entity: EntitySpec, id: string): Answer {
  demandRead(call, entity);
  const paths = pathsFor(call);
  const { model } = call.world;
  const shape = parseShape(entity, call.options.get('$select'), call.options.get('$expand'), paths, model);
  const record = visibleRecord(call, entity, id);
  call.effect({ effect: 'lookup', stream: entity.name, id, status: record === undefined ? 404 : 200 });
  if (record === undefined) return notFound(call.world.settings);
  const renderer = new Renderer(call, paths);
  const head = `${renderer.contextOf(entity.name, true, call.options.get('$select'))},`;
  return { status: 200, headers: { ...ODATA_HEADERS }, body: renderer.record(shape, record, head) };
}

/** `GET /Contact(guid)/Name`, with `/$value` the bare value; of a stream, its bytes. */
export function field(call: ODataCall, entity: EntitySpec, id: string, name: string, isBare: boolean): Answer {
  demandRead(call, entity);
  const record = visibleRecord(call, entity, id);
  if (record === undefined) return notFound(call.world.settings);
  const { files } = call.world;
  const stream = entity.properties.get(name);
  if (stream?.kind === 'stream') {
    const held = files.get(entity.name, record, name);
    if (held === undefined) return { status: 204 };
    return { status: 200, headers: { 'content-type': held.type }, body: held.bytes };
  }
  const column = pathsFor(call).column(entity, name, 'property');
  const json = odataJson(column, record[name], wantsExactDecimals(call.accept), true);
  if (isBare) {
    const text: unknown = JSON.parse(json);
    return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: String(text) };
  }
  const context = JSON.stringify(`${call.root}/$metadata#${entity.name}(${id})/${name}`);
  return { status: 200, headers: { ...ODATA_HEADERS }, body: `{"@odata.context":${context},"value":${json}}` };
}

/** A record that the user may see. */
export function visibleRecord(call: ODataCall, entity: EntitySpec, id: string): JsonObject | undefined {
  const { store, rights } = call.world;
  const record = store.find(entity.name, id);
  return record !== undefined && rights.seesRow(call.user, entity.name, record) ? record : undefined;
}

export function pathsFor({ world, user }: ODataCall): Paths {
  return new Paths(world.store, (entity) => world.rights.hiddenColumns(user, entity));
}

function demandRead({ world, user }: ODataCall, entity: EntitySpec): void {
  if (!world.rights.may(user, entity.name, 'read')) throw notPermitted(entity.name);
}

function rowsOf({ world, user }: ODataCall, question: Question, limit: number): RowAnswer {
  const { entity } = question;
  const isLimited = world.rights.hasHiddenRows(user, entity.name);
  const sees = (record: JsonObject) => world.rights.seesRow(user, entity.name, record);
  const query = { ...question, limit, key: isLimited ? undefined : question.key, sees: isLimited ? sees : undefined };
  return world.finder.find(world.store.table(entity.name), query, world.clock.now());
}

function nextLink(call: ODataCall, skip: number): string {
  const options = new URLSearchParams(call.options);
  options.delete('$skip');
  options.set('$skiptoken', String(skip));
  return `${call.root}/${call.path}?${options.toString().replaceAll('%24', '$')}`;
}

/** An id in an address; anything but a GUID cannot be routed. */
export function keyProblem(text: string): QueryProblem {
  return new QueryProblem(`The key value '${text}' cannot be converted to the type 'Edm.Guid'.`);
}
