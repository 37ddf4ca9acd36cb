import { describe, expect, test } from '@jest/globals';
import { TariffBook } from './tariff-book.js';
import { nextMonthOf, type TariffLimits, type TariffUse, type TariffWish, withinTariff } from './tariffs.js';

const limits: TariffLimits = { pipelines: 3, recordsAMonth: 100, members: 2, shortestIntervalMs: 900_000 };
const free: TariffLimits = { pipelines: null, recordsAMonth: null, members: null, shortestIntervalMs: null };
const now = new Date('2026-12-31T23:59:59Z');

describe('within a tariff', () => {
  const cases: [Partial<TariffUse>, TariffWish, string | null][] = [
    [{ pipelines: 2 }, { kind: 'pipeline' }, null],
    [{ pipelines: 3 }, { kind: 'pipeline' }, 'pipelines'],
    [{ members: 1 }, { kind: 'member' }, null],
    [{ members: 2 }, { kind: 'member' }, 'members'],
    [{}, { kind: 'interval', ms: 900_000 }, null],
    [{}, { kind: 'interval', ms: 899_999 }, 'shortest_interval'],
    [{ recordsThisMonth: 99 }, { kind: 'records', now }, null],
    [{ recordsThisMonth: 100 }, { kind: 'records', now }, 'records_a_month'],
    [{ pipelines: 3, members: 2, shortestIntervalMs: 900_000 }, { kind: 'choose', now }, null],
    [{ pipelines: 4 }, { kind: 'choose', now }, 'pipelines'],
    [{ members: 3 }, { kind: 'choose', now }, 'members'],
    [{ shortestIntervalMs: 60_000 }, { kind: 'choose', now }, 'shortest_interval'],
    [{ recordsThisMonth: 100 }, { kind: 'choose', now }, 'records_a_month'],
  ];

  test.each(cases)('%j, wishing %j, meets %j', (use, wish, met) => {
    const refusal = withinTariff({ name: 'start', limits }, use, wish);
    expect(refusal?.details?.limit ?? null).toBe(met);
    if (refusal !== null) expect(refusal).toMatchObject({ code: 'tariff/limit_reached', kind: 'quota' });
  });

  test.each(cases)('nothing is refused without limits: %j, %j', (use, wish) => {
    expect(withinTariff({ name: 'unlimited', limits: free }, use, wish)).toBeNull();
  });

  test('the month’s records come back with the next month, also after December', () => {
    const refusal = withinTariff({ name: 'start', limits }, { recordsThisMonth: 100 }, { kind: 'records', now });
    expect(refusal?.retryAfterMs).toBe(1_000);
    expect(refusal?.message).toContain('`2027-01-01`');
    expect(nextMonthOf(new Date('2026-01-31T12:00:00Z')).toISOString()).toBe('2026-02-01T00:00:00.000Z');
  });
});

describe('the tariffs of an installation', () => {
  test('refuse a tariff of new accounts that is none of them', () => {
    expect(() => new TariffBook([], 'gold')).toThrow('`DEFAULT_TARIFF` is `gold`, which is no tariff');
    expect(new TariffBook([]).ofNewAccounts).toBe('unlimited');
  });

  test('limit nobody whose tariff has gone', () => {
    expect(new TariffBook([]).of('gone').limits).toEqual(free);
  });
});
