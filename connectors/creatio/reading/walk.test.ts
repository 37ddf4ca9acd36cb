import { describe, expect, test } from '@jest/globals';
import type { Cursor } from '../../../core/cursor.js';
import type { JsonObject } from '../../../core/json.js';
import { noSignal, readRequest } from '../../kit/conformance/requests.js';
import type { ReadRequest } from '../../kit/index.js';
import { FakeInstance } from '../testing.js';

const pageSize = 10;
const incremental: Partial<ReadRequest> = { mode: 'incremental', key: ['Id'], cursorFields: ['ModifiedOn'] };

function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function instance(count: number, gapMs: number): FakeInstance {
  const fake = new FakeInstance({ page_size: pageSize });
  fake.now -= 86_400_000;
  for (let number = 1; number <= count; number++) {
    fake.now += gapMs;
    fake.put('Country', idOf(number), { Name: `country ${number}` });
  }
  fake.now = Date.parse('2026-11-22T10:00:00Z');
  return fake;
}

/** One whole pass with a new connection for each page; `between` runs before every page but the first. */
function pass(
  fake: FakeInstance,
  more: Partial<ReadRequest> = {},
  bookmark: Cursor | null = null,
  between: (page: number) => void = () => undefined,
) {
  return passOf(fake, 'countries', more, bookmark, between);
}

async function passOf(
  fake: FakeInstance,
  stream: string,
  more: Partial<ReadRequest> = {},
  bookmark: Cursor | null = null,
  between: (page: number) => void = () => undefined,
) {
  const names: string[] = [];
  let cursor: Cursor | null = null;
  for (let pages = 1; ; pages++) {
    const reader = fake.connection.open().reader(readRequest(stream, more));
    const page = await reader.readPage(cursor, bookmark, noSignal);
    names.push(...page.records.map((record) => String(record.Name)));
    cursor = page.next;
    expect(JSON.stringify(page.next).length).toBeLessThan(4_096);
    if (cursor === null) return { names, pages, bookmark: page.bookmark };
    if (pages > 500) throw new Error('a pass that does not end');
    between(pages);
  }
}

function wanted(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `country ${index + 1}`).sort();
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

describe('walking an object', () => {
  test('records with moments of their own are read once, with one request for a page', async () => {
    const fake = instance(95, 1_000);
    const { names } = await pass(fake);
    expect(names.sort()).toEqual(wanted(95));
    // 9 new records a page: the last one of each page opens the next.
    expect(fake.dataRequests.length).toBe(11);
  });

  test('records that share one moment over many pages are all read', async () => {
    const { names } = await pass(instance(57, 0));
    expect(distinct(names)).toEqual(wanted(57));
  });

  test('rows that go away among equal moments pull no unread row over the edge', async () => {
    const fake = instance(60, 0);
    const gone = new Set<string>();
    const { names } = await pass(fake, {}, null, (page) => {
      // Everything that was read so far vanishes at once, then row by row.
      for (let number = 1; number <= (page === 2 ? 15 : 16 + page); number++) {
        if (fake.table('Country').delete(idOf(number))) gone.add(`country ${number}`);
      }
    });
    for (const name of wanted(60)) if (!gone.has(name)) expect(names).toContain(name);
  });

  test('records that change during the walk come again at its end, and none is lost', async () => {
    const fake = instance(50, 1_000);
    const { names } = await pass(fake, {}, null, (page) => {
      fake.now += 1_000;
      if (page < 10) fake.put('Country', idOf(page), { Name: `country ${page}` });
    });
    expect(distinct(names)).toEqual(wanted(50));
  });

  test('a server that gives fewer rows than asked is read to its end', async () => {
    const fake = new FakeInstance({ page_size: 1_000 });
    for (let number = 1; number <= 120; number++) {
      fake.now += 1_000;
      fake.put('Country', idOf(number), { Name: `country ${number}` });
    }
    fake.cap = 50;
    expect(distinct((await pass(fake)).names)).toEqual(wanted(120));
  });

  test('an idle pass costs one request and brings nothing, whatever the edge holds', async () => {
    const fake = instance(40, 0);
    const first = await pass(fake, incremental);
    const before = fake.dataRequests.length;
    const reader = fake.connection.open().reader(readRequest('countries', incremental));
    expect(await reader.hasChanges?.(first.bookmark, noSignal)).toBe(false);
    const idle = await pass(instance(3, 1_000), incremental);
    expect(idle.names).toHaveLength(3);
    // 40 records of one moment do not fit into a page of 10, which is why this look takes more than one.
    expect(fake.dataRequests.length - before).toBeLessThanOrEqual(5);
  });

  test('a quiet stream is asked once', async () => {
    const fake = instance(40, 1_000);
    const first = await pass(fake, incremental);
    const before = fake.connection.requests.length;
    const idle = await pass(fake, incremental, first.bookmark);
    expect(idle.names).toEqual([]);
    // A new connection signs in by itself here; a worker has a session.
    expect(fake.connection.requests.length - before).toBe(1);
  });

  test('a record that shows itself late is seen by the next pass', async () => {
    const fake = instance(20, 1_000);
    fake.put('Country', idOf(100), { Name: 'country 100' });
    const first = await pass(fake, incremental);
    fake.put('Country', idOf(101), { Name: 'late', ModifiedOn: new Date(fake.now - 60_000).toISOString() });
    const second = await pass(fake, incremental, first.bookmark);
    expect(second.names).toEqual(['late']);
    expect((await pass(fake, incremental, second.bookmark)).names).toEqual([]);
  });

  test('a record dated in the future hides no later change', async () => {
    const fake = instance(5, 1_000);
    fake.put('Country', idOf(50), { Name: 'future', ModifiedOn: '2099-01-01T00:00:00Z' });
    const first = await pass(fake, incremental);
    fake.now += 3_600_000;
    fake.put('Country', idOf(6), { Name: 'country 6' });
    expect((await pass(fake, incremental, first.bookmark)).names).toEqual(['country 6']);
  });

  test('a backfill reads its period and leaves no bookmark', async () => {
    const fake = instance(30, 60_000);
    const moments = [...fake.table('Country').values()].map((row) => String(row.ModifiedOn));
    const period = { from: moments[10] ?? '', to: moments[15] ?? '' };
    const { names, bookmark } = await pass(fake, { ...incremental, period });
    expect(names).toEqual(['country 11', 'country 12', 'country 13', 'country 14', 'country 15']);
    expect(bookmark).toBeNull();
  });

  test('filters go to the instance, lookups by their path', async () => {
    const fake = new FakeInstance();
    fake.put('Contact', idOf(1), { Name: 'Ada', AccountId: idOf(7) });
    fake.put('Contact', idOf(2), { Name: 'Bob', AccountId: idOf(8) });
    const where: JsonObject = { AccountId: [idOf(7), idOf(9)] };
    const reader = fake.connection.open().reader(readRequest('contacts', { where }));
    const { records } = await reader.readPage(null, null, noSignal);
    expect(records.map((record) => record.Name)).toEqual(['Ada']);
    const asked = fake.dataRequests.map(({ url }) => url.searchParams.get('$filter'));
    expect(asked[0]).toBe(`(Account/Id eq ${idOf(7)} or Account/Id eq ${idOf(9)})`);
  });

  test('a way that drops the filter, or the order, is found out', async () => {
    const fake = instance(40, 1_000);
    const { bookmark } = await pass(fake, incremental);
    const rows = [...fake.table('Country').values()];
    fake.before = ({ url }) => (url.pathname.endsWith('/Country') ? { body: { value: rows.slice(0, 9) } } : undefined);
    await expect(pass(fake, incremental, bookmark)).rejects.toMatchObject({ code: 'read/bad_answer' });
    fake.before = ({ url }) => (url.pathname.endsWith('/Country') ? { body: { value: rows.toReversed() } } : undefined);
    await expect(pass(fake)).rejects.toMatchObject({ code: 'read/bad_answer' });
  });

  test('a filter that is ignored on the way lets nothing else through', async () => {
    const fake = new FakeInstance();
    fake.put('Contact', idOf(1), { Name: 'Ada', TypeId: idOf(7) });
    fake.put('Contact', idOf(2), { Name: 'Bob', TypeId: idOf(8) });
    const rows = [...fake.table('Contact').values()];
    fake.before = ({ url }) => (url.search.includes('filter') ? { body: { value: rows } } : undefined);
    const { names } = await passOf(fake, 'contacts', { where: { TypeId: idOf(8) } });
    expect(names).toEqual(['Bob']);
  });

  test('whatever happens during a walk, what stays to its end is read', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = generator(seed);
      const fake = instance(0, 0);
      const total = 20 + Math.floor(random() * 60);
      for (let number = 1; number <= total; number++) {
        if (random() < 0.3) fake.now += 1_000;
        fake.put('Country', idOf(Math.floor(random() * 1e6) * 100 + number), { Name: `country ${number}` });
      }
      const gone = new Set<string>();
      const { names } = await pass(fake, seed % 2 === 0 ? incremental : {}, null, () => {
        fake.now += random() < 0.5 ? 1_000 : 0;
        for (const [id, row] of fake.table('Country')) {
          if (random() < 0.05) fake.put('Country', id, { Zip: random() });
          else if (random() < 0.1 && fake.table('Country').delete(id)) gone.add(String(row.Name));
        }
      });
      const missing = wanted(total).filter((name) => !gone.has(name) && !names.includes(name));
      expect({ seed, missing }).toEqual({ seed, missing: [] });
    }
  });
});

/** Small and repeatable (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
