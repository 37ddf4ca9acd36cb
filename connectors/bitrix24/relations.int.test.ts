import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { isFailure } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { type BitrixSandbox, startBitrix24 } from '../../sandbox/bitrix24/sandbox.js';
import { changeOf, noSignal, readPass, readRequest, sendNow, writeRequest } from '../kit/conformance/requests.js';
import { startHttp } from '../kit/egress/testing.js';
import type { Change, Outcome, Writer } from '../kit/index.js';
import { connectTo, type SandboxConnection } from './testing.js';
import { parseEvents } from './webhook.js';

let portal: BitrixSandbox;
const opened: SandboxConnection[] = [];

beforeAll(async () => {
  portal = await startBitrix24({ records: 60, settings: { bucket_size: 0 } });
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await control('reset', {});
  await control('settings', { bucket_size: 0 });
});
afterAll(async () => {
  await portal.stop();
});

async function control(path: string, body?: JsonObject): Promise<JsonValue> {
  const order = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${portal.control}/${path}`, order);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as JsonValue;
}

function connect(settings: JsonObject = {}, secret?: JsonObject): SandboxConnection {
  const one = connectTo(
    { base_url: portal.url, ...settings },
    secret ?? { webhook: String(portal.credentials.webhook_url) },
  );
  opened.push(one);
  return one;
}

async function write(writer: Writer, changes: readonly Change[]): Promise<readonly Outcome[]> {
  return (await writer.write(changes, sendNow)).outcomes;
}

function keyOf(outcome: Outcome | undefined): string {
  if (outcome?.state === 'written') return outcome.targetKey;
  throw new Error(`expected a written record: ${outcome?.failure.message ?? 'nothing'}`);
}

async function readBack(one: SandboxConnection, stream: string, key: string): Promise<JsonObject> {
  const [found] = (await one.connection.writer(writeRequest(stream, 'upsert')).readByKey?.([key], noSignal)) ?? [];
  if (found === undefined) throw new Error('not there');
  return found.fields;
}

async function idsOf(stream: string): Promise<string[]> {
  const state = (await control(`state?stream=${stream}`)) as { streams: Record<string, JsonObject[]> };
  return (state.streams[stream] ?? []).map(({ id }) => String(id));
}

describe('relations and values', () => {
  test('a deal carries its links, rows, sum, dates and custom fields', async () => {
    const one = connect();
    const [company = ''] = await idsOf('companies');
    const [first = '', second = ''] = await idsOf('contacts');
    const fields: JsonObject = {
      TITLE: 'All of it',
      COMPANY_ID: company,
      CONTACT_IDS: [first, second],
      CONTACT_ID: second,
      OPPORTUNITY: '1234567.89',
      CURRENCY_ID: 'EUR',
      STAGE_ID: 'C9:NEW',
      CLOSEDATE: '2026-03-29',
      PRODUCT_ROWS: [
        { productName: 'Saw', price: '100.10', quantity: '2' },
        { productName: 'Nail', price: '0.01', quantity: '3', taxRate: '23', taxIncluded: 'Y' },
      ],
      UF_CRM_1724077760: 'Targi',
      UF_CRM_DELIVERY_ON: '2026-03-01',
      UF_CRM_URGENT: true,
      UF_CRM_BUDGET: '100.50|EUR',
    };
    const writer = one.connection.writer(writeRequest('deals', 'upsert'));
    const key = keyOf((await write(writer, [changeOf(1, 'create', fields)]))[0]);
    const deal = await readBack(one, 'deals', key);
    expect(deal).toMatchObject({
      COMPANY_ID: company,
      CONTACT_ID: second,
      CONTACT_IDS: [second, first],
      OPPORTUNITY: '1234567.89',
      CATEGORY_ID: '9',
      STAGE_ID: 'C9:NEW',
      CLOSEDATE: '2026-03-29',
      UF_CRM_1724077760: '44',
      UF_CRM_DELIVERY_ON: '2026-03-01',
      UF_CRM_URGENT: 'Y',
      UF_CRM_BUDGET: '100.50|EUR',
    });
    expect(deal.PRODUCT_ROWS).toMatchObject([
      { productName: 'Saw', price: '100.1', quantity: '2' },
      { productName: 'Nail', price: '0.01', quantity: '3', taxRate: '23', taxIncluded: 'Y' },
    ]);
    // The second time nothing changes, not even the date of the last change.
    await control('clock', { advance: 60_000 });
    await write(writer, [changeOf(1, 'update', fields, key)]);
    expect((await readBack(one, 'deals', key)).DATE_MODIFY).toBe(deal.DATE_MODIFY);
    await write(writer, [changeOf(1, 'update', { CONTACT_IDS: [], COMPANY_ID: null, PRODUCT_ROWS: [] }, key)]);
    expect(await readBack(one, 'deals', key)).toMatchObject({ CONTACT_IDS: [], COMPANY_ID: null, PRODUCT_ROWS: [] });
  });

  test('phones are changed without doubling, and records are found by them', async () => {
    const one = connect();
    const writer = one.connection.writer(writeRequest('contacts', 'upsert'));
    const fields = { NAME: 'P', PHONE: ['+48501234567', '22'], EMAIL: 'Own@example.com' };
    const key = keyOf((await write(writer, [changeOf(1, 'create', fields)]))[0]);
    const before = await readBack(one, 'contacts', key);
    await write(writer, [changeOf(1, 'update', fields, key)]);
    expect((await readBack(one, 'contacts', key)).PHONE).toEqual(before.PHONE);
    const hits = await writer.findByMatch?.(['EMAIL'], [['own@example.com'], ['nobody@example.com']], noSignal);
    expect(hits).toMatchObject([{ targetKey: key, askedFor: '["own@example.com"]' }]);
    await write(writer, [changeOf(1, 'update', { PHONE: ['33'], EMAIL: null }, key)]);
    expect(await readBack(one, 'contacts', key)).toMatchObject({ PHONE: [{ VALUE: '33' }], EMAIL: [] });
  });

  test('an instant stays the same one in a portal of another zone', async () => {
    const one = connect();
    const writer = one.connection.writer(writeRequest('contacts', 'upsert'));
    const at = '2025-03-30T01:30:00+01:00';
    const [outcome] = await write(writer, [changeOf(1, 'create', { NAME: 'P', UF_CRM_CONSENT_AT: at })]);
    const held = (await readBack(one, 'contacts', keyOf(outcome))).UF_CRM_CONSENT_AT;
    expect([String(held).slice(-6), Date.parse(String(held))]).toEqual(['+03:00', Date.parse(at)]);
  });

  test.each([
    ['activities', { OWNER_TYPE_ID: '2', TYPE_ID: '2', SUBJECT: 'Call', RESPONSIBLE_ID: '1', DIRECTION: '2' }],
    ['tasks', { TITLE: 'Do it', RESPONSIBLE_ID: '1', DEADLINE: '2026-03-01T10:00:00+01:00' }],
    ['products', { NAME: 'Saw', PRICE: '10.50', CURRENCY_ID: 'EUR' }],
    ['items_177', { TITLE: 'Delivery', OPPORTUNITY: '1.5' }],
    ['deal_comments', { COMMENT: 'Called\ntwice' }],
  ])('%s are written, found again by our own id, changed and deleted', async (stream, given) => {
    const one = connect();
    const [deal = ''] = await idsOf('deals');
    const parents: Record<string, JsonObject> = {
      activities: { OWNER_ID: deal, COMMUNICATIONS: [{ VALUE: '+48501234567', TYPE: 'PHONE' }] },
      tasks: { UF_CRM_TASK: [`D_${deal}`] },
      deal_comments: { ENTITY_ID: deal },
    };
    const fields = { ...given, ...parents[stream] };
    const writer = one.connection.writer(writeRequest(stream, 'upsert'));
    const create = changeOf(1, 'create', fields);
    const key = keyOf((await write(writer, [create]))[0]);
    const held = await readBack(one, stream, key);
    const [[name, value] = ['', '']] = Object.entries(given).slice(-1);
    expect(held[name]).toEqual(name === 'DEADLINE' ? '2026-03-01T12:00:00+03:00' : value);
    if (stream !== 'deal_comments') {
      const found = await writer.findByOwnId?.([create.recordKey, 'f'.repeat(32)], noSignal);
      expect(found?.map(({ targetKey, askedFor }) => [targetKey, askedFor])).toEqual([[key, create.recordKey]]);
    }
    const [outcome] = await write(writer, [changeOf(1, 'update', fields, key)]);
    expect(outcome?.state).toBe('written');
    expect((await write(writer, [changeOf(1, 'delete', {}, key)]))[0]?.state).toBe('written');
    expect(await writer.readByKey?.([key], noSignal)).toEqual([]);
  });

  test('choices, directories, stages, users and pipelines have captions', async () => {
    const { connection } = connect();
    const first = async (stream: string, field: string) => (await connection.values?.(stream, field, noSignal))?.[0];
    expect(await first('deals', 'UF_CRM_1724077760')).toEqual({ value: '42', title: 'Сайт' });
    expect(await first('deals', 'STAGE_ID')).toMatchObject({ value: 'NEW' });
    expect(await first('items_177', 'STAGE_ID')).toMatchObject({ value: 'DT177_15:NEW' });
    expect(await first('leads', 'SOURCE_ID')).toMatchObject({ value: 'CALL' });
    expect(await first('deals', 'ASSIGNED_BY_ID')).toMatchObject({ value: '1', title: 'Анна Соколова' });
    const { records } = await readPass(() => connection, readRequest('users'));
    expect(records[0]).toMatchObject({ ID: '1', EMAIL: expect.stringContaining('@') });
    const pipelines = await readPass(() => connection, readRequest('pipelines', { where: { stream: 'deals' } }));
    expect(pipelines.records.map(({ id }) => id).sort()).toEqual(['0', '1', '9']);
  });

  test('fields are created once, and are seen at once', async () => {
    const { connection } = connect();
    const wanted = [
      { name: 'UF_CRM_NIP', type: 'text', title: 'NIP' },
      { name: 'custom.colour', type: 'text', title: 'Colour', values: ['Red', 'Blue'] },
    ] as const;
    const created = await connection.createFields?.('companies', wanted, noSignal);
    expect(created).toMatchObject([
      { name: 'UF_CRM_NIP', type: 'text', title: 'NIP' },
      { name: 'UF_CRM_COLOUR', values: [{ title: 'Red' }, { title: 'Blue' }] },
    ]);
    expect(await connection.createFields?.('companies', wanted, noSignal)).toEqual(created);
    const process = await connection.createFields?.(
      'items_177',
      [{ name: 'NIP', type: 'text', title: 'NIP' }],
      noSignal,
    );
    expect(process).toMatchObject([{ name: 'UF_CRM_2_NIP' }]);
    const streams = await connection.streams(noSignal);
    const names = streams.find(({ name }) => name === 'companies')?.fields.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['UF_CRM_NIP', 'UF_CRM_COLOUR', 'PHONE']));
  });
});

describe('requests', () => {
  test('1,000 contacts are written with 20 and read with 2', async () => {
    const one = connect();
    const writer = one.connection.writer(writeRequest('contacts', 'upsert'));
    for (let start = 0; start < 1_000; start += 50) {
      const batch = Array.from({ length: 50 }, (_, index) =>
        changeOf(start + index, 'create', { NAME: `n${start + index}`, PHONE: [`+4850000${start + index}`] }),
      );
      expect((await write(writer, batch)).every(({ state }) => state === 'written')).toBe(true);
    }
    expect(one.requests).toHaveLength(20);
    const reader = connect();
    const { records } = await readPass(
      () => reader.connection,
      readRequest('contacts', { where: { ORIGINATOR_ID: 'pipewright' } }),
    );
    expect([records.length, new Set(records.map(({ ID }) => ID)).size, reader.requests.length]).toEqual([
      1_000, 1_000, 2,
    ]);
  });

  test('a full bucket is waited for, and nothing is in doubt', async () => {
    await control('settings', { bucket_size: 1, bucket_drain: 0.001 });
    const { connection } = connect();
    const writer = connection.writer(writeRequest('deals', 'upsert'));
    const writing = async () => {
      for (let turn = 0; turn < 5; turn++) await write(writer, [changeOf(turn, 'create', { TITLE: `t${turn}` })]);
    };
    await expect(writing()).rejects.toMatchObject({
      code: 'vendor/rate_limited',
      retryAfterMs: 1_000,
      details: { wasSent: false },
    });
  });

  test('under faults the same records arrive, each once', async () => {
    const kinds = ['reset', 'truncate', 'status_500', 'status_503', 'html', 'empty_body', 'commit_then_drop'];
    const { connection, requests } = connect({ product_rows: false });
    const writer = connection.writer(writeRequest('deals', 'upsert'));
    const changes = Array.from({ length: 600 }, (_, index) => changeOf(index, 'create', { TITLE: `faulty ${index}` }));
    await control('faults', { seed: 7, rate: 0.2, kinds });
    for (let start = 0; start < changes.length; start += 50)
      await writeLikeTheEngine(writer, changes.slice(start, start + 50));
    const titles = new Set<string>();
    let cursor: JsonValue = null;
    const reader = connection.reader(readRequest('deals', { where: { ORIGINATOR_ID: 'pipewright' } }));
    let count = 0;
    do {
      const page = await patiently(() => reader.readPage(cursor, null, noSignal));
      for (const { TITLE } of page.records) titles.add(String(TITLE));
      count += page.records.length;
      cursor = page.next;
    } while (cursor !== null);
    await control('faults', { rate: 0 });
    expect([titles.size, count]).toEqual([600, 600]);
    expect(requests.length).toBeLessThanOrEqual(1.6 * (12 + 2));
  });
});

/** What the engine does with a batch, without its waits. */
async function writeLikeTheEngine(writer: Writer, changes: readonly Change[]): Promise<void> {
  let open = changes;
  for (let turn = 0; open.length > 0; turn++) {
    if (turn > 20) throw new Error('does not end');
    const outcomes = await patiently(() => write(writer, open));
    const unsent = open.filter((_, index) => sentOf(outcomes[index]) === false);
    const doubtful = open.filter((_, index) => sentOf(outcomes[index]) === true);
    const keys = doubtful.map(({ recordKey }) => recordKey);
    const found =
      keys.length === 0 ? [] : await patiently(async () => (await writer.findByOwnId?.(keys, noSignal)) ?? []);
    const there = new Set(found.map(({ askedFor }) => askedFor));
    open = [...unsent, ...doubtful.filter(({ recordKey }) => !there.has(recordKey))];
  }
}

function sentOf(outcome: Outcome | undefined): boolean | null {
  return outcome?.state === 'unknown' ? outcome.failure.details?.wasSent !== false : null;
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let turn = 0; ; turn++) {
    try {
      return await work();
    } catch (error) {
      const isPassing = isFailure(error) && (error.kind === 'transient' || error.kind === 'rate_limited');
      if (!isPassing || turn > 20) throw error;
    }
  }
}

describe('tokens and events', () => {
  const settings = () => ({ auth: 'oauth', oauth_url: new URL(String(portal.credentials.token_url)).origin });

  async function consented(): Promise<SandboxConnection> {
    const { client_id, client_secret } = portal.credentials;
    const secret: JsonObject = { client_id: String(client_id), client_secret: String(client_secret) };
    await control('settings', { signed_in: true, redirect_uri: 'http://127.0.0.1:1/callback' });
    const url = new URL(`${portal.url}/oauth/authorize/?client_id=${client_id}&state=s`);
    const answer = await fetch(url, { redirect: 'manual' });
    const query = Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams);
    const { default: connector } = await import('./connector.js');
    const { testEgress } = await import('../kit/egress/testing.js');
    const { egress, to } = testEgress();
    const all = { base_url: portal.url, ...settings() };
    const exchanged = await connector.oauth?.exchange({
      settings: all,
      secret,
      query,
      redirectUri: 'http://127.0.0.1:1/callback',
      http: to(...connector.hosts(all)),
      signal: noSignal,
    });
    await egress.close();
    return connect(settings(), exchanged?.secret ?? {});
  }

  test('consent gives tokens; an expired one is renewed once for all', async () => {
    const one = await consented();
    expect((await one.connection.check(noSignal)).rightsFound).toContain('scope crm');
    await control('clock', { advance: 3_700_000 });
    const reader = () => one.connection.reader(readRequest('deals')).readPage(null, null, noSignal);
    const pages = await Promise.all([reader(), reader(), reader(), reader()]);
    expect(pages.every(({ records }) => records.length > 0)).toBe(true);
    expect(one.credentials.saved).toHaveLength(1);
  });

  test('consent that was taken back asks for a person', async () => {
    const one = await consented();
    await control('oauth', { revoke: 'all' });
    await expect(one.connection.check(noSignal)).rejects.toMatchObject({ code: 'connection/token_revoked' });
  });

  test('events are bound, delivered, verified and unbound', async () => {
    const one = await consented();
    const bodies: { url: string; body: Buffer }[] = [];
    let arrived: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const intake = await startHttp((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        bodies.push({ url: request.url ?? '', body: Buffer.concat(chunks) });
        response.end();
        arrived();
      });
    });
    try {
      const registration = await one.connection.registerWebhook?.(
        `${intake.url}/hooks/x`,
        'secret-1',
        ['deals'],
        noSignal,
      );
      const [deal = ''] = await idsOf('deals');
      await control('touch', { stream: 'deals', ids: [deal], fields: { COMMENTS: 'touched' } });
      await arrival;
      const { url, body } = bodies[0] ?? { url: '', body: Buffer.alloc(0) };
      const query = Object.fromEntries(new URL(url, intake.url).searchParams);
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const delivery = { headers, query, rawBody: body, receivedAtMs: 0 };
      expect(parseEvents(delivery, 'secret-1')).toMatchObject([{ stream: 'deals', key: deal, isDeletion: false }]);
      expect(parseEvents({ ...delivery, query: {} }, String(portal.credentials.application_token))).toHaveLength(1);
      await one.connection.removeWebhook?.(registration ?? {}, noSignal);
      await one.connection.removeWebhook?.(registration ?? {}, noSignal);
    } finally {
      await intake.stop();
    }
  });

  test('a webhook of few rights is told what is missing', async () => {
    const { connection } = connect({}, { webhook: String(portal.credentials.narrow_webhook_url) });
    const report = await connection.check(noSignal);
    expect(report.rightsMissing).toEqual(['scope crm']);
    const reading = connection.reader(readRequest('deals')).readPage(null, null, noSignal);
    await expect(reading).rejects.toMatchObject({ code: 'connection/scope_missing' });
  });

  test('a portal that moved is named, not followed', async () => {
    await control('settings', { renamed: true });
    const { connection } = connect();
    await expect(connection.check(noSignal)).rejects.toMatchObject({ code: 'egress/redirect_refused' });
  });
});
