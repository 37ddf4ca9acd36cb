import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { changeOf, noSignal, readPass, readRequest, sendNow, writeRequest } from '../kit/conformance/requests.js';
import type { Change, OpenConnection } from '../kit/index.js';
import { createRecords, keysOf, readAll, startInstance, type TestInstance } from './testing-sandbox.js';

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance();
});
afterEach(() => instance.reset());
afterAll(() => instance.stop());

describe('an unkind instance', () => {
  const faultKinds = [
    'reset',
    'truncate',
    'status_429',
    'status_500',
    'status_503',
    'html',
    'empty_body',
    'commit_then_drop',
  ];

  /** What the engine does with a batch, in short: doubtful and unsent records are sent again. */
  async function deliver(connection: OpenConnection, stream: string, changes: readonly Change[]): Promise<void> {
    let open = changes;
    const writer = connection.writer(writeRequest(stream, 'upsert'));
    for (let tries = 0; open.length > 0; tries++) {
      if (tries > 30) throw new Error(`${open.length} records are still open`);
      try {
        const { outcomes } = await writer.write(open, sendNow);
        for (const outcome of outcomes) if (outcome.state === 'refused') throw outcome.failure;
        open = open.filter((_, index) => outcomes[index]?.state !== 'written');
      } catch (error) {
        if (!isPassing(error)) throw error;
      }
    }
  }

  /** By id: pages may repeat records. */
  async function countPeople(connection: OpenConnection): Promise<number> {
    const people = (await readAll(connection, 'contacts')).filter(({ Name }) => String(Name).startsWith('Person '));
    return new Set(people.map(({ Id }) => Id)).size;
  }

  async function patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error) || tries > 30) throw error;
      }
    }
  }

  function isPassing(error: unknown): boolean {
    return ['transient', 'rate_limited'].includes(String((error as { kind?: unknown }).kind));
  }

  test('that fails one call in five gets every record once, with not many more calls', async () => {
    const connection = instance.connect().open();
    await connection.check(noSignal);
    await readAll(connection, 'contacts');
    const people = Array.from({ length: 2_000 }, (_, index) => changeOf(index, 'create', { Name: `Person ${index}` }));
    const groups = Array.from({ length: 100 }, (_, index) => people.slice(index * 20, index * 20 + 20));
    await instance.control('faults', { seed: 7, rate: 0.2, kinds: [...faultKinds] });
    const calls = await instance.countRequests(async () => {
      for (const group of groups) await deliver(connection, 'contacts', group);
    });
    await instance.control('faults', { rate: 0 });
    expect(await countPeople(connection)).toBe(2_000);
    expect(calls).toBeLessThanOrEqual(groups.length * 1.6);
  });

  test('that fails one call in five gets deals with their contacts and lines as a calm one does', async () => {
    const connection = instance.connect().open();
    const names = Array.from({ length: 6 }, (_, index) => ({ Name: `Person ${index}` }));
    const people = keysOf(await createRecords(connection, 'contacts', names));
    const [product = ''] = keysOf(await createRecords(connection, 'products', [{ Name: 'Bolt' }]));
    const deals = Array.from({ length: 480 }, (_, index) => {
      const lines = [1, 2].map((number) => ({ ProductId: product, Quantity: String(number), Price: `${index}.5` }));
      const contacts = [people[index % 6] ?? '', people[(index + 1) % 6] ?? ''];
      return changeOf(1_000 + index, 'create', { Title: `Deal ${index}`, contact_ids: contacts, products: lines });
    });
    const shown = async (): Promise<string[]> => {
      const records = await readAll(connection, 'deals');
      const texts = records.map((deal) => {
        const lines = ((deal.products as JsonObject[]) ?? []).map(({ Quantity, Price }) => `${Quantity}x${Price}`);
        return JSON.stringify([deal.Title, [...((deal.contact_ids as string[]) ?? [])].sort(), lines.sort()]);
      });
      return texts.sort();
    };
    const deliverAll = async (): Promise<void> => {
      for (let start = 0; start < deals.length; start += 96)
        await deliver(connection, 'deals', deals.slice(start, start + 96));
    };
    const calm = await instance.countRequests(deliverAll);
    // Five batches: the records, a look at their lists, four hundred rows; and three descriptions of objects.
    expect(calm).toBe(5 * 6 + 3);
    const expected = await shown();
    for (const { Id } of await readAll(connection, 'deals'))
      await connection.writer(writeRequest('deals', 'delete')).write([changeOf(1, 'delete', {}, String(Id))], sendNow);
    await instance.control('faults', { seed: 11, rate: 0.2, kinds: [...faultKinds] });
    const calls = await instance.countRequests(deliverAll);
    await instance.control('faults', { rate: 0 });
    expect(await shown()).toEqual(expected);
    expect(calls).toBeLessThanOrEqual(calm * 1.6);
  });

  test('that writes and then says it failed gets no record twice', async () => {
    const connection = instance.connect().open();
    await instance.control('settings', { error_after_write: 0.3 });
    const people = Array.from({ length: 200 }, (_, index) => changeOf(index, 'create', { Name: `Person ${index}` }));
    for (let start = 0; start < 200; start += 50)
      await deliver(connection, 'contacts', people.slice(start, start + 50));
    expect(await countPeople(connection)).toBe(200);
  });

  test('whose rows come in no order, few at a time, under faults, is read to the last', async () => {
    const fields = { Name: 'Company {n}' };
    await instance.control('settings', { unordered_rows: 'shuffled', max_entity_row_count: 50 });
    await instance.control('touch', { stream: 'Account', op: 'create', count: 333, fields });
    const connection = instance.connect({ page_size: 100 }).open();
    await patiently(() => connection.check(noSignal));
    await instance.control('faults', {
      seed: 3,
      rate: 0.2,
      kinds: ['reset', 'status_500', 'status_503', 'html', 'empty_body'],
    });
    const names = new Set<string>();
    const reader = connection.reader(readRequest('companies'));
    let cursor = null as Parameters<typeof reader.readPage>[0];
    do {
      const page = await patiently(() => reader.readPage(cursor, null, noSignal));
      for (const record of page.records) names.add(String(record.Name));
      cursor = page.next;
    } while (cursor !== null);
    expect([...names].filter((name) => name.startsWith('Company '))).toHaveLength(333);
  });

  test('that shows records late loses none to an incremental read', async () => {
    await instance.control('settings', { commit_lag_ms: 30_000 });
    const connection = instance.connect().open();
    const request = readRequest('contacts', { mode: 'incremental', key: ['Id'], cursorFields: ['ModifiedOn'] });
    let { bookmark } = await readPass(() => connection, request);
    const seen = new Set<string>();
    for (let round = 0; round < 6; round++) {
      keysOf(
        await createRecords(connection, 'contacts', [
          { Id: `0000000${round}-1111-4111-8111-111111111111`, Name: `P${round}` },
        ]),
      );
      await instance.control('clock', { advance: 7_000 });
      const pass = await readPass(() => connection, request, bookmark);
      for (const record of pass.records) seen.add(String(record.Name));
      bookmark = pass.bookmark;
    }
    await instance.control('clock', { advance: 60_000 });
    for (const record of (await readPass(() => connection, request, bookmark)).records) seen.add(String(record.Name));
    for (let round = 0; round < 6; round++) expect([...seen]).toContain(`P${round}`);
  });
});
