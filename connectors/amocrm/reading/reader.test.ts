import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../core/json.js';
import { noSignal, readPass, readRequest } from '../../kit/conformance/requests.js';
import { type FakeAnswer, type FakeVendor, fakeAccount, listed, paged, type SeenRequest } from '../testing.js';
import { pageCovering } from './offset-walk.js';

const start = 1_700_000_000;
const full = readRequest('leads', { key: ['id'] });
const incremental = readRequest('leads', { mode: 'incremental', key: ['id'], cursorFields: ['updated_at'] });

interface Row extends JsonObject {
  id: number;
  updated_at: number;
}

const rowsOf = (count: number, at: (id: number) => number = (id) => start + id): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    name: `lead ${index + 1}`,
    updated_at: at(index + 1),
  }));
const idsOf = (records: readonly JsonObject[]): number[] => records.map(({ id }) => Number(id));
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** An account with leads and nothing else. `change` happens before each page of leads. */
function leadsOf(
  rows: Row[],
  change: (page: number) => void = () => undefined,
  deleted: JsonObject[] = [],
): FakeVendor {
  let pages = 0;
  return (request) => {
    if (request.path === '/api/v4/leads') {
      pages += 1;
      change(pages);
      return paged('leads', rows, request);
    }
    return others(request, deleted);
  };
}

function others({ path, url }: SeenRequest, deleted: readonly JsonObject[] = []): FakeAnswer {
  if (path.endsWith('/custom_fields')) return { status: 204 };
  if (path.endsWith('/account')) return { body: { id: 1, name: 'Example', is_api_filter_enabled: true } };
  if (!path.endsWith('/events')) return { status: 404 };
  const from = Number(url.searchParams.get('filter[created_at][from]'));
  return listed('events', deleted.filter((event) => Number(event.created_at) >= from).reverse());
}

const pathsOf = (requests: readonly SeenRequest[]): string[] =>
  requests.map(({ path }) => path.slice('/api/v4'.length));

describe('reading everything', () => {
  test.each([{ ok: true }, { _embedded: {} }, { _embedded: { leads: null } }])(
    'takes a success without the list, %j, for no empty list',
    async (body) => {
      const { connection } = fakeAccount((request) => (request.path === '/api/v4/leads' ? { body } : others(request)));
      await expect(readPass(() => connection, full)).rejects.toMatchObject({ code: 'read/bad_answer' });
    },
  );

  test('gives 1,000 records once in five requests, of which four are the least', async () => {
    const { connection, requests } = fakeAccount(leadsOf(rowsOf(1_000)));
    const { records } = await readPass(() => connection, full);
    expect(idsOf(records)).toEqual(range(1, 1_000));
    expect(pathsOf(requests).filter((path) => path === '/leads').length).toBeLessThanOrEqual(5);
    expect(pathsOf(requests).filter((path) => path !== '/leads')).toEqual(['/leads/custom_fields']);
  });

  test('loses nothing where records go and come between pages', async () => {
    const rows = rowsOf(1_000);
    const { connection } = fakeAccount(
      leadsOf(rows, (page) => {
        if (page === 2) rows.splice(0, 60);
        if (page === 4) rows.splice(0, 150);
        if (page === 5) rows.push({ id: 1_001, updated_at: start + 5_000 });
      }),
    );
    const { records } = await readPass(() => connection, full);
    expect(idsOf(records)).toEqual(range(1, 1_001));
  });

  test('loses nothing where so many go that the next page lies beyond the end', async () => {
    const rows = rowsOf(600);
    const { connection } = fakeAccount(leadsOf(rows, (page) => page === 3 && rows.splice(0, 400)));
    expect(idsOf((await readPass(() => connection, full)).records)).toEqual(range(1, 600));
  });

  test('goes on after a page that is shorter than asked for', async () => {
    const rows = rowsOf(600);
    const { connection } = fakeAccount((request) => {
      const answer = leadsOf(rows)(request) as FakeAnswer;
      const body = answer.body as { _embedded?: { leads?: Row[] } } | undefined;
      const leads = body?._embedded?.leads;
      // Rights hide some rows of a page after it was cut.
      if (leads !== undefined) leads.splice(0, leads.length, ...leads.filter(({ id }) => id % 7 !== 0));
      return answer;
    });
    const { records } = await readPass(() => connection, full);
    expect(idsOf(records)).toEqual(range(1, 600).filter((id) => id % 7 !== 0));
  });

  test('takes an empty account, status 204, as an end', async () => {
    const { connection, requests } = fakeAccount(() => ({ status: 204 }));
    const { records, pages } = await readPass(() => connection, full);
    expect([records, pages.length, requests.length]).toEqual([[], 1, 1]);
  });

  test.each([1, 248, 249, 250, 499, 997, 5_000, 99_999])(
    'finds a page that holds place %i with little before it',
    (place) => {
      const { page, limit } = pageCovering(place);
      const offset = (page - 1) * limit;
      expect(limit).toBeLessThanOrEqual(250);
      expect(offset).toBeLessThanOrEqual(place);
      expect(offset + limit - place).toBeGreaterThan(place < 250 ? 0 : 200);
    },
  );
});

describe('reading changes', () => {
  test('reads what changed since, at the cost of one request when nothing did', async () => {
    const rows = rowsOf(600);
    const { connection, requests } = fakeAccount(leadsOf(rows));
    const request = { ...incremental, skipsDeletions: true };
    const first = await readPass(() => connection, request);
    expect(idsOf(first.records)).toEqual(range(1, 600));
    const count = requests.length;
    expect(await connection.reader(request).hasChanges?.(first.bookmark, noSignal)).toBe(false);
    const idle = await readPass(() => connection, request, first.bookmark);
    expect([idle.records, requests.length - count]).toEqual([[], 2]);
    (rows[4] as Row).updated_at = start + 700;
    const second = await readPass(() => connection, request, idle.bookmark);
    expect(idsOf(second.records)).toEqual([5]);
  });

  test('loses nothing while records change during the walk', async () => {
    const rows = rowsOf(900);
    const { connection } = fakeAccount(
      leadsOf(rows, (page) => {
        if (page === 2) for (const id of [1, 300, 899]) (rows[id - 1] as Row).updated_at = start + 2_000;
      }),
    );
    const first = await readPass(() => connection, incremental);
    const seen = new Map(first.records.map((record) => [Number(record.id), record.updated_at]));
    expect(seen.size).toBe(900);
    const second = await readPass(() => connection, incremental, first.bookmark);
    expect(idsOf(second.records)).toContain(1);
  });

  test('reads a second with more records than a page, to the last one', async () => {
    const rows = rowsOf(300, () => start);
    const { connection } = fakeAccount(leadsOf(rows));
    const first = await readPass(() => connection, incremental);
    rows.push(...rowsOf(800, () => start + 9).map((row) => ({ ...row, id: row.id + 1_000 })));
    rows.push({ id: 5_000, updated_at: start + 10 });
    const second = await readPass(() => connection, incremental, first.bookmark);
    expect([...new Set(idsOf(second.records))].filter((id) => id > 1_000)).toEqual([...range(1_001, 1_800), 5_000]);
    for (const { next, bookmark } of second.pages) expect(JSON.stringify([next, bookmark]).length).toBeLessThan(4_096);
  });

  test('reads from the newest backwards where the account ignores filters', async () => {
    const rows = rowsOf(700);
    const { connection, requests } = fakeAccount((request) => {
      request.url.searchParams.delete('filter[updated_at][from]');
      request.url.searchParams.delete('filter[updated_at][to]');
      return leadsOf(rows)(request);
    });
    const request = { ...incremental, skipsDeletions: true };
    const { bookmark } = await readPass(() => connection, request);
    for (const id of [3, 400]) (rows[id - 1] as Row).updated_at = start + 1_000 + id;
    const second = await readPass(() => connection, request, bookmark);
    expect(idsOf(second.records).sort((a, b) => a - b)).toEqual([3, 400]);
    const count = requests.length;
    expect(await connection.reader(request).hasChanges?.(second.bookmark, noSignal)).toBe(false);
    expect(requests.length - count).toBe(1);
  });

  test('gives deletions of the log once, and only where somebody wants them', async () => {
    const deleted: JsonObject[] = [];
    const { connection, requests } = fakeAccount(leadsOf(rowsOf(3), undefined, deleted));
    const first = await readPass(() => connection, incremental);
    deleted.push({ id: '01a', type: 'lead_deleted', entity_id: 2, created_at: start + 5 });
    expect(await connection.reader(incremental).hasChanges?.(first.bookmark, noSignal)).toBe(true);
    const second = await readPass(() => connection, incremental, first.bookmark);
    expect([second.records, second.deleted]).toEqual([[], ['2']]);
    expect(await connection.reader(incremental).hasChanges?.(second.bookmark, noSignal)).toBe(false);
    const asked = requests.filter(({ path }) => path.endsWith('/events')).length;
    await readPass(() => connection, { ...incremental, skipsDeletions: true }, second.bookmark);
    expect(requests.filter(({ path }) => path.endsWith('/events'))).toHaveLength(asked);
  });

  test('of a period ends where the period ends, and moves no bookmark', async () => {
    const { connection } = fakeAccount(leadsOf(rowsOf(20)));
    const iso = (second: number): string => new Date((start + second) * 1_000).toISOString();
    const period = { from: iso(5), to: iso(8) };
    const { records, bookmark } = await readPass(() => connection, { ...incremental, period });
    expect([idsOf(records), bookmark]).toEqual([[5, 6, 7], null]);
  });

  test('with a lag reads the last moments again, and gives only what is new there', async () => {
    const rows = rowsOf(3, (id) => start + id * 30);
    const { connection } = fakeAccount(leadsOf(rows));
    const lagged = { ...incremental, lagMs: 60_000 };
    const { bookmark } = await readPass(() => connection, lagged);
    expect(await connection.reader(lagged).hasChanges?.(bookmark, noSignal)).toBe(false);
    rows.push({ id: 9, updated_at: start + 45 });
    expect(idsOf((await readPass(() => connection, lagged, bookmark)).records)).toEqual([9]);
  });
});

describe('finding', () => {
  test('asks one by one for ids where the account ignores filters', async () => {
    const rows = rowsOf(400);
    const { connection } = fakeAccount((request) => {
      if (request.path.endsWith('/account')) return { body: { id: 1, is_api_filter_enabled: false } };
      const id = /leads\/(\d+)$/.exec(request.path)?.[1];
      if (id === undefined) return leadsOf(rows)(request);
      const row = rows.find((each) => each.id === Number(id));
      return row === undefined ? { status: 204 } : { body: row };
    });
    const found = await connection.reader(full).find('id', ['399', '777', 'x'], noSignal);
    expect(found.map(({ id }) => id)).toEqual(['399']);
  });

  test('compares telephone numbers by their digits', async () => {
    const phones = (value: string) => ({
      custom_fields_values: [
        { field_id: 7, field_code: 'PHONE', field_type: 'multitext', values: [{ value, enum_code: 'WORK' }] },
      ],
    });
    const { connection, requests } = fakeAccount((request) => {
      if (request.path.endsWith('/custom_fields'))
        return listed('custom_fields', [{ id: 7, code: 'PHONE', name: 'Phone', type: 'multitext' }]);
      if (request.path.endsWith('/contacts'))
        return listed('contacts', [
          { id: 1, ...phones('8 (912) 345-67-89') },
          { id: 2, ...phones('+7 912 345 67 80') },
        ]);
      return others(request);
    });
    const found = await connection
      .writer({ ...write, stream: 'contacts' })
      .findByMatch?.(['custom.PHONE'], [['+79123456789']], noSignal);
    expect(found?.map(({ targetKey, askedFor }) => [targetKey, askedFor])).toEqual([['1', '["+79123456789"]']]);
    expect(requests.some(({ url }) => url.searchParams.get('query') === '+79123456789')).toBe(true);
  });
});

const write = { stream: 'leads', mode: 'upsert', matchOn: [], fields: [], position: null } as const;
