import { describe, expect, test } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { checkService, durationMs, parseService, type Service } from './service.js';
import { fakeService, httpConnector, restCrm } from './testing.js';

describe('a service definition', () => {
  test('that ships is valid, and its streams are declared', () => {
    const definition = restCrm();
    expect(checkService(definition)).toEqual([]);
    const streams = httpConnector.declaredStreams({ service: 'rest-crm', base_url: 'https://x.test', definition });
    expect(streams?.map(({ name }) => name)).toEqual(['companies', 'contacts', 'deals', 'users']);
    expect(streams?.[1]).toMatchObject({
      key: ['id'],
      read: { modes: ['full', 'incremental'], cursor: ['updated_at'], pageSize: 250, showsDeletions: true },
      write: { idempotency: 'upsert', ownIdField: 'external_id', batchSize: 250 },
    });
    expect(streams?.[3]).toMatchObject({ read: { modes: ['full'], cursor: null }, write: null });
  });

  const broken: readonly [string, (service: Service) => void, string][] = [
    ['a key that is not known', (service) => Object.assign(service, { colour: 'red' }), 'must not have `colour`'],
    ['a wrong kind of page', (service) => Object.assign(pageOf(service), { kind: 'guess' }), 'must be equal'],
    ['pages without a parameter', (service) => void delete pageOf(service).param, 'needs `param`'],
    [
      'keyed writes without a header',
      (service) => {
        writeOf(service).repeat = 'keyed';
        delete writeOf(service).idempotency_header;
        delete writeOf(service).batch;
      },
      'needs `idempotency_header`',
    ],
    [
      'keyed writes in batches',
      (service) => Object.assign(writeOf(service), { repeat: 'keyed' }),
      'cannot have `batch`',
    ],
    ['upserts without an own id', (service) => void delete writeOf(service).own_id, 'needs `own_id`'],
    [
      'looking for an own id that cannot be searched',
      (service) => {
        writeOf(service).repeat = 'find_then_create';
        delete service.streams.contacts?.read?.find;
      },
      'needs `read.find`',
    ],
    [
      'a stream that does nothing',
      (service) => Object.assign(service.streams, { none: { title: 'n', key: ['id'], fields: {} } }),
      'needs `read` or `write`',
    ],
  ];

  test.each(broken)('with %s is refused', (_, breakIt, words) => {
    const definition = restCrm(breakIt);
    expect(
      checkService(definition)
        .map(({ message }) => message)
        .join('; '),
    ).toContain(words);
    expect(() => parseService(definition)).toThrow(expect.objectContaining({ code: 'connection/invalid_settings' }));
  });

  test.each<[JsonValue]>([[null], ['text'], [[]], [{}]])('that is %j is refused', (value) => {
    expect(checkService(value).length).toBeGreaterThan(0);
  });

  test('tells its limits per connection, shared by those with one budget name', () => {
    const definition = restCrm((service) => {
      service.limits = [
        { requests: 7, per: '1s' },
        { requests: 10_000, per: '1d', burst: 50 },
      ];
    });
    const limits = (more: JsonObject) =>
      httpConnector.limits({ service: 'x', base_url: 'https://API.test', definition, ...more });
    expect(limits({})).toEqual([
      { key: 'http:rest-crm:api.test:443:0', requests: 7, perMs: 1_000 },
      { key: 'http:rest-crm:api.test:443:1', requests: 10_000, perMs: 86_400_000, burst: 50 },
    ]);
    expect(limits({ limit_key: 'shared' })[0]?.key).toBe(
      limits({ limit_key: 'shared', base_url: 'https://b.test' })[0]?.key,
    );
  });

  test('names the hosts of its base URL alone', () => {
    const hosts = (base_url: string) => httpConnector.hosts({ service: 'x', base_url });
    expect(hosts('https://API.example.com/v1')).toEqual(['api.example.com:443']);
    expect(hosts('http://127.0.0.1:8080')).toEqual(['127.0.0.1:8080']);
    expect(() => hosts('nonsense')).toThrow(expect.objectContaining({ code: 'connection/invalid_settings' }));
  });

  test('that does not exist is named with those that do', () => {
    expect(() => httpConnector.declaredStreams({ service: 'none', base_url: 'https://x.test' })).toThrow(/`none`/);
  });

  test('has no stream or look-up by a name that every object has', async () => {
    const { connection } = fakeService(restCrm(), () => ({}));
    const signal = new AbortController().signal;
    await expect(connection.lookup?.('constructor', ['1'], signal)).rejects.toMatchObject({
      code: 'definition/invalid',
    });
  });

  test('durations are in milliseconds', () => {
    expect(['5ms', '2s', '3m', '1h', '1d', 'soon'].map(durationMs)).toEqual([
      5, 2_000, 180_000, 3_600_000, 86_400_000, 0,
    ]);
  });
});

describe('look-ups', () => {
  test('answer in the order of the keys; what is not known is null', async () => {
    const { connection, requests } = fakeService(restCrm(), (_, url) =>
      url.pathname.endsWith('/7') ? { body: { name: 'Seven' } } : { status: 404, body: {} },
    );
    const signal = new AbortController().signal;
    expect(await connection.lookup?.('company_by_code', ['8', '7'], signal)).toEqual([null, { name: 'Seven' }]);
    expect(requests.map(({ url }) => url.pathname)).toEqual(['/v1/registry/8', '/v1/registry/7']);
    await expect(connection.lookup?.('company_by_code', ['..'], signal)).rejects.toMatchObject({ kind: 'rejected' });
  });
});

function pageOf(service: Service) {
  const page = service.streams.contacts?.read?.page;
  if (page === undefined) throw new Error('no page');
  return page;
}

function writeOf(service: Service) {
  const write = service.streams.contacts?.write;
  if (write === undefined) throw new Error('no write');
  return write;
}
