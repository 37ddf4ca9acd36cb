import { describe, expect, test } from '@jest/globals';
import type { Cursor } from '../../../core/cursor.js';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import { noSignal, readPass, readRequest } from '../../kit/conformance/requests.js';
import { type FakeAnswer, fakeService, restCrm } from '../testing.js';

const definition = restCrm();
const incremental = readRequest('contacts', { mode: 'incremental', key: ['id'], cursorFields: ['updated_at'] });

interface Row {
  readonly id: string;
  readonly name?: string;
  updated_at: string;
}

const at = (second: number): string => new Date(Date.UTC(2025, 0, 1, 0, 0, second)).toISOString();

/** A list in the order of change, paged by place in that order, as a service with a keyset cursor does. */
function changesOf(rows: Row[], deleted: { id: string; deleted_at: string }[] = [], size = 3) {
  return (url: URL): FakeAnswer => {
    const isDeletions = url.searchParams.has('deleted_since');
    const since = url.searchParams.get(isDeletions ? 'deleted_since' : 'updated_since') ?? '';
    const all = isDeletions
      ? deleted.filter(({ deleted_at }) => deleted_at >= since)
      : rows.filter(({ updated_at }) => updated_at >= since).sort(byChange);
    const after = url.searchParams.get('cursor') ?? '';
    const rest = isDeletions ? all : (all as Row[]).filter((row) => placeOf(row) > after);
    const items = isDeletions ? rest : rest.slice(0, size);
    const last = items.at(-1) as Row | undefined;
    const next = !isDeletions && rest.length > size && last !== undefined ? placeOf(last) : null;
    return { body: { items: items as unknown as JsonValue, next_cursor: next } };
  };
}

const placeOf = (row: Row): string => `${row.updated_at}/${row.id}`;
const byChange = (one: Row, other: Row): number => (placeOf(one) < placeOf(other) ? -1 : 1);
const idsOf = (records: readonly JsonObject[]): string[] => records.map(({ id }) => String(id));

describe('reading changes', () => {
  test('loses nothing while records change during the walk', async () => {
    const rows: Row[] = Array.from({ length: 10 }, (_, index) => ({ id: `${index}`, updated_at: at(index) }));
    const answer = changesOf(rows);
    let requests = 0;
    const { connection } = fakeService(definition, (_, url) => {
      requests += 1;
      const page = answer(url);
      // What was read is changed at once: it comes again at the end; what was not read moves there.
      if (requests === 1) for (const id of [0, 5, 9]) (rows[id] as Row).updated_at = at(100 + id);
      return page;
    });
    const { records, bookmark } = await readPass(() => connection, incremental);
    expect(new Set(idsOf(records)).size).toBe(10);
    const times = new Map(records.map((record) => [record.id, record.updated_at]));
    expect([times.get('0'), times.get('9')]).toEqual([at(100), at(109)]);
    expect((await readPass(() => connection, incremental, bookmark)).records).toEqual([]);
  });

  test('repeats nothing at an edge of equal moments, and sees what is added there', async () => {
    const rows: Row[] = Array.from({ length: 8 }, (_, index) => ({ id: `${index}`, updated_at: at(1) }));
    const { connection } = fakeService(definition, (_, url) => changesOf(rows)(url));
    const { records, bookmark } = await readPass(() => connection, incremental);
    expect(idsOf(records)).toHaveLength(8);
    expect(await connection.reader(incremental).hasChanges?.(bookmark, noSignal)).toBe(false);
    rows.push({ id: '8', updated_at: at(1) });
    rows[3] = { id: '3', name: 'changed within the same moment', updated_at: at(1) };
    const again = await readPass(() => connection, incremental, bookmark);
    expect(idsOf(again.records).sort()).toEqual(['3', '8']);
    expect((await readPass(() => connection, incremental, again.bookmark)).records).toEqual([]);
  });

  test('keeps its cursor small however many records share a moment', async () => {
    const rows: Row[] = Array.from({ length: 900 }, (_, index) => ({ id: `${index}`, updated_at: at(1) }));
    const { connection } = fakeService(definition, (_, url) => changesOf(rows, [], 300)(url));
    const { bookmark, pages, records } = await readPass(() => connection, incremental);
    expect(records).toHaveLength(900);
    for (const page of pages) expect(JSON.stringify(page.next).length).toBeLessThan(4_096);
    expect(JSON.stringify(bookmark).length).toBeLessThan(4_096);
  });

  test('with a lag reads the last moments again, and gives only what is new there', async () => {
    const rows: Row[] = [10, 50, 100].map((second) => ({ id: `${second}`, updated_at: at(second) }));
    const { connection, requests } = fakeService(definition, (_, url) => changesOf(rows)(url));
    const lagged = { ...incremental, lagMs: 60_000 };
    const { bookmark } = await readPass(() => connection, lagged);
    expect(await connection.reader(lagged).hasChanges?.(bookmark, noSignal)).toBe(false);
    expect(requests.find(({ url }) => url.searchParams.get('updated_since') === at(40))).toBeDefined();
    // Committed late, with a time from before the bookmark.
    rows.push({ id: 'late', updated_at: at(70) });
    expect(idsOf((await readPass(() => connection, lagged, bookmark)).records)).toEqual(['late']);
  });

  test('gives deletions of their own edge: neither repeats them nor loses changes over them', async () => {
    const rows: Row[] = [{ id: '1', updated_at: at(1) }];
    const deleted: { id: string; deleted_at: string }[] = [];
    const { connection } = fakeService(definition, (_, url) => changesOf(rows, deleted)(url));
    const first = await readPass(() => connection, incremental);
    deleted.push({ id: '7', deleted_at: at(50) });
    const second = await readPass(() => connection, incremental, first.bookmark);
    expect([second.records, second.deleted]).toEqual([[], ['7']]);
    expect(await connection.reader(incremental).hasChanges?.(second.bookmark, noSignal)).toBe(false);
    // A change older than the last deletion, seen after it.
    rows.push({ id: '2', updated_at: at(40) });
    const third = await readPass(() => connection, incremental, second.bookmark);
    expect([idsOf(third.records), third.deleted]).toEqual([['2'], []]);
  });

  test('asks for no deletions where nobody wants them', async () => {
    const { connection, requests } = fakeService(definition, (_, url) =>
      changesOf([{ id: '1', updated_at: at(1) }])(url),
    );
    const request = { ...incremental, skipsDeletions: true };
    const { bookmark } = await readPass(() => connection, request);
    await readPass(() => connection, request, bookmark);
    expect(requests.filter(({ url }) => url.searchParams.has('deleted_since'))).toEqual([]);
  });

  test('of a period ends where the period ends, and moves no bookmark', async () => {
    const rows: Row[] = Array.from({ length: 10 }, (_, index) => ({ id: `${index}`, updated_at: at(index) }));
    const { connection, requests } = fakeService(definition, (_, url) => changesOf(rows)(url));
    const period = { from: at(2), to: at(5) };
    const { records, bookmark } = await readPass(() => connection, { ...incremental, period });
    expect(idsOf(records)).toEqual(['2', '3', '4']);
    expect([bookmark, requests.length]).toEqual([null, 2]);
  });

  test('begins at the first value that the pipeline names', async () => {
    const { connection, requests } = fakeService(definition, (_, url) => changesOf([])(url));
    await readPass(() => connection, { ...incremental, start: at(7) });
    expect(requests[0]?.url.searchParams.get('updated_since')).toBe(at(7));
  });

  test('stops at a change that lies in the future', async () => {
    const rows = [{ id: '1', updated_at: new Date(Date.now() + 3 * 86_400_000).toISOString() }];
    const { connection } = fakeService(definition, (_, url) => changesOf(rows)(url));
    await expect(readPass(() => connection, incremental)).rejects.toMatchObject({ code: 'read/cursor_in_future' });
  });

  test('of an unsorted list begins again where the pass began, by the clock of the service', async () => {
    const unsorted = restCrm((service) => {
      const since = service.streams.contacts?.read?.since;
      if (since !== undefined) since.sorted = false;
    });
    const rows: Row[] = [{ id: '1', updated_at: at(500) }];
    const { connection, requests } = fakeService(unsorted, (_, url) => ({
      ...changesOf(rows)(url),
      headers: { date: new Date(at(100)).toUTCString() },
    }));
    const { bookmark } = await readPass(() => connection, incremental);
    await readPass(() => connection, incremental, bookmark);
    expect(requests.at(-2)?.url.searchParams.get('updated_since')).toBe(at(99));
  });
});

describe('paging', () => {
  const paged = (page: JsonObject) =>
    restCrm((service) => {
      const { read } = service.streams.contacts ?? {};
      if (read !== undefined) read.page = page as unknown as typeof read.page;
    });
  const full = readRequest('contacts', { key: ['id'] });
  const all = Array.from({ length: 7 }, (_, index) => ({ id: `${index}` }));

  test.each([
    [
      'page',
      { kind: 'page', param: 'p', size_param: 'n', size: 3 },
      4,
      (url: URL) => (Number(url.searchParams.get('p')) - 1) * 3,
    ],
    [
      'page from 0',
      { kind: 'page', param: 'p', first: 0, size: 3, ends: 'short' },
      3,
      (url: URL) => Number(url.searchParams.get('p')) * 3,
    ],
    ['offset', { kind: 'offset', param: 'o', size: 3 }, 4, (url: URL) => Number(url.searchParams.get('o'))],
    [
      'offset that ends short',
      { kind: 'offset', param: 'o', size: 3, ends: 'short' },
      3,
      (url: URL) => Number(url.searchParams.get('o')),
    ],
  ] as const)('by %s gives every record once', async (_, page, count, startOf) => {
    const { connection, requests } = fakeService(paged(page), (_request, url) => ({
      body: { items: all.slice(startOf(url), startOf(url) + 3) },
    }));
    const { records } = await readPass(() => connection, full);
    expect([idsOf(records), requests.length]).toEqual([all.map(({ id }) => id), count]);
  });

  test('by offset goes on after a short page, as some services give them', async () => {
    const { connection } = fakeService(paged({ kind: 'offset', param: 'o', size: 3 }), (_, url) => {
      const start = Number(url.searchParams.get('o'));
      return { body: { items: all.slice(start, start + (start === 3 ? 1 : 3)) } };
    });
    expect(idsOf((await readPass(() => connection, full)).records)).toEqual(all.map(({ id }) => id));
  });

  test('ends at an empty cursor, and a cursor that does not move is a failure', async () => {
    const ends = fakeService(definition, () => ({ body: { items: all, next_cursor: '' } }));
    expect((await readPass(() => ends.connection, full)).pages).toHaveLength(1);
    const stuck = fakeService(definition, () => ({ body: { items: all, next_cursor: 'same' } }));
    await expect(readPass(() => stuck.connection, full)).rejects.toMatchObject({ code: 'read/bad_answer' });
  });

  test.each([
    ['HTML', '<html>maintenance</html>'],
    ['nothing', ''],
    ['a cut body', '{"items":[{"id":"1"}'],
    ['another shape', '{"rows":[]}'],
    ['records that are none', '{"items":["1"]}'],
  ])('takes %s for no page', async (_, body) => {
    const { connection } = fakeService(definition, () => ({ body }));
    const reading = connection.reader(full).readPage(null as Cursor | null, null, noSignal);
    await expect(reading).rejects.toMatchObject({ code: 'read/bad_answer', kind: 'transient' });
  });
});

describe('finding', () => {
  const rows = [
    { id: '1', name: 'Acme, Inc', email: 'A@example.com' },
    { id: '2', name: 'Other', email: 'b@example.com' },
  ];

  test('compares every hit, since a service may ignore the filter', async () => {
    const { connection } = fakeService(definition, () => ({ body: { items: rows, next_cursor: null } }));
    const reader = connection.reader(readRequest('contacts'));
    expect(
      idsOf([...(await reader.find('email', ['b@example.com', 'c@example.com'], noSignal))] as JsonObject[]),
    ).toEqual(['2']);
  });

  test('asks for a value with a comma by itself, or says that it cannot', async () => {
    const { connection, requests } = fakeService(definition, () => ({ body: { items: rows, next_cursor: null } }));
    const found = await connection.reader(readRequest('companies')).find('name', ['Acme, Inc', 'Other'], noSignal);
    expect(found).toHaveLength(2);
    expect(requests.map(({ url }) => [url.searchParams.get('name_in'), url.searchParams.get('name')])).toEqual([
      ['Other', null],
      [null, 'Acme, Inc'],
    ]);
    const listed = connection.reader(readRequest('contacts')).find('email', ['a,b'], noSignal);
    await expect(listed).rejects.toMatchObject({ code: 'definition/invalid' });
  });
});
