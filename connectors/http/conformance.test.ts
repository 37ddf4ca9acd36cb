import type { JsonObject } from '../../core/json.js';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import type { ConformanceSetup } from '../kit/conformance/setup.js';
import { describeConformance } from '../kit/conformance/suite.js';
import { testEgress, unpaced } from '../kit/egress/testing.js';
import { fakeService, httpConnector, restCrm } from './testing.js';

const token = 'crm_canary-0123456789';
const pageSize = 5;

type Repeat = 'upsert' | 'find_then_create' | 'keyed' | 'unsafe';

function definitionOf(repeat: Repeat): JsonObject {
  return restCrm((service) => {
    for (const stream of Object.values(service.streams)) {
      if (stream.read !== undefined) stream.read.page.size = pageSize;
      if (stream.write === undefined) continue;
      stream.write.repeat = repeat;
      if (repeat === 'keyed' || repeat === 'unsafe') delete stream.write.batch;
      if (repeat !== 'keyed') delete stream.write.idempotency_header;
      if (repeat === 'keyed' || repeat === 'unsafe') delete stream.write.own_id;
    }
  });
}

async function control(crm: RestCrmSandbox, path: string, body: JsonObject): Promise<JsonObject> {
  const response = await fetch(`${crm.control}/${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as JsonObject;
}

async function prepare(repeat: Repeat): Promise<ConformanceSetup> {
  const crm = await startRestCrm({ token });
  const { egress } = testEgress();
  const settings = { service: 'rest-crm', base_url: crm.url, definition: definitionOf(repeat) };
  const open = () =>
    httpConnector.open({
      connectionId: 'test',
      settings,
      credentials: { read: async () => ({ token }), renew: async (seen) => seen },
      http: egress.client({ hosts: httpConnector.hosts(settings), pacer: unpaced }),
      resolveHost: () => Promise.reject(new Error('no sockets')),
    });
  let idOf = new Map<string, number>();
  const keyOf = (id: number): string => [...idOf].find(([, own]) => own === id)?.[0] ?? '';
  const touch = (order: JsonObject) => control(crm, 'touch', { stream: 'deals', ...order });
  const add = async (ids: readonly number[]) => {
    for (const id of ids) {
      await control(crm, 'clock', { advance: 1 });
      await touch({ op: 'create', count: 1, fields: { name: `deal ${id}`, stage: 'new' } });
    }
    for (const record of crm.store.records('deals')) {
      const id = Number(/\d+/.exec(String(record.name))?.[0]);
      idOf.set(String(record.id), id);
    }
  };
  const truth = () => [...crm.store.records('contacts')] as JsonObject[];
  return {
    connector: httpConnector,
    settings,
    open,
    openBroken: () =>
      fakeService(definitionOf(repeat), () => ({ status: 403, body: { code: 'forbidden', detail: 'No.' } }), { token })
        .connection,
    secrets: [token],
    modes: repeat === 'upsert' ? ['upsert', 'insert', 'update', 'delete'] : ['insert', 'update', 'delete'],
    source: {
      stream: 'deals',
      key: ['id'],
      cursorFields: ['updated_at'],
      findField: 'id',
      pageSize,
      reset: async (count, hasEqualTimes) => {
        await control(crm, 'reset', {});
        idOf = new Map();
        await control(crm, 'clock', { speed: 0 });
        if (hasEqualTimes === true) {
          await touch({ op: 'create', count, fields: { name: 'deal {n}', stage: 'new' } });
          for (const record of crm.store.records('deals'))
            idOf.set(String(record.id), Number(/\d+/.exec(String(record.name))?.[0]));
        } else await add(Array.from({ length: count }, (_, index) => index + 1));
      },
      add,
      change: async (ids) => {
        await control(crm, 'clock', { advance: 5 });
        await touch({ ids: ids.map(keyOf), fields: { stage: 'won' } });
      },
      remove: async (ids) => {
        await control(crm, 'clock', { advance: 5 });
        await touch({ op: 'delete', ids: ids.map(keyOf) });
      },
      idOf: (record) => idOf.get(String(record.id)) ?? -1,
      findValue: keyOf,
    },
    target: {
      stream: 'contacts',
      matchOn: ['email'],
      reset: async () => {
        await control(crm, 'reset', {});
      },
      fields: (id, version = 1) => ({
        name: `Person ${id} ${version}`,
        email: `person${id}@example.com`,
        position: null,
        birthday: null,
      }),
      truth: async () =>
        truth().map((record) => ({
          name: record.name ?? null,
          email: record.email ?? null,
          position: record.position ?? null,
          birthday: record.birthday ?? null,
        })),
      bad: (id) => ({ fields: { name: `Bad ${id}`, email: 'no address' }, words: 'must be an e-mail address' }),
      edgeField: (kind) => (kind === 'text' ? 'position' : kind === 'date' ? 'birthday' : null),
    },
    dispose: async () => {
      await egress.close();
      await crm.stop();
    },
  };
}

const withoutOwnId = 'without an own-id field a record cannot be recognised';

describeConformance('http, upsert', () => prepare('upsert'));
describeConformance('http, find then create', () => prepare('find_then_create'), {
  'the same batch twice is harmless': 'the engine looks up by own id before a second create',
});
describeConformance('http, keyed', () => prepare('keyed'), {
  'records are found by own id': withoutOwnId,
});
describeConformance('http, unsafe', () => prepare('unsafe'), {
  'records are found by own id': withoutOwnId,
  'the same batch twice is harmless': 'nothing tells a repeat from a new record, so the engine asks a person',
});
