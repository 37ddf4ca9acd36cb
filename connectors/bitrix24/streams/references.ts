import type { JsonObject } from '../../../core/json.js';
import { batchSize, type PortalClient } from '../client.js';
import { ask } from '../reading/finder.js';
import { fieldsOf } from './fields.js';
import { listAt, type SmallStream, sameNames } from './plain.js';
import { known } from './schema.js';
import { textual } from './values.js';

const dealTypeId = 2;

/** All directories of the CRM: stages, sources, types, industries. */
const statuses: SmallStream = {
  name: 'statuses',
  title: 'Directories',
  fields: fieldsOf(`
    !ID text ID
    ENTITY_ID text Directory
    STATUS_ID text Code
    NAME text Caption
    SORT integer Order
    SYSTEM flag Made by Bitrix24
    SEMANTICS text Kind of stage`),
  key: ['ID'],
  load: allStatuses,
};

/** Stages of leads, deals and smart processes, by their own ids (`NEW`, `C9:WON`). */
export const stages: SmallStream = {
  name: 'stages',
  title: 'Stages',
  fields: fieldsOf(`
    !id text ID
    caption text Caption
    stream text Stream
    pipeline_id text Pipeline
    sort integer Order
    semantics text Kind, P S or F`),
  key: ['id'],
  load: async (client, signal) => (await allStatuses(client, signal)).flatMap(stageOf),
};

/** Pipelines of deals and smart processes; ids are unique within a stream only. */
export const pipelines: SmallStream = {
  name: 'pipelines',
  title: 'Pipelines',
  fields: fieldsOf(`
    !id text ID
    caption text Caption
    stream text Stream
    sort integer Order
    is_default flag The usual one`),
  key: ['stream', 'id'],
  load: async (client, signal) => {
    const processes = (await smartProcesses(client, signal)).map((row) => Number(row.entityTypeId));
    const typeIds = [dealTypeId, ...processes];
    const rows: JsonObject[] = [];
    for (let start = 0; start < typeIds.length; start += batchSize) {
      const some = typeIds.slice(start, start + batchSize);
      const commands = some.map((entityTypeId) => ({ method: 'crm.category.list', params: { entityTypeId } }));
      const results = await ask(client, commands, signal);
      results.forEach((result, index) => {
        const stream = some[index] === dealTypeId ? 'deals' : `items_${some[index]}`;
        rows.push(...listAt(result, 'categories').map((row) => pipelineOf(stream, row)));
      });
    }
    return rows;
  },
};

export const currencies: SmallStream = {
  name: 'currencies',
  title: 'Currencies',
  fields: fieldsOf(`
    !CURRENCY text Code
    FULL_NAME text Name
    AMOUNT decimal Rate
    AMOUNT_CNT integer Units of the rate
    BASE flag The portal’s own
    SORT integer Order`),
  key: ['CURRENCY'],
  load: async (client, signal) => {
    const { result } = await client.call('crm.currency.list', {}, { signal });
    return listAt(result, null).map(sameNames);
  },
};

/** Smart processes of the portal. */
const types: SmallStream = {
  name: 'smart_processes',
  title: 'Smart processes',
  fields: fieldsOf(`
    !entityTypeId text Type
    id text ID
    title text Title
    code text Code`),
  key: ['entityTypeId'],
  load: smartProcesses,
};

export const smallStreams: readonly SmallStream[] = [currencies, pipelines, types, stages, statuses];

async function allStatuses(client: PortalClient, signal: AbortSignal): Promise<JsonObject[]> {
  return known.get(client.context.connectionId, 'statuses', async () => {
    const rows: JsonObject[] = [];
    // The whole list comes at once; portals that cut it into pages count it.
    for (let start = 0; ; ) {
      const { result, total } = await client.call('crm.status.list', { order: { SORT: 'ASC' }, start }, { signal });
      const page = listAt(result, null);
      rows.push(...page.map(sameNames));
      start += page.length;
      if (page.length === 0 || total === null || start >= total) return rows;
    }
  });
}

export async function smartProcesses(client: PortalClient, signal: AbortSignal): Promise<JsonObject[]> {
  return known.get(client.context.connectionId, 'types', async () => {
    const rows: JsonObject[] = [];
    for (let start = 0; ; ) {
      const { result, total } = await client.call('crm.type.list', { start }, { signal });
      const page = listAt(result, 'types');
      rows.push(...page.map(sameNames));
      start += page.length;
      if (page.length === 0 || total === null || start >= total) return rows;
    }
  });
}

export async function directory(client: PortalClient, name: string, signal: AbortSignal): Promise<JsonObject[]> {
  const isMine = (row: JsonObject): boolean => row.ENTITY_ID === name;
  const cached = (await allStatuses(client, signal)).filter(isMine);
  if (cached.length > 0) return cached;
  const [result] = await ask(client, [{ method: 'crm.status.list', params: { filter: { ENTITY_ID: name } } }], signal);
  return listAt(result ?? null, null)
    .map(sameNames)
    .filter(isMine);
}

function pipelineOf(stream: string, row: JsonObject): JsonObject {
  return {
    id: String(row.id ?? ''),
    caption: String(row.name ?? ''),
    stream,
    sort: textual(row.sort ?? null),
    is_default: row.isDefault ?? 'N',
  };
}

/** A directory of stages names its type and pipeline: `STATUS`, `DEAL_STAGE_9`, `DYNAMIC_128_STAGE_4`. */
function stageOf(row: JsonObject): JsonObject[] {
  const name = String(row.ENTITY_ID ?? '');
  const deal = /^DEAL_STAGE(?:_(\d+))?$/.exec(name);
  const dynamic = /^DYNAMIC_(\d+)_STAGE_(\d+)$/.exec(name);
  if (name !== 'STATUS' && deal === null && dynamic === null) return [];
  const [stream, pipeline] =
    dynamic !== null
      ? [`items_${dynamic[1]}`, dynamic[2]]
      : deal !== null
        ? ['deals', deal[1] ?? '0']
        : ['leads', null];
  const { SEMANTICS } = row;
  return [
    {
      id: row.STATUS_ID ?? null,
      caption: row.NAME ?? null,
      stream,
      pipeline_id: pipeline ?? null,
      sort: row.SORT ?? null,
      semantics: typeof SEMANTICS === 'string' && SEMANTICS !== '' ? SEMANTICS : 'P',
    },
  ];
}
