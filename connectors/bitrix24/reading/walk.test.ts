import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../core/json.js';
import { noSignal, readPass, readRequest } from '../../kit/conformance/requests.js';
import { connectFake, each, type Portal } from '../testing.js';

const settings = { product_rows: false };
const dates = '2026-03-01T10:00:00+03:00';

/** Deals 1 to `count`; `list` may change what a list answers. */
function deals(
  rows: readonly JsonObject[],
  list: (page: JsonObject[], after: number) => JsonObject[] = (page) => page,
): Portal {
  return (method, params) => {
    if (method === 'batch') return each;
    const filter = (params.filter ?? {}) as JsonObject;
    const after = Number(filter['>id'] ?? 0);
    const since = String(filter['>=updatedTime'] ?? '');
    const fitting = rows.filter(
      (row) => Number(row.id) > after && (since === '' || Date.parse(String(row.updatedTime)) >= Date.parse(since)),
    );
    const items = list(fitting.slice(0, 50), after);
    return { result: { items }, ...(Number(params.start) >= 0 && { total: fitting.length }) };
  };
}

const rowsTo = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, title: `d${index + 1}`, updatedTime: dates }));
const full = readRequest('deals', { key: ['ID'] });
const incremental = readRequest('deals', { key: ['ID'], mode: 'incremental', cursorFields: ['DATE_MODIFY'] });
const idsOf = (records: readonly JsonObject[]) => records.map(({ ID }) => Number(ID));
const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('a walk in the order of ids', () => {
  test.each([
    [0, 1],
    [49, 1],
    [50, 2],
    [1_000, 2],
    [2_550, 3],
    [10_000, 5],
  ])('reads %s records with %s requests', async (count, asked) => {
    const { connection, requests } = connectFake(deals(rowsTo(count)), { settings });
    const { records } = await readPass(() => connection, full);
    expect([idsOf(records), requests.length]).toEqual([range(count), asked]);
  });

  test('asks for no more pages than the portal counted', async () => {
    const { connection, requests } = connectFake(deals(rowsTo(420)), { settings });
    await readPass(() => connection, full);
    expect(Object.keys(requests[1]?.body.cmd as JsonObject)).toHaveLength(8);
  });

  test('loses nothing where records vanish meanwhile', async () => {
    const rows = rowsTo(300);
    let lists = 0;
    const portal = deals(rows, (page) => {
      lists += 1;
      if (lists === 2) rows.splice(0, 60);
      return page;
    });
    const { connection } = connectFake(portal, { settings });
    const { records } = await readPass(() => connection, full);
    expect(idsOf(records)).toEqual(range(300));
  });

  test('goes on by itself where the portal does not follow references', async () => {
    const portal = deals(rowsTo(180));
    const deaf: Portal = (method, params, asked) => {
      const filter = (params.filter ?? {}) as JsonObject;
      // The reference was taken for no filter at all.
      if (
        asked.method === 'batch' &&
        method !== 'batch' &&
        Number(filter['>id']) > 50 &&
        asked.body.cmd !== undefined
      ) {
        const first = Object.values(asked.body.cmd as JsonObject)[0];
        if (!String(first).includes(`=${String(filter['>id'])}&`))
          return portal(method, { ...params, filter: {} }, asked);
      }
      return portal(method, params, asked);
    };
    const { connection } = connectFake(deaf, { settings });
    const { records } = await readPass(() => connection, full);
    expect(idsOf(records)).toEqual(range(180));
  });

  test('an error within a batch ends the page there, and the next request tells what it is', async () => {
    let isDown = true;
    const portal = deals(rowsTo(300));
    const failing: Portal = (method, params, asked) => {
      const after = Number(((params.filter ?? {}) as JsonObject)['>id'] ?? 0);
      if (method !== 'batch' && after === 150 && isDown) {
        isDown = false;
        return { error: 'OPERATION_TIME_LIMIT', error_description: 'Too long' };
      }
      return portal(method, params, asked);
    };
    const { connection } = connectFake(failing, { settings });
    const { records } = await readPass(() => connection, full);
    expect(idsOf(records)).toEqual(range(300));
  });

  test.each([
    ['another shape', { rows: [] }],
    ['a list of texts', { items: ['1', '2'] }],
    ['a text', 'done'],
  ])('%s is no page', async (_, result) => {
    const { connection } = connectFake(() => ({ result }), { settings });
    const reading = connection.reader(full).readPage(null, null, noSignal);
    await expect(reading).rejects.toMatchObject({ code: 'read/bad_answer', kind: 'transient' });
  });

  test('a portal that gives its first page again and again is no walk', async () => {
    const { connection } = connectFake(
      (method) => (method === 'batch' ? each : { result: { items: rowsTo(50) }, total: 100 }),
      { settings },
    );
    await expect(readPass(() => connection, full)).rejects.toMatchObject({ code: 'read/bad_answer' });
  });
});

describe('changes', () => {
  test('a quiet portal is asked once, and gives nothing again', async () => {
    const { connection, requests } = connectFake(deals(rowsTo(30)), { settings });
    const first = await readPass(() => connection, incremental);
    expect(first.records).toHaveLength(30);
    const before = requests.length;
    const second = await readPass(() => connection, incremental, first.bookmark);
    expect([second.records, requests.length - before]).toEqual([[], 1]);
    expect(await connection.reader(incremental).hasChanges?.(second.bookmark, noSignal)).toBe(false);
    expect(requests.length - before).toBe(2);
  });

  test('what changes in the very second of the last look is seen, and seen once', async () => {
    const rows = rowsTo(3).map((row): JsonObject => ({ ...row, updatedTime: '2026-03-01T12:00:00+03:00' }));
    const { connection } = connectFake(deals(rows), { settings });
    const first = await readPass(() => connection, incremental);
    rows.push({ id: 4, title: 'late', updatedTime: '2026-03-01T12:00:00+03:00' });
    rows[1] = { id: 2, title: 'changed in the same second', updatedTime: '2026-03-01T12:00:00+03:00' };
    const second = await readPass(() => connection, incremental, first.bookmark);
    expect(idsOf(second.records)).toEqual([2, 4]);
    const third = await readPass(() => connection, incremental, second.bookmark);
    expect(idsOf(third.records)).toEqual([]);
  });

  test('a record that changes behind the walk comes with the next pass', async () => {
    const rows = rowsTo(120);
    const portal = deals(rows, (page, after) => {
      if (after === 100) rows[4] = { id: 5, title: 'changed', updatedTime: '2026-03-01T12:00:01+03:00' };
      return page;
    });
    const { connection } = connectFake(portal, { settings });
    const first = await readPass(() => connection, incremental);
    expect(first.records).toHaveLength(120);
    const second = await readPass(() => connection, incremental, first.bookmark);
    expect(second.records.map(({ TITLE }) => TITLE)).toEqual(['changed']);
  });

  test('a period is read whole, from its beginning to its end', async () => {
    const { connection, requests } = connectFake(deals(rowsTo(3)), { settings });
    const period = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00.500Z' };
    const { bookmark } = await readPass(() => connection, { ...incremental, period });
    expect(bookmark).toBeNull();
    expect(requests[0]?.body.filter).toEqual({
      '>=updatedTime': '2026-01-01T00:00:00+00:00',
      '<updatedTime': '2026-02-01T00:00:01+00:00',
    });
  });

  test('the lag of a flow reaches further back', async () => {
    const { connection, requests } = connectFake(deals(rowsTo(3)), { settings });
    const lagging = { ...incremental, lagMs: 120_000 };
    const { bookmark } = await readPass(() => connection, lagging);
    await readPass(() => connection, lagging, bookmark);
    expect(requests[1]?.body.filter).toEqual({ '>=updatedTime': '2026-03-01T08:58:00+00:00' });
  });
});

describe('finding', () => {
  test('1,000 ids are one request, and every hit is compared', async () => {
    const ids = range(1_000).map(String);
    const { connection, requests } = connectFake(
      (method, params) => {
        if (method === 'batch') return each;
        const asked = ((params.filter as JsonObject)['@id'] ?? []) as string[];
        return { result: { items: [...asked, '7777'].map((id) => ({ id: Number(id), title: 'x' })).slice(0, 50) } };
      },
      { settings },
    );
    const found = await connection.reader(full).find('ID', ids, noSignal);
    expect([found.length, requests.length]).toEqual([1_000, 1]);
  });

  test('a list that ignores the filter is noticed before it is read whole', async () => {
    const { connection, requests } = connectFake((method) =>
      method === 'batch'
        ? each
        : { result: Array.from({ length: 50 }, (_, index) => ({ ID: String(index + 1), SUBJECT: 'any' })) },
    );
    const finding = connection.reader(readRequest('activities')).find('NO_SUCH', ['x'], noSignal);
    await expect(finding).rejects.toMatchObject({ code: 'read/refused' });
    expect(requests).toHaveLength(1);
  });
});
