import { describe, expect, test } from '@jest/globals';
import { Failure, type FailureKind } from '../../../core/failures.js';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import { changeOf, noSignal, sendNow, writeRequest } from '../../kit/conformance/requests.js';
import type { Outcome } from '../../kit/index.js';
import { fakeService, restCrm } from '../testing.js';

const upsert = restCrm();
const single = restCrm((service) => {
  for (const { write } of Object.values(service.streams)) if (write !== undefined) delete write.batch;
});

const changes = (count: number) =>
  Array.from({ length: count }, (_, index) => changeOf(index, 'create', { name: `n${index}` }));
const statesOf = (outcomes: readonly Outcome[]) => outcomes.map(({ state }) => state);
const sentOf = (outcomes: readonly Outcome[]) =>
  outcomes.map((outcome) => (outcome.state === 'written' ? null : (outcome.failure.details?.wasSent ?? null)));

const itemsOf = (body: JsonValue): JsonObject[] => (body as { items: JsonObject[] }).items;
const done = (items: readonly JsonObject[]): JsonObject => ({
  results: items.map((item) => ({ status: 'created', id: `id of ${String(item.name)}` })),
});

describe('writing in batches', () => {
  test('a batch that is refused as a whole is halved until the bad record stands alone', async () => {
    const { connection, requests } = fakeService(upsert, (request) => {
      const items = itemsOf(JSON.parse(String(request.body)));
      if (!items.some(({ name }) => name === 'n11')) return { body: done(items) };
      return { status: 422, body: { code: 'invalid', detail: 'No elevens' } };
    });
    const { outcomes } = await connection.writer(writeRequest('contacts', 'upsert')).write(changes(16), sendNow);
    expect(outcomes.map(({ state }, index) => [index, state])).toEqual(
      Array.from({ length: 16 }, (_, index) => [index, index === 11 ? 'refused' : 'written']),
    );
    const refused = outcomes[11] as Extract<Outcome, { state: 'refused' }>;
    expect(refused.failure).toMatchObject({ code: 'write/record_refused' });
    expect(refused.failure.message).toContain('No elevens');
    expect(requests.length).toBe(1 + 2 * Math.log2(16));
  });

  test('a missing batch route is a matter of the settings, not of the records', async () => {
    const { connection } = fakeService(upsert, () => ({ status: 404, body: { code: 'unknown_route', detail: 'No.' } }));
    const writing = connection.writer(writeRequest('contacts', 'upsert')).write(changes(4), sendNow);
    await expect(writing).rejects.toMatchObject({ code: 'connection/invalid_settings', details: { wasSent: false } });
  });

  test.each([
    ['fewer results than records', { results: [] }],
    ['no results', { ok: true }],
    ['HTML', '<html>done</html>'],
    ['nothing', ''],
  ])('a success with %s leaves every record in doubt', async (_, body) => {
    const { connection } = fakeService(upsert, () => ({ body }));
    const { outcomes } = await connection.writer(writeRequest('contacts', 'upsert')).write(changes(3), sendNow);
    expect([statesOf(outcomes), sentOf(outcomes)]).toEqual([
      ['unknown', 'unknown', 'unknown'],
      [true, true, true],
    ]);
  });

  test('a result that is neither done nor refused leaves its record in doubt', async () => {
    const { connection } = fakeService(upsert, () => ({
      body: {
        results: [
          { status: 'created', id: '1' },
          { status: 'queued', id: '2' },
          { status: 'created' },
          { status: 'rejected', error: { code: 'required', message: 'Name is missing' } },
        ],
      },
    }));
    const { outcomes } = await connection.writer(writeRequest('contacts', 'upsert')).write(changes(4), sendNow);
    expect(statesOf(outcomes)).toEqual(['written', 'unknown', 'unknown', 'refused']);
  });

  test('creates, updates and deletions go in batches of their own, with outcomes in the order of the changes', async () => {
    const modes: string[] = [];
    const { connection } = fakeService(upsert, (request) => {
      const body = JSON.parse(String(request.body)) as { mode: string; items: JsonObject[] };
      modes.push(`${body.mode} ${body.items.length}`);
      return {
        body: {
          results: body.items.map(({ id, external_id }) => ({ status: 'updated', id: id ?? external_id ?? null })),
        },
      };
    });
    const mixed = [
      changeOf(1, 'upsert', { name: 'a' }),
      changeOf(2, 'delete', {}, '22'),
      changeOf(3, 'upsert', { name: 'c' }, '33'),
      changeOf(4, 'upsert', { name: 'd' }),
    ];
    const { outcomes } = await connection.writer(writeRequest('contacts', 'upsert')).write(mixed, sendNow);
    expect(modes).toEqual(['upsert 2', 'delete 1', 'update 1']);
    expect(outcomes.map((outcome) => (outcome.state === 'written' ? outcome.targetKey : null))).toEqual([
      mixed[0]?.recordKey,
      '22',
      '33',
      mixed[3]?.recordKey,
    ]);
  });
});

describe('writing one by one', () => {
  const answerOf = (statuses: readonly number[]) => {
    let turn = 0;
    return () => {
      const status = statuses[turn++] ?? 201;
      return {
        status,
        headers: { 'retry-after': '3' },
        body: status < 300 ? { id: `${turn}` } : { code: 'x', detail: 'y' },
      };
    };
  };

  test('a limit met in the middle leaves no doubt: what came after it was not sent', async () => {
    const { connection, requests } = fakeService(single, answerOf([201, 201, 429]));
    const { outcomes } = await connection.writer(writeRequest('contacts', 'insert')).write(changes(5), sendNow);
    expect(statesOf(outcomes)).toEqual(['written', 'written', 'unknown', 'unknown', 'unknown']);
    expect(sentOf(outcomes)).toEqual([null, null, false, false, false]);
    const last = outcomes.at(-1) as Extract<Outcome, { state: 'unknown' }>;
    expect([last.failure.retryAfterMs, requests.length]).toEqual([3_000, 3]);
  });

  test('an outage in the middle leaves one record in doubt', async () => {
    const { connection, requests } = fakeService(single, answerOf([201, 503]));
    const { outcomes } = await connection.writer(writeRequest('contacts', 'insert')).write(changes(4), sendNow);
    expect([statesOf(outcomes), sentOf(outcomes), requests.length]).toEqual([
      ['written', 'unknown', 'unknown', 'unknown'],
      [null, true, false, false],
      2,
    ]);
  });

  test('what stops the first is thrown', async () => {
    for (const [status, kind] of [
      [429, 'rate_limited'],
      [403, 'auth'],
      [402, 'quota'],
    ] as const) {
      const { connection } = fakeService(single, answerOf([status]));
      const writing = connection.writer(writeRequest('contacts', 'insert')).write(changes(2), sendNow);
      await expect(writing).rejects.toMatchObject({ kind, details: { wasSent: false } });
    }
  });

  test('a refused record does not stop the others', async () => {
    const { connection } = fakeService(single, answerOf([201, 422, 409, 201]));
    const { outcomes } = await connection.writer(writeRequest('contacts', 'insert')).write(changes(4), sendNow);
    expect(statesOf(outcomes)).toEqual(['written', 'refused', 'refused', 'written']);
  });

  test('a lost lease ends everything at once', async () => {
    let calls = 0;
    const beforeSend = () => {
      calls += 1;
      if (calls === 3) throw new Failure('engine/fence_lost', { message: 'The lease is over.', hint: 'None.' });
    };
    const { connection, requests } = fakeService(single, answerOf([]));
    const writing = connection.writer(writeRequest('contacts', 'insert')).write(changes(5), { ...sendNow, beforeSend });
    await expect(writing).rejects.toMatchObject({ code: 'engine/fence_lost' });
    expect(requests).toHaveLength(2);
  });

  test('each create carries a key that changes with its content', async () => {
    const { connection, requests } = fakeService(single, answerOf([]));
    const writer = connection.writer(writeRequest('contacts', 'insert'));
    const [one] = changes(1);
    await writer.write([one as NonNullable<typeof one>], sendNow);
    await writer.write([changeOf(0, 'create', { name: 'other' })], sendNow);
    const keys = requests.map(({ request }) => request.headers?.['Idempotency-Key']);
    expect(keys).toEqual([one?.effectKey, expect.any(String)]);
    expect(keys[0]).not.toBe(keys[1]);
  });

  test.each(['', '.', '..'])('an id that would lead to another path is not sent: `%s`', async (key) => {
    const { connection, requests } = fakeService(single, answerOf([204]));
    const writing = connection
      .writer(writeRequest('contacts', 'delete'))
      .write([changeOf(1, 'delete', {}, key)], sendNow);
    await expect(writing).rejects.toMatchObject({ code: 'read/refused' });
    expect(requests).toEqual([]);
  });

  test('an id with other signs stays one part of the path', async () => {
    const { connection, requests } = fakeService(single, answerOf([204]));
    await connection.writer(writeRequest('contacts', 'delete')).write([changeOf(1, 'delete', {}, 'a/b?c=$&')], sendNow);
    expect(requests[0]?.url.pathname).toBe('/v1/contacts/a%2Fb%3Fc%3D%24%26');
  });

  test('a call that the service does not offer is named', async () => {
    const readOnly = restCrm((service) => {
      delete service.streams.contacts?.write?.delete;
      delete service.streams.contacts?.write?.batch;
    });
    const { connection } = fakeService(readOnly, answerOf([]));
    const writing = connection
      .writer(writeRequest('contacts', 'delete'))
      .write([changeOf(1, 'delete', {}, '1')], sendNow);
    await expect(writing).rejects.toMatchObject({ code: 'definition/invalid' });
  });
});

describe('answers as failures', () => {
  const own = restCrm((service) => {
    service.errors = [
      { status: 400, code: 'slow_down', kind: 'rate_limited' },
      { status: '5xx', code: 'broken_record', kind: 'rejected' },
      { status: 418, kind: 'quota' },
    ];
  });

  test.each<[number, string, FailureKind]>([
    [400, 'slow_down', 'rate_limited'],
    [400, 'other', 'rejected'],
    [500, 'broken_record', 'rejected'],
    [500, 'other', 'transient'],
    [418, '', 'quota'],
    [401, '', 'auth'],
    [402, '', 'quota'],
    [403, '', 'auth'],
    [404, '', 'rejected'],
    [408, '', 'transient'],
    [409, '', 'rejected'],
    [425, '', 'transient'],
    [429, '', 'rate_limited'],
    [503, '', 'transient'],
  ])('status %i with code `%s` is %s', async (status, code, kind) => {
    const { connection } = fakeService(own, () => ({ status, body: { code, detail: 'In their words' } }));
    await expect(connection.check(noSignal)).rejects.toMatchObject({
      kind,
      message: expect.stringContaining('In their words.'),
    });
  });

  test('the wait that the service asks for is kept, in seconds or as a date', async () => {
    for (const [value, least, most] of [
      ['7', 7_000, 7_000],
      [new Date(Date.now() + 60_000).toUTCString(), 50_000, 60_000],
      ['soon', 1_000, 1_000],
    ] as const) {
      const { connection } = fakeService(own, () => ({ status: 429, headers: { 'retry-after': value } }));
      const failure = await connection.check(noSignal).catch((error: Failure) => error);
      const { retryAfterMs = 0 } = failure as Failure;
      expect([retryAfterMs >= least, retryAfterMs <= most]).toEqual([true, true]);
    }
  });

  test('an error page that is no JSON is still told by its status', async () => {
    const { connection } = fakeService(own, () => ({ status: 502, body: '<html>Bad gateway</html>' }));
    await expect(connection.check(noSignal)).rejects.toMatchObject({
      code: 'vendor/unavailable',
      details: { status: 502, wasSent: true },
    });
  });
});

describe('finding at the target', () => {
  const rows = [
    { id: '1', name: 'One', email: 'JAN@Example.com', external_id: 'a'.repeat(32) },
    { id: '2', name: 'Two', email: 'ewa@example.com', external_id: 'b'.repeat(32) },
    { id: '3', name: 'Three', email: 'EWA@example.com', external_id: null },
  ];
  const ignoring = () => fakeService(upsert, () => ({ body: { items: rows, next_cursor: null } })).connection;

  test('by own id takes exactly what was asked for', async () => {
    const writer = ignoring().writer(writeRequest('contacts', 'upsert'));
    const found = await writer.findByOwnId?.(['b'.repeat(32), 'c'.repeat(32)], noSignal);
    expect(found?.map(({ targetKey }) => targetKey)).toEqual(['2']);
  });

  test('by natural fields prefers the exact spelling, and else ignores letter case', async () => {
    const writer = ignoring().writer(writeRequest('contacts', 'upsert'));
    const found = await writer.findByMatch?.(
      ['email'],
      [['jan@example.com'], ['ewa@example.com'], ['no@x.test']],
      noSignal,
    );
    expect(found?.map(({ targetKey, askedFor }) => [targetKey, askedFor])).toEqual([
      ['1', '["jan@example.com"]'],
      ['2', '["ewa@example.com"]'],
    ]);
  });

  test('by natural fields compares all of them', async () => {
    const writer = ignoring().writer(writeRequest('contacts', 'upsert'));
    const found = await writer.findByMatch?.(
      ['name', 'email'],
      [
        ['Two', 'ewa@example.com'],
        ['One', 'ewa@example.com'],
      ],
      noSignal,
    );
    expect(found?.map(({ targetKey }) => targetKey)).toEqual(['2']);
  });
});
