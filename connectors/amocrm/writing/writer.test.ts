import { describe, expect, test } from '@jest/globals';
import { Failure } from '../../../core/failures.js';
import { isJsonObject, type JsonObject } from '../../../core/json.js';
import { changeOf, noSignal, sendNow, writeRequest } from '../../kit/conformance/requests.js';
import type { Outcome } from '../../kit/index.js';
import { type FakeAnswer, type FakeVendor, fakeAccount, listed, type SeenRequest } from '../testing.js';

const ownField = { id: 1, code: 'PIPEWRIGHT_ID', name: 'Pipewright ID', type: 'text' };

/** An account that takes what it is sent; `answer` comes first, where it has something to say. */
function taking(answer: (request: SeenRequest) => FakeAnswer | null | undefined = () => null): FakeVendor {
  let last = 100;
  return (request) => {
    const first = answer(request);
    if (first !== null && first !== undefined) return first;
    if (request.path.endsWith('/custom_fields')) return listed('custom_fields', [ownField]);
    if (request.path.endsWith('/account')) return { body: { id: 1, name: 'Example', is_api_filter_enabled: true } };
    if (request.path.endsWith('/unlink')) return { status: 204 };
    if (request.path.endsWith('/link')) return listed('links', itemsOf(request));
    if (request.method === 'GET') return { status: 204 };
    const name = request.path.split('/').at(-1) ?? '';
    return listed(
      name,
      itemsOf(request).map((item) => {
        last += 1;
        return { id: item.id ?? last, request_id: item.request_id ?? null };
      }),
    );
  };
}

const itemsOf = ({ body }: SeenRequest): JsonObject[] => (Array.isArray(body) ? body.filter(isJsonObject) : []);
const writes = (requests: readonly SeenRequest[]) =>
  requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => [method, path, Array.isArray(body) ? body.length : 0]);
const creates = (count: number, fields: JsonObject = {}) =>
  Array.from({ length: count }, (_, index) => changeOf(index, 'create', { name: `lead ${index}`, ...fields }));
const statesOf = (outcomes: readonly Outcome[]) => outcomes.map(({ state }) => state);
const wasSent = (outcome: Outcome | undefined): unknown =>
  outcome === undefined || outcome.state === 'written' ? null : outcome.failure.details?.wasSent;

/** A refusal of a request for some of its records, as the vendor words it. */
function refusing(indexes: readonly string[]): FakeAnswer {
  return {
    status: 400,
    body: {
      'validation-errors': indexes.map((request_id) => ({
        request_id,
        errors: [
          { code: 'NotSupportedChoice', path: 'status_id', detail: 'The value you selected is not a valid choice.' },
        ],
      })),
      title: 'Bad Request',
      status: 400,
      detail: 'Request validation failed',
    },
  };
}

describe('creating', () => {
  test('1,000 records takes twenty requests and one for the fields', async () => {
    const { connection, requests } = fakeAccount(taking());
    const writer = connection.writer(writeRequest('leads', 'insert'));
    const { outcomes } = await writer.write(creates(1_000), sendNow);
    expect(new Set(statesOf(outcomes))).toEqual(new Set(['written']));
    expect(requests).toHaveLength(21);
    expect(itemsOf(requests[1] as SeenRequest)[3]).toEqual({
      name: 'lead 3',
      custom_fields_values: [{ field_id: 1, values: [{ value: changeOf(3, 'create', {}).recordKey }] }],
      request_id: '3',
    });
  });

  test('takes the ids by request id, in whatever order they come', async () => {
    const vendor = taking();
    const { connection } = fakeAccount(async (request) => {
      const answer = await vendor(request);
      const body = answer.body as { _embedded?: { leads?: JsonObject[] } } | undefined;
      body?._embedded?.leads?.reverse();
      return answer;
    });
    const { outcomes } = await connection.writer(writeRequest('leads', 'insert')).write(creates(3), sendNow);
    expect(outcomes).toMatchObject([{ targetKey: '101' }, { targetKey: '102' }, { targetKey: '103' }]);
  });

  test('sends the others again without those that the vendor names as bad', async () => {
    const isBad = (item: JsonObject): boolean => item.name === 'lead 1' || item.name === 'lead 3';
    const { connection, requests } = fakeAccount(
      taking((request) => {
        const bad = itemsOf(request).filter(isBad);
        return bad.length === 0 ? null : refusing(bad.map(({ request_id }) => String(request_id)));
      }),
    );
    const { outcomes } = await connection.writer(writeRequest('leads', 'insert')).write(creates(5), sendNow);
    expect(statesOf(outcomes)).toEqual(['written', 'refused', 'written', 'refused', 'written']);
    expect(writes(requests)).toEqual([
      ['POST', '/api/v4/leads', 5],
      ['POST', '/api/v4/leads', 3],
    ]);
    const [, refused] = outcomes;
    expect(refused?.state === 'refused' && refused.failure.message).toContain(
      '`status_id`: NotSupportedChoice: The value',
    );
  });

  test('finds the bad one by halving where the vendor names none', async () => {
    const { connection } = fakeAccount(
      taking((request) =>
        itemsOf(request).some(({ name }) => name === 'lead 6') ? { status: 422, body: { title: 'Impossible' } } : null,
      ),
    );
    const { outcomes } = await connection.writer(writeRequest('leads', 'insert')).write(creates(8), sendNow);
    expect(outcomes.flatMap(({ state }, index) => (state === 'refused' ? [index] : []))).toEqual([6]);
  });

  test.each([
    ['500', { status: 500, body: { title: 'Internal' } }],
    ['504 with a page', { status: 504, body: '<html>Gateway Time-out</html>' }],
    ['200 with a page', { status: 200, body: '<html>Maintenance</html>' }],
    ['200 with nothing', { status: 200, body: '' }],
    ['200 with an empty list', { status: 200, body: { _embedded: { leads: [] } } }],
  ])('leaves records in doubt after status %s, and those behind them unsent', async (_, answer) => {
    const { connection } = fakeAccount(taking(({ method }) => (method === 'POST' ? answer : null)));
    const { outcomes } = await connection.writer(writeRequest('leads', 'insert')).write(creates(60), sendNow);
    expect(new Set(statesOf(outcomes))).toEqual(new Set(['unknown']));
    expect([wasSent(outcomes[0]), wasSent(outcomes[49]), wasSent(outcomes[50])]).toEqual([true, true, false]);
  });

  test.each([
    ['429 as text', { status: 429, body: 'Too many requests' }, 'rate_limited', 1_000],
    ['429 with a time', { status: 429, body: {}, headers: { 'retry-after': '3' } }, 'rate_limited', 3_000],
    ['a block of the address', { status: 403, body: '<h1>403 Forbidden</h1> nginx' }, 'rate_limited', 900_000],
    ['missing rights', { status: 403, body: { title: 'Forbidden' } }, 'auth', undefined],
    ['an unpaid account', { status: 402, body: { title: 'Payment Required' } }, 'quota', undefined],
  ])('throws on %s, since nothing happened', async (_, answer, kind, retryAfterMs) => {
    const { connection } = fakeAccount(taking(({ method }) => (method === 'POST' ? answer : null)));
    const writing = connection.writer(writeRequest('leads', 'insert')).write(creates(3), sendNow);
    await expect(writing).rejects.toMatchObject({ kind, retryAfterMs, details: { wasSent: false } });
  });

  test('refuses what the vendor would change in silence, before anything is sent', async () => {
    const { connection, requests } = fakeAccount(taking());
    const bad: JsonObject[] = [
      { name: 'zero \u0000 byte' },
      { name: 'half \ud83d' },
      { name: 'x', created_at: '2025-01-01T00:00:00.5Z' },
      { name: 'x', price: '12345678901234567890.12' },
      { name: 'x', status_id: 'WON' },
    ];
    const changes = bad.map((fields, index) => changeOf(index, 'create', fields));
    const { outcomes } = await connection.writer(writeRequest('leads', 'insert')).write(changes, sendNow);
    expect(statesOf(outcomes)).toEqual(bad.map(() => 'refused'));
    expect(writes(requests)).toEqual([]);
  });

  test('says what is missing where the account has no field for our ids', async () => {
    const { connection } = fakeAccount(
      taking(({ path }) => (path.endsWith('/custom_fields') ? { status: 204 } : null)),
    );
    const writing = connection.writer(writeRequest('leads', 'insert')).write(creates(1), sendNow);
    await expect(writing).rejects.toMatchObject({ code: 'definition/fields_missing' });
  });

  test('stops at a field that the account does not have, and at one that nobody may write', async () => {
    const { connection } = fakeAccount(taking());
    const writer = connection.writer(writeRequest('leads', 'insert'));
    await expect(writer.write(creates(1, { 'custom.nip': '1' }), sendNow)).rejects.toMatchObject({
      code: 'read/drift',
    });
    await expect(writer.write(creates(1, { closest_task_at: null }), sendNow)).rejects.toMatchObject({
      code: 'definition/invalid',
    });
  });
});

describe('relations', () => {
  test('that fail after a record was made leave nothing in doubt: a repeat goes on with that record', async () => {
    let links = 0;
    const { connection, requests } = fakeAccount(
      taking(({ path, method }) => {
        if (method === 'GET' && path.endsWith('/companies')) return listed('companies', [{ id: 7 }]);
        if (!path.endsWith('/link')) return null;
        links += 1;
        return links === 1 ? { status: 502, body: '<html>' } : null;
      }),
    );
    const writer = connection.writer(writeRequest('contacts', 'insert'));
    const changes = creates(2, { company_id: '7' });
    const first = await writer.write(changes, sendNow);
    expect(first.outcomes.map((outcome) => [outcome.state, wasSent(outcome)])).toEqual([
      ['unknown', false],
      ['unknown', false],
    ]);
    const second = await writer.write(changes, sendNow);
    expect(second.outcomes).toMatchObject([{ state: 'written', targetKey: '101' }, { targetKey: '102' }]);
    expect(writes(requests).map(([method, path]) => `${method} ${path}`)).toEqual([
      'POST /api/v4/contacts',
      'POST /api/v4/contacts/link',
      'POST /api/v4/contacts/link',
    ]);
  });

  test('that are as they shall be cost no writing request', async () => {
    const lead = { id: 5, _embedded: { contacts: [{ id: 1, is_main: true }], companies: [{ id: 2 }] } };
    const { connection, requests } = fakeAccount(
      taking(({ path, method }) => (method === 'GET' && path.endsWith('/leads') ? listed('leads', [lead]) : null)),
    );
    const fields = { company_id: '2', contact_ids: ['1'], main_contact_id: '1' };
    const { outcomes } = await connection
      .writer(writeRequest('leads', 'update'))
      .write([changeOf(1, 'update', fields, '5')], sendNow);
    expect([statesOf(outcomes), writes(requests)]).toEqual([['written'], []]);
  });

  test('of which one is refused do not stop the others', async () => {
    const { connection } = fakeAccount(
      taking((request) => {
        if (request.method === 'GET' && request.path.endsWith('/companies'))
          return listed('companies', [{ id: 7 }, { id: 8 }]);
        const isBad = request.path.endsWith('/link') && itemsOf(request).some(({ to_entity_id: id }) => id === 8);
        return isBad ? { status: 400, body: { title: 'Bad Request', detail: 'Link failed' } } : null;
      }),
    );
    const changes = ['7', '8', '7'].map((company_id, id) => changeOf(id, 'create', { name: 'x', company_id }));
    const { outcomes } = await connection.writer(writeRequest('contacts', 'insert')).write(changes, sendNow);
    expect(statesOf(outcomes)).toEqual(['written', 'refused', 'written']);
  });
});

describe('changing', () => {
  test('sends the same record in two requests, and clears fields that are null', async () => {
    const { connection, requests } = fakeAccount(taking());
    const changes = ['5', '6', '5'].map((key, index) =>
      changeOf(index, 'update', { name: `x${index}`, 'custom.PIPEWRIGHT_ID': null, tags: [] }, key),
    );
    const { outcomes } = await connection.writer(writeRequest('leads', 'update')).write(changes, sendNow);
    expect(statesOf(outcomes)).toEqual(['written', 'written', 'written']);
    expect(writes(requests)).toEqual([
      ['PATCH', '/api/v4/leads', 2],
      ['PATCH', '/api/v4/leads', 1],
    ]);
    expect(itemsOf(requests.find(({ method }) => method === 'PATCH') as SeenRequest)[0]).toEqual({
      id: 5,
      name: 'x0',
      custom_fields_values: [{ field_id: 1, values: null }],
      _embedded: { tags: null },
      request_id: '0',
    });
  });

  test('offers no deletion', async () => {
    const { connection } = fakeAccount(taking());
    const writing = connection.writer(writeRequest('leads', 'delete')).write([changeOf(1, 'delete', {}, '5')], sendNow);
    await expect(writing).rejects.toMatchObject({ code: 'definition/invalid' });
  });
});

describe('sending', () => {
  test('passes on what ends it: the last check, and an abort', async () => {
    const { connection, requests } = fakeAccount(taking());
    const writer = connection.writer(writeRequest('leads', 'insert'));
    const lost = new Failure('engine/fence_lost', { message: 'The lease is over.', hint: 'Nothing.' });
    const beforeSend = (): void => {
      throw lost;
    };
    await expect(writer.write(creates(60), { ...sendNow, beforeSend })).rejects.toBe(lost);
    expect(writes(requests)).toEqual([]);
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(writer.write(creates(1), { ...sendNow, signal: stop.signal })).rejects.toThrow('stopped');
  });
});

describe('finding own ids', () => {
  test('compares every hit, asks for fifty at a time, and finds nothing where the field is missing', async () => {
    const keys = Array.from({ length: 60 }, (_, index) => changeOf(index, 'create', {}).recordKey);
    const row = (id: number, value: string) => ({
      id,
      custom_fields_values: [{ field_id: 1, field_code: 'PIPEWRIGHT_ID', field_type: 'text', values: [{ value }] }],
    });
    const { connection, requests } = fakeAccount(
      taking(({ path, method, url }) =>
        method === 'GET' && path.endsWith('/leads')
          ? listed('leads', [
              row(5, keys[0] ?? ''),
              row(6, 'another'),
              ...(url.search.includes(keys[55] ?? '-') ? [row(9, keys[55] ?? '')] : []),
            ])
          : null,
      ),
    );
    const found = await connection.writer(writeRequest('leads', 'insert')).findByOwnId?.(keys, noSignal);
    expect(new Set(found?.map(({ targetKey }) => targetKey))).toEqual(new Set(['5', '9']));
    expect(requests.filter(({ path }) => path === '/api/v4/leads')).toHaveLength(2);
    const bare = fakeAccount(taking(({ path }) => (path.endsWith('/custom_fields') ? { status: 204 } : null)));
    expect(await bare.connection.writer(writeRequest('leads', 'insert')).findByOwnId?.(keys, noSignal)).toEqual([]);
  });
});
